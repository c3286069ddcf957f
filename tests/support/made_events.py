"""Events for tests that only care about some of their fields."""

from __future__ import annotations

from datetime import UTC, date, datetime

from warledger.domain.codes import FAMILY_OF, EventType, Grade
from warledger.domain.event import Event, Fatalities
from warledger.domain.when import Interval


def an_event(
    *, id: str, day: date, type: EventType = EventType.SHELLING, killed: int | None = 0, **fields: object
) -> Event:
    """A weak event of one claim and one origin on one day; `fields` say the rest."""
    given: dict[str, object] = {
        "version": 1,
        "family": FAMILY_OF[type],
        "place": None,
        "when": Interval.day(day),
        "initiator": (),
        "target": (),
        "fatalities": Fatalities(low=killed, best=killed, high=killed),
        "claim_ids": (f"claim of {id}",),
        "origins": ("AFP",),
        "grade": Grade.WEAK,
        "reason": "one origin",
        "geo_precision": 1,
        "time_precision": 1,
        "where_prec": 1,
        "date_prec": 1,
        "recorded_at": datetime(2026, 11, 29, tzinfo=UTC),
        **fields,
    }
    return Event(id=id, type=type, **given)  # type: ignore[arg-type]
