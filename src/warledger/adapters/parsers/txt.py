"""Plain text: one file is one report, whole; line ends become newlines. Refused: bytes that are no text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from warledger.adapters.parsers.decoding import NotText, decode
from warledger.domain.errors import Problem
from warledger.domain.report import Draft


class TextParser:
    """Reader of `.txt`."""

    suffixes = (".txt",)

    def parse(self, raw: bytes, *, file: str) -> Iterator[Draft | Problem]:
        """Read the one report."""
        try:
            text = decode(raw)
        except NotText as error:
            yield Problem(file=file, what=str(error), raw=raw)
            return
        yield Draft(file=file, raw=raw, text="\n".join(text.splitlines()), suggested_id=PurePath(file).stem)
