"""`warledger show EVENT --origins`: who stands behind an event, through whom each claim came, why it has its grade."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs
from rich.text import Text
from rich.tree import Tree

from warledger.cli.tables import console, plain
from warledger.domain.event import Event
from warledger.domain.origin import OriginGraph, OriginNode
from warledger.domain.records import Record
from warledger.ports import KeptClaim


def show_origins(
    event: Event, claims: Mapping[str, KeptClaim], draw: Callable[[Sequence[KeptClaim]], OriginGraph], *, as_json: bool
) -> None:
    """Print the origins of an event.

    Args:
        event: which.
        claims: those behind it, by id.
        draw: draws the graph of their sources.
        as_json: one JSON object instead of text.
    """
    graph = draw(tuple(claims.values()))
    if as_json:
        print(json.dumps(origins_record(event, graph), ensure_ascii=False, indent=2))
        return
    out = console()
    number = len(event.origins)
    out.print(Text(f"Event {event.id}: {number} independent {'origin' if number == 1 else 'origins'}", style="bold"))
    for name in sorted(set(graph.origin_of.values())):
        tree = Tree(Text(described(graph.nodes[name])))
        for kept in sorted(claims.values(), key=lambda k: (k.report.published, k.id)):
            if graph.origin_of.get(kept.id) == name:
                tree.add(Text(_told(kept, graph), style="dim"))
        out.print(tree)
    others = sorted(set(graph.nodes) - set(graph.origin_of.values()))
    if others:
        out.print(Text("Passed on by, or nobody in particular:"))
    for name in others:
        out.print(Text(f"  {described(graph.nodes[name])}"))
    out.print(Text(f"Grade: {event.grade}: {event.reason}"))


def origins_record(event: Event, graph: OriginGraph) -> Record:
    """The graph as JSON values."""
    return {
        "id": event.id,
        "grade": str(event.grade),
        "reason": event.reason,
        "nodes": [attrs.asdict(node) for _, node in sorted(graph.nodes.items())],
        "links": [attrs.asdict(link) for link in graph.links],
        "claims": [
            {
                "id": claim,
                "origin": origin,
                "outlet": graph.teller_of[claim],
                "first_print": graph.first_print_of[claim].id,
            }
            for claim, origin in sorted(graph.origin_of.items())
        ],
    }


def described(node: OriginNode) -> str:
    """A source in words: name, sort, whose word it is."""
    said = [str(node.kind)]
    if node.word_of is not None:
        said.append(f"the word of {node.word_of}")
    if node.is_party:
        said.append("a side of this event")
    return f"{plain(node.name)} ({', '.join(said)})"


def _told(kept: KeptClaim, graph: OriginGraph) -> str:
    words = " … ".join(f"“{plain(q.text)}”" for q in kept.claim.quotes)
    doubt = "" if kept.claim.modality == "asserted" else f" ({kept.claim.modality})"
    way = " ← ".join(plain(name) for name in _way(kept.id, graph))
    return f"{words}{doubt}  {way}, {kept.report.published}{_taken_as(kept, graph)}  claim {kept.id}"


def _taken_as(kept: KeptClaim, graph: OriginGraph) -> str:
    """That a report prints another's text, and in whose language."""
    first = graph.first_print_of[kept.id]
    if first.id == kept.report.id:
        return ""
    if first.language == kept.report.language:
        return f", a reprint of report {plain(first.id)}"
    return f", taken as a translation of report {plain(first.id)} ({first.language})"


def _way(claim_id: str, graph: OriginGraph) -> Iterator[str]:
    """The names from a claim's outlet to its origin, by the shortest chain of links."""
    start, goal = graph.teller_of[claim_id], graph.origin_of[claim_id]
    ways = [[start]]
    seen = {start}
    while ways and ways[0][-1] != goal:
        way = ways.pop(0)
        ahead = [link.source for link in graph.links if link.teller == way[-1] and link.source not in seen]
        seen |= set(ahead)
        ways += [[*way, name] for name in ahead]
    yield from ways[0] if ways else (start, goal)
