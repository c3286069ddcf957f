"""The command line: parse the request, call, print."""
