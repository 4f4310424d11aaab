"""Dimensions and metrics that people make for a dataset: immutable versions."""

from __future__ import annotations

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huiyin.store.tables.base import Id, Moment, Table


class MadeDefinition(Table):
    """One version of a made dimension or metric, as YAML; never changed, only followed by another.

    `removed`: the name is there no longer from this version on.
    """

    __tablename__ = "made_definitions"
    __table_args__ = (UniqueConstraint("dataset_id", "name", "version"),)

    id: Mapped[Id]
    dataset_id: Mapped[str] = mapped_column(index=True)
    name: Mapped[str]
    version: Mapped[int]
    kind: Mapped[str]
    text: Mapped[str]
    removed: Mapped[bool]
    owner_id: Mapped[str | None]
    created_by: Mapped[str | None]
    created_at: Mapped[Moment]
