"""Find the places that a report names: text in, mentions out, each resolved to the gazetteer or left open.

An ambiguous name stays unresolved, with its candidates. A village that no gazetteer holds is a mention without an entry
where the text calls it one. Persons, peoples and organisations named after places are none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from warledger.domain.mention import ToponymMention
from warledger.domain.place import GazetteerEntry, PlacePrecision
from warledger.domain.placecues import PlaceCues
from warledger.domain.span import Span
from warledger.ports import Gazetteer
from warledger.read.placeassociations import associated_places, merge_mentions
from warledger.read.placelists import mark_lists
from warledger.read.placenames import scan_names
from warledger.read.placequarters import in_its_quarter
from warledger.read.placereadings import further_readings
from warledger.read.placescan import Named, Scan
from warledger.read.placing import LEAD_VOTE, Choice, Context, place_names, vote, weigh_context

MAX_CANDIDATES = 5
SURE_MARGIN = 2.8
"""What answers ask of a name beyond what candidates do: a coder drops a doubtful one by the words around it."""
_AREAS = frozenset(("ADM1", "RGN", "SEA", "AREA", "VAL", "LK", "DSRT"))
_COARSE = frozenset((PlacePrecision.REGION, PlacePrecision.COUNTRY))


def find_toponyms(
    text: str,
    sentences: Sequence[Span],
    gazetteer: Gazetteer,
    cues: Mapping[str, PlaceCues],
    *,
    country: str | None = None,
    language: str | None = None,
) -> tuple[ToponymMention, ...]:
    """Find every place that a text names.

    Args:
        text: the report's text.
        sentences: its sentences, in order.
        gazetteer: names to places.
        cues: words around place names, by language.
        country: ISO 3166-1 alpha-2 code of the country that the report is known to be about, or None to guess it.
        language: ISO 639-1 code of the text; one without a table is read by the English one.

    Returns:
        Mentions in order of their start, none overlapping.
    """
    return read_places(text, sentences, gazetteer, cues, country=country, language=language)[1]


def guess_country(
    text: str,
    sentences: Sequence[Span],
    gazetteer: Gazetteer,
    cues: Mapping[str, PlaceCues],
    *,
    language: str | None = None,
) -> str | None:
    """Guess the country that a report is about, from countries, peoples, divisions and cities named.

    Returns:
        Its ISO 3166-1 alpha-2 code, or None where nothing speaks for any.
    """
    return read_places(text, sentences, gazetteer, cues, language=language)[0]


def read_places(
    text: str,
    sentences: Sequence[Span],
    gazetteer: Gazetteer,
    cues: Mapping[str, PlaceCues],
    *,
    country: str | None = None,
    language: str | None = None,
) -> tuple[str | None, tuple[ToponymMention, ...]]:
    """Both answers for the price of one pass: the country that a report is about, and its mentions of places."""
    found = _read(text, sentences, gazetteer, cues.get(language or "en", cues["en"]), country)
    return found.country, found.mentions


def find_all_toponyms(
    text: str,
    sentences: Sequence[Span],
    gazetteer: Gazetteer,
    cues: Mapping[str, PlaceCues],
    *,
    language: str | None = None,
) -> tuple[ToponymMention, ...]:
    """Find every word that points to a place of the gazetteer, literally or by association.

    Associative toponyms are the adjectives and names of peoples ("Syrian") and places inside the names of
    organisations ("Texas Forestry Service"): no claim is placed there, but geoparsing benchmarks count them (Gritta
    et al. 2020, doi:10.1007/s10579-019-09475-3).

    Returns:
        Mentions in order of their start, none overlapping.
    """
    table = cues.get(language or "en", cues["en"])
    found = _read(text, sentences, gazetteer, table, None)
    further = associated_places(text, found.scan, found.choices, found.context, gazetteer=gazetteer, cues=table)
    pairs = zip(found.choices, found.mentions, strict=True)
    sure = [mention for choice, mention in pairs if mention.rule != "introduced" and choice.margin >= SURE_MARGIN]
    return merge_mentions(sure, further)


def read_candidates(
    text: str,
    sentences: Sequence[Span],
    gazetteer: Gazetteer,
    cues: Mapping[str, PlaceCues],
    *,
    language: str | None = None,
) -> tuple[str | None, tuple[ToponymMention, ...]]:
    """What a claim may be placed at: the mentions, and further readings of the same or of other words.

    Further readings may overlap: the province beside the city of its name, the country behind its people's adjective
    or its capital, the land "between A and B".

    Returns:
        The country that the report is about, or None; mentions in order of their start.
    """
    table = cues.get(language or "en", cues["en"])
    found = _read(text, sentences, gazetteer, table, None)
    country = found.country
    mentions = tuple(
        in_its_quarter(mention, choice.named.start, choice.named.end, text, gazetteer, table)
        for choice, mention in zip(found.choices, found.mentions, strict=True)
    )
    further = further_readings(text, found.scan, found.choices, mentions, gazetteer=gazetteer, cues=table, main=country)
    return country, tuple(sorted((*mentions, *further), key=lambda m: m.span.start))


@frozen(kw_only=True)
class _Found:
    country: str | None
    scan: Scan
    context: Context
    choices: list[Choice]
    mentions: tuple[ToponymMention, ...]


def _read(text: str, sentences: Sequence[Span], gazetteer: Gazetteer, table: PlaceCues, country: str | None) -> _Found:
    scan = scan_names(text, sentences, gazetteer, table)
    for named in scan.named:
        if named.hint is not None:
            named.entries = _in_division(named, gazetteer) or named.entries
    if country is None:
        country = _foremost(vote(scan, lead=LEAD_VOTE))
    context = weigh_context(scan, country, text)
    choices = place_names(scan, context)
    mentions = [_mention(choice, text) for choice in choices]
    told = tuple(_pairs_between(mentions, choices, text, table))
    listed = mark_lists(told, text, table.listing, [p for p, _ in table.extents], table.strict)
    return _Found(country=country, scan=scan, context=context, choices=choices, mentions=listed)


def _in_division(named: Named, gazetteer: Gazetteer) -> tuple[GazetteerEntry, ...]:
    """Readings in the division that an abbreviation behind the name says ("Alexandria, La.")."""
    divisions = [e for e in gazetteer.find(named.hint or "") if e.feature_code == "ADM1"]
    inside = {(d.country, d.name) for d in divisions}
    return tuple(e for e in named.entries if (e.country, e.admin1) in inside)


def _foremost(votes: Mapping[str, float]) -> str | None:
    return max(votes, key=lambda code: (votes[code], code)) if votes else None


def _mention(choice: Choice, text: str) -> ToponymMention:
    named, entry = choice.named, choice.best
    undecided = choice.undecided
    precision = _precision(named, entry)
    return ToponymMention(
        span=Span.of(text, named.span_start, named.span_end),
        name=_name(named, entry, text, precision),
        entry=None if undecided else entry,
        precision=precision,
        candidates=tuple(e for _, e in choice.ranked[:MAX_CANDIDATES]),
        rule="undecided" if undecided else "gazetteer" if entry is not None else "introduced",
    )


def _precision(named: Named, entry: GazetteerEntry | None) -> PlacePrecision:
    sorts = [*named.after, *named.before]
    own = named.exact_with_sort
    code = entry.feature_code if entry is not None else "PPL"
    coarse = code in _AREAS or (code == "ADM2" and "district" not in sorts)
    if code == "PCLI":
        part = set(sorts) & {"part", "near", "countryside"}
        return PlacePrecision.REGION if part else PlacePrecision.COUNTRY
    if "division" in sorts or "countryside" in sorts or coarse:
        return PlacePrecision.REGION
    if "near" in sorts or "road" in sorts or "part" in sorts:
        return PlacePrecision.NEAR
    if "site" in named.after and not own and entry is not None:
        return PlacePrecision.NEAR
    return PlacePrecision.EXACT


def _name(named: Named, entry: GazetteerEntry | None, text: str, precision: PlacePrecision) -> str:
    kept = {"division", "district", "site", "countryside", "road"}
    if precision is PlacePrecision.COUNTRY:
        return named.core
    if named.after and named.after[0] in kept:
        return text[named.start : named.span_end].replace("’s ", " ").replace("'s ", " ")
    if precision is PlacePrecision.REGION and named.before and entry is not None and "part" in named.before:
        return text[named.span_start : named.span_end]
    return named.core


def _pairs_between(
    mentions: Sequence[ToponymMention], choices: Sequence[Choice], text: str, cues: PlaceCues
) -> list[ToponymMention]:
    """Two places that "between" or a shared "road" joins are both only near."""
    out = list(mentions)
    for at in range(1, len(out)):
        one, two = out[at - 1], out[at]
        gap = text[one.span.end : two.span.start].casefold().strip()
        lead = text[max(0, one.span.start - 12) : one.span.start].casefold().split()
        between = gap in cues.listing and lead[-1:] == ["between"]
        road = gap in ("-", "–", "—", "to") and "road" in choices[at].named.after
        if between or road:
            for i in (at - 1, at):
                if out[i].precision not in _COARSE:
                    out[i] = evolve(out[i], precision=PlacePrecision.NEAR)
    return out
