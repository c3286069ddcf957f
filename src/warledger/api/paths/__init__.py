"""The paths of the API, by theme; each parses, asks the desk and prints."""
