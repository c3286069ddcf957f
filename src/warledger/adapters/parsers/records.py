"""Records of JSON as drafts: one object in, one draft out. Refused: JSON that is no object, or has no known key."""

from __future__ import annotations

import json
from typing import Any

from warledger.domain.errors import Problem
from warledger.domain.report import Draft

KEYS = ("id", "url", "publisher", "published", "language", "title", "text")


def read_json(text: str) -> Any:
    """Read one JSON value.

    Raises:
        ValueError: it is broken, nested too deeply or holds a number too long; the message says where.
    """
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"broken JSON ({error.msg} at character {error.pos + 1})") from None
    except (RecursionError, ValueError) as error:
        raise ValueError(f"broken JSON ({type(error).__name__})") from None


def draft_of(value: object, *, raw: bytes, file: str, record: str | None, suggested_id: str) -> Draft | Problem:
    """Make a draft of a JSON value; keys that warledger does not know are passed over."""
    if not isinstance(value, dict):
        return Problem(file=file, record=record, what="is no JSON object", raw=raw)
    if "text" not in value:
        return Problem(file=file, record=record, field="text", what=f"is missing (keys: {', '.join(KEYS)})", raw=raw)
    known = {key: value.get(key) for key in KEYS}
    return Draft(file=file, record=record, raw=raw, suggested_id=suggested_id, **known)
