"""Numbers of our own sentences: least, most and what is counted."""

import pytest

from warledger.adapters.tables.numbers import load_numbers
from warledger.read.numbers import find_numbers

CUES = load_numbers()


def told(text: str, language: str = "en") -> list[tuple[int | None, int | None, str | None]]:
    return [(m.min, m.max, m.of) for m in find_numbers(text, language, CUES)]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Shells killed 23 civilians.", (23, 23, "civilians")),
        ("Twenty-three people died.", (23, 23, "total")),
        ("At least 1,300 soldiers fell.", (1300, None, "soldiers")),
        ("More than two dozen fighters fled.", (24, None, "fighters")),
        ("Up to 40 militants were there.", (None, 40, "fighters")),
        ("As many as 500 families left.", (None, 500, "families")),
        ("Nearly 600 people crossed.", (None, 600, "total")),
        ("About 60 rebels came.", (60, 60, "fighters")),
        ("Between 20 and 30 women were held.", (20, 30, "women")),
        ("Some 15-20 gunmen came.", (15, 20, "fighters")),
        ("Several children were hurt.", (3, None, "children")),
        ("Dozens of protesters were held.", (12, None, "protesters")),
        ("Hundreds of thousands of people fled.", (100000, None, "total")),
        ("Six soldiers or more died.", (6, None, "soldiers")),
        ("A soldier was shot.", (1, 1, "soldiers")),
        ("It cost 2.5 million dollars.", (2500000, 2500000, None)),
        ("They hold 70 villages.", (70, 70, None)),
        ("No civilians were hurt.", (0, 0, "civilians")),
    ],
)
def test_number_words_become_bounds(text: str, want: tuple[int | None, int | None, str | None]) -> None:
    assert told(text) == [want]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("A rebel commander was shot.", [(1, 1, "fighters")]),
        ("Two police chiefs and a woman died.", [(2, 2, "police"), (1, 1, "women")]),
        ("Shells killed nine members of one family.", [(9, 9, "civilians")]),
        ("The soldier killed on Monday was a driver.", [(1, 1, "soldiers")]),
        ("A mortar hit a police van near a refugee camp.", []),
        ("Three police stations burned.", [(3, 3, None)]),
        ("They took more than 180 junta posts.", [(180, None, None)]),
        ("Twenty rebel group members gave up.", [(20, 20, "fighters")]),
        ("Bir polis karakolu yandı.", []),
    ],
)
def test_people_who_only_describe_a_noun_are_not_counted(
    text: str, want: list[tuple[int | None, int | None, str | None]]
) -> None:
    assert told(text, "tr" if text.startswith("Bir") else "en") == want


@pytest.mark.parametrize(
    "text", ["The 46th Division left.", "M5 was cut.", "A T-72 burned.", "It began in 2016.", "At 14:30 it fell."]
)
def test_ordinals_names_and_years_are_no_numbers(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("language", "text", "want"),
    [
        ("fr", "Au moins vingt et un soldats ont péri.", (21, None, "soldiers")),
        ("fr", "Une trentaine de civils sont morts.", (30, 30, "civilians")),
        ("es", "Murieron más de 1.500 personas.", (1500, None, "total")),
        ("ru", "Погибли не менее двадцати пяти военнослужащих.", (25, None, "soldiers")),
        ("uk", "Поранено дев’ятьох цивільних.", (9, 9, "civilians")),
        ("ar", "قتل ما لا يقل عن ١٢ مدنيا.", (12, None, "civilians")),
        ("ar", "قتل جنديان قرب الجسر.", (2, 2, "soldiers")),
        ("tr", "Baskında en az 14 asker öldü.", (14, None, "soldiers")),
    ],
)
def test_every_language_reads_by_the_same_mechanism(
    language: str, text: str, want: tuple[int | None, int | None, str | None]
) -> None:
    assert want in told(text, language)


def test_a_language_without_a_table_gives_no_numbers() -> None:
    assert told("Drei Soldaten fielen.", "de") == []


@pytest.mark.parametrize(
    ("text", "language", "parts"),
    [
        ("Shelling killed 27 people, eight of them children.", "en", [27, -8]),
        ("The strike killed 12, of whom 5 were women, and wounded 30.", "en", [12, -5, 30]),
        ("At least 40 died, including three medics.", "en", [40, -3]),
        ("Two soldiers and one civilian were killed.", "en", [2, 1]),
        ("Les frappes ont tué 27 civils, dont huit enfants.", "fr", [27, -8]),
        ("El ataque dejó 12 muertos, entre ellos 4 niños.", "es", [12, -4]),
        ("Погибли 12 человек, в том числе 3 ребенка.", "ru", [12, -3]),
        ("Загинули 12 людей, з них 3 дитини.", "uk", [12, -3]),
        ("قتل 66 شخصا، من بينهم 19 مدنيا.", "ar", [66, -19]),
    ],
)
def test_a_number_of_those_just_counted_is_a_part(text: str, language: str, parts: list[int]) -> None:
    found = find_numbers(text, language, CUES)
    assert [-(m.min or 0) if m.part else m.min for m in found] == parts
