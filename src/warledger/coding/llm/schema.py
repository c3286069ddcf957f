"""The form of a language model's answer as a JSON schema, made from the codebook's enumerations.

Codes are the codebook's. Where the codebook has a name, a place, a time or a number, the answer has the words of the
report that say it: what they mean the readers know better, and words can be looked up in the text.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from warledger.domain.codes import Act, EventType, Harm, Kind, Modality, Predicate, Status

Schema = dict[str, Any]

CODE_OF: Mapping[Kind, tuple[str, type[StrEnum]]] = {
    Kind.EVENT: ("type", EventType),
    Kind.CONTROL: ("status", Status),
    Kind.RELATION: ("predicate", Predicate),
    Kind.STATEMENT: ("act", Act),
}
"""The key and the code list that tell what a kind's claim says; a toll has none."""

ROLES_OF: Mapping[Kind, tuple[str, ...]] = {
    Kind.EVENT: ("initiator", "target"),
    Kind.CONTROL: ("holder",),
    Kind.TOLL: ("side",),
    Kind.RELATION: ("subject", "object"),
    Kind.STATEMENT: ("speaker", "about"),
}
"""The keys of a kind that hold actors."""

PLACED = (Kind.EVENT, Kind.CONTROL, Kind.TOLL)
TIMED = (*PLACED, Kind.RELATION)
COUNTED = (Kind.EVENT, Kind.TOLL)
MOST_QUOTES = 2
_WORDS: Schema = {"type": "string"}
_WORDS_OR_NULL: Schema = {"type": ["string", "null"]}


def answer_schema() -> Schema:
    """The schema of a whole answer: an object with `claims`, each of one of the five kinds."""
    return _object(claims={"type": "array", "items": {"anyOf": [_claim(kind) for kind in Kind]}})


def _claim(kind: Kind) -> Schema:
    keys: dict[str, Schema] = {"kind": {"type": "string", "enum": [str(kind)]}, "quote": _list(_WORDS)}
    if kind in CODE_OF:
        key, codes = CODE_OF[kind]
        keys[key] = _one_of(codes)
    keys |= {role: _list(_WORDS) for role in ROLES_OF[kind]}
    if kind in PLACED:
        keys["place"] = _WORDS_OR_NULL
    if kind is Kind.CONTROL:
        keys["extent"] = _WORDS
    if kind in TIMED:
        keys["time"] = _WORDS_OR_NULL
    if kind in COUNTED:
        keys["figures"] = _list(_object(harm=_one_of(Harm), number=_WORDS))
    return _object(**keys, attribution=_list(_WORDS), modality=_one_of(Modality))


def _object(**keys: Schema) -> Schema:
    return {"type": "object", "properties": keys, "required": list(keys), "additionalProperties": False}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _one_of(codes: type[StrEnum]) -> Schema:
    return {"type": "string", "enum": [str(code) for code in codes]}
