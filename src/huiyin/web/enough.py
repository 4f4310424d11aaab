"""Whether enough have answered: how many more a score needs, and who answers at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy.orm import Session

from huiyin.collect.customers.contracts import CUSTOMER_COLUMN
from huiyin.collect.sending.contracts import SendingError
from huiyin.collect.surveys.measures import HEADLINES
from huiyin.collect.surveys.reading import fetch_survey
from huiyin.core.absence import REASON_TEXT, Reason
from huiyin.core.text import Text
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.contracts import Cell, Margin, Query, QueryError, Unit, Weighting
from huiyin.measure.hiding.suppression import hidden_cells
from huiyin.measure.moments import Key
from huiyin.stats.power import n_more_for_half_width
from huiyin.store.tables import Dataset
from huiyin.web.corridors import View, open_view, opened_corridor
from huiyin.web.customer_views import Part

if TYPE_CHECKING:
    from huiyin.engine.duck import Engine
    from huiyin.people.contracts import Person
    from huiyin.store.tables import Survey
    from huiyin.web.system import System

POINTS = 3.0
_NO_SCORE = Text(
    "这份问卷还没有答卷，或没有打分题。", "It has no answers yet, or no question with a score."
)
_NO_SHARES = Text("客户总体里这一列没有值", "this column of the base has no values")
_NO_SPREAD = Text(
    "每一组里的回答都一样，算不出误差",
    "within each group all answers are equal, no error can be given",
)


class NoScoreYetError(SendingError):
    """Nothing was answered yet, or nothing in the questionnaire is a score."""

    def __init__(self) -> None:
        super().__init__(_NO_SCORE)


_SHARES = frozenset({Unit.SHARE})


def open_survey_view(
    session: Session, system: System, person: Person, survey_id: str
) -> tuple[Survey, View, str]:
    """Give a questionnaire, what a person sees of its answers, and the metric of its main score.

    Raises
    ------
    NotFoundError
        There is no such questionnaire.
    NoScoreYetError
        Nothing was answered yet, or nothing in it is a score.
    """
    survey = fetch_survey(session, survey_id)
    dataset = session.get(Dataset, survey.dataset_id) if survey.dataset_id else None
    if dataset is None or dataset.current_version is None:
        raise NoScoreYetError
    view = open_view(session, system, person, dataset.id)
    for role, metric in HEADLINES.items():
        column = view.snapshot.codebook.first(role)
        if column is not None:
            return survey, view, f"{metric}:{column.name}"
    raise NoScoreYetError


def needed(system: System, view: View, metric: str, by: str | None) -> list[dict[str, Any]]:
    """Say of each segment how many more answers bring its score within ±3 points.

    Parameters
    ----------
    system : System
    view : View
    metric : str
    by : str or None
        Column of the segments; None: all together.

    Returns
    -------
    list of dict
        ``by``, ``estimate``, ``n``, ``half_width`` (points), ``n_more`` (0: enough is enough);
        None, and ``why``, where a group is too small to be shown or has no score.
    """
    query = Query(metrics=(metric,), by=(by,) if by else ())
    with opened_corridor(system, view) as corridor:
        result = corridor.answer(query)
    return [_needed(cell) for cell in result.cells]


def _needed(cell: Cell) -> dict[str, Any]:
    facts: dict[str, Any] = {"by": dict(cell.by), "unit": cell.unit.value}
    if cell.not_estimable is not None or cell.low is None or cell.high is None:
        nothing = dict.fromkeys(("estimate", "n", "half_width", "n_more"))
        why = None if cell.not_estimable is None else REASON_TEXT[cell.not_estimable.reason]
        return facts | nothing | {"why": dict(why) if why else None}
    factor = 100.0 if cell.unit in _SHARES else 1.0
    half = factor * (cell.high - cell.low) / 2.0
    more = float(n_more_for_half_width(cell.n, half, POINTS))
    return facts | {
        "estimate": cell.estimate,
        "n": cell.n,
        "half_width": half,
        "n_more": int(more) if np.isfinite(more) else None,
        "why": None,
    }


@dataclass(frozen=True, slots=True)
class Base:
    """The customer base: a dataset, the column that parts it, and where the answers hold it."""

    dataset_id: str
    column: str
    answered_column: str | None = None


def respondents(
    session: Session, system: System, person: Person, survey_id: str, base: Base
) -> dict[str, Any]:
    """Put who answered beside the customer base, and the score raw beside raked to the base.

    Parameters
    ----------
    session : Session
    system : System
    person : Person
    survey_id : str
    base : Base
        `answered_column` is the column of the answers with the same values; without it the score
        is not raked.

    Returns
    -------
    dict
        ``groups``: value, customers in the base, of whom answered; None where few are in the group,
        where few of them answered, and where that could be subtracted. ``raw`` and ``raked``:
        estimate, low, high, n, unit; or ``why`` there is no number.
    """
    _, answers, metric = open_survey_view(session, system, person, survey_id)
    dataset = session.get_one(Dataset, base.dataset_id)
    part = Part(dataset, open_view(session, system, person, base.dataset_id))
    answered = session.get_one(Dataset, answers.version.dataset_id)
    with system.engines.lent() as engine:
        rows = _groups(engine, part, Part(answered, answers), base.column)
    least = max(part.view.minimum_n, answers.minimum_n)
    shares = {str(row["value"]): float(row["n_base"]) for row in rows if row["value"] is not None}
    return {
        "groups": list(told_groups(rows, least)),
        "metric": metric,
        "raw": _score(_cell(system, answers, metric)),
        "raked": _raked(system, answers, metric, base.answered_column, shares),
    }


def _groups(engine: Engine, part: Part, answered: Part, column: str) -> list[dict[str, Any]]:
    base, own = part.rows(engine), answered.rows(engine)
    if base is None or column not in base.columns:
        return []
    day = base[ANSWERED_ON_COLUMN].cast("date")
    value = base[column].cast("string")
    people = base.group_by(customer=base[CUSTOMER_COLUMN]).agg(
        value=value.argmax(day.coalesce(date(1, 1, 1)), where=value.notnull())
    )
    if own is None:
        found = people.mutate(theirs=False)
    else:
        met = own.select(who=CUSTOMER_COLUMN).distinct()
        joined = people.left_join(met, people.customer == met.who)
        found = joined.mutate(theirs=joined.who.notnull())
    counted = found.group_by("value").agg(n_base=found.count(), n_answered=found.theirs.sum())
    rows: list[dict[str, Any]] = engine.run(counted.order_by("value")).to_pylist()
    return rows


def told_groups(rows: list[dict[str, Any]], least: int) -> Iterator[dict[str, Any]]:
    """Hide groups of few customers, and few who answered; neither is found by subtraction.

    Who did not answer is no group of its own here: no page tells anything of them.
    """
    bases: dict[Key, int] = {(row["value"],): int(row["n_base"]) for row in rows}
    answered: dict[Key, int] = {(row["value"],): int(row["n_answered"] or 0) for row in rows}
    (no_base,) = hidden_cells([bases], least, n_groups=[1])
    also = frozenset(key for key in no_base if answered[key])
    (no_answers,) = hidden_cells([answered], least, n_groups=[1], thin=[also])
    for key, n_base in bases.items():
        n = None if key in no_base | no_answers else answered[key]
        yield {
            "value": key[0],
            "n_base": None if key in no_base else n_base,
            "n_answered": n,
            "answered_share": None if n is None else n / n_base,
        }


def _raked(
    system: System, view: View, metric: str, column: str | None, shares: Mapping[str, float]
) -> dict[str, Any] | None:
    """Give the score raked to the base, or why there is none; None: nobody said by which column."""
    if column is None:
        return None
    if not shares:
        return _without(_NO_SHARES)
    try:
        weighting = Weighting(margins=(Margin(column, shares),))
        cell = _cell(system, view, metric, weighting)
    except QueryError as found:
        return _without(found.sentence)
    if cell.not_estimable is not None and cell.not_estimable.reason is Reason.CONSTANT:
        return _without(_NO_SPREAD)
    return _score(cell)


def _without(why: Text) -> dict[str, Any]:
    nothing = dict.fromkeys(("estimate", "low", "high", "n", "unit"))
    return nothing | {"why": dict(why)}


def _cell(system: System, view: View, metric: str, weighting: Weighting | None = None) -> Cell:
    with opened_corridor(system, view) as corridor:
        return corridor.answer(Query(metrics=(metric,), weighting=weighting)).cells[0]


def _score(cell: Cell) -> dict[str, Any]:
    if cell.not_estimable is not None:
        return _without(REASON_TEXT[cell.not_estimable.reason])
    facts = {"estimate": cell.estimate, "low": cell.low, "high": cell.high, "n": cell.n}
    return facts | {"unit": cell.unit.value, "why": None}
