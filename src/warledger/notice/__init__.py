"""Room 6, notice: what the record says of claimed precedents."""
