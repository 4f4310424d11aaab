"""A role's board from the datasets that a person sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from huiyin.analyse.boards.contracts import BoardError
from huiyin.analyse.boards.definition import Board
from huiyin.analyse.boards.fitting import Plan, Source, filled, fit_board, prefers, suits
from huiyin.analyse.boards.gallery import described, read_plan
from huiyin.analyse.boards.industry import adapted, industry_of, read_industry, speaks
from huiyin.analyse.boards.rearranging import datasets_of, rearranged
from huiyin.codebook.contracts import Role
from huiyin.collect.datasets.contracts import NoDataYetError
from huiyin.collect.surveys.templates.gallery import list_templates
from huiyin.core.text import Text
from huiyin.lake.contracts import MONTH_COLUMN
from huiyin.measure.definitions.words import day_of
from huiyin.store.tables import Dataset, Survey
from huiyin.web.corridors import open_view

if TYPE_CHECKING:
    from huiyin.people.contracts import Person
    from huiyin.web.corridors import View
    from huiyin.web.system import System

_MONTH = f"{MONTH_COLUMN}="
"""How the folders of a dataset's files are called: one a month."""
_NOTHING = Text(
    "没有数据集能放上“{name}”看板。请先导入这类数据，或自己选一个数据集。",
    "No dataset fits the board “{name}”: import such data first, or choose a dataset yourself.",
)
_NO_ROLE = Text(
    "这个看板不是从角色开始的，没有按行业的排法。",
    "This board did not begin as a role's: no industry arranges it.",
)


OF_STAFF = "administration", "internal"
"""The board and the industry whose words tell a dataset about the company's own staff."""
AUTOMATIC, GENERAL = "auto", "none"
"""The industry that the data speak for, or none."""


def made_for_role(
    system: System,
    person: Person,
    role: str,
    datasets: Sequence[str] = (),
    industry: str = AUTOMATIC,
) -> Board:
    """Make a role's board.

    Parameters
    ----------
    system : System
    person : Person
    role : str
        Id of the template.
    datasets : sequence of str
        Ids, the first choice first; none: all that suit, those of the industry first, then those
        that the board is first of all about, then those that fill most tiles.
    industry : str
        Id of the industry that the board is arranged for, ``auto`` for what the data speak for,
        ``none`` for the template as it stands.

    Raises
    ------
    NotFoundError
        There is no such role, dataset or industry.
    BoardError
        No dataset fills any tile.
    """
    plan, today = read_plan(role), day_of(system.clock())
    sources = sources_for(system, person, datasets)
    surveys = _survey_industries(system)
    if not datasets:
        sources = suiting(plan, sources, surveys)
        sources.sort(key=lambda one: (not prefers(plan, one), -filled(plan, one, today)))
    if industry == AUTOMATIC:
        meant = [one for one in sources if not datasets and prefers(plan, one)]
        chosen = industry_of(meant or sources, surveys)
    else:
        chosen = None if industry == GENERAL else read_industry(industry)
    if chosen is not None and not datasets:
        sources.sort(key=lambda one: not speaks(chosen, one, surveys))
    if chosen is not None:
        plan = adapted(plan, role, chosen)
    if not any(filled(plan, one, today) for one in sources):
        raise BoardError(_NOTHING.format(name=described(role).name))
    return fit_board(plan, role, sources, today)


def suiting(plan: Plan, sources: Sequence[Source], surveys: Mapping[str, str]) -> list[Source]:
    """Keep the datasets that a role's board may take by itself.

    What the company's own staff say is no board of customers' matter, unless there is nothing else.

    Parameters
    ----------
    plan : mapping
        The role's template.
    sources : sequence of Source
    surveys : mapping of str to str
        Dataset → industry of the questionnaire that its answers come from.
    """
    if plan.get("only"):
        return [one for one in sources if suits(plan, one)]
    own = read_plan(OF_STAFF[0]), read_industry(OF_STAFF[1])
    others = [one for one in sources if not (suits(own[0], one) and speaks(own[1], one, surveys))]
    return others or list(sources)


def made_for_industry(system: System, person: Person, board: Board, industry: str) -> Board:
    """Arrange a role's board for another industry, from the datasets that it shows.

    Parameters
    ----------
    system : System
    person : Person
    board : Board
    industry : str
        As in `made_for_role`.

    Raises
    ------
    NotFoundError
        There is no such role, dataset or industry.
    BoardError
        The board began as no role's.
    """
    if board.role is None:
        raise BoardError(_NO_ROLE)
    shown = datasets_of(board)
    before = made_for_role(system, person, board.role, shown, board.industry or GENERAL)
    after = made_for_role(system, person, board.role, shown, industry)
    return rearranged(board, before, after)


def _survey_industries(system: System) -> dict[str, str]:
    """Give the industry of the questionnaire that each dataset's answers come from."""
    known = {one.id: one.industry for one in list_templates()}
    with system.database.reading() as session:
        asked = select(Survey.dataset_id, Survey.template).where(
            Survey.dataset_id.is_not(None), Survey.template.is_not(None)
        )
        return {
            dataset: known[template]
            for dataset, template in session.execute(asked)
            if dataset is not None and template in known
        }


def sources_for(system: System, person: Person, datasets: Sequence[str] = ()) -> list[Source]:
    """Give the datasets that a person sees and that hold data, as boards look at them."""
    with system.database.reading() as session:
        wanted = select(Dataset).where(Dataset.archived_at.is_(None))
        newest_first = wanted.order_by(Dataset.updated_at.desc())
        rows = {row.id: row.name for row in session.scalars(newest_first)}
        found = []
        for dataset_id in datasets or rows:
            try:
                view = open_view(session, system, person, dataset_id)
            except NoDataYetError:
                continue
            name = rows.get(dataset_id, dataset_id)
            told = bool(view.rules.complaints)
            days = oldest_of(view), newest_of(view)
            found.append(Source(dataset_id, name, view.snapshot.codebook, days[1], told, days[0]))
    return found


def newest_of(view: View) -> date | None:
    """Give the first day of the month of the newest rows; None where they bear no dates."""
    return max(_months(view), default=None)


def oldest_of(view: View) -> date | None:
    """Give the first day of the month of the oldest rows; None where they bear no dates."""
    return min(_months(view), default=None)


def _months(view: View) -> list[date]:
    if view.snapshot.codebook.first(Role.TIME) is None:
        return []
    names = (path.parent.name for path in view.snapshot.files)
    months = (name.removeprefix(_MONTH) for name in names if name.startswith(_MONTH))
    return [date.fromisoformat(one) for one in months if one[:1].isdigit()]
