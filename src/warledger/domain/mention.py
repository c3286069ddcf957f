"""Mentions: where a report names an actor, a place, a time or a number; what the read room hands to coding."""

from __future__ import annotations

from attrs import field, frozen

from warledger.domain.place import GazetteerEntry, PlacePrecision
from warledger.domain.report import Report
from warledger.domain.span import Span
from warledger.domain.when import Interval


@frozen(kw_only=True)
class ActorMention:
    """Words that stand for an actor.

    Args:
        span: the words.
        actors: canonical names, most often one; two or more for "Russian and Syrian jets"; empty where unresolved.
        form: `name` (in the table), `description` ("the insurgents", "government troops"), `unknown` (a capitalised
            name that no table holds, standing for itself), `people` (victims: civilians, prisoners, journalists).
        rule: what resolved it, for `--explain`.
        alternatives: other canonical names that the words could mean, best first.
    """

    span: Span
    actors: tuple[str, ...]
    form: str
    rule: str
    alternatives: tuple[str, ...] = ()


TWIN = "twin"
"""The rule of a place mention that reads the name as the other place of that name: a city as its province."""


@frozen(kw_only=True)
class ToponymMention:
    """Words that name a place.

    Args:
        span: the words, modifiers such as "countryside of" or "south of" included.
        name: the name as the codebook writes it ("Aleppo" for "Aleppo city").
        entry: the gazetteer entry it was resolved to, or None where ambiguous or unknown.
        precision: how closely the words place a claim.
        candidates: what it might have been, best first.
        rule: what resolved it.
        listed: number of the enumeration that it stands in ("A, B and C"), or None.
    """

    span: Span
    name: str
    entry: GazetteerEntry | None
    precision: PlacePrecision
    candidates: tuple[GazetteerEntry, ...] = field(default=(), repr=False)
    rule: str = ""
    listed: int | None = None


@frozen(kw_only=True)
class ExtentMention:
    """Words that say how much of a place ("most of", "la moitié de"), or how many places.

    Args:
        span: the words; of a count its number.
        extent: `all`, `most`, `part`, or a count ("8 villages").
    """

    span: Span
    extent: str


@frozen(kw_only=True)
class TimeMention:
    """Words that say when.

    Args:
        span: the words.
        interval: what they mean, resolved against the publication date.
        value: the same as a TIMEX3 value ("2024-11-27", "2024-W48", "PAST_REF"), for benchmarks.
        role: `point` (happened in it), `since` (from it on), `until` (up to it), `duration`, `set` (every day), `age`,
            `clock` (an hour of a day not told); only point, since and until date a claim.
        rule: what resolved it.
    """

    span: Span
    interval: Interval | None
    value: str
    role: str
    rule: str


@frozen(kw_only=True)
class NumberMention:
    """Words that count people or things: at least `min`, at most `max`; None is open.

    Args:
        span: the number's own words, "at least", "more than" and the like included.
        min: least, or None.
        max: most, or None.
        of: what the noun counts, as the codebook's figures say it (civilians, fighters, soldiers, children, total), or
            None where no word says that it counts people (70 locations, 80 %; "put its dead at 31").
        unit: the noun as written, or None.
        rule: what read it.
        things: whether a word says that it counts no people: money, shares, distances, days, weapons.
        part: whether it counts some of those counted just before ("of them").
    """

    span: Span
    min: int | None
    max: int | None
    of: str | None
    unit: str | None
    rule: str
    things: bool = False
    part: bool = False


@frozen(kw_only=True)
class Attribution:
    """Who says what: a source, the cue and the content (any may be empty or in pieces)."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]


@frozen(kw_only=True)
class Reading:
    """A report as read: what the coding room works on.

    Args:
        report: the report, its language told.
        sentences: in order, none overlapping; headlines are sentences of their own.
        actors: mentions in order of their start.
        toponyms: likewise.
        times: likewise.
        numbers: likewise.
        extents: likewise.
        country: ISO 3166-1 alpha-2 code of the country that the report is about, or None.
    """

    report: Report
    sentences: tuple[Span, ...]
    actors: tuple[ActorMention, ...] = ()
    toponyms: tuple[ToponymMention, ...] = ()
    times: tuple[TimeMention, ...] = ()
    numbers: tuple[NumberMention, ...] = ()
    extents: tuple[ExtentMention, ...] = ()
    country: str | None = None
