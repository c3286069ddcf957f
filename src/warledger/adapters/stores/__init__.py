"""Ledgers that last."""
