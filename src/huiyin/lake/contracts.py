"""What the lake hands out and what it needs, and the faults it can meet."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import uuid4

from huiyin.core.errors import BadInputError, HuiyinError
from huiyin.core.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    Rows = pa.Table | pa.RecordBatchReader | Sequence[Path]
    """Rows to write: in memory, streamed (run through once), or Parquet files."""

KEY_COLUMN = "response_id"
"""VARCHAR, one value for each response; what `Writer.upsert` matches by default."""
MONTH_COLUMN = "_month"
"""DATE, first day of the month of `_answered_on`, NULL where unknown: the partition."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What makes a write happen once: a repeat of the same or an earlier number is skipped.

    Attributes
    ----------
    app : str
        Who writes: one name for one stream of changes, ``import`` or ``sync:crm``.
    number : int
        Grows with each change of that stream: the job's id, say.
    passing : bool
        It is never made a second time: that it is there need not be known for long.
    """

    app: str
    number: int
    passing: bool = False

    @classmethod
    def whole(cls, who: str) -> Batch:
        """Give a batch of its own, for a change that says what the whole table is to be.

        Made a second time it gives the same rows. To skip it would be wrong: others may have
        written since the first time, or it may be another change in the name of the same job.
        """
        return cls(f"{who}:{uuid4().hex}", 1, passing=True)


@dataclass(frozen=True, slots=True)
class LakeFiles:
    """The files that make up one version of a table.

    Attributes
    ----------
    version : int
    files : tuple of Path
        For `Engine.read_parquet`. Columns may differ between files: a missing one is NULL. None
        where the version has no rows.
    n_rows : int
    last_month : str or None
        First day of the newest month that any row is of; None where no row has a day.
    """

    version: int
    files: tuple[Path, ...]
    n_rows: int
    last_month: str | None = None


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """One version of a table: when, by what, how large.

    Attributes
    ----------
    version : int
    at : datetime
        Aware, UTC.
    operation : str
        ``append, replace, upsert, erase, rollback, compact, columns``.
    n_rows : int or None
        None where the version cannot be read any more.
    metadata : mapping of str to str
        What the writer said of it.
    """

    version: int
    at: datetime
    operation: str
    n_rows: int | None
    metadata: Mapping[str, str] = field(default_factory=dict)

    @property
    def readable(self) -> bool:
        """Tell whether the version can still be read or rolled back to."""
        return self.n_rows is not None


def lake_lease(dataset_id: str) -> str:
    """Name the lease of who writes the table of a dataset."""
    return f"lake/{dataset_id}"


class Lease(Protocol):
    """One writer at a time: the store keeps it as a row."""

    def held(self, name: str) -> AbstractContextManager[object]:
        """Hold `name` during the block, or raise where another holder has it."""


class LakeError(HuiyinError):
    """The lake could not be written."""

    def __init__(self, why: Text) -> None:
        super().__init__(
            Text(
                "数据没有写入，原有数据未变：{why}。请检查数据目录的空间和权限后再试。",
                "Nothing was written; the data is as it was: {why}. "
                "Check space and permissions of the data folder, then try again.",
            ).format(why=why)
        )


class BadRootError(BadInputError):
    """The data folder has a name that the Delta log reads wrongly."""

    def __init__(self, root: Path) -> None:
        super().__init__(
            Text(
                "数据目录“{root}”的路径里有“%”，无法使用。请换一个不带“%”的目录。",
                "The data folder “{root}” has a “%” in its path and cannot be used. "
                "Choose one without.",
            ).format(root=root)
        )


class WriteConflictError(HuiyinError):
    """Another writer was first: nothing of this write stands."""

    def __init__(self) -> None:
        super().__init__(
            Text(
                "别的任务刚刚改过这份数据，本次没有写入。请重新运行。",
                "Another task has just changed this data; nothing was written. Run it again.",
            )
        )


class NoTableError(BadInputError):
    """A dataset has no data yet."""

    def __init__(self, dataset_id: str) -> None:
        super().__init__(
            Text(
                "数据集 {id} 还没有数据。请先导入。",
                "Dataset {id} holds no data yet. Import some first.",
            ).format(id=dataset_id)
        )


class UnreadableTableError(HuiyinError):
    """The log of a table is damaged, or something else lies in its place."""

    def __init__(self, dataset_id: str) -> None:
        super().__init__(
            Text(
                "数据集 {id} 的数据读不出来：数据目录里的日志损坏了。请从备份恢复。",
                "The data of dataset {id} cannot be read: its log in the data folder is damaged. "
                "Restore it from a backup.",
            ).format(id=dataset_id)
        )


_GONE = Text(
    "第 {version} 版已无法读取：{left}，更早的已随删除或到期的数据清掉。",
    "Version {version} cannot be read: {left}; earlier ones went with an erasure, with rows whose "
    "time was over, or with a clean-up.",
)
_ONLY_ONE = Text("现在只有第 {newest} 版可用", "only version {newest} can")
_SOME = Text("能用的是第 {oldest} 版到第 {newest} 版", "versions {oldest} to {newest} can")


class VersionGoneError(BadInputError):
    """A version does not exist, or its files are gone since an erasure.

    The sentence counts versions from 1, as pages do.
    """

    def __init__(self, version: int, *, oldest: int, newest: int) -> None:
        left = _ONLY_ONE if oldest == newest else _SOME
        said = left.format(oldest=oldest + 1, newest=newest + 1)
        super().__init__(_GONE.format(version=version + 1, left=said))


class ChangedColumnError(BadInputError):
    """A column comes with another type, or with another spelling of its name."""

    def __init__(self, column: str, was: str, comes: str) -> None:
        super().__init__(
            Text(
                "列“{column}”原来是 {was}，这次是 {comes}，不能混在一列。"
                "换了量表或类型，请另用一个列名。",
                "Column “{column}” was {was} and now comes as {comes}; the two cannot share a "
                "column. Give the new scale or type a column name of its own.",
            ).format(column=column, was=was, comes=comes)
        )


class UnstorableColumnError(BadInputError):
    """A column has a type or a name that the lake does not keep."""

    def __init__(self, column: str, kind: str) -> None:
        super().__init__(
            Text(
                "列“{column}”（{kind}）无法存入数据湖。请换成文字、数字、日期或选项列表，或换个列名。",
                "Column “{column}” ({kind}) cannot be stored. Make it text, a number, a date or "
                "a list of options, or give it another name.",
            ).format(column=column, kind=kind)
        )


class NoSuchColumnError(BadInputError):
    """A column that the write needs is missing."""

    def __init__(self, column: str) -> None:
        super().__init__(
            Text(
                "数据里没有需要的列“{column}”。请补上后重新导入。",
                "The data lacks the column “{column}”, which is needed. Add it and import again.",
            ).format(column=column)
        )


class RepeatedKeyError(BadInputError):
    """Two rows of one update have the same key, or a key is empty."""

    def __init__(self, key: str, n_rows: int) -> None:
        super().__init__(
            Text(
                "要更新的数据里，“{key}”有 {n} 行重复或为空。请每个编号只留一行。",
                "In the update, {n} rows repeat a “{key}” or leave it empty. "
                "Keep one row for each.",
            ).format(key=key, n=n_rows)
        )
