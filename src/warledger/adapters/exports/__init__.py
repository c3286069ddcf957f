"""Formats to hand on."""
