"""Fill a template: `{field}`, `{field|words where it is empty}`, and `[ ... ]`, dropped when a field in it is empty."""

from __future__ import annotations

import re

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]+")
_FIELD = re.compile(r"\{(\w+)(?:\|([^{}]*))?\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


def fill(template: str, /, **fields: str) -> str:
    """Fill a template in.

    Args:
        template: as the phrases table has it.
        fields: the words of each field; an empty or missing one empties its `[ ... ]`.

    Raises:
        KeyError: a field outside brackets has neither words nor a fallback.
    """
    return re.sub(r"  +", " ", _put(_OPTIONAL.sub(lambda m: _if_whole(m.group(1), fields), template), fields)).strip()


def _if_whole(part: str, fields: dict[str, str]) -> str:
    whole = all(fields.get(name) or other for name, other in _FIELD.findall(part))
    return _put(part, fields).replace("[", "(").replace("]", ")") if whole else ""


def _put(template: str, fields: dict[str, str]) -> str:
    def word(m: re.Match[str]) -> str:
        said = fields.get(m.group(1)) or m.group(2)
        if said is None:
            raise KeyError(f"the template {template!r} needs {m.group(1)}")
        return said

    return _FIELD.sub(word, template)


def listed(items: list[str] | tuple[str, ...]) -> str:
    """Join names as prose does: "A", "A and B", "A, B and C"."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def printable(text: str) -> str:
    """A text of foreign origin on one line, without characters that steer a terminal or turn the writing around."""
    return " ".join(_UNPRINTABLE.sub(" ", text).split())


def sentence_case(text: str) -> str:
    """Begin with a capital and end with a full stop, unless a quotation mark or full stop ends it already."""
    text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "!", "?", ".”", "!”", "?”")) else f"{text}."
