"""Room 5, ledger: questions over the append-only record, each asked on a day and as known at a time."""
