"""How a number looks, everywhere. Formatting only: nothing is computed here.

A number that is not there is a dash and the reason, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.text import EN
from huiyin.measure.contracts import MINIMUM_N, Against, Call, Cell, Comparison, Unit
from huiyin.report.words import word

DASH = "—"
MINUS = "\N{MINUS SIGN}"
_DECIMALS = {Unit.NPS: 1, Unit.POINTS: 1, Unit.SCALE: 2}


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


def number(value: float | None, unit: Unit) -> str:
    """Show an estimate: ``+31.2``, ``78.3``, ``71.2%``, ``3.92``, ``1,234``; None is a dash."""
    if value is None:
        return DASH
    if unit is Unit.SHARE:
        return share(value)
    if unit is Unit.AMOUNT:
        return amount(value)
    return _fixed(value, _DECIMALS[unit], signed=unit is Unit.NPS)


def share(value: float | None, decimals: int = 1) -> str:
    """Show a proportion in [0, 1] as per cent."""
    return DASH if value is None else f"{_fixed(value * 100, decimals)}%"


def amount(value: float | None) -> str:
    """Show an amount with as many decimals as its size deserves."""
    if value is None:
        return DASH
    size = abs(value)
    return _fixed(value, 0 if size >= 1000 else 1 if size >= 100 else 2)  # noqa: PLR2004 -- sizes


def interval(low: float | None, high: float | None, unit: Unit) -> str:
    """Show an interval in brackets; empty where there is none."""
    if low is None or high is None:
        return ""
    ends = (number(end, unit).removeprefix("+") for end in (low, high))
    return f"[{', '.join(ends)}]"


def difference(value: float | None, unit: Unit, language: str) -> str:
    """Show a difference with its sign: shares in percentage points."""
    if value is None:
        return DASH
    if unit is Unit.SHARE:
        return _fixed(value * 100, 1, signed=True) + word("unit.share_points", language)
    if unit is Unit.AMOUNT:
        return ("+" if value > 0 else "") + amount(value)
    return _fixed(value, _DECIMALS[unit], signed=True)


def count(value: int) -> str:
    """Show a count with thousands separated."""
    return f"{value:,}"


def answers(n: int, language: str) -> str:
    """Show how many answers: ``1,842 份`` or ``n = 1,842``."""
    return f"n = {count(n)}" if language == EN else f"{count(n)} 份"


def p_value(value: float | None) -> str:
    """Show a p or q: three decimals, never 0."""
    if value is None:
        return DASH
    return "< 0.001" if value < 0.001 else _fixed(value, 3)  # noqa: PLR2004 -- three decimals


def p_stated(value: float | None) -> str:
    """Show a p or q after its letter: ``= 0.031``, ``< 0.001``."""
    shown = p_value(value)
    return shown if shown.startswith("<") else f"= {shown}"


def plain(value: float | None, decimals: int = 2) -> str:
    """Show a coefficient: fixed decimals, true minus sign."""
    return DASH if value is None else _fixed(value, decimals)


def absence(missing: NotEstimable, language: str) -> str:
    """Say that a number is not there, and why: ``— 少于 10 份，不显示``."""
    if missing.reason is Reason.SUPPRESSED:
        return f"{DASH} {word('absence.suppressed', language, minimum=MINIMUM_N)}"
    return f"{DASH} {missing.say(language)}"


def estimate(cell: Cell, language: str) -> str:
    """Show a cell's estimate, or why there is none."""
    if cell.not_estimable is not None:
        return absence(cell.not_estimable, language)
    return number(cell.estimate, cell.unit)


def cell_interval(cell: Cell) -> str:
    """Show a cell's interval; empty where there is none."""
    return interval(cell.low, cell.high, cell.unit)


def evidence(cell: Cell, language: str) -> str:
    """Show what stands small below an estimate: interval · n."""
    parts = (cell_interval(cell), answers(cell.n, language))
    return " · ".join(part for part in parts if part)


def chip(
    comparison: Comparison | None, unit: Unit, language: str, *, higher_is_better: bool = True
) -> Chip | None:
    """Show a comparison's call; None where nothing was compared."""
    if comparison is None:
        return None
    if comparison.call is None:
        return Chip("◌", word("call.untested", language), "", "unknown")
    if comparison.call is Call.CANNOT_TELL:
        return Chip("◌", word("call.cannot_tell", language), _more(comparison, language), "unknown")
    if comparison.call is Call.STABLE:
        return Chip("●", word("call.stable", language), "", "neutral")
    rises = (comparison.difference or 0) > 0
    detail = " " + difference(comparison.difference, unit, language)
    tone = "good" if rises == higher_is_better else "bad"
    return Chip("▲" if rises else "▼", word(_real(comparison), language), detail, tone)


def _real(comparison: Comparison) -> str:
    over_time = comparison.against in {
        Against.PREVIOUS,
        Against.YEAR_AGO,
        Against.YEAR_AGO_LUNAR,
    }
    return "call.real" if over_time else "call.real_group"


def _more(comparison: Comparison, language: str) -> str:
    if not comparison.n_more:
        return ""
    return word("call.more", language, n=count(comparison.n_more))


def _fixed(value: float, decimals: int, *, signed: bool = False) -> str:
    text = f"{abs(value):,.{decimals}f}"
    if not text.strip("0.,"):
        return text
    if value < 0:
        return MINUS + text
    return "+" + text if signed else text
