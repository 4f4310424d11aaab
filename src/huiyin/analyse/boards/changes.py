"""Boards in the store: made, changed, shared, restored, removed; every state is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from huiyin.analyse.boards.contracts import (
    BOARD,
    COMMENT,
    LONGEST_COMMENT,
    MOST_MENTIONS,
    VERSION,
    BoardError,
)
from huiyin.analyse.boards.definition import Board, board_of
from huiyin.analyse.boards.industry import read_industry
from huiyin.analyse.owned import all_seen, one_seen, seen_by
from huiyin.core.text import Text
from huiyin.store.contracts import NotFoundError, NotYoursError
from huiyin.store.tables import Board as Row
from huiyin.store.tables import BoardVersion, Staff, TileComment
from huiyin.store.unit_of_work import UnitOfWork

MOST_BOARDS = 500
"""Boards that one person may have."""
MOST_COMMENTS = 1000
RESTORED, ARRANGED = "↺ ", "⇄ "
"""How the note of a version begins that came from an earlier one, or from another industry."""
_RESTORED = Text("放回第 {n} 版", "version {n} put back")
_ARRANGED_FOR = Text("按“{name}”重排", "arranged for {name}")
_ARRANGED = {
    "auto": Text("按数据自动判断的行业重排", "arranged as the data say"),
    "none": Text("不分行业重排", "arranged for no industry"),
}
_TOO_MANY = Text("一个人最多 {n} 块看板", "One person may have {n} boards")
_EMPTY = Text("评论不能空着", "A comment must not be empty")
_FULL = Text("这块看板的评论已满（{n} 条）", "This board holds no more comments ({n})")
_LONG = Text("评论太长，最多 {n} 字", "A comment has {n} characters at most")
_NOT_YOUR_BOARD = Text(
    "这块看板是“{owner}”的，只有本人和能改指标的人可以改。",
    "This board is {owner}'s: only they, and whoever may edit metrics, change it.",
)
_NOT_YOURS = Text(
    "这条评论是“{author}”写的，只有本人和能改这块看板的人可以删。",
    "{author} wrote this comment: only they, and whoever may change the board, remove it.",
)
_NO_NAME = Text("看板要有名字", "A board needs a name")
_NO_TILE = Text("看板上没有这块", "There is no such tile on the board")


def boards_for(session: Session, staff_id: str) -> tuple[Row, ...]:
    """List the boards that a person sees: their own and the shared ones, last changed first."""
    return all_seen(session, Row, staff_id)


def board_for(session: Session, staff_id: str, board_id: str) -> Row:
    """Give one board that a person sees.

    Raises
    ------
    NotFoundError
        There is none, or it is somebody else's and not shared.
    """
    return one_seen(session, Row, BOARD, board_id, staff_id)


def editable_board(session: Session, staff_id: str, board_id: str, *, keeps_all: bool) -> Row:
    """Give one board that a person may change: their own, or any that they see.

    Raises
    ------
    NotFoundError
        They may not even open it.
    NotYoursError
        It is shared by somebody else, and the person does not keep all in order.
    """
    row = board_for(session, staff_id, board_id)
    if row.owner_id != staff_id and not keeps_all:
        raise NotYoursError(_NOT_YOUR_BOARD.format(owner=row.created_by or ""))
    return row


def do_add_board(work: UnitOfWork, owner_id: str, board: Board, note: str = "") -> Row:
    """Keep a new board of a person.

    Raises
    ------
    BoardError
        They have too many, or it has no name.
    """
    mine = select(func.count()).select_from(Row).where(Row.owner_id == owner_id)
    if (work.session.scalar(mine) or 0) >= MOST_BOARDS:
        raise BoardError(_TOO_MANY.format(n=MOST_BOARDS))
    row = Row(owner_id=owner_id, shared=False, **_columns(board))
    work.session.add(row)
    work.session.flush()
    _keep_version(work, row, note)
    work.audit("add", "board", row.id, after=_facts(row))
    return row


def do_change_board(
    work: UnitOfWork,
    row: Row,
    revision: int,
    board: Board,
    note: str = "",
    *,
    shared: bool | None = None,
) -> Row:
    """Change a board that is still at `revision`; the state before is kept.

    With `shared` everybody who may see scores finds it, or its owner alone; None: as before.

    Raises
    ------
    EditConflictError
        Somebody changed it since.
    """
    work.guard(row, revision)
    before = _facts(row)
    seen = row.shared if shared is None else shared
    if row.definition == board.to_document() and row.shared is seen:
        return row
    for name, value in _columns(board).items():
        setattr(row, name, value)
    row.shared = seen
    work.session.flush()
    _keep_version(work, row, note)
    work.audit("change", "board", row.id, before=before, after=_facts(row))
    return row


def note_text(note: str) -> Text:
    """Say what a version came from; a note that somebody wrote is given as it is."""
    if note.startswith(RESTORED):
        return _RESTORED.format(n=note.removeprefix(RESTORED))
    if note.startswith(ARRANGED):
        name = note.removeprefix(ARRANGED)
        return _ARRANGED.get(name) or _ARRANGED_FOR.format(name=read_industry(name).name)
    return Text.same(note)


def do_restore_board(work: UnitOfWork, row: Row, revision: int, version: int) -> Row:
    """Put an earlier state of a board in place again, as a new version.

    Raises
    ------
    NotFoundError
        There is no such version.
    """
    earlier = version_of(work.session, row.id, version)
    return do_change_board(
        work, row, revision, board_of(earlier.definition), f"{RESTORED}{version}"
    )


def do_remove_board(work: UnitOfWork, row: Row, revision: int) -> None:
    """Remove a board with its versions and comments; the audit log keeps what it was."""
    work.guard(row, revision)
    work.audit("remove", "board", row.id, before=_facts(row))
    for table in (TileComment, BoardVersion):
        work.session.execute(delete(table).where(table.board_id == row.id))
    work.session.delete(row)
    work.session.flush()


def versions_of(session: Session, board_id: str) -> tuple[BoardVersion, ...]:
    """List the states of a board, newest first."""
    wanted = select(BoardVersion).where(BoardVersion.board_id == board_id)
    return tuple(session.scalars(wanted.order_by(BoardVersion.version.desc())))


def version_of(session: Session, board_id: str, version: int) -> BoardVersion:
    """Give one state of a board.

    Raises
    ------
    NotFoundError
        There is no such version.
    """
    wanted = select(BoardVersion).where(
        BoardVersion.board_id == board_id, BoardVersion.version == version
    )
    found = session.scalar(wanted)
    if found is None:
        raise NotFoundError(VERSION, str(version))
    return found


def comments_on(session: Session, board_id: str) -> tuple[TileComment, ...]:
    """List what was said on a board, first first."""
    wanted = select(TileComment).where(TileComment.board_id == board_id)
    return tuple(session.scalars(wanted.order_by(TileComment.created_at, TileComment.id)))


def mentions_of(session: Session, staff_id: str) -> tuple[tuple[TileComment, Row], ...]:
    """List the comments that call upon a person on boards they see, newest first."""
    wanted = (
        select(TileComment, Row)
        .join(Row, Row.id == TileComment.board_id)
        .where(seen_by(Row, staff_id))
        .order_by(TileComment.created_at.desc())
        .limit(MOST_COMMENTS)
    )
    found = session.execute(wanted)
    return tuple((one, board) for one, board in found if staff_id in one.mentions)


def do_comment(
    work: UnitOfWork, row: Row, tile_id: str, words: str, mentions: Sequence[str] = ()
) -> TileComment:
    """Say something about a tile; `mentions` are ids of people.

    Raises
    ------
    BoardError
        It is empty or too long, or there is no such tile.
    """
    said = words.strip()
    if not said:
        raise BoardError(_EMPTY)
    if len(said) > LONGEST_COMMENT:
        raise BoardError(_LONG.format(n=LONGEST_COMMENT))
    if tile_id not in {tile.id for tile in board_of(row.definition).tiles}:
        raise BoardError(_NO_TILE)
    if len(comments_on(work.session, row.id)) >= MOST_COMMENTS:
        raise BoardError(_FULL.format(n=MOST_COMMENTS))
    comment = TileComment(
        board_id=row.id,
        tile_id=tile_id,
        author_id=work.actor.staff_id,
        author=work.actor.name,
        words=said,
        mentions=_known(work.session, mentions),
        created_at=work.now,
    )
    work.session.add(comment)
    work.session.flush()
    work.audit("comment", "board", row.id, after={"tile": tile_id, "comment": comment.id})
    return comment


def do_remove_comment(work: UnitOfWork, row: Row, comment_id: str, *, any_author: bool) -> None:
    """Remove a comment: one's own, or with `any_author` anybody's.

    Raises
    ------
    NotFoundError
        There is no such comment.
    NotYoursError
        It is somebody else's.
    """
    comment = work.session.get(TileComment, comment_id)
    if comment is None or comment.board_id != row.id:
        raise NotFoundError(COMMENT, comment_id)
    if not any_author and comment.author_id != work.actor.staff_id:
        raise NotYoursError(_NOT_YOURS.format(author=comment.author))
    work.audit("remove_comment", "board", row.id, before={"comment": comment_id})
    work.session.delete(comment)
    work.session.flush()


def _known(session: Session, mentions: Sequence[str]) -> list[str]:
    wanted = list(dict.fromkeys(mentions))[:MOST_MENTIONS]
    known = set(session.scalars(select(Staff.id).where(Staff.id.in_(wanted))))
    return [one for one in wanted if one in known]


def _keep_version(work: UnitOfWork, row: Row, note: str) -> None:
    work.session.add(
        BoardVersion(
            board_id=row.id,
            version=row.revision,
            definition=row.definition,
            note=note,
            created_by=work.actor.name,
            created_at=work.now,
        )
    )
    work.session.flush()


def _columns(board: Board) -> dict[str, Any]:
    if not board.called.strip():
        raise BoardError(_NO_NAME)
    return {"name": board.called, "role": board.role, "definition": board.to_document()}


def _facts(row: Row) -> dict[str, Any]:
    name = row.definition.get("name") or row.name
    return {"name": name, "shared": row.shared, "tiles": len(row.definition.get("tiles", ()))}
