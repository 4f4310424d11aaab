"""Answer boards and kept views before somebody opens them: what is kept is found at once.

A result is kept by the version, the question and whose rows it is made of. So the questions are
asked for the people there are, one of each kind that sees the same rows, and noted as nobody's.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.analyse.boards.contracts import BoardError
from huiyin.analyse.boards.definition import Board, board_of
from huiyin.analyse.boards.gallery import role_boards
from huiyin.analyse.views.definition import read_view
from huiyin.core.errors import HuiyinError
from huiyin.core.text import Text
from huiyin.people.contracts import ROLE_RIGHTS, Person, Right, Role
from huiyin.people.sessions import person_of
from huiyin.people.viewing import kind_of_viewer, ruled_by_name
from huiyin.store.contracts import GivesWayError
from huiyin.store.jobs.contracts import JobStatus
from huiyin.store.tables import Board as BoardRow
from huiyin.store.tables import Dataset, Job, SavedView, Staff
from huiyin.web.board_filters import Filters
from huiyin.web.board_sources import made_for_role
from huiyin.web.boards import Onlooker, foresee_tile, foresee_view
from huiyin.web.seen import Asked, view_seen

if TYPE_CHECKING:
    from huiyin.store.jobs.worker import JobContext
    from huiyin.web.system import System

FORESEEING = Text("预先算好看板", "answering boards ahead")
MOST_KINDS = 24
"""Kinds of people, by what they see of a dataset, for whom its boards are answered ahead."""


def foresee(system: System, context: JobContext, last: frozenset[str]) -> dict[str, Any]:
    """Answer the boards and views of one dataset, or of all of them on a new day.

    Parameters
    ----------
    system : System
    context : JobContext
    last : frozenset of str
        Kinds of jobs that nobody waits for; for any other it stops, to go on later: what is
        answered by then is kept.
    """
    if not system.answers_ahead:
        return {"answered": 0}
    named = context.payload.get("dataset_id")
    with system.database.reading() as session:
        wanted = select(Dataset.id).where(Dataset.archived_at.is_(None))
        wanted = wanted.where(Dataset.current_version.is_not(None))
        ids = list(session.scalars(wanted if named is None else wanted.where(Dataset.id == named)))
    n_answered = 0
    for number, dataset_id in enumerate(ids):
        context.progress(FORESEEING, number, len(ids))
        for one in _questions(system, dataset_id):
            _make_way(system, context, last)
            with suppress(HuiyinError):  # whoever opens the board is told why
                one.answer()
                n_answered += 1
    return {"answered": n_answered}


def _make_way(system: System, context: JobContext, last: frozenset[str]) -> None:
    """Stop where somebody cancelled, and for a job that somebody waits for.

    Raises
    ------
    JobCancelledError, LeaseLostError
    GivesWayError
    """
    context.check_cancelled()
    with system.database.reading() as session:
        due = select(Job.id).where(
            Job.status == JobStatus.QUEUED, Job.run_at <= system.clock(), Job.kind.not_in(last)
        )
        if session.scalar(due.limit(1)) is not None:
            raise GivesWayError


@dataclass(frozen=True, slots=True)
class _Question:
    """A tile of a board, or a kept view, for somebody."""

    look: Onlooker
    shown: Any
    filters: Filters | None = None

    def answer(self) -> None:
        if self.filters is None:
            foresee_view(self.look, self.shown)
        else:
            foresee_tile(self.look, self.shown, self.filters)


def _questions(system: System, dataset_id: str) -> Iterator[_Question]:
    """List what boards and views ask of a dataset, for every kind of people that see it."""
    with system.database.reading() as session:
        people = people_of(session, system, dataset_id)
        shared, own = _boards(session)
        views = [read_view(row.text) for row in session.scalars(
            select(SavedView).where(SavedView.dataset_id == dataset_id, SavedView.shared)
        )]  # fmt: skip
        owners = {one.id: person_of(one) for one in session.scalars(_active())}
    boards = [*_role_boards(system, people), *shared]
    for person in people:
        look = Onlooker(system, person, person.language)
        for board in boards:
            yield from _tiles(look, board, dataset_id)
        yield from (_Question(look, view) for view in views)
    for owner_id, board in own:
        if owner_id in owners:
            look = Onlooker(system, owners[owner_id], owners[owner_id].language)
            yield from _tiles(look, board, dataset_id)


def _tiles(look: Onlooker, board: Board, dataset_id: str) -> Iterator[_Question]:
    for tile in board.tiles:
        if tile.view is not None and tile.view.dataset == dataset_id:
            yield _Question(look, tile, Filters(board.period, board.where))


def _boards(session: Session) -> tuple[list[Board], list[tuple[str, Board]]]:
    """Give the shared boards, and the others with whose they are."""
    rows = session.scalars(select(BoardRow).order_by(BoardRow.id)).all()
    shared = [board_of(row.definition) for row in rows if row.shared]
    return shared, [(row.owner_id, board_of(row.definition)) for row in rows if not row.shared]


def _role_boards(system: System, people: list[Person]) -> list[Board]:
    """Give the boards that are ready for each role, as the first of the people would get them."""
    made = []
    for role in role_boards() if people else ():
        with suppress(BoardError):  # no dataset fills it
            made.append(made_for_role(system, people[0], role.id))
    return made


def people_of(session: Session, system: System, dataset_id: str) -> list[Person]:
    """Give one of each kind of people that see the same of a dataset, at most `MOST_KINDS`.

    Whoever sees everything comes first; last comes a viewer who may not be there yet, so that
    the first one of them waits for nothing.
    """
    ruled = ruled_by_name(session)
    alike: dict[Hashable, Person] = {}
    for person in map(person_of, session.scalars(_active())):
        alike.setdefault(kind_of_viewer(person, ruled), person)
    kinds: dict[str, Person] = {}
    people = sorted(alike.values(), key=lambda one: _ORDER.index(one.role))
    for person in (*people, _SOMEBODY):
        if person.may(Right.SEE_SCORES) and len(kinds) < MOST_KINDS:
            kinds.setdefault(view_seen(system, person, Asked(dataset_id)).key(), person)
    return list(kinds.values())


_SOMEBODY = Person("", "", "", Role.VIEWER, ROLE_RIGHTS[Role.VIEWER])
_ORDER = (Role.ADMINISTRATOR, Role.ANALYST, Role.MANAGER, Role.VIEWER, Role.FRONT_LINE)


def _active() -> Any:
    return select(Staff).where(Staff.disabled_at.is_(None)).order_by(Staff.id)
