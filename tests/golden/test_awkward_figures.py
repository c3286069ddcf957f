"""The brief over made events with awkward figures says what the claims say; what they do not say is caught."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import count

import attrs
import pytest
from api_ledger import ARMY, HAMA, PEOPLE, REBELS, SARAQIB, concluded, moment, place, received
from brief_held import sentences_of, strange_figures, strange_names, strange_numbers, wrong_grades

from warledger.domain.claim import EventClaim, Figure, TollClaim
from warledger.domain.codes import EventType, Grade, Harm, Modality
from warledger.domain.event import Fatalities
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.records import claim_id
from warledger.domain.span import Span
from warledger.domain.when import Interval, TimePrecision
from warledger.ports import KeptClaim
from warledger.tell.brief import write_brief
from warledger.tell.matter import Matter

DAY = date(2024, 12, 5)
KNOWN = frozenset({ARMY, REBELS, PEOPLE, "Reuters", "Brigade 66"})
NAMES = ("Base 46", "Qal'at al-Madiq", "Tel 1904", "Şeyh Maksud", "Al-Maari", "Ḩamāh", "Zahraa", "Nubl")
FIGURES = {
    "a thousand and more": [Figure(harm=Harm.KILLED, min=1234, max=1234)],
    "a million": [Figure(harm=Harm.DISPLACED, min=1_000_000, max=None, of="civilians")],
    "nobody": [Figure(harm=Harm.KILLED, min=0, max=0)],
    "one child": [Figure(harm=Harm.KILLED, min=1, max=1, of="children")],
    "at most": [Figure(harm=Harm.WOUNDED, min=None, max=40, of="soldiers")],
    "like a year": [Figure(harm=Harm.KILLED, min=2016, max=2024)],
    "one in another": [
        Figure(harm=Harm.WOUNDED, min=27, max=27, of="civilians"),
        Figure(harm=Harm.WOUNDED, min=8, max=8, of="children"),
    ],
    "open on both sides": [Figure(harm=Harm.CAPTURED, min=None, max=None)],
}


def made(figures: Sequence[Figure], name: str, grade: Grade, origins: int, number: int) -> tuple[KeptClaim, ...]:
    """As many reports as origins of one raid, each with the figures."""
    kept = []
    for n in range(origins):
        text = f"Something happened at {name}, report {n} of event {number}."
        item = received(f"r{number}-{n}", DAY.day, text, publisher=f"Wire {chr(65 + n)}")
        claim = EventClaim(
            report_key=item.report.key,
            quotes=(Span.of(text, 0, len(text)),),
            type=list(EventType)[number % 8],
            initiator=(REBELS,),
            target=(ARMY,),
            place=Place(name=name, entry=None, precision=PlacePrecision.EXACT),
            when=Interval.day(DAY),
            figures=tuple(figures),
            modality=Modality.ALLEGED if grade is Grade.WEAK else Modality.ASSERTED,
        )
        kept.append(KeptClaim(id=claim_id(claim), claim=claim, report=item.report, recorded_at=moment(DAY.day)))
    return tuple(kept)


def toll(figures: Sequence[Figure], number: int) -> KeptClaim:
    text = f"A toll was given, number {number}."
    item = received(f"t{number}", DAY.day, text, publisher="Reuters")
    claim = TollClaim(
        report_key=item.report.key,
        quotes=(Span.of(text, 0, len(text)),),
        figures=tuple(figures),
        place=place(SARAQIB if number % 2 else HAMA),
        when=Interval(start=date(2024, 11, 27), end=DAY, precision=TimePrecision.WEEK),
    )
    return KeptClaim(id=claim_id(claim), claim=claim, report=item.report, recorded_at=moment(DAY.day))


@pytest.fixture(scope="module")
def matter() -> Matter:
    """Each figure with each grade, one, two or eleven origins behind them, and each figure as a toll."""
    events, claims, numbers = [], {}, count()
    for figures in FIGURES.values():
        for grade, origins in zip(Grade, (11, 2, 1, 3, 1), strict=True):
            number = next(numbers)
            kept = made(figures, NAMES[number % len(NAMES)], grade, origins, number)
            claims |= {k.id: k for k in kept}
            killed = next((f for f in figures if f.harm is Harm.KILLED and f.of == "total"), None)
            low, high = (killed.min, killed.max) if killed is not None else (None, None)
            fatal = Fatalities(low=low, best=low, high=high)
            event = concluded([k.claim for k in kept], f"e{number}", moment(DAY.day), grade)
            voices = tuple(k.report.publisher or "" for k in kept)
            events.append(attrs.evolve(event, fatalities=fatal, origins=voices))
        kept = toll(figures, next(numbers))
        claims[kept.id] = kept
    return Matter(from_day=DAY, to_day=DAY, known_at=None, events=tuple(events), claims=claims, control=())


def test_every_number_name_and_grade_is_that_of_the_claims_cited(matter: Matter, told_in) -> None:
    brief = write_brief(matter, told_in, KNOWN)
    assert not strange_numbers(matter, brief)
    assert not strange_figures(matter, brief, told_in)
    assert not strange_names(matter, brief, told_in)
    assert not wrong_grades(matter, brief, told_in)


@pytest.mark.parametrize("said", ["1,234 people", "at least 1,000,000 civilians", "1 child", "up to 40 soldiers"])
def test_awkward_figures_are_told_as_the_claims_give_them(matter: Matter, phrases, said: str) -> None:
    assert [s for s in sentences_of(write_brief(matter, phrases, KNOWN)) if said in s.text]


@pytest.mark.parametrize(
    ("word", "other", "check"),
    [
        ("1,234 people", "1,235 people", strange_figures),
        ("at least 1,000,000", "up to 1,000,000", strange_figures),
        ("Base 46", "Base 47", strange_numbers),
        ("Nubl", "Nabl", strange_names),
        ("(confirmed)", "(contested)", wrong_grades),
        ("two independent sources", "three independent sources", wrong_grades),
        ("(single source: Wire A)", "(two independent sources)", wrong_grades),
    ],
)
def test_a_word_that_is_not_the_claims_is_found(matter: Matter, phrases, word: str, other: str, check) -> None:
    assert _is_found(matter, phrases, word, other, check)


@pytest.mark.parametrize(
    ("word", "other", "check"),
    [
        ("1,234 شخصًا", "1,235 شخصًا", strange_figures),
        ("ما لا يقل عن 1,000,000", "ما يصل إلى 1,000,000", strange_figures),
        ("طفل واحد", "طفلين", strange_figures),
        ("Base 46", "Base 47", strange_numbers),
        ("Nubl", "Nabl", strange_names),
        ("رويترز", "رويتر", strange_names),
        ("(مؤكد)", "(متضارب)", wrong_grades),
        ("مصدران مستقلان", "3 مصادر مستقلة", wrong_grades),
        ("(مصدر واحد: \u2068Wire A\u2069)", "(مصدران مستقلان)", wrong_grades),
    ],
)
def test_an_arabic_word_that_is_not_the_claims_is_found(matter: Matter, arabic, word: str, other: str, check) -> None:
    assert _is_found(matter, arabic, word, other, check)


def _is_found(matter: Matter, phrases, word: str, other: str, check) -> bool:
    brief = write_brief(matter, phrases, KNOWN)
    sections = tuple(
        attrs.evolve(s, sentences=tuple(attrs.evolve(x, text=x.text.replace(word, other)) for x in s.sentences))
        for s in brief.sections
    )
    wrong = attrs.evolve(brief, sections=sections)
    assert wrong != brief
    return bool(check(matter, wrong, phrases) if check is not strange_numbers else check(matter, wrong))
