"""How many answers a questionnaire has: read off the index of answers, however many there are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from huiyin.collect.surveys.keeping import FINISHED_IDS
from huiyin.core.clock import day_in
from huiyin.store.tables import Dataset, DatasetVersion, Submission


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """Answers of one questionnaire.

    Attributes
    ----------
    n : int
        All that were finished.
    n_half : int
        Those that were begun and, a day later, not finished.
    n_waiting : int
        Of them, those that are not counted in scores yet.
    days : tuple of (date, int)
        The last days, the oldest first, each with the answers begun on it.
    counted_at : datetime or None
        When the scores last took answers in; None where they never did.
    """

    n: int
    n_waiting: int
    days: tuple[tuple[date, int], ...]
    counted_at: datetime | None
    n_half: int = 0


_FINISHED = func.substr(Submission.id, 1, 1) < FINISHED_IDS
"""As by the id, which the index of all ids would serve; those that wait have a short one."""
_WAITING = Submission.loaded_version.is_(None) & _FINISHED


def count_answers(
    session: Session, dataset_ids: Sequence[str], now: datetime, n_days: int
) -> dict[str, AnswerCounts]:
    """Count the answers of datasets that questionnaires fill.

    Parameters
    ----------
    session : Session
    dataset_ids : sequence of str
    now : datetime
    n_days : int
        How many days, today being the last; by the zone of each dataset.

    Returns
    -------
    dict of str to AnswerCounts
    """
    finished = Submission.id < FINISHED_IDS
    kept = _grouped(session, dataset_ids, finished)
    halves = _grouped(session, dataset_ids, Submission.id > FINISHED_IDS)
    waiting = _grouped(session, dataset_ids, _WAITING)
    found: dict[str, AnswerCounts] = {}
    for dataset in session.scalars(select(Dataset).where(Dataset.id.in_(dataset_ids))):
        days = last_days(now, dataset.zone, n_days)
        found[dataset.id] = AnswerCounts(
            kept.get(dataset.id, 0),
            waiting.get(dataset.id, 0),
            tuple(zip(days, _by_day(session, dataset, days), strict=True)),
            _counted_at(session, dataset),
            halves.get(dataset.id, 0),
        )
    return found


def last_days(now: datetime, zone: str, n_days: int) -> tuple[date, ...]:
    """Give the last days in a zone, the oldest first and today last."""
    today = day_in(now, zone)
    return tuple(today - timedelta(days=ago) for ago in reversed(range(n_days)))


def first_id(moment: datetime) -> str:
    """Give the text that sorts before every id made from a moment on (RFC 9562, section 5.7)."""
    sign = f"{int(moment.timestamp() * 1000):012x}"
    return f"{sign[:8]}-{sign[8:]}"


def _grouped(
    session: Session, dataset_ids: Sequence[str], of: ColumnElement[bool]
) -> Mapping[str, int]:
    asked = select(Submission.dataset_id, func.count()).where(
        Submission.dataset_id.in_(dataset_ids), of
    )
    return dict(session.execute(asked.group_by(Submission.dataset_id)).all())


def _by_day(session: Session, dataset: Dataset, days: Sequence[date]) -> list[int]:
    """Count by the ids: they sort by the moment an answer began, and no row need be read."""
    ends = [*days, days[-1] + timedelta(days=1)]
    bounds = [first_id(datetime.combine(day, time(), ZoneInfo(dataset.zone))) for day in ends]
    own = Submission.dataset_id == dataset.id
    counts = [
        select(func.count()).where(own, Submission.id >= begin, Submission.id < end)
        for begin, end in pairwise(bounds)
    ]
    return list(session.execute(select(*(one.scalar_subquery() for one in counts))).one())


def _counted_at(session: Session, dataset: Dataset) -> datetime | None:
    if dataset.current_version is None:
        return None
    version = session.get(DatasetVersion, (dataset.id, dataset.current_version))
    return version.created_at if version else None
