"""What an assistant can keep in mind of an answer with hundreds of groups: those that count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

MOST_DIMENSIONS = 6
"""So many, best first, are told with groups; of the others only how far they explain."""
MOST_GROUPS = 3
_LEFT_OUT = frozenset({"dimension", "label", "folded", "mix", "rate", "p"})
"""Facts of a group that its dimension tells, or that its contribution sums up."""


def shortened_why(found: Mapping[str, Any]) -> dict[str, Any]:
    """Give the answer of ``why`` with the groups of each dimension that stand out most.

    Parameters
    ----------
    found : mapping
        As ``huiyin why --json`` gives it.

    Returns
    -------
    dict
        The same without `contributors`. Of each dimension `groups`, those that stand out most
        first: real ones, then by how far; `calls`: how many groups have which call; `left_out`:
        how many are not listed. No number is another than in the whole answer.
    """
    standing_out = found["contributors"]
    dimensions = [
        _shortened(one, standing_out, MOST_GROUPS if place < MOST_DIMENSIONS else 0)
        for place, one in enumerate(found["dimensions"])
    ]
    kept = {name: value for name, value in found.items() if name != "contributors"}
    return kept | {"dimensions": dimensions}


def shortened_ask(found: Mapping[str, Any]) -> dict[str, Any]:
    """Give the answer of ``ask``; of a ranking with the cells of the groups that it lists.

    Parameters
    ----------
    found : mapping
        As ``huiyin ask --json`` gives it.

    Returns
    -------
    dict
        Its `result` says in `left_out` how many cells are not listed; `query` asks for all.
    """
    ranking, result = found.get("ranking"), found.get("result")
    if not ranking or not result:
        return dict(found)
    listed = [place["by"] for place in ranking["places"]]
    cells = [cell for cell in result["cells"] if cell["by"] in listed]
    left_out = len(result["cells"]) - len(cells)
    return {**found, "result": {**result, "cells": cells, "left_out": left_out}}


def _shortened(
    dimension: Mapping[str, Any], standing_out: Sequence[Mapping[str, Any]], most: int
) -> dict[str, Any]:
    own = [group for group in standing_out if group["dimension"] == dimension["column"]]
    calls = Counter(group["call"] or "untested" for group in own)
    groups = [
        {name: value for name, value in group.items() if name not in _LEFT_OUT}
        for group in own[:most]
    ]
    n_groups = sum(group["folded"] or 1 for group in dimension["groups"])
    return {
        **dimension,
        "groups": groups,
        "calls": dict(calls),
        "left_out": n_groups - len(groups),
    }
