"""The wiring: settings in, an app out that knows every adapter. Nothing is loaded before something asks for it.

A new format, store or export is one file under adapters/ and one line in a registry here; a new table is loaded in
`knowledge`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from itertools import tee
from pathlib import Path

import attrs

from warledger.adapters.datasets.ucdp import read_ged
from warledger.adapters.exports.csv import CsvExporter
from warledger.adapters.exports.geojson import GeoJsonExporter
from warledger.adapters.exports.jsonl import JsonLinesExporter
from warledger.adapters.fetch.files import Files
from warledger.adapters.parsers.html import HtmlParser
from warledger.adapters.parsers.json import JsonParser
from warledger.adapters.parsers.jsonl import JsonLinesParser
from warledger.adapters.parsers.pdf import PdfParser
from warledger.adapters.parsers.txt import TextParser
from warledger.adapters.tables.actors import with_aliases
from warledger.coding.coder import code_readings
from warledger.coding.llm.coder import ModelCoder
from warledger.coding.llm.gate import Gate
from warledger.collect import collect
from warledger.collect.dataset import read_files, take_rows
from warledger.corroborate.columns import groups_then
from warledger.corroborate.decisions import aliases, discounted
from warledger.corroborate.episodes import episodes
from warledger.corroborate.origin_graph import origin_graph
from warledger.corroborate.origins import origins, reports_of
from warledger.corroborate.settling import claims_corrected, heirs_decided, settle
from warledger.domain.claim import Claim
from warledger.domain.coded import Coded, CoderName
from warledger.domain.dataset import Imported
from warledger.domain.episode import Episode
from warledger.domain.errors import Problem, StoreError, UsageError
from warledger.domain.event import Event
from warledger.domain.mention import Reading
from warledger.domain.origin import OriginGraph
from warledger.domain.report import Received, Report
from warledger.knowledge import Knowledge
from warledger.ledger import Verdict, copy_ledger, verify
from warledger.ledger.memory import ControlMemory
from warledger.pipeline import Rooms, guarded
from warledger.ports import Defaults, Exporter, KeptClaim, Ledger, Parser
from warledger.read.reading import Tables, read_report
from warledger.settings import Settings

PARSERS: tuple[Parser, ...] = (TextParser(), HtmlParser(), PdfParser(), JsonParser(), JsonLinesParser())
"""Readers of document formats."""

EXPORTERS: tuple[Exporter, ...] = (GeoJsonExporter(), JsonLinesExporter(), CsvExporter())
"""Writers of formats to hand on."""

MOST_DATASET_BYTES = 2_000_000_000
"""A dataset's file is larger than any report's; UCDP GED 23.1 is some 250 MB."""

_NO_ENDPOINT = (
    "a language model was chosen as coder and none is named; set WARLEDGER_LLM_URL (http://127.0.0.1:8080/v1) "
    "and WARLEDGER_LLM_MODEL, and WARLEDGER_LLM_KEY where it wants a key"
)


class App(Knowledge):
    """Everything wired together: what the program knows, and the ledger and the files that it works on.

    Args:
        settings: what the run depends on.
    """

    @cached_property
    def parsers(self) -> Mapping[str, Parser]:
        """Parsers by suffix, the dot included."""
        return {suffix: parser for parser in PARSERS for suffix in parser.suffixes}

    @cached_property
    def files(self) -> Files:
        """The fetcher of files and folders."""
        return Files(suffixes=tuple(self.parsers))

    def read_as_decided(self, report: Report) -> Reading:
        """Read one report, with the names that persons decided actors bear in this ledger."""
        return read_report(report, self._tables_as_decided)

    @cached_property
    def _tables_as_decided(self) -> Tables:
        if isinstance(self.settings.db, Path) and not self.settings.db.exists():
            return self.tables  # nobody decided anything, and reading makes no ledger
        decided = aliases(self.ledger.decisions())
        return attrs.evolve(self.tables, actors=with_aliases(self.tables.actors, decided))

    def code(self, readings: Iterable[Reading]) -> Iterator[tuple[Claim, ...]]:
        """The claims that the rules and the small model find in each reading, in order."""
        return code_readings(readings, self.model, self.coding_tables)

    def code_as_chosen(self, readings: Iterable[Reading]) -> Iterator[Coded]:
        """Each reading as the coder of the settings codes it, in order."""
        if self.settings.coder is CoderName.LLM:
            yield from map(self.second_coder.alone, readings)
            return
        if self.settings.coder is CoderName.BOTH:
            read, to_code = tee(readings)
            yield from map(self.second_coder.beside, read, self.code(to_code))
            return
        yield from (Coded(claims=claims) for claims in self.code(readings))

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
