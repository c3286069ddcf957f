"""The error page: every missed, spurious and wrong claim in its sentence, as one HTML file.

In go scored reports; out comes the text of a page. The page is built as a tree and serialised, so that nothing of a
report or a claim can become markup. It loads nothing from anywhere.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from xml.etree.ElementTree import Element, SubElement, tostring

from evaluation.agreement import Record
from evaluation.claims import KEY_FIELDS, Pair, ReportScore, quote_extents, total

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
section { border-top: 1px solid #999; margin-top: 2rem; }
article { margin: 1rem 0; padding-left: .8rem; border-left: .3rem solid; }
.miss { border-color: #b3261e; } .spurious { border-color: #7a5900; } .wrong { border-color: #1c4f9c; }
mark { background: #ffe38a; }
dt { float: left; clear: left; width: 8rem; font-weight: bold; } dd { margin-left: 8.5rem; }
.meta { color: #555; }
"""
MARGIN = 120
"""Characters shown around a quote whose sentence is not told by a full stop nearby."""


def _add(parent: Element, tag: str, text: str = "", **attributes: str) -> Element:
    child = SubElement(parent, tag, {name.rstrip("_"): value for name, value in attributes.items()})
    child.text = text
    return child


def _surroundings(text: str, claim: Record) -> tuple[int, int]:
    """From where to where to show the text around a claim's quotes."""
    found = quote_extents(text, claim)
    start, end = min(s for s, _ in found), max(e for _, e in found)
    before = max(text.rfind(mark, 0, start) + 1 for mark in (". ", "\n", "? ", "! "))
    after = min((at + 1 for mark in (". ", "\n", "? ", "! ") if (at := text.find(mark, end)) >= 0), default=len(text))
    return max(before, start - 3 * MARGIN), min(after, end + 3 * MARGIN)


def _passage(parent: Element, text: str, claim: Record) -> None:
    """The sentence of a claim with its quotes marked."""
    paragraph = _add(parent, "p", dir="auto")
    found = sorted(quote_extents(text, claim))
    if not found:
        paragraph.text = f"Quote not in the text: {claim.get('quote')}"
        return
    start, end = _surroundings(text, claim)
    edges = sorted({start, end, *(edge for extent in found for edge in extent)})
    for low, high in pairwise(edges):
        quoted = any(s <= low and high <= e for s, e in found)
        _add(paragraph, "mark" if quoted else "span", text[low:high])


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _fields(parent: Element, claim: Record) -> None:
    listing = _add(parent, "dl")
    for name, value in claim.items():
        if name not in ("kind", "quote", "spans") and value not in (None, [], {}):
            _add(listing, "dt", name)
            _add(listing, "dd", _shown(value), dir="auto")


def _lone(parent: Element, word: str, text: str, claim: Record) -> None:
    article = _add(parent, "article", class_=word)
    _add(article, "h3", f"{word}: {claim.get('kind')} {claim.get('type') or ''}".rstrip())
    _passage(article, text, claim)
    _fields(article, claim)


def _differing(parent: Element, text: str, pair: Pair) -> None:
    article = _add(parent, "article", class_="wrong")
    _add(article, "h3", f"wrong: {pair.gold['kind']} {pair.gold.get('type') or ''}".rstrip())
    _passage(article, text, pair.gold)
    listing = _add(article, "dl")
    for name in pair.wrong:
        key = name in KEY_FIELDS[pair.gold["kind"]]
        _add(listing, "dt", name if key else f"({name})")
        _add(listing, "dd", f"gold {_shown(pair.gold.get(name))}", dir="auto")
        _add(listing, "dd", f"said {_shown(pair.said.get(name))}", dir="auto")


def _report(body: Element, score: ReportScore) -> None:
    report = score.report
    section = _add(body, "section", id=str(report["id"]))
    exact = sum(pair.exact for pair in score.pairs)
    _add(section, "h2", f"{report['id']}: {report.get('title') or report.get('publisher') or ''}")
    _add(
        section,
        "p",
        f"{report.get('publisher')}, {report.get('published')}, {report.get('language')}: {len(report['claims'])} gold "
        f"claims, {len(score.pairs)} found, {exact} of them exact, {len(score.spurious)} spurious",
        class_="meta",
    )
    for claim in score.missed:
        _lone(section, "miss", report["text"], claim)
    for claim in score.spurious:
        _lone(section, "spurious", report["text"], claim)
    for pair in score.pairs:
        if pair.wrong:
            _differing(section, report["text"], pair)


def error_page(sets: Iterable[tuple[str, Sequence[ReportScore]]], basis: str) -> str:
    """Build the page.

    Args:
        sets: title and scored reports of each set.
        basis: the line that says what gold is.
    """
    page = Element("html", {"lang": "en"})
    head = _add(page, "head")
    SubElement(head, "meta", {"charset": "utf-8"})
    SubElement(head, "meta", {"name": "viewport", "content": "width=device-width"})
    _add(head, "title", "warledger: errors against gold")
    _add(head, "style", STYLE)
    body = _add(page, "body")
    _add(body, "h1", "Errors against gold")
    _add(body, "p", f"{basis}. Fields in brackets do not count for exact.")
    for title, scores in sets:
        whole = total(scores)
        _add(body, "h1", title)
        _add(body, "p", f"detection F1 {whole.detection().f1:.3f}, exact F1 {whole.exactness().f1:.3f}")
        for score in scores:
            _report(body, score)
    return "<!doctype html>\n" + tostring(page, encoding="unicode", method="html")
