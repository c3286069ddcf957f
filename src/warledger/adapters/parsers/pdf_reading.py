"""A process that reads one PDF: its bytes on standard input; JSON with `text`, `title` and `problem` on the output.

Its argument is how many seconds of processor time it may take; the system ends it then.
"""

from __future__ import annotations

import io
import json
import re
import resource
import sys
from collections.abc import Iterator

from pypdf import PdfReader
from pypdf.errors import PyPdfError

MAX_CHARS = 2_000_000
"""No further page is read once the text is this long: it will be cut far below."""
_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u00ad]\n(?=[a-zà-ÿа-я])")


def read_pdf(raw: bytes) -> dict[str, str | None]:
    """The text and the title of a PDF, or the problem with it."""
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"text": None, "title": None, "problem": "is locked with a password"}
        text, title = _text(page.extract_text() for page in reader.pages), _title(reader.metadata)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        return {"text": None, "title": None, "problem": f"is no readable PDF ({type(error).__name__})"}
    return {"text": text, "title": title, "problem": None}


def _text(pages: Iterator[str]) -> str:
    parts: list[str] = []
    size = 0
    for page in pages:
        parts.append(_HYPHENATED.sub("", page.strip()))
        size += len(page)
        if size > MAX_CHARS:
            break
    return "\n\n".join(p for p in parts if p)


def _title(metadata: object) -> str | None:
    title = getattr(metadata, "title", None)
    return title.strip() or None if isinstance(title, str) else None


if __name__ == "__main__":
    seconds = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    json.dump(read_pdf(sys.stdin.buffer.read()), sys.stdout)
