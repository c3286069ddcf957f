"""What a request may ask: query parameters as the API names them, each checked; times read as people write them.

Words of a URL in, domain values out; what is none is a 422 with the parameter's name.
"""

from __future__ import annotations

import base64
import binascii
import json
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from warledger.domain.asked import Box, Mark
from warledger.domain.codes import EventType, Family, Grade, Kind
from warledger.domain.errors import UsageError
from warledger.domain.phrases import Language

MOST_ITEMS = 1000
_EDGES = (-180.0, -90.0, 180.0, 90.0)


def _parted(said: Any) -> Any:
    """Values parted by commas, or given several times."""
    listed = [said] if isinstance(said, str) else said
    return [v for one in listed for v in str(one).split(",") if v] if isinstance(listed, list) else listed


Codes = BeforeValidator(_parted)
Country = Annotated[str, Field(pattern="^[A-Z]{2}$")]
Name = Annotated[str, Field(min_length=1, max_length=300)]
Names = Annotated[list[Name], Field(max_length=20)]
Moment = Annotated[str, Field(max_length=40, examples=["2024-11-29", "2024-11-29T20:00:00Z"])]

TOLD_IN: Language = Field(default=Language.ENGLISH, description="What sentences are told in; quotes stay as reported.")


class Known(BaseModel):
    """As known when."""

    model_config = ConfigDict(populate_by_name=True)

    known_at: Moment | None = Field(
        default=None, description="Answer as the ledger stood then: a day (its end, UTC) or a time."
    )


class Told(Known):
    """Something told in words, as known when."""

    language: Language = TOLD_IN


class On(Known):
    """A day, as known when."""

    on: date | None = Field(default=None, description="The day in the world; by default that of the newest report.")


class Days(On):
    """A day or some days, as known when."""

    from_: date | None = Field(default=None, alias="from", description="First day in the world.")
    to: date | None = Field(default=None, description="Last day in the world.")

    @property
    def days(self) -> tuple[date | None, date | None]:
        """First and last day; None is open.

        Raises:
            UsageError: both ways of naming them are used, or they run backwards.
        """
        if self.on is not None and (self.from_ is not None or self.to is not None):
            raise UsageError("give on, or from and to, not both")
        if self.from_ is not None and self.to is not None and self.to < self.from_:
            raise UsageError(f"the days run backwards: from {self.from_} is behind to {self.to}")
        return (self.on, self.on) if self.on is not None else (self.from_, self.to)


class Narrow(Days):
    """What lists are narrowed to. A name given several times means any of these."""

    type: Annotated[list[EventType], Codes] = Field(default=[], description="Event types.")
    family: Annotated[list[Family], Codes] = Field(default=[], description="Families of event types.")
    actor: Names = Field(default=[], description="Actors, by any of their names.")
    place: Names = Field(default=[], description="Places, by key or by name in any script.")
    country: Annotated[list[str], Codes] = Field(default=[], max_length=50, description="ISO 3166-1 alpha-2 codes.")
    grade: Annotated[list[Grade], Codes] = Field(default=[], description="Grades of events.")
    source: Names = Field(default=[], description="Outlets, or origins of events.")
    language: Annotated[list[str], Codes] = Field(default=[], max_length=50, description="ISO 639-1 codes of reports.")
    min_confidence: float | None = Field(default=None, ge=0, le=1)
    kind: Annotated[list[Kind], Codes] = Field(default=[], description="Kinds of claims.")
    q: str | None = Field(default=None, max_length=200, description="Words of the report, in any script.")
    bbox: str | None = Field(
        default=None, max_length=200, description="west,south,east,north in degrees", examples=["35.7,32.3,42.4,37.4"]
    )


class Paged(Narrow):
    """A list, page by page."""

    limit: int = Field(default=100, ge=1, le=MOST_ITEMS)
    cursor: str | None = Field(default=None, max_length=1000, description="`next` of the page before.")
    order: Literal["asc", "desc"] = Field(default="desc", description="Oldest or newest first.")


def read_moment(said: str | None) -> datetime | None:
    """A time in UTC; a day alone means its end.

    Raises:
        UsageError: it is none.
    """
    if said is None:
        return None
    try:
        if len(said) == 10:
            return datetime.combine(date.fromisoformat(said), time(23, 59, 59, 999_999), UTC)
        moment = datetime.fromisoformat(said.replace(" ", "+"))
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise UsageError(f"known_at: {said!r} is no time; write 2024-11-29 or 2024-11-29T20:00:00Z") from None


def read_box(said: str | None) -> Box | None:
    """A box of degrees; of one with heights the heights are left out.

    Raises:
        UsageError: it is none.
    """
    if said is None:
        return None
    try:
        parts = [float(p) for p in said.split(",")]
    except ValueError:
        parts = []
    if len(parts) == 6:
        parts = [parts[i] for i in (0, 1, 3, 4)]
    if len(parts) != 4 or not all(-abs(e) <= p <= abs(e) for p, e in zip(parts, _EDGES, strict=True)):
        raise UsageError("bbox: write west,south,east,north in degrees")
    west, south, east, north = parts
    if south > north:
        raise UsageError("bbox: south lies north of north")
    return Box(west=west, south=south, east=east, north=north)


def write_cursor(mark: Mark | None, known_at: datetime | None) -> str | None:
    """Where the next page begins, with the time as known at which the list is read to its end."""
    if mark is None:
        return None
    said = json.dumps([list(mark), known_at.isoformat() if known_at is not None else None], ensure_ascii=False)
    return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def read_cursor(said: str | None) -> tuple[Mark | None, datetime | None]:
    """Read `write_cursor` back.

    Raises:
        UsageError: it is none that this API gave.
    """
    if said is None:
        return None, None
    try:
        mark, known_at = json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))
        if not isinstance(mark, list) or not mark or not all(isinstance(m, str) for m in mark):
            raise ValueError
        moment = datetime.fromisoformat(known_at) if known_at is not None else None
        if moment is not None and moment.tzinfo is None:
            raise ValueError
        return tuple(mark), moment
    except (ValueError, TypeError, binascii.Error):
        raise UsageError("cursor: it is none that this API gave; begin without one") from None
