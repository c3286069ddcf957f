"""Translations: one text in two languages is one origin; two accounts of one battle are two."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve, frozen

from warledger.adapters.tables.corroborate import FOLDER, load_affiliations, load_translation_weights, load_weights
from warledger.app import App, build
from warledger.cli.show_origins import show_origins
from warledger.corroborate.events import corroborate
from warledger.corroborate.origin_graph import origin_graph
from warledger.corroborate.translations import aligned, first_prints, is_translation
from warledger.domain.claim import EventClaim
from warledger.domain.codes import EventType, Grade
from warledger.domain.corroboration import Named, NamedKind
from warledger.domain.errors import DataError
from warledger.domain.event import Event
from warledger.domain.origin import LinkKind, OriginGraph, OriginLink
from warledger.domain.place import Place, PlacePrecision
from warledger.domain.records import claim_id
from warledger.domain.report import Report
from warledger.domain.span import Span
from warledger.domain.when import Interval
from warledger.ports import KeptClaim
from warledger.settings import Settings

STORIES = Path(__file__).parents[1] / "translations" / "stories.jsonl"
WEIGHTS = load_translation_weights()
TABLE = load_affiliations()
ONE_TEXT = frozenset({"source", "translation", "cut"})
LEAST_RECALL = 0.9
THURSDAY = date(2024, 12, 5)
KNEW = datetime(2024, 12, 7, tzinfo=UTC)
PAPERS = {"en": "Orontes Post", "ar": "Al-Asi", "ru": "Volga Herald", "tr": "Liman Gazetesi"}


@frozen
class Written:
    """A report of a story: `source`, `translation`, `cut`, `independent`, `follow-up` or `correction`."""

    story: str
    kind: str
    report: Report


@pytest.fixture(scope="module")
def app() -> App:
    return build(Settings())


@pytest.fixture(scope="module")
def stories() -> dict[str, list[Written]]:
    found: dict[str, list[Written]] = defaultdict(list)
    for line in STORIES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found[row["story"]].append(Written(row["story"], row["kind"], written(row)))
    return found


def written(row: dict[str, Any]) -> Report:
    return Report(
        id=row["id"],
        published=date.fromisoformat(row["published"]),
        text=row["text"],
        sha256="",
        publisher=PAPERS.get(row["language"]),
        language=row["language"],
    )


def in_two_languages(reports: Sequence[Written]) -> Iterator[tuple[Written, Written]]:
    return (p for p in combinations(reports, 2) if p[0].report.language != p[1].report.language)


def is_one_text(a: Written, b: Written) -> bool:
    return a.story == b.story and {a.kind, b.kind} <= ONE_TEXT


def test_translations_are_told_from_other_accounts_of_the_same_days(
    app: App, stories: dict[str, list[Written]]
) -> None:
    pairs = [pair for told in stories.values() for pair in in_two_languages(told)]
    called = [p for p in pairs if is_translation(*(app.names_in(w.report) for w in p), WEIGHTS)]
    right, there = sum(is_one_text(*p) for p in called), sum(is_one_text(*p) for p in pairs)
    print(f"{len(pairs)} pairs: precision {right}/{len(called)}, recall {right}/{there}")
    assert [(a.report.id, b.report.id) for a, b in called if not is_one_text(a, b)] == []
    assert right / there >= LEAST_RECALL


def test_all_prints_of_a_story_lead_to_its_oldest_report(app: App, stories: dict[str, list[Written]]) -> None:
    for told in (told for story, told in stories.items() if story != "klishchiivka"):
        first = first_prints([w.report for w in told], app.names_in, WEIGHTS)
        others = [w for w in told if w.kind not in ONE_TEXT]
        assert len({first[w.report.id] for w in told if w.kind in ONE_TEXT}) <= 1
        assert [first[w.report.id] for w in others] == [w.report.id for w in others]


@pytest.mark.parametrize("story", ["klishchiivka", "odesa", "ariha"])
def test_short_reports_are_called_no_translations(app: App, stories: dict[str, list[Written]], story: str) -> None:
    reports = [w.report for w in stories[story]]
    assert first_prints(reports, app.names_in, WEIGHTS) == {r.id: r.id for r in reports}


def test_a_cut_text_in_a_third_language_is_the_same_text(app: App, stories: dict[str, list[Written]]) -> None:
    source, _, cut, *_ = (w.report for w in stories["goma"])
    assert first_prints([cut, source], app.names_in, WEIGHTS)[cut.id] == source.id


def refuse(report: Report) -> tuple[Named, ...]:
    raise AssertionError(f"{report.id} was read")


def test_nobody_reads_what_has_no_report_of_another_language_near_it(stories: dict[str, list[Written]]) -> None:
    english, arabic, *_ = (w.report for w in stories["el-fasher"])
    unknown = evolve(arabic, language=None)
    late = evolve(arabic, published=english.published + timedelta(days=WEIGHTS.days + 1))
    alike = evolve(arabic, language="en")
    for other in (unknown, late, alike):
        assert first_prints([english, other], refuse, WEIGHTS)[other.id] == other.id


def numbers(*values: int) -> tuple[Named, ...]:
    return tuple(Named(what=n, kind=NamedKind.NUMBER) for n in values)


def test_what_stands_before_and_behind_a_cut_text_costs_nothing() -> None:
    whole = numbers(*range(100, 140))
    part = whole[10:25]
    assert aligned(part, whole, WEIGHTS) == aligned(part, part, WEIGHTS)
    assert aligned(part[::2], whole, WEIGHTS) < aligned(part[::2], part[::2], WEIGHTS)


def test_the_same_numbers_in_another_order_are_another_text() -> None:
    assert is_translation(numbers(*range(100, 115)), numbers(*range(100, 115)), WEIGHTS)
    assert not is_translation(numbers(*range(100, 115)), numbers(*reversed(range(100, 115))), WEIGHTS)


def claim(app: App, report: Report) -> KeptClaim:
    """That Hama changed hands, in the first words of a report."""
    said = EventClaim(
        report_key=report.key,
        quotes=(Span.of(report.text, 0, report.text.index(".")),),
        type=EventType.NONSTATE_TAKES_TERRITORY,
        place=Place(name="Hama", entry=app.gazetteer.find("Hama")[0], precision=PlacePrecision.EXACT),
        when=Interval.day(THURSDAY),
    )
    return KeptClaim(id=claim_id(said), claim=said, report=report, recorded_at=KNEW)


def hama(app: App, stories: dict[str, list[Written]], *kinds: str) -> list[KeptClaim]:
    return [claim(app, w.report) for w in stories["hama"] if f"{w.kind} {w.report.language}" in kinds]


def concluded(app: App, claims: Sequence[KeptClaim]) -> Event:
    find = partial(first_prints, names=app.names_in, weights=WEIGHTS)
    (event,) = corroborate(claims, (), KNEW, weights=load_weights(), affiliations=TABLE, first_prints=find)
    return event


def drawn(app: App, claims: Sequence[KeptClaim]) -> OriginGraph:
    return origin_graph(claims, TABLE, lambda _: (), partial(first_prints, names=app.names_in, weights=WEIGHTS))


def test_a_text_in_three_languages_is_one_origin(app: App, stories: dict[str, list[Written]]) -> None:
    event = concluded(app, hama(app, stories, "source en", "translation ru", "translation ar"))
    assert (event.origins, event.grade) == (("Orontes Post",), Grade.WEAK)


def test_an_own_report_in_another_language_is_an_origin_of_its_own(app: App, stories: dict[str, list[Written]]) -> None:
    event = concluded(app, hama(app, stories, "source en", "translation ru", "independent tr"))
    assert (event.origins, event.grade) == (("Liman Gazetesi", "Orontes Post"), Grade.CONFIRMED)


def test_an_outlet_that_prints_a_text_in_another_language_translates_it(
    app: App, stories: dict[str, list[Written]]
) -> None:
    graph = drawn(app, hama(app, stories, "source en", "translation ru"))
    assert graph.links == (OriginLink(teller="Volga Herald", how=LinkKind.TRANSLATES, source="Orontes Post"),)
    assert {report.id for report in graph.first_print_of.values()} == {"hama-source-en"}


def test_origins_say_that_a_report_is_taken_as_a_translation(
    app: App, stories: dict[str, list[Written]], capsys: pytest.CaptureFixture[str]
) -> None:
    claims = {c.id: c for c in hama(app, stories, "source en", "translation ar")}
    show_origins(concluded(app, list(claims.values())), claims, partial(drawn, app), as_json=False)
    said = " ".join(capsys.readouterr().out.split())
    assert "1 independent origin" in said
    assert said.count("taken as a translation of report hama-source-en (en)") == 1


def test_a_table_that_forgets_a_sort_of_thing_is_refused_by_name(tmp_path: Path) -> None:
    broken = tmp_path / "translations.yaml"
    text = (FOLDER / "translations.yaml").read_text(encoding="utf-8")
    broken.write_text("\n".join(line for line in text.splitlines() if not line.startswith("  day:")), "utf-8")
    with pytest.raises(DataError, match="day"):
        load_translation_weights(broken)


def test_what_both_name_speaks_for_a_translation_and_what_one_names_against_it() -> None:
    assert all(weight.agree > 0 > weight.differ for weight in WEIGHTS.named.values())
    assert max(WEIGHTS.named, key=lambda kind: WEIGHTS.named[kind].agree) is NamedKind.NUMBER
