"""What every ledger must answer, whatever it is made of (`ports.Ledger`)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import attrs
import pytest
from made_events import an_event

from warledger.adapters.stores.memory import MemoryLedger
from warledger.adapters.stores.postgres import PostgresLedger
from warledger.adapters.stores.sqlite import SqliteLedger
from warledger.domain.claim import (
    Claim,
    ControlClaim,
    EventClaim,
    Evidence,
    Figure,
    Precedent,
    RelationClaim,
    StatementClaim,
    TollClaim,
)
from warledger.domain.coded import Disagreement
from warledger.domain.codes import Act, EventType, Grade, Harm, Modality, Predicate, Rank, Status
from warledger.domain.errors import Problem, StoreError
from warledger.domain.event import Event, Fatalities
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.redaction import Redaction
from warledger.domain.report import Received, Report
from warledger.domain.span import Span
from warledger.domain.testimony import read_testimony
from warledger.domain.when import Basis, Interval, TimePrecision
from warledger.ledger import verify
from warledger.ports import Addition, Ledger, Recoding

HAMA_TEXT = "Rebels took Hama on Thursday, residents said. At least 12 soldiers were killed."
SARAQIB = GazetteerEntry(
    key="gn:172338",
    geonames_id=172338,
    name="Saraqib",
    latitude=35.8644,
    longitude=36.8058,
    feature_code="PPLA3",
    country="SY",
    admin1="Idlib",
    population=88076,
    parent="gn:169387",
)


def place(name: str = "Hama", key: str = "gn:170017") -> Place:
    entry = GazetteerEntry(
        key=key, geonames_id=None, name=name, latitude=35.13, longitude=36.75, feature_code="PPLA", country="SY"
    )
    return Place(name=name, entry=entry, precision=PlacePrecision.EXACT)


def received(ident: str = "a1", text: str = HAMA_TEXT, publisher: str = "Hama Post", day: int = 5) -> Received:
    raw = text.encode()
    digest = hashlib.sha256(raw).hexdigest()
    report = Report(id=ident, published=date(2024, 12, day), text=text, sha256=digest, publisher=publisher)
    return Received(report=report, raw=raw)


def moment(day: int, hour: int = 20) -> datetime:
    return datetime(2024, 12, day, hour, tzinfo=UTC)


def holds(item: Received, holder: str = "Rebels (Syria)", *, day: int = 5, where: Place | None = None) -> ControlClaim:
    return ControlClaim(
        report_key=item.report.key,
        quotes=(Span.of(item.report.text, 0, 16),),
        holder=(holder,),
        place=where or place(),
        when=Interval(start=date(2024, 12, day), end=None, precision=TimePrecision.OPEN),
    )


def recoding(item: Received, *claims: Claim) -> Recoding:
    return Recoding(report=item.report, claims=claims, note="coded", recorded_at=moment(7))


def event(version: int = 1, recorded: int = 5, **changes: object) -> Event:
    told = {
        "place": place(),
        "initiator": ("Rebels (Syria)",),
        "target": ("Military Forces of Syria",),
        "fatalities": Fatalities(low=12, best=None, high=None),
        "claim_ids": ("c1",),
        "origins": ("Hama Post",),
        "version": version,
        "recorded_at": moment(recorded),
        **changes,
    }
    day = date(2024, 12, 5)
    return an_event(id="ev-hama", type=EventType.NONSTATE_TAKES_TERRITORY, day=day, **told)


@pytest.fixture(params=["sqlite", "postgres", "memory"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    store: Ledger
    match request.param:
        case "memory":
            store = MemoryLedger()
        case "sqlite":
            store = SqliteLedger(tmp_path / "w.db")
        case _:
            store = PostgresLedger(request.getfixturevalue("postgres_url"))
    yield store
    store.close()


def test_a_report_is_kept_once_with_its_note_and_hash(ledger: Ledger) -> None:
    item = received()
    assert ledger.append(item, [holds(item)], note="coded", recorded_at=moment(5)) == "kept"
    assert ledger.append(item, [holds(item)], note="coded", recorded_at=moment(6)) == "known"
    [kept] = ledger.reports()
    assert kept.report == item.report and kept.note == "coded" and kept.recorded_at == moment(5)
    assert len(list(ledger.claims())) == 1


def test_a_changed_text_is_a_new_version_and_the_old_claims_are_superseded_not_lost(ledger: Ledger) -> None:
    old, new = received(), received(text="Correction: the army still holds Hama, residents said.")
    first, second = holds(old), holds(new, "Military Forces of Syria")
    ledger.append(old, [first], note="coded", recorded_at=moment(5))
    assert ledger.append(new, [second], note="coded", recorded_at=moment(7)) == "new version"
    assert [k.claim for k in ledger.claims()] == [second]
    [before] = ledger.claims(known_at=moment(6))
    assert before.claim == first and before.superseded_at is None
    [by_id] = ledger.claims(ids=[before.id])
    assert by_id.superseded_at == moment(7)
    assert [k.superseded_at for k in sorted(ledger.reports(), key=lambda k: k.recorded_at)] == [moment(7), None]
    assert [k.claim for k in ledger.control(date(2024, 12, 8))] == [second]
    assert [k.claim for k in ledger.control(date(2024, 12, 8), known_at=moment(6))] == [first]


def test_the_first_text_coming_back_is_known(ledger: Ledger) -> None:
    old, new = received(), received(text="The army holds Hama.")
    for item, said in ((old, "kept"), (new, "new version"), (old, "known")):
        assert ledger.append(item, [holds(item)], note="coded", recorded_at=moment(6)) == said


def test_a_report_coded_again_is_a_new_version_and_what_was_known_before_stays(ledger: Ledger) -> None:
    item = received()
    first, better = holds(item), holds(item, "Hayat Tahrir al-Sham")
    ledger.append(item, [first], note="coded", recorded_at=moment(5))
    before, names = list(ledger.claims(known_at=moment(6))), set(ledger.names())
    assert ledger.recode([recoding(item, better)]) == ["recoded"]
    [now] = ledger.claims()
    assert now.recorded_at == moment(7) and attrs.evolve(now.claim, report_key=item.report.key) == better
    assert list(ledger.claims(known_at=moment(6))) == before
    [old] = ledger.claims(ids=[before[0].id])
    assert old.claim == first and old.superseded_at == moment(7)
    assert [k.id for k in ledger.control(date(2024, 12, 8))] == [now.id]
    assert [k.id for k in ledger.control(date(2024, 12, 8), known_at=moment(6))] == [old.id]
    assert names < set(ledger.names()) and verify(ledger).tampered == ()
    assert [k.report.text for k in ledger.versions_of_report(item.report.id)] == [HAMA_TEXT] * 2


def test_coding_again_what_is_coded_so_already_changes_nothing(ledger: Ledger) -> None:
    item = received()
    ledger.append(item, [holds(item)], note="coded", recorded_at=moment(5))
    ledger.recode([recoding(item, holds(item, "Hayat Tahrir al-Sham"))])
    head, [now] = ledger.head(), ledger.claims()
    again = recoding(attrs.evolve(item, report=now.report), attrs.evolve(now.claim, confidence=0.9))
    assert ledger.recode([again]) == ["same"] and ledger.head() == head
    assert ledger.recode([recoding(item, holds(item))]) == ["superseded"] and ledger.head() == head
    assert ledger.append(item, [holds(item)], note="coded", recorded_at=moment(9)) == "known"


def two_ways(item: Received) -> tuple[Claim, Disagreement]:
    rules = holds(item)
    return rules, Disagreement(rules=rules, model=holds(item, "Hayat Tahrir al-Sham"), fields=("holder",))


def test_where_two_coders_differ_is_kept_with_the_report_for_as_long_as_it_counts(ledger: Ledger) -> None:
    item, other = received(), received("a2", text="Hama was calm on Friday, the governor said.")
    rules, differ = two_ways(item)
    alone = Disagreement(rules=None, model=holds(other))
    for one, claims, found, day in ((item, [rules], [differ], 5), (other, [], [alone, alone], 6)):
        ledger.append_all(
            [Addition(received=one, claims=claims, note="coded", recorded_at=moment(day), disagreements=found)]
        )
    ledger.append(received("a3", text="Nobody differs over this."), [], note="coded", recorded_at=moment(6))
    assert [(k.report.id, k.disagreements) for k in ledger.read_two_ways()] == [("a2", (alone,) * 2), ("a1", (differ,))]
    assert [k.report.id for k in ledger.read_two_ways(limit=1)] == ["a2"]
    assert [k.report.id for k in ledger.read_two_ways(known_at=moment(5))] == ["a1"]
    assert verify(ledger).tampered == ()
    assert (
        ledger.append(received(text="The army holds Hama."), [], note="coded", recorded_at=moment(8)) == "new version"
    )
    assert [k.report.id for k in ledger.read_two_ways()] == ["a2"]
    copy = MemoryLedger()
    assert copy.take(ledger.entries()) > 0 and copy.read_two_ways() == ledger.read_two_ways()


def test_a_second_coder_that_differs_makes_a_new_version_and_one_that_was_not_asked_none(ledger: Ledger) -> None:
    item = received()
    rules, differ = two_ways(item)
    ledger.append(item, [rules], note="coded", recorded_at=moment(5))
    beside = attrs.evolve(recoding(item, rules), disagreements=[differ])
    assert ledger.recode([beside]) == ["recoded"]
    [kept] = ledger.read_two_ways()
    [found] = kept.disagreements
    assert found.fields == ("holder",) and [c.claim for c in ledger.claims()] == [found.rules]
    newest = attrs.evolve(item, report=kept.report)
    again = attrs.evolve(recoding(newest, *(c.claim for c in ledger.claims())), disagreements=[found])
    assert ledger.recode([again]) == ["same"]
    assert ledger.recode([attrs.evolve(again, disagreements=())]) == ["same"]
    assert ledger.read_two_ways() == [kept]


def test_a_disagreement_whose_words_are_redacted_goes_and_the_others_stay(ledger: Ledger) -> None:
    item = received()
    rules, differ = two_ways(item)
    found = [differ, Disagreement(rules=rules, model=holds(item, "Yusuf Qadri"), fields=("holder",))]
    ledger.append_all(
        [Addition(received=item, claims=[rules], note="coded", recorded_at=moment(5), disagreements=found)]
    )
    ledger.redact(Redaction(author="A. Editor", reason="a court", words=("Yusuf Qadri",)), recorded_at=moment(9))
    assert [k.disagreements for k in ledger.read_two_ways()] == [(differ,)]
    assert "Qadri" not in repr(list(ledger.entries())) and verify(ledger).tampered == ()


def test_a_report_that_was_kept_without_claims_is_coded_when_it_can_be(ledger: Ledger) -> None:
    item = received()
    ledger.append(item, [], note="not coded: language unknown", recorded_at=moment(8))
    told = attrs.evolve(item, report=attrs.evolve(item.report, language="en"))
    assert ledger.recode([recoding(told)]) == ["recoded"]
    one, two = ledger.versions_of_report(item.report.id)
    assert (one.note, two.note, two.report.language) == ("not coded: language unknown", "coded", "en")
    assert two.recorded_at == one.superseded_at == moment(8)  # never known before the report itself


def test_a_redacted_report_keeps_its_claims_and_a_new_text_supersedes_what_was_coded_again(ledger: Ledger) -> None:
    item, calm = received(), received("a2", text="Hama was calm on Friday, the governor said.")
    for one in (item, calm):
        ledger.append(one, [holds(one)], note="coded", recorded_at=moment(5))
    ledger.recode([recoding(calm)])
    newer = received("a2", text="Hama was not calm on Friday, the governor said.")
    assert ledger.append(newer, [], note="coded", recorded_at=moment(8)) == "new version"
    assert [k.report.id for k in ledger.claims()] == ["a1"]
    ledger.redact(Redaction(author="A. Editor", reason="a court", report_ids=("a1",)), recorded_at=moment(9))
    [kept] = (k for k in ledger.reports() if k.report.id == "a1")
    head = ledger.head()
    assert ledger.recode([recoding(attrs.evolve(item, report=kept.report))]) == ["redacted"]
    assert ledger.head() == head and verify(ledger).tampered == ()


def every_kind(item: Received) -> list[Claim]:
    text, key = item.report.text, item.report.key
    common = {"report_key": key, "quotes": (Span.of(text, 0, 28),)}
    where = Place(
        name="Saraqeb",
        entry=SARAQIB,
        precision=PlacePrecision.NEAR,
        basis=Basis.INFERRED,
        spans=(Span.of(text, 12, 16),),
    )
    when = Interval(
        start=date(2024, 12, 4),
        end=date(2024, 12, 5),
        precision=TimePrecision.DAY,
        basis=Basis.INFERRED,
        spans=(Span.of(text, 20, 28),),
    )
    figures = (
        Figure(harm=Harm.KILLED, min=12, max=None, of="soldiers"),
        Figure(harm=Harm.WOUNDED, min=None, max=40),
        Figure(harm=Harm.KILLED, min=1, max=1, of="children"),
    )
    seen = (Evidence(field="place", spans=(Span.of(text, 12, 16),), rule="gazetteer", score=0.75),)
    return [
        EventClaim(
            **common,
            type=EventType.ARMED_CLASH,
            initiator=("Rebels (Syria)",),
            place=where,
            when=when,
            figures=figures,
            attribution=("residents",),
            modality=Modality.ALLEGED,
            precedent=Precedent(rank=Rank.FIRST, since="2016"),
            evidence=(*seen, Evidence(field="place", spans=(), rule="nearest", score=None)),
            confidence=0.5,
        ),
        ControlClaim(**common, holder=("Rebels (Syria)",), place=place(), status=Status.BESIEGED, when=when),
        TollClaim(**common, figures=figures, place=None, when=when, side=("Military Forces of Syria",)),
        RelationClaim(**common, subject=("A",), predicate=Predicate.SUPPORTS, object=("B", "C")),
        StatementClaim(**common, speaker=("United Nations",), act=Act.DEMAND, about=("A",), when=None),
    ]


def test_every_kind_of_claim_comes_back_exactly_as_it_went_in(ledger: Ledger) -> None:
    item = received()
    claims = every_kind(item)
    ledger.append(item, claims, note="coded", recorded_at=moment(5))
    back = [k.claim for k in ledger.claims()]
    assert [repr(c) for c in back] == [repr(c) for c in claims]  # repr shows what equality leaves out: words, scores


def test_claims_are_found_by_kind_place_day_and_id(ledger: Ledger) -> None:
    item = received()
    claims = every_kind(item)
    ledger.append(item, claims, note="coded", recorded_at=moment(5))
    assert [k.claim.kind for k in ledger.claims(kinds=["toll", "statement"])] == ["toll", "statement"]
    assert [k.claim.kind for k in ledger.claims(place_keys=["gn:172338"])] == ["event"]
    assert {k.claim.kind for k in ledger.claims(to_day=date(2024, 12, 3))} == {"relation", "statement"}
    assert len(list(ledger.claims(from_day=date(2024, 12, 5), to_day=date(2024, 12, 5)))) == 5
    [control] = ledger.claims(kinds=["control"])
    assert [k.id for k in ledger.claims(ids=[control.id, "no such id"])] == [control.id]
    assert list(ledger.claims(known_at=moment(4))) == []


def test_control_gives_the_claims_of_the_newest_day_of_each_place(ledger: Ledger) -> None:
    for ident, holder, day, where in (
        ("1", "Military Forces of Syria", 1, place()),
        ("2", "Rebels (Syria)", 5, place()),
        ("3", "Hayat Tahrir al-Sham", 5, place()),
        ("4", "Rebels (Syria)", 2, place("Aleppo", "gn:170063")),
        ("5", "Rebels (Syria)", 20, place()),
    ):
        item = received(ident)
        ledger.append(item, [holds(item, holder, day=day, where=where)], note="coded", recorded_at=moment(6))
    found = [k.report.id for k in ledger.control(date(2024, 12, 8))]
    assert found == ["2", "3", "4"]
    assert [k.report.id for k in ledger.control(date(2024, 12, 4))] == ["1", "4"]
    assert [k.report.id for k in ledger.control(date(2024, 12, 8), place_keys=["gn:170063", "nowhere"])] == ["4"]
    assert list(ledger.control(date(2024, 12, 8), known_at=moment(5))) == []
    assert list(ledger.control(date(2024, 11, 30))) == []


def test_control_passes_over_claims_that_are_not_sure_enough(ledger: Ledger) -> None:
    for ident, holder, day, confidence in (
        ("1", "Military Forces of Syria", 1, 0.9),
        ("2", "Rebels (Syria)", 5, 0.3),
        ("3", "Hayat Tahrir al-Sham", 1, None),
    ):
        item = received(ident)
        claim = attrs.evolve(holds(item, holder, day=day), confidence=confidence)
        ledger.append(item, [claim], note="coded", recorded_at=moment(6))
    on = date(2024, 12, 8)
    assert [k.report.id for k in ledger.control(on)] == ["2"]
    assert [k.report.id for k in ledger.control(on, min_confidence=0.3)] == ["2"]
    assert [k.report.id for k in ledger.control(on, min_confidence=0.31)] == ["1", "3"]
    keys = [place().key]
    assert [k.report.id for k in ledger.control(on, place_keys=keys, min_confidence=0.95)] == ["3"]


def test_keys_under_which_reports_are_kept_are_told(ledger: Ledger) -> None:
    kept, other = received("1"), received("2")
    ledger.append(kept, [], note="coded", recorded_at=moment(6))
    assert ledger.kept_keys([kept.report.key, other.report.key]) == {kept.report.key}
    assert ledger.kept_keys([]) == frozenset()


def test_control_passes_over_claims_that_are_left_out(ledger: Ledger) -> None:
    old, new = received("1"), received("2")
    for item, day in ((old, 1), (new, 5)):
        ledger.append(item, [holds(item, day=day)], note="coded", recorded_at=moment(6))
    on = date(2024, 12, 8)
    [newest] = ledger.control(on)
    assert [k.report.id for k in ledger.control(on, without=[newest.id])] == ["1"]
    assert [k.report.id for k in ledger.control(on, without=["no such id"])] == ["2"]
    [[_], [left]] = ledger.deciding(on, without=[newest.id]).tolist()
    [(_, word)] = ledger.testimonies([left])
    [older] = ledger.control(on, without=[newest.id])
    assert word == read_testimony(older.id, older.claim, older.report)
    assert [claim for _, _, claim in ledger.bearing(on, on, without=[newest.id])] == [left]


def test_a_denial_comes_with_the_claims_it_doubts_and_does_not_hide_them(ledger: Ledger) -> None:
    item, denial = received("1"), received("2", text="The army denied that rebels hold Hama.")
    ledger.append(item, [holds(item)], note="coded", recorded_at=moment(5))
    denied = attrs.evolve(holds(denial, day=6), modality=Modality.DENIED)
    ledger.append(denial, [denied], note="coded", recorded_at=moment(6))
    assert [k.report.id for k in ledger.control(date(2024, 12, 8))] == ["1", "2"]


def test_an_event_is_given_in_the_version_known_at_the_time(ledger: Ledger) -> None:
    first = event()
    second = event(version=2, recorded=7, grade=Grade.FAIR, origins=("Hama Post", "SOHR"))
    ledger.append_events([first])
    ledger.append_events([second, first])
    assert list(ledger.events()) == [second]
    assert list(ledger.events(known_at=moment(6))) == [first]
    assert list(ledger.events(known_at=moment(4))) == []
    assert list(ledger.versions("ev-hama")) == [first, second]
    assert list(ledger.events(from_day=date(2024, 12, 6))) == []
    assert list(ledger.events(place_keys=["gn:170017"], ids=["ev-hama"])) == [second]


def test_an_event_that_moved_away_is_not_found_where_its_old_version_was(ledger: Ledger) -> None:
    ledger.append_events([event(), event(version=2, recorded=7, place=place("Homs", "gn:169577"))])
    assert list(ledger.events(place_keys=["gn:170017"])) == []


def test_a_version_of_an_event_cannot_be_written_over(ledger: Ledger) -> None:
    ledger.append_events([event()])
    with pytest.raises(StoreError, match="version 1 of event ev-hama"):
        ledger.append_events([event(version=2, recorded=7), event(grade=Grade.CONFIRMED)])
    assert [e.grade for e in ledger.versions("ev-hama")] == [Grade.WEAK]


def test_a_refused_record_is_kept_once_with_its_bytes(ledger: Ledger) -> None:
    problem = Problem(file="scan.pdf", record="page 1", what="no text found", raw=b"%PDF\x00\xff")
    for day in (5, 6):
        ledger.refuse(problem, recorded_at=moment(day))
    assert list(ledger.refusals()) == [problem]
    assert list(ledger.refusals(known_at=moment(4))) == []


def test_a_time_without_a_zone_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="time zone"):
        ledger.append(received(), [], note="coded", recorded_at=datetime(2024, 12, 5))
    assert list(ledger.reports()) == []


def test_the_same_claim_twice_in_one_report_is_one_claim(ledger: Ledger) -> None:
    item = received()
    ledger.append(item, [holds(item), holds(item)], note="coded", recorded_at=moment(5))
    assert len(list(ledger.claims())) == len(list(ledger.control(date(2024, 12, 5)))) == 1
