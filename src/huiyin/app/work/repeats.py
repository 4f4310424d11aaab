"""Rows that came before: of one identity the latest counts, and what an import changed is told."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_
from pathlib import Path
from typing import Any

from huiyin.collect.datasets.changes import Counts
from huiyin.collect.identity import FIRST_COLUMN, IMPORT_COLUMN, RESPONSE_COLUMN
from huiyin.core.text import Text
from huiyin.engine.contracts import SOURCE_COLUMN
from huiyin.engine.duck import Engine

_KNOWN = "_known"
_NAMED = "_named"
_REPEATED = Text(
    "“{column}”列有 {n} 个编号出现不止一次，多出 {more} 行，都留着。"
    "以后的导入再带上这些编号，会把同一编号的各行一起换掉。",
    "In “{column}” {n} ids occur more than once: {more} rows beyond the first, all kept. "
    "A later import that names such an id takes the place of all its rows.",
)
_SYSTEM = "_"
"""Columns that begin with it say where a row is from, not what it says."""


def latest(rows: Any) -> Any:
    """Plan the rows that count: of one identity the one that came last.

    Rows that share an id of their own within one import stay: the next import that names the id
    takes the place of them all.
    """
    ids = rows.group_by(RESPONSE_COLUMN).agg(n=rows.count(), last=rows[SOURCE_COLUMN].max())
    again = ids.filter(ids.n > 1).select(again=RESPONSE_COLUMN, last="last")
    met = rows.left_join(again, rows[RESPONSE_COLUMN] == again.again)
    kept = met.filter(met.last.isnull() | (met.last == met[SOURCE_COLUMN]))
    kept = kept.select(*rows.columns)
    return _without_stale(kept) if FIRST_COLUMN in rows.columns else kept


def _without_stale(rows: Any) -> Any:
    """Plan the rows without those of an id that a later import names again."""
    named = rows.mutate(**{_NAMED: rows[FIRST_COLUMN].fill_null(rows[RESPONSE_COLUMN])})
    ids = named.filter(named[FIRST_COLUMN].notnull()).select(several=_NAMED).distinct()
    concerned = named.inner_join(ids, named[_NAMED] == ids.several)
    newest = concerned.group_by(_NAMED).agg(
        newest=concerned[IMPORT_COLUMN].argmax(concerned[SOURCE_COLUMN])
    )
    newest = newest.select(several=_NAMED, newest="newest")
    met = named.left_join(newest, named[_NAMED] == newest.several)
    kept = met.filter(met.newest.isnull() | (met.newest == met[IMPORT_COLUMN]))
    return kept.select(*(name for name in rows.columns if name != FIRST_COLUMN))


def repeated_ids_note(engine: Engine, rows: Any, column: str) -> tuple[Text, ...]:
    """Say how many ids stand on several rows of one import, if any does."""
    if FIRST_COLUMN not in rows.columns:
        return ()
    counted = rows.agg(n=rows[FIRST_COLUMN].nunique(), more=rows[FIRST_COLUMN].count())
    found = engine.run(counted).to_pylist()[0]
    return (_REPEATED.format(column=column, **found),) if found["n"] else ()


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
