"""Models: datasets linked without code, or one metric over several surveys."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field, model_validator
from sqlalchemy.orm import Session

from huiyin.codebook.contracts import Role
from huiyin.collect.datasets.preview import HIDDEN
from huiyin.collect.datasets.reading import fetch_dataset
from huiyin.collect.links.build import Model, Place, build_model
from huiyin.collect.links.changes import (
    check_plan,
    do_change_model,
    do_create_model,
    do_rebuild_model,
    do_remove_model,
)
from huiyin.collect.links.contracts import (
    MODEL,
    CommonColumn,
    LinkPlan,
    ModelError,
    ModelKind,
    Parent,
    PartialViewError,
    Plan,
    UnionPlan,
)
from huiyin.collect.links.reading import (
    fetch_freshness,
    fetch_model,
    fetch_models,
    fetch_parents,
)
from huiyin.core.errors import SaidError
from huiyin.core.masking import mask_contacts
from huiyin.core.text import Text
from huiyin.people.contracts import Person, Right
from huiyin.people.viewing import row_rule_for
from huiyin.store.contracts import NotFoundError
from huiyin.store.tables import DataModel, Job
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import SAYING_SOMETHING, Body, Revision
from huiyin.web.corridors import open_view, shape_of
from huiyin.web.lists import listed
from huiyin.web.mixes import mix_json
from huiyin.web.routers.datasets import column_json
from huiyin.web.routers.uploads import job_json
from huiyin.web.told import told

if TYPE_CHECKING:
    from huiyin.web.system import System

router = APIRouter(prefix="/api/v1/models", tags=["models"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
Maker = Annotated[Person, Depends(allow(Right.IMPORT_DATA))]
PREVIEW_ROWS = 20
_CUSTOMER_ROLES = frozenset({Role.CUSTOMER, Role.ACCOUNT})
_NO_UNION = Text(
    "“{name}”不是合并的数据集，没有来源构成。", "“{name}” is no union: it has no mix of sources."
)


class PlanBody(Body):
    """What is linked, or what is put together: exactly one of the two."""

    link: LinkPlan | None = None
    union: UnionPlan | None = None

    @model_validator(mode="after")
    def one_of_both(self) -> PlanBody:
        """Refuse none and both."""
        if (self.link is None) == (self.union is None):
            raise SaidError(Text("关联和合并选一样", "link or union"))
        return self

    def plan(self) -> Plan:
        """Give the one that was named."""
        found = self.link or self.union
        assert found is not None  # noqa: S101 -- validated
        return found


class ModelBody(PlanBody):
    """A model to keep."""

    name: Annotated[str, SAYING_SOMETHING, Field(max_length=120)]


class ChangeBody(ModelBody):
    """A model as it should be, and the state that was edited."""

    revision: int


@router.get("")
def get_models(system: TheSystem, person: Reader) -> dict[str, Any]:
    """List the models, newest change first."""
    with system.database.reading() as session:
        models = [model for model in fetch_models(session) if _within(person, model)]
        return listed([_model_json(session, model) for model in models])


@router.post("/preview")
def post_preview(body: PlanBody, system: TheSystem, person: Maker) -> dict[str, Any]:
    """Show what a model would give: how the rows meet, and the first of them."""
    plan = body.plan()
    check_plan(plan)
    with system.database.reading() as session:
        parents = _open(session, system, person, plan)
    with (
        TemporaryDirectory(prefix="preview-", dir=system.folders.work) as folder,
        system.engines.lent() as engine,
    ):
        place = Place(engine, Path(folder), system.clock())
        made = build_model(place, plan, parents, first=PREVIEW_ROWS)
        rows = engine.run(made.rows.limit(PREVIEW_ROWS)).to_pylist() if _may_look(person) else []
    return {
        "facts": made.facts,
        "columns": [column_json(made.codebook[name]) for name in made.new_columns],
        "common": [_common_json(column) for column in made.common],
        "apart": [
            _common_json(one.column) | {"why": dict(one.why), "scorable": one.scorable}
            for one in made.apart
        ],
    } | _rows_json(made, rows, person)


@router.post("")
def post_model(
    body: ModelBody, request: Request, system: TheSystem, person: Maker
) -> dict[str, Any]:
    """Keep a model; its dataset is built in the background."""
    with system.database.reading() as session:
        _open(session, system, person, body.plan())
    with changing(request, person) as uow:
        model = do_create_model(uow, body.name, body.plan())
        uow.session.refresh(model)
        return _model_json(uow.session, model)


@router.get("/{model_id}")
def get_model(model_id: str, system: TheSystem, person: Reader) -> dict[str, Any]:
    """Give a model: definition, what linking met, whether it is up to date."""
    with system.database.reading() as session:
        return _model_json(session, _fetch(session, person, model_id))


@router.put("/{model_id}")
def put_model(
    model_id: str, body: ChangeBody, request: Request, system: TheSystem, person: Maker
) -> dict[str, Any]:
    """Change a model; its dataset is built anew."""
    with system.database.reading() as session:
        _fetch(session, person, model_id)
        _open(session, system, person, body.plan())
    with changing(request, person) as uow:
        model = do_change_model(uow, model_id, body.revision, body.name, body.plan())
        uow.session.refresh(model)
        return _model_json(uow.session, model)


@router.delete("/{model_id}")
def delete_model(model_id: str, body: Revision, request: Request, person: Maker) -> dict[str, Any]:
    """Put a model and its dataset away; the datasets that it was made from stay."""
    with changing(request, person) as uow:
        _fetch(uow.session, person, model_id)
        do_remove_model(uow, model_id, body.revision)
    return {}


@router.post("/{model_id}/rebuild")
def post_rebuild(model_id: str, request: Request, person: Maker) -> dict[str, Any]:
    """Build the dataset of a model anew."""
    with changing(request, person) as uow:
        _fetch(uow.session, person, model_id)
        return {"job_id": do_rebuild_model(uow, model_id)}


@router.get("/{model_id}/mix")
def get_mix(
    model_id: str,
    system: TheSystem,
    person: Reader,
    metric: Annotated[str, Query(max_length=200)] = "nps",
) -> dict[str, Any]:
    """Tell what each source of a union weighs, and what that does to a score."""
    with system.database.reading() as session:
        model = _fetch(session, person, model_id)
        if model.kind != ModelKind.UNION:
            raise ModelError(_NO_UNION.format(name=model.name))
        view = open_view(session, system, person, str(model.result_dataset_id))
    found: dict[str, Any] = told(
        system, person, view, view.key("mix", metric), lambda own: mix_json(own, metric)
    )
    return found


def _within(person: Person, model: DataModel) -> bool:
    return person.dataset_ids is None or model.result_dataset_id in person.dataset_ids


def _fetch(session: Session, person: Person, model_id: str) -> DataModel:
    model = fetch_model(session, model_id)
    if not _within(person, model):
        raise NotFoundError(MODEL, model_id)
    return model


def _open(session: Session, system: System, person: Person, plan: Plan) -> dict[str, Parent]:
    """Open what a model is made from, for somebody who sees all of it."""
    for dataset_id in plan.parents:
        fetch_dataset(session, dataset_id)
    parents = fetch_parents(session, plan, system.lake.snapshot)
    for parent in parents.values():
        shape = shape_of(parent.dataset_id, parent.snapshot.codebook)
        rule = row_rule_for(session, person, shape)
        if rule.sees_nothing or rule.conditions:
            raise PartialViewError(parent.name)
    return parents


def _may_look(person: Person) -> bool:
    return person.may(Right.SEE_ROWS)


def _rows_json(made: Model, rows: list[dict[str, Any]], person: Person) -> dict[str, Any]:
    names = [name for name in made.rows.columns if not name.startswith("_")]
    customers = {column.name for column in made.codebook if column.role in _CUSTOMER_ROLES}
    hidden = set() if person.may(Right.SEE_CUSTOMERS) else customers
    return {
        "preview": {
            "columns": names,
            "rows": [[_cell(row[name], hidden=name in hidden) for name in names] for row in rows],
        }
    }


def _common_json(column: CommonColumn) -> dict[str, Any]:
    columns = dict(column.columns)
    return {"name": column.name, "columns": columns, "as_score": column.as_score}


def _cell(value: Any, *, hidden: bool) -> Any:
    if value is None:
        return None
    if hidden:
        return HIDDEN
    if isinstance(value, str):
        return mask_contacts(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return float(value) if isinstance(value, Decimal) else value


def _model_json(session: Session, model: DataModel) -> dict[str, Any]:
    freshness = fetch_freshness(session, model)
    built: Mapping[str, Any] = freshness.built or {}
    job = session.get(Job, model.job_id) if model.job_id else None
    names = {key: fetch_dataset(session, key).name for key in model.parents}
    return {
        "id": model.id,
        "name": model.name,
        "kind": model.kind,
        model.kind: model.definition,
        "dataset_id": model.result_dataset_id,
        "parents": [{"dataset_id": key, "name": name} for key, name in names.items()],
        "stale": freshness.stale,
        "built_from": built.get("parents", []),
        "facts": built.get("facts", []),
        "job": job_json(job) if job else None,
        "revision": model.revision,
        "created_at": model.created_at,
        "created_by": model.created_by,
        "updated_at": model.updated_at,
        "updated_by": model.updated_by,
    }
