"""Lists and search in a database: what is asked for in, the questions to the tables of facets and words out.

Every question goes by an index that also gives the order, so that a page costs what it holds and not what the ledger
holds. Names and words are looked up first: where few rows bear them, these rows are gone through, else the list is,
and each row is looked up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    exists,
    func,
    or_,
    select,
    text,
    tuple_,
    union_all,
)

from warledger.adapters.stores.queries import FOREVER, meets_days, spans_where
from warledger.adapters.stores.schema import (
    claim_facets,
    claim_names,
    claims,
    event_claims,
    event_days,
    event_facets,
    event_names,
    event_versions,
    report_words,
    reports,
    supersessions,
)
from warledger.domain.asked import Asked, Box, Window
from warledger.domain.words import is_beginning

FEW = 3_000
"""So many rows are gone through and sorted; of more, the list is gone through in its order."""
MOST_COMPLETIONS = 64
_COMPLETIONS = text(
    """WITH RECURSIVE completions(word) AS (
    SELECT min(word) FROM report_words WHERE word >= :start AND word < :end
    UNION ALL
    SELECT (SELECT min(w.word) FROM report_words AS w WHERE w.word > completions.word AND w.word < :end)
    FROM completions WHERE completions.word IS NOT NULL
) SELECT word FROM completions WHERE word IS NOT NULL LIMIT :most"""
)
Where = list[ColumnElement[bool]]


def event_page(db: Connection, asked: Asked, window: Window, known_at: str) -> Select[Any]:
    """Day, id and record of the events asked for, one row more than the page holds."""
    if asked.from_day is not None or asked.to_day is not None:
        return _event_page_of_days(db, asked, window, known_at)
    e = event_facets.c
    source = event_facets.join(event_versions, event_versions.c.seq == e.event)
    query = select(e.day, e.id, event_versions.c.record).select_from(source)
    return _page(query.where(*events_where(db, asked, known_at)), (e.day, e.id), window)


def _event_page_of_days(db: Connection, asked: Asked, window: Window, known_at: str) -> Select[Any]:
    """The same of some days: the first of each range of `event_days` in its order, and of these the first."""
    d, where = event_days.c, events_where(db, asked, known_at)
    source = event_days.join(event_facets, event_facets.c.event == d.event)
    query = select(d.day, d.id, d.event).select_from(source).where(*where)
    ranges = spans_where(asked.from_day, asked.to_day)
    parts = [_page(query.where(*span), (d.day, d.id), window).subquery() for span in ranges]
    found = union_all(*(select(part) for part in parts)).subquery()
    key, whole = (found.c.day, found.c.id), found.join(event_versions, event_versions.c.seq == found.c.event)
    return _page(select(*key, event_versions.c.record).select_from(whole), key, window)


def _page(query: Select[Any], key: Sequence[ColumnElement[Any]], window: Window) -> Select[Any]:
    """One row more than the page holds, in its order."""
    if window.after is not None:
        mark = tuple_(*window.after[:2])
        query = query.where(tuple_(*key) < mark if window.newest_first else tuple_(*key) > mark)
    order = [c.desc() if window.newest_first else c.asc() for c in key]
    return query.order_by(*order).limit(window.limit + 1)


def events_where(db: Connection, asked: Asked, known_at: str) -> Where:
    """What the newest versions of events must be, as conditions on `event_facets`."""
    e, later = event_facets.c, event_facets.alias("later")
    is_later = (later.c.id == e.id, later.c.version > e.version, later.c.recorded_at <= known_at)
    where: Where = [~exists().where(*is_later), *meets_days(e, asked.from_day, asked.to_day)]
    if known_at != FOREVER:
        where.append(e.recorded_at <= known_at)
    if asked.claimed:
        where.append(e.claims > 0)
    for column, wanted in (
        (e.type, asked.types),
        (e.grade, asked.grades),
        (e.country, asked.countries),
        (e.place_key, asked.place_keys),
    ):
        if wanted:
            where.append(column.in_(sorted(map(str, wanted))))
    for role, names in (("actor", asked.actors), ("origin", asked.sources)):
        if names:
            n = event_names.c
            bears = and_(n.role == role, n.name.in_(sorted(names)))
            where.append(_one_of(db, e.event, n.event, bears))
    where += _in_box(e, asked.box)
    behind = _of_claims_behind(db, asked)
    if behind:
        where.append(exists().where(event_claims.c.event == e.event, event_claims.c.claim == claims.c.id, *behind))
    return where


def claim_page(db: Connection, asked: Asked, window: Window, known_at: str) -> Select[Any]:
    """Numbers of the claims asked for, one more than the page holds."""
    f = claim_facets.c
    gone = exists().where(supersessions.c.report == f.report, supersessions.c.recorded_at <= known_at)
    where: Where = [~gone, *meets_days(f, asked.from_day, asked.to_day), *_reports_where(db, asked, f.report)]
    if known_at != FOREVER:
        where.append(exists().where(reports.c.seq == f.report, reports.c.recorded_at <= known_at))
    for column, wanted in ((f.kind, asked.kinds), (f.type, asked.types), (f.country, asked.countries)):
        if wanted:
            where.append(column.in_(sorted(map(str, wanted))))
    if asked.min_confidence is not None:
        where.append(
            func.coalesce(f.confidence, 0) >= asked.min_confidence
        )  # in the order of the list, not by its index
    if asked.actors:
        where.append(_one_of(db, f.claim, claim_names.c.claim, claim_names.c.name.in_(sorted(asked.actors))))
    if asked.place_keys:
        where.append(f.claim.in_(select(claims.c.seq).where(claims.c.place_key.in_(sorted(asked.place_keys)))))
    if asked.box is not None:
        where.append(exists().where(claims.c.seq == f.claim, *_in_box(claims.c, asked.box)))
    if window.after is not None:
        mark = int(window.after[0])
        where.append(f.claim < mark if window.newest_first else f.claim > mark)
    order = f.claim.desc() if window.newest_first else f.claim.asc()
    return select(f.claim).where(*where).order_by(order).limit(window.limit + 1)


def least_sure(below: float, limit: int, known_at: str) -> Select[Any]:
    """Numbers of the claims with a confidence below that, the least sure first."""
    f = claim_facets.c
    gone = exists().where(supersessions.c.report == f.report, supersessions.c.recorded_at <= known_at)
    where: Where = [~gone, f.confidence < below]
    if known_at != FOREVER:
        where.append(exists().where(reports.c.seq == f.report, reports.c.recorded_at <= known_at))
    return select(f.claim).where(*where).order_by(f.confidence, f.claim).limit(limit)


def report_page(db: Connection, asked: Asked, window: Window, known_at: str) -> Select[Any]:
    """Day of publication and number of the reports asked for, one more than the page holds."""
    r = reports.c
    gone = exists().where(supersessions.c.report == r.seq, supersessions.c.recorded_at <= known_at)
    where: Where = [~gone, *_reports_where(db, asked, r.seq)]
    if known_at != FOREVER:
        where.append(r.recorded_at <= known_at)
    if asked.from_day is not None:
        where.append(r.published >= asked.from_day.isoformat())
    if asked.to_day is not None:
        where.append(r.published <= asked.to_day.isoformat())
    key = (r.published, r.seq)
    if window.after is not None:
        mark = tuple_(window.after[0], int(window.after[1]))
        where.append(tuple_(*key) < mark if window.newest_first else tuple_(*key) > mark)
    order = [c.desc() if window.newest_first else c.asc() for c in key]
    return select(*key).where(*where).order_by(*order).limit(window.limit + 1)


def _of_claims_behind(db: Connection, asked: Asked) -> Where:
    """What one claim behind an event must be, as conditions on `claims`; empty where nothing is asked of it."""
    where: Where = []
    if asked.languages or asked.reports:
        only = Asked(languages=asked.languages, reports=asked.reports)
        where += _reports_where(db, only, claims.c.report)
    if asked.words:
        where += _reports_where(db, Asked(words=asked.words), claims.c.report)
    if asked.min_confidence is not None:
        sure = func.coalesce(claim_facets.c.confidence, 0) >= asked.min_confidence
        where.append(exists().where(claim_facets.c.claim == claims.c.seq, sure))
    return where


def _reports_where(db: Connection, asked: Asked, report: ColumnElement[int]) -> Where:
    """What a report must be, by its number."""
    r = reports.c
    where: Where = []
    for column, wanted in ((r.publisher, asked.sources), (r.language, asked.languages), (r.id, asked.reports)):
        if wanted:
            where.append(_one_of(db, report, r.seq, column.in_(sorted(wanted))))
    return where + (_words_where(db, asked.words, report) if asked.words else [])


def _words_where(db: Connection, words: Sequence[str], report: ColumnElement[int]) -> Where:
    """A report holds each word; the last may be the beginning of one."""
    w = report_words.c
    forms = [[word] for word in words[:-1]] + [completions(db, words[-1])]
    return [_one_of(db, report, w.report, w.word.in_(some)) for some in forms]


def completions(db: Connection, word: str) -> list[str]:
    """The words of the ledger that begin so, the first of them."""
    if not is_beginning(word):
        return [word]
    said = {"start": word, "end": word + "\U0010ffff", "most": MOST_COMPLETIONS}
    return list(db.execute(_COMPLETIONS, said).scalars())


def _one_of(
    db: Connection, row: ColumnElement[int], listed: ColumnElement[int], bears: ColumnElement[bool]
) -> ColumnElement[bool]:
    """A row is one of those that bear something: gone through where they are few, else looked up one by one."""
    some = select(listed).where(bears).limit(FEW + 1).subquery()
    few = db.execute(select(func.count()).select_from(some)).scalar_one() <= FEW
    return row.in_(select(listed).where(bears)) if few else exists().where(listed == row, bears)


def _in_box(columns: Any, box: Box | None) -> Where:
    if box is None:
        return []
    inside = columns.longitude.between(box.west, box.east)
    if box.west > box.east:
        inside = or_(columns.longitude >= box.west, columns.longitude <= box.east)
    return [columns.latitude.between(box.south, box.north), inside]
