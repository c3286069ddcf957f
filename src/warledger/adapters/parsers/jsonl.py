"""JSON lines: one report a line. A broken line is refused by its number and the others go on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from warledger.adapters.parsers.decoding import NotText, decode
from warledger.adapters.parsers.records import draft_of, read_json
from warledger.domain.errors import Problem
from warledger.domain.report import Draft


class JsonLinesParser:
    """Reader of `.jsonl`."""

    suffixes = (".jsonl", ".ndjson")

    def parse(self, raw: bytes, *, file: str) -> Iterator[Draft | Problem]:
        """Read each line that is not blank; a report's bytes are its line's, without the line end."""
        for number, line in enumerate(raw.split(b"\n"), start=1):
            if line.strip():
                yield _draft(line.removesuffix(b"\r"), file, number)


def _draft(line: bytes, file: str, number: int) -> Draft | Problem:
    record = f"line {number}"
    try:
        value = read_json(decode(line))
    except NotText as error:
        return Problem(file=file, record=record, what=str(error), raw=line)
    except ValueError as error:
        return Problem(file=file, record=record, what=str(error), raw=line)
    return draft_of(value, raw=line, file=file, record=record, suggested_id=f"{PurePath(file).stem}-{number}")
