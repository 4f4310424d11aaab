"""Rows that came before: of one identity the latest counts, and what an import changed is told."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_
from pathlib import Path
from typing import Any

from huiyin.collect.datasets.changes import Counts
from huiyin.collect.identity import RESPONSE_COLUMN
from huiyin.engine.contracts import SOURCE_COLUMN
from huiyin.engine.duck import Engine

_KNOWN = "_known"
_SYSTEM = "_"
"""Columns that begin with it say where a row is from, not what it says."""


def latest(rows: Any) -> Any:
    """Plan the rows that count: of one identity the one that came last."""
    ids = rows.group_by(RESPONSE_COLUMN).agg(n=rows.count(), last=rows[SOURCE_COLUMN].max())
    again = ids.filter(ids.n > 1).select(again=RESPONSE_COLUMN, last="last")
    met = rows.left_join(again, rows[RESPONSE_COLUMN] == again.again)
    kept = met.filter(met.last.isnull() | (met.last == met[SOURCE_COLUMN]))
    return kept.select(*rows.columns)


def what_changed(engine: Engine, files: Sequence[Path]) -> Counts:
    """Count what the last file brings: new rows, rows that say something else, rows that do not.

    Parameters
    ----------
    engine : Engine
    files : sequence of Path
        Identified rows of each import, in their order; at least two.
    """
    last, before = engine.read_parquet(files[-1:]), latest(engine.read_parquet(files[:-1]))
    says = [name for name in last.columns if not name.startswith(_SYSTEM)]
    was = {f"{_KNOWN}{i}": before[name] for i, name in enumerate(says) if name in before.columns}
    known = before.select(**{_KNOWN: before[RESPONSE_COLUMN]}, **was)
    met = last.left_join(known, last[RESPONSE_COLUMN] == known[_KNOWN])
    same = [
        met[name].identical_to(met[f"{_KNOWN}{i}"]) if f"{_KNOWN}{i}" in was else met[name].isnull()
        for i, name in enumerate(says)
    ]
    unchanged = reduce(and_, same, met[_KNOWN].notnull())
    counted = met.agg(n=met.count(), known=met[_KNOWN].count(), same=unchanged.sum())
    found = {key: int(n or 0) for key, n in engine.run(counted).to_pylist()[0].items()}
    return (found["n"] - found["known"], found["known"] - found["same"], found["same"])
