"""What changed hands between two days, and what each holder holds in a province or a country."""

from __future__ import annotations

from datetime import date

import attrs
import pytest

from warledger.domain.codes import Status
from warledger.domain.control import ControlState
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.ledger.changes import ChangeKind, control_changes
from warledger.ledger.levels import Level, control_by_area, settlements

ARMY, REBELS = "Military Forces of Syria", "Syrian opposition"


def state(
    name: str,
    holder: str | None,
    status: Status = Status.HELD,
    *,
    admin1: str | None = "Aleppo Governorate",
    code: str = "PPL",
    precision: PlacePrecision = PlacePrecision.EXACT,
) -> ControlState:
    entry = GazetteerEntry(
        key=f"gn:{name}",
        geonames_id=None,
        name=name,
        latitude=36,
        longitude=37,
        feature_code=code,
        country="SY",
        admin1=admin1,
    )
    return ControlState(
        place=Place(name=name, entry=entry, precision=precision),
        holder=(holder,) if holder else (),
        status=status,
        extent="all",
        since=date(2024, 11, 30),
        claim_ids=(f"{name} {holder}",),
    )


@pytest.mark.parametrize(
    ("then", "now", "kind"),
    [
        (state("Saraqib", ARMY), state("Saraqib", REBELS), ChangeKind.CHANGED_HANDS),
        (state("Saraqib", ARMY), state("Saraqib", None, Status.ABANDONED), ChangeKind.LEFT),
        (state("Saraqib", None, Status.ABANDONED), state("Saraqib", REBELS), ChangeKind.CHANGED_HANDS),
        (state("Saraqib", ARMY), state("Saraqib", ARMY, Status.BESIEGED), ChangeKind.STATUS),
        (None, state("Saraqib", REBELS), ChangeKind.FIRST_TOLD),
    ],
)
def test_each_change_is_told_with_the_claims_of_both_days(then, now, kind) -> None:
    [change] = control_changes([then] if then else [], [now])
    assert change.kind is kind and change.claim_ids[0] == now.claim_ids[0]
    assert (then.claim_ids[0] in change.claim_ids) if then else change.before is None


def test_what_stays_is_not_told_nor_what_passes_from_an_alliance_to_its_faction() -> None:
    assert control_changes([state("Saraqib", ARMY)], [state("Saraqib", ARMY)]) == ()
    then, now = state("Saraqib", REBELS), state("Saraqib", "Ahrar al-Sham")
    assert control_changes([then], [now], groups=lambda n: (REBELS,) if n == "Ahrar al-Sham" else ()) == ()


PROVINCE = state("Aleppo Governorate", ARMY, admin1=None, code="ADM1", precision=PlacePrecision.REGION)
STATES = (
    state("Aleppo", REBELS),
    state("Azaz", REBELS, Status.CONTESTED),
    attrs.evolve(state("Kobani", None), holder=(ARMY, REBELS), status=Status.CONTESTED),
    state("Homs", ARMY, admin1="Homs Governorate"),
    state("Nowhere", ARMY, admin1=None),
    PROVINCE,
)


def test_a_province_counts_the_places_of_each_holder_and_keeps_what_is_said_of_it_beside() -> None:
    rows = {(r.division, r.holder): r for r in control_by_area(STATES, Level.ADMIN1)}
    rebels = rows["Aleppo", REBELS]
    assert [s.place.name for s in rebels.places] == ["Aleppo", "Azaz", "Kobani"]
    assert rebels.count(Status.CONTESTED) == 2
    army = rows["Aleppo", ARMY]
    assert [s.place.name for s in army.places] == ["Kobani"] and army.whole == (PROVINCE,)
    assert set(army.claim_ids) == {"Kobani None", *PROVINCE.claim_ids}
    assert rows[None, ARMY].places[0].place.name == "Nowhere"


def test_a_country_counts_every_settlement_once_a_holder_and_no_province() -> None:
    rows = {r.holder: r for r in control_by_area(STATES, Level.COUNTRY)}
    assert {h: len(r.places) for h, r in rows.items()} == {REBELS: 3, ARMY: 3}
    assert all(r.division is None and r.whole == () for r in rows.values())
    total = sum(len(s.holder) for s in settlements(STATES))
    assert total == sum(len(r.places) for r in rows.values())
