import re
from datetime import date
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import warledger
from warledger.adapters.tables.actors import load_actor_names
from warledger.adapters.tables.relations import PREDICATES, load_memberships, load_relations
from warledger.domain.actor import Actor, ActorKind, DatedRelation
from warledger.domain.errors import DataError

DATA = Path(warledger.__file__).parent / "data"
HEADER = "subject\tpredicate\tobject\tstart\tend\n"


@pytest.fixture(scope="module")
def actors() -> dict[str, Actor]:
    return dict(load_actor_names(DATA).actors)


@pytest.fixture(scope="module")
def relations() -> list[tuple[str, DatedRelation]]:
    return [(subject, relation) for subject, some in load_relations(DATA).items() for relation in some]


def written(folder: Path, *rows: str) -> Path:
    (folder / "actors").mkdir()
    (folder / "actors" / "relations.tsv").write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    return folder


def test_the_table_names_the_parties_of_the_wars_since_2011(actors: dict[str, Actor]) -> None:
    states = (ActorKind.GOVERNMENT, ActorKind.MILITARY, ActorKind.POLICE)
    assert len([a for a in actors.values() if a.kind not in states]) >= 450


def test_there_are_relations_of_each_kind_between_organisations(relations: list[tuple[str, DatedRelation]]) -> None:
    assert len(relations) >= 300
    assert {relation.predicate for _, relation in relations} >= PREDICATES - {"same_as"}


def test_every_relation_joins_two_actors_of_the_table(
    actors: dict[str, Actor], relations: list[tuple[str, DatedRelation]]
) -> None:
    for subject, relation in relations:
        assert subject in actors and relation.object in actors and subject != relation.object
        assert relation in actors[subject].relations


def test_no_actor_is_part_of_itself_over_others(relations: list[tuple[str, DatedRelation]]) -> None:
    above: dict[str, set[str]] = {}
    for subject, relation in relations:
        if relation.predicate == "part_of":
            above.setdefault(subject, set()).add(relation.object)
    assert list(TopologicalSorter(above).static_order())


def test_nobody_supports_and_opposes_the_same_actor_from_one_year_on(
    relations: list[tuple[str, DatedRelation]],
) -> None:
    stands = {(s, r.object, r.start): r.predicate for s, r in relations if r.predicate == "supports"}
    assert [s for s, r in relations if r.predicate == "opposes" and (s, r.object, r.start) in stands] == []


def test_years_become_their_first_and_last_day(actors: dict[str, Actor]) -> None:
    relation = next(r for r in actors["People's Protection Units"].relations if r.predicate == "part_of")
    assert relation == DatedRelation(predicate="part_of", object="Syrian Democratic Forces", start=date(2015, 1, 1))
    ended = next(r for r in actors["Syrian National Army"].relations if r.object == "Syrian opposition")
    assert ended.end == date(2025, 12, 31)


def test_wikidata_ids_are_well_formed_and_belong_to_one_actor_each(actors: dict[str, Actor]) -> None:
    ids = [a.wikidata for a in actors.values() if a.wikidata is not None]
    assert len(ids) >= 30
    assert all(re.fullmatch(r"Q[1-9]\d*", i) for i in ids)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("Hamas\tlikes\tHezbollah\t\t", "is no predicate"),
        ("Hamas\tsupports\tHezbollah\t2019\t2012", "ends before it starts"),
        ("Hamas\tsupports\tHezbollah\tlast year\t", "is no year"),
        ("Hamas\tsupports\tHezbollah\t2019", "4 columns instead of 5"),
    ],
)
def test_a_row_that_breaks_the_table_is_refused(tmp_path: Path, row: str, says: str) -> None:
    with pytest.raises(DataError, match=says):
        load_relations(written(tmp_path, row))


def test_a_relation_told_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="told twice"):
        load_relations(written(tmp_path, "Hamas\topposes\tFatah\t2007\t", "Hamas\topposes\tFatah\t2007\t"))


def test_only_parties_that_fight_are_members_for_telling_events_together() -> None:
    members = {name: tuple(r.object for r in above) for name, above in load_memberships(DATA).items()}
    assert "Syrian Democratic Forces" in members["People's Protection Units"]
    assert members["Military Forces of Saudi Arabia"] == ("Saudi-led coalition",)
    assert "MONUSCO" not in members


def test_whoever_leads_a_group_is_a_person_and_the_group_none(
    actors: dict[str, Actor], relations: list[tuple[str, DatedRelation]]
) -> None:
    led = [(actors[s], actors[r.object]) for s, r in relations if r.predicate == "controls_group"]
    assert len(led) >= 90
    assert all(who.kind is ActorKind.PERSON and group.kind is not ActorKind.PERSON for who, group in led)
