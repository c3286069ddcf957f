"""Readers of event datasets, one file a dataset."""
