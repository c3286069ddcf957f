"""The reader of places on sentences of every kind: what is a place, which one, how closely it is told."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from warledger.adapters.gazetteers.geonames import GeoNamesGazetteer
from warledger.adapters.tables.places import load_place_cues
from warledger.domain.mention import ToponymMention
from warledger.domain.placecues import PlaceCues
from warledger.read.sentences import split_sentences
from warledger.read.toponyms import find_toponyms, guess_country
from warledger.settings import Settings

FOLDER = Settings().data / "gazetteer"
pytestmark = pytest.mark.skipif(not (FOLDER / "world.sqlite").exists(), reason="world.sqlite is not built")


@pytest.fixture(scope="module")
def gazetteer() -> GeoNamesGazetteer:
    return GeoNamesGazetteer(FOLDER)


@pytest.fixture(scope="module")
def cues() -> Mapping[str, PlaceCues]:
    return load_place_cues()


@pytest.fixture
def read(gazetteer: GeoNamesGazetteer, cues: Mapping[str, PlaceCues]):  # type: ignore[no-untyped-def]
    def reader(text: str, language: str = "en", country: str | None = None) -> dict[str, ToponymMention]:
        found = find_toponyms(text, split_sentences(text), gazetteer, cues, country=country, language=language)
        assert all(text[m.span.start : m.span.end] == m.span.text for m in found)
        return {m.name: m for m in found}

    return reader


def find_first(read, text: str, words: str) -> ToponymMention:  # type: ignore[no-untyped-def]
    """The mention at the first place where the words stand."""
    return next(m for m in read(text).values() if m.span.start == text.index(words))


def test_a_town_is_exact_and_its_province_a_region(read) -> None:  # type: ignore[no-untyped-def]
    found = read("Rebels entered Saraqib in Idlib province on Friday.")
    assert found["Saraqib"].precision == "exact"
    assert found["Saraqib"].entry is not None and found["Saraqib"].entry.country == "SY"
    assert found["Idlib province"].precision == "region"


@pytest.mark.parametrize(
    "words", ["north of Bakhmut", "the outskirts of Bakhmut", "10 km from Bakhmut", "near Bakhmut"]
)
def test_words_of_nearness_make_a_place_near(read, words: str) -> None:  # type: ignore[no-untyped-def]
    assert read(f"The drone fell {words} in Ukraine.")["Bakhmut"].precision == "near"


@pytest.mark.parametrize("words", ["Most of Bakhmut", "Parts of Bakhmut", "Half of Bakhmut"])
def test_words_of_extent_leave_a_place_as_exact_as_it_is(read, words: str) -> None:  # type: ignore[no-untyped-def]
    assert read(f"{words} fell to the army in Ukraine.")["Bakhmut"].precision == "exact"
    assert read("The eastern part of Bakhmut in Ukraine fell.")["Bakhmut"].precision == "near"


def test_between_two_places_is_near_both(read) -> None:  # type: ignore[no-untyped-def]
    found = read("A convoy was ambushed between Gao and Ansongo in Mali.")
    assert [found[n].precision for n in ("Gao", "Ansongo")] == ["near", "near"]


def test_peoples_persons_and_organisations_are_no_places(read) -> None:  # type: ignore[no-untyped-def]
    text = "Russian warplanes struck, Paris Hilton told the Washington Post, and the Free Syrian Army answered in May."
    assert read(text) == {}


def test_an_unknown_village_is_a_mention_without_coordinates(read) -> None:  # type: ignore[no-untyped-def]
    found = read("Gunmen burned the villages of Zorgaba Tam, Qelwandi and Ushmerra in Sudan.")
    assert {"Zorgaba Tam", "Qelwandi", "Ushmerra"} <= set(found)
    assert found["Qelwandi"].entry is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Gunmen attacked Sherurikk, a village near Gwoza in Nigeria.", "en"),
        ("They entered Sherurikk, a small border town, at dawn on Monday in Nigeria.", "en"),
        ("Des assaillants sont entrés à Sherurikk, une petite localité du Nigeria.", "fr"),
        ("Los guerrilleros atacaron Sherurikk, un pueblo de Colombia.", "es"),
    ],
)
def test_an_unknown_name_that_is_then_said_to_be_a_town_is_one(read, text: str, language: str) -> None:  # type: ignore[no-untyped-def]
    assert read(text, language)["Sherurikk"].precision == "exact"


def test_a_person_of_a_town_is_no_town(read) -> None:  # type: ignore[no-untyped-def]
    assert "Hassan Farah" not in read("Hassan Farah, a village elder, was shot in Somalia.")
    assert "Musa Ibrahim" not in read("In Nigeria Musa Ibrahim, a town council member, fled.")


def test_a_known_name_is_not_cut_out_of_a_longer_unknown_one(read) -> None:  # type: ignore[no-untyped-def]
    found = read("Troops took the village of Bir al-Qamhurah in Syria.")
    assert "Bir al-Qamhurah" in found and "Bir" not in found


def test_the_country_of_the_report_chooses_among_namesakes(read) -> None:  # type: ignore[no-untyped-def]
    libya = read("Militias clashed in Tripoli, Libyan officials said, as fighting in Libya spread to Misrata.")[
        "Tripoli"
    ]
    lebanon = read(
        "Clashes broke out in Tripoli, Lebanese officials said; the army sent troops from Beirut in Lebanon."
    )
    assert libya.entry is not None and libya.entry.country == "LY"
    tripoli = lebanon["Tripoli"].entry
    assert tripoli is not None and tripoli.country == "LB"


def test_a_short_form_of_the_state_behind_a_town_decides(read) -> None:  # type: ignore[no-untyped-def]
    entry = read("The fire in Alexandria, La., hurt two people.")["Alexandria"].entry
    assert entry is not None and entry.admin1 == "Louisiana"


def test_a_plural_sort_counts_for_every_name_of_its_list(read) -> None:  # type: ignore[no-untyped-def]
    found = read("Drones hit the Sumy, Kharkiv and Kherson regions of Ukraine.")
    assert [m.precision for m in found.values()][:3] == ["region"] * 3


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("ru", "Бои шли в Бахмуте и под Авдеевкой.", "Bakhmut"),
        ("uk", "Ворог обстріляв Харків, а також села поблизу Куп'янська.", "Kharkiv"),
        ("tr", "Ordu, Halep'te ve İdlib'in kırsalında ilerledi.", "Aleppo"),
        ("ar", "قصفت الطائرات مدينة سراقب في ريف إدلب.", "Saraqib"),
        ("fr", "Les rebelles sont entrés dans la ville d'Alep.", "Aleppo"),
        ("es", "Un dron cayó cerca de Járkov, en Ucrania.", "Kharkiv"),
        ("tr", "Ordu, Suriye’de Menbiç ve Cerablus yakınlarında ilerledi.", "Manbij"),
    ],
)
def test_inflected_and_foreign_names_reach_the_same_place(read, language: str, text: str, name: str) -> None:  # type: ignore[no-untyped-def]
    assert name in {m.entry.name for m in read(text, language).values() if m.entry is not None}


def test_the_country_is_guessed_from_what_is_named_and_not_from_one_dateline(
    gazetteer: GeoNamesGazetteer, cues: Mapping[str, PlaceCues]
) -> None:
    text = "BEIRUT - Syrian troops fled Hama and Homs. Shelling went on around Salamiyah, east of Hama in Syria."
    assert guess_country(text, split_sentences(text), gazetteer, cues, language="en") == "SY"


def test_every_language_table_loads_with_known_classes(cues: Mapping[str, PlaceCues]) -> None:
    assert set(cues) == {"en", "fr", "es", "de", "ru", "uk", "ar", "tr"}
    assert all(table.before or table.after for table in cues.values())
    assert not {w for table in cues.values() for w in table.stop if w != w.strip()}


def test_a_preposition_that_opens_a_sentence_is_no_part_of_the_name(read) -> None:  # type: ignore[no-untyped-def]
    assert set(read("In Rafah, two houses burned in the Gaza Strip.")) == {"Rafah", "Gaza Strip"}


def test_a_small_homonym_abroad_is_left_open(read) -> None:  # type: ignore[no-untyped-def]
    found = read("In Syria the army left Aleppo, Saraqib, Maarat al-Numan and the town of Bala.")
    assert found["Bala"].entry is None
    assert found["Saraqib"].entry is not None


@pytest.mark.parametrize("word", ["الغرب", "صورة", "السلطات", "أنه", "واحد"])
def test_ordinary_arabic_words_are_no_towns_abroad(read, word: str) -> None:  # type: ignore[no-untyped-def]
    found = read(f"قال مسؤول في دمشق إن {word} في سوريا", language="ar")
    assert word not in found
    assert "دمشق" in found


@pytest.mark.parametrize("place", ["شمال غرب سوريا", "ريف حلب الشمالي"])
def test_arabic_parts_of_a_land_are_regions(read, place: str) -> None:  # type: ignore[no-untyped-def]
    found = read(f"قصف الطيران مواقع في {place} صباح الأحد", language="ar")
    assert [str(m.precision) for m in found.values()] == ["region"]


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("Боевики подошли к Хаме. Армия Сирии отступила.", "ru", "Хаме"),
        ("Suriye ordusu Hama'dan çekildi.", "tr", "Hama"),
        ("انسحب الجيش السوري من حماة", "ar", "حماة"),
    ],
)
def test_a_bare_city_is_the_city_in_every_language(read, text: str, language: str, name: str) -> None:  # type: ignore[no-untyped-def]
    found = read(text, language=language)[name]
    assert found.precision == "exact"
    assert found.entry is not None and found.entry.country == "SY"


@pytest.mark.parametrize("word", ["استراتيجية", "حدودية", "كبيرة"])
def test_an_adjective_behind_city_in_arabic_is_no_city(read, word: str) -> None:  # type: ignore[no-untyped-def]
    found = read(f"سيطرت الفصائل على مدينة {word} في سوريا", language="ar")
    assert word not in found


@pytest.mark.parametrize("word", ["Artillery", "Drones", "Rebel", "Peace"])
def test_a_common_word_at_the_head_of_a_sentence_is_no_town(read, word: str) -> None:  # type: ignore[no-untyped-def]
    assert word not in read(f"{word} fire was heard in Hama, Syria, on Wednesday.")


def test_names_of_one_sort_joined_by_a_word_are_one_enumeration(read) -> None:  # type: ignore[no-untyped-def]
    found = read("Rebels took Saraqib, Khan Shaykhun and Hama. Later Idlib, Syria, was calm.")
    listed = {name: m.listed for name, m in found.items() if name != "Syria"}
    assert listed == {"Saraqib": 0, "Khan Shaykhun": 0, "Hama": 0, "Idlib": None}


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("سقط صاروخ على تل أبيب في إسرائيل", "ar", "Tel Aviv"),
        ("دخلت قوات الدعم السريع ود مدني في السودان", "ar", "Wad Madani"),
        ("أغلقت مصر معبر رفح مع قطاع غزة", "ar", "Rafah crossing"),
        ("قصفت طائرات مطار صنعاء في اليمن", "ar", "Sanaa International Airport"),
    ],
)
def test_an_arabic_name_may_begin_with_an_ordinary_word(read, text: str, language: str, name: str) -> None:  # type: ignore[no-untyped-def]
    assert name in {m.entry.name for m in read(text, language).values() if m.entry is not None}


def test_a_word_for_the_sort_of_an_arabic_name_stays_outside_it(read) -> None:  # type: ignore[no-untyped-def]
    assert "غزة" in read("دخل الجيش مدينة غزة في فلسطين", "ar")


def test_a_turkish_case_behind_the_apostrophe_says_that_a_place_is_meant(read) -> None:  # type: ignore[no-untyped-def]
    text = "Rusya Devlet Başkanı Putin'in Soçi'de gerçekleştirdiği görüşmede, {} silahtan arındırılmış bölge kuruldu."
    assert "İdlib" in read(text.format("İdlib'de"), "tr")
    assert "İdlib" not in read(text.format("İdlib"), "tr")


def test_a_city_abroad_in_arabic_needs_a_preposition_somewhere(read) -> None:  # type: ignore[no-untyped-def]
    text = "قال الرئيس الأميركي في واشنطن إن الجيش الأفغاني تقدم. سقطت قندوز {} بيد طالبان."
    assert "قندوز" in read(text.format("وقتل كثيرون في قندوز"), "ar")
    assert "قندوز" not in read(text.format("أمس"), "ar")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("They hold Hama, Homs and Idlib in Syria.", ["Hama", "Homs", "Idlib"]),
        ("They hold Hama and parts of Homs in Syria.", ["Hama", "Homs"]),
        ("Hama, Homs, Idlib: all in Syria fell.", ["Hama", "Homs", "Idlib"]),
        ("Syrian troops left Hama, Homs and nearby villages.", ["Hama", "Homs"]),
        ("They took Saraqib, Idlib, on Friday in Syria.", []),
        ("They moved near Saraqib, west of Homs and in Hama in Syria.", ["Saraqib", "Homs", "Hama"]),
    ],
)
def test_an_enumeration_of_places_is_one_list(read, text: str, names: list[str]) -> None:  # type: ignore[no-untyped-def]
    found = read(text)
    assert [n for n, m in found.items() if m.listed is not None] == names
    assert len({m.listed for n, m in found.items() if n in names}) == (1 if names else 0)


def test_an_unknown_name_in_the_middle_of_an_enumeration_of_places_is_one(read) -> None:  # type: ignore[no-untyped-def]
    found = read("Fighters took Saraqib, Jamiyat Al-Maari and Khan Shaykhun in Syria.")
    assert found["Jamiyat Al-Maari"].entry is None
    assert found["Jamiyat Al-Maari"].listed == found["Saraqib"].listed
    assert "Zelensky" not in read("In Kyiv, Zelensky spoke; Moscow and Minsk kept silent.")
    assert "Omar Rifaat" not in read("Reports came from Aleppo, Omar Rifaat said, and Hama in Syria.")


def test_a_direction_from_it_tells_that_an_unknown_name_is_a_place(read) -> None:  # type: ignore[no-untyped-def]
    found = read("Ukrainian troops advanced south-east of Zorkanivka and officers close to Zorkanenko cheered.")
    assert found["Zorkanivka"].span.text == "south-east of Zorkanivka"
    assert "Zorkanenko" not in found


@pytest.mark.parametrize("words", ["northern city of", "north-eastern town of", "neighbouring village of"])
def test_an_adjective_before_a_word_for_a_settlement_tells_which_it_is(read, words: str) -> None:  # type: ignore[no-untyped-def]
    assert read(f"Rebels took the {words} Saraqib in Syria.")["Saraqib"].precision == "exact"
    assert read("Rebels shelled northern Saraqib in Syria.")["Saraqib"].precision == "near"
    assert read("It fell north of the city of Saraqib in Syria.")["Saraqib"].precision == "near"


@pytest.mark.parametrize("person", ["Maria K. Bell", "Bill Bell", "Sgt. Bell"])
def test_a_surname_once_told_is_no_town_later(read, person: str) -> None:  # type: ignore[no-untyped-def]
    assert "Bell" not in read(f"Yesterday {person} was shot in Toledo. Officers say that Bell ran.")


@pytest.mark.parametrize("word", ["Council", "Home", "Liberal", "Superior"])
def test_a_word_of_the_language_is_a_town_only_behind_a_preposition(read, word: str) -> None:  # type: ignore[no-untyped-def]
    assert word not in read(f"In Ohio the {word} met.")
    assert word in read(f"The fire began in {word} in the United States, officials said.")


def test_the_people_of_a_town_say_that_it_is_one(read) -> None:  # type: ignore[no-untyped-def]
    assert "Gainesville" in read("Gainesville residents fled.")


def test_the_seat_of_a_member_of_parliament_is_a_place(read) -> None:  # type: ignore[no-untyped-def]
    entry = read("Sen. Ann Tully, D-Chicopee, of Massachusetts, agreed.")["Chicopee"].entry
    assert entry is not None and entry.admin1 == "Massachusetts"


def test_a_people_of_two_words_speaks_for_its_own_country(
    gazetteer: GeoNamesGazetteer, cues: Mapping[str, PlaceCues]
) -> None:
    text = "South Sudanese troops and South Sudanese rebels signed."
    assert guess_country(text, split_sentences(text), gazetteer, cues) == "SS"


def test_a_headline_in_capitals_means_what_the_text_does(read) -> None:  # type: ignore[no-untyped-def]
    found = read("ALBANY WOMAN FOUND. A woman from Albany, Ga., was found on Monday.")
    keys = {m.entry.admin1 for name, m in found.items() if name.casefold() == "albany" and m.entry is not None}
    assert keys == {"Georgia"}


def test_a_division_in_the_name_of_a_body_speaks_for_its_towns(read) -> None:  # type: ignore[no-untyped-def]
    body = "The {} Bureau of Investigation came to Albany with the {} Forestry Commission."
    assert read(body.format("Georgia", "Georgia"))["Albany"].entry.admin1 == "Georgia"
    assert read(body.format("New York", "New York"))["Albany"].entry.admin1 == "New York"


def test_a_part_of_a_land_leaves_the_land_itself_a_country(read) -> None:  # type: ignore[no-untyped-def]
    text = "Hunger in Sudan grew. Things are worst in Darfur, in western Sudan, and in eastern Sudan."
    found = find_first(read, text, "Sudan")
    assert found.entry is not None and found.entry.feature_code == "PCLI"
