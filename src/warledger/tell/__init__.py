"""Room 7, tell: cited briefs, tables and map layers."""
