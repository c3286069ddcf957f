from datetime import date
from pathlib import Path

import pytest

import warledger
from warledger.adapters.tables.actors import load_actor_names
from warledger.domain.mention import ActorMention
from warledger.domain.naming import ActorNames
from warledger.read.actors import find_actors
from warledger.read.sentences import split_sentences

DATA = Path(warledger.__file__).parent / "data"


@pytest.fixture(scope="module")
def names() -> ActorNames:
    return load_actor_names(DATA)


def read(
    text: str, names: ActorNames, *, country: str | None = None, language: str = "en", on: str = "2024-11-30"
) -> dict[str, ActorMention]:
    mentions = find_actors(
        text,
        split_sentences(text),
        names,
        published=date.fromisoformat(on),
        country=country,
        language=language,
    )
    assert all(text[m.span.start : m.span.end] == m.span.text for m in mentions)
    return {m.span.text: m for m in mentions}


def test_every_name_of_a_group_leads_to_its_entry(names: ActorNames) -> None:
    found = read("HTS and Hay'at Tahrir al-Sham are one; the SDF is another.", names)
    assert found["HTS"].actors == found["Hay'at Tahrir al-Sham"].actors == ("Hayat Tahrir al-Sham",)
    assert found["SDF"].actors == ("Syrian Democratic Forces",)


def test_nationality_and_noun_make_the_military(names: ActorNames) -> None:
    found = read("Russian warplanes hit the road at dawn.", names)
    assert found["Russian warplanes"].actors == ("Military Forces of Russia",)


def test_a_nationality_may_end_a_sentence(names: ActorNames) -> None:
    found = read("The commander of the battalion is Syrian", names)
    assert found["Syrian"].actors == ("Government of Syria",)


def test_two_nationalities_make_two_actors(names: ActorNames) -> None:
    found = read("Russian and Syrian jets flew over the valley.", names)
    assert found["Russian and Syrian jets"].actors == ("Military Forces of Russia", "Military Forces of Syria")


def test_a_capital_stands_for_its_government(names: ActorNames) -> None:
    found = read("Ankara called for calm, and the Kremlin said nothing.", names)
    assert found["Ankara"].actors[0] == "Government of Turkey"
    assert found["Ankara"].rule == "metonym"


def test_the_rebels_are_the_group_named_before_and_may_be_others(names: ActorNames) -> None:
    found = read("The RSF shelled the market. The rebels then left.", names, country="SD")
    assert found["rebels"].actors == ("Rapid Support Forces",)
    assert "Rebels (Sudan)" in found["rebels"].alternatives


@pytest.mark.parametrize(
    ("text", "language", "rebels"),
    [
        ("HTS, a group linked to al-Qaeda, shelled the road. The terrorists then left.", "en", "terrorists"),
        (
            "HTS, une milice affiliée à Al-Qaïda, a bombardé la route. Les terroristes sont partis.",
            "fr",
            "terroristes",
        ),
        ("HTS, vinculado a Al Qaeda, bombardeó la carretera. Los terroristas se fueron.", "es", "terroristas"),
    ],
)
def test_whom_a_group_is_linked_to_is_not_the_rebels_spoken_of(
    names: ActorNames, text: str, language: str, rebels: str
) -> None:
    assert read(text, names, country="SY", language=language)[rebels].actors == ("Hayat Tahrir al-Sham",)


def test_whom_a_group_is_linked_to_is_meant_where_no_other_group_is_named(names: ActorNames) -> None:
    text = "A man of the armed wing of Hamas shelled the road. The militants then left."
    assert read(text, names, country="PS")["militants"].actors == ("Hamas",)


def test_rebels_that_no_text_names_belong_to_their_country(names: ActorNames) -> None:
    assert read("Rebels burned the bridge.", names, country="ML")["Rebels"].actors == ("Rebels (Mali)",)


def test_unnamed_gunmen_stay_unidentified(names: ActorNames) -> None:
    found = read("Gunmen stormed a farm.", names, country="NG")
    assert found["Gunmen"].actors == ("Unidentified armed group (Nigeria)",)


def test_the_army_without_a_nationality_is_the_countrys_own(names: ActorNames) -> None:
    assert read("The army withdrew.", names, country="ET")["army"].actors == ("Military Forces of Ethiopia",)


def test_victims_are_civilians_of_the_country(names: ActorNames) -> None:
    found = read("Six villagers died.", names, country="BF")
    assert found["villagers"].actors == ("Civilians (Burkina Faso)",)
    assert found["villagers"].form == "people"


def test_an_acronym_that_the_text_introduces_is_the_full_name(names: ActorNames) -> None:
    found = read("The Upper Valley Front (UVF) took the pass. UVF men then rested.", names)
    assert found["UVF"].actors == ("Upper Valley Front",)


def test_words_inside_words_are_no_names(names: ActorNames) -> None:
    found = read("The ambassador spoke of human rights.", names)
    assert not any("Assad" in a or "Hayat" in a for m in found.values() for a in m.actors)


def test_a_short_acronym_counts_only_in_capitals(names: ActorNames) -> None:
    assert "is" not in read("It is late.", names)


def test_a_name_means_who_bore_it_in_that_year(names: ActorNames) -> None:
    assert read("Afghan police met Ghani.", names, on="2020-05-01")["Ghani"].actors == ("Government of Afghanistan",)
    assert read("Assad spoke.", names, on="2020-05-01")["Assad"].actors == ("Government of Syria",)
    sharaa = "Sharaa spoke.", "Sharaa"
    assert read(sharaa[0], names, on="2025-05-01")[sharaa[1]].actors == ("Government of Syria",)


@pytest.mark.parametrize(
    ("language", "text", "words", "actor"),
    [
        ("ru", "Российские войска обстреляли город.", "Российские войска", "Military Forces of Russia"),
        ("uk", "Українські військові відбили атаку.", "Українські військові", "Military Forces of Ukraine"),
        ("fr", "L'armée malienne a repris la ville.", "armée malienne", "Military Forces of Mali"),
        ("es", "El ejército colombiano atacó.", "ejército colombiano", "Military Forces of Colombia"),
        ("ar", "قصفت القوات الإسرائيلية المدينة.", "القوات الإسرائيلية", "Military Forces of Israel"),
        ("tr", "Türk ordusu köye girdi.", "Türk ordusu", "Military Forces of Turkey"),
    ],
)
def test_other_languages_describe_armies_by_their_own_tables(
    names: ActorNames, language: str, text: str, words: str, actor: str
) -> None:
    assert read(text, names, language=language)[words].actors[0] == actor


def test_every_side_and_year_of_the_tables_makes_sense(names: ActorNames) -> None:
    assert {a.side for a in names.actors.values()} <= {"state", "nonstate", "foreign", None}
    for owners in names.names.values():
        assert owners
        for owner in owners:
            assert owner.start is None or owner.end is None or owner.start <= owner.end
    assert {a.country for a in names.actors.values()} - {None} <= set(names.states)


@pytest.mark.parametrize(
    ("language", "country", "on", "text", "actor"),
    [
        ("fr", "CD", "2025-01-15", "Hier la Monusco a évacué la base.", "MONUSCO"),
        ("en", "MZ", "2013-10-22", "Renamo called the assault the end of the peace.", "RENAMO"),
        ("ar", "ML", "2012-06-15", "أعلنت جماعة أنصار الدين الهجوم.", "Ansar Dine"),
        ("ar", "YE", "2022-06-15", "قال جو بايدن إن الهدنة صامدة.", "Government of the United States"),
        ("ar", "SD", "2024-06-15", "شاركت المقاومة الشعبية في القتال.", "Popular Resistance (Sudan)"),
        ("ru", "SY", "2018-06-15", "Самолеты международной коалиции нанесли удар.", "Global Coalition Against Daesh"),
        ("es", "UA", "2022-06-15", "Los servicios secretos ucranianos lo niegan.", "Security Service of Ukraine"),
    ],
)
def test_the_press_of_each_language_names_groups_in_its_own_way(
    names: ActorNames, language: str, country: str, on: str, text: str, actor: str
) -> None:
    found = read(text, names, country=country, language=language, on=on)
    assert (actor,) in {m.actors for m in found.values()}


def test_an_acronym_counts_as_a_word_only_where_a_table_spells_it_so(names: ActorNames) -> None:
    assert read("Minusca patrols returned.", names)["Minusca"].actors == ("MINUSCA",)
    assert "Fact" not in read("Fact sheets were handed out.", names, country="TD")


def test_french_articles_written_onto_a_noun_do_not_hide_a_name(names: ActorNames) -> None:
    found = read("Le Haut-Commissariat de l'ONU aux droits de l’homme enquête.", names, language="fr")
    name = "Office of the United Nations High Commissioner for Human Rights"
    assert found["Haut-Commissariat de l'ONU aux droits de l’homme"].actors == (name,)


@pytest.mark.parametrize(
    ("country", "actor"), [("BF", "Volunteers for the Defense of the Homeland"), ("CD", "Wazalendo")]
)
def test_of_two_that_bear_one_name_the_reports_country_has_its_own(names: ActorNames, country: str, actor: str) -> None:
    found = read("The army and the VDP are accused of killing villagers.", names, country=country)
    assert found["VDP"].actors == (actor,)


def test_a_seat_of_government_is_not_its_first_word(names: ActorNames) -> None:
    found = read("The White House warned of a risk.", names, country="UA")
    assert found["White House"].actors == ("Government of the United States",)
    assert "White" not in found


@pytest.mark.parametrize(
    "text", ["استهدفت طائرة مسيرة قاعدة عسكرية في ولاية الجزيرة.", "اتهمت الميليشيات العربية بارتكاب المجزرة."]
)
def test_words_that_name_a_channel_or_a_group_beside_others_alone_name_nobody(names: ActorNames, text: str) -> None:
    found = read(text, names, country="SD", language="ar")
    assert not {"Al Jazeera", "Al Arabiya", "Al Masirah TV", "Al-Qaeda"} & {m.actors[0] for m in found.values()}


def test_people_who_march_are_protesters(names: ActorNames) -> None:
    found = read("Thousands marched through Tel Aviv on Saturday.", names, country="IL")
    assert found["marched"].actors == ("Protesters",)


@pytest.mark.parametrize(
    ("text", "language"),
    [("Moscow lodged a protest with the Security Council.", "en"), ("حشود عسكرية تركية على الحدود السورية.", "ar")],
)
def test_a_note_of_protest_and_troops_that_mass_are_no_protesters(names: ActorNames, text: str, language: str) -> None:
    found = read(text, names, country="SY", language=language)
    assert "Protesters" not in {m.actors[0] for m in found.values()}


@pytest.mark.parametrize(
    ("text", "words", "actors"),
    [
        (
            "The RSF attacked the camp of the Sudanese army on Sunday. It burned the market.",
            "It",
            ("Rapid Support Forces",),
        ),
        (
            "Al-Shabaab said on Friday that it had driven Kenyan troops from the base.",
            "it",
            ("Al-Shabaab",),
        ),
        (
            "The RSF shelled a camp of refugees, Reuters reported. It denied the attack.",
            "It",
            ("Rapid Support Forces",),
        ),
        (
            "The Three Brotherhood Alliance beat Myanmar's army, Reuters said. The town is held by the alliance.",
            "the alliance",
            ("Three Brotherhood Alliance",),
        ),
        (
            "The Taliban met Hamid Karzai in Kabul. The movement promised an amnesty.",
            "The movement",
            ("Taliban",),
        ),
        (
            "Al-Shabaab fought Somali troops near the river. Both sides lost men.",
            "Both sides",
            ("Al-Shabaab", "Military Forces of Somalia"),
        ),
    ],
)
def test_a_pronoun_means_what_the_sentence_is_about_and_whom_its_words_allow(
    text: str, words: str, actors: tuple[str, ...], names: ActorNames
) -> None:
    assert read(text, names)[words].actors == actors


def test_a_head_behind_a_name_is_its_bearers_own(names: ActorNames) -> None:
    found = read("Hezbollah fighters met M23 rebels and RSF troops.", names, country="SY")
    assert {a for m in found.values() for a in m.actors} == {
        "Hezbollah",
        "March 23 Movement",
        "Rapid Support Forces",
    }


def test_forces_of_a_government_are_its_military_and_aid_workers_of_the_un_stay_people(names: ActorNames) -> None:
    found = read("Syrian government forces stopped UN aid workers.", names, country="SY")
    assert found["Syrian government forces"].actors == ("Military Forces of Syria",)
    assert found["aid workers"].actors == ("Aid workers",)


def test_a_name_of_a_side_stays_a_name_before_groups(names: ActorNames) -> None:
    found = read("HTS grew while Turkey backed Syrian opposition groups.", names, country="SY")
    assert any(m.actors == ("Syrian opposition",) for m in found.values())


def test_a_source_told_again_is_the_one_told_in_more_words(names: ActorNames) -> None:
    found = read("Military sources said the road was cut. The sources added that officials had left.", names)
    assert found["Military sources"].actors == ("Military sources",)
    assert found["sources"].actors == ("Military sources",)
    assert "sources" in found["sources"].alternatives
    assert found["officials"].actors == ("officials",)


def test_a_name_is_that_of_its_day(names: ActorNames) -> None:
    then = read("The Janjaweed burned three villages.", names, country="SD", on="2004-08-24")
    now = read("The Janjaweed burned three villages.", names, country="SD", on="2023-08-24")
    assert then["Janjaweed"].actors == ("Janjaweed",)
    assert now["Janjaweed"].actors == ("Rapid Support Forces",)
