"""Whatever the text: the readers fail on none, spans lie in it, intervals never run backwards."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from warledger.adapters.tables.attributions import load_attributions
from warledger.adapters.tables.by_language import LANGUAGES
from warledger.adapters.tables.dates import load_dates
from warledger.adapters.tables.numbers import load_numbers
from warledger.adapters.tables.precedents import load_precedents
from warledger.coding.precedents import find_precedents
from warledger.domain.span import Span
from warledger.read.attributions import find_attributions
from warledger.read.dates import find_times
from warledger.read.numbers import find_numbers
from warledger.read.sentences import split_sentences

DATES, NUMBERS, SAYINGS, PRECEDENTS = load_dates(), load_numbers(), load_attributions(), load_precedents()
WORDS = {
    code: sorted({w for table in (DATES, NUMBERS) for w in table[code].cues} | set(SAYINGS[code].verbs))
    for code in LANGUAGES
}
MARKS = [",", ".", ":", "-", "\n", '"', "“", "”", "29", "31", "2024", "1999", "0", "1,000", "٣", "%", "May", "İ", "'s"]


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, str]:
    code = draw(st.sampled_from(LANGUAGES))
    words = draw(st.lists(st.one_of(st.sampled_from(WORDS[code]), st.sampled_from(MARKS), st.text(max_size=4))))
    return code, " ".join(words)


def lies_in(text: str, span: Span) -> bool:
    return 0 <= span.start < span.end <= len(text) and text[span.start : span.end] == span.text


@settings(max_examples=100, deadline=None)
@given(texts(), st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_times_lie_in_the_text_and_never_run_backwards(drawn: tuple[str, str], published: date) -> None:
    code, text = drawn
    for mention in find_times(text, published, code, DATES):
        assert lies_in(text, mention.span)
        assert (mention.interval is None) == (mention.role not in ("point", "since", "until"))
        if mention.interval is not None and mention.interval.start and mention.interval.end:
            assert mention.interval.start <= mention.interval.end


@settings(max_examples=100, deadline=None)
@given(texts())
def test_numbers_lie_in_the_text_and_their_bounds_never_cross(drawn: tuple[str, str]) -> None:
    code, text = drawn
    for mention in find_numbers(text, code, NUMBERS):
        assert lies_in(text, mention.span)
        assert mention.min is not None or mention.max is not None
        assert mention.min is None or mention.max is None or mention.min <= mention.max


@settings(max_examples=100, deadline=None)
@given(texts())
def test_attributions_and_precedents_lie_in_the_text(drawn: tuple[str, str]) -> None:
    code, text = drawn
    sentences = split_sentences(text)
    for attribution in find_attributions(text, sentences, SAYINGS, language=code):
        for span in (*attribution.source, *attribution.cue, *attribution.content):
            assert len(span) == 0 or lies_in(text, span)
    for sentence in sentences:
        assert all(lies_in(text, span) for span, _ in find_precedents(sentence, PRECEDENTS, language=code))
