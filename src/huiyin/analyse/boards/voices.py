"""The voices worth reading: unhappy ones first, each from another group, and one that praises."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.analyse.contracts import Verbatim
from huiyin.analyse.ports import Corridor
from huiyin.analyse.purposes import pick_target
from huiyin.analyse.verbatims import goodness, sample_verbatims
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
        no rating, any. Those of a band by their rating, the lowest first (of the happiest the
        highest): who gave a six of ten may well praise; among equals the longer, they say more.
    """
    book = corridor.codebook
    groups, target = book.with_role(*_PLAIN_GROUPS), pick_target(book)
    found = sample_verbatims(corridor, target, groups, where=where, seed=seed)
    bands = dict.fromkeys(one.band for one in found if one.band is not None)
    low = sorted(found, key=lambda one: (goodness(target, one.rating), -len(one.text)))
    ordered = [[one for one in low if one.band == band] for band in bands]
    chosen = [*(ordered[0][:_FROM_WORST] if ordered else [])]
    if len(ordered) > 1:
        best = sorted(ordered[-1], key=lambda one: (-goodness(target, one.rating), -len(one.text)))
        chosen += best[:_FROM_BEST]
    rest = [one for one in low if one not in chosen]
    chosen += rest[: MOST_VOICES - len(chosen)]
    return tuple(one for one in found if one in chosen)
