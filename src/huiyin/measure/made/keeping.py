"""Made dimensions and metrics in the store: versions of each, and those that hold."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from huiyin.codebook.contracts import Codebook
from huiyin.codebook.groupings import Grouping, fitting, with_groupings
from huiyin.core.text import Text
from huiyin.measure.catalogue import find_metric
from huiyin.measure.contracts import Query
from huiyin.measure.made.contracts import (
    LONGEST_NAME,
    MADE,
    MOST_MADE,
    NOT_IN_NAMES,
    MadeError,
)
from huiyin.measure.made.definition import Made, MadeGroups, MadeMetric, read_made
from huiyin.measure.made.formulas import CALCULATED, Formula
from huiyin.measure.metric import MetricRules
from huiyin.store.contracts import EditConflictError, NotFoundError, NotYoursError
from huiyin.store.tables import MadeDefinition
from huiyin.store.unit_of_work import UnitOfWork

_CONTROL = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_NAME = Text(
    "请起一个名字，最多 {n} 字，不含 = < > ! | : / 这些符号",
    "Give it a name of {n} characters at most, without = < > ! | : /",
)
_TAKEN = Text(
    "已经有叫“{name}”的列、分组或指标，请换个名字",
    "There is a column, group or metric “{name}” already: choose another name",
)
_FULL = Text("一个数据集最多 {n} 个，请先删去一些", "{n} are kept at most: remove some")
_NOT_GROUPED = Text(
    "“{c}”不能分组：只能用分类、评分或数字的列，不能用多选题、原话、编号和自建的分组",
    "“{c}” cannot be put into groups: only columns of categories, ratings or numbers can, not "
    "multi-selects, words, codes or groups that were made",
)
_NOT_YOURS = Text(
    "这是“{owner}”建的，只有本人和能改指标的人可以改。",
    "{owner} made this: only they, and whoever may edit metrics, change it.",
)
_SAME = Text("和现在的一样，没有存新版本", "The same as it is: no new version was saved")


def do_keep_made(
    work: UnitOfWork,
    dataset_id: str,
    name: str,
    made: Made,
    base_version: int | None,
    codebook: Codebook,
    rules: MetricRules,
) -> MadeDefinition:
    """Keep a made definition: a new one, or the next version of one still at `base_version`.

    Parameters
    ----------
    work : UnitOfWork
    dataset_id : str
    name : str
    made : Made
    base_version : int or None
        None for a new one.
    codebook : Codebook
        Of the newest version of the dataset: what the definition is checked against.
    rules : MetricRules

    Raises
    ------
    MadeError, QueryError
        The name is taken, or the definition does not fit the dataset.
    EditConflictError
        Somebody changed it since.
    NotFoundError
        There is none of that name to change.
    """
    name = name.strip()
    standing = {row.name: row for row in _newest(work.session, dataset_id)}
    last = standing.get(name)
    if base_version is not None:
        _guard(last, base_version, name)
    elif last is not None and not last.removed:
        raise MadeError(_TAKEN.format(name=name))
    others = [row for row in standing.values() if row.name != name and not row.removed]
    _check(name, made, _made_of(others, codebook, rules), len(others))
    text = made.to_yaml()
    if last is not None and not last.removed and (last.text, last.kind) == (text, made.kind):
        raise MadeError(_SAME)
    row = _add(work, last, dataset_id=dataset_id, name=name, kind=made.kind.value, text=text)
    before = None if last is None or last.removed else _facts(last)
    work.audit("change" if before else "add", "made", row.id, before=before, after=_facts(row))
    return row


def do_remove_made(work: UnitOfWork, dataset_id: str, name: str, base_version: int) -> None:
    """Remove a made definition that is still at `base_version`; its versions stay.

    Raises
    ------
    NotFoundError
        There is none of that name.
    EditConflictError
        Somebody changed it since.
    """
    last = standing_made(work.session, dataset_id, name)
    _guard(last, base_version, name)
    row = _add(
        work, last, dataset_id=dataset_id, name=name, kind=last.kind, text=last.text, removed=True
    )
    work.audit("remove", "made", row.id, before=_facts(last))


def refuse_others(row: MadeDefinition, staff_id: str, *, keeps_all: bool) -> None:
    """Refuse to change what somebody else made.

    Raises
    ------
    NotYoursError
        It is somebody else's, and the person does not keep all in order.
    """
    if row.owner_id != staff_id and not keeps_all:
        raise NotYoursError(_NOT_YOURS.format(owner=row.created_by or "system"))


def standing_made(session: Session, dataset_id: str, name: str) -> MadeDefinition:
    """Give the version of a made definition that holds.

    Raises
    ------
    NotFoundError
        There is none of that name.
    """
    found = {row.name: row for row in _newest(session, dataset_id) if not row.removed}
    if name not in found:
        raise NotFoundError(MADE, name)
    return found[name]


def all_made(session: Session, dataset_id: str) -> tuple[MadeDefinition, ...]:
    """List the made definitions of a dataset that hold, in the order they were first made."""
    return tuple(row for row in _newest(session, dataset_id) if not row.removed)


def with_made(
    session: Session,
    dataset_id: str,
    codebook: Codebook,
    rules: MetricRules,
    at: datetime | None = None,
) -> tuple[tuple[Grouping, ...], MetricRules]:
    """Give the made dimensions that a codebook can bear, and the rules with the made metrics.

    Parameters
    ----------
    session : Session
    dataset_id : str
    codebook : Codebook
    rules : MetricRules
    at : datetime, optional
        As they were at a moment: what a share link shows stays as it was.
    """
    rows = [row for row in _newest(session, dataset_id, at) if not row.removed]
    return _made_of(rows, codebook, rules)[1:]


def made_from_row(row: MadeDefinition) -> Made:
    """Read a kept definition."""
    return _read(row.text, row.kind)


@lru_cache(maxsize=512)
def _read(text: str, kind: str) -> Made:
    return read_made(text, kind)


def _newest(
    session: Session, dataset_id: str, at: datetime | None = None
) -> tuple[MadeDefinition, ...]:
    wanted = select(MadeDefinition).where(MadeDefinition.dataset_id == dataset_id)
    if at is not None:
        wanted = wanted.where(MadeDefinition.created_at <= at)
    ordered = wanted.order_by(MadeDefinition.created_at, MadeDefinition.id)
    newest: dict[str, MadeDefinition] = {}
    for row in session.scalars(ordered):
        if row.name not in newest or newest[row.name].version < row.version:
            newest[row.name] = row
    return tuple(newest.values())


def _made_of(
    rows: Sequence[MadeDefinition], codebook: Codebook, rules: MetricRules
) -> tuple[Codebook, tuple[Grouping, ...], MetricRules]:
    if not rows:
        return codebook, (), rules
    read = [(row, made_from_row(row)) for row in rows]
    groupings = fitting(
        [m.grouping(row.name, row.version) for row, m in read if isinstance(m, MadeGroups)],
        codebook,
    )
    whole = with_groupings(codebook, groupings)
    formulas: dict[str, Formula] = {
        row.name: m.formula(row.name, row.version, whole)
        for row, m in read
        if isinstance(m, MadeMetric)
    }
    return whole, groupings, replace(rules, formulas=formulas)


def _check(
    name: str,
    made: Made,
    standing: tuple[Codebook, tuple[Grouping, ...], MetricRules],
    n_others: int,
) -> None:
    codebook, _, rules = standing
    hidden = any(unicodedata.category(letter) in _CONTROL for letter in name)
    if not name or len(name) > LONGEST_NAME or hidden or NOT_IN_NAMES & set(name):
        raise MadeError(_NAME.format(n=LONGEST_NAME))
    taken = {column.name for column in codebook} | {column.group for column in codebook}
    if name in taken | set(rules.formulas) or name.startswith(("_", "@")) or name == "period":
        raise MadeError(_TAKEN.format(name=name))
    if n_others >= MOST_MADE:
        raise MadeError(_FULL.format(n=MOST_MADE))
    if isinstance(made, MadeGroups):
        own = [column for column in codebook if not _is_made(column.name, standing[1])]
        if not fitting([made.grouping(name, 1)], replace(codebook, columns=tuple(own))):
            raise MadeError(_NOT_GROUPED.format(c=made.column))
        return
    formula = made.formula(name, 1, codebook)
    words = f"{CALCULATED}:{name}"
    find_metric(words, codebook, Query((words,)), replace(rules, formulas={name: formula}))


def _is_made(name: str, groupings: Sequence[Grouping]) -> bool:
    return any(one.name == name for one in groupings)


def _guard(last: MadeDefinition | None, base_version: int, name: str) -> None:
    if last is None or last.removed:
        raise NotFoundError(MADE, name)
    if last.version != base_version:
        raise EditConflictError(last.created_by, last.created_at)


def _add(work: UnitOfWork, last: MadeDefinition | None, **columns: Any) -> MadeDefinition:
    is_new = last is None or last.removed
    row = MadeDefinition(
        version=1 if last is None else last.version + 1,
        owner_id=work.actor.staff_id if is_new or last is None else last.owner_id,
        created_by=work.actor.name,
        created_at=work.now,
        **{"removed": False, **columns},
    )
    work.session.add(row)
    try:
        work.session.flush()
    except IntegrityError as error:
        raise EditConflictError(None, work.now) from error
    return row


def _facts(row: MadeDefinition) -> dict[str, Any]:
    return {
        "name": row.name,
        "dataset_id": row.dataset_id,
        "kind": row.kind,
        "version": row.version,
        "definition": row.text,
    }
