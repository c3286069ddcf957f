"""Figures of an event: low, best and high with the claims behind each, dead by side, contradictions listed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from attrs import evolve
from raids import ARMY, FIRST, MADANI_PLACE, RSF, dead, told

from warledger.adapters.tables.corroborate import load_affiliations, load_weights
from warledger.corroborate.events import corroborate
from warledger.corroborate.fatalities import whole
from warledger.corroborate.grade import Standing
from warledger.corroborate.violence import type_of_violence
from warledger.domain.claim import EventClaim, Figure, TollClaim
from warledger.domain.codes import EventType, Harm, Modality
from warledger.domain.event import Count, Event, Violence
from warledger.domain.rows import event_row
from warledger.domain.stored import event_of, event_record
from warledger.ports import KeptClaim

STANDING = Standing(table=load_affiliations(), weights=load_weights(), groups=lambda _: ())
CLASH = EventType.ARMED_CLASH


def event(*claims: KeptClaim) -> Event:
    (found,) = corroborate(claims, (), FIRST, weights=load_weights(), affiliations=load_affiliations())
    return found


def killed(number: int, of: str) -> Figure:
    return Figure(harm=Harm.KILLED, min=number, max=number, of=of)


def fight(words: str, publisher: str, *figures: Figure) -> KeptClaim:
    """A claim of a fight of the army with the RSF."""
    kept = told(words, publisher, kind=CLASH)
    assert isinstance(kept.claim, EventClaim)
    return evolve(kept, claim=evolve(kept.claim, target=(RSF,), figures=figures))


EARLY = told("Five people were killed in the raid on Wad Madani.", "Nile Courier", killed=dead(5, 5), published=11)
LATE = told("The raid on Wad Madani killed 20, it is now known.", "Nile Courier", killed=dead(20, 20), published=13)


def test_a_later_toll_of_one_origin_replaces_its_earlier_one_in_best_and_both_stay() -> None:
    fatal = event(EARLY, LATE).fatalities
    assert (fatal.low, fatal.best, fatal.high) == (5, 20, 20)
    assert (fatal.low_claims, fatal.best_claims, fatal.high_claims) == ((EARLY.id,), (LATE.id,), (LATE.id,))


def test_an_origins_later_word_counts_though_it_is_in_doubt_now() -> None:
    doubt = evolve(LATE, claim=evolve(LATE.claim, modality=Modality.ALLEGED))
    assert event(EARLY, doubt).fatalities.best == 20


def test_a_later_version_of_the_event_keeps_the_earlier_toll_on_record() -> None:
    first = event(EARLY)
    (second,) = corroborate((EARLY, LATE), (first,), datetime(2025, 1, 14, tzinfo=UTC),
                            weights=load_weights(), affiliations=load_affiliations())  # fmt: skip
    assert (first.fatalities.best, second.fatalities.best, second.version) == (5, 20, 2)


def test_a_toll_over_a_period_is_not_added_to_the_events_dead() -> None:
    toll = TollClaim(
        report_key=EARLY.claim.report_key,
        quotes=EARLY.claim.quotes,
        figures=(dead(300, None),),
        place=MADANI_PLACE,
        when=EARLY.claim.when,  # type: ignore[attr-defined]
    )
    assert event(EARLY, evolve(EARLY, id="toll", claim=toll)).fatalities.high == 5


def test_children_alone_say_how_many_died_at_least() -> None:
    claim = evolve(EARLY.claim, figures=(killed(3, "children"),))
    assert isinstance(claim, EventClaim)
    assert whole(claim) == Figure(harm=Harm.KILLED, min=3, max=None)


def test_parts_that_do_not_overlap_are_added_and_children_are_among_them() -> None:
    claim = evolve(EARLY.claim, figures=(killed(4, "soldiers"), killed(7, "civilians"), killed(3, "children")))
    assert isinstance(claim, EventClaim)
    assert whole(claim) == Figure(harm=Harm.KILLED, min=11, max=11)


def test_figures_of_two_origins_that_cannot_both_be_true_are_listed_and_not_averaged() -> None:
    other = told("At least 12 died in the air raid on Wad Madani.", "Radio Gezira", killed=dead(12, None))
    found = event(EARLY, other)
    assert found.contradictions == ("dead: 5 by Nile Courier, at least 12 by Radio Gezira",)
    assert found.fatalities.best == 12


def test_figures_that_can_both_be_true_and_an_origins_own_correction_are_no_contradiction() -> None:
    other = told("At least 12 died in the air raid on Wad Madani.", "Radio Gezira", killed=dead(12, None))
    assert event(EARLY, LATE, other).contradictions == ()


def test_a_denial_is_listed_among_the_contradictions() -> None:
    denial = told("The army denied that its jets had hit Wad Madani.", "Radio Gezira", ARMY, modality=Modality.DENIED)
    assert event(EARLY, denial).contradictions == (f"Nile Courier says so, {ARMY} denies it",)


@pytest.mark.parametrize(
    ("initiator", "target", "sort"),
    [
        ((ARMY,), (RSF,), 1),
        ((RSF,), (ARMY,), 1),
        ((RSF,), ("Sudan Liberation Movement",), 2),
        ((RSF,), ("Civilians (Sudan)",), 3),
        ((ARMY,), ("Prisoners",), 3),
        ((ARMY,), (), None),
        ((), (RSF,), None),
        (("Unidentified armed group (Sudan)",), ("Civilians (Sudan)",), None),
        (("Government of Sudan",), ("Civilians (Sudan)", RSF), 1),
    ],
)
def test_the_type_of_violence_follows_the_sides(
    initiator: tuple[str, ...], target: tuple[str, ...], sort: int | None
) -> None:
    assert type_of_violence(initiator, target, STANDING) == sort


def test_soldiers_fighters_and_civilians_are_counted_by_side() -> None:
    one = fight("Fighting in Wad Madani left 12 soldiers, 30 RSF fighters and 4 civilians dead.", "Nile Courier",
                killed(12, "soldiers"), killed(30, "fighters"), killed(4, "civilians"))  # fmt: skip
    two = fight("The army lost 15 men as it fought the RSF for Wad Madani.", "Radio Gezira", killed(15, "soldiers"))
    coded = event(one, two).violence
    assert (coded.type_of_violence, coded.side_a, coded.side_b) == (1, (ARMY,), (RSF,))
    assert (coded.deaths_a.low, coded.deaths_a.high) == (12, 15)
    assert coded.deaths_b == Count(low=30, best=30, high=30)
    assert coded.deaths_civilians == Count(low=4, best=4, high=4)


def test_the_state_is_side_a_though_the_other_side_attacked() -> None:
    kept = fight("RSF units killed 9 soldiers in Wad Madani.", "Nile Courier", killed(9, "soldiers"))
    kept = evolve(kept, claim=evolve(kept.claim, initiator=(RSF,), target=(ARMY,)))
    coded = event(kept).violence
    assert (coded.side_a, coded.side_b, coded.deaths_a.best, coded.deaths_unknown) == ((ARMY,), (RSF,), 9, 0)


def test_dead_whose_side_nobody_tells_are_of_unknown_side() -> None:
    coded = event(fight("Fighting in Wad Madani killed 50.", "Nile Courier", killed(50, "total"))).violence
    assert (coded.deaths_unknown, coded.deaths_a, coded.deaths_civilians) == (50, Count(), Count())


def test_fighters_of_two_groups_are_of_neither_side() -> None:
    kept = fight("The two groups fought near Wad Madani; 8 fighters died.", "Nile Courier", killed(8, "fighters"))
    kept = evolve(kept, claim=evolve(kept.claim, initiator=("Sudan Liberation Movement",)))
    coded = event(kept).violence
    assert (coded.type_of_violence, coded.deaths_a, coded.deaths_b, coded.deaths_unknown) == (2, Count(), Count(), 8)


def test_talks_are_no_violence() -> None:
    kept = told("The army and the RSF met in Wad Madani.", "Nile Courier", kind=EventType.TALKS)
    assert event(kept).violence == Violence()


def test_the_coding_reaches_rows_and_outlasts_the_ledger() -> None:
    found = event(fight("Fighting in Wad Madani left 12 soldiers dead.", "Nile Courier", killed(12, "soldiers")))
    row = event_row(found)
    assert (row["type_of_violence"], row["side_a"], row["deaths_a_best"], row["deaths_b_best"]) == (1, [ARMY], 12, None)
    assert row["fatalities_best_claims"] == list(found.claim_ids)
    assert event_of(event_record(found)) == found


def test_an_event_recorded_before_it_told_of_violence_is_read_without() -> None:
    old = event_record(event(EARLY))
    del old["violence"], old["contradictions"]
    old["fatalities"] = {"low": 5, "best": 5, "high": 5}
    read = event_of(old)
    assert (read.violence, read.contradictions, read.fatalities.best_claims) == (Violence(), (), ())
