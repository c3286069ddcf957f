"""The API over HTTP: parse the request, ask the rooms through the app, print."""
