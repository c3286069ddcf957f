"""Move a ledger between stores: a ledger and another in, the other's chain goes on with the first's entries.

Ids, times, numbers of rows and links stay as they are, so that both end on the same link. A copy that was stopped goes
on where it stopped. Refuses a target whose chain is another's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from warledger.domain.chain import Held
from warledger.domain.errors import StoreError
from warledger.ports import Ledger


def copy_ledger(source: Ledger, target: Ledger, progress: Callable[[int], None] = lambda entries: None) -> int:
    """Copy what the target lacks.

    Args:
        source: where from.
        target: where to: empty, or an earlier copy.
        progress: hears of each entry read.

    Returns:
        How many entries were copied.

    Raises:
        StoreError: the target holds another ledger, or it cannot be written.
    """
    there = target.head()
    after = there.seq if there is not None else 0
    if there is not None:
        same = next(source.entries(after=after - 1), None)
        if same is None or same.entry.link != there.link:
            raise StoreError("the target is no earlier copy of the source: copy into a ledger that is empty")

    def told() -> Iterator[Held]:
        for held in source.entries(after=after):
            yield held
            progress(1)

    return target.take(told())
