"""The collect room's door: paths in, reports with their untouched bytes out; what cannot be taken is a Problem.

An item without an id is called after its file; where two files of a run have one name, the later is called after its
bytes too. An id that the file gives is never changed: the same id with another text is a new version of the report.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import PurePath

from warledger.collect.validating import name_of, validate
from warledger.domain.errors import Problem
from warledger.domain.report import Draft, Received
from warledger.ports import Defaults, Fetcher, LanguageTeller, Parser

STANDARD_INPUT = "-"
Items = Iterator[Draft | Problem]
Guard = Callable[[Items, str, bytes], Items]
"""What stands between a reader and the run: the items, their file and its bytes in, the items out."""
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head)\b", re.IGNORECASE)


def unguarded(items: Items, file: str, raw: bytes) -> Items:
    """Let a reader's errors through."""
    return items


def collect(
    paths: Sequence[str],
    *,
    fetcher: Fetcher,
    parsers: Mapping[str, Parser],
    languages: LanguageTeller,
    defaults: Defaults,
    max_chars: int,
    guard: Guard = unguarded,
) -> Iterator[Received | Problem]:
    """Collect the reports of files and folders.

    Args:
        paths: files, folders or `-`.
        fetcher: where their bytes come from.
        parsers: by suffix, the dot included.
        languages: who tells a language that neither the item nor the caller gives.
        defaults: what the caller says of items that do not say it themselves.
        max_chars: length at which a text is cut.
        guard: what becomes of a file whose reader fails.

    Yields:
        Reports and Problems in the order of the files.
    """
    named: dict[str, str] = {}
    for fetched in fetcher.fetch(paths):
        if isinstance(fetched, Problem):
            yield fetched
            continue
        file, raw = fetched
        for item in guard(_parse(file, raw, parsers), file, raw):
            if isinstance(item, Problem):
                yield item
                continue
            id = name_of(item) or _own_name(item, named)
            yield from validate(item, id=id, defaults=defaults, languages=languages, max_chars=max_chars)


def _parse(file: str, raw: bytes, parsers: Mapping[str, Parser]) -> Items:
    shown = "standard input" if file == STANDARD_INPUT else file
    if not raw.strip():
        yield Problem(file=shown, what="is empty", raw=raw)
        return
    suffix = _suffix_of(raw) if file == STANDARD_INPUT else PurePath(file).suffix.lower()
    parser = parsers.get(suffix)
    if parser is None:
        what = f"is in a format that warledger does not read ({', '.join(sorted(parsers))})"
        yield Problem(file=shown, what=what, raw=raw)
        return
    yield from parser.parse(raw, file=shown)


def _suffix_of(raw: bytes) -> str:
    """What bytes without a name look like."""
    start = raw.lstrip(b"\xef\xbb\xbf \t\r\n")[:1024]
    if start.startswith(b"%PDF-"):
        return ".pdf"
    if _PAGE.search(start) is not None:
        return ".html"
    if start.startswith(b"["):
        return ".json"
    if start.startswith(b"{"):
        return ".jsonl" if raw.lstrip().partition(b"\n")[0].rstrip().endswith(b"}") else ".json"
    return ".txt"


def _own_name(draft: Draft, named: dict[str, str]) -> str:
    """The suggested name, told apart by the bytes where another file of this run has it already."""
    digest = hashlib.sha256(draft.raw).hexdigest()
    where = f"{draft.file}\x00{draft.record}"
    if named.setdefault(draft.suggested_id, where) == where:
        return draft.suggested_id
    return f"{draft.suggested_id}-{digest[:8]}"
