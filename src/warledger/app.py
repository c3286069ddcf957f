"""The wiring: settings in, an app out that knows every adapter. Nothing is loaded before something asks for it.

A new format, store or export is one file under adapters/ and one line in a registry here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property, lru_cache, partial
from pathlib import Path

import attrs

from warledger.adapters.datasets.ucdp import read_ged
from warledger.adapters.exports.csv import CsvExporter
from warledger.adapters.exports.geojson import GeoJsonExporter
from warledger.adapters.exports.jsonl import JsonLinesExporter
from warledger.adapters.fetch.files import Files
from warledger.adapters.gazetteers.geonames import GeoNamesGazetteer
from warledger.adapters.languages.fasttext import FastText
from warledger.adapters.parsers.html import HtmlParser
from warledger.adapters.parsers.json import JsonParser
from warledger.adapters.parsers.jsonl import JsonLinesParser
from warledger.adapters.parsers.pdf import PdfParser
from warledger.adapters.parsers.txt import TextParser
from warledger.adapters.tables.actors import load_actor_names, with_aliases
from warledger.adapters.tables.agreements import load_agreements
from warledger.adapters.tables.arabic import load_arabic_names
from warledger.adapters.tables.attributions import load_attributions
from warledger.adapters.tables.corroborate import (
    load_affiliations,
    load_sides,
    load_translation_weights,
    load_weights,
)
from warledger.adapters.tables.coverage import count_words
from warledger.adapters.tables.datasets import load_countries, load_states
from warledger.adapters.tables.dates import load_dates
from warledger.adapters.tables.known_names import load_known_names
from warledger.adapters.tables.labels import load_classes
from warledger.adapters.tables.modality import load_modalities
from warledger.adapters.tables.numbers import load_numbers
from warledger.adapters.tables.phrases import load_phrases
from warledger.adapters.tables.places import load_place_cues
from warledger.adapters.tables.precedents import load_precedents
from warledger.adapters.tables.relationcues import load_relation_cues
from warledger.adapters.tables.relations import load_actor_kinds, load_memberships
from warledger.adapters.tables.roads import load_roads
from warledger.coding.coder import CodingTables, code_readings
from warledger.coding.llm.coder import ModelCoder
from warledger.coding.llm.gate import Gate
from warledger.coding.relations import RelationTables
from warledger.coding.snippets import label_snippets
from warledger.collect import collect
from warledger.collect.dataset import GedTables, read_files, take_rows
from warledger.corroborate.columns import groups_then
from warledger.corroborate.decisions import aliases, discounted
from warledger.corroborate.episodes import episodes
from warledger.corroborate.incremental import Corroborator
from warledger.corroborate.origin_graph import origin_graph
from warledger.corroborate.origins import origins, reports_of
from warledger.corroborate.settling import claims_corrected, heirs_decided, settle
from warledger.corroborate.surroundings import groups_of, parents_of
from warledger.corroborate.translations import Names, first_prints, named_in
from warledger.domain.actor import Actor
from warledger.domain.agreement import Agreement
from warledger.domain.arabic import ArabicNames
from warledger.domain.claim import Claim
from warledger.domain.coded import Coded, CoderName
from warledger.domain.cues import AttributionCues, PrecedentCues
from warledger.domain.dataset import Imported
from warledger.domain.episode import Episode
from warledger.domain.errors import Problem, StoreError, UsageError
from warledger.domain.event import Event
from warledger.domain.folding import fold_name
from warledger.domain.mention import Reading
from warledger.domain.naming import ActorNames
from warledger.domain.origin import OriginGraph
from warledger.domain.phrases import Phrases
from warledger.domain.report import Received, Report
from warledger.domain.road import RoadTable
from warledger.ledger import Verdict, copy_ledger, verify
from warledger.ledger.memory import ControlMemory
from warledger.pipeline import Rooms, guarded
from warledger.ports import ClaimModel, Defaults, Exporter, Gazetteer, KeptClaim, LanguageTeller, Ledger, Parser
from warledger.read.reading import Tables, read_report
from warledger.settings import Settings

PARSERS: tuple[Parser, ...] = (TextParser(), HtmlParser(), PdfParser(), JsonParser(), JsonLinesParser())
"""Readers of document formats."""

EXPORTERS: tuple[Exporter, ...] = (GeoJsonExporter(), JsonLinesExporter(), CsvExporter())
"""Writers of formats to hand on."""

MOST_DATASET_BYTES = 2_000_000_000
"""A dataset's file is larger than any report's; UCDP GED 23.1 is some 250 MB."""

REMEMBERED = 4_096
"""Reports of which it is remembered what they name: some 3 kB each."""

_NO_ENDPOINT = (
    "a language model was chosen as coder and none is named; set WARLEDGER_LLM_URL (http://127.0.0.1:8080/v1) "
    "and WARLEDGER_LLM_MODEL, and WARLEDGER_LLM_KEY where it wants a key"
)


class App:
    """Everything wired together.

    Args:
        settings: what the run depends on.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def parsers(self) -> Mapping[str, Parser]:
        """Parsers by suffix, the dot included."""
        return {suffix: parser for parser in PARSERS for suffix in parser.suffixes}

    @cached_property
    def files(self) -> Files:
        """The fetcher of files and folders."""
        return Files(suffixes=tuple(self.parsers))

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """Names to places."""
        return GeoNamesGazetteer(self.settings.data / "gazetteer")

    @cached_property
    def tables(self) -> Tables:
        """What the read room looks things up in.

        Raises:
            DataError: a table breaks its shape.
        """
        cues = self.settings.data / "cues"
        return Tables(
            gazetteer=self.gazetteer,
            places=load_place_cues(self.settings.data),
            actors=self._actor_names,
            dates=load_dates(cues),
            numbers=load_numbers(cues),
        )

    @cached_property
    def model(self) -> ClaimModel:
        """The learned part of the coding room.

        Raises:
            DataError: a file of it is missing, or is another than its card names.
        """
        from warledger.adapters.encoders.onnx import load_model

        return load_model(self.settings.data / "model")

    def read(self, report: Report) -> Reading:
        """Read one report."""
        return read_report(report, self.tables)

    def read_as_decided(self, report: Report) -> Reading:
        """Read one report, with the names that persons decided actors bear in this ledger."""
        return read_report(report, self._tables_as_decided)

    @cached_property
    def _tables_as_decided(self) -> Tables:
        if isinstance(self.settings.db, Path) and not self.settings.db.exists():
            return self.tables  # nobody decided anything, and reading makes no ledger
        decided = aliases(self.ledger.decisions())
        return attrs.evolve(self.tables, actors=with_aliases(self.tables.actors, decided))

    def code(self, readings: Sequence[Reading]) -> Iterator[tuple[Claim, ...]]:
        """The claims that the rules and the small model find in each reading, in order."""
        return code_readings(readings, self.model, self.coding_tables)

    def code_as_chosen(self, readings: Sequence[Reading]) -> Iterator[Coded]:
        """Each reading as the coder of the settings codes it, in order."""
        if self.settings.coder is CoderName.LLM:
            yield from map(self.second_coder.alone, readings)
            return
        coded = list(self.code(readings))
        if self.settings.coder is CoderName.BOTH:
            yield from map(self.second_coder.beside, readings, coded)
            return
        yield from (Coded(claims=claims) for claims in coded)

    @cached_property
    def second_coder(self) -> ModelCoder:
        """The language model of the settings, as a coder behind the gate.

        Raises:
            UsageError: the settings name no endpoint, or the extra that reaches one is not installed.
        """
        endpoint = self.settings.endpoint
        if endpoint.url is None or endpoint.model is None:
            raise UsageError(_NO_ENDPOINT)
        try:
            from warledger.adapters.models.openai import OpenAIEndpoint
        except ModuleNotFoundError as error:
            raise UsageError(f"a language model needs an extra: pip install 'warledger[llm]' ({error})") from error
        return ModelCoder(
            model=OpenAIEndpoint(**attrs.asdict(endpoint)),
            instructions=(self.settings.data / "llm" / "instructions.md").read_text(encoding="utf-8"),
            gate=Gate(names=self.tables.actors, precedents=self.precedents, coder=endpoint.model),
        )

    @property
    def languages(self) -> Sequence[str]:
        """Codes of the languages that the chosen coder codes; a language model those with readers' tables."""
        return sorted(self.tables.dates) if self.settings.coder is CoderName.LLM else self.model.languages

    @cached_property
    def coding_tables(self) -> CodingTables:
        """What the coding room looks words up in.

        Raises:
            ValueError: a table breaks its shape.
        """
        cues = self.settings.data / "cues"
        return CodingTables(
            precedents=self.precedents,
            modalities=load_modalities(cues),
            relations=RelationTables(cues=load_relation_cues(cues), names=self.tables.actors),
        )

    @cached_property
    def words_by_language(self) -> Mapping[str, Mapping[str, int]]:
        """How many words each language's tables hold, by table."""
        return count_words(self.settings.data / "cues")

    @cached_property
    def precedents(self) -> Mapping[str, PrecedentCues]:
        """Words that claim a precedent, by language."""
        return load_precedents(self.settings.data / "cues")

    def label_snippets(self, texts: Sequence[str]) -> list[str]:
        """The class of CASE 2021 (task 2) for each text."""
        return label_snippets(texts, self.model, load_classes(self.settings.data / "labels" / "case2021.yaml"))

    @cached_property
    def saying_cues(self) -> Mapping[str, AttributionCues]:
        """Words of saying, by language."""
        return load_attributions(self.settings.data / "cues")

    @cached_property
    def corroborate(self) -> Corroborator:
        """Every claim that counts, the newest events and the time, to new versions of events.

        Raises:
            DataError: a table breaks its schema.
        """
        folder = self.settings.data / "corroborate"
        return Corroborator(
            weights=load_weights(folder / "weights.yaml"),
            affiliations=load_affiliations(folder / "affiliations.yaml", load_actor_kinds(self.settings.data)),
            groups=groups_of(load_sides(folder / "sides.yaml", load_memberships(self.settings.data))),
            parents=parents_of(lambda: self.gazetteer),
            first_prints=partial(
                first_prints, names=self.names_in, weights=load_translation_weights(folder / "translations.yaml")
            ),
        )

    @cached_property
    def names_in(self) -> Names:
        """What a report names, remembered for those asked for last."""
        return lru_cache(maxsize=REMEMBERED)(lambda report: named_in(self.read(report)))

    @cached_property
    def roads(self) -> RoadTable:
        """The main roads, as ordered settlements.

        Raises:
            DataError: the table breaks its shape.
        """
        return load_roads(self.settings.data / "roads.yaml", self.gazetteer)

    @cached_property
    def agreements(self) -> tuple[Agreement, ...]:
        """Zones and agreements.

        Raises:
            DataError: the table breaks its shape.
        """
        return load_agreements(self.settings.data / "agreements.yaml", self.gazetteer)

    def groups_on(self, day: date) -> Callable[[str], Iterable[str]]:
        """The wider groups that an actor belonged to on a day, by its name."""
        return lambda name: self.corroborate.groups(name, day)

    @cached_property
    def control(self) -> ControlMemory:
        """Who holds each place, remembered; for a server that is asked again and again."""
        return ControlMemory(self.ledger, self.groups_on, self.discounted)

    def discounted(self, known_at: datetime | None = None) -> Collection[str]:
        """Ids of the claims that persons had discounted by a time; they hold nothing."""
        return discounted(self.store.decisions(known_at=known_at), self.heirs(known_at))

    def corrected(self, known_at: datetime | None = None) -> Mapping[str, KeptClaim]:
        """The claims that persons had corrected by a time, as corrected, by id."""
        return claims_corrected(self.store, self.store.decisions(known_at=known_at), known_at)

    def heirs(self, known_at: datetime | None = None) -> Mapping[str, str]:
        """Claims that persons decided upon and that counted no more at a time, to those that said the same then."""
        return heirs_decided(self.store, self.store.decisions(known_at=known_at), known_at)

    def settle(self, ledger: Ledger, at: datetime, new: Collection[str] | None) -> tuple[Event, ...]:
        """New versions of events; see `corroborate.settling`."""
        return settle(self.corroborate, ledger, at, new)

    def origins(self, claims: Sequence[KeptClaim]) -> Mapping[str, str]:
        """Where each of some claims ultimately comes from, by its id; they are of one happening or one place."""
        room = self.corroborate
        return origins(claims, room.affiliations, room.first_prints(reports_of(claims)))

    def origin_graph(self, claims: Sequence[KeptClaim]) -> OriginGraph:
        """The sources behind the claims of one event; at least one."""
        then = groups_then(self.corroborate.groups, claims)
        return origin_graph(claims, self.corroborate.affiliations, then, self.corroborate.first_prints)

    def episodes(self, events: Sequence[Event]) -> tuple[Episode, ...]:
        """The campaigns that events belong to."""
        room = self.corroborate
        return episodes(events, room.weights, groups=room.groups, parents=room.parents)

    @cached_property
    def exporters(self) -> Mapping[str, Exporter]:
        """Exporters by the name of their format."""
        return {exporter.name: exporter for exporter in EXPORTERS}

    @cached_property
    def phrases(self) -> Phrases:
        """The words of the brief.

        Raises:
            DataError: the table breaks its schema.
        """
        return load_phrases(self.settings.data / "tell" / "phrases.yaml")

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Names and aliases of the actor table, folded, to canonical names.

        Raises:
            DataError: the table breaks its shape.
        """
        return load_known_names(self.settings.data)

    @cached_property
    def _actor_names(self) -> ActorNames:
        return load_actor_names(self.settings.data)

    @cached_property
    def actors(self) -> Mapping[str, Actor]:
        """Entries of the actor table by canonical name.

        Raises:
            DataError: the table breaks its shape.
        """
        return self._actor_names.actors

    @cached_property
    def arabic_names(self) -> ArabicNames:
        """How Arabic writes actors.

        Raises:
            DataError: a table breaks its shape.
        """
        return load_arabic_names(self.settings.data, self._actor_names)

    @property
    def known_names(self) -> frozenset[str]:
        """Canonical names of the actor table: organisations and public figures."""
        return frozenset(self.names.values())

    def actor_names(self, said: str) -> frozenset[str]:
        """What an actor's name may stand for, folded: itself, and the canonical name that bears it as an alias."""
        folded = fold_name(said)
        return frozenset({folded, fold_name(self.names.get(folded, said))})

    @cached_property
    def rooms(self) -> Rooms:
        """The rooms from reading to corroboration.

        Raises:
            DataError: a table or the coding model is missing.
            UsageError: a language model was chosen and the settings name no endpoint.
        """
        if self.settings.coder is not CoderName.RULES:
            _ = self.second_coder
        return Rooms(
            read=self.read_as_decided, code=self.code_as_chosen, corroborate=self.settle, languages=self.languages
        )

    @cached_property
    def ledger(self) -> Ledger:
        """The ledger of the settings, opened, with the claims that persons corrected as they say.

        Raises:
            StoreError: it cannot be opened.
        """
        from warledger.adapters.stores.corrected import as_corrected

        return as_corrected(self.store, self.corrected)

    @cached_property
    def store(self) -> Ledger:
        """Where the ledger is kept: every claim as it was coded.

        Raises:
            StoreError: it cannot be opened.
        """
        from warledger.adapters.stores.opening import open_ledger

        return open_ledger(self.settings.db)

    @property
    def name(self) -> str:
        """What messages call the ledger; a password is left out."""
        from warledger.adapters.stores.postgres import without_password

        return without_password(str(self.settings.db))

    def backup(self, out: Path) -> None:
        """Write the whole ledger to one SQLite file, whole or not at all, while others go on using it.

        Raises:
            StoreError: it cannot be read or written.
        """
        from warledger.adapters.stores.sqlite import SqliteLedger, written_aside

        if isinstance(self.store, SqliteLedger):
            self.store.backup(out)
            return
        with written_aside(out) as aside:
            kept = SqliteLedger(aside)
            copy_ledger(self.ledger, kept)
            kept.close()

    def restore(self, backup: Path) -> Verdict:
        """Check a backup and put it where no ledger is yet; what the check found.

        Raises:
            StoreError: the backup was tampered with or is none, a ledger is there already, or it cannot be written.
        """
        from warledger.adapters.stores.sqlite import SqliteLedger, copy_file, written_aside

        target = self.settings.db
        if isinstance(target, Path) and target.exists():
            raise StoreError(f"{self.name}: a ledger is there already; move it away first")
        beside = target if isinstance(target, Path) else backup.with_name(f"{backup.name}.restored")
        with written_aside(beside, keep=isinstance(target, Path)) as aside:
            copy_file(backup, aside)
            kept = SqliteLedger(aside)
            verdict = verify(kept)
            if verdict.tampered:
                raise StoreError(f"{backup}: {verdict.tampered[0]}; `warledger verify --db {backup}` tells all")
            if not isinstance(target, Path):
                copy_ledger(kept, self.ledger)
            kept.close()
        return verdict

    @cached_property
    def languages_told(self) -> LanguageTeller:
        """What language a text is written in."""
        return FastText()

    def collect(self, paths: Sequence[str], defaults: Defaults) -> Iterator[Received | Problem]:
        """Collect the reports of files, folders or `-`.

        Args:
            paths: what the caller names.
            defaults: what the caller says of reports that do not say it themselves.
        """
        return collect(
            paths,
            fetcher=self.files,
            parsers=self.parsers,
            languages=self.languages_told,
            defaults=defaults,
            max_chars=self.settings.max_report_chars,
            guard=guarded,
        )

    @cached_property
    def ged_tables(self) -> GedTables:
        """What rows of UCDP GED are looked up in.

        Raises:
            DataError: a table breaks its shape.
        """
        return GedTables(
            gazetteer=self.gazetteer,
            actor=lambda name: self.names.get(fold_name(name), name),
            countries=load_countries(self.settings.data / "datasets" / "ucdp.yaml"),
            states=load_states(self.settings.data),
        )

    def ged_rows(
        self, paths: Sequence[str], *, recorded_at: datetime, published: date | None = None
    ) -> Iterator[Imported | Problem]:
        """The rows of files of UCDP GED, as the ledger keeps them.

        Args:
            paths: files, or `-` for standard input.
            recorded_at: when the monitor knew, UTC.
            published: the day of the dataset's release, or None.
        """
        files = Files(suffixes=(".csv", ".jsonl"), max_bytes=MOST_DATASET_BYTES).fetch(paths)
        rows = read_files(files, lambda raw, file: read_ged(raw, file=file))
        yield from take_rows(rows, self.ged_tables, recorded_at=recorded_at, published=published)


def build(settings: Settings) -> App:
    """Wire an app; nothing is opened or loaded yet."""
    return App(settings)
