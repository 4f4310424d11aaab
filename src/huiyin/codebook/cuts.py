"""Where a rating scale is cut into good and bad, by its number of levels (the definitions)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from huiyin.codebook.contracts import Scale

TOP_LEVELS = {2: 1, 3: 1, 4: 2, 5: 2, 7: 2, 10: 3, 11: 3}
"""Number of levels → how many of the best make “satisfied”."""
EASY_LEVELS = {2: 1, 3: 1, 4: 2, 5: 2, 7: 3}
"""Number of levels → how many of the easiest make “easy”."""
SURE_LEVELS = frozenset({2, 3, 4, 5, 7})
FINE_LEVELS = 100
FINE_CUT = 0.8
NPS_MAXIMUM = 10.0
NPS_LOWEST = (0.0, 1.0)
"""NPS is asked on 0–10; on 1–10 it is called non-standard."""


OTHER_SHARE = 0.3
"""Part of the levels that counts as good on a scale that is not named."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where scales are cut, by their number of levels; the defaults are the house's.

    Attributes
    ----------
    satisfied, easy : mapping of int to int
        Number of levels → how many of the best count.
    other_share : float
        Part of the levels that counts on a scale of another number, in (0, 1).
    fine_levels : int
        From so many levels on, `fine_cut` of the way up counts as satisfied.
    settled : frozenset of int
        Numbers of levels whose cut nobody needs to check.
    """

    satisfied: Mapping[int, int] = field(default_factory=lambda: dict(TOP_LEVELS))
    easy: Mapping[int, int] = field(default_factory=lambda: dict(EASY_LEVELS))
    other_share: float = OTHER_SHARE
    fine_levels: int = FINE_LEVELS
    fine_cut: float = FINE_CUT
    settled: frozenset[int] = SURE_LEVELS


HOUSE_CUTS = Cuts()


def top_count(n_levels: int, cuts: Cuts = HOUSE_CUTS) -> int:
    """Count the levels that make “satisfied” on a scale of `n_levels`."""
    return cuts.satisfied.get(n_levels, max(1, round(cuts.other_share * n_levels)))


def easy_count(n_levels: int, cuts: Cuts = HOUSE_CUTS) -> int:
    """Count the levels that make “easy” on a scale of `n_levels`."""
    return cuts.easy.get(n_levels, max(1, round(cuts.other_share * n_levels)))


def best_range(scale: Scale, count: int) -> tuple[float, float]:
    """Give the codes of the `count` best levels, as a closed range."""
    if scale.direction < 0:
        return scale.minimum, scale.minimum + count - 1
    return scale.maximum - count + 1, scale.maximum


def satisfied_range(scale: Scale, cuts: Cuts = HOUSE_CUTS) -> tuple[float, float]:
    """Give the codes that count as satisfied: top levels; the best fifth of 100 points."""
    if scale.n_levels < cuts.fine_levels:
        return best_range(scale, top_count(scale.n_levels, cuts))
    cut = cuts.fine_cut * scale.maximum + (1 - cuts.fine_cut) * _zero(scale)
    if scale.direction < 0:
        return scale.minimum, scale.minimum + scale.maximum - cut
    return cut, scale.maximum


def dissatisfied_range(scale: Scale, cuts: Cuts = HOUSE_CUTS) -> tuple[float, float]:
    """Give the codes that count as dissatisfied: the mirror of the satisfied ones."""
    low, high = satisfied_range(scale, cuts)
    total = scale.minimum + scale.maximum
    return total - high, total - low


def _zero(scale: Scale) -> float:
    return 0.0 if scale.minimum == 1 else scale.minimum


def is_sure(scale: Scale, cuts: Cuts = HOUSE_CUTS) -> bool:
    """Tell whether the cut is settled, or goes under “please check”."""
    return scale.n_levels in cuts.settled


def range_words(cut: tuple[float, float]) -> str:
    """Write a range of codes: ``4–5``, or ``5``."""
    low, high = cut
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"
