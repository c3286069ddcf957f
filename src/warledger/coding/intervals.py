"""When a claim holds, by the codebook's rules for what a text leaves open: a time mention in, an interval out."""

from __future__ import annotations

from datetime import date

from warledger.domain.codes import Modality
from warledger.domain.mention import TimeMention
from warledger.domain.when import Basis, Interval, TimePrecision

_AHEAD = (Modality.PLANNED, Modality.POSSIBLE)


def event_interval(time: TimeMention | None, published: date, modality: Modality) -> Interval:
    """The interval of an event or a toll.

    Args:
        time: the words that date it, or None where the text gives no time.
        published: the publication date.
        modality: planned and possible events lie ahead of publication, others behind it.
    """
    if time is not None and time.interval is not None:
        return time.interval
    if modality in _AHEAD:
        return Interval(start=published, end=None, precision=TimePrecision.OPEN, basis=Basis.PUBLISHED)
    return Interval(start=None, end=published, precision=TimePrecision.OPEN, basis=Basis.PUBLISHED)


def control_interval(time: TimeMention | None, published: date) -> Interval:
    """The interval of a control claim: from the day that the text gives, or from publication; it has no end.

    A week, month or year stands by its first day, and the precision says so.
    """
    if time is None or time.interval is None or time.interval.start is None:
        return Interval(start=published, end=None, precision=TimePrecision.OPEN, basis=Basis.PUBLISHED)
    return Interval(
        start=time.interval.start,
        end=None,
        precision=TimePrecision.OPEN if time.interval.precision is TimePrecision.DAY else time.interval.precision,
        basis=time.interval.basis,
        spans=time.interval.spans,
    )
