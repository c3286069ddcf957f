"""Tellers of languages, one a file."""
