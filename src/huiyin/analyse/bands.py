"""Satisfaction bands of a rating: who is unhappy, in between, happy (the definitions' cuts)."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.analyse.purposes import is_standard_nps
from huiyin.codebook.contracts import Column, Role, Scale
from huiyin.core.text import Text
from huiyin.measure.contracts import Filter

_TOP_LEVELS = {2: 1, 3: 1, 4: 2, 5: 2, 7: 2, 10: 3, 11: 3}
_FINE_LEVELS = 100
_FINE_TOP = 80.0
_NPS_CUTS = (6.0, 9.0)
UNHAPPY = Text("不满意", "dissatisfied")
BETWEEN = Text("一般", "neutral")
HAPPY = Text("满意", "satisfied")
DETRACTOR = Text("贬损者", "detractors")
PASSIVE = Text("中立者", "passives")
PROMOTER = Text("推荐者", "promoters")


@dataclass(frozen=True, slots=True)
class Band:
    """A range of codes: `words` reads ``4–5``, `label` says whom it means."""

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


def satisfaction_bands(column: Column) -> tuple[Band, ...]:
    """Cut a rating into bands, from unhappy to happy.

    Parameters
    ----------
    column : Column
        With a scale; NPS on 0–10 is cut 0–6, 7–8, 9–10.

    Returns
    -------
    tuple of Band
        Two or three; empty without a scale.
    """
    scale = column.scale
    if scale is None or scale.maximum <= scale.minimum:
        return ()
    low, high = _cuts(column, scale)
    nps = column.role is Role.NPS and is_standard_nps(column)
    labels = (DETRACTOR, PASSIVE, PROMOTER) if nps else (UNHAPPY, BETWEEN, HAPPY)
    if scale.direction < 0:
        labels = labels[::-1]
    whole = scale.n_levels < _FINE_LEVELS
    bands = [Band(_words(scale.minimum, low), labels[0], (_at(column, "<=", low),))]
    if not whole or high - low > 1:
        words = _words(low + 1, high - 1) if whole else f"{low:g}–{high:g}"
        filters = (_at(column, ">", low), _at(column, "<", high))
        bands.append(Band(words, labels[1], filters))
    bands.append(Band(_words(high, scale.maximum), labels[2], (_at(column, ">=", high),)))
    return tuple(bands[::-1] if scale.direction < 0 else bands)


def band_of(bands: tuple[Band, ...], code: float) -> Band | None:
    """Give the band that holds a code, None for a missing one."""
    return next((band for band in bands if band.holds(code)), None)


def _cuts(column: Column, scale: Scale) -> tuple[float, float]:
    """Give the last code of the low band and the first of the high one."""
    if column.role is Role.NPS and is_standard_nps(column):
        return _NPS_CUTS
    total = scale.minimum + scale.maximum
    if scale.n_levels >= _FINE_LEVELS:
        zero = 0.0 if scale.minimum == 1 else scale.minimum
        high = zero + _FINE_TOP / 100.0 * (scale.maximum - zero)
    else:
        count = _TOP_LEVELS.get(scale.n_levels, max(1, round(0.3 * scale.n_levels)))
        high = scale.maximum - count + 1
    return total - high, high


def _at(column: Column, operator: str, bound: float) -> Filter:
    return Filter(column.name, operator, (f"{bound:g}",))


def _words(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g}–{high:g}"
