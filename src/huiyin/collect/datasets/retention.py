"""How long the rows of a dataset are kept, and which of them are over that.

A row's age counts from the day of its answer, in the dataset's zone; where that is unknown, from
the day its import came.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.collect.customers.contracts import CUSTOMER_COLUMN, RETENTION_JOB
from huiyin.collect.datasets.contracts import DATASET
from huiyin.collect.datasets.reading import fetch_dataset
from huiyin.collect.links.orders import model_of
from huiyin.core.clock import day_in
from huiyin.core.errors import BadInputError
from huiyin.core.text import Text
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.store.tables import Dataset, Import, Schedule
from huiyin.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from huiyin.engine.duck import Engine
    from huiyin.lake.contracts import LakeFiles

RETENTION = "retention"
"""Reason of a version that lost rows whose time was over."""
CAME_AT = "came_at"
"""In an import's options, where its rows came earlier than the import itself was made."""
_IMPORT_COLUMN = "_import_id"
MOST_DAYS = 36_500


class DerivedRetentionError(BadInputError):
    """A dataset that is made from others has no retention of its own."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                "“{name}”由别的数据集合成，随它们的保留期限走，不单独设。",
                "“{name}” is made from other datasets and follows the periods of those.",
            ).format(name=name)
        )


class OtherRowsError(BadInputError):
    """More or fewer rows would go than the person was shown."""

    def __init__(self, n: int) -> None:
        super().__init__(
            Text(
                "预览之后数据变了，现在会删 {n} 行，请重新查看再保存。",
                "The data changed since the preview: {n} rows would go now. Look again, then save.",
            ).format(n=n)
        )


@dataclass(frozen=True, slots=True)
class Retained:
    """What a period means for a dataset at the next removal.

    Attributes
    ----------
    days : int
    next_on : datetime or None
        When rows are removed next; None where no server has planned it yet.
    cutoff : date
        Answers before this day go then.
    n_rows, n_total : int
        Rows that go then, and all.
    n_customers : int
        Customers none of whose rows in this dataset stay.
    oldest_on : date or None
    """

    days: int
    next_on: datetime | None
    cutoff: date
    n_rows: int
    n_total: int
    n_customers: int
    oldest_on: date | None


def cutoff_on(at: datetime, zone: str, days: int) -> date:
    """Give the first day that is kept when rows are removed at a moment.

    Examples
    --------
    >>> from datetime import UTC
    >>> cutoff_on(datetime(2026, 3, 1, 20, 0, tzinfo=UTC), "Asia/Shanghai", 30)
    datetime.date(2026, 1, 31)
    """
    return day_in(at, zone) - timedelta(days=days)


def old_imports(session: Session, dataset: Dataset, cutoff: date) -> list[str]:
    """List the imports that came before a day: their rows without a date are of that age."""
    rows = session.scalars(select(Import).where(Import.dataset_id == dataset.id))
    return [one.id for one in rows if day_in(came_at(one), dataset.zone) < cutoff]


def came_at(made: Import) -> datetime:
    """Give the moment when the rows of an import came."""
    kept = made.options.get(CAME_AT)
    return datetime.fromisoformat(kept) if kept else made.created_at


def plan_expired(table: Any, cutoff: date, imports: Sequence[str]) -> Any:
    """Plan the condition that a row of the lake is over its time.

    Parameters
    ----------
    table : ibis table
    cutoff : date
        As `cutoff_on` gives it.
    imports : sequence of str
        As `old_imports` gives them.

    Returns
    -------
    ibis boolean column
        Never NULL.
    """
    day = table[ANSWERED_ON_COLUMN]
    over = day.cast("date") < cutoff
    if imports and _IMPORT_COLUMN in table.columns:
        over = over | (day.isnull() & table[_IMPORT_COLUMN].isin(list(imports)))
    return over.fill_null(False)  # noqa: FBT003


def retained(
    session: Session, engine: Engine, dataset: Dataset, files: LakeFiles, days: int, now: datetime
) -> Retained:
    """Count what a period would take at the next removal.

    Parameters
    ----------
    session : Session
    engine : Engine
    dataset : Dataset
    files : LakeFiles
        Of the version that readers see.
    days : int
        Kept at least so many days.
    now : datetime
    """
    schedule = session.get(Schedule, RETENTION_JOB)
    next_on = schedule.next_run_at if schedule else None
    cutoff = cutoff_on(max(next_on or now, now), dataset.zone, days)
    counts: dict[str, Any] = {"rows": 0, "people": 0, "oldest": None}
    if files.files:
        table = engine.read_parquet(files.files)
        imports = old_imports(session, dataset, cutoff)
        counts = engine.run(_counted(table, cutoff, imports)).to_pylist()[0]
    return Retained(
        days, next_on, cutoff, int(counts["rows"] or 0), files.n_rows, int(counts["people"] or 0),
        counts["oldest"],
    )  # fmt: skip


def _counted(table: Any, cutoff: date, imports: Sequence[str]) -> Any:
    over = plan_expired(table, cutoff, imports)
    own = table.mutate(_over=over)
    asked = {"rows": own["_over"].sum(), "oldest": own[ANSWERED_ON_COLUMN].cast("date").min()}
    if CUSTOMER_COLUMN in table.columns:
        who = own[CUSTOMER_COLUMN]
        stay = who.nunique(where=~own["_over"])
        asked["people"] = who.nunique() - stay
    else:
        asked["people"] = own.count() * 0
    return own.agg(**asked)


def do_set_retention(work: UnitOfWork, dataset_id: str, days: int | None, revision: int) -> Dataset:
    """Say how long rows are kept; None: for good.

    Raises
    ------
    NotFoundError, EditConflictError
        There is no such dataset; somebody changed it since `revision`.
    DerivedRetentionError
        It is made from others.
    """
    dataset = work.get(Dataset, dataset_id, DATASET)
    work.guard(dataset, revision)
    refuse_derived_retention(work.session, dataset_id)
    before = {"retention_days": dataset.retention_days}
    dataset.retention_days = days
    work.audit("change", "dataset", dataset_id, before=before, after={"retention_days": days})
    return dataset


def refuse_derived_retention(session: Session, dataset_id: str) -> None:
    """Refuse a period for a dataset that is made from others.

    Raises
    ------
    DerivedRetentionError
    """
    if model_of(session, dataset_id) is not None:
        raise DerivedRetentionError(fetch_dataset(session, dataset_id).name)
