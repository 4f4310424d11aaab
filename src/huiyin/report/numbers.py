"""How a number looks in a report, with its interval, its n and its call. Nothing is computed here.

A number that is not there is a dash and the reason, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.numbers import DASH, MINUS, amount, fixed, number, share
from huiyin.core.numbers import difference as bare_difference
from huiyin.core.text import EN
from huiyin.core.units import BOUNDS, COUNTED_TEXT, Counted, within
from huiyin.measure.contracts import Call, Cell, Comparison, Unit, is_over_time
from huiyin.report.words import word

__all__ = [
    "DASH", "MINUS", "Chip", "absence", "amount", "answers", "cell_interval", "chip", "count",
    "difference", "estimate", "evidence", "interval", "number", "p_stated", "p_value", "plain",
    "share", "shown_n",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chip:
    """A call as shape, word and detail; `tone` is ``good``, ``bad``, ``neutral``, ``unknown``."""

    shape: str
    word: str
    detail: str
    tone: str

    @property
    def brief(self) -> str:
        """Say it without how many more answers are needed."""
        return f"{self.shape} {self.word}" if self.tone == "unknown" else str(self)

    def __str__(self) -> str:
        return " ".join(part for part in (self.shape, self.word + self.detail) if part)


def interval(low: float | None, high: float | None, unit: Unit, language: str) -> str:
    """Show an interval in brackets; empty where there is none."""
    if low is None or high is None:
        return ""
    ends = (number(end, unit, language).removeprefix("+") for end in (low, high))
    return f"[{', '.join(ends)}]"


def difference(value: float | None, unit: Unit, language: str) -> str:
    """Show a difference with its sign: shares in percentage points."""
    points = unit is Unit.SHARE and value is not None
    return bare_difference(value, unit, language) + (
        word("unit.share_points", language) if points else ""
    )


def count(value: int | None) -> str:
    """Show a count with thousands separated; a dash for one that is not shown."""
    return DASH if value is None else f"{value:,}"


def shown_n(cell: Cell, n: int | None) -> int | None:
    """Give a count of a cell, None where it is hidden with its number: it stands as 0 then."""
    absent = cell.not_estimable
    hidden = absent is not None and absent.reason is Reason.SUPPRESSED and not n
    return None if hidden else n


def answers(n: int | None, language: str, counted: Counted = Counted.ANSWERS) -> str:
    """Show how many answers, orders or the like: ``1,842 份``, ``1,842 单`` or ``n = 1,842``."""
    said = COUNTED_TEXT[counted].say(language)
    return f"n = {count(n)}" if language == EN else f"{count(n)} {said}"


def p_value(value: float | None) -> str:
    """Show a p or q: three decimals, never 0."""
    if value is None:
        return DASH
    return "< 0.001" if value < 0.001 else fixed(value, 3)  # noqa: PLR2004 -- three decimals


def p_stated(value: float | None) -> str:
    """Show a p or q after its letter: ``= 0.031``, ``< 0.001``."""
    shown = p_value(value)
    return shown if shown.startswith("<") else f"= {shown}"


def plain(value: float | None, decimals: int = 2) -> str:
    """Show a coefficient: fixed decimals, true minus sign."""
    return DASH if value is None else fixed(value, decimals)


def absence(missing: NotEstimable, language: str, counted: Counted = Counted.ANSWERS) -> str:
    """Say that a number is not there, and why: ``— 少于 10 份，不显示``."""
    if missing.reason is Reason.SUPPRESSED and missing.minimum is not None:
        facts = {"minimum": missing.minimum, "of": COUNTED_TEXT[counted].say(language)}
        return f"{DASH} {word('absence.suppressed', language, **facts)}"
    return f"{DASH} {missing.say(language)}"


def estimate(cell: Cell, language: str) -> str:
    """Show a cell's estimate, or why there is none."""
    if cell.not_estimable is not None:
        return absence(cell.not_estimable, language, cell.counted)
    return number(cell.estimate, cell.unit, language)


def cell_interval(cell: Cell, language: str) -> str:
    """Show a cell's interval, cut where its unit ends; empty where there is none."""
    if cell.low is None or cell.high is None:
        return ""
    bounds = BOUNDS.get(cell.unit)
    return interval(within(cell.low, bounds), within(cell.high, bounds), cell.unit, language)


PER_ORDERS = frozenset({"complaint_rate", "complained_orders"})
"""Rates that are said per 10,000 orders where they are rare."""
RARE = 0.01
_TEN_THOUSAND = 10_000


def per_ten_thousand(cell: Cell, language: str) -> str:
    """Show a rate of orders below 1 % per 10,000 of them, with its interval; else nothing."""
    named = cell.metric.partition(":")[0] in PER_ORDERS
    if not named or cell.estimate is None or cell.low is None or cell.high is None:
        return ""
    if cell.estimate >= RARE:
        return ""
    ends = (cell.estimate, cell.low, cell.high)
    n, low, high = (fixed(end * _TEN_THOUSAND, 1) for end in ends)
    return word("unit.per_orders", language, n=n, low=low, high=high)


def evidence(cell: Cell, language: str) -> str:
    """Show what stands small below an estimate: interval · n; of rare complaints per 10,000 too."""
    parts = (
        cell_interval(cell, language),
        per_ten_thousand(cell, language),
        answers(cell.n, language, cell.counted),
    )
    return " · ".join(part for part in parts if part)


def chip(cell: Cell, language: str, *, higher_is_better: bool | None = True) -> Chip | None:
    """Show a comparison's call; None where nothing was compared.

    With `higher_is_better` None, as of an amount paid, a real difference is neither good nor bad.
    """
    comparison, unit = cell.comparison, cell.unit
    if comparison is None:
        return None
    if comparison.call is None:
        return Chip("◌", word("call.untested", language), "", "unknown")
    if comparison.call is Call.CANNOT_TELL:
        more = _more(comparison, cell, language)
        return Chip("◌", word("call.cannot_tell", language), more, "unknown")
    if comparison.call is Call.STABLE:
        return Chip("●", word(_named("stable", comparison), language), "", "neutral")
    rises = (comparison.difference or 0) > 0
    detail = " " + difference(comparison.difference, unit, language)
    tone = "good" if rises == higher_is_better else "bad"
    tone = "neutral" if higher_is_better is None else tone
    return Chip("▲" if rises else "▼", word(_named("real", comparison), language), detail, tone)


def _named(call: str, comparison: Comparison) -> str:
    """Give the word of a call: over time things change, groups differ."""
    return f"call.{call}" if is_over_time(comparison.against) else f"call.{call}_group"


def _more(comparison: Comparison, cell: Cell, language: str) -> str:
    if comparison.only_alone:
        return word("call.alone", language, n=count(comparison.family))
    if not comparison.n_more:
        return ""
    if comparison.beyond_reach:
        delta = difference(comparison.delta, cell.unit, language).removeprefix("+")
        return word("call.far", language, delta=delta)
    of = COUNTED_TEXT[cell.counted].say(language)
    return word("call.more", language, n=count(comparison.n_more), of=of)
