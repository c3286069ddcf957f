"""Reports: one published item each, as received and as coded."""

from __future__ import annotations

import hashlib
from datetime import date

from attrs import frozen


@frozen(kw_only=True)
class Report:
    """One published item.

    Args:
        id: the name that the source or the file gives it.
        published: day of publication; a report without one is refused before it gets here.
        text: the text as coded; every span counts in it.
        sha256: hash of the untouched bytes as received.
        publisher: outlet, or None.
        url: where it stands, or None.
        language: ISO 639-1 code, or None until the read room has told it.
        title: headline where it stands apart from the text, or None.
        filed_as: file and record it came from, for messages.
        kept_key: the key that this version is kept by where its words do not tell it, since some were redacted or it
            was coded again; or None.
    """

    id: str
    published: date
    text: str
    sha256: str
    publisher: str | None = None
    url: str | None = None
    language: str | None = None
    title: str | None = None
    filed_as: str = ""
    kept_key: str | None = None

    @property
    def key(self) -> str:
        """Identity of this version: the id and the text; the same report twice has the same key."""
        if self.kept_key is not None:
            return self.kept_key
        return hashlib.sha256(f"{self.id}\x00{self.published}\x00{self.text}".encode()).hexdigest()[:20]


@frozen(kw_only=True)
class Received:
    """A report and the bytes it came in."""

    report: Report
    raw: bytes


@frozen(kw_only=True)
class Draft:
    """One item as its file gives it: nothing checked yet, every field as written there.

    Args:
        file: the file, as the caller named it.
        record: line, item or None for the whole file, for messages.
        raw: the untouched bytes of the item.
        text: the words, or None where the file gives none.
        id: the file's own name for it, or None.
        suggested_id: what to call it where it has no name.
        published: day or time of publication as written, or None.
        publisher: outlet, or None.
        url: where it stands, or None.
        language: language code as written, or None.
        title: headline, or None.
    """

    file: str
    raw: bytes
    text: object
    suggested_id: str
    record: str | None = None
    id: object = None
    published: object = None
    publisher: object = None
    url: object = None
    language: object = None
    title: object = None
