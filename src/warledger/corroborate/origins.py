"""Tell the origin of a claim: who knew it first, not who printed it.

In: claims with their reports, and the table of agencies and state media. Out: one name for each claim. Ten outlets on
one agency's wire, ten reports that cite one monitor and ten reprints or translations of one text are one origin each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from warledger.corroborate.columns import GroupsThen
from warledger.domain.corroboration import Affiliations
from warledger.domain.report import Report
from warledger.ports import KeptClaim

HEAD, TAIL = 200, 120
"""Characters at the start and the end of a text in which a byline or dateline may credit an agency."""
_IN_BRACKETS = re.compile(r"[(（\[]([^()（）\[\]]{2,60})[)）\]]")
_DASHED = re.compile(r"^\W*([^\n.–—]{2,60}?)\s*(?:[-–—]{1,2}|:)\s")
_SIGNED = re.compile(r"(?:[-–—/(]|\b\w+:)\s*([^\n()–—/:-]{2,40}?)\)?\W*$")
_PARTS = re.compile(r"\s*(?:[/,;&+]|\band\b|\bet\b|\by\b|\bи\b)\s*")
_HOME = re.compile(r" of (?:the )?(.+)$")


def origins(claims: Sequence[KeptClaim], table: Affiliations, oldest: Mapping[str, str]) -> Mapping[str, str]:
    """Name the origin of each claim.

    Args:
        claims: any order.
        table: agencies, state media, vague sources.
        oldest: each report's id to the id of the oldest report with the same text.

    Returns:
        Each claim's id to its origin's name.
    """
    own = own_origins(reports_of(claims), table, oldest)
    return {c.id: cited(c.claim.attribution, table) or own[c.report.id] for c in claims}


def reports_of(claims: Sequence[KeptClaim]) -> list[Report]:
    """The reports of claims, each once."""
    return list({c.report.id: c.report for c in claims}.values())


def own_origins(reports: Sequence[Report], table: Affiliations, oldest: Mapping[str, str]) -> Mapping[str, str]:
    """Origin of a report's own voice: the agency that a print of its text credits, else the oldest one's publisher."""
    by_id = {r.id: r for r in reports}
    credited: dict[str, str] = {}
    for report in sorted(reports, key=lambda r: (r.published, r.id)):
        agency = credited_agency(report.text, table)
        if agency is not None:
            credited.setdefault(oldest[report.id], agency)
    return {r.id: credited.get(oldest[r.id]) or publisher_of(by_id[oldest[r.id]], table) for r in reports}


def cited(chain: Sequence[str], table: Affiliations) -> str | None:
    """The source a chain leads back to: the nearest to the happening that is somebody in particular.

    "Residents told Reuters" leads back to Reuters, "the Observatory told AFP" to the Observatory.
    """
    named = next((n for n in chain if not is_vague(n, table)), None)
    return None if named is None else canonical(named, table)


def canonical(name: str, table: Affiliations) -> str:
    """An agency's one name, however it is written; any other name as it is."""
    return table.agencies.get(name.casefold(), name)


def is_vague(name: str, table: Affiliations) -> bool:
    """Say whether a source is nobody in particular: listed so, or a description without a single capital."""
    has_case = name.upper() != name.lower()
    return name.casefold() in table.vague or (
        has_case and name == name.lower() and name.casefold() not in table.agencies
    )


def credited_agency(text: str, table: Affiliations) -> str | None:
    """The agency that a byline, dateline or signature credits, or None."""
    head, tail = text[:HEAD], text[-TAIL:].rsplit("\n", 1)[-1]
    said = _IN_BRACKETS.findall(head) + _DASHED.findall(head) + _IN_BRACKETS.findall(tail) + _SIGNED.findall(tail)
    return _agency_of(said, table)


def _agency_of(said: Iterable[str], table: Affiliations) -> str | None:
    """The first agency among phrases, each taken whole and in its parts."""
    names = (part.strip().casefold() for words in said for part in (words, *_PARTS.split(words)))
    return next((table.agencies[n] for n in names if n in table.agencies), None)


def speaks_for(origin: str, table: Affiliations) -> str:
    """The actor whose word an origin is: the state behind its agency, else the origin itself."""
    return table.parties.get(origin.casefold(), origin)


def is_party(origin: str, side: Iterable[str], table: Affiliations, groups: GroupsThen) -> bool:
    """Say whether an origin is one of a side's actors, a body of the same state, or a group within or above it."""
    speaker = speaks_for(origin, table)
    mine = {speaker, *groups(speaker)}
    for actor in side:
        if mine & {actor, *groups(actor)} or (_home(speaker) is not None and _home(speaker) == _home(actor)):
            return True
    return False


def _home(actor: str) -> str | None:
    found = _HOME.search(actor)
    return found.group(1) if found is not None and actor.split(" ", 1)[0] in _STATE_BODIES else None


_STATE_BODIES = frozenset({"Government", "Military", "Police"})


def publisher_of(report: Report, table: Affiliations) -> str:
    """Who prints a report; the agency, where its name stands beside the outlet's."""
    if report.publisher is None:
        return f"unnamed publisher of {report.id}"
    # "Harbour Times (Reuters)", "Harbour Times / Reuters"
    return _agency_of([report.publisher, *_IN_BRACKETS.findall(report.publisher)], table) or report.publisher
