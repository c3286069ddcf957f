"""The tables of a ledger in a database, as its newest migration leaves them. Rows are never updated and never deleted.

Days are ISO dates, times ISO 8601 in UTC with microseconds: as text they sort as they should and people can read them.
`valid_from` and `valid_to` are the time in the world, `recorded_at` is when the monitor knew.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

HEAD = "0005"
"""The newest migration; a test holds it in step with the migrations themselves."""

metadata = MetaData()

reports = Table(
    "reports",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("id", Text, nullable=False, index=True),
    Column("published", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("text", Text, nullable=False),
    Column("publisher", Text),
    Column("url", Text),
    Column("language", Text),
    Column("title", Text),
    Column("filed_as", Text, nullable=False),
    Column("disagreements", Text),
    Index("reports_by_day", "published", "seq"),
    Index("reports_by_publisher", "publisher", "published", "seq"),
    Index("reports_by_language", "language", "published", "seq"),
)

Index(
    "reports_read_two_ways",
    reports.c.seq,
    sqlite_where=reports.c.disagreements.is_not(None),
    postgresql_where=reports.c.disagreements.is_not(None),
)
"""`disagreements` is where two coders differ, as JSON; null where one coded, or both agree."""

supersessions = Table(
    "supersessions",
    metadata,
    Column("report", Integer, ForeignKey("reports.seq"), primary_key=True),
    Column("by_report", Integer, ForeignKey("reports.seq"), nullable=False, index=True),
    Column("recorded_at", Text, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("report", Integer, ForeignKey("reports.seq"), nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("type", Text),
    Column("place_key", Text, index=True),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("valid_from", Text),
    Column("valid_to", Text),
    Column("recorded_at", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Index("claims_by_kind_and_day", "kind", "valid_from"),
)

PLACE = BigInteger().with_variant(Integer, "sqlite")
"""The number of a place: 64 bits of the SHA-256 of its key, since numbers are sought twice as fast as names."""

control_claims = Table(
    "control_claims",
    metadata,
    Column("claim", Integer, ForeignKey("claims.seq"), primary_key=True),
    Column("report", Integer, ForeignKey("reports.seq"), nullable=False),
    Column("role", Text, nullable=False),
    Column("place", PLACE, nullable=False),
    Column("valid_from", Text, nullable=False),
    Column("recorded_at", Text, nullable=False),
)
control_places = Table(
    "control_places",
    metadata,
    Column("place", PLACE, primary_key=True, autoincrement=False),
    Column("claim", Integer, ForeignKey("claims.seq"), nullable=False, index=True),
)
"""Every place of which anything was said, with the claim that first spoke of it."""
Index(
    "control_ahead_of_its_time",
    control_claims.c.place,
    control_claims.c.valid_from.desc(),
    control_claims.c.recorded_at.desc(),
    control_claims.c.role,
    control_claims.c.report,
    sqlite_where=control_claims.c.valid_from > control_claims.c.recorded_at,
    postgresql_where=control_claims.c.valid_from > control_claims.c.recorded_at,
)

control_order = Table(
    "control_order",
    metadata,
    Column("spot", BigInteger, primary_key=True, autoincrement=False),
    Column("recorded_at", BigInteger, primary_key=True, autoincrement=False),
    Column("holds", Integer, primary_key=True, autoincrement=False),
    Column("report", Integer, primary_key=True, autoincrement=False),
    Column("claim", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""`control_claims` in the order in which it is asked, all in numbers: place and day are one (`ordering.spot`), the time
is microseconds since 1970, `holds` is 1 where that is the role. A narrow key holds it all, and is sought by number."""

control_runs = Table(
    "control_runs",
    metadata,
    Column("run", Integer, primary_key=True, autoincrement=False),
    Column("before", Integer, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("earliest", BigInteger, nullable=False),
)
"""Stretches of the record, packed (`runs`): the run before, or 0, how much is said and when the first was recorded."""

control_parts = Table(
    "control_parts",
    metadata,
    Column("run", Integer, primary_key=True, autoincrement=False),
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("stood", LargeBinary, nullable=False),
    Column("said", LargeBinary, nullable=False),
)
"""What is said of control from a day on, by its number, to the next part of the run, and what stood before it."""

event_versions = Table(
    "event_versions",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("place_key", Text, index=True),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("valid_from", Text),
    Column("valid_to", Text),
    Column("recorded_at", Text, nullable=False),
    Column("record", Text, nullable=False),
    UniqueConstraint("id", "version"),
)

refusals = Table(
    "refusals",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("recorded_at", Text, nullable=False),
    Column("file", Text, nullable=False, index=True),
    Column("record", Text),
    Column("field", Text),
    Column("what", Text, nullable=False),
    Column("raw", LargeBinary),
    Column("refused", Integer, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("recorded_at", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("events", Text, nullable=False),
    Column("claims", Text, nullable=False),
    Column("payload", Text, nullable=False),
)

chain = Table(
    "chain",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("recorded_at", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("link", Text, nullable=False),
)

report_words = Table(
    "report_words",
    metadata,
    Column("word", Text, primary_key=True),
    Column("report", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Folded words of titles and texts (`domain.words`), to find reports by."""

claim_facets = Table(
    "claim_facets",
    metadata,
    Column("claim", Integer, primary_key=True, autoincrement=False),
    Column("report", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("type", Text),
    Column("country", Text),
    Column("confidence", Float),
    Column("valid_from", Text),
    Column("valid_to", Text),
    Index("claim_facets_by_kind", "kind", "claim"),
    Index("claim_facets_by_type", "type", "claim"),
    Index("claim_facets_by_country", "country", "claim"),
    Index("claim_facets_by_confidence", "confidence", "claim"),
    Index("claim_facets_by_report", "report", "claim"),
)
"""What claims are narrowed to, in narrow rows."""

claim_names = Table(
    "claim_names",
    metadata,
    Column("name", Text, primary_key=True),
    Column("claim", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Everybody who takes part in a claim, folded."""

event_facets = Table(
    "event_facets",
    metadata,
    Column("event", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("recorded_at", Text, nullable=False),
    Column("day", Text, nullable=False),
    Column("valid_from", Text),
    Column("valid_to", Text),
    Column("type", Text, nullable=False),
    Column("grade", Text, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("place_key", Text),
    Column("country", Text),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("low", Integer),
    Column("best", Integer),
    Column("high", Integer),
    Index("event_facets_by_version", "id", "version", "recorded_at"),
    Index("event_facets_by_day", "day", "id"),
    Index("event_facets_by_type", "type", "day", "id"),
    Index("event_facets_by_grade", "grade", "day", "id"),
    Index("event_facets_by_country", "country", "day", "id"),
    Index("event_facets_by_place", "place_key", "day", "id"),
)
"""What versions of events are narrowed to, in narrow rows; `day` is the first day known, or empty."""

event_claims = Table(
    "event_claims",
    metadata,
    Column("claim", Text, primary_key=True),
    Column("event", Integer, primary_key=True, autoincrement=False),
    Index("event_claims_by_event", "event"),
    sqlite_with_rowid=False,
)
"""Ids of claims to the versions of events that hold them."""

event_days = Table(
    "event_days",
    metadata,
    Column("reach", Integer, primary_key=True, autoincrement=False),
    Column("day", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("event", Integer, primary_key=True, autoincrement=False),
    Column("until", Text),
    sqlite_with_rowid=False,
)
"""Versions of events by how long they last at most (`ordering.REACHES`) and first day, to find those of some days."""

happenings = Table(
    "happenings",
    metadata,
    Column("claim", Integer, primary_key=True, autoincrement=False),
    Column("day", Text, nullable=False),
    Index("happenings_by_day", "day", "claim"),
)
"""Claims of what is said to have happened, and their last day (`domain.claim.last_day`)."""

settled = Table("settled", metadata, Column("claim", Integer, primary_key=True, autoincrement=False))
"""Numbers up to which every happening is held by an event or was withdrawn; the largest counts."""

event_names = Table(
    "event_names",
    metadata,
    Column("role", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("event", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)
"""Who takes part in a version of an event (`actor`, folded), and who it goes back to (`origin`, as written)."""

actor_names = Table(
    "actor_names",
    metadata,
    Column("folded", Text, primary_key=True),
    Column("name", Text, nullable=False),
    sqlite_with_rowid=False,
)
"""Folded names to the name as it was first written."""

DERIVED = (report_words, claim_facets, claim_names, event_facets, event_claims, event_names, actor_names)
"""Tables that follow from the others and are no part of the chain: lists are narrowed and texts searched by them."""

ORDERS = (control_order, control_runs, control_parts, event_days, happenings, settled)
"""Tables that follow from days and numbers alone, which no redaction changes: what is asked by day is sought there."""

KEPT = (reports, claims, event_versions, refusals, decisions)
"""Tables whose rows are items of the chain."""
