"""Draw the sources behind an event: outlet, agency, monitor, official, witness, party; whose word each is.

In: the claims of one event, the table of agencies and state media. Out: the graph, in which each claim leads from the
outlet that tells it to its origin. No claims give an empty graph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from warledger.corroborate.columns import GroupsThen
from warledger.corroborate.grade import Told, told_of
from warledger.corroborate.origins import canonical, is_party, is_vague, publisher_of, speaks_for
from warledger.corroborate.reprints import FirstPrints, reprints
from warledger.domain.corroboration import Affiliations
from warledger.domain.origin import LinkKind, OriginGraph, OriginKind, OriginLink, OriginNode
from warledger.ports import KeptClaim

_STATE_BODY = re.compile(r"(?:Government|Military Forces|Police Forces) of ")
_WORD = re.compile(r"[^\W\d_]+")
_OWN_VOICE = frozenset({OriginKind.OUTLET, OriginKind.AGENCY, OriginKind.MONITOR})
"""Kinds that stay what they are where their word is a party's: state media is media still."""


def origin_graph(
    claims: Sequence[KeptClaim], table: Affiliations, groups: GroupsThen, first_prints: FirstPrints = reprints
) -> OriginGraph:
    """Draw the sources behind the claims of one event.

    Args:
        claims: of one event, any order.
        table: agencies, state media, kinds of sources.
        groups: wider groups of an actor, for telling who speaks for a side.
        first_prints: finds reports that print one text.
    """
    told = told_of(claims, table, first_prints)
    sides = sorted({name for t in told for name in (*t.claim.initiator, *t.claim.target)})
    tellers = {t.kept.id: publisher_of(t.kept.report, table) for t in told}
    links = tuple(sorted({link for t in told for link in _links(t, tellers[t.kept.id], table)}))
    names = sorted({*tellers.values(), *(t.origin for t in told), *(link.source for link in links)})
    outlets = frozenset(tellers.values())
    nodes = {
        name: OriginNode(
            name=name,
            kind=kind_of(name, table, is_side := is_party(name, sides, table, groups), name in outlets),
            word_of=None if (actor := speaks_for(name, table)) == name else actor,
            is_party=is_side,
        )
        for name in names
    }
    return OriginGraph(
        nodes=nodes,
        links=links,
        origin_of={t.kept.id: t.origin for t in told},
        teller_of=tellers,
        first_print_of={t.kept.id: t.first_print for t in told},
    )


def kind_of(name: str, table: Affiliations, is_side: bool, is_outlet: bool) -> OriginKind:
    """What sort of source a name is: as listed, else as its words say, else an outlet where it publishes."""
    folded = name.casefold()
    listed = OriginKind.AGENCY if folded in table.agencies else table.kinds.get(folded) or table.vague.get(folded)
    if is_side and listed not in _OWN_VOICE and not (is_outlet and listed is None):
        return OriginKind.PARTY
    if listed is not None:
        return listed
    if is_outlet:
        return OriginKind.OUTLET
    if _STATE_BODY.match(name):
        return OriginKind.OFFICIAL
    words = _WORD.findall(folded)
    said = (table.cues.get(form) for word in words for form in (word, word.removesuffix("s")))
    return next((kind for kind in said if kind is not None), OriginKind.SOURCE)


def _links(t: Told, teller: str, table: Affiliations) -> Iterator[OriginLink]:
    """The way of one claim from its outlet back to whoever knew it first, nobody in particular included."""
    chain = [canonical(name, table) for name in reversed(t.claim.attribution)]
    named = any(not is_vague(name, table) for name in t.claim.attribution)
    if not named and t.origin != teller:
        yield OriginLink(teller=teller, how=_how(t, table), source=t.origin)
        teller = t.origin
    for source in chain:
        if source != teller:
            yield OriginLink(teller=teller, how=LinkKind.CITES, source=source)
            teller = source


def _how(t: Told, table: Affiliations) -> LinkKind:
    """How an outlet has a text that is not its own."""
    if t.origin.casefold() in table.agencies:
        return LinkKind.CARRIES
    return LinkKind.REPRINTS if t.kept.report.language == t.first_print.language else LinkKind.TRANSLATES
