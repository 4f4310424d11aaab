"""Views that are kept under a name: a question and how it is drawn."""

from __future__ import annotations

from sqlalchemy.orm import Mapped, mapped_column

from huiyin.store.tables.base import Id, Revised, Table


class SavedView(Revised, Table):
    """A view as YAML; `shared`: everybody may open it, with what they themselves may see."""

    __tablename__ = "views"

    id: Mapped[Id]
    name: Mapped[str]
    dataset_id: Mapped[str] = mapped_column(index=True)
    owner_id: Mapped[str] = mapped_column(index=True)
    shared: Mapped[bool]
    text: Mapped[str]
