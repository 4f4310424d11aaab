"""Rows that were worked on while a customer was erased are not shown: the work begins anew."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from huiyin.core.errors import HuiyinError
from huiyin.core.text import Text
from huiyin.store.tables import Dataset, Erasure
from huiyin.store.unit_of_work import UnitOfWork


class ErasedMeanwhileError(HuiyinError):
    """A customer was erased while rows that may be theirs were worked on."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "处理期间有客户被删除，这次结果不用，稍后自动重做。",
                "A customer was erased meanwhile: this result is dropped and made anew by itself.",
            )
        )


def erasures_seen(session: Session) -> int:
    """Count the erasures that are done, as work on rows begins."""
    done = select(func.count()).where(Erasure.finished_at.is_not(None))
    return session.scalar(done) or 0


def refuse_after_erasure(work: UnitOfWork, datasets: Collection[str], seen: int) -> None:
    """Refuse to show what was made of rows before an erasure ended.

    Parameters
    ----------
    work : UnitOfWork
        The change that shows it.
    datasets : collection of str
        Ids of those it is shown in.
    seen : int
        As `erasures_seen` gave it when the work began.

    Raises
    ------
    ErasedMeanwhileError
        One ended since; it could not see this work.
    """
    own = select(Dataset).where(Dataset.id.in_(datasets)).order_by(Dataset.id)
    work.session.execute(own.with_for_update())  # an erasure that is about to end is waited for
    if erasures_seen(work.session) != seen:
        raise ErasedMeanwhileError
