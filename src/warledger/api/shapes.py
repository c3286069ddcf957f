"""The shapes of answers, for OpenAPI: what `records` writes, field by field. Unknown is null, never left out."""

from __future__ import annotations

from typing import Annotated, Any, Generic, Literal, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

T = TypeVar("T")
NO_ZERO = r"^[^\x00]*$"
"""No database keeps a zero byte in a text."""
Word = Annotated[str, Field(min_length=1, max_length=200, pattern=NO_ZERO)]
Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=NO_ZERO)]
Names = list[str]


class Shape(BaseModel):
    """What every answer is: an object whose fields may grow in number."""

    model_config = ConfigDict(extra="allow")


class Problem(Shape):
    """What went wrong (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
    errors: list[dict[str, Any]] | None = None


class Listed(Shape, Generic[T]):
    """One page of a list."""

    items: list[T]
    next: str | None = Field(description="Give it back as `cursor` for the next page; null where this is the last.")
    total: int | None = Field(description="How many there are, where that is known without counting them all.")


class Count(Shape):
    """Smallest, most reliable and largest figure claimed."""

    low: int | None
    best: int | None
    high: int | None


class Place(Shape):
    """A place; without coordinates it is only named."""

    key: str
    name: str
    latitude: float | None
    longitude: float | None
    precision: str
    country: str | None
    admin1: str | None
    population: int | None


class Time(Shape):
    """Days, both inclusive; null is unknown."""

    start: str | None
    end: str | None
    precision: str


class Corrected(Shape):
    """One field of a claim as a person corrected it, and what stood there before."""

    claim: str
    field: str
    was: str
    author: str | None
    reason: str
    recorded_at: str
    decision: str


class Control(Shape):
    """Who holds one place."""

    place: Place
    holder: Names
    status: str
    extent: str
    since: str
    confidence: float | None
    inherited_from: str | None = Field(description="The key of the area for which it is said as a whole.")
    for_: list[str] = Field(alias="for", description="Ids of claims.")
    against: list[str]
    corrections: list[Corrected] = Field(description="What persons corrected of the claims that say so.")


class ControlAnswer(Shape):
    """Who holds what on a day."""

    on: str
    known_at: str | None
    items: list[Control]


class ControlDay(Shape):
    """The places whose state is another on a day than on the day before."""

    day: str
    items: list[Control]


class ControlDaysAnswer(Shape):
    """Who holds what from one day to another: on the first, and what is another on each later day."""

    known_at: str | None
    items: list[Control]
    days: list[ControlDay]


class Holder(Shape):
    """A holder, and the places that it holds on some days together."""

    name: str
    places: int


class HoldersAnswer(Shape):
    """Holders, those of most places first."""

    items: list[Holder]


class Change(Shape):
    """One place whose state differs between two days."""

    place: Place
    kind: str
    before: Control | None
    after: Control | None


class DiffAnswer(Shape):
    """What changed hands."""

    items: list[Change]


class ReportHead(Shape):
    """A report without its text."""

    id: str
    title: str | None
    publisher: str | None
    url: str | None
    published: str
    language: str | None


class SpanShape(Shape):
    """Words of the report's text, by character."""

    start: int
    end: int
    text: str


class Claim(Shape):
    """What one report says."""

    id: str
    kind: str
    quote: list[str]
    spans: dict[str, list[SpanShape]]
    attribution: Names
    modality: str
    time: Time | None
    place: Place | None
    precedent: dict[str, Any] | None
    confidence: float | None
    figures: dict[str, Any] | None
    report: ReportHead
    recorded_at: str
    superseded_at: str | None
    event_id: str | None
    corrections: list[Corrected] = Field(description="What persons corrected, in order; the fields are as they say.")
    correctable: dict[str, str] | None = Field(
        description="Fields that may be corrected, with what each holds as one would type it; null of an event's claim."
    )


class Event(Shape):
    """What the monitor concludes from claims."""

    id: str
    version: int
    recorded_at: str
    type: str
    family: str
    place: Place | None
    time: Time
    initiator: Names
    target: Names
    figures: dict[str, Count | None]
    grade: str
    reason: str
    sources: int
    geo_precision: int
    time_precision: int
    claim_ids: list[str]


class EventWhole(Event):
    """An event with everything that stands behind it."""

    claims: list[Claim]
    origins: dict[str, Any]
    versions: list[Event]
    episode: dict[str, Any] | None
    precedents: list[dict[str, Any]]
    decisions: list[dict[str, Any]]


class Report(ReportHead):
    """A report of the record."""

    note: str
    recorded_at: str
    superseded_at: str | None


class ReportWhole(Report):
    """A report with its text and its claims."""

    text: str
    claims: list[Claim]


class Said(Shape):
    """One line of a place's history: a claim or an event."""

    at: str
    claim: Claim | None = None
    event: Event | None = None


class HistoryAnswer(Shape):
    """What was said of a place, by day."""

    place: Place
    items: list[Said]


class PlaceWhole(Place):
    """A place with what is recorded of it."""

    control: Control | None
    history: int
    events: int


class Day(Shape):
    """The events that began on one day."""

    day: str
    families: dict[str, int]
    killed: Count
    changed: int


class TimelineAnswer(Shape):
    """Days on which something is told to have begun."""

    days: list[Day]


class Language(Shape):
    """Reports of one language."""

    code: str | None
    reports: int


class Meta(Shape):
    """What this ledger is and holds."""

    version: str
    ledger: str
    first_day: str | None
    last_day: str | None
    known_from: str | None
    known_to: str | None
    counts: dict[str, int]
    public: bool
    writable: bool
    families: dict[str, list[str]]
    grades: list[str]
    languages: list[Language]


class Actor(Shape):
    """An actor of the table, or one that the record alone names."""

    name: str
    kind: str | None
    country: str | None
    wikidata: str | None
    counts: dict[str, int]


class NamesAnswer(Shape):
    """Names in another language, by canonical name and by key."""

    language: str
    actors: dict[str, str]
    places: dict[str, str]


class ActorWhole(Actor):
    """An actor with its names and relations over time, and what it holds."""

    aliases: list[dict[str, Any]]
    relations: list[dict[str, Any]]
    holds: list[Place]


class Source(Shape):
    """An outlet of the record."""

    name: str
    kind: str
    affiliation: str | None
    reports: int
    claims: int
    alone: int
    contradicted: int


class Span(Shape):
    """From one character of the excerpt to another."""

    start: int
    end: int


class Hit(Shape):
    """A report or a claim that holds the words asked for."""

    kind: Literal["report", "claim"]
    id: str
    report_id: str
    title: str | None
    excerpt: str
    highlights: list[Span]


class Items(Shape):
    """A list that has no pages."""

    items: list[dict[str, Any]]


class SearchAnswer(Shape):
    """What was found, the newest reports first."""

    items: list[Hit]


class Act(BaseModel):
    """A person's decision, to be kept."""

    model_config = ConfigDict(extra="forbid")

    act: Literal["accept", "discount", "merge", "split", "undo"]
    ids: list[Word] = Field(
        min_length=1,
        max_length=200,
        description="Events to merge or accept; an event and the claims that leave it; the event, claim or reading of "
        "a language model to discount; the decision to undo.",
    )
    reason: Words
    author: Word


class Decided(Shape):
    """A decision as kept, the events that it changed, and the claim that it corrected."""

    decision: dict[str, Any]
    events: list[Event]
    claims: list[Claim] = []


class Correction(BaseModel):
    """The right value of one field of an event or of a claim, as a person says."""

    model_config = ConfigDict(extra="forbid")

    event: Word | None = None
    claim: Word | None = Field(default=None, description="Of control, a toll, a relation or a statement.")
    field: Word = Field(description="One that an event has, or that stands in `correctable` of the claim.")
    value: Word = Field(
        description="A code of the codebook; a place's name or key; a day or `first..last`, of a claim also `first..` "
        "and `..last`; actors with `;` between them, or `nobody`; `all`, `most`, `part` or a count of places; a number "
        "or `low-high`, of a claim also `low+` and `up to high`, with whom it counts (`12 civilians`) and `;` between "
        "several; or `unknown`."
    )
    reason: Words
    author: Word

    @model_validator(mode="after")
    def _of_one(self) -> Self:
        if (self.event is None) == (self.claim is None):
            raise ValueError("name an event or a claim")
        return self


class Alias(BaseModel):
    """A name that a person says an actor bears."""

    model_config = ConfigDict(extra="forbid")

    name: Word
    actor: Word
    reason: Words
    author: Word
