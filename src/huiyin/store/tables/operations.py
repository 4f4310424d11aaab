"""What the installation keeps about itself: jobs, schedules, leases, audit, settings."""

from __future__ import annotations

from sqlalchemy import BigInteger, Index, Integer
from sqlalchemy.orm import Mapped, mapped_column

from huiyin.store.tables.base import Document, Id, Moment, Revised, Table

Counter = BigInteger().with_variant(Integer, "sqlite")
"""A number that the database counts up."""


class Job(Table):
    """Work that must be done even if the machine stops; written with the change that needs it."""

    __tablename__ = "jobs"
    __table_args__ = (Index("ix_jobs_status_run_at", "status", "run_at"),)

    id: Mapped[Id]
    kind: Mapped[str] = mapped_column(index=True)
    payload: Mapped[Document]
    status: Mapped[str]
    key: Mapped[str | None] = mapped_column(unique=True)
    attempts: Mapped[int] = mapped_column(default=0)
    max_attempts: Mapped[int]
    run_at: Mapped[Moment]
    worker: Mapped[str | None]
    lease_until: Mapped[Moment | None]
    cancel_asked: Mapped[bool] = mapped_column(default=False)
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    stage: Mapped[Document | None]
    log: Mapped[str] = mapped_column(default="")
    error: Mapped[Document | None]
    result: Mapped[Document | None]
    created_by: Mapped[str | None]
    created_at: Mapped[Moment]
    started_at: Mapped[Moment | None]
    finished_at: Mapped[Moment | None]


class Schedule(Revised, Table):
    """Work that comes back: cron words in a zone."""

    __tablename__ = "schedules"

    id: Mapped[Id]
    kind: Mapped[str]
    payload: Mapped[Document]
    cron: Mapped[str]
    zone: Mapped[str]
    enabled: Mapped[bool] = mapped_column(default=True)
    next_run_at: Mapped[Moment] = mapped_column(index=True)
    last_run_at: Mapped[Moment | None]


class Lease(Table):
    """One holder at a time; `fence` grows with every new holder."""

    __tablename__ = "leases"

    name: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until: Mapped[Moment]
    fence: Mapped[int]


class AuditRow(Table):
    """Who did what, before and after, from where. Only ever added to."""

    __tablename__ = "audit_log"
    __table_args__ = ({"sqlite_autoincrement": True},)  # a gap would show

    seq: Mapped[int] = mapped_column(Counter, primary_key=True, autoincrement=True)
    at: Mapped[Moment] = mapped_column(index=True)
    actor_id: Mapped[str | None] = mapped_column(index=True)
    actor: Mapped[str]
    action: Mapped[str] = mapped_column(index=True)
    noun: Mapped[str]
    noun_id: Mapped[str] = mapped_column(index=True)
    before: Mapped[Document | None]
    after: Mapped[Document | None]
    address: Mapped[str | None]
    request_id: Mapped[str | None]


class Setting(Revised, Table):
    """One setting of the installation."""

    __tablename__ = "settings"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Document]
