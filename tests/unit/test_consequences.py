"""The brief tells what follows from the day's record: roads, agreements, surges; each sentence with its claims."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from made_events import an_event
from sample_ledger import DAY, HAMA, claims_of, moment, received

from warledger.app import build
from warledger.domain.agreement import Agreement, Breach
from warledger.domain.claim import ControlClaim
from warledger.domain.codes import EventType, Family, Status
from warledger.domain.control import ControlState
from warledger.domain.finding import Surge
from warledger.domain.phrases import Language
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.records import claim_id
from warledger.domain.road import Cut, End, LostWay, Road
from warledger.ports import KeptClaim
from warledger.settings import Settings
from warledger.tell.brief import write_brief
from warledger.tell.matter import Matter

ARMY, REBELS = "Military Forces of Syria", "Syrian opposition"
APP = build(Settings())


def town(name: str) -> GazetteerEntry:
    return GazetteerEntry(
        key=f"t:{name}", geonames_id=None, name=name, latitude=35, longitude=36, feature_code="PPL", country="SY"
    )


RASTAN, IDLIB = town("Rastan"), town("Idlib")
M5 = Road(id="M5", name="M5 (Damascus to Aleppo)", country="SY", stops=(RASTAN, HAMA, IDLIB))
REPORT = received().report
HELD, SHELLED = claims_of(REPORT)
KEPT = {claim_id(c): KeptClaim(id=claim_id(c), claim=c, report=REPORT, recorded_at=moment(12)) for c in (HELD, SHELLED)}
STATE = ControlState(
    place=Place(name="Hama", entry=HAMA, precision=PlacePrecision.EXACT),
    holder=(REBELS,),
    status=Status.HELD,
    extent="all",
    since=DAY,
    claim_ids=(claim_id(HELD),),
)


def told(language: Language = Language.ENGLISH, **findings: object) -> list[str]:
    """The sentences of the section; every one cites claims of the matter, or it could not be made."""
    assert isinstance(HELD, ControlClaim)
    matter = Matter(from_day=DAY, to_day=DAY, known_at=None, events=(), claims=KEPT, control=())
    brief = write_brief(attrs.evolve(matter, **findings), APP.phrases_in(language), APP.known_names)
    sentences = [s for section in brief.sections if section.key == "consequences" for s in section.sentences]
    assert all(set(s.claim_ids) <= set(KEPT) for s in sentences)
    return [s.text for s in sentences]


def test_a_day_without_findings_has_no_such_section() -> None:
    assert told() == []


def test_a_stretch_that_was_cut_says_for_whom_and_by_what() -> None:
    cut = Cut(road=M5, start=RASTAN, end=IDLIB, by=(STATE,), holder=(ARMY,), new=True)
    [sentence] = told(cuts=(cut,))
    assert sentence.startswith("The road M5 (Damascus to Aleppo) is cut between Rastan and Idlib for Syria's military")
    assert sentence.endswith("as Hama is held by the Syrian opposition.")


def test_towns_that_lost_the_same_way_stand_in_one_sentence() -> None:
    ways = [LostWay(town=t, end=End.CAPITAL, to=town("Damascus"), by=(STATE,), holder=()) for t in (RASTAN, IDLIB)]
    [sentence] = told(lost_ways=tuple(ways))
    assert sentence.startswith("Rastan and Idlib lost the last main road to the capital, Damascus")


def test_roads_are_told_in_arabic_with_the_names_of_its_tables() -> None:
    m5 = attrs.evolve(M5, name="M5 (Aleppo to Damascus and the Jordanian border)")
    aleppo, homs = (next(e for e in APP.gazetteer.find(n) if e.feature_code == "PPL") for n in ("Aleppo", "Homs"))
    cut = Cut(road=m5, start=homs, end=aleppo, by=(STATE,), holder=(ARMY,), new=True)
    lost = LostWay(town=aleppo, end=End.COAST, to=RASTAN, by=(STATE,), holder=())
    assert told(Language.ARABIC, cuts=(cut,), lost_ways=(lost,)) == [
        "الطريق M5 (حلب - دمشق - الحدود الأردنية) مقطوع بين حمص وحلب أمام القوات المسلحة السورية، إذ إن السيطرة"
        " على حماة بيد المعارضة السورية.",
        "فقدت حلب آخر طريق رئيسي إلى الساحل (\u2068Rastan\u2069)، إذ إن السيطرة على حماة بيد المعارضة السورية: ولا يُعرف"
        " طريق آخر للمدنيين والمساعدات.",
    ]


def test_a_finding_whose_claims_are_not_in_the_matter_is_not_told() -> None:
    unknown = attrs.evolve(STATE, claim_ids=("elsewhere",))
    assert told(cuts=(Cut(road=M5, start=RASTAN, end=IDLIB, by=(unknown,), holder=(ARMY,), new=True),)) == []


def breaches(events: int) -> dict[str, object]:
    """So many events that one agreement forbids."""
    place = Place(name="Hama", entry=HAMA, precision=PlacePrecision.EXACT)
    made = [
        an_event(id=f"e{n}", day=DAY, type=EventType.SHELLING, place=place, initiator=(ARMY,), claim_ids=tuple(KEPT))
        for n in range(events)
    ]
    agreement = Agreement(
        id="a",
        name="ceasefire of March",
        signed=date(2020, 3, 5),
        start=date(2020, 3, 6),
        end=None,
        country="SY",
        parties=(ARMY,),
        guarantors=(),
        whole_country=True,
        places=(),
        divisions=(),
        forbids=frozenset({Family.REMOTE}),
        exempt=(),
        line=(),
    )
    found = tuple(Breach(agreement=agreement, event=e, doers=(ARMY,)) for e in made)
    return {"events": tuple(made), "breaches": found}


@pytest.mark.parametrize(("events", "more"), [(1, "Shelling in Hama went against"), (3, "and two more events went")])
def test_breaches_of_one_agreement_by_one_side_stand_in_one_sentence(events: int, more: str) -> None:
    [sentence] = told(**breaches(events))
    assert more.lower() in sentence.lower() and "ceasefire of March, signed on 5 March 2020" in sentence


@pytest.mark.parametrize(
    ("events", "more"), [(1, "قصف في حماة."), (2, "وحدث آخر."), (3, "وحدثان آخران."), (4, "و3 أحداث أخرى.")]
)
def test_breaches_are_counted_in_arabic(events: int, more: str) -> None:
    [sentence] = told(Language.ARABIC, **breaches(events))
    assert sentence.startswith(
        "يخالف ما يلي، بحسب السجل، التزامات القوات المسلحة السورية بموجب \u2068ceasefire of March\u2069"
    )
    assert sentence.endswith(more)


SURGE = Surge(
    region="North Kordofan",
    level="division",
    country="SD",
    measure="killed",
    source="reports",
    week=date(2024, 11, 25),
    count=40,
    expected=3.2,
    most=11,
    baseline_weeks=104,
    chance=1e-6,
    event_ids=("e1",),
    claim_ids=tuple(KEPT),
)


def test_a_surge_tells_the_week_and_what_was_to_be_expected() -> None:
    [sentence] = told(surges=(SURGE,))
    assert sentence == (
        "In North Kordofan, the week of 25 November saw 40 people killed; the 104 weeks before let 3.2 be expected, "
        "and their highest saw 11."
    )


def test_a_surge_is_told_in_arabic() -> None:
    [sentence] = told(Language.ARABIC, surges=(SURGE,))
    assert sentence == (
        "شهد الأسبوع الذي بدأ في 25 نوفمبر/تشرين الثاني مقتل 40 شخصًا في شمال كردفان؛ وكان المتوقع"
        " قياسًا إلى 104 أسابيع سابقة 3.2، وأعلى ما بلغه أسبوع منها 11."
    )
