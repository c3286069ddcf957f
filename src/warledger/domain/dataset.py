"""Event datasets: the rows of UCDP GED as typed values, and the mark by which what was imported is told apart.

Source of the columns: UCDP Georeferenced Event Dataset codebook, version 23.1.
"""

from __future__ import annotations

from datetime import date

from attrs import frozen

from warledger.domain.claim import EventClaim
from warledger.domain.event import Event
from warledger.domain.report import Received

UCDP = "ucdp:"
"""How the ids of events and reports begin that were imported from UCDP."""


def is_imported(id: str) -> bool:
    """Say whether the id of an event or of a report is that of a row of a dataset.

    Such an event is the dataset's own conclusion: it is kept as the dataset gives it and is not compared with claims.
    """
    return id.startswith(UCDP)


@frozen(kw_only=True)
class GedRow:
    """One row of UCDP GED.

    Args:
        id: the dataset's number of the event.
        type_of_violence: 1 state-based, 2 non-state, 3 one-sided.
        side_a: first party as UCDP names it.
        side_b: second party; `Civilians` where the violence is one-sided.
        dyad: both, as UCDP names them.
        country: as UCDP names it.
        adm_1: first-order division, or empty.
        where_prec: 1 exact to 7 at sea.
        where: `where_coordinates`: what the position stands for.
        where_described: `where_description`: the place as the source tells it, or empty.
        latitude: degrees north, or None where the file gives no position.
        longitude: degrees east, or None.
        start: first day.
        end: last day.
        date_prec: 1 the day to 5 more than a month.
        low: fewest killed.
        best: best estimate of those killed.
        high: most killed.
        deaths: killed by side: `side a`, `side b`, `civilians`, `unknown`.
        clear: whether UCDP calls the row's coding clear.
        source: the source that UCDP names, or empty.
        raw: the row's untouched bytes.
        filed_as: file and record, for messages.
    """

    id: int
    type_of_violence: int
    side_a: str
    side_b: str
    dyad: str
    country: str
    adm_1: str
    where_prec: int
    where: str
    where_described: str
    latitude: float | None
    longitude: float | None
    start: date
    end: date
    date_prec: int
    low: int
    best: int
    high: int
    deaths: tuple[tuple[str, int], ...]
    clear: bool
    source: str
    raw: bytes
    filed_as: str


@frozen(kw_only=True)
class Imported:
    """A row as the ledger keeps it: its report, the one claim it makes, and the first version of its event."""

    received: Received
    claim: EventClaim
    event: Event
