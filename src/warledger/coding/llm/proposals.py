"""Read a language model's answer: its text in, proposals and what breaks the codebook's form out, in its order.

Refuses an answer that holds no JSON object with a list of claims. Words around the object (a code fence, thoughts) are
passed over. A key that is missing counts as empty, as far as the kind can do without it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

from attrs import field, frozen

from warledger.coding.llm.schema import CODE_OF, COUNTED, MOST_QUOTES, PLACED, ROLES_OF, TIMED
from warledger.domain.coded import Dropped, Reason
from warledger.domain.codes import Harm, Kind, Modality
from warledger.domain.errors import ModelError

_Code = TypeVar("_Code", bound=StrEnum)
_SHOWN_CHARS, _LONGEST_REASON = 60, 200


@frozen(kw_only=True)
class Proposal:
    """What a language model says is a claim, in words that are still to be found in the report.

    Args:
        kind: the kind of claim.
        code: its type, status, predicate or act; empty for a toll.
        quotes: one or two.
        roles: words for actors by key of the codebook.
        place: words for the place, or None.
        time: words for the time, or None.
        extent: how much of a place is held.
        figures: what is counted, and the words of the number.
        attribution: words for the sources, nearest first.
        modality: how the report holds it.
        said: the claim as the model wrote it, as JSON.
    """

    kind: Kind
    code: str
    quotes: tuple[str, ...]
    roles: Mapping[str, tuple[str, ...]]
    place: str | None = None
    time: str | None = None
    extent: str = "all"
    figures: tuple[tuple[Harm, str], ...] = ()
    attribution: tuple[str, ...] = ()
    modality: Modality = Modality.ASSERTED
    said: str = field(default="", repr=False)


def read_answer(answer: str) -> list[Proposal | Dropped]:
    """Read an answer.

    Raises:
        ModelError: it holds no JSON object with a list of claims.
    """
    claims = _object_in(answer).get("claims")
    if not isinstance(claims, list):
        raise ModelError("the answer has no list of claims")
    return [_read(claim) for claim in claims]


def _object_in(answer: str) -> dict[str, Any]:
    start = answer.find("{", answer.rfind("</think>") + 1)
    shown = " ".join(answer.split())[:_SHOWN_CHARS]
    if start < 0:
        raise ModelError(f"the answer is no JSON: {shown!r}")
    try:
        found, _ = json.JSONDecoder().raw_decode(answer, start)
    except (ValueError, RecursionError) as error:
        raise ModelError(f"the answer is broken JSON ({error}): {shown!r}") from error
    return dict(json.loads(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")))


def _read(claim: object) -> Proposal | Dropped:
    said = json.dumps(claim, ensure_ascii=False)
    try:
        if not isinstance(claim, dict):
            raise ValueError("a claim is no object")
        return _proposal(claim, said)
    except ValueError as error:
        return Dropped(reason=Reason.FORM, what=str(error)[:_LONGEST_REASON], said=said)


def _proposal(claim: dict[str, Any], said: str) -> Proposal:
    kind = _code(claim, "kind", Kind)
    key, codes = CODE_OF.get(kind, ("", None))
    quotes = _list(claim, "quote")
    if not 1 <= len(quotes) <= MOST_QUOTES:
        raise ValueError(f"quote: {len(quotes)} instead of one or two")
    return Proposal(
        kind=kind,
        code=_code(claim, key, codes) if codes is not None else "",
        quotes=quotes,
        roles={role: _list(claim, role) for role in ROLES_OF[kind]},
        place=_words(claim, "place") if kind in PLACED else None,
        time=_words(claim, "time") if kind in TIMED else None,
        extent=(_words(claim, "extent") if kind is Kind.CONTROL else None) or "all",
        figures=_figures(claim) if kind in COUNTED else (),
        attribution=_list(claim, "attribution"),
        modality=_code({"modality": "asserted", **claim}, "modality", Modality),
        said=said,
    )


def _code(claim: Mapping[str, Any], key: str, codes: type[_Code]) -> _Code:
    try:
        return codes(str(claim.get(key)))
    except ValueError:
        raise ValueError(f"{key}: {claim.get(key)!r} is no code of the codebook") from None


def _words(claim: Mapping[str, Any], key: str) -> str | None:
    said = claim.get(key)
    if said is not None and not isinstance(said, (str, int)):
        raise ValueError(f"{key}: {said!r} is no text")
    return " ".join(str(said).split()) or None if said is not None else None


def _list(claim: Mapping[str, Any], key: str) -> tuple[str, ...]:
    said = claim.get(key)
    listed = said if isinstance(said, list) else [said]
    words = (_words({key: one}, key) for one in listed)
    return tuple(w for w in words if w is not None)


def _figures(claim: Mapping[str, Any]) -> tuple[tuple[Harm, str], ...]:
    said = claim.get("figures") or []
    if not isinstance(said, list) or not all(isinstance(figure, dict) for figure in said):
        raise ValueError(f"figures: {said!r} is no list of figures")
    return tuple((_code(figure, "harm", Harm), _words(figure, "number") or "") for figure in said)
