"""What may stand in a cell of the workbook: a true number with its format, or a text.

Numbers go in as numbers: the workbook is where people go on calculating. How many digits show
is the cell's number format; the value behind it is the one of the findings, unrounded.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite
from typing import Generic, TypeVar

from huiyin.core.text import Text
from huiyin.measure.contracts import Unit

Content = str | float | int | date | None
Item = TypeVar("Item")

PLAIN_FORMAT = {
    Unit.NPS: '+0.0;"−"0.0;0.0',
    Unit.POINTS: '0.0;"−"0.0;0.0',
    Unit.SHARE: "0.0%",
    Unit.SCALE: '0.00;"−"0.00;0.00',
    Unit.AMOUNT: '#,##0.00;"−"#,##0.00;0.00',
    Unit.SECONDS: '#,##0" {s}";"−"#,##0" {s}";0" {s}"',
}
GAP_FORMAT = {
    Unit.NPS: '+0.0;"−"0.0;0.0',
    Unit.POINTS: '+0.0;"−"0.0;0.0',
    Unit.SHARE: '+0.0%;"−"0.0%;0.0%',
    Unit.SCALE: '+0.00;"−"0.00;0.00',
    Unit.AMOUNT: '+#,##0.00;"−"#,##0.00;0.00',
    Unit.SECONDS: '+#,##0" {s}";"−"#,##0" {s}";0" {s}"',
}
"""Where a unit is a word, ``{s}`` stands for it: the workbook says it in its language."""
P_FORMAT = '[<0.001]"<0.001";0.000'
COUNT_FORMAT = "#,##0"
RATIO_FORMAT = '0.00;"−"0.00;0.00'


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell: content, Excel number format, tone (``good bad unknown muted open link``).

    `target` is the sheet a link leads to.
    """

    content: Content
    number_format: str | None = None
    tone: str | None = None
    target: str | None = None

    @property
    def is_number(self) -> bool:
        """Tell whether the cell counts."""
        return isinstance(self.content, float | int)


NOTHING = Shown(None)


def words(text: Text | str | None, language: str, tone: str | None = None) -> Shown:
    """Show a text."""
    return Shown(text.say(language) if isinstance(text, Text) else text, tone=tone)


def number(value: float | None, number_format: str, tone: str | None = None) -> Shown:
    """Show a number; what is not one (None, NaN, infinity) leaves the cell empty, never 0."""
    if value is None or not isfinite(value):
        return NOTHING
    return Shown(value, number_format, tone)


def count(value: float | None) -> Shown:
    """Show a whole number with thousands."""
    return number(value, COUNT_FORMAT)


def amount_in(unit: Unit, value: float | None) -> Shown:
    """Show an estimate or its bound in its unit."""
    return number(value, PLAIN_FORMAT[unit])


def gap_in(unit: Unit, value: float | None) -> Shown:
    """Show a difference in its unit, with its sign."""
    return number(value, GAP_FORMAT[unit])


def whisker(unit: Unit, estimate: float | None, end: float | None) -> Shown:
    """Show how far an interval reaches from its estimate, as charts want it."""
    if estimate is None or end is None:
        return NOTHING
    return number(abs(end - estimate), PLAIN_FORMAT[unit].removeprefix("+"), "muted")


def p_value(value: float | None) -> Shown:
    """Show a p or q value."""
    return number(value, P_FORMAT)


@dataclass(frozen=True, slots=True)
class Field(Generic[Item]):
    """One column of a table: header, what an item shows there, left out where all are empty."""

    header: Text
    show: Callable[[Item], Shown]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Headers and rows, ready to be written."""

    headers: tuple[str, ...]
    rows: tuple[tuple[Shown, ...], ...]


def table_of(fields: Sequence[Field[Item]], items: Sequence[Item], language: str) -> Table:
    """Lay out items as a table, without optional columns in which nothing would stand."""
    columns = [(f, [f.show(item) for item in items]) for f in fields]
    kept = [
        (f, shown)
        for f, shown in columns
        if not f.optional or any(cell.content not in {None, ""} for cell in shown)
    ]
    return Table(
        tuple(f.header.say(language) for f, _ in kept),
        tuple(zip(*(shown for _, shown in kept), strict=True)),
    )
