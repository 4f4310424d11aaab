"""Rows that another system pushes: kept as they came, then staged in batches."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from unicodedata import category

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.orm import Session

from huiyin.codebook.contracts import Role
from huiyin.collect.datasets.contracts import DATASET, SYNC_JOB, PushError
from huiyin.collect.datasets.reading import fetch_codebook
from huiyin.collect.links.orders import refuse_derived
from huiyin.core.ids import new_id
from huiyin.core.text import Text
from huiyin.engine.contracts import ROW_COLUMN, SOURCE_COLUMN
from huiyin.store.sealed_rows import MARK, RowSeal
from huiyin.store.tables import Dataset, Submission
from huiyin.store.unit_of_work import UnitOfWork

MOST_ROWS = 10_000
"""Rows of one request."""
BATCH_ROWS = 200_000
"""Rows that one version takes in."""
_MARKED_AT_ONCE = 5000
DEFAULT_ID = "id"
_SEPARATOR = "┋"
_TOO_MANY = Text("一次最多推送 {n} 行，请分批。", "At most {n} rows at a time: send them in parts.")
_NO_ID = Text(
    "第 {row} 行没有“{column}”。每行都要有自己的编号，重推才不会变成两行。",
    "Row {row} lacks “{column}”: each row needs its own id, so that a repeat is no second row.",
)
_BAD_NAME = Text(
    "第 {row} 行的列名“{column}”不能用：不能为空，也不能以下划线开头。",
    "Row {row}: the column name “{column}” cannot be used: not empty, no underscore first.",
)


_NOT_AN_ID = Text(
    "第 {row} 行的“{column}”{why}，不能当编号。编号要是文字或整数，重推才认得出是同一行。",
    "Row {row}: “{column}” {why} and is no id. An id is a text or a whole number, so that a "
    "repeat is known as the same row.",
)
_NO_KIND = Text("既不是文字也不是整数", "is neither a text nor a whole number")
_HOLDS_CONTROL = Text("里有看不见的控制字符", "holds a control character")
_BLANK = Text("只有看不见的字符", "holds nothing that can be seen")
_NO_NUMBER = Text(
    "第 {row} 行的“{column}”是无穷大或超出范围的数，存不下。没有值请写 null。",
    "Row {row}: “{column}” is infinite or beyond any number that can be kept. "
    "Where there is no value, send null.",
)


def do_push_rows(
    work: UnitOfWork,
    dataset_id: str,
    rows: Sequence[Mapping[str, Any]],
    source: str,
    seal: RowSeal,
) -> list[int]:
    """Keep pushed rows and order their way into the dataset; gives their numbers.

    Parameters
    ----------
    work : UnitOfWork
    dataset_id : str
    rows : sequence of mapping
        Column → value; each with the dataset's id column (``id`` where there is no codebook yet).
        A row whose id is there already takes its place.
    source : str
        Who pushes: the name of an API token, say.
    seal : RowSeal
        What they say rests sealed until they are in the dataset, and after.

    Raises
    ------
    NotFoundError
        There is no such dataset.
    DerivedDatasetError
        It is made from other datasets.
    PushError
        Too many rows, a row without an id or with one that is none, an impossible column name, an
        infinite number. Nothing is kept then.
    """
    dataset = work.get(Dataset, dataset_id, DATASET)
    refuse_derived(work.session, dataset)
    if len(rows) > MOST_ROWS:
        raise PushError(_TOO_MANY.format(n=MOST_ROWS))
    column = _id_column(work.session, dataset_id)
    ids = [new_id() for _ in rows]
    kept = [
        Submission(
            id=own,
            dataset_id=dataset_id,
            native_id=seal.mark(_native_id(row, column, number)),
            payload=seal.close(own, row),
            source=source,
            received_at=work.now,
            epoch=dataset.epoch,
        )
        for number, (own, row) in enumerate(zip(ids, rows, strict=True), 1)
    ]
    work.session.add_all(kept)
    work.session.flush()
    do_order_sync(work, dataset_id, anew=True)
    work.audit("push", "dataset", dataset_id, after={"rows": len(kept), "source": source})
    return [one.seq for one in kept]


def _id_column(session: Session, dataset_id: str) -> str:
    named = fetch_codebook(session, dataset_id).codebook.first(Role.ID)
    return named.name if named else DEFAULT_ID


def _native_id(row: Mapping[str, Any], column: str, number: int) -> str:
    for name in row:
        if not name.strip() or name.startswith("_"):
            raise PushError(_BAD_NAME.format(row=number, column=name))
        if isinstance(row[name], float) and math.isinf(row[name]):
            raise PushError(_NO_NUMBER.format(row=number, column=name))
    value = row.get(column)
    if value is None or not str(value).strip():
        raise PushError(_NO_ID.format(row=number, column=column))
    why = _no_id(value)
    if why is not None:
        raise PushError(_NOT_AN_ID.format(row=number, column=column, why=why))
    return str(value).strip()


def _no_id(value: Any) -> Text | None:
    """Say why a value names no row, None where it does."""
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return _NO_KIND
    words = str(value).strip()
    if any(category(sign) == "Cc" for sign in words):
        return _HOLDS_CONTROL
    return None if any(sign.isprintable() and not sign.isspace() for sign in words) else _BLANK


def fetch_waiting(session: Session, dataset_id: str, most: int = BATCH_ROWS) -> list[Submission]:
    """List the rows that are not in the dataset yet, oldest first, at most `most`."""
    waiting = (
        select(Submission)
        .where(Submission.dataset_id == dataset_id, Submission.loaded_version.is_(None))
        .order_by(Submission.seq)
        .limit(most)
    )
    return list(session.scalars(waiting))


def fetch_waiting_rows(
    session: Session, datasets: Sequence[str], most: int
) -> dict[str, list[Submission]]:
    """List the rows that wait for some datasets, by dataset, at most `most` of each; see above."""
    waiting = (
        select(Submission)
        .where(Submission.dataset_id.in_(datasets), Submission.loaded_version.is_(None))
        .order_by(Submission.seq)
        .limit(most)
    )
    found = list(session.scalars(waiting))
    if len(found) == most:  # some may not be among them
        return {one: fetch_waiting(session, one, most) for one in datasets}
    rows: dict[str, list[Submission]] = {one: [] for one in datasets}
    for row in found:
        rows[row.dataset_id].append(row)
    return rows


def count_waiting(session: Session, dataset_id: str) -> int:
    """Count the rows that are not in the dataset yet."""
    waiting = select(func.count()).where(
        Submission.dataset_id == dataset_id, Submission.loaded_version.is_(None)
    )
    return session.scalar(waiting) or 0


def fetch_waiting_datasets(session: Session, most: int = 100) -> list[str]:
    """List the datasets that have rows waiting, whose oldest has waited longest first."""
    waiting = (
        select(Submission.dataset_id)
        .where(Submission.loaded_version.is_(None))
        .group_by(Submission.dataset_id)
        .order_by(func.min(Submission.seq))
        .limit(most)
    )
    return list(session.scalars(waiting))


def sync_key(dataset_id: str) -> str:
    """Name the sync of a dataset: one at a time."""
    return f"sync:{dataset_id}"


def do_order_sync(work: UnitOfWork, dataset_id: str, *, anew: bool = False) -> str:
    """Order the job that brings waiting rows into their dataset, one at a time; gives its id.

    With `anew` a job that runs already is followed by another: it may have looked before the rows
    were there.
    """
    payload = {"dataset_id": dataset_id}
    return work.enqueue(SYNC_JOB, payload, key=sync_key(dataset_id), anew=anew)


def do_mark_loaded(work: UnitOfWork, rows: Sequence[Submission], version: int) -> None:
    """Write down which version holds these rows, and no others.

    Numbers are given before they are committed: a row with a lower one may come later.
    """
    for start in range(0, len(rows), _MARKED_AT_ONCE):
        numbers = [row.seq for row in rows[start : start + _MARKED_AT_ONCE]]
        marked = update(Submission).where(
            Submission.seq.in_(numbers), Submission.loaded_version.is_(None)
        )
        work.session.execute(marked.values(loaded_version=version))


def do_mark_each_loaded(work: UnitOfWork, versions: Mapping[int, int]) -> None:
    """Write down which version holds each row, by its number; see `do_mark_loaded`."""
    rows: Any = Submission.__table__
    marked = update(rows).where(rows.c.seq == bindparam("row"), rows.c.loaded_version.is_(None))
    work.session.flush()
    work.session.connection().execute(
        marked.values(loaded_version=bindparam("version")),
        [{"row": seq, "version": version} for seq, version in versions.items()],
    )


def do_send_again(work: UnitOfWork, dataset: Dataset) -> None:
    """Order the way into the dataset of every row that its version does not hold.

    After a restore the lake is at `dataset.current_version`: rows that a later one took in, and
    rows that waited, are sent again; by their ids none comes twice.
    """
    held = dataset.current_version or 0
    later = (Submission.dataset_id == dataset.id, Submission.loaded_version > held)
    work.session.execute(update(Submission).where(*later).values(loaded_version=None))
    if count_waiting(work.session, dataset.id):
        do_order_sync(work, dataset.id, anew=True)


def stage_pushed(rows: Sequence[Submission], path: Path, seal: RowSeal) -> tuple[str, ...]:
    """Write pushed rows as staged rows, all words; gives their columns.

    Parameters
    ----------
    rows : sequence of Submission
        In order; of equal `native_id` the last one stays.
    path : Path
    seal : RowSeal
    """
    newest = {same_row(row, seal): row for row in rows}.values()
    latest = [seal.open(row.id, row.payload) for row in newest]
    return write_rows(latest, range(1, len(latest) + 1), path)


def same_row(row: Submission, seal: RowSeal) -> str:
    """Give what two pushes of one row share; ids kept before they were hashed are hashed here."""
    own = row.native_id or row.id
    return own if own.startswith(MARK) else seal.mark(own)


def write_rows(
    payloads: Sequence[Mapping[str, Any]], numbers: Sequence[int], path: Path
) -> tuple[str, ...]:
    """Write rows as staged rows, all words, under the numbers given; gives their columns."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = tuple(dict.fromkeys(name for payload in payloads for name in payload))
    data: dict[str, Any] = {
        name: pa.array([_words(payload.get(name)) for payload in payloads], pa.string())
        for name in columns
    }
    data[ROW_COLUMN] = pa.array(numbers, pa.int64())
    data[SOURCE_COLUMN] = pa.array([0] * len(payloads), pa.int32())
    pq.write_table(pa.table(data), path)
    return columns


def _words(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    if isinstance(value, float) and math.isnan(value):
        return None  # as in a file: programs write so where there is no value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return _SEPARATOR.join(value) or None
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
