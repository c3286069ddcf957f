"""Web pages: the article's text by trafilatura; title, day, outlet and address from the page's own metadata.

A page without an article gives no text. The language that a page declares is its menus' more often than its article's,
and is not taken. Nothing is guessed from the text, the address or the clock. Refused: bytes that
are not in the encoding that the page declares (UTF-8 where it declares none).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from warledger.adapters.parsers.decoding import NotText, decode
from warledger.domain.errors import Problem
from warledger.domain.report import Draft

_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}encoding=[\"']([\w.:-]+)", re.I
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d(?!\d)")
_HEAD_BYTES = 4096
PROSE_CHARS = 60
_SENTENCE_ENDS = (".", "!", "?", "…", "。", "！", "？", "؟", "۔", "।")
_ARTICLE_TYPES = (
    "Article",
    "NewsArticle",
    "ReportageNewsArticle",
    "LiveBlogPosting",
    "BlogPosting",
    "WebPage",
    "Report",
)
_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@property='og:article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[translate(@name,'DCTERMSPUBLIHANO','dctermspublihano')='dc.date.issued']/@content",
    "//meta[translate(@name,'DCTERMSPUBLIHANO','dctermspublihano')='dcterms.issued']/@content",
    "//meta[translate(@name,'DCATE','dcate')='dc.date']/@content",
    "//meta[@name='publication_date' or @name='publish-date' or @name='pubdate' or @name='date']/@content",
    "//meta[@name='parsely-pub-date' or @name='sailthru.date' or @name='citation_publication_date']/@content",
    "//time[@pubdate]/@datetime",
    "//article//header//time/@datetime",
)
_TITLES = ("//meta[@property='og:title']/@content", "//meta[@name='twitter:title']/@content", "//head/title/text()")
_SITES = ("//meta[@property='og:site_name']/@content", "//meta[@name='application-name']/@content")
_ADDRESSES = ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content")


class HtmlParser:
    """Reader of `.html`."""

    suffixes = (".html", ".htm", ".xhtml")

    def parse(self, raw: bytes, *, file: str) -> Iterator[Draft | Problem]:
        """Read the one article."""
        try:
            page = decode(raw, _encoding(raw))
        except NotText as error:
            yield Problem(file=file, what=str(error), raw=raw)
            return
        if not page.strip():
            yield Draft(file=file, raw=raw, text="", suggested_id=PurePath(file).stem)
            return
        yield _draft(page, raw, file)


def _draft(page: str, raw: bytes, file: str) -> Draft:
    from trafilatura import extract, load_html

    suggested_id = PurePath(file).stem
    tree = load_html(page)
    if tree is None:
        return Draft(file=file, raw=raw, text="", suggested_id=suggested_id)
    linked = _linked_data(tree)
    found = _first(tree, _DATES), _first(tree, _TITLES), _first(tree, _SITES), _first(tree, _ADDRESSES)
    text = extract(page, include_comments=False, include_tables=False, favor_precision=True, with_metadata=False)
    return Draft(
        file=file,
        raw=raw,
        text=text if text is not None and _is_prose(text) else "",
        suggested_id=suggested_id,
        published=next((d for d in (linked.get("datePublished"), found[0]) if _is_day(d)), None),
        title=headline if isinstance(headline := linked.get("headline"), str) else found[1],
        publisher=found[2] or _name(linked.get("publisher")),
        url=found[3],
    )


def _is_day(said: object) -> bool:
    return isinstance(said, str) and _DAY.match(said.strip()) is not None


def _name(organisation: object) -> str | None:
    name = organisation.get("name") if isinstance(organisation, dict) else None
    return name if isinstance(name, str) else None


def _is_prose(text: str) -> bool:
    """Menus are lines of a few words; an article has at least one line that is long or ends as a sentence does."""
    lines = (line.rstrip("\"'”’»)") for line in text.splitlines())
    return any(len(line) >= PROSE_CHARS or line.endswith(_SENTENCE_ENDS) for line in lines)


def _encoding(raw: bytes) -> str:
    declared = _CHARSET.search(raw[:_HEAD_BYTES])
    return next(g for g in declared.groups() if g).decode("ascii") if declared is not None else "utf-8"


def _first(tree: Any, paths: tuple[str, ...]) -> str | None:
    for path in paths:
        for found in tree.xpath(path):
            if isinstance(found, str) and found.strip():
                return " ".join(found.split())
    return None


def _linked_data(tree: Any) -> dict[str, Any]:
    """The article among the page's JSON-LD (schema.org), or nothing."""
    for said in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            value = json.loads(said)
        except (ValueError, RecursionError):
            continue
        for item in _graph(value):
            kinds = item.get("@type")
            if any(k in _ARTICLE_TYPES for k in (kinds if isinstance(kinds, list) else [kinds])):
                return item
    return {}


def _graph(value: object) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from _graph(item)
    elif isinstance(value, dict):
        yield value
        yield from _graph(value.get("@graph"))
