"""Bytes to text: strict UTF-8 with or without a byte order mark, or UTF-16 with one; anything else is refused."""

from __future__ import annotations

import codecs
import re

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


class NotText(ValueError):
    """The bytes are no text; the message says why in plain words."""


def decode(raw: bytes, encoding: str = "utf-8") -> str:
    """Decode bytes.

    Args:
        raw: the bytes.
        encoding: what they are said to be in; a byte order mark overrules it.

    Raises:
        NotText: they are not in that encoding, or hold control characters that no text holds.
    """
    for mark, marked in _MARKS:
        if raw.startswith(mark):
            raw, encoding = raw[len(mark) :], marked
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(_broken(raw, encoding, error.start)) from None
    except LookupError:
        raise NotText(f"is in an encoding that is not known ({encoding})") from None
    if _BINARY.search(text) is not None:
        raise NotText("is not text (it holds control characters)")
    return text


def _broken(raw: bytes, encoding: str, at: int) -> str:
    if b"\x00" in raw[:4096]:
        return "is not text (it holds NUL bytes)"
    return f"is not {encoding.upper()} (byte {at} is 0x{raw[at]:02x}); save it as UTF-8"
