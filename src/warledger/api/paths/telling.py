"""`/meta`, `/brief`, `/search`: what the ledger is, what a day's brief says, where words stand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from warledger import __version__
from warledger.api import shapes
from warledger.api.desk import Desk
from warledger.api.guard import POLICY
from warledger.api.parameters import TOLD_IN, Days, Known
from warledger.api.paths.common import AsKnown, AtDesk
from warledger.api.records import day
from warledger.asking import gather_matter
from warledger.domain.asked import Asked, Window
from warledger.domain.codes import FAMILY_OF, EventType, Family, Grade
from warledger.domain.phrases import Language
from warledger.domain.records import Record
from warledger.domain.words import places_of_words, words_asked
from warledger.ledger.changes import control_changes
from warledger.ports import Kept, KeptClaim
from warledger.tell.as_html import STYLE_HASH, brief_html
from warledger.tell.as_json import brief_json
from warledger.tell.as_markdown import brief_markdown
from warledger.tell.brief import write_brief
from warledger.tell.matter import without_authors
from warledger.tell.sayings import names_in

ROUTER = APIRouter()
Places = Sequence[tuple[int, int]]
"""Start and end of each word found in a text."""
MOST_CHARS, LEAD_CHARS, MOST_CLAIMS = 280, 80, 2
"""Characters of an excerpt, how many of them stand before the first word found, and claims shown of one report."""


class BriefForm(StrEnum):
    """How a brief is written."""

    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


_MEDIA = {
    BriefForm.JSON: "application/json",
    BriefForm.MARKDOWN: "text/markdown; charset=utf-8",
    BriefForm.HTML: "text/html; charset=utf-8",
}


class BriefAsked(Days):
    """A brief."""

    format: BriefForm = BriefForm.JSON
    language: Language = TOLD_IN
    since: date | None = Field(default=None, description="An earlier day: also tell what changed since its brief.")


class Searched(Known):
    """Words looked for."""

    q: str = Field(
        min_length=1, max_length=200, description="Words in any script; the last may be the beginning of one."
    )
    limit: int = Field(default=20, ge=1, le=100)


@ROUTER.get("/meta", response_model=shapes.Meta, tags=["about"])
def meta(request: Request, desk: AtDesk, said: AsKnown) -> Response:
    """What this ledger is and how much it holds."""
    return desk.answer(request, lambda: _meta(desk, said))


@ROUTER.get(
    "/brief",
    response_model=None,
    tags=["tell"],
    responses={200: {"content": {m.partition(";")[0]: {} for m in _MEDIA.values()}, "description": "The brief."}},
)
def brief(request: Request, desk: AtDesk, said: Annotated[BriefAsked, Query()]) -> Response:
    """The brief of a day or of some days, every sentence with its claims; by default of the newest report's day."""
    answer = desk.answer(request, lambda: _brief(desk, said), _MEDIA[said.format])
    if said.format is BriefForm.HTML:
        answer.headers["Content-Security-Policy"] = f"{POLICY}; style-src '{STYLE_HASH}'"
    return answer


@ROUTER.get("/search", response_model=shapes.SearchAnswer, tags=["record"])
def search(request: Request, desk: AtDesk, said: Annotated[Searched, Query()]) -> Response:
    """Reports whose title or text holds every word, the newest first, and their claims whose quotes hold one."""
    return desk.answer(request, lambda: {"items": list(_hits(desk, said))})


def _meta(desk: Desk, said: Known) -> Record:
    census = desk.census(desk.known_at(said))
    return {
        "version": __version__,
        "ledger": "public" if desk.public else desk.app.name.rpartition("/")[2],
        "first_day": day(census.first_day),
        "last_day": day(census.last_day),
        "known_from": census.known_from.isoformat() if census.known_from is not None else None,
        "known_to": census.known_to.isoformat() if census.known_to is not None else None,
        "counts": {n: getattr(census, n) for n in ("reports", "claims", "events", "places")},
        "public": desk.public,
        "writable": not desk.public and desk.site.token is not None,
        "families": {str(f): [str(t) for t in EventType if FAMILY_OF[t] is f] for f in Family},
        "grades": [str(g) for g in Grade],
        "languages": [{"code": code, "reports": n} for code, n in census.languages],
    }


def _brief(desk: Desk, said: BriefAsked) -> str:
    (first, last), known_at = desk.days(said), desk.known_at(said)
    phrases = desk.app.phrases_in(said.language)
    matter = gather_matter(desk.app, first, last, known_at)
    written = write_brief(without_authors(matter) if desk.public else matter, phrases, desk.app.known_names)
    match said.format:
        case BriefForm.MARKDOWN:
            return brief_markdown(written, phrases)
        case BriefForm.HTML:
            return brief_html(written, phrases)
        case _:
            record = json.loads(brief_json(written))
            since = None if said.since is None else _since(desk, said.since, last, said)
            return json.dumps({**record, "since": since}, ensure_ascii=False)


def _since(desk: Desk, earlier: date, last: date, said: BriefAsked) -> Record:
    """What changed since the brief of an earlier day: who holds what, and events that were not told then."""
    known_at, printer = desk.known_at(said), desk.printer_in(said.language)
    before, after = ([r.state for r in desk.states(d, known_at)] for d in (earlier, last))
    changes = control_changes(before, after, groups=desk.app.groups_on(last))
    asked = Asked(known_at=known_at, from_day=earlier, to_day=last)
    events = desk.ledger.event_page(asked, Window(limit=200)).items
    return {
        "day": earlier.isoformat(),
        "control": [
            {
                "kind": str(c.kind),
                "before": printer.control(c.before) if c.before is not None else None,
                "after": printer.control(c.after),
            }
            for c in changes
        ],
        "events": [printer.event(e) for e in events if (e.when.start or e.when.end or earlier) > earlier],
    }


def _hits(desk: Desk, said: Searched) -> Iterator[Record]:
    words = words_asked(said.q)
    if not words:
        return
    reports, claims = desk.holding(words, desk.known_at(said), said.limit)
    items = [item for kept in reports for item in _of_report(desk, kept, claims.get(kept.report.key, ()), words)]
    yield from items[: said.limit]


def _of_report(desk: Desk, kept: Kept, claims: Sequence[KeptClaim], words: tuple[str, ...]) -> Iterator[Record]:
    """A report that was found, and those of its claims whose words are asked for, as far as they are shown."""
    names = tuple(dict.fromkeys(n for k in claims for n in names_in(k)))
    places = places_of_words(kept.report.text, words)
    yield _hit("report", kept.report.id, kept, desk, kept.report.text, places, names)
    told = (k for k in claims if any(q.start <= a and b <= q.end for q in k.claim.quotes for a, b in places))
    for claim in islice(told, MOST_CLAIMS):
        quoted = " … ".join(q.text for q in claim.claim.quotes)
        yield _hit("claim", claim.id, kept, desk, quoted, places_of_words(quoted, words), names)


def _hit(kind: str, id: str, kept: Kept, desk: Desk, text: str, places: Places, names: tuple[str, ...]) -> Record:
    start = max(0, places[0][0] - LEAD_CHARS) if places else 0
    start = text.rfind(" ", 0, start) + 1 if start else 0
    end = start + MOST_CHARS
    shown = [{"start": a - start, "end": b - start} for a, b in places if b <= end]
    report = kept.report
    return {
        "kind": kind,
        "id": id,
        "report_id": report.id,
        "title": None if report.title is None else desk.printer.text(report.title, names),
        "publisher": report.publisher,
        "published": report.published.isoformat(),
        "language": report.language,
        "excerpt": desk.printer.text(text, names)[start:end],
        "highlights": shown,
    }
