"""Cluster rows as an evaluation file gives them.

In: rows with a given `claim` (and its `report`, `published`, `publisher`), or whole documents with `text`. Out: each
row's id with the name of its cluster. A row with neither is refused with ValueError that names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from warledger.corroborate.cluster import gather
from warledger.corroborate.columns import Groups, Parents, no_groups, no_parents
from warledger.corroborate.documents import gather_documents, is_document
from warledger.domain.claim import EventClaim
from warledger.domain.corroboration import Weights
from warledger.domain.records import from_record
from warledger.domain.report import Report
from warledger.domain.span import Span
from warledger.ports import KeptClaim


def cluster_rows(
    rows: Sequence[Mapping[str, Any]], weights: Weights, *, groups: Groups = no_groups, parents: Parents = no_parents
) -> list[dict[str, str]]:
    """Give each row its event.

    Args:
        rows: JSON objects with `id` and either `claim` or `text`.
        weights: how claims are compared.
        groups: wider groups of an actor.
        parents: containing places of a place.

    Returns:
        `{"id", "event"}` for each row, in the order of the rows. Claims that are no events are clusters of their own.

    Raises:
        ValueError: a row has neither a claim nor a text, or its claim breaks the codebook.
    """
    texts = {str(row["id"]): str(row["text"]) for row in rows if is_document(row)}
    claims = [_kept(row) for row in rows if not is_document(row)]
    events = [c for c in claims if isinstance(c.claim, EventClaim)]
    others = [frozenset({c.id}) for c in claims if not isinstance(c.claim, EventClaim)]
    clusters = [*gather(events, weights, groups=groups, parents=parents), *gather_documents(texts), *others]
    of = dict(_named(clusters))
    return [{"id": str(row["id"]), "event": of[str(row["id"])]} for row in rows]


def _named(clusters: Sequence[frozenset[str]]) -> Iterator[tuple[str, str]]:
    for number, cluster in enumerate(sorted(clusters, key=min), start=1):
        for member in cluster:
            yield member, f"c{number:04d}"


def _kept(row: Mapping[str, Any]) -> KeptClaim:
    """Read one row as a claim of the ledger; its report holds no more than the quotes."""
    record = row.get("claim")
    if not isinstance(record, Mapping):
        raise ValueError(f"{row.get('id')}: has neither a claim nor a text")
    quotes = [record["quote"]] if isinstance(record["quote"], str) else list(record["quote"])
    published = date.fromisoformat(str(row["published"])[:10])
    report = Report(
        id=str(row.get("report") or row["id"]),
        published=published,
        text="\n".join(quotes),
        sha256="",
        publisher=row.get("publisher"),
    )
    spans = tuple(Span(start=0, end=len(q), text=q) for q in quotes)
    try:
        claim = from_record(dict(record), report_key=report.key, quotes=spans)
    except (KeyError, ValueError) as error:
        raise ValueError(f"{row['id']}: {error}") from error
    noon = datetime.combine(published, time(12), UTC)
    return KeptClaim(id=str(row["id"]), claim=claim, report=report, recorded_at=noon)
