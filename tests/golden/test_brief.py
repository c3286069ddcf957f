"""The brief from gold claims: read word for word, and every word of it held against the claims it cites."""

from __future__ import annotations

import io
import json
import re
from datetime import date

import pytest
from brief_held import sentences_of, strange_figures, strange_names, strange_numbers, wrong_grades
from rich.console import Console

from warledger.domain.claim import EventClaim
from warledger.domain.codes import EventType
from warledger.tell.as_html import brief_html
from warledger.tell.as_json import brief_json
from warledger.tell.as_markdown import brief_markdown
from warledger.tell.as_text import brief_text
from warledger.tell.brief import write_brief
from warledger.tell.sentence import Brief, Gap, Sentence, UncitedError

DAY = date(2024, 11, 30)
PERIODS = [(DAY, DAY), (date(2024, 11, 27), date(2024, 11, 29)), (date(2024, 12, 1), date(2024, 12, 8))]


def _text(brief: Brief, phrases, width: int) -> str:
    out = io.StringIO()
    Console(file=out, width=width).print(brief_text(brief, phrases))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def test_brief_of_a_day_reads_as_text(matter_of, phrases, known, golden):
    golden("brief-2024-11-30.txt", _text(write_brief(matter_of(DAY), phrases, known), phrases, 100))


def test_brief_of_a_day_reads_as_markdown(matter_of, phrases, known, golden):
    golden("brief-2024-11-30.md", brief_markdown(write_brief(matter_of(DAY), phrases, known), phrases))


def test_brief_of_a_day_reads_as_json(matter_of, phrases, known, golden):
    golden("brief-2024-11-30.json", brief_json(write_brief(matter_of(DAY), phrases, known)))


def test_brief_of_a_day_reads_in_arabic(matter_of, arabic, known, golden):
    golden("brief-2024-11-30.ar.md", brief_markdown(write_brief(matter_of(DAY), arabic, known), arabic))


@pytest.mark.parametrize(("first", "last"), PERIODS)
def test_the_brief_tells_the_same_by_the_same_claims_in_every_language(matter_of, phrases, arabic, known, first, last):
    matter = matter_of(first, last)
    one, other = (write_brief(matter, p, known) for p in (phrases, arabic))
    assert [s.key for s in one.sections] == [s.key for s in other.sections]
    assert [s.claim_ids for s in sentences_of(one)] == [s.claim_ids for s in sentences_of(other)]


@pytest.mark.parametrize(("first", "last"), PERIODS)
def test_every_sentence_cites_claims_and_every_note_is_cited(matter_of, phrases, known, first, last):
    matter = matter_of(first, last)
    brief = write_brief(matter, phrases, known)
    cited = {i for s in sentences_of(brief) for i in s.claim_ids}
    assert cited
    assert cited == {i for n in brief.notes for i in n.claim_ids}
    assert cited <= set(matter.claims)
    assert [n.number for n in brief.notes] == list(range(1, len(brief.notes) + 1))


@pytest.mark.parametrize(("first", "last"), PERIODS)
def test_every_quote_stands_in_its_report_unless_a_name_is_withheld(matter_of, phrases, known, first, last):
    matter = matter_of(first, last)
    texts = {k.report.id: " ".join(k.report.text.split()) for k in matter.claims.values()}
    for note in write_brief(matter, phrases, known).notes:
        for quote in note.quotes:
            for piece in quote.split(phrases.names.withheld):
                assert piece in texts[note.report_id]


@pytest.mark.parametrize(("first", "last"), PERIODS)
def test_every_number_name_and_grade_of_a_sentence_is_that_of_its_claims(matter_of, told_in, known, first, last):
    matter = matter_of(first, last)
    brief = write_brief(matter, told_in, known)
    assert not strange_numbers(matter, brief)
    assert not strange_figures(matter, brief, told_in)
    assert not strange_names(matter, brief, told_in)
    assert not wrong_grades(matter, brief, told_in)


@pytest.mark.parametrize(("first", "last"), PERIODS)
def test_private_persons_are_not_named(matter_of, told_in, known, first, last):
    brief = write_brief(matter_of(first, last), told_in, known)
    told = brief_markdown(brief, told_in) + brief_json(brief)
    for name in ("Abu Mahmoud Omar", "Khalil Hamlo", "Charles Lister", "Hamlo", "Lister"):
        assert name not in told


@pytest.mark.parametrize(("first", "last"), PERIODS)
def test_movements_of_forces_are_told_without_a_settlement(matter_of, phrases, known, first, last):
    matter = matter_of(first, last)
    moved = [e for e in matter.told_events() if e.type is EventType.TROOP_MOVEMENT]
    places = {e.place.name for e in moved if e.place is not None and e.place.precision != "country"}
    told = [s.text for s in sentences_of(write_brief(matter, phrases, known)) if "moved forces or equipment" in s.text]
    assert told
    assert not [(t, p) for t in told for p in places if p in t]


def test_brief_of_a_quiet_day_says_that_nothing_is_recorded(matter_of, phrases, known):
    brief = write_brief(matter_of(date(2019, 5, 5)), phrases, known)
    assert brief.headline is None
    assert "Nothing is recorded for 5 May 2019" in _text(brief, phrases, 80)
    assert "Nothing is recorded for 5 May 2019" in brief_markdown(brief, phrases)
    assert json.loads(brief_json(brief))["headline"] is None


def test_brief_of_a_quiet_day_says_so_in_arabic(matter_of, arabic, known):
    brief = write_brief(matter_of(date(2019, 5, 5)), arabic, known)
    nothing = "لا شيء مسجل عن 5 مايو/أيار 2019"
    assert nothing in _text(brief, arabic, 80)
    assert nothing in brief_markdown(brief, arabic)
    assert nothing in brief_html(brief, arabic)
    assert json.loads(brief_json(brief)) | {"known_at": None} == {
        "language": "ar",
        "from": "2019-05-05",
        "to": "2019-05-05",
        "known_at": None,
        "headline": None,
        "lead": [],
        "sections": [],
        "notes": [],
    }


def test_an_arabic_brief_is_a_page_from_right_to_left_whose_quotes_keep_their_own_way(matter_of, arabic, known):
    brief = write_brief(matter_of(DAY), arabic, known)
    page = brief_html(brief, arabic)
    assert page.startswith('<!doctype html><html lang="ar" dir="rtl">')
    assert page.count("<q lang=") + page.count('<q dir="auto">') == page.count(' dir="auto">') == len(brief.notes)
    for sentence in sentences_of(brief):
        assert sentence.text.count("\u2068") == sentence.text.count("\u2069")
        bare = re.sub("\u2068[^\u2069]*\u2069", "", sentence.text)
        assert not re.search("[A-Za-z]", bare), sentence.text


def test_text_never_runs_over_a_narrow_terminal(matter_of, phrases, known):
    text = _text(write_brief(matter_of(DAY), phrases, known), phrases, 60)
    assert max(len(line) for line in text.splitlines()) <= 60


def test_a_sentence_without_a_claim_cannot_be_made():
    with pytest.raises(UncitedError):
        Sentence(text="Aleppo fell.", claim_ids=())
    with pytest.raises(UncitedError):
        Sentence(text="Aleppo fell.", claim_ids=("",))
    with pytest.raises(UncitedError):
        Gap(text="Two reports in Georgian were not coded.", report_ids=())


def test_the_type_of_every_told_event_is_that_of_its_claims(matter_of):
    matter = matter_of(*PERIODS[2])
    for event in matter.told_events():
        types = {k.claim.type for k in matter.kept_of(event) if isinstance(k.claim, EventClaim)}
        assert event.type in types
