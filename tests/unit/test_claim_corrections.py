"""A claim of control, a toll, a relation or a statement as a person corrects it, from the correction on."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from warledger.app import App, build
from warledger.asking import decide, gather_matter, kept_by_id, states_on
from warledger.correcting import correct
from warledger.corroborate.values import FIELDS, Field, said_of, value_of
from warledger.domain.claim import Claim, ControlClaim, EventClaim, Figure, RelationClaim, StatementClaim, TollClaim
from warledger.domain.codes import Act, EventType, Harm, Kind, Modality, Predicate, Status
from warledger.domain.control import ControlState
from warledger.domain.decision import Decision, DecisionAct
from warledger.domain.errors import UsageError
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.records import claim_id
from warledger.domain.redaction import COVER, Redaction
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.when import Interval, TimePrecision
from warledger.ledger import history, verify
from warledger.pipeline import settle
from warledger.ports import KeptClaim, Recoding
from warledger.settings import Settings
from warledger.tell.as_json import brief_json
from warledger.tell.as_markdown import brief_markdown
from warledger.tell.brief import write_brief
from warledger.tell.matter import without_authors

TEXT = "Desert Lions hold Hama, residents said on Thursday. At least 12 people were killed since Monday."
DAY = date(2024, 12, 5)
KNOWN = datetime(2024, 12, 5, 20, tzinfo=UTC)
SDF, REBELS, ARMY = "Syrian Democratic Forces", "Syrian opposition", "Military Forces of Syria"
BY: dict[str, Any] = {"author": "A. Editor", "reason": "the sentence names another"}


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    """The app of a ledger with one report and a claim of each kind."""
    made = build(Settings(db=tmp_path / "w.db"))
    made.store.append(ITEM, CLAIMS, note="coded", recorded_at=KNOWN)
    settle(made.ledger, made.settle, KNOWN)
    yield made
    made.ledger.close()


def place(app: App | None, name: str, key: str) -> Place:
    entry = app.gazetteer.get(key) if app is not None else None
    return Place(name=name, entry=entry or entry_of(name, key), precision=PlacePrecision.EXACT)


def entry_of(name: str, key: str = "gn:1") -> GazetteerEntry:
    return GazetteerEntry(
        key=key, geonames_id=None, name=name, latitude=35.0, longitude=36.7, feature_code="PPLA", country="SY"
    )


def received(text: str = TEXT) -> Received:
    raw = text.encode()
    digest = hashlib.sha256(raw).hexdigest()
    report = Report(id="a1", published=DAY, text=text, sha256=digest, publisher="Hama Post", language="en")
    return Received(report=report, raw=raw)


def claims_in(report: Report) -> list[Claim]:
    text = report.text
    first, second = Span.of(text, 0, text.index(".") + 1), Span.of(text, text.index(".") + 2, len(text))
    since = Interval(start=DAY, end=None, precision=TimePrecision.OPEN)
    at: dict[str, Any] = {"report_key": report.key, "quotes": (first,)}
    hama = place(None, "Hama", "gn:170017")
    killed = Figure(harm=Harm.KILLED, min=12, max=None)
    return [
        ControlClaim(**at, holder=(REBELS,), place=hama, when=since, confidence=0.4),
        TollClaim(report_key=report.key, quotes=(second,), figures=(killed,), place=hama, when=Interval.day(DAY)),
        RelationClaim(**at, subject=(REBELS,), predicate=Predicate.SUPPORTS, object=(SDF,)),
        StatementClaim(**at, speaker=(REBELS,), act=Act.DENY, when=Interval.day(DAY)),
        EventClaim(**at, type=EventType.SHELLING, place=hama, when=Interval.day(DAY)),
    ]


ITEM = received()
CLAIMS = claims_in(ITEM.report)
CONTROL, TOLL, RELATION, STATEMENT, EVENT = map(claim_id, CLAIMS)


def held(app: App, name: str = "Hama", known_at: datetime | None = None) -> ControlState | None:
    states = {s.place.name: s for s in states_on(app, date(2024, 12, 8), known_at)}
    return states.get(name)


def claim_of(app: App, id: str) -> KeptClaim:
    return kept_by_id(app, [id])[id]


def corrected(app: App, id: str, **fields: str) -> Decision:
    for field, said in fields.items():
        decision, events = correct(app, id, field, said, **BY)
        assert events == []
    return decision


def test_control_follows_every_corrected_field_from_the_correction_on_and_not_before(app: App) -> None:
    before = held(app)
    assert before is not None and before.holder == (REBELS,) and before.corrections == ()
    corrected(app, CONTROL, holder="SDF", status="besieged", extent="part", days="2024-12-06", place="Homs")
    assert held(app) is None
    now = held(app, "Homs")
    assert now is not None
    assert (now.holder, now.status, now.extent, now.since) == ((SDF,), Status.BESIEGED, "part", date(2024, 12, 6))
    assert now.claim_ids == (CONTROL,)
    assert [(c.field, c.was, c.author, c.reason) for c in now.corrections][:2] == [
        ("holder", REBELS, *BY.values()),
        ("status", "held", *BY.values()),
    ]
    assert held(app, "Hama", KNOWN) == before and held(app, "Homs", KNOWN) is None


def test_the_claim_stays_in_the_store_as_it_was_coded_and_the_chain_holds(app: App) -> None:
    head = app.store.head()
    corrected(app, CONTROL, holder="SDF")
    [stored] = app.store.claims(ids=[CONTROL])
    assert stored.claim == CLAIMS[0] and stored.corrections == ()
    verdict = verify(app.ledger, noted=head.link if head is not None else None)
    assert verdict.tampered == ()
    assert claim_of(app, CONTROL).claim.confidence == 1.0
    assert kept_by_id(app, [CONTROL], KNOWN)[CONTROL].claim == CLAIMS[0]


def test_undoing_a_correction_brings_the_machines_word_back(app: App) -> None:
    before = held(app)
    first = corrected(app, CONTROL, holder="SDF")
    second = corrected(app, CONTROL, holder="nobody", status="abandoned")
    empty = held(app)
    assert empty is not None and empty.holder == () and empty.status is Status.ABANDONED
    decide(app, DecisionAct.UNDO, [second.id], **BY)
    for decision in reversed(app.ledger.decisions()):
        if decision.act == DecisionAct.CORRECT and decision.id not in (first.id, second.id):
            decide(app, DecisionAct.UNDO, [decision.id], **BY)
    now = held(app)
    assert now is not None and now.holder == (SDF,)
    decide(app, DecisionAct.UNDO, [first.id], **BY)
    assert held(app) == before


def test_a_toll_follows_its_corrected_figures_in_the_brief_which_says_who_corrected_it_and_why(app: App) -> None:
    corrected(app, TOLL, killed="14-16; 3+ civilians", wounded="up to 40", days="2024-12-02..2024-12-05")
    toll = claim_of(app, TOLL).claim
    assert isinstance(toll, TollClaim)
    assert {(f.harm, f.min, f.max, f.of) for f in toll.figures} == {
        (Harm.KILLED, 14, 16, "total"),
        (Harm.KILLED, 3, None, "civilians"),
        (Harm.WOUNDED, None, 40, "total"),
    }
    matter = gather_matter(app, DAY, DAY, None)
    told = brief_markdown(write_brief(matter, app.phrases, app.known_names), app.phrases)
    assert "14 and 16 people" in told
    assert (
        "killed (was 12+), wounded (was unknown) and days (was 2024-12-05) corrected by A. Editor on"
        in told.replace("\\", "")
    )
    assert ": the sentence names another" in told
    before = write_brief(gather_matter(app, DAY, DAY, KNOWN), app.phrases, app.known_names)
    assert "12 people" in brief_markdown(before, app.phrases) and all(n.corrections == () for n in before.notes)
    public = brief_json(write_brief(without_authors(matter), app.phrases, app.known_names))
    assert "corrected by the desk" in public and "A. Editor" not in public


def test_relations_and_statements_are_corrected_too(app: App) -> None:
    corrected(app, RELATION, predicate="opposes", subject=ARMY, days="2015-01-01..", modality="alleged")
    relation = claim_of(app, RELATION).claim
    assert isinstance(relation, RelationClaim) and relation.when is not None
    assert (relation.subject, relation.predicate, relation.modality) == ((ARMY,), Predicate.OPPOSES, Modality.ALLEGED)
    assert (relation.when.start, relation.when.end) == (date(2015, 1, 1), None)
    corrected(app, STATEMENT, speaker="HTS; SDF", act="condemn", about=ARMY)
    statement = claim_of(app, STATEMENT).claim
    assert isinstance(statement, StatementClaim)
    assert (statement.speaker, statement.act, statement.about) == (("Hayat Tahrir al-Sham", SDF), Act.CONDEMN, (ARMY,))


def test_a_correction_holds_when_the_report_is_coded_again(app: App) -> None:
    corrected(app, CONTROL, holder="SDF", place="Homs")
    decided_at = app.ledger.decisions()[-1].recorded_at
    [kept] = [k for k in app.store.reports() if k.superseded_at is None]
    for holder, where in ((ARMY, "Hama"), (ARMY, "Homs")):  # the second coder has learnt where it is
        old = next(c for c in claims_in(kept.report) if isinstance(c, ControlClaim))
        at = old.place if where == "Hama" else place(app, "Homs", "gn:169577")
        coded = [evolve(old, holder=(holder,), place=at)]
        recoding = Recoding(report=kept.report, claims=coded, note="coded", recorded_at=decided_at)
        assert app.ledger.recode([recoding]) == ["recoded"]
        [kept] = [k for k in app.store.reports() if k.superseded_at is None]
        [now] = app.ledger.claims(kinds=[Kind.CONTROL])
        assert now.id != CONTROL and isinstance(now.claim, ControlClaim)
        assert now.claim.holder == (SDF,) and now.claim.place is not None and now.claim.place.name == "Homs"
        state = held(app, "Homs")
        assert state is not None and state.holder == (SDF,) and held(app) is None


def test_a_corrected_claim_that_is_discounted_holds_nothing(app: App) -> None:
    corrected(app, CONTROL, holder="SDF")
    decide(app, DecisionAct.DISCOUNT, [CONTROL], **BY)
    assert held(app) is None


def test_history_of_a_place_has_the_claim_where_it_was_corrected_to(app: App) -> None:
    corrected(app, CONTROL, place="Homs")
    [homs] = {s.place.key for s in states_on(app, DAY, None)}
    assert [s.kept.id for s in history(app.ledger, [homs])] == [CONTROL]
    assert CONTROL not in [s.kept.id for s in history(app.ledger, ["gn:170017"])]
    assert CONTROL in [s.kept.id for s in history(app.ledger, ["gn:170017"], KNOWN)]


@pytest.mark.parametrize(
    ("id", "field", "said", "why"),
    [
        (CONTROL, "colour", "red", "colour: a control claim has no such field to correct; it has place, holder"),
        (CONTROL, "killed", "4", "killed: a control claim has no such field"),
        (
            CONTROL,
            "holder",
            "Syrian Natoinal Army",
            "holder: no actor is named 'Syrian Natoinal Army'; near it: Syrian",
        ),
        (CONTROL, "holder", "Rebels (Nowhereland)", "holder: no actor is named"),
        (CONTROL, "holder", " ; ", "holder: no actor is named; write `nobody`"),
        (RELATION, "subject", "nobody", "subject: no actor is named"),
        (CONTROL, "days", "2024-02-30", "days: 2024-02-30 is no day of the calendar"),
        (CONTROL, "days", "Thursday", "days: 'Thursday' is no day such as"),
        (CONTROL, "days", "2024-12-06..2024-12-05", "runs backwards"),
        (CONTROL, "days", "..", "is no day such as"),
        (CONTROL, "status", "lost", "status: 'lost' is none of held, contested, besieged, abandoned"),
        (CONTROL, "extent", "half", "extent: 'half' is not all, most or part, and no count"),
        (CONTROL, "place", "Nowhereville", "place: no place named 'Nowhereville' is known"),
        (TOLL, "killed", "many", "killed: 'many' is no number such as 4"),
        (TOLL, "killed", "6-4", "killed: 6-4 runs backwards"),
        (CONTROL, "holder", REBELS, "holder: the claim says Syrian opposition already"),
        (TOLL, "killed", "12+", "killed: the claim says 12+ already"),
        (STATEMENT, "act", "sing", "act: 'sing' is none of condemn"),
        ("c-none", "holder", SDF, "no event or claim has the id 'c-none'"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line_that_names_it(app: App, id: str, field: str, said: str, why: str) -> None:
    with pytest.raises(UsageError) as refused:
        correct(app, id, field, said, **BY)
    assert why in str(refused.value) and "\n" not in str(refused.value)
    assert app.ledger.decisions() == []


def test_a_claim_of_an_event_and_one_that_counts_no_more_are_refused(app: App) -> None:
    with pytest.raises(UsageError, match="tells of an event"):
        correct(app, EVENT, "place", "Homs", **BY)
    newer = received(TEXT + " It is calm now.")
    app.ledger.append(newer, claims_in(newer.report), note="coded", recorded_at=KNOWN)
    with pytest.raises(UsageError, match="counts no more"):
        correct(app, CONTROL, "holder", SDF, **BY)


@pytest.mark.parametrize("name", ["SDF", "Desert Lions", "Civilians (Syria)", "Military Forces of Turkey", "HTS"])
def test_an_actor_is_one_of_the_tables_of_the_record_or_of_the_report(app: App, name: str) -> None:
    corrected(app, CONTROL, holder=name)


def test_words_that_are_redacted_are_covered_in_a_correction_too(app: App) -> None:
    corrected(app, CONTROL, holder="Desert Lions")
    first = held(app)
    assert first is not None and first.holder == ("Desert Lions",)
    redaction = Redaction(words=("Desert Lions",), report_ids=(), author="A. Editor", reason="a private matter")
    app.ledger.redact(redaction, recorded_at=datetime.now(UTC))
    now = held(app)
    assert now is not None and now.holder == (COVER * len("Desert Lions"),)
    assert verify(app.ledger).tampered == ()


@pytest.mark.parametrize("claim", CLAIMS[:4])
def test_what_a_claim_has_is_typed_as_it_is_read(claim: Claim) -> None:
    def read(field: Field, said: str) -> object:
        return value_of(field, said, entry_of=entry_of, actor_of=str, kind=claim.kind)

    told = {field: said_of(claim, field) for field in FIELDS[claim.kind]}
    days = [f for f, said in told.items() if said == "unknown" and f is Field.DAYS]
    assert all(read(f, said) is not None for f, said in told.items() if f not in days)
