"""The read room's door: a report in, its reading out. Every reader runs once; nothing is coded here."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from warledger.domain.cues import Lexicon
from warledger.domain.mention import Reading
from warledger.domain.naming import ActorNames
from warledger.domain.placecues import PlaceCues
from warledger.domain.report import Report
from warledger.ports import Gazetteer
from warledger.read.actors import find_actors
from warledger.read.dates import find_times
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
    return Reading(
        report=report,
        sentences=sentences,
        actors=find_actors(
            text, sentences, tables.actors, published=report.published, country=country, language=language
        ),
        toponyms=toponyms,
        times=find_times(text, report.published, language, tables.dates),
        numbers=find_numbers(text, language, tables.numbers),
        country=country,
    )
