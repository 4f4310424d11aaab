"""A lake under a path that trips careless code, a lease in this process, rows by hand."""

from __future__ import annotations

import datetime as dt
import threading
from collections import defaultdict
from decimal import Decimal

import pyarrow as pa
import pytest

from huiyin.engine.contracts import Limits
from huiyin.engine.duck import Engine
from huiyin.lake.contracts import Batch
from huiyin.lake.tables import Lake

DATASET = "0192f0c1-2b3c-7d4e-8f50-a1b2c3d4e5f6"


class LockLease:
    """A lease for one process: a lock for each name."""

    def __init__(self):
        self._locks = defaultdict(threading.Lock)

    def held(self, name):
        return self._locks[name]


class OneTable:
    """A table with batches that count themselves."""

    def __init__(self, root):
        self.lake = Lake(root, Limits(memory="512MB", threads=2))
        self.lease = LockLease()
        self.table = self.lake.table(DATASET)
        self.number = 0

    def do(self, verb, *args, app="t", number=None, metadata=None, **options):
        self.number += 1
        batch = Batch(app, number or self.number)
        with self.lake.writer(DATASET, self.lease) as writer:
            change = getattr(writer, verb)
            return change(*args, batch=batch, metadata=metadata or {}, **options)

    def vacuum(self, grace=dt.timedelta(0)):
        with self.lake.writer(DATASET, self.lease) as writer:
            return writer.vacuum(grace)

    def rows(self, version=None):
        found = self.lake.snapshot(DATASET, version)
        if not found.files:
            assert found.n_rows == 0
            return []
        with Engine() as engine:
            rows = engine.run(engine.read_parquet(found.files)).to_pylist()
        assert len(rows) == found.n_rows
        return sorted(rows, key=lambda row: row["response_id"])

    def contents(self, version=None):
        return {row["response_id"]: row["q"] for row in self.rows(version)}

    def log(self):
        return b"".join(
            p.read_bytes() for p in sorted((self.table.folder / "_delta_log").iterdir())
        )


@pytest.fixture
def one(tmp_path):
    return OneTable(tmp_path / "数据 湖 x=1 [a]#b?c*")


@pytest.fixture
def open_one():
    return OneTable


def make_rows(scores, *, month=1, **columns):
    ids = list(scores)
    days = [None if month is None else dt.date(2026, month, 1 + i % 28) for i in range(len(ids))]
    return pa.table(
        {
            "response_id": pa.array(ids, pa.string()),
            "_answered_on": pa.array(days, pa.date32()),
            "q": pa.array(list(scores.values()), pa.float64()),
            **columns,
        }
    )


@pytest.fixture
def rows():
    return make_rows


@pytest.fixture
def wide():
    """Give one row of every type that the engine types into, with awkward names."""
    moment = dt.datetime(2026, 3, 4, 5, 6, 7, 8)  # noqa: DTZ001 -- without a zone on purpose
    return pa.table(
        {
            "response_id": ["r1"],
            "_answered_on": [dt.date(2026, 3, 4)],
            "_row": pa.array([1], pa.int64()),
            "_flags": pa.array([5], pa.int64()),
            "整体 满意度（1-5）": [4.0],
            "Q1. (a), {b};c=d`e\"f'g.h\nmonth": ["很好"],
            "month": ["三月"],
            "选项": pa.array([["快递", "客服"]], pa.list_(pa.string())),
            "金额": pa.array([Decimal("12.3400")], pa.decimal128(18, 4)),
            "时间": pa.array([moment], pa.timestamp("us")),
            "at": pa.array([moment], pa.timestamp("us", "UTC")),
            "是": [True],
        }
    )
