"""Readers of one document format each."""
