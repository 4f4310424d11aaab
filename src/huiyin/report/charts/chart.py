"""What a chart is: an ECharts option, its sentence, and its numbers as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from huiyin.report.palette import INK, RULE, SOFT

Option = dict[str, Any]

FONT = (
    '"PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", '
    "system-ui, sans-serif"
)
LATIN_FONT = 'Arial, "Liberation Sans", "Helvetica Neue"'
"""Before the Chinese faces in English: there a Chinese face sets "·" and "“" a character wide."""
TEXT_SIZE = 12
WIDTH = 760
PHONE_WIDTH = 350
"""Of a chart on a screen 390 pixels wide."""


@dataclass(frozen=True, slots=True)
class Chart:
    """One picture, complete: drawn by the browser or on this machine from the same option.

    Attributes
    ----------
    kind : str
        ``scorecard``, ``trend``, ``aspects``, ``drivers``, ``matrix``, ``groups``, ``linkage``,
        ``likert``, ``levels``, ``options``, ``cross``.
    title : str
        What is shown.
    caption : str
        The finding, as one sentence.
    option : dict
        An ECharts 6 option, plain JSON. ``tip`` of a datum is its tooltip, one line a fact.
    height : int
        Pixels at a width of `WIDTH`.
    """

    kind: str
    title: str
    caption: str
    option: Option
    height: int

    def titled(self, title: str) -> Chart:
        """Give the same chart under another title."""
        return replace(self, title=title)


def base_option(**parts: object) -> Option:
    """Give what all charts share, and `parts`."""
    return {
        "animation": False,
        "textStyle": {"fontFamily": FONT, "fontSize": TEXT_SIZE, "color": INK},
        "tooltip": {"trigger": "item", "confine": True},
        **parts,
    }


def in_english(option: Option) -> Option:
    """Set a chart's letters in a Latin face first."""
    style = option["textStyle"]
    return {**option, "textStyle": {**style, "fontFamily": f"{LATIN_FONT}, {style['fontFamily']}"}}


def value_axis(**more: object) -> Option:
    """Give a number axis: faint grid, no line."""
    return {
        "type": "value",
        "axisLine": {"show": False},
        "axisTick": {"show": False},
        "splitLine": {"lineStyle": {"color": RULE}},
        "axisLabel": {"color": SOFT, "fontSize": 11, "hideOverlap": True},
        **more,
    }


def on_phone(option: Option, patch: Mapping[str, object]) -> Option:
    """Add what changes on a narrow screen."""
    return {**option, "media": [{"query": {"maxWidth": 520}, "option": dict(patch)}]}


def phone_form(option: Option) -> Option:
    """Lay what `on_phone` added over a chart, as the staff pages do on a narrow screen.

    Examples
    --------
    >>> phone_form(on_phone({"grid": {"left": 90, "top": 4}}, {"grid": {"left": 20}}))
    {'grid': {'left': 20, 'top': 4}}
    """
    whole = {name: part for name, part in option.items() if name != "media"}
    for one in option.get("media", ()):
        whole = _laid(whole, one["option"])
    return whole


def _laid(below: Any, above: Any) -> Any:
    """Lay one part over another: mappings by name, lists by place."""
    if isinstance(below, Mapping) and isinstance(above, Mapping):
        return {**below, **{name: _laid(below.get(name), part) for name, part in above.items()}}
    if isinstance(below, list) and isinstance(above, list):
        laid = (_laid(one, other) for one, other in zip(below, above, strict=False))
        return [*laid, *below[len(above) :]]
    return above
