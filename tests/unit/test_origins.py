"""Origins: who knew it first, not who printed it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from warledger.adapters.tables.corroborate import load_affiliations
from warledger.corroborate.origins import cited, credited_agency, is_party, origins, own_origins
from warledger.corroborate.reprints import reprints
from warledger.domain.claim import EventClaim
from warledger.domain.codes import EventType
from warledger.domain.report import Report
from warledger.domain.when import Interval
from warledger.ports import KeptClaim

TABLE = load_affiliations()
WIRE = (
    "Rebel fighters entered the western districts of Aleppo on Friday after two days of fighting, residents and a "
    "monitoring group said, and soldiers were seen leaving along the road to Hama while shops stayed shut. "
    "Hospitals in the old city called for blood donors as shells fell near the citadel through the afternoon."
)

OWN = (
    "In Idlib, sixty kilometres to the south, aid groups set up tents for those who had left their homes, and schools "
    "took in families. Bakeries worked through the night; a queue of cars stood before the only open filling station."
)
LONG = f"""{WIRE} {OWN} Officials in the capital gave no figures. The road to the airport was cut at noon, drivers said,
and flights were called off until Sunday. A spokesman for the insurgents said that civilians would not be harmed, and
that government offices should stay open. In the evening the lights went out in most of the city, and people filled
bathtubs and bottles for fear that the water would be next to go. The last bus for the coast left at half past nine."""


def own(reports: list[Report]) -> Mapping[str, str]:
    return own_origins(reports, TABLE, reprints(reports))


def told(claims: list[KeptClaim]) -> Mapping[str, str]:
    return origins(claims, TABLE, reprints([c.report for c in claims]))


def report(name: str, text: str, publisher: str | None = "Daily Lantern", day: int = 29) -> Report:
    return Report(id=name, published=date(2024, 11, day), text=text, sha256="", publisher=publisher)


def claim(of: Report, *chain: str) -> KeptClaim:
    told = EventClaim(
        report_key=of.key,
        quotes=(),
        attribution=chain,
        type=EventType.ARMED_CLASH,
        when=Interval.day(date(2024, 11, 29)),
    )
    return KeptClaim(
        id=f"{of.id}-{'-'.join(chain)}", claim=told, report=of, recorded_at=datetime(2024, 12, 1, tzinfo=UTC)
    )


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("DAMASCUS, July 17 (Xinhua) -- Troops left the province at dawn.", "Xinhua"),
        ("BEIRUT (AP) — Shells fell on the market.", "Associated Press"),
        ("AFP - Les combats ont repris mardi.", "Agence France-Presse"),
        ("Київ. 12 травня (Інтерфакс-Україна) - Обстріл тривав усю ніч.", "Interfax-Ukraine"),
        ("The town was quiet on Monday.\nPeople had begun to return. (Reuters)", "Reuters"),
        ("The town was quiet on Monday.\nSource: TASS", "TASS"),
        ("The army (about 200 men) left the town.", None),
        ("The opposition told Reuters on Monday that it held the town.", None),
    ],
)
def test_bylines_and_datelines_credit_an_agency(text: str, agency: str | None) -> None:
    assert credited_agency(text, TABLE) == agency


def test_ten_outlets_that_cite_one_monitor_are_one_origin() -> None:
    papers = [report(f"p{n}", f"Paper {n} writes of clashes.", publisher=f"Paper {n}") for n in range(10)]
    named = told([claim(p, "Syrian Observatory for Human Rights") for p in papers])
    assert set(named.values()) == {"Syrian Observatory for Human Rights"}


def test_unnamed_residents_lead_back_to_the_agency_they_spoke_to() -> None:
    assert cited(("residents", "AFP"), TABLE) == "Agence France-Presse"


def test_a_named_source_is_the_origin_whoever_quotes_it() -> None:
    assert cited(("Military Forces of Sudan", "Reuters"), TABLE) == "Military Forces of Sudan"


def test_unnamed_witnesses_alone_leave_the_claim_with_the_publisher() -> None:
    lone = report("a", "Witnesses saw tanks.")
    assert told([claim(lone, "witnesses")]) == {"a-witnesses": "Daily Lantern"}


def test_a_reprint_with_a_new_headline_has_the_first_publisher_as_origin() -> None:
    first, again = report("a", WIRE, "First Post", 29), report("b", f"Aleppo in turmoil\n{WIRE}", "Second Post", 30)
    assert own([again, first]) == {"a": "First Post", "b": "First Post"}


@pytest.mark.parametrize("share", [0.15, 0.3, 0.6])
@pytest.mark.parametrize("cut", ["end", "both"])
def test_a_reprint_cut_to_a_part_is_the_same_text(share: float, cut: str) -> None:
    words = LONG.split()
    kept = int(len(words) * share)
    at = 0 if cut == "end" else (len(words) - kept) // 2
    part = "Aleppo: what we know\n" + " ".join(words[at : at + kept])
    assert reprints([report("a", LONG), report("b", part, day=30)]) == {"a": "a", "b": "a"}


def test_a_reprint_set_in_other_type_is_the_same_text() -> None:
    other = WIRE.replace("fighters", "figh\u00adters").replace("fighting", "ﬁghting").upper()
    assert reprints([report("a", WIRE), report("b", other, day=30)])["b"] == "a"


def test_a_longer_report_that_holds_the_wire_whole_prints_it_again() -> None:
    assert reprints([report("a", WIRE), report("b", f"{OWN} {WIRE} {OWN}", day=30)])["b"] == "a"


def test_two_reports_that_share_a_sentence_of_background_are_two_texts() -> None:
    background = "The war, now in its fourteenth year, has killed more than half a million people and driven out half."
    one, two = report("a", f"{WIRE} {background}"), report("b", f"{OWN} {background}", day=30)
    assert reprints([one, two]) == {"a": "a", "b": "b"}


def test_one_print_that_credits_the_agency_tells_it_for_all() -> None:
    bare, signed = report("a", WIRE, "First Post", 29), report("b", f"{WIRE} (Reuters)", "Second Post", 30)
    assert set(own([bare, signed]).values()) == {"Reuters"}


def test_two_short_reports_that_look_alike_are_no_reprints() -> None:
    one, two = report("a", "The army said it took Saraqib."), report("b", "The army said it took Sarmin.")
    assert reprints([one, two]) == {"a": "a", "b": "b"}


def test_two_reports_of_one_day_in_other_words_are_no_reprints() -> None:
    other = (
        "By nightfall on Friday insurgents held several quarters in the west of Aleppo. People there told of soldiers "
        "who drove off southwards; doctors asked for blood, and there was shelling not far from the citadel."
    )
    assert reprints([report("a", WIRE), report("b", other)]) == {"a": "a", "b": "b"}


def test_a_state_agency_is_its_governments_word() -> None:
    assert is_party("TASS", ["Military Forces of Russia"], TABLE, lambda _: ())
    assert not is_party("Reuters", ["Military Forces of Russia"], TABLE, lambda _: ())


def test_a_wing_speaks_for_its_group() -> None:
    wings = {"Saraya Front": ("Northern Alliance",)}
    assert is_party("Saraya Front", ["Northern Alliance"], TABLE, lambda name: wings.get(name, ()))


def test_a_report_without_publisher_is_an_origin_of_its_own() -> None:
    assert own([report("a", "Tanks moved.", None)]) == {"a": "unnamed publisher of a"}


@pytest.mark.parametrize("publisher", ["Harbour Times (Reuters)", "Harbour Times / Reuters", "Reuters"])
def test_an_agency_named_beside_the_outlet_is_the_origin(publisher: str) -> None:
    assert own([report("a", "Tanks moved.", publisher)]) == {"a": "Reuters"}
