"""Satisfaction bands of a rating: unhappy, in between, happy, by the definitions' cuts."""

from __future__ import annotations

from dataclasses import dataclass, replace

from huiyin.codebook.contracts import Column, Role, Scale
from huiyin.codebook.cuts import (
    HOUSE_CUTS,
    NPS_MAXIMUM,
    Cuts,
    dissatisfied_range,
    range_words,
    satisfied_range,
)
from huiyin.core.text import Text

_NPS_CUTS = (6.0, 9.0)
UNHAPPY = Text("不满意", "dissatisfied")
BETWEEN = Text("一般", "neutral")
HAPPY = Text("满意", "satisfied")
DETRACTOR = Text("贬损者", "detractors")
PASSIVE = Text("中立者", "passives")
PROMOTER = Text("推荐者", "promoters")

BAND = "band:"
"""Before the name of a rating: its satisfaction bands, as a column."""
BAND_WORDS = Text("{words} {label}", "{words} {label}")
_LABELS = (UNHAPPY, BETWEEN, HAPPY, DETRACTOR, PASSIVE, PROMOTER)


def band_text(value: str) -> Text:
    """Say a band that stands in the data in one language, in both.

    Parameters
    ----------
    value : str
        Levels, a space, whom they mean; anything else is given back as it is.

    Examples
    --------
    >>> band_text("1–2 不满意").say("en")
    '1–2 dissatisfied'
    """
    words, _, label = value.partition(" ")
    said = next((one for one in _LABELS if label in one.values()), None)
    return Text.same(value) if said is None else BAND_WORDS.format(words=words, label=said)


def group_text(column: str, value: str) -> Text:
    """Say a group of a column: a band in both languages, any other as the data have it."""
    return band_text(value) if column.startswith(BAND) else Text.same(value)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A range of codes: `words` reads ``4–5``, `label` says whom it means.

    `bounds` are pairs of an operator and a code; all hold. On a scale of many levels, where codes
    may have decimals, an end that is not in the stretch says so: ``0–20``, ``>20–<80``, ``80–100``.
    """

    words: str
    label: Text
    bounds: tuple[tuple[str, float], ...]


def stretches(column: Column, cuts: Cuts = HOUSE_CUTS) -> tuple[Stretch, ...]:
    """Cut a rating into bands, from unhappy to happy.

    Parameters
    ----------
    column : Column
        With a scale; NPS on 0–10 is cut 0–6, 7–8, 9–10.
    cuts : Cuts
        Those of the metric rules.

    Returns
    -------
    tuple of Stretch
        Two or three; empty without a scale.
    """
    scale = column.scale
    if scale is None or scale.maximum <= scale.minimum:
        return ()
    nps = _is_nps(column, scale)
    low, high = _NPS_CUTS if nps else _ends(scale, cuts)
    labels = (DETRACTOR, PASSIVE, PROMOTER) if nps else (UNHAPPY, BETWEEN, HAPPY)
    if scale.direction < 0:
        labels = labels[::-1]
    whole = scale.n_levels < cuts.fine_levels
    found = [Stretch(range_words((scale.minimum, low)), labels[0], (("<=", low),))]
    if not whole or high - low > 1:
        words = range_words((low + 1, high - 1)) if whole else f">{low:g}–<{high:g}"
        found.append(Stretch(words, labels[1], ((">", low), ("<", high))))
    found.append(Stretch(range_words((high, scale.maximum)), labels[2], ((">=", high),)))
    return tuple(found[::-1] if scale.direction < 0 else found)


def _is_nps(column: Column, scale: Scale) -> bool:
    return column.role is Role.NPS and scale.minimum == 0 and scale.maximum == NPS_MAXIMUM


def _ends(scale: Scale, cuts: Cuts) -> tuple[float, float]:
    """Give the last code of the low band and the first of the high one."""
    upward = replace(scale, direction=1)
    return dissatisfied_range(upward, cuts)[1], satisfied_range(upward, cuts)[0]
