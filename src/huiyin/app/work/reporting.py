"""Make a report of a dataset at one version, for one viewer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from huiyin.analyse.contracts import Purpose
from huiyin.analyse.findings import find_everything
from huiyin.app.work.coding import code_view
from huiyin.clean.ledger import ledger_from_plain
from huiyin.codebook.contracts import RATING_ROLES
from huiyin.collect.datasets.contracts import APPENDED
from huiyin.collect.datasets.reading import fetch_dataset, fetch_version, snapshot_of
from huiyin.core.text import Text, language_tag
from huiyin.measure.definitions.rules import metric_rules
from huiyin.report.run import write_report
from huiyin.web.ahead import order_foreseeing
from huiyin.web.corridors import View, corridor_over, everybodys_view
from huiyin.web.reports import TOGETHER, ReportOrder, order_of, viewers_of

if TYPE_CHECKING:
    from huiyin.store.jobs.worker import JobContext
    from huiyin.store.tables import Dataset
    from huiyin.store.unit_of_work import UnitOfWork
    from huiyin.web.system import System

STANDING_REPORT_JOB = "make_standing_report"
SETTLE_SECONDS = 2.0


def make_report(system: System, context: JobContext) -> dict[str, Any]:
    """Find everything and write one file of it."""
    facts = context.payload
    order = order_of(facts)
    with context.uow() as work:
        version = fetch_version(work.session, facts["dataset_id"], facts["version"])
        files = system.lake.snapshot(facts["dataset_id"], version.version)
        snapshot = snapshot_of(work.session, version, files)
        dataset = fetch_dataset(work.session, facts["dataset_id"])
        rules = metric_rules(work.session, facts["rules_version"]).rules
    scores, rows = viewers_of(facts["viewer"])
    view = View(version, snapshot, scores, rows, rules)
    code_view(system, view)
    _make(system, context, _Wanted(order, view, dataset, facts["format"]))
    return {"dataset_id": dataset.id, "format": facts["format"]}


def make_standing_report(system: System, context: JobContext) -> dict[str, Any]:
    """Make the report that most people will open: every row, the installation's language.

    It is ready before somebody looks; a dataset without ratings has none.
    """
    dataset_id = context.payload["dataset_id"]
    with context.uow() as work:
        view = everybodys_view(work.session, system, dataset_id)
        dataset = fetch_dataset(work.session, dataset_id)
    code_view(system, view)
    order = ReportOrder()
    made = bool(view.snapshot.codebook.with_role(*RATING_ROLES))
    if made and not order.file(system, view, "json").is_file():
        _make(system, context, _Wanted(order, view, dataset, "html"))
    if system.answers_ahead and view.version.reason != APPENDED:  # soon there is another version
        with context.uow() as work:
            order_foreseeing(work, dataset_id)
    return {"dataset_id": dataset_id, "made": made}


def order_standing_report(work: UnitOfWork, dataset_id: str) -> None:
    """Order it for a little later, so that imports that follow each other make one report."""
    later = work.now + timedelta(seconds=SETTLE_SECONDS)
    key = f"standing report:{dataset_id}"
    work.enqueue(STANDING_REPORT_JOB, {"dataset_id": dataset_id}, key=key, run_at=later, anew=True)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A report to make."""

    order: ReportOrder
    view: View
    dataset: Dataset
    form: str


def _make(system: System, context: JobContext, wanted: _Wanted) -> None:
    def progress(stage: Text, done: int, total: int) -> None:
        context.progress(stage, done, total)

    view = wanted.view.plain
    cube = system.cubes.of(view.snapshot)
    with system.engine() as engine:
        findings = find_everything(
            corridor_over(engine, view, cube),
            ledger_from_plain(view.version.ledger),
            purpose=Purpose(wanted.order.purpose),
            title=wanted.dataset.name,
            sources=view.snapshot.sources,
            profile=view.version.profile,
            is_sample=wanted.dataset.generated,
            progress=progress,
        )
    write_report(
        replace(findings, events=wanted.order.events),
        wanted.order.place(system, view, wanted.form),
        formats=TOGETHER.get(wanted.form, (wanted.form,)),
        language=language_tag(wanted.order.language),
    )
