"""PDF: one file is one report, its pages' text joined. A scanned PDF has none; refused: broken and locked files.

The date of a PDF's making is no date of publication and is not taken for one.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from pathlib import PurePath

from warledger.domain.errors import Problem
from warledger.domain.report import Draft

MAX_CHARS = 2_000_000
"""No further page is read once the text is this long: it will be cut far below."""
_HYPHENATED = re.compile(r"(?<=[^\W\d_])[-\u00ad]\n(?=[a-zà-ÿа-я])")


class PdfParser:
    """Reader of `.pdf`."""

    suffixes = (".pdf",)

    def parse(self, raw: bytes, *, file: str) -> Iterator[Draft | Problem]:
        """Read the one report."""
        from pypdf import PdfReader
        from pypdf.errors import PyPdfError

        try:
            reader = PdfReader(io.BytesIO(raw))
            if reader.is_encrypted and not reader.decrypt(""):
                yield Problem(file=file, what="is locked with a password", raw=raw)
                return
            text, title = _text(page.extract_text() for page in reader.pages), _title(reader.metadata)
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
            yield Problem(file=file, what=f"is no readable PDF ({type(error).__name__})", raw=raw)
            return
        yield Draft(file=file, raw=raw, text=text, title=title, suggested_id=PurePath(file).stem)


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
