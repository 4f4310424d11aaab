"""Boards: what stands on them, every earlier state, what people say about a tile, and visits."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from huiyin.store.tables.base import Document, Id, Moment, Revised, Table


class Board(Revised, Table):
    """A grid of tiles; `definition` is the whole board as its YAML has it.

    Shared boards are seen by everybody who may see scores, others by their owner alone. The
    numbers on it are always those of whoever looks.
    """

    __tablename__ = "boards"

    id: Mapped[Id]
    owner_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), index=True)
    name: Mapped[str]
    role: Mapped[str | None]
    shared: Mapped[bool] = mapped_column(default=False)
    definition: Mapped[Document]


class BoardVersion(Table):
    """One state of a board; never changed, only followed by another. `version` is its revision."""

    __tablename__ = "board_versions"
    __table_args__ = (UniqueConstraint("board_id", "version"),)

    id: Mapped[Id]
    board_id: Mapped[str] = mapped_column(ForeignKey("boards.id"), index=True)
    version: Mapped[int]
    definition: Mapped[Document]
    note: Mapped[str]
    created_by: Mapped[str | None]
    created_at: Mapped[Moment]


class TileComment(Table):
    """What somebody says about a tile; `mentions` holds the ids of those it calls upon."""

    __tablename__ = "tile_comments"

    id: Mapped[Id]
    board_id: Mapped[str] = mapped_column(ForeignKey("boards.id"), index=True)
    tile_id: Mapped[str]
    author_id: Mapped[str] = mapped_column(ForeignKey("staff.id"))
    author: Mapped[str]
    words: Mapped[str]
    mentions: Mapped[Document]
    created_at: Mapped[Moment]


class Visit(Table):
    """When a person opened the home page: the newest day, and the one before it."""

    __tablename__ = "visits"

    staff_id: Mapped[str] = mapped_column(ForeignKey("staff.id"), primary_key=True)
    latest: Mapped[date]
    previous: Mapped[date | None]
