"""What the rooms need from outside, as protocols; adapters fit them and app.build wires them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
from attrs import frozen

from warledger.domain.asked import ActorTally, Asked, Census, DayTally, Page, SourceTally, Window
from warledger.domain.chain import Entry, Held
from warledger.domain.claim import Claim
from warledger.domain.coded import Disagreement
from warledger.domain.decision import Correction, Decision
from warledger.domain.errors import Problem
from warledger.domain.event import Event
from warledger.domain.place import GazetteerEntry
from warledger.domain.redaction import Redaction
from warledger.domain.report import Draft, Received, Report
from warledger.domain.testimony import Testimony

Array = npt.NDArray[Any]
Pairs = npt.NDArray[np.int64]
"""Numbers of places, and of claims that decide them; shape (2, claims). No object is made of each, since there are tens
of thousands."""
HeadWeights = Mapping[str, Array]
"""The trained heads of the coding model, by name."""


@frozen(kw_only=True)
class Encoded:
    """A text as the encoder sees it: one vector a piece, and where each piece stands.

    Args:
        vectors: float32; shape (pieces, width).
        ends: offset behind the last character of each piece, ascending; shape (pieces,).
    """

    vectors: Array
    ends: Array


class ClaimModel(Protocol):
    """The learned part of coding: an encoder and the weights of its heads."""

    @property
    def languages(self) -> Sequence[str]:
        """Codes of the languages it was trained on."""
        ...

    @property
    def heads(self) -> HeadWeights:
        """The weights of its heads."""
        ...

    def encode(self, texts: Iterable[tuple[str, Sequence[int]]]) -> Iterator[Encoded]:
        """Encode texts, in their order, each with the offsets at which it may be parted where it is longer than the
        window. Texts are asked for some ahead of what is taken, so that the caller works while others are encoded."""
        ...


class LanguageModel(Protocol):
    """A language model that codes beside the rules; it sees a report only where a person chose it as coder."""

    @property
    def name(self) -> str:
        """What the claims that it makes name as their coder."""
        ...

    def answer(self, instructions: str, question: str, schema: Mapping[str, Any]) -> str:
        """Answer a question.

        Args:
            instructions: what to do, the same for every question.
            question: what to do it with.
            schema: JSON schema of the answer; a model may fail to keep it.

        Returns:
            The answer's text, whole.

        Raises:
            TooLong: the question or the answer is longer than the model holds.
            ModelError: no answer came; the text says why in one line.
        """
        ...


@frozen(kw_only=True)
class Defaults:
    """What the caller says of reports that do not say it themselves."""

    published: date | None = None
    publisher: str | None = None
    language: str | None = None


class Parser(Protocol):
    """Reader of one document format."""

    @property
    def suffixes(self) -> Sequence[str]:
        """File name endings that it reads, the dot included, in lower case."""
        ...

    def parse(self, raw: bytes, *, file: str) -> Iterator[Draft | Problem]:
        """Read every item of a file's bytes; one that cannot be read is a Problem, the rest goes on."""
        ...


class Fetcher(Protocol):
    """Where bytes come from."""

    def fetch(self, paths: Sequence[str]) -> Iterator[tuple[str, bytes] | Problem]:
        """Yield the name and the bytes of each file below the paths, in a stable order."""
        ...


class LanguageTeller(Protocol):
    """What language a text is written in."""

    def tell(self, text: str) -> str | None:
        """ISO 639-1 code (639-3 where there is none), or None where nothing speaks for any."""
        ...


class Gazetteer(Protocol):
    """Names to places."""

    def find(self, name: str) -> Sequence[GazetteerEntry]:
        """Every entry that bears the name in any script, folded (case, accents, articles); empty where none does."""
        ...

    def get(self, key: str) -> GazetteerEntry | None:
        """The entry of a key."""
        ...

    def parents(self, entry: GazetteerEntry) -> Sequence[GazetteerEntry]:
        """What contains it, smallest first: district, city, first-order division, country."""
        ...

    def country(self, code: str) -> GazetteerEntry | None:
        """The country's own entry, by ISO 3166-1 alpha-2 code."""
        ...

    def capital(self, code: str) -> GazetteerEntry | None:
        """A country's capital, by the country's ISO 3166-1 alpha-2 code."""
        ...

    def in_arabic(self, country: str) -> Mapping[str, str]:
        """How Arabic writes the places of a country, by key; a place of which that is not known is left out."""
        ...


@frozen(kw_only=True)
class Kept:
    """A report of the ledger with when it was recorded and whether it was coded.

    Args:
        report: the report.
        recorded_at: when the monitor knew it, UTC.
        note: `coded`, or why not ("not coded: language xx").
        superseded_at: when a newer version of the same report came, or None.
        disagreements: where two coders of it differ; empty where one coded it.
    """

    report: Report
    recorded_at: datetime
    note: str
    superseded_at: datetime | None = None
    disagreements: tuple[Disagreement, ...] = ()


@frozen(kw_only=True)
class KeptClaim:
    """A claim of the ledger, with its id, its report and the time from which and until which it counted.

    Where persons corrected it, the claim is as they say, and `corrections` tells what they changed, in order.
    """

    id: str
    claim: Claim
    report: Report
    recorded_at: datetime
    superseded_at: datetime | None = None
    corrections: tuple[Correction, ...] = ()


@frozen(kw_only=True)
class Addition:
    """A report that is to be kept, with its claims and where two coders differ; see `Ledger.append` for the rest."""

    received: Received
    claims: Sequence[Claim]
    note: str
    recorded_at: datetime
    disagreements: Sequence[Disagreement] = ()


@frozen(kw_only=True)
class Recoding:
    """A report that counts and was coded again; see `Ledger.recode`.

    Args:
        report: as it is kept; its language may have been told since.
        claims: what the coder makes of it now.
        note: `coded`.
        recorded_at: when the monitor knew, UTC; later where the version at hand was recorded later.
        disagreements: where two coders differ now; where there are none, those of the version at hand are no reason
            for another.
    """

    report: Report
    claims: Sequence[Claim]
    note: str
    recorded_at: datetime
    disagreements: Sequence[Disagreement] = ()


class Ledger(Protocol):
    """The append-only record. Every question may be asked as known at a time; None is now."""

    def append(self, received: Received, claims: Sequence[Claim], *, note: str, recorded_at: datetime) -> str:
        """Keep a report with its claims, all or nothing.

        Returns:
            `kept`, `known` (the same id and text is there already: nothing changed) or `new version` (the older
            version's claims are superseded, none is deleted).
        """
        ...

    def append_all(self, additions: Sequence[Addition]) -> list[str]:
        """Keep several reports in one go, all or none: one flush to the disk, not one a report; what became of each."""
        ...

    def recode(self, recodings: Sequence[Recoding]) -> list[str]:
        """Keep what reports are coded as now, all or none: each as a new version of its report, whose text is the same.

        Returns:
            For each `recoded`; or `same` (the claims and the note are those that count: nothing changed), `redacted`
            (what was published is not there to be coded again: nothing changed) or `superseded` (the version that was
            coded counts no more: nothing changed).
        """
        ...

    def append_events(self, versions: Sequence[Event]) -> None:
        """Keep new versions of events."""
        ...

    def refuse(self, problem: Problem, *, recorded_at: datetime) -> None:
        """Keep a refused record and its bytes."""
        ...

    def decide(self, decision: Decision) -> None:
        """Keep a decision of a person; the same one again changes nothing.

        Raises:
            StoreError: its id is there already and says another thing.
        """
        ...

    def decisions(self, *, known_at: datetime | None = None) -> Sequence[Decision]:
        """Decisions of persons, in order of arrival."""
        ...

    def refusals(self, *, known_at: datetime | None = None) -> Iterable[Problem]:
        """Refused records with their bytes, in order of arrival; the same record refused twice is kept once."""
        ...

    def kept_keys(self, keys: Collection[str]) -> frozenset[str]:
        """Those of some keys (`Report.key`) under which a report is kept, by index."""
        ...

    def reports(self, *, known_at: datetime | None = None) -> Iterable[Kept]:
        """Every version of every report, in order of publication."""
        ...

    def claims(
        self,
        *,
        known_at: datetime | None = None,
        kinds: Sequence[str] = (),
        place_keys: Sequence[str] = (),
        ids: Sequence[str] = (),
        from_day: date | None = None,
        to_day: date | None = None,
    ) -> Iterable[KeptClaim]:
        """Claims that counted at that time, in order of arrival; days select on the interval in the world.

        A claim asked for by its id is given although it is superseded, with `superseded_at`: what an old version of an
        event rests on can still be shown.
        """
        ...

    def events(
        self,
        *,
        known_at: datetime | None = None,
        from_day: date | None = None,
        to_day: date | None = None,
        place_keys: Sequence[str] = (),
        ids: Sequence[str] = (),
    ) -> Iterable[Event]:
        """The newest version, known at that time, of each event whose interval meets the days."""
        ...

    def happenings(self, first: date, last: date) -> Iterable[KeptClaim]:
        """Claims that count and tell of something that is said to have happened, by index.

        Args:
            first, last: the days between which the last day of each lies (`domain.claim.last_day`).
        """
        ...

    def is_unsettled(self) -> bool:
        """Whether a run or a decision that was stopped before its end left events to be concluded.

        So it is where a claim of a happening counts and no event ever held it, where an event holds a claim that counts
        no more, and where no version of an event is as new as the newest decision.
        """
        ...

    def versions(self, event_id: str) -> Sequence[Event]:
        """Every version of one event, oldest first."""
        ...

    def control(
        self,
        on: date,
        *,
        known_at: datetime | None = None,
        place_keys: Sequence[str] = (),
        min_confidence: float | None = None,
        without: Collection[str] = (),
    ) -> Iterable[KeptClaim]:
        """The claims that decide who holds each place on that day, by index.

        For each place the newest day up to `on` for which a claim says who holds it (`domain.bearing`), and from that
        day on every claim with a bearing on control: who holds, who left, and what is denied or only alleged. A claim
        that is less sure than `min_confidence` is passed over as if it were not there (`domain.claim.is_sure`); so
        are the claims whose ids are in `without`.
        """
        ...

    def event_page(self, asked: Asked, window: Window) -> Page[Event]:
        """One page of the events asked for, each in its newest version, by first day and id; by index."""
        ...

    def claim_page(self, asked: Asked, window: Window) -> Page[KeptClaim]:
        """One page of the claims that counted at that time, in order of arrival; by index."""
        ...

    def least_sure(self, *, below: float, limit: int, known_at: datetime | None = None) -> Sequence[KeptClaim]:
        """The claims that count and carry a confidence below that, the least sure first; by index."""
        ...

    def report_page(self, asked: Asked, window: Window) -> Page[Kept]:
        """One page of the versions of reports that counted at that time, by publication; by index."""
        ...

    def read_two_ways(self, *, limit: int | None = None, known_at: datetime | None = None) -> Sequence[Kept]:
        """The reports that count and over which two coders differ, those that came last first; by index."""
        ...

    def versions_of_report(self, id: str, *, known_at: datetime | None = None) -> Sequence[Kept]:
        """Every version of one report, oldest first."""
        ...

    def events_of(self, claim_ids: Sequence[str], *, known_at: datetime | None = None) -> Mapping[str, str]:
        """The id of the event whose newest version holds each claim; a claim that none holds is left out."""
        ...

    def census(self, *, known_at: datetime | None = None) -> Census:
        """What the ledger holds."""
        ...

    def sources(self, *, known_at: datetime | None = None) -> Sequence[SourceTally]:
        """Every outlet of the record, by name."""
        ...

    def actors(self, *, known_at: datetime | None = None) -> Sequence[ActorTally]:
        """Everybody who takes part in a claim that counts, by name."""
        ...

    def days(self, asked: Asked) -> Sequence[DayTally]:
        """The events asked for, counted by first day."""
        ...

    def deciding(
        self,
        on: date,
        *,
        known_at: datetime | None = None,
        place_keys: Sequence[str] = (),
        without: Collection[str] = (),
    ) -> Pairs:
        """`control` as numbers alone, for who remembers the claims: by place, then by claim."""
        ...

    def bearing(
        self,
        first: date,
        last: date,
        *,
        known_at: datetime | None = None,
        place_keys: Sequence[str] = (),
        without: Collection[str] = (),
    ) -> Sequence[tuple[int, str, int]]:
        """The claims that decide places on each of some days, as numbers alone.

        For each place what `deciding` gives for `first`, and every claim with a bearing on control of the days behind
        it up to `last`: the place's number, the claim's day and the claim's number, sorted. Of a place that nobody is
        said to hold on `first` there may be claims of that time that decide nothing.
        """
        ...

    def testimonies(self, numbers: Sequence[int]) -> Sequence[tuple[int, Testimony]]:
        """What the claims of some numbers say of who holds places, each with its number, without words or reports."""
        ...

    def acts(self, *, after: int = 0) -> Sequence[str]:
        """What was done behind an entry of the chain (`domain.chain.Write`), in order."""
        ...

    def head(self) -> Entry | None:
        """The newest entry of the hash chain; None in an empty ledger."""
        ...

    def entries(self, *, after: int = 0) -> Iterator[Held]:
        """The hash chain behind an entry, in order, each entry with its rows as they are now."""
        ...

    def names(self) -> Iterator[tuple[str, int, str]]:
        """Table, number and name of every record, whether the chain knows it or not."""
        ...

    def take(self, entries: Iterable[Held]) -> int:
        """Keep another ledger's entries and rows unchanged, behind this one's chain; how many were taken.

        Raises:
            StoreError: they do not go on where the chain ends, or rows of them are gone.
        """
        ...

    def redact(self, redaction: Redaction, *, recorded_at: datetime) -> Mapping[str, int]:
        """Cover words for good, also in the store's own files, and leave a tombstone in the chain.

        Returns:
            How many records of each table changed; where none does, there is no tombstone.
        """
        ...

    def close(self) -> None:
        """Let go of what holds it."""
        ...


class Exporter(Protocol):
    """Writer of one format."""

    name: str

    def write(self, ledger: Ledger, out: Path | None) -> None:
        """Write the ledger's newest state to a file, or to standard output where `out` is None."""
        ...
