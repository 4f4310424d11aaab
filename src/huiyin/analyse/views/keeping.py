"""Views in the store: saved, changed, removed, listed for a person."""

from __future__ import annotations

import unicodedata
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from huiyin.analyse.owned import all_seen, one_seen
from huiyin.analyse.views.contracts import LONGEST_TITLE, VIEW, ViewError
from huiyin.analyse.views.definition import View
from huiyin.core.text import Text
from huiyin.store.contracts import NotYoursError
from huiyin.store.tables import Dataset, SavedView
from huiyin.store.unit_of_work import UnitOfWork

MOST_VIEWS = 2_000
"""Of one person."""
DATASET = Text("数据集", "dataset")
_CONTROL = frozenset({"Cc", "Cs"})
_NAME = Text("视图要有名字，最多 {n} 字", "A view needs a name of {n} characters at most")
_FULL = Text("一个人最多存 {n} 个视图，请先删去一些", "{n} views are kept at most: remove some")
_NOT_YOURS = Text(
    "这个视图是“{owner}”的，您可以另存一个再改。",
    "This view is {owner}'s: save one of your own to change it.",
)


def do_save_view(
    work: UnitOfWork, owner_id: str, name: str, view: View, *, shared: bool
) -> SavedView:
    """Keep a new view of a person.

    Raises
    ------
    ViewError
        The name is empty or too long, or they have too many.
    NotFoundError
        There is no such dataset.
    """
    own = select(func.count()).select_from(SavedView).where(SavedView.owner_id == owner_id)
    if (work.session.scalar(own) or 0) >= MOST_VIEWS:
        raise ViewError(_FULL.format(n=MOST_VIEWS))
    row = SavedView(owner_id=owner_id, **_columns(work, name, view, shared=shared))
    work.session.add(row)
    work.session.flush()
    work.audit("add", "view", row.id, after=_facts(row))
    return row


def do_change_view(
    work: UnitOfWork, row: SavedView, revision: int, name: str, view: View, *, shared: bool
) -> SavedView:
    """Change a view that is still at `revision`.

    Raises
    ------
    EditConflictError
        Somebody changed it since.
    ViewError, NotFoundError
        As for a new one.
    """
    work.guard(row, revision)
    before = _facts(row)
    for column, value in _columns(work, name, view, shared=shared).items():
        setattr(row, column, value)
    if not work.session.is_modified(row):
        return row
    work.session.flush()
    work.audit("change", "view", row.id, before=before, after=_facts(row))
    return row


def do_remove_view(work: UnitOfWork, row: SavedView, revision: int) -> None:
    """Remove a view that is still at `revision`; the audit log keeps what it was.

    Raises
    ------
    EditConflictError
        Somebody changed it since.
    """
    work.guard(row, revision)
    work.audit("remove", "view", row.id, before=_facts(row))
    work.session.delete(row)
    work.session.flush()


def views_for(session: Session, staff_id: str) -> tuple[SavedView, ...]:
    """List a person's own views and those that are shared, the latest first."""
    return all_seen(session, SavedView, staff_id)


def view_for(session: Session, view_id: str, staff_id: str) -> SavedView:
    """Give a view that a person may open.

    Raises
    ------
    NotFoundError
        There is none, or it is somebody else's and not shared.
    """
    return one_seen(session, SavedView, VIEW, view_id, staff_id)


def editable_view(
    session: Session, view_id: str, staff_id: str, *, keeps_shared: bool
) -> SavedView:
    """Give a view that a person may change: their own, or a shared one that they keep in order.

    Raises
    ------
    NotFoundError
        They may not even open it.
    NotYoursError
        It is shared by somebody else.
    """
    row = view_for(session, view_id, staff_id)
    if row.owner_id != staff_id and not keeps_shared:
        raise NotYoursError(_NOT_YOURS.format(owner=row.created_by or ""))
    return row


def _columns(work: UnitOfWork, name: str, view: View, *, shared: bool) -> dict[str, Any]:
    work.get(Dataset, view.dataset, DATASET)
    kept = name.strip()
    hidden = any(unicodedata.category(letter) in _CONTROL for letter in kept)
    if not kept or len(kept) > LONGEST_TITLE or hidden:
        raise ViewError(_NAME.format(n=LONGEST_TITLE))
    return {"name": kept, "dataset_id": view.dataset, "shared": shared, "text": view.to_yaml()}


def _facts(row: SavedView) -> dict[str, Any]:
    return {
        "name": row.name,
        "dataset_id": row.dataset_id,
        "shared": row.shared,
        "view": row.text,
    }
