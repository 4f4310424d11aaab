"""Build the result of a model: linked or put together, written to the lake in one commit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from huiyin.app.work.shrinking import drop_unshown
from huiyin.clean.grade import grade_dataset, grade_json
from huiyin.clean.ledger import ledger_from_plain
from huiyin.codebook.contracts import Codebook
from huiyin.collect.customers.erasures import erasures_seen, refuse_after_erasure
from huiyin.collect.datasets.changes import do_publish_version, do_save_codebook
from huiyin.collect.datasets.reading import fetch_codebook
from huiyin.collect.datasets.retention import RETENTION
from huiyin.collect.links.build import Model, Place, build_model, snapshot_id
from huiyin.collect.links.contracts import LinkPlan, Parent, Plan
from huiyin.collect.links.orders import model_of
from huiyin.collect.links.reading import (
    fetch_freshness,
    fetch_model,
    fetch_parents,
    inputs_now,
    plan_of,
)
from huiyin.core.text import Text
from huiyin.lake.contracts import Batch
from huiyin.store.tables import Dataset, DatasetVersion

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from huiyin.lake.writer import Writer
    from huiyin.store.jobs.worker import JobContext
    from huiyin.web.system import System

LINKING = Text("按键和时间对上各行", "matching rows by key and time")
KEEPING = Text("写入数据集", "writing the dataset")
STEPS = 2
PROFILE = "model"


@dataclass(frozen=True, slots=True)
class _Order:
    """What is built: the model's plan and its parents at the versions that readers see."""

    model_id: str
    result_id: str
    plan: Plan
    inputs: Mapping[str, Any]
    parents: Mapping[str, Parent]
    now: datetime
    seen: int | None
    """The version of the result that readers see now."""
    erased: int
    """As `erasures_seen` gave it."""

    @property
    def derived(self) -> dict[str, Any]:
        """Give the lineage that is kept with the version."""
        parents = [
            {"dataset_id": one.dataset_id, "name": one.name, "version": one.version}
            for one in self.parents.values()
        ]
        return {"model_id": self.model_id, "inputs": dict(self.inputs), "parents": parents}


def build_model_job(system: System, context: JobContext) -> dict[str, Any]:
    """Build a model anew, unless its result is that of its parents as they are now."""
    with context.uow() as work:
        model = fetch_model(work.session, context.payload["model_id"])
        result_id = str(model.result_dataset_id)
    with system.lake.writer(result_id, system.leases) as writer:
        order = _order(system, context, result_id)
        done = {"fresh": True} if order is None else _build(system, context, order, writer)
        with context.uow() as work:
            shrunk = _stands_on_shrunk(work.session, result_id)
        if shrunk:  # what was removed from a parent stays in no earlier version either
            writer.vacuum(timedelta(0))
    return {"dataset_id": result_id, **done}


def _build(system: System, context: JobContext, order: _Order, writer: Writer) -> dict[str, Any]:
    """Write the result and let readers see it."""
    version, book = _write(system, context, order, writer)
    with context.uow() as work:
        kept = fetch_codebook(work.session, order.result_id).version
        version.codebook_version = do_save_codebook(
            work, order.result_id, kept, book, rebuild=False
        )
        version.created_at, version.created_by = work.now, work.actor.name
        refuse_after_erasure(work, [order.result_id], order.erased)
        do_publish_version(work, version, after=order.seen)
    drop_unshown(writer, context, order.result_id)
    return {"version": version.version, "rows": version.n_rows}


def _stands_on_shrunk(session: Session, dataset_id: str) -> bool:
    """Say whether rows of a dataset that it is made from were removed as too old."""
    model = model_of(session, dataset_id)
    if model is None:
        number = session.get_one(Dataset, dataset_id).current_version
        version = session.get(DatasetVersion, (dataset_id, number))
        return version is not None and version.reason == RETENTION
    return any(_stands_on_shrunk(session, parent) for parent in model.parents)


def _order(system: System, context: JobContext, result_id: str) -> _Order | None:
    """Read what is to be built; None where it is there already."""
    with context.uow() as work:
        model = fetch_model(work.session, context.payload["model_id"])
        plan, inputs = plan_of(model), inputs_now(work.session, model)
        parents = fetch_parents(work.session, plan, system.lake.snapshot)
        stale = fetch_freshness(work.session, model).stale
        seen = work.session.get_one(Dataset, result_id).current_version
        erased = erasures_seen(work.session)
    if not stale and not context.payload.get("force"):
        return None
    return _Order(model.id, result_id, plan, inputs, parents, work.now, seen, erased)


def _write(
    system: System, context: JobContext, order: _Order, writer: Writer
) -> tuple[DatasetVersion, Codebook]:
    """Work the model out and write it to the lake in one commit."""
    context.progress(LINKING, 0, STEPS)
    with (
        TemporaryDirectory(prefix="model-", dir=system.folders.work) as folder,
        system.engine() as engine,
    ):
        made = build_model(Place(engine, Path(folder), order.now), order.plan, order.parents)
        path = Path(folder) / "model.parquet"
        engine.write_parquet(made.rows, path)
        n_rows = engine.run(engine.read_parquet([path]).count()).column(0)[0].as_py()
        context.progress(KEEPING, 1, STEPS)
        number = writer.replace([path], batch=Batch.whole(f"job:{context.job_id}"), metadata={})
    return _version(order, number, n_rows, made), made.codebook


def _version(order: _Order, number: int, n_rows: int, made: Model) -> DatasetVersion:
    ledger = _ledger(order.plan, order.parents)
    grade = grade_dataset(ledger_from_plain(ledger), n_doubts=len(made.codebook.doubts))
    return DatasetVersion(
        dataset_id=order.result_id,
        version=number,
        imports=[],
        reason="model",
        n_rows=n_rows,
        snapshot_id=snapshot_id(made, order.plan, order.parents),
        legend=[asdict(flag) for flag in made.legend],
        ledger=ledger,
        sources=list(made.sources),
        profile=PROFILE,
        grade=grade_json(grade),
        derived=order.derived | {"facts": made.facts},
    )


def _ledger(plan: Plan, parents: Mapping[str, Parent]) -> dict[str, Any]:
    """Give the ledger of a link's base, or those of a union's sources together."""
    if isinstance(plan, LinkPlan):
        return dict(parents[plan.base].ledger)
    return _together([parents[key].ledger for key in plan.parents])


def _together(ledgers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    rules: dict[tuple[str, int], dict[str, Any]] = {}
    for rule in (rule for ledger in ledgers for rule in ledger["rules"]):
        key = (rule["rule_id"], rule["version"])
        known = rules.get(key)
        if known is None or (rule["applicable"] and not known["applicable"]):
            rules[key] = {**rule, "rows": [], "n_flagged": rule["n_flagged"]}
            rules[key]["n_flagged"] += known["n_flagged"] if known else 0
        else:
            known["n_flagged"] += rule["n_flagged"]
    return {
        "n_rows": sum(ledger["n_rows"] for ledger in ledgers),
        "n_valid": sum(ledger["n_valid"] for ledger in ledgers),
        "rules": list(rules.values()),
    }
