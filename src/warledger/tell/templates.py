"""Fill a template, in whatever language it is written.

`{field}` is filled in, `{field|words}` falls back on the words, `{field~}` takes the field as it stands behind a
preposition or a verb. `<field:one/other>` chooses the words that agree with the field; a form that is not written is
the first. `[ ... ]` is dropped when a field in it is empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from attrs import frozen

_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e]+")
_ISOLATING = re.compile(r"[\u2066-\u2069]+")
_FIELD = re.compile(r"\{(\w+)(~?)(?:\|([^{}]*))?\}")
_CHOICE = re.compile(r"<(\w+):([^<>]*)>")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
_PART = re.compile(rf"{_FIELD.pattern}|{_CHOICE.pattern}|[\[\]]")
_CLOSING = "”»\u2069"


@frozen
class Noun:
    """Words, and what agrees with them.

    Args:
        text: the words.
        form: which of the forms of a verb, an adjective or a counted thing goes with them, from 0.
        oblique: the words behind a preposition or a verb, or None where they are the same.
    """

    text: str
    form: int = 0
    oblique: str | None = None

    def __str__(self) -> str:
        return self.text


Field: TypeAlias = str | Noun


def fill(template: str, /, **fields: Field) -> str:
    """Fill a template in.

    Args:
        template: as the phrases table has it.
        fields: the words of each field; an empty or missing one empties its `[ ... ]`.

    Raises:
        KeyError: a field outside brackets has neither words nor a fallback.
    """
    agreed = _CHOICE.sub(lambda m: _chosen(fields.get(m.group(1), ""), m.group(2).split("/")), template)
    whole = _OPTIONAL.sub(lambda m: m.group(1) if _is_whole(m.group(1), fields) else "", agreed)
    return re.sub(r"  +", " ", _FIELD.sub(lambda m: _word(m, fields, template), whole)).strip()


def _chosen(field: Field, forms: Sequence[str]) -> str:
    form = field.form if isinstance(field, Noun) else 0
    return forms[form] if form < len(forms) else forms[0]


def _is_whole(part: str, fields: Mapping[str, Field]) -> bool:
    return all(str(fields.get(name, "")) or other for name, _, other in _FIELD.findall(part))


def _word(m: re.Match[str], fields: Mapping[str, Field], template: str) -> str:
    field = fields.get(m.group(1), "")
    oblique = field.oblique if m.group(2) and isinstance(field, Noun) else None
    said = oblique or str(field) or m.group(3)
    if said is None:
        raise KeyError(f"the template {template!r} needs {m.group(1)}")
    return said


def pattern_of(template: str, looks: Mapping[str, str]) -> re.Pattern[str]:
    """What a template looks like filled in, with a group for each field.

    Args:
        template: one that names no field twice, and none in its choices.
        looks: patterns of single fields; any other is as short as may be.
    """
    said, at = "", 0
    for m in _PART.finditer(template):
        said += re.escape(template[at : m.start()]) + _part(m, looks)
        at = m.end()
    return re.compile(said + re.escape(template[at:]))


def _part(m: re.Match[str], looks: Mapping[str, str]) -> str:
    field, _, _, agreeing, forms = m.groups()
    if field is not None:
        return f"(?P<{field}>{looks.get(field, '.+?')})"
    if agreeing is not None:
        return f"(?:{'|'.join(map(re.escape, forms.split('/')))})"
    return "(?:" if m.group() == "[" else ")?"


def listed(items: Sequence[str], joints: tuple[str, str]) -> str:
    """Join names as prose does: "A", "A and B", "A, B and C".

    Args:
        items: the names.
        joints: what stands between two, and what before the last.
    """
    between, last = joints
    return last.join(filter(None, (between.join(items[:-1]), *items[-1:])))


def printable(text: str) -> str:
    """A text of foreign origin on one line, without characters that steer a terminal or turn the writing around."""
    return one_line(_ISOLATING.sub(" ", text))


def one_line(text: str) -> str:
    """The same of a sentence of ours, in which what is written the other way stays isolated."""
    return " ".join(_STEERING.sub(" ", text).split())


def sentence_case(text: str) -> str:
    """Begin with a capital and end with a full stop, unless one ends it already, or a quotation that has one."""
    text = text[:1].upper() + text[1:]
    return text if text.rstrip(_CLOSING).endswith((".", "!", "?", "؟")) else f"{text}."
