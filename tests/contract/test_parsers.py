"""Every registered parser keeps the same promises; a new one is picked up from the registry."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from warledger.app import PARSERS
from warledger.domain.errors import Problem
from warledger.domain.report import Draft
from warledger.pipeline import guarded
from warledger.ports import Parser

EVERY = pytest.mark.parametrize("parser", PARSERS, ids=lambda p: p.suffixes[0])
STARTS = (b"", b"%PDF-1.7\n", b"<html><body><p>", b'{"text": "', b'[{"text": "x"}, ', b"\xef\xbb\xbf", b"\xff\xfe")


def test_no_suffix_has_two_readers() -> None:
    suffixes = [s for p in PARSERS for s in p.suffixes]
    assert len(suffixes) == len(set(suffixes))
    assert all(s.startswith(".") and s == s.lower() for s in suffixes)


@EVERY
@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=300))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_bytes_whatever_break_a_run(parser: Parser, start: bytes, rest: bytes) -> None:
    raw = start + rest
    for item in guarded(parser.parse(raw, file="any/name.x"), "any/name.x", raw):
        assert item.file == "any/name.x"
        if isinstance(item, Problem):
            assert item.refused and item.what
            lines = [line.removesuffix(b"\r") for line in raw.split(b"\n")]
            assert item.raw is None or item.raw in (raw, *lines) or item.raw.decode() in raw.decode()


@EVERY
@given(text=st.text(max_size=200))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_bytes_of_an_item_stand_in_its_file(parser: Parser, text: str) -> None:
    raw = text.encode("utf-8", "ignore")
    for item in parser.parse(raw, file="a.x"):
        if isinstance(item, Draft):
            assert item.raw in raw and item.suggested_id
