"""Room 1, collect: fetch and keep reports; what cannot be read becomes a problem, never a guess."""

from warledger.collect.collecting import collect

__all__ = ["collect"]
