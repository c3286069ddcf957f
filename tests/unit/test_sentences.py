from warledger.read.sentences import MAX_SENTENCE_CHARS, split_sentences


def words(text: str) -> list[str]:
    return [s.text for s in split_sentences(text)]


def test_titles_and_initials_end_no_sentence() -> None:
    assert words("Lt. Gen. J. Okello left. Mr. Sabri stayed.") == ["Lt. Gen. J. Okello left.", "Mr. Sabri stayed."]


def test_a_headline_is_a_sentence_of_its_own() -> None:
    assert words("Bridge shelled at dawn\nTwo people died.") == ["Bridge shelled at dawn", "Two people died."]


def test_decimals_and_closing_quotes_stay_with_their_sentence() -> None:
    assert words('He said: "We hold 2.5 km." They do not.') == ['He said: "We hold 2.5 km."', "They do not."]


def test_arabic_question_mark_ends_a_sentence() -> None:
    assert len(words("من يسيطر على المدينة؟ لا أحد يعرف.")) == 2


def test_a_run_without_an_end_is_cut_and_loses_no_word() -> None:
    text = "قرية " * 20_000
    spans = split_sentences(text)
    assert max(map(len, spans)) <= MAX_SENTENCE_CHARS
    assert sum(s.text.count("قرية") for s in spans) == 20_000
