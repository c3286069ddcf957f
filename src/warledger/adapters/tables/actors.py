"""Load the actor tables: TSV and YAML under data/actors and data/cues in, domain.naming.ActorNames out.

A row that breaks its table's shape raises DataError with the file, the line and the column.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, product
from pathlib import Path

from attrs import evolve

from warledger.adapters.tables.relations import load_relations
from warledger.adapters.tables.yaml_tables import read_typed_table
from warledger.domain.actor import Actor, ActorKind, DatedName, DatedRelation
from warledger.domain.errors import DataError
from warledger.domain.naming import (
    KEY_LETTERS,
    LONGEST_ENDING,
    Abroad,
    ActorNames,
    Description,
    Fitting,
    Heads,
    NameYears,
    State,
    fold_word,
    like,
)

HEAD_KINDS = (
    "states",
    "military",
    "police",
    "government",
    "unidentified",
    "rebels",
    "loyal",
    "prisoners",
    "journalists",
    "aid_workers",
    "protesters",
    "people",
    "anaphora",
    "anaphora_body",
    "anaphora_person",
    "anaphora_group",
    "anaphora_sides",
    "anaphora_alliance",
    "sources",
)
_LANGUAGES = ("fr", "es", "ru", "uk", "ar", "tr")
_PART = re.compile(r"\w+(?:['’.\-]\w+)*")


def name_words(name: str) -> tuple[str, ...]:
    """Fold a name into words; a leading article falls away."""
    words = tuple(fold_word(w) for w in _PART.findall(name))
    return words[1:] if len(words) > 1 and words[0] in ("the", "les", "el", "los", "las", "la") else words


def load_actor_names(folder: Path) -> ActorNames:
    """Load every table.

    Args:
        folder: the data folder.

    Raises:
        DataError: a table breaks its shape.
    """
    states = list(_rows(folder / "actors" / "states.tsv", 11))
    adjectives = {name_words(a): row[0] for row in states for a in _parts(row[3])}
    heads = _heads(folder / "cues" / "actors.yaml")
    descriptions = _descriptions(folder / "actors" / "descriptions.tsv")
    actors, names = _actors(folder, states, _described(adjectives, heads, descriptions))
    written = _single_words(folder)
    return ActorNames(
        actors=_related(actors, load_relations(folder)),
        names={words: tuple(owners) for words, owners in names.items()},
        cased=frozenset(fold_word(w) for w in written if w.isupper()),
        spelled=frozenset(w for w in written if not w.isupper()),
        starts=_starts(names),
        adjectives=adjectives,
        metonyms={name_words(m): row[0] for row in states for m in (*_parts(row[2]), *_parts(row[4]))},
        peoples={
            (*words[:-1], f"{words[-1]}s"): row[0]
            for row in states
            for words in map(name_words, _parts(row[3]))
            if words[-1].endswith(_MADE_PLURAL)
        },
        stems={
            language: {fold_word(s): row[0] for row in states for s in _parts(row[5 + i])}
            for i, language in enumerate(_LANGUAGES)
        },
        states={row[0]: _state(row) for row in states},
        heads=heads,
        abroad=_abroad(folder / "actors" / "abroad.tsv"),
        descriptions=descriptions,
    )


def with_aliases(names: ActorNames, aliases: Iterable[tuple[str, str]]) -> ActorNames:
    """The tables with further names of actors, each with its owner's canonical name; the last word on a name counts."""
    told, cased = dict(names.names), set(names.cased)
    for name, actor in aliases:
        words = name_words(name)
        if words:
            told[words] = (NameYears(actor=actor),)
        if len(words) == 1 and name.isupper():
            cased.add(words[0])
    return evolve(names, names=told, cased=frozenset(cased), starts=_starts(told))


def _related(actors: Mapping[str, Actor], relations: Mapping[str, tuple[DatedRelation, ...]]) -> Mapping[str, Actor]:
    """The entries with their relations; a relation of nobody, or to nobody, is refused."""
    told = {*relations, *(r.object for some in relations.values() for r in some)}
    if unknown := sorted(told - actors.keys()):
        raise DataError(f"relations.tsv: no such actor: {', '.join(unknown)}")
    return {name: evolve(actor, relations=relations.get(name, ())) for name, actor in actors.items()}


_MADE_PLURAL = ("an", "ian", "i", "ek", "ak")
"""Ends of adjectives that also name one of the people, and more of them with an s."""


def _state(row: list[str]) -> State:
    bare = row[1].removeprefix("the ")
    return State(iso=row[0], name=bare, article=bare != row[1])


def _group(row: list[str]) -> tuple[Actor, NameYears]:
    """One row of groups.tsv, and the years in which the group bore its other names."""
    name, kind, country, side, start, end, aliases, wikidata = row
    try:
        known = ActorKind(kind)
    except ValueError as error:
        raise DataError(f"groups.tsv: {name}: kind: {error}") from error
    group = Actor(
        name=name,
        kind=known,
        country=country or None,
        side=side or None,
        names=tuple(DatedName(name=a) for a in _parts(aliases)),
        wikidata=wikidata or None,
    )
    return group, _years(name, start, end)


def _years(actor: str, start: str, end: str) -> NameYears:
    return NameYears(actor=actor, start=int(start) if start else None, end=int(end) if end else None)


def _actors(
    folder: Path, states: list[list[str]], described: Callable[[tuple[str, ...]], bool]
) -> tuple[Mapping[str, Actor], dict[tuple[str, ...], list[NameYears]]]:
    actors: dict[str, Actor] = {}
    names: dict[tuple[str, ...], list[NameYears]] = defaultdict(list)

    def bear(words: tuple[str, ...], owner: NameYears) -> None:
        for said in dict.fromkeys([words, _without_elisions(words)]):
            if said and owner not in names[said]:
                names[said].append(owner)

    for row in _rows(folder / "actors" / "groups.tsv", 8):
        group, years = _group(row)
        if group.name in actors:
            raise DataError(f"groups.tsv: {group.name}: told twice")
        actors[group.name] = group
        bear(name_words(group.name), NameYears(actor=group.name))
        for other in group.names:
            bear(name_words(other.name), years if other.name != group.name else NameYears(actor=group.name))
    forms = _forms_of_states(states)
    for actor, start, end, said_names in _rows(folder / "actors" / "offices.tsv", 4):
        for alias in _parts(said_names):
            bear(name_words(alias), _years(actor, start, end))
    taken = {words for words, owners in names.items() if owners}
    for called, aliases in _rows(folder / "actors" / "corpus.tsv", 2):
        name = forms.get(called, called)
        for alias in (called, *_parts(aliases)):
            words = name_words(alias)
            if words not in taken and not described(words):
                bear(words, NameYears(actor=name))
    for row in states:
        for form, kind in _FORMS.items():
            name = f"{form} {row[1]}"
            actors[name] = Actor(name=name, kind=ActorKind(kind), country=row[0], side="state")
    bare = _state_names(states)
    elsewhere = _abroad(folder / "actors" / "abroad.tsv")
    for plain in [
        words
        for words in names
        if words in bare
        or (len(words) == 1 and _too_plain(words[0]))
        or (_of_a_state(names[words]) and _is_state_abroad(words, elsewhere))
    ]:
        del names[plain]
    return actors, {words: owners for words, owners in names.items() if owners}


def _without_elisions(words: tuple[str, ...]) -> tuple[str, ...]:
    """A name of several words as French is read: "droits de l'homme" without the article written onto the noun."""
    return tuple(_ELISION.sub("", w) for w in words) if len(words) > 1 else words


_ELISION = re.compile(r"^[ld]'(?=\w)")


def _described(
    adjectives: Mapping[tuple[str, ...], str],
    heads: Mapping[str, Heads],
    descriptions: Mapping[str, Mapping[str, tuple[Description, ...]]],
) -> Callable[[tuple[str, ...]], bool]:
    """Tell what the reader resolves by itself, report by report ("Rwandan troops"): no name, whoever was meant once."""
    phrases = {words for table in heads.values() for words, kind in table.whole.items() if kind in _RESOLVED}
    fitted = {d.words for table in descriptions.values() for some in table.values() for d in some}

    def is_described(words: tuple[str, ...]) -> bool:
        return words in fitted or any(
            words[cut:] in phrases and all((w,) in adjectives for w in words[:cut]) for cut in range(len(words))
        )

    return is_described


_RESOLVED = frozenset(["states", "military", "police", "government", "rebels", "loyal", "unidentified", "people"])

_FORMS = {"Government of": "government", "Military Forces of": "military", "Police Forces of": "police"}


def _forms_of_states(states: list[list[str]]) -> Mapping[str, str]:
    """Every way to write a state's actor, with or without the article, to the one way that the tables write it."""
    return {
        f"{form} {article}{called}": f"{form} {row[1]}"
        for row in states
        for form in _FORMS
        for article in ("", "the ")
        for called in (row[1].removeprefix("the "), *_parts(row[2]))
    }


def _of_a_state(owners: list[NameYears]) -> bool:
    return all(o.actor.startswith(("Government of", "Military Forces of", "Police Forces of")) for o in owners)


def _is_state_abroad(words: tuple[str, ...], abroad: Abroad) -> bool:
    """A state's own name in some language is left to the metonyms, as in English."""
    return any(
        len(words) == len(pattern) and all(like(w, p, LONGEST_ENDING) for w, p in zip(words, pattern, strict=True))
        for table in abroad.values()
        for pattern, _ in table.get(words[0][:KEY_LETTERS], ())
    )


def _too_plain(word: str) -> bool:
    """A name of one common word is left to the descriptions."""
    return len(word) < 2 or word in _PLAIN


_PLAIN = frozenset(["amal", "guardian", "dozo", "observatory", "an", "as", "it", "us"])


def _state_names(states: list[list[str]]) -> frozenset[tuple[str, ...]]:
    return frozenset(name_words(n) for row in states for n in (*_parts(row[2]), *_parts(row[3]), *_parts(row[4])))


def _single_words(folder: Path) -> frozenset[str]:
    """Names of one word, as written: one in capitals counts only so, or as another name of the tables spells it."""
    tables = (("groups.tsv", 8, 6), ("offices.tsv", 4, 3), ("corpus.tsv", 2, 1))
    cells = (
        cell
        for table, columns, last in tables
        for row in _rows(folder / "actors" / table, columns)
        for cell in (row[0], *_parts(row[last]))
    )
    return frozenset(c for c in cells if " " not in c)


def _heads(path: Path) -> Mapping[str, Heads]:
    table = read_typed_table(path)
    heads = {}
    for language, lists in table.items():
        whole: dict[tuple[str, ...], str] = {}
        glosses: dict[tuple[str, ...], str] = {}
        stems: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for kind in HEAD_KINDS:
            if kind not in lists:
                raise DataError(f"{path.name}: {language}: {kind}: missing")
            for entry in lists[kind]:
                phrase, _, gloss = str(entry).partition("=")
                words = _pattern(phrase)
                if gloss:
                    glosses[words] = gloss.strip()
                if any(w.endswith("*") for w in words):
                    stems[words[0][:KEY_LETTERS]].append((words, kind))
                else:
                    whole.setdefault(words, kind)
        heads[language] = Heads(
            whole=whole,
            stems={k: tuple(v) for k, v in stems.items()},
            adjective_first=lists["order"] == "before",
            starts=_starts(whole),
            joined=frozenset(lists.get("joined", ())),
            kin=tuple(_pattern(p) for p in lists.get("kin", ())),
            witnesses=frozenset(_pattern(p) for p in lists.get("witnesses", ())),
            glosses=glosses,
        )
    return heads


def _starts(phrases: Iterable[tuple[str, ...]]) -> Mapping[str, int]:
    """First words, with the length of the longest phrase that begins so."""
    lengths: dict[str, int] = {}
    for words in phrases:
        lengths[words[0]] = max(lengths.get(words[0], 0), len(words))
    return lengths


def _pattern(phrase: str) -> tuple[str, ...]:
    return tuple(fold_word(w.rstrip("*")) + ("*" if w.endswith("*") else "") for w in phrase.split())


def _abroad(path: Path) -> Abroad:
    tables: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = {lang: defaultdict(list) for lang in _LANGUAGES}
    for iso, *cells in _rows(path, 1 + len(_LANGUAGES)):
        for language, cell in zip(_LANGUAGES, cells, strict=True):
            for phrase in _parts(cell):
                words = _pattern(phrase)
                tables[language][words[0][:KEY_LETTERS]].append((words, iso))
    return {
        language: {
            key: tuple(sorted(said, key=lambda s: (-len(s[0]), -sum(map(len, s[0]))))) for key, said in table.items()
        }
        for language, table in tables.items()
    }


def _descriptions(path: Path) -> Mapping[str, Mapping[str, tuple[Description, ...]]]:
    fits: dict[tuple[str, tuple[str, ...], str], list[Fitting]] = defaultdict(list)
    for language, country, start, end, kind, actor, phrases in _rows(path, 7):
        if kind not in HEAD_KINDS:
            raise DataError(f"{path.name}: {actor}: kind: {kind!r} is none")
        fitting = Fitting(
            actor=actor,
            country=None if country == "*" else country,
            start=int(start) if start else None,
            end=int(end) if end else None,
        )
        for phrase in chain.from_iterable(map(_spelled_out, _parts(phrases))):
            words = _pattern(phrase)
            fits[language, _without_elisions(words) if language == "fr" else words, kind].append(fitting)
    tables: dict[str, dict[str, list[Description]]] = defaultdict(lambda: defaultdict(list))
    for (language, words, kind), fitting_ones in sorted(fits.items(), key=lambda item: -len(item[0][1])):
        described = Description(words=words, kind=kind, fits=tuple(fitting_ones))
        tables[language][words[0][:KEY_LETTERS]].append(described)
    return {language: {key: tuple(d) for key, d in table.items()} for language, table in tables.items()}


def _rows(path: Path, columns: int) -> Iterator[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader((line for line in file if not line.startswith("#")), delimiter="\t", quoting=csv.QUOTE_NONE)
        for number, row in enumerate(reader):
            if number == 0:
                continue
            if len(row) > columns or not row or not row[0]:
                raise DataError(f"{path.name}: row {number}: {len(row)} columns instead of {columns}")
            yield [*row, *[""] * (columns - len(row))]


def _parts(cell: str) -> list[str]:
    return [p.strip() for p in cell.split("|") if p.strip()]


def _spelled_out(phrase: str) -> Iterator[str]:
    """Every phrase that choices in braces stand for: "{pro-Turkish,Turkish-backed} {rebels,factions}" is four."""
    pieces = [p[1:-1].split(",") if p.startswith("{") else [p] for p in _CHOICE.split(phrase) if p]
    return ("".join(chosen) for chosen in product(*pieces))


_CHOICE = re.compile(r"(\{[^}]*\})")
