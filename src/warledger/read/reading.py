"""The read room's door: a report in, its reading out. Every reader runs once; nothing is coded here."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from attrs import frozen

from warledger.domain.actor import Actor, ActorKind
from warledger.domain.cues import Lexicon
from warledger.domain.mention import ActorMention, Reading, ToponymMention
from warledger.domain.naming import ActorNames
from warledger.domain.place import PlacePrecision
from warledger.domain.placecues import PlaceCues
from warledger.domain.report import Report
from warledger.ports import Gazetteer
from warledger.read.actors import NAMED, find_actors
from warledger.read.dates import find_times
from warledger.read.extents import find_extents
from warledger.read.numbers import find_numbers
from warledger.read.sentences import split_sentences
from warledger.read.toponyms import read_candidates


@frozen(kw_only=True, eq=False)
class Tables:
    """What the readers look things up in; tables of words by language."""

    gazetteer: Gazetteer
    places: Mapping[str, PlaceCues]
    actors: ActorNames
    dates: Mapping[str, Lexicon]
    numbers: Mapping[str, Lexicon]


def read_report(report: Report, tables: Tables) -> Reading:
    """Read a report.

    Args:
        report: the report, its language told.
        tables: what the readers know.
    """
    text, language = report.text, report.language
    sentences = split_sentences(text)
    country, toponyms = read_candidates(text, sentences, tables.gazetteer, tables.places, language=language)
    actors = find_actors(text, sentences, tables.actors, published=report.published, country=country, language=language)
    places = without_names(toponyms, actors, tables.actors.actors)
    numbers = find_numbers(text, language, tables.numbers)
    return Reading(
        report=report,
        sentences=sentences,
        actors=actors,
        toponyms=places,
        times=find_times(text, report.published, language, tables.dates),
        numbers=numbers,
        extents=find_extents(text, language, tables.places, places, numbers),
        country=country,
    )


def without_names(
    toponyms: Sequence[ToponymMention], mentions: Sequence[ActorMention], actors: Mapping[str, Actor]
) -> tuple[ToponymMention, ...]:
    """Drop towns that are words of a group's name: "Hayat Tahrir al-Sham" is nowhere (codebook, section 1).

    A state's forces keep the town that speaks for it, and a country in a name is one that the report speaks of. A land
    that bears the name of those who govern it is a place too: "in Puntland".

    Args:
        toponyms: in order of their start.
        mentions: the actors of the same text.
        actors: entries of the actor table by canonical name.
    """
    named = [m for m in mentions if m.rule == NAMED and any(_is_group(actors.get(name)) for name in m.actors)]
    names = [m.span for m in named]
    lands = {m.span for m in named if any(_governs_a_land(name) for name in m.actors)}
    starts = [span.start for span in names]

    def in_name(toponym: ToponymMention) -> bool:
        before = bisect_right(starts, toponym.span.start)
        if toponym.span in lands and toponym.precision is PlacePrecision.REGION:
            return False
        return toponym.precision is not PlacePrecision.COUNTRY and any(
            name.holds(toponym.span) for name in names[max(0, before - 2) : before]
        )

    return tuple(t for t in toponyms if not in_name(t))


def _is_group(actor: Actor | None) -> bool:
    return actor is not None and actor.kind not in (ActorKind.GOVERNMENT, ActorKind.MILITARY, ActorKind.POLICE)


def _governs_a_land(name: str) -> bool:
    return name.startswith("Government of ") or name.endswith("People's Republic")
