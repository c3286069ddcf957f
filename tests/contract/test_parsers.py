"""Every registered parser keeps the same promises; a new one is picked up from the registry."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warledger.adapters.parsers.pdf import PdfParser
from warledger.app import PARSERS
from warledger.domain.errors import Problem
from warledger.domain.report import Draft
from warledger.pipeline import guarded
from warledger.ports import Parser

Test = TypeVar("Test", bound=Callable[..., None])
EVERY = pytest.mark.parametrize("parser", PARSERS, ids=lambda p: p.suffixes[0])
STARTS = (b"", b"%PDF-1.7\n", b"<html><body><p>", b'{"text": "', b'[{"text": "x"}, ', b"\xef\xbb\xbf", b"\xff\xfe")


def test_no_suffix_has_two_readers() -> None:
    suffixes = [s for p in PARSERS for s in p.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(s.startswith(".") and s == s.lower() for s in suffixes)


def given_to(parser: Parser, most: int, **strategies: st.SearchStrategy[Any]) -> Callable[[Test], Test]:
    """Give a test its examples: `most`, and a tenth where each is read by a process of its own."""
    many = max(1, most // 10) if isinstance(parser, PdfParser) else most
    chosen = settings(max_examples=many, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    return lambda test: chosen(given(**strategies)(test))


@EVERY
def test_no_bytes_whatever_break_a_run(parser: Parser) -> None:
    @given_to(parser, 60, start=st.sampled_from(STARTS), rest=st.binary(max_size=300))
    def holds(start: bytes, rest: bytes) -> None:
        raw = start + rest
        for item in guarded(parser.parse(raw, file="any/name.x"), "any/name.x", raw):
            assert item.file == "any/name.x"
            if isinstance(item, Problem):
                assert item.refused and item.what
                lines = [line.removesuffix(b"\r") for line in raw.split(b"\n")]
                assert item.raw is None or item.raw in (raw, *lines) or item.raw.decode() in raw.decode()

    holds()


@EVERY
def test_bytes_of_an_item_stand_in_its_file(parser: Parser) -> None:
    @given_to(parser, 40, text=st.text(max_size=200))
    def holds(text: str) -> None:
        raw = text.encode("utf-8", "ignore")
        for item in parser.parse(raw, file="a.x"):
            if isinstance(item, Draft):
                assert item.raw in raw and item.suggested_id

    holds()
