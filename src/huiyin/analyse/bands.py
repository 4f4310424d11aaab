"""Satisfaction bands of a rating: who is unhappy, in between, happy (the definitions' cuts)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from huiyin.codebook.bands import (
    stretches,
)
from huiyin.codebook.contracts import Column
from huiyin.codebook.cuts import HOUSE_CUTS, Cuts
from huiyin.core.text import Text
from huiyin.measure.contracts import Filter

_ENDS = 2
OTHERS = Text("其余", "others")
FEWEST_IN_AN_END = 30
"""An end band with fewer answers is put together with its neighbour before ends are compared."""


@dataclass(frozen=True, slots=True)
class Band:
    """A range of codes: `words` reads ``4–5``, `label` says whom it means.

    On a scale of many levels, where codes may have decimals, an end that is not in the band says
    so: ``0–20``, ``>20–<80``, ``80–100``.
    """

    words: str
    label: Text
    filters: tuple[Filter, ...]

    def holds(self, code: float) -> bool:
        """Tell whether a code lies in the band."""
        tests = {
            "<=": lambda bound: code <= bound,
            ">=": lambda bound: code >= bound,
            "<": lambda bound: code < bound,
            ">": lambda bound: code > bound,
        }
        return all(tests[f.operator](float(f.values[0])) for f in self.filters)


def satisfaction_bands(column: Column, cuts: Cuts = HOUSE_CUTS) -> tuple[Band, ...]:
    """Cut a rating into bands, from unhappy to happy.

    Parameters
    ----------
    column : Column
        With a scale; NPS on 0–10 is cut 0–6, 7–8, 9–10.
    cuts : Cuts
        Those of the metric rules.

    Returns
    -------
    tuple of Band
        Two or three; empty without a scale.
    """
    return tuple(
        Band(one.words, one.label, tuple(_at(column, *bound) for bound in one.bounds))
        for one in stretches(column, cuts)
    )


def with_full_ends(bands: Sequence[Band], codes: Iterable[float]) -> tuple[Band, ...]:
    """Put an end band that hardly anybody is in together with its neighbour.

    Parameters
    ----------
    bands : sequence of Band
        From unhappy to happy.
    codes : iterable of float
        The answers, none missing.

    Returns
    -------
    tuple of Band
        At least two, if there were two.
    """
    answers = list(codes)
    left = list(bands)
    while len(left) > _ENDS and _n_in(left[0], answers) < FEWEST_IN_AN_END:
        left[:2] = [_together(left[0], left[1])]
    while len(left) > _ENDS and _n_in(left[-1], answers) < FEWEST_IN_AN_END:
        left[-2:] = [_together(left[-2], left[-1])]
    return tuple(left)


def _n_in(band: Band, codes: Sequence[float]) -> int:
    return sum(band.holds(code) for code in codes)


def _together(first: Band, second: Band) -> Band:
    starts, ends = zip(*(_ends_of(band) for band in (first, second)), strict=True)
    filters = [_outer(first, second, "<", max), _outer(first, second, ">", min)]
    words = f"{min(starts, key=_code)}–{max(ends, key=_code)}"
    return Band(words, OTHERS, tuple(f for f in filters if f is not None))


def _ends_of(band: Band) -> tuple[str, str]:
    start, _, end = band.words.partition("–")
    return start, end or start


def _code(end: str) -> float:
    return float(end.lstrip("<>"))


def _outer(first: Band, second: Band, side: str, choose: Callable[..., Filter]) -> Filter | None:
    """Give the bound that both bands have on one side, the wider of the two."""
    bounds = [f for band in (first, second) for f in band.filters if f.operator[0] == side]
    if len(bounds) < _ENDS:
        return None
    return choose(bounds, key=lambda bound: float(bound.values[0]))


def band_of(bands: tuple[Band, ...], code: float) -> Band | None:
    """Give the band that holds a code, None for a missing one."""
    return next((band for band in bands if band.holds(code)), None)


def _at(column: Column, operator: str, bound: float) -> Filter:
    return Filter(column.name, operator, (f"{bound:g}",))
