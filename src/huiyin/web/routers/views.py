"""Views: a question and how it is drawn; answered for a page, a board, a file; kept by name."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import Field
from sqlalchemy.orm import Session

from huiyin.analyse.views.contracts import LONGEST_TITLE
from huiyin.analyse.views.definition import LONGEST_YAML, View, read_view
from huiyin.analyse.views.keeping import (
    do_change_view,
    do_remove_view,
    do_save_view,
    editable_view,
    view_for,
    views_for,
)
from huiyin.core.text import language_tag
from huiyin.people.contracts import Person, Right
from huiyin.store.tables import SavedView
from huiyin.store.unit_of_work import UnitOfWork
from huiyin.web.access import TheSystem, allow, changing, hold_to_datasets
from huiyin.web.bodies import Body
from huiyin.web.lists import listed
from huiyin.web.stopping import STOPPABLE
from huiyin.web.viewing import answer_view

router = APIRouter(prefix="/api/v1/views", tags=["views"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
Keeper = Annotated[Person, Depends(allow(Right.KEEP_BOARDS))]
Language = Literal["zh", "en"]


class ViewBody(Body):
    """A view, and the language of its words."""

    view: View
    lang: Language = "zh"


class NewView(Body):
    """A view to keep; `shared`: everybody may open it, with what they themselves may see."""

    name: Annotated[str, Field(max_length=LONGEST_TITLE)]
    view: View
    shared: bool = False


class ViewChange(NewView):
    """A changed view."""

    revision: int


class ViewFile(Body):
    """A view as YAML, as it was taken along."""

    model_config = Body.model_config | {"str_max_length": LONGEST_YAML}
    yaml: str


@router.post("/file")
def post_file(body: ViewFile, person: Reader) -> dict[str, Any]:
    """Read a view that is given as YAML; nothing is kept."""
    view = read_view(body.yaml)
    hold_to_datasets(person, view.dataset)
    return {"view": view.to_document()}


@router.post("/answer", dependencies=[STOPPABLE])
def post_answer(body: ViewBody, system: TheSystem, person: Reader) -> dict[str, Any]:
    """Answer a view: its numbers, and the figure that shows them."""
    return answer_view(system, person, body.view, language_tag(body.lang))


@router.get("")
def get_views(system: TheSystem, person: Reader) -> dict[str, Any]:
    """List one's own views and those that others share, the latest first."""
    with system.database.reading() as session:
        rows = views_for(session, person.staff_id)
        return listed([view_item(row) for row in rows if person.reaches(row.dataset_id)])


@router.post("", status_code=201)
def post_view(body: NewView, request: Request, person: Keeper) -> dict[str, Any]:
    """Keep a view."""
    hold_to_datasets(person, body.view.dataset)
    with changing(request, person) as uow:
        row = do_save_view(uow, person.staff_id, body.name, body.view, shared=body.shared)
        return view_item(row)


@router.get("/{view_id}")
def get_view(view_id: str, system: TheSystem, person: Reader) -> dict[str, Any]:
    """Give a kept view."""
    with system.database.reading() as session:
        return view_item(_opened(session, view_id, person))


@router.get(
    "/{view_id}/yaml",
    response_class=Response,
    responses={200: {"content": {"application/yaml": {"schema": {"type": "string"}}}}},
)
def get_yaml(view_id: str, system: TheSystem, person: Reader) -> Response:
    """Give a kept view as a YAML file."""
    with system.database.reading() as session:
        text = _opened(session, view_id, person).text
    headers = {"content-disposition": 'attachment; filename="view.yaml"'}
    return Response(text, media_type="application/yaml", headers=headers)


@router.put("/{view_id}")
def put_view(view_id: str, body: ViewChange, request: Request, person: Keeper) -> dict[str, Any]:
    """Change one's own view, or as an administrator a shared one."""
    hold_to_datasets(person, body.view.dataset)
    with changing(request, person) as uow:
        row = _editable(uow, view_id, person)
        made = do_change_view(uow, row, body.revision, body.name, body.view, shared=body.shared)
        return view_item(made)


@router.delete("/{view_id}")
def delete_view(view_id: str, revision: int, request: Request, person: Keeper) -> dict[str, bool]:
    """Remove one's own view, or as an administrator a shared one."""
    with changing(request, person) as uow:
        do_remove_view(uow, _editable(uow, view_id, person), revision)
    return {"removed": True}


def _editable(uow: UnitOfWork, view_id: str, person: Person) -> SavedView:
    """Give a view to change: who manages settings also keeps the shared ones in order."""
    keeps = person.may(Right.MANAGE_SETTINGS)
    row = editable_view(uow.session, view_id, person.staff_id, keeps_shared=keeps)
    hold_to_datasets(person, row.dataset_id)
    return row


def _opened(session: Session, view_id: str, person: Person) -> SavedView:
    row = view_for(session, view_id, person.staff_id)
    hold_to_datasets(person, row.dataset_id)
    return row


def view_item(row: SavedView) -> dict[str, Any]:
    """Give a kept view as lists show it."""
    return {
        "id": row.id,
        "name": row.name,
        "dataset_id": row.dataset_id,
        "owner_id": row.owner_id,
        "owner": row.created_by,
        "shared": row.shared,
        "revision": row.revision,
        "updated_at": row.updated_at.isoformat(),
        "view": read_view(row.text).to_document(),
    }
