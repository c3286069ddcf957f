"""What can go wrong: a problem is a value kept with its record, an error is raised.

WarledgerError
├── UsageError        the caller asked for something that cannot be: exit code 2
├── StoreError        the ledger cannot be opened, read or written
│   └── NewerSchema   it was written by a newer version
├── DataError         a table under data/ breaks its schema
└── ModelError        a language model gave no answer that can be used
    └── TooLong       the question or the answer is longer than the model holds: ask for less at a time
"""

from __future__ import annotations

from attrs import frozen


class WarledgerError(Exception):
    """The root of everything that warledger raises on purpose; its text is one plain line for a person."""


class UsageError(WarledgerError):
    """The request itself cannot be served."""


class StoreError(WarledgerError):
    """The ledger cannot be opened, read or written."""


class NewerSchema(StoreError):
    """The ledger was written by a newer version of warledger."""


class DataError(WarledgerError):
    """A table under data/ breaks its schema."""


class ModelError(WarledgerError):
    """A language model gave no answer that can be used."""


class TooLong(ModelError):
    """The question or the answer is longer than the language model holds."""


@frozen(kw_only=True)
class Problem:
    """A record that could not be taken, or only in part.

    Args:
        file: the file it stands in, as the caller named it.
        record: line, page or id inside it, or None for the whole file.
        field: the field at fault, or None.
        what: what is wrong and how to mend it, in plain words.
        raw: the bytes, kept so that nothing is lost, or None where there are none.
        refused: False where the record was kept all the same (a truncation, a language not coded).
    """

    file: str
    what: str
    record: str | None = None
    field: str | None = None
    raw: bytes | None = None
    refused: bool = True

    def __str__(self) -> str:
        where = [self.file, self.record, self.field]
        return ": ".join([w for w in where if w] + [self.what])
