"""Changes to models: kept with their result dataset, which a job fills."""

from __future__ import annotations

from sqlalchemy.orm import Session

from huiyin.collect.datasets.changes import do_create_dataset
from huiyin.collect.datasets.reading import fetch_dataset
from huiyin.collect.links.contracts import (
    MOST_DAYS,
    MOST_LINKS,
    MOST_SOURCES,
    MOST_TAKEN,
    LinkPlan,
    ModelError,
    ModelKind,
    Plan,
    Side,
    UnionPlan,
    Window,
)
from huiyin.collect.links.orders import do_order_build, model_of
from huiyin.collect.links.reading import fetch_model, plan_json
from huiyin.core.text import Text
from huiyin.store.tables import DataModel
from huiyin.store.unit_of_work import UnitOfWork

_NOTHING = Text("没有选数据集。请至少选两个。", "No dataset is named: choose at least two.")
_EMPTY = Text(
    "请至少关联一个数据集，每个都要有关联键和要带过来的列。",
    "Link at least one dataset, each with a key and a column that comes over.",
)
_TOO_MANY = Text(
    "最多关联 {links} 个数据集，每个最多带 {taken} 列；合并最多 {sources} 个。",
    "At most {links} datasets can be linked, with {taken} columns each; {sources} put together.",
)
_BAD_WINDOW = Text(
    "时间范围要写 1–{most} 天；只有“之前”可以不限天数。",
    "A time window has 1–{most} days; only “before” can go without a limit.",
)
_CIRCLE = Text(
    "“{name}”就是用这个模型合成的，不能再当它的来源。",
    "“{name}” is made from this very model and cannot be a part of it.",
)


def check_plan(plan: Plan) -> None:
    """Refuse a plan that says too little or too much.

    Raises
    ------
    ModelError
    """
    if isinstance(plan, UnionPlan):
        if not plan.sources:
            raise ModelError(_NOTHING)
        if len(plan.sources) > MOST_SOURCES:
            raise ModelError(_too_many())
        return
    if not plan.links or any(not link.keys or not link.take for link in plan.links):
        raise ModelError(_EMPTY)
    if len(plan.links) > MOST_LINKS or any(len(link.take) > MOST_TAKEN for link in plan.links):
        raise ModelError(_too_many())
    for link in plan.links:
        if link.window is not None:
            _check_window(link.window)


def _too_many() -> Text:
    return _TOO_MANY.format(links=MOST_LINKS, taken=MOST_TAKEN, sources=MOST_SOURCES)


def _check_window(window: Window) -> None:
    unlimited = window.days is None and window.side is Side.BEFORE
    if not unlimited and not 1 <= (window.days or 0) <= MOST_DAYS:
        raise ModelError(_BAD_WINDOW.format(most=MOST_DAYS))


def _check_circle(session: Session, plan: Plan, result_id: str) -> None:
    """Refuse a plan that stands on its own result, over however many models."""
    waiting, seen = list(plan.parents), set[str]()
    while waiting:
        dataset_id = waiting.pop()
        if dataset_id == result_id:
            raise ModelError(_CIRCLE.format(name=fetch_dataset(session, result_id).name))
        if dataset_id not in seen:
            seen.add(dataset_id)
            below = model_of(session, dataset_id)
            waiting += below.parents if below is not None else []


def do_create_model(work: UnitOfWork, name: str, plan: Plan) -> DataModel:
    """Keep a model, make its result dataset, and order the job that fills it.

    Raises
    ------
    ModelError, NotFoundError
        The plan says too little or too much, or a dataset is not there.
    """
    check_plan(plan)
    parents = [fetch_dataset(work.session, key) for key in plan.parents]
    result = do_create_dataset(
        work, name, zone=parents[0].zone, generated=any(one.generated for one in parents)
    )
    model = DataModel(
        kind=ModelKind.LINK if isinstance(plan, LinkPlan) else ModelKind.UNION,
        name=result.name,
        base_dataset_id=parents[0].id,
        definition=plan_json(plan),
        parents=list(plan.parents),
        result_dataset_id=result.id,
    )
    work.session.add(model)
    work.session.flush()
    work.audit("create", "model", model.id, after={"name": name, "parents": model.parents})
    do_order_build(work, model, "1")
    return model


def do_change_model(
    work: UnitOfWork, model_id: str, revision: int, name: str, plan: Plan
) -> DataModel:
    """Change a model and order its result anew.

    Raises
    ------
    NotFoundError
        There is no such model, or a dataset is not there.
    EditConflictError
        Somebody changed it since `revision`.
    ModelError
        It cannot be made so, or it would stand on itself.
    """
    check_plan(plan)
    model = fetch_model(work.session, model_id)
    work.guard(model, revision)
    result = fetch_dataset(work.session, str(model.result_dataset_id))
    _check_circle(work.session, plan, result.id)
    before = {"name": model.name, "definition": model.definition}
    base = fetch_dataset(work.session, plan.parents[0])
    model.name, model.definition = name.strip(), plan_json(plan)
    model.parents, model.base_dataset_id = list(plan.parents), base.id
    model.kind = ModelKind.LINK if isinstance(plan, LinkPlan) else ModelKind.UNION
    result.name, result.zone = model.name, base.zone
    work.session.flush()
    after = {"name": model.name, "definition": model.definition}
    work.audit("change", "model", model_id, before=before, after=after)
    do_order_build(work, model, str(model.revision))
    return model


def do_rebuild_model(work: UnitOfWork, model_id: str) -> str:
    """Order a model's result anew; gives the job's id.

    Raises
    ------
    NotFoundError
        There is no such model.
    """
    model = fetch_model(work.session, model_id)
    work.audit("rebuild", "model", model_id)
    return do_order_build(work, model, "asked", force=True)


def do_remove_model(work: UnitOfWork, model_id: str, revision: int) -> None:
    """Put a model and its result away; what it was made from stays.

    Raises
    ------
    NotFoundError
        There is no such model.
    EditConflictError
        Somebody changed it since `revision`.
    """
    model = fetch_model(work.session, model_id)
    work.guard(model, revision)
    fetch_dataset(work.session, str(model.result_dataset_id)).archived_at = work.now
    work.audit("remove", "model", model_id, before={"name": model.name})
