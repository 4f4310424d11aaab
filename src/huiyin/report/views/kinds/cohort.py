"""Customers by the period of their first answer, and how they judge so many periods later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from huiyin.analyse.views.contracts import ChartKind
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell, Grain
from huiyin.measure.first_answers import FIRST_ANSWER
from huiyin.measure.periods import period_range, shift
from huiyin.report.charts.chart import Option, base_option, on_phone
from huiyin.report.charts.trend import period_name
from huiyin.report.views.captions import groups_caption
from huiyin.report.views.contracts import PERIOD, Figure, Kind, Shown
from huiyin.report.views.kinds.heat import (
    BOTTOM,
    ROW,
    TOP,
    WIDE_ENOUGH,
    Written,
    column_of,
    datum_of,
    heads_axis,
    names_axis,
    on_narrow,
    on_wide,
    row_height,
    shades_of,
)
from huiyin.report.views.order import period_of
from huiyin.report.views.words import say, sentences, text

MOST_COHORTS, MOST_AGES = 24, 24
_GRAINS = {Grain.WEEK, Grain.MONTH, Grain.QUARTER, Grain.YEAR}
_Placed = tuple[int, Cell]


@dataclass(frozen=True, slots=True)
class Cohorts:
    """The cells by cohort (a period in words) and age (periods since it, from 0).

    `untold` where later ages are left out, as none of them has a number that may be shown.
    """

    cells: Mapping[tuple[str, int], _Placed]
    names: tuple[str, ...]
    n_ages: int
    total: int
    untold: bool = False


def fits(shown: Shown) -> int | Text:
    """Fit one metric over time; the cohorts are asked for once this kind is chosen."""
    grouped = shown.groups not in {(), (FIRST_ANSWER,)}
    if len(shown.definitions) > 1 or grouped or shown.result.query.grain not in _GRAINS:
        return text("fit.cohort")
    return 86 if shown.groups else 20


def draw(shown: Shown) -> Figure:
    """Draw a row a cohort, the latest at the bottom, a column an age."""
    found = cohorts_of(shown)
    if not found.names:
        return Figure(None, ROW, say("caption.none", shown.language))
    height = row_height((cell for _, cell in found.cells.values()), found.n_ages)
    whole = TOP + BOTTOM + height * len(found.names)
    return Figure(_option(shown, found), whole, _said(shown, found))


def _said(shown: Shown, found: Cohorts) -> str:
    ages = {id(cell): age for (_, age), (_, cell) in found.cells.items()}
    cells = list(found.cells.values())
    parts = [
        groups_caption(shown, cells, lambda cell: _name(shown, cell, ages[id(cell)])),
        say("caption.cohort", shown.language),
    ]
    if len(found.names) < found.total:
        n = len(found.names)
        parts.append(say("caption.left", shown.language, shown=n, total=found.total))
    if found.untold:
        age = _age(shown, found.n_ages - 1)
        parts.append(say("caption.cohort_untold", shown.language, age=age))
    if any(cell.by[FIRST_ANSWER] is None for _, cell in shown.whole):
        parts.append(say("caption.cohort_unknown", shown.language))
    return sentences(parts, shown.language)


def cohorts_of(shown: Shown) -> Cohorts:
    """Place the cells; those before the cohort began, or without a customer, are left out."""
    grain = shown.result.query.grain
    known = [one for one in shown.whole if one[1].by[FIRST_ANSWER] and one[1].by[PERIOD]]
    if not known or grain is None:
        return Cohorts({}, (), 0, 0)
    numbers = _numbers(known, grain)
    placed = {
        (cohort, age): one
        for one in known
        if (cohort := one[1].by[FIRST_ANSWER] or "") in numbers
        and (age := numbers[_word(one[1].by[PERIOD], grain)] - numbers[cohort]) >= 0
    }
    return _cut(placed, numbers)


def _numbers(known: list[_Placed], grain: Grain) -> dict[str, int]:
    """Give every period its number: the first cohort's is 0."""
    last = max(date.fromisoformat(cell.by[PERIOD] or "") for _, cell in known)
    wanted = min(cell.by[FIRST_ANSWER] or "" for _, cell in known)
    first = last
    while _word(first.isoformat(), grain) > wanted:
        first = shift(first, grain, -1)
    days = period_range(first, last, grain)
    return {_word(day.isoformat(), grain): number for number, day in enumerate(days)}


def _word(day: str | None, grain: Grain) -> str:
    return period_name(day, grain.value, "en")


def _cut(placed: Mapping[tuple[str, int], _Placed], numbers: Mapping[str, int]) -> Cohorts:
    """Keep the latest cohorts and the first ages, up to the last that has any number."""
    every = sorted({cohort for cohort, _ in placed}, key=lambda one: numbers[one])
    names = every[-MOST_COHORTS:]
    kept = {key: one for key, one in placed.items() if key[0] in names and key[1] < MOST_AGES}
    told = [age for (_, age), (_, cell) in kept.items() if cell.estimate is not None]
    last = max(told or (age for _, age in kept), default=-1)
    drawn = {key: one for key, one in kept.items() if key[1] <= last}
    return Cohorts(drawn, tuple(names), 1 + last, len(every), untold=len(drawn) < len(kept))


def _name(shown: Shown, cell: Cell, age: int) -> str:
    return say(
        "cohort.cell",
        shown.language,
        first=cell.by[FIRST_ANSWER],
        age=_age(shown, age),
        period=period_of(shown, cell.by[PERIOD]),
    )


def _age(shown: Shown, age: int) -> str:
    grain = shown.result.query.grain
    return say(f"cohort.age.{grain.value if grain else ''}", shown.language, n=age)


def _option(shown: Shown, found: Cohorts) -> Option:
    shades = shades_of(found.cells)
    ages = range(found.n_ages)
    heads = [_age(shown, age) for age in ages]
    short = [str(age) for age in ages]
    wide = found.n_ages <= WIDE_ENOUGH

    def series(written: Written) -> list[Option]:
        return [
            column_of([_datum(shown, found, (name, age), shades, written) for name in found.names])
            for age in ages
        ]

    option = base_option(
        grid={"left": 84, "right": 8, "top": TOP, "bottom": BOTTOM},
        xAxis=[
            {"type": "value", "min": 0, "max": found.n_ages, "show": False},
            heads_axis(heads if wide else short),
        ],
        yAxis=names_axis(list(found.names)),
        series=series(on_wide(found.n_ages)),
    )
    phone = {
        "grid": {"left": 64, "right": 4},
        "xAxis": [{}, {"data": short}],
        "series": series(on_narrow(found.n_ages)),
    }
    return on_phone(option, phone)


def _datum(
    shown: Shown, found: Cohorts, key: tuple[str, int], shades: Mapping[int, int], written: Written
) -> Option:
    one = found.cells.get(key)
    name = _name(shown, one[1], key[1]) if one else None
    return datum_of(shown, one, shades, written, name=name)


KIND = Kind(ChartKind.COHORT, fits, draw)
