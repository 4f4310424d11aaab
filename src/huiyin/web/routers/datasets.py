"""Datasets: what there is, what the columns mean, which versions there were."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request, Response
from fastapi.concurrency import run_in_threadpool
from pydantic import Field, TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from huiyin.analyse.outcomes import takes_answers_for_records
from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.codebook.edits import ColumnEdit, apply_edits
from huiyin.codebook.files import codebook_text, parse_codebook
from huiyin.collect.datasets.changes import (
    do_change_dataset,
    do_order_rollback,
    do_save_codebook,
)
from huiyin.collect.datasets.reading import fetch_codebook, fetch_dataset, fetch_version
from huiyin.collect.refreshes.freshness import (
    Freshness,
    fetch_freshness,
    fetch_freshness_of,
)
from huiyin.collect.surveys.reading import is_anonymous
from huiyin.core.clock import day_began
from huiyin.core.errors import HuiyinError
from huiyin.core.text import Text
from huiyin.measure.catalogue import (
    aspect_scores,
    natural_beside,
    operational_metrics,
    takes_apart,
)
from huiyin.measure.metric import HOUSE_RULES, Metric, MetricRules
from huiyin.people.contracts import Person, Right
from huiyin.store.tables import Dataset, DatasetVersion, Import
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import SAYING_SOMETHING, Body
from huiyin.web.complaints import complaint_sources
from huiyin.web.corridors import rules_for
from huiyin.web.lists import Format, exported_rows, listed
from huiyin.web.ready import Ready
from huiyin.web.system import System

router = APIRouter(prefix="/api/v1/datasets", tags=["datasets"])
_LISTED = TypeAdapter(dict[str, Any])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
Editor = Annotated[Person, Depends(allow(Right.EDIT_CODEBOOK))]
Importer = Annotated[Person, Depends(allow(Right.IMPORT_DATA))]


class ChangeBody(Body):
    """What may be changed about a dataset; fields that are not given stay."""

    revision: int
    name: Annotated[str, SAYING_SOMETHING, Field(max_length=120)] | None = None
    purpose: str | None = None
    expected_every_days: float | None = Field(None, gt=0)


class ScaleBody(Body):
    """A scale: lowest and highest code, and which end is good."""

    min: float
    max: float
    direction: Literal[1, -1] = 1


class ColumnBody(Body):
    """What a person says of one column; fields that are not given stay."""

    name: str
    role: Role
    scale: ScaleBody | None = None
    label: dict[str, str] | None = None

    def edit(self) -> ColumnEdit:
        """Give it as the codebook takes it."""
        scale = self.scale
        ends = None if scale is None else (scale.min, scale.max, int(scale.direction))
        return ColumnEdit(self.name, self.role, ends, self.label)


class CodebookBody(Body):
    """A whole codebook as YAML or some of its columns, and the version that was edited."""

    version: int
    text: str | None = Field(None, max_length=2_000_000)
    columns: list[ColumnBody] = Field(default_factory=list, max_length=5000)


class RollbackBody(Body):
    """The version to go back to."""

    version: int


@router.get("", response_model=dict[str, Any])
async def get_datasets(
    request: Request,
    system: TheSystem,
    person: Reader,
    *,
    archived: bool = False,
    format: Format = "json",  # noqa: A002 -- the name in the address
) -> Response:
    """List the datasets, or those that were put away, newest change first."""
    minute = system.clock().replace(second=0, microsecond=0)  # rows may stop arriving meanwhile

    def items() -> list[dict[str, Any]]:
        with system.database.reading() as session:
            return _datasets_json(session, system, person.dataset_ids, minute, archived=archived)

    def read() -> Ready:
        return Ready(_LISTED.dump_json(listed(items())))

    if format != "json":
        return await run_in_threadpool(lambda: exported_rows(format, items(), "datasets"))
    key = ("datasets", person.dataset_ids, minute, archived)
    ready: Ready = await system.remembered.soon(key, read)
    return ready.answer(request)


@router.get("/{dataset_id}")
def get_dataset(dataset_id: str, system: TheSystem, _: Reader) -> dict[str, Any]:
    """Give a dataset: rows, freshness, what the cleaning rules found, where the rows came from."""
    with system.database.reading() as session:
        dataset = fetch_dataset(session, dataset_id)
        shape = _dataset_json(session, system, dataset, system.clock())
        if dataset.current_version is None:
            return shape | {"ledger": None, "lineage": [], "made_from": None}
        version = fetch_version(session, dataset_id)
        lineage = _lineage(session, version)
        return shape | {
            "ledger": version.ledger,
            "lineage": lineage,
            "made_from": _made_from(version),
        }


@router.patch("/{dataset_id}")
def patch_dataset(
    dataset_id: str, body: ChangeBody, request: Request, system: TheSystem, person: Importer
) -> dict[str, Any]:
    """Rename a dataset, or say what it is for and how often rows come."""
    changes = body.model_dump(exclude={"revision"}, exclude_unset=True)
    with changing(request, person) as uow:
        dataset = do_change_dataset(uow, dataset_id, body.revision, changes)
        uow.session.flush()
        return _dataset_json(uow.session, system, dataset, uow.now)


@router.get("/{dataset_id}/codebook")
def get_codebook(
    dataset_id: str, system: TheSystem, _: Reader, version: int | None = None
) -> dict[str, Any]:
    """Give what each column means, with reason and confidence."""
    with system.database.reading() as session:
        fetch_dataset(session, dataset_id)
        kept = fetch_codebook(session, dataset_id, version)
        told = complaint_sources(session, system, dataset_id, kept.codebook)
        rules = replace(rules_for(session, system), complaints=told)
    return _codebook_json(kept.version, kept.codebook, rules)


@router.put("/{dataset_id}/codebook")
def put_codebook(
    dataset_id: str, body: CodebookBody, request: Request, person: Editor
) -> dict[str, Any]:
    """Save a codebook; the rows are read anew by it in the background."""
    given = None if body.text is None else parse_codebook(body.text, "YAML")
    with changing(request, person) as uow:
        kept = given or fetch_codebook(uow.session, dataset_id).codebook
        book = apply_edits(kept, [one.edit() for one in body.columns])
        version = do_save_codebook(uow, dataset_id, body.version, book, rebuild=True)
    return _codebook_json(version, book)


@router.get("/{dataset_id}/versions")
def get_versions(dataset_id: str, system: TheSystem, _: Reader) -> dict[str, Any]:
    """List the versions of a dataset, newest first."""
    asked = select(DatasetVersion).where(DatasetVersion.dataset_id == dataset_id)
    with system.database.reading() as session:
        dataset = fetch_dataset(session, dataset_id)
        rows = session.scalars(asked.order_by(DatasetVersion.version.desc())).all()
        current = dataset.current_version
        zone = _zone_of_days(session, dataset)
    oldest = system.lake.table(dataset_id).oldest() if rows else 0
    items = [
        _version_json(row, zone)
        | {"current": row.version == current, "readable": row.version >= oldest}
        for row in rows
    ]
    return listed(items)


@router.get("/{dataset_id}/versions/compare")
def compare_versions(
    dataset_id: str, a: int, b: int, system: TheSystem, _: Reader
) -> dict[str, Any]:
    """Put two versions side by side: rows, flags by rule, and columns that changed meaning."""
    with system.database.reading() as session:
        first, second = (fetch_version(session, dataset_id, one) for one in (a, b))
        books = [
            fetch_codebook(session, dataset_id, one.codebook_version).codebook
            for one in (first, second)
        ]
        zone = _zone_of_days(session, fetch_dataset(session, dataset_id))
    return {
        "a": _version_json(first, zone) | {"ledger": first.ledger},
        "b": _version_json(second, zone) | {"ledger": second.ledger},
        "columns": _changed_columns(books[0], books[1]),
    }


@router.post("/{dataset_id}/rollback")
def post_rollback(
    dataset_id: str, body: RollbackBody, request: Request, system: TheSystem, person: Importer
) -> dict[str, Any]:
    """Go back to an earlier version; it becomes a new one, so this too can be undone."""
    with changing(request, person) as uow:
        job_id = do_order_rollback(uow, dataset_id, body.version)
        system.lake.snapshot(dataset_id, body.version)  # gone: refused now, not by the job
        return {"job_id": job_id}


def _datasets_json(
    session: Session,
    system: System,
    held: tuple[str, ...] | None,
    now: datetime,
    *,
    archived: bool,
) -> list[dict[str, Any]]:
    """Give the datasets that a person or a token may know of, in few questions to the store."""
    hidden = Dataset.archived_at
    asked = select(Dataset).where(hidden.is_not(None) if archived else hidden.is_(None))
    rows = [
        row
        for row in session.scalars(asked.order_by(Dataset.updated_at.desc()))
        if held is None or row.id in held
    ]
    current = select(DatasetVersion).join(Dataset, Dataset.id == DatasetVersion.dataset_id)
    at = {
        row.dataset_id: row
        for row in session.scalars(current.where(DatasetVersion.version == Dataset.current_version))
    }
    fresh = fetch_freshness_of(session, rows, now)
    waiting = _waiting_of(session, [row.id for row in rows])
    return [_shape(system, row, at.get(row.id), fresh[row.id], waiting.get(row.id)) for row in rows]


def _dataset_json(
    session: Session, system: System, dataset: Dataset, now: datetime
) -> dict[str, Any]:
    return _shape(
        system,
        dataset,
        None if dataset.current_version is None else fetch_version(session, dataset.id),
        fetch_freshness(session, dataset, now),
        _waiting_of(session, [dataset.id]).get(dataset.id),
    )


def _shape(
    system: System,
    dataset: Dataset,
    version: DatasetVersion | None,
    freshness: Freshness,
    waiting: dict[str, Any] | None,
) -> dict[str, Any]:
    return {
        "id": dataset.id,
        "name": dataset.name,
        "zone": dataset.zone,
        "generated": dataset.generated,
        "purpose": dataset.purpose,
        "retention_days": dataset.retention_days,
        "archived_at": dataset.archived_at,
        "expected_every_days": dataset.expected_every_days,
        "revision": dataset.revision,
        "created_at": dataset.created_at,
        "created_by": dataset.created_by,
        "updated_at": dataset.updated_at,
        "current_version": dataset.current_version,
        "version": None if version is None else _version_json(version, None),
        "last_month": None if version is None else _last_month(system, version),
        "freshness": freshness.to_json(),
        "waiting_import": waiting,
    }


def _last_month(system: System, version: DatasetVersion) -> str | None:
    """Give the first day of the month of the newest answers; None where no answer has a day."""
    try:
        return system.files_of(version.dataset_id, version.version).last_month
    except HuiyinError:  # erased a moment ago, or unreadable: whoever opens it is told
        return None


def _waiting_of(session: Session, dataset_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    """Give the newest import of each dataset where it is not done."""
    newest = (
        select(func.max(Import.created_at))
        .where(Import.dataset_id == Dataset.id)
        .correlate(Dataset)
        .scalar_subquery()
    )
    asked = (
        select(Import)
        .join(Dataset, (Dataset.id == Import.dataset_id) & (Import.created_at == newest))
        .where(Dataset.id.in_(dataset_ids), Import.status != "done")
    )
    return {
        row.dataset_id: {"id": row.id, "status": row.status, "error": row.error}
        for row in session.scalars(asked)
    }


def _zone_of_days(session: Session, dataset: Dataset) -> str | None:
    """Give the zone in whose days versions are told where answers are anonymous; else None.

    A version is made whenever answers came: its hour would be theirs.
    """
    return dataset.zone if is_anonymous(session, dataset.id) else None


def _version_json(version: DatasetVersion, zone: str | None) -> dict[str, Any]:
    made = version.created_at
    return {
        "version": version.version,
        "codebook_version": version.codebook_version,
        "rows": version.n_rows,
        "valid": version.ledger["n_valid"],
        "reason": version.reason,
        "profile": version.profile,
        "sources": version.sources,
        "grade": version.grade,
        "snapshot": version.snapshot_id,
        "created_at": made if zone is None else day_began(made, zone),
        "created_by": version.created_by,
    }


def _lineage(session: Session, version: DatasetVersion) -> list[dict[str, Any]]:
    rows = [session.get_one(Import, one) for one in version.imports]
    return [
        {
            "import_id": row.id,
            "source": row.source,
            "files": row.options.get("sources", []),
            "profile": row.profile,
            "rows": row.n_rows,
            "created_by": row.created_by,
            "created_at": row.created_at,
        }
        for row in rows
    ]


def _made_from(version: DatasetVersion) -> dict[str, Any] | None:
    """Give the model and the versions of other datasets that a version is made from."""
    made = version.derived
    return {key: made[key] for key in ("model_id", "parents")} if made else None


def _codebook_json(
    version: int, book: Codebook, rules: MetricRules = HOUSE_RULES
) -> dict[str, Any]:
    return {
        "version": version,
        "profile": book.profile,
        "text": codebook_text(book),
        "columns": [column_json(column) for column in book],
        "doubts": [column.name for column in book if column.please_check],
        "operations": [
            {"id": name, "label": dict(label), "decomposable": takes_apart(metric, book, rules)}
            for metric in operational_metrics(book, rules)
            if not takes_answers_for_records(book, metric.id)
            for name, label in _by_each_clock(metric, book, rules)
        ],
        "aspects": [
            {"id": text, "label": dict(label), "parts": parts}
            for text, label, parts in aspect_scores(book, rules)
        ],
    }


def _by_each_clock(
    metric: Metric, book: Codebook, rules: MetricRules
) -> Iterator[tuple[str, Text]]:
    """Give a metric, and natural time beside working time."""
    yield metric.id, metric.label
    beside = natural_beside(metric, book, rules)
    if beside is not None:
        yield beside


def column_json(column: Column) -> dict[str, Any]:
    """Give a column of a codebook as the pages show it."""
    scale = column.scale
    return {
        "name": column.name,
        "role": column.role.value,
        "label": dict(column.label),
        "confidence": column.confidence,
        "usable": column.usable,
        "please_check": column.please_check,
        "reason": dict(column.reason),
        "group": column.group,
        "option": column.option,
        "events": list(column.events),
        "scale": scale
        and {
            "min": scale.minimum,
            "max": scale.maximum,
            "direction": scale.direction,
            "levels": dict(scale.levels),
            "missing": list(scale.missing_codes),
        },
    }


def _changed_columns(first: Codebook, second: Codebook) -> list[dict[str, Any]]:
    before = {column.name: column for column in first}
    after = {column.name: column for column in second}
    changed = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return [
        {
            "name": name,
            "before": column_json(before[name]) if name in before else None,
            "after": column_json(after[name]) if name in after else None,
        }
        for name in changed
    ]
