"""A dimension of many plain numbers is a quantity, an age say: told in steps, not one by one."""

from __future__ import annotations

from collections.abc import Sequence
from math import floor, isfinite, log10

from huiyin.codebook.contracts import Column, Role

MOST_NUMBERS = 20
"""A dimension of more different plain numbers is a quantity and not groups."""
_MOST_STEPS = 9


def is_quantity(column: Column, values: Sequence[str]) -> bool:
    """Tell whether the values of a dimension are many plain numbers, without words for them."""
    bare = column.role is Role.DIMENSION and not column.labels
    return bare and len(values) > MOST_NUMBERS and all(_is_number(value) for value in values)


def steps_of(values: Sequence[str]) -> dict[str, list[str]]:
    """Gather numbers into steps of one, two or five times a power of ten.

    Parameters
    ----------
    values : sequence of str
        Plain finite numbers, two different ones at least.

    Returns
    -------
    dict of str to list of str
        ``{"20–<30": ["21", "29"], …}`` from low to high; a step without a value is left out.

    Examples
    --------
    >>> steps_of(["18", "25", "39", "31"])
    {'15–<20': ['18'], '25–<30': ['25'], '30–<35': ['31'], '35–<40': ['39']}
    """
    numbers = sorted(values, key=float)
    step = _step(float(numbers[-1]) - float(numbers[0]))
    found: dict[str, list[str]] = {}
    for value in numbers:
        start = floor(float(value) / step) * step
        found.setdefault(f"{start:.12g}–<{start + step:.12g}", []).append(value)
    return found


def _step(span: float) -> float:
    least = span / _MOST_STEPS
    power = 10.0 ** floor(log10(least))
    return next(m * power for m in (1, 2, 5, 10) if m * power >= least)


def _is_number(value: str) -> bool:
    try:
        return isfinite(float(value))
    except ValueError:
        return False
