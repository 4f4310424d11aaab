"""Whether enough have answered: how many more a score needs, and who answers at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy.orm import Session

from huiyin.collect.customers.contracts import CUSTOMER_COLUMN
from huiyin.collect.sending.contracts import SendingError
from huiyin.collect.surveys.measures import HEADLINES
from huiyin.collect.surveys.reading import fetch_survey
from huiyin.core.text import Text
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.contracts import Cell, Margin, Query, Unit, Weighting
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
        None where a group is too small to be shown.
    """
    query = Query(metrics=(metric,), by=(by,) if by else ())
    with opened_corridor(system, view) as corridor:
        result = corridor.answer(query)
    return [_needed(cell) for cell in result.cells]


def _needed(cell: Cell) -> dict[str, Any]:
    facts: dict[str, Any] = {"by": dict(cell.by), "unit": cell.unit.value}
    if cell.low is None or cell.high is None:
        nothing = dict.fromkeys(("estimate", "n", "half_width", "n_more"))
        return facts | nothing
    factor = 100.0 if cell.unit in _SHARES else 1.0
    half = factor * (cell.high - cell.low) / 2.0
    more = float(n_more_for_half_width(cell.n, half, POINTS))
    return facts | {
        "estimate": cell.estimate,
        "n": cell.n,
        "half_width": half,
        "n_more": int(more) if np.isfinite(more) else None,
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
        ``groups``: value, customers in the base, of whom answered; groups below the smallest shown
        number are told without numbers. ``raw`` and ``raked``: estimate, low, high, n.
    """
    _, answers, metric = open_survey_view(session, system, person, survey_id)
    dataset = session.get_one(Dataset, base.dataset_id)
    part = Part(dataset, open_view(session, system, person, base.dataset_id))
    answered = session.get_one(Dataset, answers.version.dataset_id)
    with system.engines.lent() as engine:
        rows = _groups(engine, part, Part(answered, answers), base.column)
    least = part.view.minimum_n
    shares = {str(row["value"]): float(row["n_base"]) for row in rows if row["value"] is not None}
    return {
        "groups": [_group(row, least) for row in rows],
        "metric": metric,
        "raw": _score(system, answers, metric, None, {}),
        "raked": _score(system, answers, metric, base.answered_column, shares),
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


def _group(row: dict[str, Any], least: int) -> dict[str, Any]:
    if row["n_base"] < least:
        hidden = dict.fromkeys(("n_base", "n_answered", "answered_share"))
        return {"value": row["value"]} | hidden
    n_base, n_answered = int(row["n_base"]), int(row["n_answered"] or 0)
    facts = {"value": row["value"], "n_base": n_base, "n_answered": n_answered}
    return facts | {"answered_share": n_answered / n_base}


def _score(
    system: System, view: View, metric: str, column: str | None, shares: Mapping[str, float]
) -> dict[str, Any] | None:
    if shares and column is None:
        return None
    weighting = Weighting(margins=(Margin(column, shares),)) if column and shares else None
    with opened_corridor(system, view) as corridor:
        result = corridor.answer(Query(metrics=(metric,), weighting=weighting))
    cell = result.cells[0]
    facts = {"estimate": cell.estimate, "low": cell.low, "high": cell.high, "n": cell.n}
    return facts | {"unit": cell.unit.value}
