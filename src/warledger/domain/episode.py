"""Episodes: events of one campaign, derived from events and stored nowhere."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from warledger.domain.place import Place


@frozen(kw_only=True)
class Episode:
    """Places taken one by one, the fights for them and the offensive they belong to.

    Args:
        id: made of the id of one of its events; another where its events change.
        side: who wages it, canonical names, sorted.
        start: first day.
        end: last day.
        places: places that changed hands, in the order of their days.
        event_ids: its events, in the order of their days.
    """

    id: str
    side: tuple[str, ...]
    start: date
    end: date
    places: tuple[Place, ...]
    event_ids: tuple[str, ...]
