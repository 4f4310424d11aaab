"""The voices worth reading: unhappy ones first, each from another group, and one that praises."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.analyse.contracts import Verbatim
from huiyin.analyse.ports import Corridor
from huiyin.analyse.purposes import pick_target
from huiyin.analyse.verbatims import sample_verbatims
from huiyin.codebook.contracts import GROUP_ROLES, Role
from huiyin.measure.contracts import Filter

MOST_VOICES = 5
_FROM_WORST, _FROM_BEST = 3, 1
_PLAIN_GROUPS = GROUP_ROLES - {Role.STAFF}


def worth_reading(
    corridor: Corridor, *, where: Sequence[Filter] = (), seed: int = 0
) -> tuple[Verbatim, ...]:
    """Choose `MOST_VOICES` comments, contact data masked.

    Parameters
    ----------
    corridor : Corridor
        Of somebody who may see rows.
    where : sequence of Filter
        Only comments of rows that meet all of them.
    seed : int
        Of the draw; the number of the week, say, so that they change.

    Returns
    -------
    tuple of Verbatim
        Three of the unhappiest band, one of the happiest, the rest from between; where there is
        no rating, any. The longer ones of a band first: they say more.
    """
    book = corridor.codebook
    groups = book.with_role(*_PLAIN_GROUPS)
    found = sample_verbatims(corridor, pick_target(book), groups, where=where, seed=seed)
    bands = list(dict.fromkeys(one.band for one in found))
    by_band = {band: [one for one in found if one.band == band] for band in bands}
    ordered = [sorted(by_band[band], key=lambda one: -len(one.text)) for band in bands]
    chosen = [*(ordered[0][:_FROM_WORST] if ordered else [])]
    if len(ordered) > 1:
        chosen += ordered[-1][:_FROM_BEST]
    rest = [one for band in ordered for one in band if one not in chosen]
    chosen += rest[: MOST_VOICES - len(chosen)]
    return tuple(one for one in found if one in chosen)
