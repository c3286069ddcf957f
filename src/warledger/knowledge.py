"""What the program knows: settings in, the tables and the model of `data/` out, each loaded when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache, partial

from attrs import evolve

from warledger.adapters.gazetteers.geonames import GeoNamesGazetteer
from warledger.adapters.languages.fasttext import FastText
from warledger.adapters.tables.actors import load_actor_names
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
from warledger.adapters.tables.deeds import load_deeds
from warledger.adapters.tables.known_names import load_known_names
from warledger.adapters.tables.labels import load_classes
from warledger.adapters.tables.modality import load_modalities
from warledger.adapters.tables.numbers import load_numbers
from warledger.adapters.tables.phrases import load_phrases
from warledger.adapters.tables.places import load_place_cues
from warledger.adapters.tables.precedents import load_precedents
from warledger.adapters.tables.relationcues import load_relation_cues, load_relation_weights
from warledger.adapters.tables.relations import load_actor_kinds, load_memberships
from warledger.adapters.tables.roads import load_roads
from warledger.coding.coder import CodingTables
from warledger.coding.relations import RelationTables
from warledger.coding.snippets import label_snippets
from warledger.collect.dataset import GedTables
from warledger.corroborate.incremental import Corroborator
from warledger.corroborate.surroundings import groups_of, parents_of
from warledger.corroborate.translations import Names, first_prints, named_in
from warledger.domain.actor import Actor
from warledger.domain.agreement import Agreement
from warledger.domain.arabic import ArabicNames
from warledger.domain.cues import AttributionCues, PrecedentCues
from warledger.domain.folding import fold_name
from warledger.domain.mention import Reading
from warledger.domain.naming import ActorNames
from warledger.domain.phrases import Language, Phrases
from warledger.domain.report import Report
from warledger.domain.road import RoadTable
from warledger.ports import ClaimModel, Gazetteer, LanguageTeller
from warledger.read.reading import Tables, read_report
from warledger.settings import Settings
from warledger.tell.called import CalledInArabic

REMEMBERED = 4_096
"""Reports of which it is remembered what they name: some 3 kB each."""


class Knowledge:
    """Every table, looked up and made ready for the room that asks.

    Args:
        settings: where the data lies.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

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
            relations=RelationTables(
                cues=load_relation_cues(cues),
                names=self.tables.actors,
                weights=load_relation_weights(self.settings.data / "model" / "relations.npz"),
            ),
            deeds=load_deeds(self.settings.data),
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
    def phrases(self) -> Phrases:
        """The words of the brief in English.

        Raises:
            DataError: the table breaks its schema.
        """
        return load_phrases(self.settings.data / "tell" / "phrases.yaml")

    def phrases_in(self, language: Language) -> Phrases:
        """The words of the brief in a language.

        Raises:
            DataError: a table breaks its schema.
        """
        return self.phrases if language is Language.ENGLISH else self._arabic_phrases

    @cached_property
    def _arabic_phrases(self) -> Phrases:
        called = CalledInArabic(names=self.arabic_names, canonical=self.names, gazetteer=self.gazetteer)
        return evolve(load_phrases(self.settings.data / "tell" / "phrases.ar.yaml"), called=called)

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
    def languages_told(self) -> LanguageTeller:
        """What language a text is written in."""
        return FastText()

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
