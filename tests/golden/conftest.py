"""The gold claims of the Syrian reports as the matter of a brief, so that the brief is read on real material."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from warledger.adapters.tables.phrases import load_phrases
from warledger.domain.claim import ControlClaim, EventClaim
from warledger.domain.codes import FAMILY_OF, Grade, Harm, Modality
from warledger.domain.control import ControlState
from warledger.domain.event import Event, Fatalities
from warledger.domain.phrases import Language, Phrases
from warledger.domain.records import claim_id, from_record
from warledger.domain.report import Report
from warledger.domain.span import Span
from warledger.knowledge import Knowledge
from warledger.ports import Kept, KeptClaim
from warledger.settings import Settings
from warledger.tell.matter import Matter

ROOT = Path(__file__).parents[2]
DEV = ROOT / "corpus/dev"


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _known_at(report: Report) -> datetime:
    return datetime.combine(report.published + timedelta(days=1), time(), UTC)


def _report(record: dict[str, Any]) -> Report:
    return Report(
        id=record["id"],
        published=date.fromisoformat(record["published"]),
        text=record["text"],
        sha256="0" * 64,
        publisher=record["publisher"],
        url=record["url"],
        language=record["language"],
    )


def _spans(text: str, quote: str | list[str]) -> tuple[Span, ...]:
    quotes = [quote] if isinstance(quote, str) else quote
    return tuple(Span.of(text, text.index(q), text.index(q) + len(q)) for q in quotes)


@pytest.fixture(scope="session")
def gold() -> tuple[tuple[Report, ...], tuple[tuple[str, KeptClaim], ...]]:
    """The Syrian reports and their claims, each under its gold name (`r001-3`: the third event claim of r001)."""
    reports, kept = [], []
    for record in _lines(DEV / "gold.jsonl"):
        if record["conflict"] != "syria-2024":
            continue
        report = _report(record)
        reports.append(report)
        numbered = 0
        for said in record["claims"]:
            claim = from_record(said, report_key=report.key, quotes=_spans(report.text, said["quote"]))
            numbered += isinstance(claim, EventClaim)
            name = f"{report.id}-{numbered}" if isinstance(claim, EventClaim) else ""
            kept.append(
                (name, KeptClaim(id=claim_id(claim), claim=claim, report=report, recorded_at=_known_at(report)))
            )
    return tuple(reports), tuple(kept)


@pytest.fixture(scope="session")
def phrases() -> Phrases:
    return load_phrases(ROOT / "src/warledger/data/tell/phrases.yaml")


@pytest.fixture(scope="session")
def arabic() -> Phrases:
    return Knowledge(Settings()).phrases_in(Language.ARABIC)


@pytest.fixture(params=list(Language))
def told_in(request: pytest.FixtureRequest) -> Phrases:
    """The phrases of each language that the program tells in."""
    found: Phrases = request.getfixturevalue("phrases" if request.param is Language.ENGLISH else "arabic")
    return found


@pytest.fixture(scope="session")
def known() -> frozenset[str]:
    """Every actor of the gold claims except the private persons that the reports name."""
    private = {"Abu Mahmoud Omar", "Khalil Hamlo", "Charles Lister"}
    return frozenset(json.loads((DEV / "actors.json").read_text(encoding="utf-8"))) - private


@pytest.fixture(scope="session")
def matter_of(gold: Any) -> Callable[..., Matter]:
    """Build the matter of days from the gold claims, their gold events and the newest word on each place."""
    reports, named = gold
    cluster = {e["id"]: e["event"] for e in _lines(DEV / "events.jsonl")}
    found: dict[str, list[KeptClaim]] = defaultdict(list)
    for name, kept in named:
        if name in cluster:
            found[cluster[name]].append(kept)
    events = tuple(_event(key, kept) for key, kept in sorted(found.items()))
    claims = {kept.id: kept for _, kept in named}

    def build(from_day: date, to_day: date | None = None) -> Matter:
        to_day = to_day or from_day
        return Matter(
            from_day=from_day,
            to_day=to_day,
            known_at=None,
            events=tuple(e for e in events if (e.when.end or to_day) >= from_day),
            claims=claims,
            control=_control(claims.values(), to_day),
            reports=tuple(Kept(report=r, recorded_at=_known_at(r), note="coded") for r in reports),
            origins={i: _origin(k) for i, k in claims.items()},
        )

    return build


def _origin(kept: KeptClaim) -> str:
    return kept.claim.attribution[-1] if kept.claim.attribution else (kept.report.publisher or kept.report.id)


def _event(key: str, kept: list[KeptClaim]) -> Event:
    claims = [k.claim for k in kept if isinstance(k.claim, EventClaim)]
    kind = Counter(c.type for c in claims).most_common(1)[0][0]
    first = min(claims, key=lambda c: (c.when.start is None, (c.when.end or date.max) - (c.when.start or date.min)))
    origins = tuple(sorted({_origin(k) for k in kept}))
    denied = {c.modality for c in claims} >= {Modality.ASSERTED, Modality.DENIED}
    killed = [f for c in claims for f in c.figures if f.harm is Harm.KILLED and f.of == "total"]
    return Event(
        id=key,
        version=1,
        family=FAMILY_OF[kind],
        type=kind,
        place=next((c.place for c in claims if c.place is not None), None),
        when=first.when,
        initiator=claims[0].initiator,
        target=next((c.target for c in claims if c.target), ()),
        fatalities=Fatalities(
            low=min((f.min for f in killed if f.min is not None), default=None),
            best=None,
            high=max((f.max for f in killed if f.max is not None), default=None),
        ),
        claim_ids=tuple(sorted(k.id for k in kept)),
        origins=origins,
        grade=Grade.CONTESTED if denied else Grade.FAIR if len(origins) > 1 else Grade.WEAK,
        reason="from the gold clusters",
        geo_precision=1,
        time_precision=1,
        where_prec=1,
        date_prec=1,
        recorded_at=datetime(2024, 12, 31, tzinfo=UTC),
    )


def _control(kept: Any, day: date) -> tuple[ControlState, ...]:
    newest: dict[str, list[KeptClaim]] = {}
    for k in sorted(kept, key=lambda k: k.report.published):
        c = k.claim
        if isinstance(c, ControlClaim) and c.place is not None and c.when.start is not None and c.when.start <= day:
            same = newest.get(c.place.key)
            if same is not None and same[0].claim.when.start == c.when.start:
                same.append(k)
            elif same is None or same[0].claim.when.start < c.when.start:
                newest[c.place.key] = [k]
    return tuple(_state(found) for _, found in sorted(newest.items()))


def _state(found: list[KeptClaim]) -> ControlState:
    first = found[0].claim
    assert isinstance(first, ControlClaim) and first.place is not None and first.when.start is not None
    agree = [k.id for k in found if k.claim.holder == first.holder]
    return ControlState(
        place=first.place,
        holder=first.holder,
        status=first.status,
        extent=first.extent,
        since=first.when.start,
        claim_ids=tuple(agree),
        against=tuple(k.id for k in found if k.id not in agree),
    )


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write the golden files anew; then read the difference"
    )


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compare a text with a file beside this one, or write the file with --update-golden."""

    def compare(name: str, text: str) -> None:
        path = Path(__file__).parent / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"no {name}; make it with pytest --update-golden"
        assert text == path.read_text(encoding="utf-8")

    return compare
