"""Options that are steps of a number (ages, incomes, counts) stand in the order of that number."""

from __future__ import annotations

import re
from collections.abc import Sequence

MOST_ORDERED = 16
"""More options stand by frequency: a long list is cut, and its most frequent must stay."""
FEWEST_STEPS = 3
_STEP = re.compile(r"\s*[<>≤≥＜＞~～约]*\s*(\d[\d,]*(?:\.\d+)?)")
_ABOVE = re.compile(r"以上|及以上|超过|多于|大于|[>≥＞+＋]|over|more|older|above", re.IGNORECASE)
_BELOW = re.compile(r"以下|以内|不到|不足|少于|小于|[<≤＜]|under|less|younger|below", re.IGNORECASE)
_LEAD = re.compile(
    r"\s*(?:超过|多于|大于|不到|不足|少于|小于|over|more than|under|less than)", re.IGNORECASE
)


def natural_order(labels: Sequence[str]) -> list[int] | None:
    """Give the order of options that begin with a number each; None where they are no steps.

    Parameters
    ----------
    labels : sequence of str

    Returns
    -------
    list of int or None
        Places in `labels`, lowest step first; what is no step (“refused”) comes last, as given.
        None where fewer than three are steps, where others outnumber half of them, where two
        steps are equal, or where there are more than `MOST_ORDERED`.
    """
    keys = {i: key for i, label in enumerate(labels) if (key := _key(label)) is not None}
    others = [i for i in range(len(labels)) if i not in keys]
    few = len(keys) < FEWEST_STEPS or 2 * len(others) > len(keys)
    if few or len(labels) > MOST_ORDERED or len(set(keys.values())) < len(keys):
        return None
    return [*sorted(keys, key=keys.__getitem__), *others]


def _key(label: str) -> tuple[float, int] | None:
    """Give the number a label begins with, and whether what is meant lies below or above it."""
    lead = _LEAD.match(label)
    found = _STEP.match(label, lead.end() if lead else 0)
    if found is None:
        return None
    number = float(found[1].replace(",", ""))
    side = bool(_ABOVE.search(label)) - bool(_BELOW.search(label))
    return number, side
