"""Load how relations are told: `data/cues/relations.<language>.yaml` and `leaders.yaml`, to compiled rules.

In a pattern `{s}` stands for the subject, `{o}` for the object, each one actor or several joined. `{s:group}` asks for
a sort of actor, `{s:one_group}` for one alone, `{s:tight_side}` for one or two states that a hyphen joins. `{its}` is a
pronoun, `{its_o}` one that is the object, `{an:armed}` an actor of that sort who is neither; any other name in braces
is a list of the table's `words`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from warledger.adapters.tables.by_language import CUES, ByLanguage
from warledger.adapters.tables.yaml_tables import read_table
from warledger.domain.codes import Predicate
from warledger.domain.cues import fold
from warledger.domain.errors import DataError
from warledger.domain.relationcues import CLASSES, MOST_SLOTS, SLOTS, RelationCues, RelationRule
from warledger.ports import Array

_PLACEHOLDER = re.compile(r"\{([a-z_]+)(?::([a-z_]+))?\}")
PERSONS = ("person", "human", "who")
_ONE, _TIGHT = "one_", "tight_"
_COMMA = "[,،] ?(?:the |le |la |les |el |los |las |l')?"
_NEVER = "(?!)"


def load_relation_cues(folder: Path = CUES) -> Mapping[str, RelationCues]:
    """Load every language's table.

    Args:
        folder: where the tables lie.

    Returns:
        The cues of each language that has a table.

    Raises:
        OSError, ValueError, KeyError: a table cannot be read or names a list it does not have; re.error: a pattern is
        none.
    """
    named = read_table(folder / "leaders.yaml")
    leaders = {fold(spelling): name for name, others in named.items() for spelling in (name, *others)}
    return ByLanguage(folder, "relations", lambda code: _cues(read_table(folder / f"relations.{code}.yaml"), leaders))


def load_relation_weights(path: Path) -> Array:
    """Load the weights of the words around two actors; shape as `coding.pairs.likely_pairs` says.

    Raises:
        DataError: there is no such file.
    """
    try:
        with np.load(path) as said:
            weights: Array = said["weights"].astype(np.float32)
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}") from error
    return weights


def _cues(table: Mapping[str, Any], leaders: Mapping[str, str]) -> RelationCues:
    words = {name: _any_of(listed) for name, listed in table["words"].items()}
    rules = tuple(
        _rule(f"{predicate}: {name}", Predicate(predicate), row, words)
        for predicate, rows in table["rules"].items()
        for name, row in rows.items()
    )
    return RelationCues(
        rules=rules,
        joined=tuple(_compiled(p, words) for p in table.get("joined", ())),
        inside=tuple(_compiled(p, words) for p in table.get("inside", ())),
        titles=re.compile(rf"(?:(?:{words['title']})\.? )+"),
        leaders=leaders,
        leader=re.compile(rf"\b[ولب]?(?P<name>{'|'.join(map(re.escape, sorted(leaders, key=len, reverse=True)))})\b"),
        nobody=frozenset(map(fold, table.get("nobody", ()))),
        home=frozenset(map(fold, table.get("home", ()))),
        nouns=re.compile(rf"\b(?:{_any_of(table.get('nouns', [_NEVER]))})\b"),
        apposition=_compiled(table.get("apposition", _NEVER), words),
        denied=re.compile(_any_of(table.get("denied", [_NEVER]))),
        alleged=re.compile(_any_of(table.get("alleged", [_NEVER]))),
    )


def _any_of(patterns: list[str]) -> str:
    return "(?:" + "|".join(map(fold, patterns)) + ")"


def _rule(name: str, predicate: Predicate, row: Mapping[str, Any], words: Mapping[str, str]) -> RelationRule:
    said = row["say"]
    persons = frozenset(role for role, sort in _PLACEHOLDER.findall(said) if sort in PERSONS)
    return RelationRule(
        name=name,
        predicate=predicate,
        pattern=_compiled(said, words),
        persons=persons,
        forces=frozenset(row.get("forces", "")),
        of_its_side=row.get("of_its_side") == "true",
        prior=float(row["prior"]),
    )


def _compiled(pattern: str, words: Mapping[str, str]) -> re.Pattern[str]:
    def expand(match: re.Match[str]) -> str:
        name, sort = match.groups()
        if name in ("its_s", "its_o"):
            return f"(?P<{name[-1]}>{_signs('pronoun')})"
        if name == "its":
            return _signs("pronoun")
        if name == "an":
            return _signs(sort)
        if sort == "who":
            return rf"(?P<{name}>{_signs(sort)}|\w[\w-]+(?![\w-]))"
        if name in ("s", "o"):
            return f"(?P<{name}>{_actors(sort or 'side', words['and'])})"
        return words[name]

    return re.compile(_PLACEHOLDER.sub(expand, pattern))


def _actors(sort: str, joint: str) -> str:
    if sort.startswith(_ONE) or sort in PERSONS:
        return _signs(sort.removeprefix(_ONE))
    if sort.startswith(_TIGHT):
        return f"(?:{_signs('state')} and )?{_signs(sort.removeprefix(_TIGHT))}"
    one = _signs(sort)
    return f"{one}(?:(?:{_COMMA}{one}){{0,3}}{joint}{one})?"


def _signs(sort: str) -> str:
    ranges = "".join(f"{chr(SLOTS[s])}-{chr(SLOTS[s] + MOST_SLOTS - 1)}" for s in CLASSES[sort])
    return f"[{ranges}]"
