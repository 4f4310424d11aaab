"""A number of the findings as columns of a table: the same columns on every sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from huiyin.core.absence import NotEstimable
from huiyin.core.text import Text
from huiyin.measure.contracts import Against, Call, Cell, Comparison, Definition, Unit
from huiyin.report import workbook_words as w
from huiyin.report.code_names import UNIT_NAME, against_name, call_name, flag_names, method_name
from huiyin.report.numbers import shown_n
from huiyin.report.workbook_values import (
    NOTHING,
    Field,
    Shown,
    amount_in,
    count,
    gap_in,
    number,
    p_value,
    whisker,
    words,
)

PERCENT_FORMAT = "0%"
_GOOD, _BAD = "good", "bad"


@dataclass(frozen=True, slots=True)
class Line:
    """A cell of the findings with what stands left of it in the table."""

    cell: Cell
    leading: tuple[Shown, ...] = ()
    higher_is_better: bool | None = True
    """None: what is real is neither good nor bad."""


def lead(header: Text, place: int) -> Field[Line]:
    """Show one of a line's leading values."""
    return Field(header, lambda line: line.leading[place])


def number_fields(language: str, *, whiskers: bool = True) -> tuple[Field[Line], ...]:
    """Give the columns of an estimate: the number or the reason, and all that it rests on.

    `whiskers` are the lengths that charts of the workbook draw.
    """

    def field(
        header: Text, show: Callable[[Cell], Shown], *, optional: bool = False
    ) -> Field[Line]:
        return Field(header, lambda line: show(line.cell), optional)

    lengths = (
        field(w.BELOW, lambda c: whisker(c.unit, c.estimate, c.low), optional=True),
        field(w.ABOVE, lambda c: whisker(c.unit, c.estimate, c.high), optional=True),
    )
    return (
        field(w.ESTIMATE, lambda c: amount_in(c.unit, c.estimate)),
        field(w.LOW, lambda c: amount_in(c.unit, c.low)),
        field(w.HIGH, lambda c: amount_in(c.unit, c.high)),
        field(w.WHY_NOT, lambda c: reason_shown(c.not_estimable, language), optional=True),
        field(w.N, lambda c: count(shown_n(c, c.n))),
        field(w.CUSTOMERS, lambda c: count(shown_n(c, c.n_customers))),
        field(w.EFFECTIVE, lambda c: count(c.n_effective)),
        field(w.FLAGS, lambda c: words(flag_names(c.flags, language), language), optional=True),
        *_comparison_fields(language),
        field(w.UNIT, lambda c: words(UNIT_NAME[c.unit], language)),
        field(w.LEVEL, lambda c: number(c.level, PERCENT_FORMAT)),
        field(w.INTERVAL_METHOD, lambda c: words(method_name(c.method), language)),
        field(w.METRIC_ID, lambda c: words(c.metric, language, "muted")),
        *(lengths if whiskers else ()),
    )


def _comparison_fields(language: str) -> tuple[Field[Line], ...]:
    def field(header: Text, show: Callable[[Comparison, Unit], Shown]) -> Field[Line]:
        def shown(line: Line) -> Shown:
            found = line.cell.comparison
            return NOTHING if found is None else show(found, line.cell.unit)

        return Field(header, shown, optional=True)

    return (
        Field(w.CALL, lambda line: _call_of(line, language), optional=True),
        field(w.DIFFERENCE, lambda c, unit: gap_in(unit, c.difference)),
        field(w.DIFFERENCE_LOW, lambda c, unit: gap_in(unit, c.low)),
        field(w.DIFFERENCE_HIGH, lambda c, unit: gap_in(unit, c.high)),
        field(w.N_MORE, lambda c, _: NOTHING if c.beyond_reach else count(c.n_more)),
        field(w.AGAINST, lambda c, _: words(against_name(c.against), language)),
        field(w.REFERENCE, lambda c, unit: amount_in(unit, c.reference)),
        field(w.P, lambda c, _: p_value(c.p)),
        field(w.Q, lambda c, _: p_value(c.q)),
        field(w.DELTA, lambda c, unit: amount_in(unit, c.delta)),
        field(w.FAMILY, lambda c, _: count(c.family)),
        field(w.NOTE, lambda c, _: words(c.note, language)),
    )


def _call_of(line: Line, language: str) -> Shown:
    found = line.cell.comparison
    if found is None:
        return NOTHING
    return call_shown(
        found.call,
        found.difference,
        language,
        higher_is_better=line.higher_is_better,
        against=found.against,
    )


def call_shown(
    call: Call | None,
    difference: float | None,
    language: str,
    *,
    higher_is_better: bool | None = True,
    against: str = Against.PREVIOUS,
) -> Shown:
    """Show a call in words; what is real carries the tone of its direction."""
    if call is None:
        return NOTHING
    tone = "unknown" if call is Call.CANNOT_TELL else None
    if call is Call.REAL and difference and higher_is_better is not None:
        tone = _GOOD if (difference > 0) == higher_is_better else _BAD
    return words(call_name(call, difference, against), language, tone)


def reason_shown(absent: NotEstimable | None, language: str) -> Shown:
    """Show why a number is missing."""
    return NOTHING if absent is None else Shown(absent.say(language), tone="muted")


def direction_of(definitions: Sequence[Definition]) -> Mapping[str, bool]:
    """Tell per metric whether higher is better."""
    return {d.metric: d.higher_is_better for d in definitions}
