"""Where a rating scale is cut into good and bad, by its number of levels (the definitions)."""

from __future__ import annotations

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


def top_count(n_levels: int) -> int:
    """Count the levels that make “satisfied” on a scale of `n_levels`."""
    return TOP_LEVELS.get(n_levels, max(1, round(0.3 * n_levels)))


def easy_count(n_levels: int) -> int:
    """Count the levels that make “easy” on a scale of `n_levels`."""
    return EASY_LEVELS.get(n_levels, max(1, round(0.3 * n_levels)))


def best_range(scale: Scale, count: int) -> tuple[float, float]:
    """Give the codes of the `count` best levels, as a closed range."""
    if scale.direction < 0:
        return scale.minimum, scale.minimum + count - 1
    return scale.maximum - count + 1, scale.maximum


def satisfied_range(scale: Scale) -> tuple[float, float]:
    """Give the codes that count as satisfied: top levels; the best fifth of 100 points."""
    if scale.n_levels < FINE_LEVELS:
        return best_range(scale, top_count(scale.n_levels))
    cut = FINE_CUT * scale.maximum + (1 - FINE_CUT) * _zero(scale)
    if scale.direction < 0:
        return scale.minimum, scale.minimum + scale.maximum - cut
    return cut, scale.maximum


def dissatisfied_range(scale: Scale) -> tuple[float, float]:
    """Give the codes that count as dissatisfied: the mirror of the satisfied ones."""
    low, high = satisfied_range(scale)
    total = scale.minimum + scale.maximum
    return total - high, total - low


def _zero(scale: Scale) -> float:
    return 0.0 if scale.minimum == 1 else scale.minimum


def is_sure(scale: Scale) -> bool:
    """Tell whether the cut is settled, or goes under “please check”."""
    return scale.n_levels in SURE_LEVELS


def range_words(cut: tuple[float, float]) -> str:
    """Write a range of codes: ``4–5``, or ``5``."""
    low, high = cut
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"
