"""Boards: listed, made from a role's template, changed under guard, answered, talked about."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import JSONResponse
from pydantic import Field
from sqlalchemy.orm import Session

from huiyin.analyse.boards.changes import (
    ARRANGED,
    board_for,
    boards_for,
    comments_on,
    do_add_board,
    do_change_board,
    do_comment,
    do_remove_board,
    do_remove_comment,
    do_restore_board,
    editable_board,
    note_text,
    version_of,
    versions_of,
)
from huiyin.analyse.boards.contracts import LONGEST_COMMENT, MOST_FILTERS, MOST_MENTIONS
from huiyin.analyse.boards.definition import LONGEST_YAML, Board, board_of, read_board
from huiyin.analyse.boards.gallery import role_boards
from huiyin.analyse.boards.industry import industries
from huiyin.analyse.views.contracts import Period
from huiyin.core.text import language_tag
from huiyin.people.contracts import NotAllowedError, Person, Right
from huiyin.people.staff import StaffFilter, fetch_staff
from huiyin.store.tables import Board as Row
from huiyin.store.tables import BoardVersion, TileComment
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.board_answers import answers_ready
from huiyin.web.board_files import board_file
from huiyin.web.board_filters import Filters, Pick
from huiyin.web.board_sources import AUTOMATIC, made_for_industry, made_for_role
from huiyin.web.boards import Onlooker
from huiyin.web.bodies import Body, VersionNumber
from huiyin.web.lists import listed
from huiyin.web.reports import MEDIA_TYPES
from huiyin.web.stopping import STOPPABLE

router = APIRouter(prefix="/api/v1/boards", tags=["boards"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
Keeper = Annotated[Person, Depends(allow(Right.KEEP_BOARDS))]
Language = Literal["zh", "en"]
FileFormat = Literal["pdf", "pptx", "xlsx"]
Id = Annotated[str, Field(min_length=1, max_length=64)]
MOST_SOURCES = 10
MOST_PEOPLE = 500


class NewBoard(Body):
    """A board of one's own making."""

    definition: Board


class RoleBody(Body):
    """Which role's board to make, from which datasets; none named: those that fill most of it.

    `industry` arranges it: an id, ``auto`` for what the data speak for, ``none`` for no one's.
    """

    role: Annotated[str, Field(max_length=40)]
    datasets: list[Id] = Field(default_factory=list, max_length=MOST_SOURCES)
    industry: Annotated[str, Field(max_length=40)] = AUTOMATIC


class IndustryBody(Body):
    """Which industry to arrange a board for, as in `RoleBody`; `revision` is the state it is of."""

    revision: int
    industry: Annotated[str, Field(max_length=40)]


class YamlFile(Body):
    """A board as YAML, as it was taken along from here or there."""

    model_config = Body.model_config | {"str_max_length": LONGEST_YAML}
    yaml: str


class BoardChange(Body):
    """A changed board; `revision` is the state that the change was made on.

    With `shared` everybody who may see scores finds it; who changes that needs the right to share.
    """

    revision: int
    definition: Board
    note: Annotated[str, Field(max_length=200)] = ""
    shared: bool | None = None


class Restoring(Body):
    """Which earlier state to put in place again."""

    revision: int
    version: VersionNumber


class PickBody(Body):
    """A mark that was chosen on a tile, its groups as conditions and the days of its period.

    It filters the other tiles, not the one it was chosen on.
    """

    tile: Id
    where: list[str] = Field(default_factory=list, max_length=MOST_FILTERS)
    since: date | None = None
    until: date | None = None


class FileBody(Body):
    """In which language; `period` and `where` stand in place of the filters kept with the board.

    `picks` are added to them.
    """

    lang: Language = "zh"
    period: Period | None = None
    where: list[str] | None = Field(None, max_length=MOST_FILTERS)
    picks: list[PickBody] = Field(default_factory=list, max_length=MOST_FILTERS)


class AnswersBody(FileBody):
    """What to answer: the board as it is kept, or `definition` while it is being changed.

    `tiles` names some of its tiles.
    """

    definition: Board | None = None
    tiles: list[Id] | None = Field(None, max_length=100)


class CommentBody(Body):
    """What to say about a tile, and whom it calls upon."""

    tile: Id
    words: Annotated[str, Field(max_length=LONGEST_COMMENT)]
    mentions: list[Id] = Field(default_factory=list, max_length=MOST_MENTIONS)


@router.get("")
def get_boards(system: TheSystem, person: Reader) -> dict[str, Any]:
    """List one's own boards and the shared ones, last changed first."""
    with system.database.reading() as session:
        return listed([_item(row, person) for row in boards_for(session, person.staff_id)])


@router.get("/roles")
def get_roles(_: Reader) -> dict[str, Any]:
    """List the roles whose boards are ready to use."""
    return listed(
        [
            {"id": one.id, "name": dict(one.name), "about": dict(one.about), "tiles": one.tiles}
            for one in role_boards()
        ]
    )


@router.get("/industries")
def get_industries(_: Reader) -> dict[str, Any]:
    """List the industries that a role's board can be arranged for."""
    return listed([{"id": one.id, "name": dict(one.name)} for one in industries()])


@router.get("/people")
def get_people(system: TheSystem, _: Reader) -> dict[str, Any]:
    """List the people who can be called upon in a comment: ids and names."""
    with system.database.reading() as session:
        found, total = fetch_staff(session, StaffFilter(disabled=False), limit=MOST_PEOPLE)
        return listed([{"id": one.id, "name": one.name} for one in found], total=total)


@router.post("", status_code=201)
def post_board(body: NewBoard, request: Request, person: Keeper) -> dict[str, Any]:
    """Keep a board of one's own."""
    return _added(request, person, body.definition)


@router.post("/file", status_code=201)
def post_file(body: YamlFile, request: Request, person: Keeper) -> dict[str, Any]:
    """Keep a board that is given as YAML."""
    return _added(request, person, read_board(body.yaml))


@router.post("/role", status_code=201)
def post_role(
    body: RoleBody, request: Request, system: TheSystem, person: Keeper
) -> dict[str, Any]:
    """Make a role's board: each tile from the first dataset that fills it, the rest left out."""
    board = made_for_role(system, person, body.role, body.datasets, body.industry)
    return _added(request, person, board)


@router.get("/{board_id}")
def get_board(board_id: str, system: TheSystem, person: Reader) -> dict[str, Any]:
    """Give a board."""
    with system.database.reading() as session:
        return _whole(board_for(session, person.staff_id, board_id), person)


@router.get("/{board_id}/yaml")
def get_yaml(board_id: str, system: TheSystem, person: Reader) -> dict[str, str]:
    """Give a board as YAML, to take along."""
    with system.database.reading() as session:
        row = board_for(session, person.staff_id, board_id)
        return {"yaml": board_of(row.definition).to_yaml()}


@router.put("/{board_id}")
def put_board(board_id: str, body: BoardChange, request: Request, person: Keeper) -> dict[str, Any]:
    """Change a board; refused where somebody has changed it since."""
    with changing(request, person) as uow:
        row = _editable(uow.session, board_id, person)
        if body.shared not in {None, row.shared} and not person.may(Right.SHARE):
            raise NotAllowedError(Right.SHARE)
        changed = do_change_board(
            uow, row, body.revision, body.definition, body.note, shared=body.shared
        )
        return _whole(changed, person)


@router.post("/{board_id}/industry")
def post_industry(
    board_id: str, body: IndustryBody, request: Request, system: TheSystem, person: Keeper
) -> dict[str, Any]:
    """Arrange a role's board for another industry; the state before stays among the versions."""
    with system.database.reading() as session:
        row = _editable(session, board_id, person)
        board = board_of(row.definition)
    made = made_for_industry(system, person, board, body.industry)
    with changing(request, person) as uow:
        row = _editable(uow.session, board_id, person)
        return _whole(
            do_change_board(uow, row, body.revision, made, f"{ARRANGED}{body.industry}"), person
        )


@router.delete("/{board_id}")
def delete_board(board_id: str, revision: int, request: Request, person: Keeper) -> dict[str, bool]:
    """Remove a board with its versions and comments."""
    with changing(request, person) as uow:
        row = _editable(uow.session, board_id, person)
        do_remove_board(uow, row, revision)
    return {"removed": True}


@router.get("/{board_id}/versions")
def get_versions(board_id: str, system: TheSystem, person: Reader) -> dict[str, Any]:
    """List the states of a board, newest first."""
    with system.database.reading() as session:
        row = board_for(session, person.staff_id, board_id)
        return listed([_version(one) for one in versions_of(session, row.id)])


@router.get("/{board_id}/versions/{version}")
def get_version(
    board_id: str, version: VersionNumber, system: TheSystem, person: Reader
) -> dict[str, Any]:
    """Give one state of a board."""
    with system.database.reading() as session:
        row = board_for(session, person.staff_id, board_id)
        found = version_of(session, row.id, version)
        return _version(found) | {"definition": found.definition}


@router.post("/{board_id}/restore")
def post_restore(
    board_id: str, body: Restoring, request: Request, person: Keeper
) -> dict[str, Any]:
    """Put an earlier state of a board in place again; the one now stays among the versions."""
    with changing(request, person) as uow:
        row = _editable(uow.session, board_id, person)
        return _whole(do_restore_board(uow, row, body.revision, body.version), person)


@router.post("/{board_id}/answers", dependencies=[STOPPABLE], response_class=JSONResponse)
def post_answers(
    board_id: str, body: AnswersBody, request: Request, system: TheSystem, person: Reader
) -> Response:
    """Answer the tiles of a board, over what the person sees, under the filters of the board."""

    def read() -> Board:
        with system.database.reading() as session:
            return board_of(board_for(session, person.staff_id, board_id).definition)

    kept = system.remembered.held(("board", person.staff_id, board_id), read)
    look, board = Onlooker(system, person, language_tag(body.lang)), body.definition or kept
    return answers_ready(look, board, _filters(body, board), body.tiles).answer(request)


@router.post("/{board_id}/file", response_model=None)
def post_board_file(
    board_id: str,
    body: FileBody,
    system: TheSystem,
    person: Reader,
    format: FileFormat = "pdf",  # noqa: A002 -- the name in the address
) -> Response:
    """Give the whole board as PDF, PPTX or XLSX, the filters that hold printed on it."""
    with system.database.reading() as session:
        board = board_of(board_for(session, person.staff_id, board_id).definition)
    look = Onlooker(system, person, language_tag(body.lang))
    made = board_file(look, board, _filters(body, board), format)
    name = f"attachment; filename*=UTF-8''{quote(board.called)}.{format}"
    headers = {"content-disposition": name, "cache-control": "private, no-store"}
    return Response(made, media_type=MEDIA_TYPES[format], headers=headers)


@router.get("/{board_id}/comments")
def get_comments(board_id: str, system: TheSystem, person: Reader) -> dict[str, Any]:
    """List what was said about the tiles of a board, first first."""
    with system.database.reading() as session:
        row = board_for(session, person.staff_id, board_id)
        return listed([comment_item(one) for one in comments_on(session, row.id)])


@router.post("/{board_id}/comments", status_code=201)
def post_comment(
    board_id: str, body: CommentBody, request: Request, person: Keeper
) -> dict[str, Any]:
    """Say something about a tile."""
    with changing(request, person) as uow:
        row = board_for(uow.session, person.staff_id, board_id)
        return comment_item(do_comment(uow, row, body.tile, body.words, body.mentions))


@router.delete("/{board_id}/comments/{comment_id}")
def delete_comment(
    board_id: str, comment_id: str, request: Request, person: Keeper
) -> dict[str, bool]:
    """Remove a comment of one's own; who may change the board removes any."""
    with changing(request, person) as uow:
        row = board_for(uow.session, person.staff_id, board_id)
        do_remove_comment(uow, row, comment_id, any_author=_may_change(row, person))
    return {"removed": True}


def _filters(body: FileBody, board: Board) -> Filters:
    where = board.where if body.where is None else tuple(body.where)
    picks = (Pick(one.tile, tuple(one.where), one.since, one.until) for one in body.picks)
    return Filters(body.period or board.period, where, tuple(picks))


def _added(request: Request, person: Person, board: Board) -> dict[str, Any]:
    with changing(request, person) as uow:
        return _whole(do_add_board(uow, person.staff_id, board), person)


def _may_change(row: Row, person: Person) -> bool:
    return row.owner_id == person.staff_id or person.may(Right.EDIT_METRICS)


def _editable(session: Session, board_id: str, person: Person) -> Row:
    keeps_all = person.may(Right.EDIT_METRICS)
    return editable_board(session, person.staff_id, board_id, keeps_all=keeps_all)


def _item(row: Row, person: Person) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": dict(row.definition["name"]),
        "about": dict(row.definition.get("about", {})),
        "role": row.role,
        "shared": row.shared,
        "mine": row.owner_id == person.staff_id,
        "may_change": _may_change(row, person),
        "tiles": len(row.definition.get("tiles", ())),
        "revision": row.revision,
        "updated_by": row.updated_by,
        "updated_at": row.updated_at.isoformat(),
    }


def _whole(row: Row, person: Person) -> dict[str, Any]:
    definition = board_of(row.definition).model_dump(mode="json")
    return _item(row, person) | {"definition": definition}


def _version(row: BoardVersion) -> dict[str, Any]:
    return {
        "version": row.version,
        "note": row.note,
        "note_text": dict(note_text(row.note)),
        "tiles": len(row.definition.get("tiles", ())),
        "created_by": row.created_by,
        "created_at": row.created_at.isoformat(),
    }


def comment_item(row: TileComment) -> dict[str, Any]:
    """Give a comment as lists show it."""
    return {
        "id": row.id,
        "tile": row.tile_id,
        "author": row.author,
        "author_id": row.author_id,
        "words": row.words,
        "mentions": list(row.mentions),
        "created_at": row.created_at.isoformat(),
    }
