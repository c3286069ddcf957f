"""JSON: a file is one report, or a list of them. A list that breaks off gives the reports before the break."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import PurePath

from warledger.adapters.parsers.decoding import NotText, decode
from warledger.adapters.parsers.records import draft_of, read_json
from warledger.domain.errors import Problem
from warledger.domain.report import Draft

_BETWEEN = re.compile(r"[\s,]*")


class JsonParser:
    """Reader of `.json`."""

    suffixes = (".json",)

    def parse(self, raw: bytes, *, file: str) -> Iterator[Draft | Problem]:
        """Read the report or the list; in a list a report's bytes are those of its own object."""
        stem = PurePath(file).stem
        try:
            text = decode(raw)
            if text.lstrip().startswith("["):
                yield from _items(text, file, stem)
            else:
                yield draft_of(read_json(text), raw=raw, file=file, record=None, suggested_id=stem)
        except (NotText, ValueError) as error:
            yield Problem(file=file, what=str(error), raw=raw)


def _items(text: str, file: str, stem: str) -> Iterator[Draft | Problem]:
    decoder = json.JSONDecoder()
    at, number = text.index("[") + 1, 0
    while (at := _next(text, at)) < len(text) and text[at] != "]":
        number += 1
        record = f"item {number}"
        try:
            value, end = decoder.raw_decode(text, at)
        except (RecursionError, ValueError) as error:
            rest = text[at:].encode()
            yield Problem(file=file, record=record, what=f"broken JSON ({error}); the rest is not read", raw=rest)
            return
        raw = text[at:end].encode()
        yield draft_of(value, raw=raw, file=file, record=record, suggested_id=f"{stem}-{number}")
        at = end
    if at >= len(text):
        yield Problem(file=file, record=f"item {number + 1}", what="broken JSON (the list does not end)")


def _next(text: str, at: int) -> int:
    found = _BETWEEN.match(text, at)
    return found.end() if found is not None else at
