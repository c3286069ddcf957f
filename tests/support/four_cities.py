"""A ledger of invented reports in which four cities change hands within twelve days, for tests of the page."""

from __future__ import annotations

from datetime import date

from api_ledger import ARMY, REBELS, concluded, happened, held, moment, place, received

from warledger.domain.codes import EventType, Grade
from warledger.domain.place import GazetteerEntry
from warledger.ports import Ledger

FIRST, LAST = date(2024, 11, 26), date(2024, 12, 8)


def city(name: str, geonames_id: int, latitude: float, longitude: float, population: int) -> GazetteerEntry:
    return GazetteerEntry(
        key=f"gn:{geonames_id}",
        geonames_id=geonames_id,
        name=name,
        latitude=latitude,
        longitude=longitude,
        feature_code="PPLA",
        country="SY",
        admin1=name,
        population=population,
    )


ALEPPO = city("Aleppo", 170063, 36.20124, 37.16117, 2_098_210)
HAMA = city("Hama", 170017, 35.13179, 36.75783, 460_602)
HOMS = city("Homs", 169577, 34.72682, 36.72339, 775_404)
DAMASCUS = city("Damascus", 170654, 33.5102, 36.29128, 1_569_394)
SARAQIB = city("Saraqib", 164816, 35.86437, 36.80584, 34_231)
TAKEN = {ALEPPO: 2, HAMA: 5, HOMS: 7, DAMASCUS: 8}
"""The day of December on which each of them is taken."""
SARAQIB_QUOTE = "Rebels seized the town of Saraqib"
ARABIC_QUOTE = "دخلت الفصائل مدينة حمص"


def fill(ledger: Ledger) -> None:
    """The army holds all of them on the first day; each is taken on its day, and known on the evening of that day."""
    names = ", ".join(entry.name for entry in TAKEN)
    before = received("before", 1, f"The army holds {names} and Saraqib, the governor of each said.", title="Before")
    first = [held(before.report, f"The army holds {names}", entry, ARMY, 1) for entry in (*TAKEN, SARAQIB)]
    ledger.append(before, first, note="coded", recorded_at=moment(1))
    for entry, day in TAKEN.items():
        text = f"Rebels took {entry.name} from the army at dawn. Shells had killed four people there."
        item = received(f"taken-{entry.name}", day, text, title=f"{entry.name} falls", publisher=f"{entry.name} Post")
        seized = happened(
            item.report,
            f"Rebels took {entry.name}",
            place(entry),
            EventType.NONSTATE_TAKES_TERRITORY,
            day,
            (REBELS, ARMY),
        )
        control = held(item.report, f"Rebels took {entry.name} from the army", entry, REBELS, day)
        ledger.append(item, [seized, control], note="coded", recorded_at=moment(day, 20))
        ledger.append_events([concluded([seized], f"e-{entry.name}", moment(day, 20), Grade.FAIR)])
    tell_of_saraqib(ledger)


def tell_of_saraqib(ledger: Ledger) -> None:
    """Two outlets that disagree, and one that writes in Arabic."""
    one = received(
        "saraqib", 3, f"{SARAQIB_QUOTE} at noon. Nobody was hurt.", title="A town taken", publisher="North Wire"
    )
    ledger.append(one, [held(one.report, SARAQIB_QUOTE, SARAQIB, REBELS, 3)], note="coded", recorded_at=moment(3))
    other = received(
        "still", 3, "The army still holds Saraqib, it said on Tuesday.", title="Still held", publisher="Army Daily"
    )
    kept = held(other.report, "The army still holds Saraqib", SARAQIB, ARMY, 3, 0.6)
    ledger.append(other, [kept], note="coded", recorded_at=moment(3, 13))
    arabic = received("homs-ar", 7, f"{ARABIC_QUOTE} فجرا.", title="حمص", publisher="صحيفة الشمال", language="ar")
    ledger.append(arabic, [held(arabic.report, ARABIC_QUOTE, HOMS, REBELS, 7)], note="coded", recorded_at=moment(7, 21))
