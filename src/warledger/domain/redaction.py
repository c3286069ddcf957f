"""Lawful removal: a redaction and a report, claim, event, refusal or decision in, the same with its words covered out.

Covered words become as many `█`, so that every offset into a text still holds. Codes, days, places of the gazetteer,
ids and hashes stay: the record still says that something was reported, where and when. A redaction that names words
covers them wherever they stand, in any case; one that names none covers all words of its reports.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cached_property
from typing import Any, TypeVar

import attrs
from attrs import define

from warledger.domain.claim import Claim
from warledger.domain.decision import Decision
from warledger.domain.errors import Problem
from warledger.domain.event import Event
from warledger.domain.place import GazetteerEntry
from warledger.domain.report import Report
from warledger.domain.span import Span

COVER = "█"
_IDENTITIES = frozenset({"report_key", "key", "kept_key", "id", "claim_ids", "event_ids", "field", "rule", "sha256"})
"""Fields of plain text that tell one thing from another, and hold no words of a report."""
_T = TypeVar("_T")


@define(frozen=True, kw_only=True, slots=False)
class Redaction:
    """What is to be removed, why, and who says so.

    Args:
        author: who removes it.
        reason: the lawful reason; it stays in the ledger, so it must not repeat the words.
        report_ids: reports, in every version; empty for all where words are given.
        words: the words to cover; empty for every word of the reports.
        refused_files: files of refused records whose bytes go as well.
    """

    author: str
    reason: str
    report_ids: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    refused_files: tuple[str, ...] = ()

    def __attrs_post_init__(self) -> None:
        """Refuse what would remove nothing, everything or leave the words in the tombstone.

        Raises:
            ValueError: no reason or author, nothing named, or the reason repeats the words.
        """
        if not self.author.strip() or not self.reason.strip():
            raise ValueError("a redaction needs an author and a reason")
        if not (self.report_ids or self.words or self.refused_files) or not all(w.strip() for w in self.words):
            raise ValueError("name the reports, the words or the refused files to redact")
        if self.words and self.holds(f"{self.author}\n{self.reason}"):
            raise ValueError("the reason stays in the ledger: it must not repeat the words to redact")

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        forms = {unicodedata.normalize(form, w) for w in self.words for form in ("NFC", "NFD")} | set(self.words)
        return re.compile("|".join(re.escape(f) for f in sorted(forms, key=len, reverse=True)), re.IGNORECASE)

    @property
    def everywhere(self) -> bool:
        """Whether the words go wherever they stand."""
        return bool(self.words) and not self.report_ids

    def holds(self, text: str | None) -> bool:
        """Say whether a text holds the words."""
        return text is not None and self._pattern.search(text) is not None

    def covered(self, text: str) -> str:
        """Cover the words in a text, or the whole of it where no words are named."""
        return self._pattern.sub(lambda m: COVER * len(m.group()), text) if self.words else COVER * len(text)

    def of_report(self, report: Report) -> Report:
        """Cover a report's words; its key stays, so that the same report coming again is known."""
        if self.words:
            new = _walked(report, self.covered)
        else:
            new = attrs.evolve(report, text=self.covered(report.text), title=None, url=None)
        return report if new == report else attrs.evolve(new, kept_key=report.key)

    def of_raw(self, raw: bytes, *, touched: bool) -> bytes:
        """Take a report's bytes, where the report is touched or they hold the words."""
        return b"" if touched or (self.words and self.holds(raw.decode("utf-8", "replace"))) else raw

    def of_claim(self, claim: Claim) -> Claim:
        """Cover a claim's words: quotes and spans; with words named, every text that is no code."""
        return _walked(claim, self.covered) if self.words else _spans_walked(claim, self.covered)

    def of_event(self, event: Event) -> Event:
        """Cover the named words in an event."""
        return _walked(event, self.covered) if self.words else event

    def of_decision(self, decision: Decision) -> Decision:
        """Cover the named words in a decision."""
        return _walked(decision, self.covered) if self.everywhere else decision

    def of_problem(self, problem: Problem) -> Problem:
        """Take the bytes of a refused record, where its file is named or they hold the words."""
        if problem.file in self.refused_files:
            return attrs.evolve(problem, raw=None)
        if not self.everywhere:
            return problem
        raw = None if problem.raw is not None and self.holds(problem.raw.decode("utf-8", "replace")) else problem.raw
        return attrs.evolve(_walked(attrs.evolve(problem, raw=None), self.covered), raw=raw)


def _walked(value: _T, cover: Callable[[str], str]) -> _T:
    """Cover every plain text below a value; enumerations, identities and gazetteer entries stay."""
    walked: _T = _walk(value, lambda v: cover(v) if type(v) is str else v)
    return walked


def _spans_walked(value: _T, cover: Callable[[str], str]) -> _T:
    """Cover the text of every span below a value."""
    walked: _T = _walk(value, lambda v: attrs.evolve(v, text=cover(v.text)) if isinstance(v, Span) else v)
    return walked


def _walk(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, GazetteerEntry):
        return value
    changed = change(value)
    if changed is not value:
        return changed
    if isinstance(value, tuple | list):
        return type(value)(_walk(v, change) for v in value)
    if isinstance(value, dict):
        return {k: _walk(v, change) for k, v in value.items()}
    if attrs.has(type(value)):
        fields = (f.name for f in attrs.fields(type(value)) if f.name not in _IDENTITIES)
        return attrs.evolve(value, **{name: _walk(getattr(value, name), change) for name in fields})
    return value
