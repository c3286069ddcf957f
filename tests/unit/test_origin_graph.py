"""The sources behind an event: what sort each is, whose word it is, and through whom each claim came."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve
from raids import ARMY, PAPER, RSF, told

from warledger.adapters.tables.corroborate import load_affiliations
from warledger.adapters.tables.relations import load_actor_kinds
from warledger.corroborate.origin_graph import kind_of, origin_graph
from warledger.domain.origin import LinkKind, OriginGraph, OriginKind, OriginLink
from warledger.ports import KeptClaim

DATA = Path(__file__).parents[2] / "src" / "warledger" / "data"
TABLE = load_affiliations(DATA / "corroborate" / "affiliations.yaml", load_actor_kinds(DATA))
CITES, CARRIES, REPRINTS = LinkKind.CITES, LinkKind.CARRIES, LinkKind.REPRINTS


def graph(*claims: KeptClaim) -> OriginGraph:
    return origin_graph(claims, TABLE, lambda _: ())


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("AFP", OriginKind.AGENCY),
        ("Sudan Doctors Network", OriginKind.MONITOR),
        ("Radio Dabanga", OriginKind.OUTLET),
        ("Rapid Support Forces", OriginKind.PARTY),
        ("rebel commander", OriginKind.PARTY),
        ("Government of Chad", OriginKind.OFFICIAL),
        ("United Nations", OriginKind.OFFICIAL),
        ("the governor of Gezira", OriginKind.OFFICIAL),
        ("residents", OriginKind.WITNESS),
        ("two doctors at the hospital", OriginKind.WITNESS),
        ("Amal Hassan", OriginKind.SOURCE),
    ],
)
def test_the_sort_of_a_source_comes_from_the_tables_or_from_its_words(name: str, kind: OriginKind) -> None:
    assert kind_of(name, TABLE, is_side=False, is_outlet=False) is kind


def test_a_chain_leads_from_the_outlet_through_the_agency_to_the_monitor() -> None:
    words = "The Sudan Doctors Network told AFP that jets had hit the market of Wad Madani."
    claim = told(words, "Nile Courier", "Sudan Doctors Network", "AFP")
    drawn = graph(claim)
    assert drawn.links == (
        OriginLink(teller="Agence France-Presse", how=CITES, source="Sudan Doctors Network"),
        OriginLink(teller="Nile Courier", how=CITES, source="Agence France-Presse"),
    )
    assert drawn.origin_of == {claim.id: "Sudan Doctors Network"}
    assert drawn.teller_of == {claim.id: "Nile Courier"}


def test_residents_are_witnesses_behind_the_agency_that_they_spoke_to() -> None:
    claim = told("Jets hit the market, residents told Reuters.", "Nile Courier", "residents", "Reuters")
    drawn = graph(claim)
    assert drawn.origin_of == {claim.id: "Reuters"}
    assert OriginLink(teller="Reuters", how=CITES, source="residents") in drawn.links
    assert drawn.nodes["residents"].kind is OriginKind.WITNESS


def test_an_outlet_that_prints_a_wire_carries_the_agency() -> None:
    claim = told("KHARTOUM (Reuters) - Army jets bombed a market in Wad Madani.", "Nile Courier")
    assert graph(claim).links == (OriginLink(teller="Nile Courier", how=CARRIES, source="Reuters"),)


def test_an_outlet_that_prints_anothers_text_reprints_it() -> None:
    text = "Army jets bombed a market in Wad Madani on Saturday, and people carried the hurt to a school nearby."
    first, again = told(text, "Nile Courier", published=12), told(text, "Gezira Mirror", published=13)
    drawn = graph(first, again)
    assert drawn.links == (OriginLink(teller="Gezira Mirror", how=REPRINTS, source="Nile Courier"),)
    assert set(drawn.origin_of.values()) == {"Nile Courier"}


def test_state_media_are_media_but_their_word_is_a_sides() -> None:
    suna = told("SUNA reported that aircraft had struck fighters in Wad Madani.", "Nile Courier", "SUNA")
    node = graph(suna).nodes["SUNA"]
    assert (node.kind, node.word_of, node.is_party) == (OriginKind.AGENCY, "Government of Sudan", True)


def test_the_side_that_suffered_is_a_party_and_a_paper_is_none() -> None:
    claim = told("The RSF said that army jets had killed civilians in Wad Madani.", "Nile Courier", RSF)
    claim = evolve(claim, claim=evolve(claim.claim, target=(RSF,)))
    nodes = graph(claim, PAPER).nodes
    assert (nodes[RSF].kind, nodes[RSF].is_party, nodes[RSF].word_of) == (OriginKind.PARTY, True, None)
    assert (nodes["Nile Courier"].kind, nodes["Nile Courier"].is_party) == (OriginKind.OUTLET, False)
    assert ARMY not in nodes
