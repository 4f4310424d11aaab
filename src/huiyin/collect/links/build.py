"""The rows, codebook and facts of a model: what a preview shows and a job writes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from huiyin.codebook.contracts import Codebook
from huiyin.collect.links.apart import Apart, ratings_apart
from huiyin.collect.links.columns import check_names, typed_names
from huiyin.collect.links.contracts import (
    CommonColumn,
    LinkPlan,
    ModelError,
    Parent,
    Plan,
    UnionPlan,
)
from huiyin.collect.links.linking import Linked, Linking
from huiyin.collect.links.looking import FOUND
from huiyin.collect.links.slim import N, numbered_rows
from huiyin.collect.links.union import NOTHING, Union
from huiyin.engine.contracts import FlagMeaning
from huiyin.engine.duck import Engine

LINKING_VERSION = 1
"""Part of a snapshot's id: another way of linking gives another snapshot."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model that can be looked at or written.

    Attributes
    ----------
    rows : ibis.Table
        As the lake keeps them.
    codebook : Codebook
    legend : tuple of FlagMeaning
    sources : tuple of str
        Names of the files behind the rows.
    facts : list of dict
        Of each link, or of each source of a union.
    new_columns : tuple of str
        Columns that the base does not have.
    common : tuple of CommonColumn
        What a union puts together.
    apart : tuple of Apart
        Ratings that a union does not put together, and why.
    """

    rows: Any
    codebook: Codebook
    legend: tuple[FlagMeaning, ...]
    sources: tuple[str, ...]
    facts: list[dict[str, Any]]
    new_columns: tuple[str, ...]
    common: tuple[CommonColumn, ...] = ()
    apart: tuple[Apart, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a model is worked out.

    Attributes
    ----------
    engine : Engine
    folder : Path
        For files on the way.
    now : datetime
        Aware.
    """

    engine: Engine
    folder: Path
    now: datetime


def build_model(
    place: Place, plan: Plan, parents: Mapping[str, Parent], *, first: int | None = None
) -> Model:
    """Work out a model.

    Parameters
    ----------
    place : Place
    plan : LinkPlan or UnionPlan
    parents : mapping of str to Parent
        By dataset id.
    first : int, optional
        Only so many rows, for a preview; the facts are of all.

    Raises
    ------
    ModelError, UnknownColumnError
        The model cannot be made as it is said.
    EngineError
        A limit was met.
    """
    if isinstance(plan, UnionPlan):
        return _union(place, plan, parents, first)
    return _linked(place, plan, parents, first)


def _union(
    place: Place, plan: UnionPlan, parents: Mapping[str, Parent], first: int | None
) -> Model:
    union = Union(place.engine, plan, parents)
    common, apart = union.columns(), ratings_apart(union)
    if not common and not (apart and first is not None):
        raise ModelError(apart[0].why if apart else NOTHING)
    book, rows = union.codebook(), union.rows()
    names = tuple(column.name for column in book)
    sources = tuple(n for key in union.names() for n in parents[key].snapshot.sources or ("",))
    facts = [asdict(one) for one in union.facts()]
    shown = rows if first is None else rows.limit(first)
    return Model(shown, book, union.legend(), sources, facts, names, common, apart)


def _linked(
    place: Place, plan: LinkPlan, parents: Mapping[str, Parent], first: int | None
) -> Model:
    base = parents[plan.base]
    local = place.now.astimezone(_zone(base)).replace(tzinfo=None)
    done = []
    for number, link in enumerate(plan.links):
        folder = place.folder / f"link-{number}"
        folder.mkdir(parents=True, exist_ok=True)
        work = Linking(place.engine, base, parents[link.dataset_id], link, folder, local, first)
        done.append(work.run())
    new = [one.column for linked in done for one in linked.taken]
    check_names(typed_names(base.snapshot.codebook), [column.name for column in new])
    book = replace(base.snapshot.codebook, columns=(*base.snapshot.codebook.columns, *new))
    facts = [asdict(_with_rows(place.engine, linked, first)) for linked in done]
    rows = _beside(numbered_rows(place.engine, base), done, first)
    names = tuple(column.name for column in new)
    return Model(rows, book, base.snapshot.legend, base.snapshot.sources, facts, names)


def _zone(base: Parent) -> Any:
    from zoneinfo import ZoneInfo

    return ZoneInfo(base.snapshot.zone)


def _with_rows(engine: Engine, linked: Linked, first: int | None) -> Any:
    if first is not None:
        return linked.facts
    found = engine.run(linked.rows.agg(n=linked.rows[FOUND].sum())).column(0)[0].as_py()
    return replace(linked.facts, base_with_rows=int(found or 0))


def _beside(rows: Any, done: list[Linked], first: int | None) -> Any:
    """Put the new columns beside the base rows; each part has at most one row for each."""
    if first is not None:
        rows = rows.order_by(N).limit(first)
    for linked in done:
        part = linked.rows.drop(FOUND).rename(_n2=N)
        rows = rows.left_join(part, rows[N] == part["_n2"]).drop("_n2")
    return rows.drop(N)


def snapshot_id(model: Model, plan: Plan, parents: Mapping[str, Parent]) -> str:
    """Name what the numbers of a model stand on."""
    seal = hashlib.sha256()
    facts = [LINKING_VERSION, [parents[key].snapshot.id for key in plan.parents], asdict(plan)]
    seal.update(json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str).encode())
    seal.update(repr(model.codebook).encode())
    return seal.hexdigest()[:16]
