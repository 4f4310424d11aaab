"""Boards are to be answered ahead: after rows have changed, and for people who see other ones."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huiyin.store.unit_of_work import UnitOfWork
    from huiyin.web.system import System

FORESEE_JOB = "answer_boards_ahead"
SETTLE_SECONDS = 20.0
"""Who adds people and rules mostly adds several."""


def order_foreseeing(work: UnitOfWork, dataset_id: str) -> None:
    """Order it for one dataset; while one waits there is no second."""
    key = f"boards ahead:{dataset_id}"
    work.enqueue(FORESEE_JOB, {"dataset_id": dataset_id}, key=key, anew=True)


def order_all_ahead(work: UnitOfWork, system: System) -> None:
    """Order it for all datasets, soon: somebody may see other rows now, or nothing may be kept.

    What is kept is not computed again.
    """
    if system.answers_ahead:
        later = work.now + timedelta(seconds=SETTLE_SECONDS)
        work.enqueue(FORESEE_JOB, {}, key="boards ahead", run_at=later, anew=True)
