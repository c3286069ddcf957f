"""Gazetteers."""
