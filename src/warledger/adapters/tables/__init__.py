"""Loaders of the tables under `data/`: one file a table, frozen values out."""
