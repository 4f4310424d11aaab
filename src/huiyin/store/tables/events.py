"""What happened when: the event calendar."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from huiyin.store.tables.base import Document, Id, Revised, Table


class Event(Revised, Table):
    """A release, a campaign, a price change, an incident, a holiday.

    `since` and `until` are its first and last day. `where` names the group it concerns (column →
    value), empty for everybody; `dataset_id` the dataset, None for all. `source` is how it came:
    ``hand``, ``file`` or ``api``.
    """

    __tablename__ = "calendar_events"

    id: Mapped[Id]
    kind: Mapped[str]
    title: Mapped[str]
    note: Mapped[str]
    since: Mapped[date] = mapped_column(index=True)
    until: Mapped[date]
    dataset_id: Mapped[str | None] = mapped_column(index=True)
    where: Mapped[Document]
    source: Mapped[str]
