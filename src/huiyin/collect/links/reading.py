"""Models as they are kept: their plan, their parents, and whether the result is up to date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.collect.datasets.contracts import DATASET
from huiyin.collect.datasets.reading import fetch_dataset, fetch_version, snapshot_of
from huiyin.collect.links.contracts import (
    MODEL,
    LinkPlan,
    ModelKind,
    Parent,
    Plan,
    UnionPlan,
)
from huiyin.lake.contracts import LakeFiles
from huiyin.store.contracts import NotFoundError
from huiyin.store.tables import DataModel, Dataset

Files = Callable[[str, int], LakeFiles]
"""Dataset id and version → its files in the lake."""


def plan_json(plan: Plan) -> dict[str, Any]:
    """Give a plan as it is kept."""
    from pydantic import TypeAdapter

    found: dict[str, Any] = TypeAdapter(type(plan)).dump_python(plan, mode="json")
    return found


def plan_of(model: DataModel) -> Plan:
    """Read the plan of a model."""
    from pydantic import TypeAdapter

    kind: Any = LinkPlan if model.kind == ModelKind.LINK else UnionPlan
    found: Plan = TypeAdapter(kind).validate_python(model.definition)
    return found


def fetch_model(session: Session, model_id: str) -> DataModel:
    """Give a model.

    Raises
    ------
    NotFoundError
        There is none of that id, or its result was removed.
    """
    found = session.get(DataModel, model_id)
    if found is None or _result(session, found).archived_at is not None:
        raise NotFoundError(MODEL, model_id)
    return found


def fetch_models(session: Session) -> list[DataModel]:
    """List the models in use, newest change first."""
    used = (
        select(DataModel)
        .join(Dataset, DataModel.result_dataset_id == Dataset.id)
        .where(Dataset.archived_at.is_(None))
        .order_by(DataModel.updated_at.desc())
    )
    return list(session.scalars(used))


def _result(session: Session, model: DataModel) -> Dataset:
    return session.get_one(Dataset, model.result_dataset_id)


def fetch_parents(session: Session, plan: Plan, files: Files) -> dict[str, Parent]:
    """Open the datasets of a plan at the version that readers see.

    Raises
    ------
    NotFoundError, NoDataYetError
        One is gone or has no rows yet.
    """
    return {key: _parent(session, key, files) for key in plan.parents}


def _parent(session: Session, dataset_id: str, files: Files) -> Parent:
    dataset = fetch_dataset(session, dataset_id)
    if dataset.archived_at is not None:
        raise NotFoundError(DATASET, dataset.name)
    version = fetch_version(session, dataset_id)
    snapshot = snapshot_of(session, version, files(dataset_id, version.version))
    return Parent(dataset_id, dataset.name, version.version, snapshot, version.ledger)


@dataclass(frozen=True, slots=True)
class Freshness:
    """Whether the result of a model is that of its parents as they are now.

    Attributes
    ----------
    stale : bool
        A parent has another version, or the model was changed, since it was built.
    built : mapping or None
        What the version that readers see is made from; None where it was never built.
    """

    stale: bool
    built: Mapping[str, Any] | None


def fetch_freshness(session: Session, model: DataModel) -> Freshness:
    """Compare what a model's result was built from with what there is now."""
    result = _result(session, model)
    if result.current_version is None:
        return Freshness(stale=True, built=None)
    built = fetch_version(session, result.id).derived
    if built is None:
        return Freshness(stale=True, built=None)
    return Freshness(built["inputs"] != inputs_now(session, model), built)


def inputs_now(session: Session, model: DataModel) -> dict[str, Any]:
    """Give all that the result depends on: the definition and the parents' versions."""
    return {
        "definition": model.definition,
        "parents": {key: _current(session, key) for key in model.parents},
    }


def _current(session: Session, dataset_id: str) -> int | None:
    found = session.get(Dataset, dataset_id)
    return None if found is None else found.current_version
