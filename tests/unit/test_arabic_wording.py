"""Arabic of the brief: numbers and what they count, gender, cases, days, names of either script."""

from datetime import date

import pytest

from warledger.domain.claim import Figure
from warledger.domain.codes import Harm, Modality
from warledger.domain.phrases import Language, Phrases
from warledger.domain.place import GazetteerEntry, Place, PlacePrecision
from warledger.domain.when import Interval, TimePrecision
from warledger.knowledge import Knowledge
from warledger.settings import Settings
from warledger.tell.measures import Measures
from warledger.tell.naming import Naming
from warledger.tell.reasons import Reasons
from warledger.tell.templates import fill


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge(Settings())


@pytest.fixture(scope="module")
def phrases(knowledge: Knowledge) -> Phrases:
    return knowledge.phrases_in(Language.ARABIC)


@pytest.fixture(scope="module")
def naming(phrases: Phrases, knowledge: Knowledge) -> Naming:
    return Naming(phrases=phrases, known=knowledge.known_names)


@pytest.fixture(scope="module")
def measures(phrases: Phrases) -> Measures:
    return Measures(phrases=phrases, year=2024)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 شخص"),
        (1, "شخص واحد"),
        (2, "شخصين"),
        (3, "3 أشخاص"),
        (10, "10 أشخاص"),
        (11, "11 شخصًا"),
        (99, "99 شخصًا"),
        (100, "100 شخص"),
        (102, "102 شخص"),
        (103, "103 أشخاص"),
        (327, "327 شخصًا"),
        (1200, "1,200 شخص"),
    ],
)
def test_people_are_counted_in_the_number_that_arabic_asks_for(measures, number, said):
    assert measures.people(number, number, "total") == said


@pytest.mark.parametrize(
    ("figures", "said"),
    [
        ([(1, 1, "civilians")], "مقتل مدني واحد"),
        ([(2, 2, "children")], "مقتل طفلين"),
        ([(300, None, "total")], "مقتل ما لا يقل عن 300 شخص"),
        ([(None, 40, "soldiers")], "مقتل ما يصل إلى 40 جنديًا"),
        ([(12, 20, "total")], "مقتل ما بين 12 و20 شخصًا"),
        ([(727, 727, "total"), (111, 111, "civilians")], "مقتل 727 شخصًا (111 مدنيًا)"),
        ([(5, 5, "fighters"), (3, 3, "soldiers")], "مقتل 5 مقاتلين و3 جنود"),
        ([(None, None, "total")], ""),
    ],
)
def test_figures_keep_their_bounds(measures, figures, said):
    assert measures.figures([Figure(harm=Harm.KILLED, min=a, max=b, of=c) for a, b, c in figures]) == said


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "(مصدر مستقل واحد)"),
        (2, "(مصدران مستقلان)"),
        (3, "(3 مصادر مستقلة)"),
        (11, "(11 مصدرًا مستقلًا)"),
        (100, "(100 مصدر مستقل)"),
    ],
)
def test_sources_are_counted_so_too(phrases, measures, number, said):
    assert fill(phrases.grades["fair"], n=measures.count(number)) == said


@pytest.mark.parametrize(
    ("start", "end", "precision", "said"),
    [
        ("2024-11-30", "2024-11-30", "day", "في 30 نوفمبر/تشرين الثاني"),
        ("2024-11-27", "2024-11-30", "week", "بين 27 و30 نوفمبر/تشرين الثاني"),
        ("2023-12-30", "2024-01-02", "week", "بين 30 ديسمبر/كانون الأول 2023 و2 يناير/كانون الثاني 2024"),
        (None, "2024-12-05", "open", "بحلول 5 ديسمبر/كانون الأول"),
        ("2020-03-01", "2020-03-31", "month", "في مارس/آذار 2020"),
        ("2016-01-01", "2016-12-31", "year", "في عام 2016"),
    ],
)
def test_days_have_both_names_of_the_month(measures, start, end, precision, said):
    interval = Interval(
        start=date.fromisoformat(start) if start else None,
        end=date.fromisoformat(end) if end else None,
        precision=TimePrecision(precision),
    )
    assert measures.when(interval) == said


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["Military Forces of Syria"], "شنّت القوات المسلحة السورية غارات جوية"),
        (["Hayat Tahrir al-Sham"], "شنّت هيئة تحرير الشام غارات جوية"),
        (["Syrian National Army"], "شنّ الجيش الوطني السوري غارات جوية"),
        (["Hezbollah"], "شنّ حزب الله غارات جوية"),
        (["Hamas"], "شنّت حماس غارات جوية"),
        (["Rebels (Mali)"], "شنّ متمردون غارات جوية"),
        (["Jabal Hawks"], "شنّ \u2068Jabal Hawks\u2069 غارات جوية"),
        (["Syrian National Army", "Hayat Tahrir al-Sham"], "شنّ الجيش الوطني السوري وهيئة تحرير الشام غارات جوية"),
    ],
)
def test_the_verb_goes_with_the_gender_of_the_first_subject(phrases, naming, names, said):
    assert fill(phrases.events["air_strike"].does, subject=naming.parties(names)) == said


def test_a_sound_plural_ends_otherwise_behind_a_verb_or_a_preposition(phrases, naming):
    civilians = naming.parties(["Civilians (Syria)"])
    assert civilians.text == "مدنيون"
    attack = phrases.events["attack"]
    assert fill(attack.happens, target=civilians) == "وقع اعتداء على مدنيين"
    assert fill(attack.does, subject=naming.parties(["Rebels (Mali)"]), target=civilians) == "هاجم متمردون مدنيين"
    assert fill(attack.plan, subject=naming.parties(["Rebels (Mali)"]), target=civilians) == "مهاجمة متمردين مدنيين"


def test_each_of_several_names_ends_so(naming):
    side = naming.parties(["Military Forces of Syria", "Civilians (Syria)", "Rebels (Mali)"])
    assert side.text == "القوات المسلحة السورية ومدنيون ومتمردون"
    assert side.oblique == "القوات المسلحة السورية ومدنيين ومتمردين"


def test_what_is_not_asserted_is_told_with_the_verbal_noun(phrases, naming):
    plan = fill(phrases.events["air_strike"].plan, subject=naming.parties(["Military Forces of Russia"]))
    denied = fill(phrases.modalities[Modality.DENIED], source=naming.actors(["Government of Russia"]), plan=plan)
    assert denied == "نفت الحكومة الروسية شنّ القوات المسلحة الروسية غارات جوية"
    assert fill(phrases.modalities[Modality.NEGATED], plan=plan).startswith("أفادت تقارير بعدم شنّ القوات")


def test_a_private_person_is_not_named_in_arabic_either(naming):
    assert naming.actor("Amina Diallo") == "شخص مذكور بالاسم"


def _place(name: str, precision: PlacePrecision, key: str | None = None, code: str = "PPL") -> Place:
    entry = None
    if key is not None:
        entry = GazetteerEntry(
            key=key, geonames_id=7, name=name, latitude=1, longitude=2, feature_code=code, country="SY", admin1="Aleppo"
        )
    return Place(name=name, entry=entry, precision=precision)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (_place("Aleppo", PlacePrecision.EXACT, "gn:170063"), "في حلب"),
        (_place("Aleppo", PlacePrecision.NEAR, "gn:170063"), "قرب حلب"),
        (_place("Aleppo countryside", PlacePrecision.REGION, "gn:170063"), "في محيط حلب"),
        (_place("ريف حلب الغربي", PlacePrecision.REGION, "gn:170063"), "في ريف حلب الغربي"),
        (_place("Jamiyat Al-Maari", PlacePrecision.EXACT), "في \u2068Jamiyat Al-Maari\u2069"),
        (_place("خان طومان", PlacePrecision.EXACT), "في خان طومان"),
        (_place("Aleppo\u202e\u2066x", PlacePrecision.EXACT), "في \u2068Aleppo x\u2069"),
    ],
)
def test_a_place_is_written_as_arabic_writes_it_or_set_apart(naming, place, said):
    assert naming.at(place) == said


def test_several_places_share_their_preposition(naming):
    hama, aleppo = (_place(n, PlacePrecision.EXACT, k) for n, k in (("Hama", "gn:170017"), ("Aleppo", "gn:170063")))
    assert naming.at_all([hama, aleppo]) == "في حماة وحلب"
    assert naming.away([hama, aleppo]) == "من حماة وحلب"
    assert naming.away([_place("Hama", PlacePrecision.NEAR, "gn:170017")]) == "من قرب حماة"


def test_where_forces_move_is_told_by_division_only(naming, knowledge):
    aleppo = next(e for e in knowledge.gazetteer.find("Aleppo") if e.feature_code == "PPL")
    told = naming.coarse(Place(name="Aleppo", entry=aleppo, precision=PlacePrecision.EXACT))
    assert naming.at(told) == "في محافظة حلب"


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("one origin: Reuters", "مصدر أصلي واحد: رويترز"),
        ("one origin: Jabal Post, with doubt", "مصدر أصلي واحد: \u2068Jabal Post\u2069، مع تشكيك"),
        ("2 independent origins: Reuters, Hezbollah", "مصدران أصليان مستقلان: رويترز وحزب الله"),
        (
            "3 independent origins, of which Reuters is no party: Hamas, Hezbollah, Reuters",
            "3 مصادر أصلية مستقلة: حماس وحزب الله ورويترز؛ وليست رويترز طرفًا فيه",
        ),
        ("Reuters says so, Hezbollah denies it", "تقول ذلك رويترز، وينفيه حزب الله"),
        (
            "dead: at least 20 by Hamas, 4 to 6 by Doe, Roe, 7 by Reuters",
            "القتلى: 20 على الأقل بحسب حماس و4 إلى 6 بحسب \u2068Doe, Roe\u2069 و7 بحسب رويترز",
        ),
        (
            "accepted by A. Editor: seen (without that weak: one origin: Reuters)",
            "قبول من \u2068A. Editor\u2069: \u2068seen\u2069 (والدرجة من دون ذلك من مصدر واحد: مصدر أصلي واحد: رويترز)",
        ),
        (
            "one origin: Reuters; place corrected by A. Editor: misread",
            "مصدر أصلي واحد: رويترز؛ تصحيح من \u2068A. Editor\u2069 (المكان): \u2068misread\u2069",
        ),
        (
            "nothing else of the kind; 2 of 95 months from 2017-01 to 2024-11 have events in SY, 1 in Aleppo",
            "لا شيء آخر من هذا النوع؛ في السجل أحداث في \u2068SY\u2069 في 2 من أصل 95 شهرًا، من يناير/كانون الثاني 2017"
            " إلى نوفمبر/تشرين الثاني 2024، وفي محافظة حلب في 1 منها",
        ),
        ("confidence 0.12, below 0.35", "الثقة 0.12، دون 0.35"),
        ("words that no template has", "\u2068words that no template has\u2069"),
    ],
)
def test_a_reason_is_read_back_and_told_in_arabic(knowledge, phrases, kept, said):
    assert Reasons(kept=knowledge.phrases, phrases=phrases).tell(kept) == said


def test_every_reason_is_told_in_english_as_it_was_written(knowledge):
    english = Reasons(kept=knowledge.phrases, phrases=knowledge.phrases)
    for kept in ("one origin: Jabal Post, with doubt", "Jabal Post names rebels, Hill Post names tribes"):
        assert english.tell(kept) == kept
