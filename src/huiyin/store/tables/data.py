"""Datasets, how their rows came, and what was made of them."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from huiyin.store.tables.base import Document, Id, Moment, Revised, Table
from huiyin.store.tables.operations import Counter


class Dataset(Revised, Table):
    """A table of answers, orders or tickets, with its codebook.

    `current_version` is the lake version that readers see; None until the first import is done.
    """

    __tablename__ = "datasets"

    id: Mapped[Id]
    name: Mapped[str]
    zone: Mapped[str] = mapped_column(default="Asia/Shanghai")
    generated: Mapped[bool] = mapped_column(default=False)
    purpose: Mapped[str | None]
    retention_days: Mapped[int | None]
    current_version: Mapped[int | None]
    epoch: Mapped[int] = mapped_column(default=1)
    expected_every_days: Mapped[float | None]
    archived_at: Mapped[Moment | None]


class DatasetVersion(Table):
    """One readable state of a dataset: rows, codebook, flags, and the imports it is made of.

    `derived` stands where it is made from other datasets: their versions, and what linking met.
    """

    __tablename__ = "dataset_versions"

    dataset_id: Mapped[str] = mapped_column(ForeignKey("datasets.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    codebook_version: Mapped[int]
    imports: Mapped[Document]
    reason: Mapped[str]
    n_rows: Mapped[int]
    snapshot_id: Mapped[str]
    legend: Mapped[Document]
    ledger: Mapped[Document]
    sources: Mapped[Document]
    profile: Mapped[str]
    grade: Mapped[Document | None]
    derived: Mapped[Document | None]
    created_by: Mapped[str | None]
    created_at: Mapped[Moment]


class CodebookVersion(Table):
    """What the columns of a dataset mean, as YAML; never changed, only followed by another."""

    __tablename__ = "codebook_versions"

    dataset_id: Mapped[str] = mapped_column(ForeignKey("datasets.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    text: Mapped[str]
    created_by: Mapped[str | None]
    created_at: Mapped[Moment]


class Upload(Table):
    """A file that somebody sent, untouched, in the uploads folder under its id."""

    __tablename__ = "uploads"

    id: Mapped[Id]
    name: Mapped[str]
    size: Mapped[int] = mapped_column(Counter)
    sha256: Mapped[str]
    created_by: Mapped[str | None]
    created_at: Mapped[Moment]
    deleted_at: Mapped[Moment | None]


class Import(Table):
    """One reading of files (or of pushed rows) into a dataset: whole, or absent."""

    __tablename__ = "imports"

    id: Mapped[Id]
    dataset_id: Mapped[str] = mapped_column(ForeignKey("datasets.id"), index=True)
    job_id: Mapped[str | None]
    status: Mapped[str]
    source: Mapped[str]
    uploads: Mapped[Document]
    options: Mapped[Document]
    profile: Mapped[str | None]
    n_rows: Mapped[int | None]
    n_new: Mapped[int | None]
    n_updated: Mapped[int | None]
    n_same: Mapped[int | None]
    version: Mapped[int | None]
    error: Mapped[Document | None]
    created_by: Mapped[str | None]
    created_at: Mapped[Moment]
    finished_at: Mapped[Moment | None]


class Submission(Table):
    """A row that another system pushed (or, later, an answer), as it came.

    `seq` gives the order; the lake's writer takes them in batches by it. `loaded_version` is the
    lake version that holds the row.
    """

    __tablename__ = "submissions"
    __table_args__ = (
        UniqueConstraint("dataset_id", "id"),
        Index(
            "ix_submissions_waiting",
            "dataset_id",
            "seq",
            sqlite_where=text("loaded_version IS NULL"),
            postgresql_where=text("loaded_version IS NULL"),
        ),
        {"sqlite_autoincrement": True},  # a number is never given twice
    )

    seq: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    id: Mapped[str]
    dataset_id: Mapped[str] = mapped_column(ForeignKey("datasets.id"), index=True)
    native_id: Mapped[str | None] = mapped_column(index=True)
    payload: Mapped[Document]
    source: Mapped[str]
    received_at: Mapped[Moment]
    epoch: Mapped[int]
    loaded_version: Mapped[int | None]


class Refresh(Revised, Table):
    """Where new rows of a dataset come from by themselves, and when they last did.

    `options` is what may be shown, `secret` is sealed; `seen` is what was fetched last, so that the
    same is not fetched twice; `pending` an import under way, with what was seen for it.
    """

    __tablename__ = "refreshes"

    id: Mapped[Id]
    dataset_id: Mapped[str] = mapped_column(ForeignKey("datasets.id"), index=True)
    schedule_id: Mapped[str | None] = mapped_column(ForeignKey("schedules.id"))
    kind: Mapped[str]
    options: Mapped[Document]
    secret: Mapped[str | None]
    seen: Mapped[Document | None]
    pending: Mapped[Document | None]
    last_good_at: Mapped[Moment | None]
    last_tried_at: Mapped[Moment | None]
    last_error: Mapped[Document | None]


class DataModel(Revised, Table):
    """Datasets joined without code (`kind` link) or one metric over several (`kind` union).

    `parents` lists the ids of the datasets that `definition` names; `job_id` is the newest build.
    """

    __tablename__ = "data_models"

    id: Mapped[Id]
    kind: Mapped[str]
    name: Mapped[str]
    base_dataset_id: Mapped[str | None] = mapped_column(ForeignKey("datasets.id"), index=True)
    definition: Mapped[Document]
    parents: Mapped[Document]
    result_dataset_id: Mapped[str | None] = mapped_column(ForeignKey("datasets.id"), index=True)
    job_id: Mapped[str | None]


class SavedReport(Table):
    """A report with its pinned data, definitions and viewer, so that it can be made again."""

    __tablename__ = "saved_reports"

    id: Mapped[Id]
    dataset_id: Mapped[str] = mapped_column(ForeignKey("datasets.id"), index=True)
    version: Mapped[int]
    rules_version: Mapped[int]
    title: Mapped[str]
    options: Mapped[Document]
    summary: Mapped[Document | None]
    created_by: Mapped[str | None]
    created_at: Mapped[Moment]
