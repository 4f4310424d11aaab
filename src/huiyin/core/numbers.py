"""How a number is written, in sentences and tables alike. Nothing is computed here.

A number that is not there is a dash, never 0.
"""

from __future__ import annotations

import re

from huiyin.core.text import EN, ZH, Text
from huiyin.core.units import Unit

DASH = "—"
MINUS = "\N{MINUS SIGN}"
_OPEN_ENDS = re.compile(r"(>?)([^<>–]+)–(<?)([^<>–]+)")
DECIMALS = {Unit.NPS: 1, Unit.POINTS: 1, Unit.SCALE: 2}
SECOND = Text("秒", "s")
DURATIONS = ((86_400, Text("天", "d")), (3_600, Text("小时", "h")), (60, Text("分钟", "min")))


def number(value: float | None, unit: Unit, language: str) -> str:
    """Show an estimate: ``+31.2``, ``78.3``, ``71.2%``, ``3.92``, ``1,234``; None is a dash.

    Durations alone are told in words: ``7.6 小时``, ``7.6 h``.
    """
    if value is None:
        return DASH
    if unit is Unit.SHARE:
        return share(value)
    if unit is Unit.AMOUNT:
        return amount(value)
    if unit is Unit.SECONDS:
        return duration(value, language)
    return fixed(value, DECIMALS[unit], signed=unit is Unit.NPS)


def number_text(value: float | None, unit: Unit) -> Text:
    """Show an estimate within a sentence."""
    return Text(number(value, unit, ZH), number(value, unit, EN))


def share(value: float | None, decimals: int = 1) -> str:
    """Show a proportion in [0, 1] as per cent."""
    return DASH if value is None else f"{fixed(value * 100, decimals)}%"


def amount(value: float | None) -> str:
    """Show an amount with as many decimals as its size deserves."""
    if value is None:
        return DASH
    size = abs(value)
    return fixed(value, 0 if size >= 1000 else 1 if size >= 100 else 2)  # noqa: PLR2004 -- sizes


def duration(seconds: float, language: str, *, signed: bool = False) -> str:
    """Show a duration in the unit that its size deserves: ``95 s, 3.1 min, 7.6 h, 2.3 d``.

    Examples
    --------
    >>> duration(184.0, "en"), duration(27_360.0, "zh-CN"), duration(0.0, "en")
    ('3.1 min', '7.6 小时', '0 s')
    """
    length, name = time_unit(seconds)
    return f"{fixed(seconds / length, int(length > 1), signed=signed)} {name.say(language)}"


def time_unit(seconds: float) -> tuple[int, Text]:
    """Give the unit that the size of a duration deserves: its seconds, and its name."""
    fitting = (one for one in DURATIONS if abs(seconds) >= 2 * one[0])
    return next(fitting, (1, SECOND))


def difference(value: float | None, unit: Unit, language: str) -> str:
    """Show a difference with its sign; that shares differ by percentage points is not said.

    Examples
    --------
    >>> difference(0.021, Unit.SHARE, "en"), difference(-7_800.0, Unit.SECONDS, "zh-CN")
    ('+2.1', '−2.2 小时')
    """
    if value is None:
        return DASH
    if unit is Unit.SHARE:
        return fixed(value * 100, 1, signed=True)
    if unit is Unit.AMOUNT:
        return ("+" if value > 0 else "") + amount(value)
    if unit is Unit.SECONDS:
        return duration(value, language, signed=True)
    return fixed(value, DECIMALS[unit], signed=True)


def difference_text(value: float | None, unit: Unit) -> Text:
    """Show a difference with its sign within a sentence."""
    return Text(difference(value, unit, ZH), difference(value, unit, EN))


def fixed(value: float, decimals: int, *, signed: bool = False) -> str:
    """Write a number with thousands separated, a true minus sign, and no sign at 0."""
    text = f"{abs(value):,.{decimals}f}"
    if not text.strip("0.,"):
        return text
    if value < 0:
        return MINUS + text
    return "+" + text if signed else text


def range_text(words: str) -> Text:
    """Say a range: an end marked ``<`` or ``>`` is not in it. Other words stay as they are.

    Examples
    --------
    >>> range_text("0–<80").say("en"), range_text(">20–<80").say("zh"), range_text("80–100").say()
    ('0 to under 80', '高于 20、不到 80', '80–100')
    """
    found = _OPEN_ENDS.fullmatch(words)
    if found is None or not (found[1] or found[3]):
        return Text.same(words)
    above, start, below, end = found.groups()
    if above and below:
        return Text(f"高于 {start}、不到 {end}", f"over {start}, under {end}")
    if above:
        return Text(f"高于 {start} 至 {end}", f"over {start} to {end}")
    return Text(f"{start} 至不到 {end}", f"{start} to under {end}")
