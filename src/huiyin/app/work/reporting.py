"""Make a report of a dataset at one version, for one viewer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from huiyin.analyse.contracts import Purpose
from huiyin.analyse.findings import find_everything
from huiyin.clean.contracts import Ledger, RuleUse
from huiyin.collect.datasets.reading import fetch_dataset, fetch_version, snapshot_of
from huiyin.core.text import Text, language_tag
from huiyin.measure.contracts import Filter, Viewer
from huiyin.measure.definitions.rules import metric_rules
from huiyin.report.run import write_report
from huiyin.web.corridors import View, corridor_over
from huiyin.web.reports import TOGETHER, ReportOrder

if TYPE_CHECKING:
    from huiyin.store.jobs.worker import JobContext
    from huiyin.web.system import System


def make_report(system: System, context: JobContext) -> dict[str, Any]:
    """Find everything and write one file of it."""
    facts = context.payload
    order = ReportOrder(facts["purpose"], facts["language"])
    with context.uow() as work:
        version = fetch_version(work.session, facts["dataset_id"], facts["version"])
        files = system.lake.snapshot(facts["dataset_id"], version.version)
        snapshot = snapshot_of(work.session, version, files)
        dataset = fetch_dataset(work.session, facts["dataset_id"])
        rules = metric_rules(work.session, facts["rules_version"]).rules
    viewers = facts["viewer"]
    scores, rows = _viewer(viewers["scores"]), _viewer(viewers["rows"])
    view = View(version, snapshot, scores, rows, rules)
    folder = order.place(system, view)

    def progress(stage: Text, done: int, total: int) -> None:
        context.progress(stage, done, total)

    with system.engine() as engine:
        findings = find_everything(
            corridor_over(engine, view),
            ledger_of(version.ledger),
            purpose=Purpose(facts["purpose"]),
            title=dataset.name,
            sources=snapshot.sources,
            profile=version.profile,
            is_sample=dataset.generated,
            progress=progress,
        )
    form = facts["format"]
    write_report(
        findings,
        folder,
        formats=TOGETHER.get(form, (form,)),
        language=language_tag(facts["language"]),
    )
    return {"dataset_id": dataset.id, "format": form}


def _viewer(plain: Mapping[str, Any]) -> Viewer:
    rows = tuple(Filter(column, op, tuple(values)) for column, op, values in plain["rows"])
    return Viewer(plain["name"], plain["minimum_n"], rows)


def ledger_of(plain: Mapping[str, Any]) -> Ledger:
    """Read a ledger as it is kept with a version."""
    rules = tuple(_rule(one) for one in plain["rules"])
    return Ledger(plain["n_rows"], plain["n_valid"], rules)


def _rule(plain: Mapping[str, Any]) -> RuleUse:
    words = {key: Text.of(plain[key]) for key in ("title", "explanation", "source")}
    use = RuleUse(
        rule_id=plain["rule_id"],
        version=plain["version"],
        excludes=plain["excludes"],
        parameters=plain["parameters"],
        applicable=plain["applicable"],
        n_flagged=plain["n_flagged"],
        rows=tuple(plain["rows"]),
        **words,
    )
    return replace(use, note=Text.of(plain["note"])) if plain["note"] else use
