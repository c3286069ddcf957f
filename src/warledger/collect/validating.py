"""Drafts become reports: each field checked, the caller's defaults filled in, a text too long cut and the cut told.

Refused with a Problem that names file, record and field: no publication date (it is never guessed), a date that is
none, a text that is missing, no text or broken, a field that is no text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime

from warledger.domain.errors import Problem
from warledger.domain.report import Draft, Received, Report
from warledger.ports import Defaults, LanguageTeller

FIRST_YEAR, LAST_YEAR = 1900, 2199
MAX_ID_CHARS = 300
NO_DATE = "no publication date in the record; give one with --published YYYY-MM-DD"
_DAY = re.compile(r"\s*(\d{4}-\d\d-\d\d)(?:[T ].*)?\s*", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_]|$)")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CUTS = ("\n", ". ", " ")
_CUT_WINDOW = 2_000


class Refused(ValueError):
    """A field that cannot be taken; carries its name and the plain words."""

    def __init__(self, field: str, what: str) -> None:
        super().__init__(what)
        self.field = field


def validate(
    draft: Draft, *, id: str, defaults: Defaults, languages: LanguageTeller, max_chars: int
) -> Iterator[Received | Problem]:
    """Make a report of a draft.

    Args:
        draft: the item as its file gives it.
        id: what it is called.
        defaults: what the caller says of items that do not say it themselves.
        languages: who tells the language where neither does.
        max_chars: a longer text is cut at a line, sentence or word end below this.

    Yields:
        The report, and behind it a Problem that refuses nothing where the text was cut; or the Problem that refuses it.
    """
    try:
        whole = _text(draft.text)
        text = _cut(whole, max_chars)
        report = Report(
            id=id,
            published=_day(draft.published) or _required(defaults.published),
            text=text,
            sha256=hashlib.sha256(draft.raw).hexdigest(),
            publisher=_words("publisher", draft.publisher) or defaults.publisher,
            url=_words("url", draft.url),
            language=_language(draft.language) or _language(defaults.language) or languages.tell(text),
            title=_words("title", draft.title),
            filed_as=": ".join(p for p in (draft.file, draft.record) if p is not None),
        )
    except Refused as error:
        yield Problem(file=draft.file, record=draft.record, field=error.field, what=str(error), raw=draft.raw)
        return
    yield Received(report=report, raw=draft.raw)
    if len(text) < len(whole):
        what = f"{len(whole):,} characters are too many: cut at {len(text):,}, the rest is kept but not coded"
        yield Problem(file=draft.file, record=draft.record, field="text", what=what, refused=False)


def name_of(draft: Draft) -> str | None:
    """The item's own id, or None where it has none that can be used."""
    if isinstance(draft.id, bool) or not isinstance(draft.id, (str, int)):
        return None
    said = _CONTROL.sub(" ", str(draft.id)).strip()
    return said if 0 < len(said) <= MAX_ID_CHARS and _SURROGATE.search(said) is None else None


def _text(said: object) -> str:
    if not isinstance(said, str):
        raise Refused("text", "is no text")
    if _SURROGATE.search(said) is not None:
        raise Refused("text", "holds half a character (a lone surrogate)")
    if not said.strip():
        raise Refused("text", "no text found")
    return said.replace("\x00", " ")  # no database keeps it in a text; the bytes as received do


def _cut(text: str, max_chars: int) -> str:
    if len(text) <= max_chars:
        return text
    floor = max(1, max_chars - _CUT_WINDOW)
    ends = (text.rfind(mark, floor, max_chars) for mark in _CUTS)
    return text[: next((end + 1 for end in ends if end > 0), max_chars)]


def _day(said: object) -> date | None:
    """A day, or the day in UTC of a time with a zone."""
    if said is None or said == "":
        return None
    found = _DAY.fullmatch(said) if isinstance(said, str) else None
    if found is None:
        raise Refused("published", f"{_short(said)} is no date; write YYYY-MM-DD")
    try:
        day = date.fromisoformat(found.group(1))
    except ValueError:
        raise Refused("published", f"{_short(said)} is no date; write YYYY-MM-DD") from None
    day = _in_utc(str(said).strip()) or day
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Refused("published", f"{day} is not a year of {FIRST_YEAR} to {LAST_YEAR}")
    return day


def _in_utc(said: str) -> date | None:
    try:
        moment = datetime.fromisoformat(said)
        return moment.astimezone(UTC).date() if moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def _required(day: date | None) -> date:
    if day is None:
        raise Refused("published", NO_DATE)
    return day


def _words(field: str, said: object) -> str | None:
    if said is None:
        return None
    if not isinstance(said, str) or _SURROGATE.search(said) is not None:
        raise Refused(field, f"{_short(said)} is no text")
    return _CONTROL.sub(" ", said).strip() or None


def _language(said: object) -> str | None:
    """The language of a tag such as `en-GB`; None where it is no tag, so that the text itself is asked."""
    found = _TAG.match(_words("language", said) or "")
    return found.group(1).lower() if found is not None else None


def _short(said: object) -> str:
    shown = ascii(said)
    return shown if len(shown) <= 60 else shown[:57] + "..."
