"""A view's answer: its question through the one corridor, and the figure that shows it.

Every surface that shows a number of a view (explore, boards, files) calls `answer_view`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from huiyin.analyse.index_weights import with_index_weights
from huiyin.analyse.views.contracts import TARGET, ChartKind
from huiyin.analyse.views.definition import QueryWords, View
from huiyin.analyse.views.periods import on_day
from huiyin.analyse.views.reckoning import FROM_CORRIDOR, Reckoned, reckon, reckon_from
from huiyin.codebook.spoken import spoken_name
from huiyin.core.text import Text
from huiyin.measure.bands import band_names
from huiyin.measure.contracts import Grain, Query, Result
from huiyin.measure.definitions.attainment import Judged, judged, judged_by
from huiyin.measure.definitions.contracts import Goal
from huiyin.measure.definitions.targets import goal_of, targets
from huiyin.measure.definitions.words import day_of
from huiyin.measure.first_answers import FIRST_ANSWER, FIRST_ANSWER_TEXT
from huiyin.measure.present import query_json
from huiyin.measure.rereading import result_of
from huiyin.people.contracts import NotAllowedError, Right
from huiyin.report.palette import DARK
from huiyin.report.views.contracts import Extras
from huiyin.report.views.draw import chosen_kind, draw_view, fits, title_of
from huiyin.web.access import hold_to_datasets
from huiyin.web.corridors import View as Sight
from huiyin.web.corridors import opened_corridor
from huiyin.web.kept_results import kept
from huiyin.web.near_queries import note_all
from huiyin.web.questions import answered, question
from huiyin.web.seen import Asked as DatasetAsked
from huiyin.web.seen import view_seen
from huiyin.web.told import Found, found_over

if TYPE_CHECKING:
    from huiyin.codebook.contracts import Codebook
    from huiyin.people.contracts import Person
    from huiyin.web.system import System


@dataclass(frozen=True, slots=True)
class Asked:
    """A view made ready to be answered: over what somebody sees, on a day.

    Attributes
    ----------
    view : View
        Its period in days.
    sight : huiyin.web.corridors.View
    query : Query
    goals : tuple of Goal
        The kept targets of the dataset.
    """

    view: View
    sight: Sight
    query: Query
    goals: tuple[Goal, ...]


def asked_view(session: Session, system: System, person: Person, view: View) -> Asked:
    """Make a view ready for a person, today.

    Raises
    ------
    NotAllowedError
        Their token is held to other datasets, or it shows what customers wrote and they may not
        read that.
    NotFoundError, NoDataYetError, VersionGoneError
        There is nothing to see.
    QueryError
        A word of its question cannot be understood.
    """
    hold_to_datasets(person, view.dataset)
    if view.chart is ChartKind.WORDS and not person.may(Right.SEE_ROWS):
        raise NotAllowedError(Right.SEE_ROWS)
    dated = view.model_copy(update={"query": on_day(view.query, day_of(system.clock()))})
    body = body_of(dated)
    sight = view_seen(system, person, DatasetAsked(view.dataset, body.version, body.rules_version))
    query = question(session, system, sight, body)
    goals = system.remembered.held("goals", lambda: tuple(goal_of(row) for row in targets(session)))
    return Asked(dated, sight, query, goals)


def body_of(view: View) -> QueryWords:
    """Give a view's question as the body of a query.

    A target is no side of the question, a pivot table asks for its subtotals, and cohorts for the
    first answer of each customer.
    """
    words = view.query.model_dump(mode="json", exclude={"period"}, exclude_defaults=True)
    if words.get("compare") == TARGET:
        del words["compare"]
    if view.chart is ChartKind.PIVOT:
        words |= {"subtotals": True, "column_totals": True}
    if view.chart is ChartKind.COHORT:
        words["by"] = [FIRST_ANSWER]
        words.setdefault("grain", Grain.MONTH.value)
    return QueryWords.model_validate(words)


def fetch_result(system: System, person: Person, asked: Asked) -> dict[str, Any]:
    """Answer the question of a view, as ``huiyin query --json`` has it; kept and noted."""
    found = result_over(system, asked)
    note_all(system, person, found.noted)
    body: dict[str, Any] = found.body
    return body


def result_over(system: System, asked: Asked) -> Found:
    """Give the answer of a view, kept; whoever shows it notes what it stands on too."""
    sight, query = asked.sight, asked.query
    key = sight.score_key("query", query_json(query))
    return found_over(system, sight, key, lambda own: answered(system, sight, own, query).to_json())


def answer_view(system: System, person: Person, view: View, language: str) -> dict[str, Any]:
    """Answer a view for a person.

    Parameters
    ----------
    system : System
    person : Person
    view : View
    language : str
        A language tag.

    Returns
    -------
    dict
        ``view`` as it was given; ``query``: the question with days in place of a named period;
        ``result``: as ``huiyin query --json`` gives it; ``chart``: the kind that is drawn;
        ``kinds``: those that fit, best first; ``unfit``: the others with the sentence why not;
        ``names``: what people call the columns that it is grouped by; ``asked``: the question in
        full of those that are called by what it asks about;
        ``option``: for ECharts, or None; ``table``; ``height``; ``title``; ``caption``: the
        finding; ``judged``: where cells stand against their targets; ``dark``: what each light
        colour becomes on dark paper.
    """
    with system.database.reading() as session:
        asked = asked_view(session, system, person, view)
    found = fetch_result(system, person, asked)
    return {
        "view": view.to_document(),
        "query": asked.view.query.model_dump(mode="json", exclude={"period"}, exclude_none=True),
        "result": found,
        **figure_of(system, asked, result_of(found), language),
    }


def figure_of(system: System, asked: Asked, result: Result, language: str) -> dict[str, Any]:
    """Give the figure of an answer; one that asks the data for more is kept like a result."""
    if chosen_kind(result, asked.view) not in FROM_CORRIDOR:
        return drawn(system, asked, result, language)
    day = day_of(system.clock())
    facts = (query_json(asked.query), asked.view.to_document(), language, day, asked.goals)
    found: dict[str, Any] = kept(
        system.folders.cache,
        asked.sight.key("figure", *facts),
        lambda: drawn(system, asked, result, language),
    )
    return found


def drawn(system: System, asked: Asked, result: Result, language: str) -> dict[str, Any]:
    """Draw an answer as its view says."""
    kind = chosen_kind(result, asked.view)
    extras = extras_of(system, asked, result, kind)
    fitting = fits(result, asked.view.options)
    figure = draw_view(result, asked.view, language, extras)
    named = [column for column in result.query.by if column in extras.names]
    return {
        "chart": kind.value,
        "kinds": [kind.value for kind, fit in fitting.items() if not isinstance(fit, Text)],
        "unfit": {kind.value: dict(fit) for kind, fit in fitting.items() if isinstance(fit, Text)},
        "names": {column: extras.names[column].say(language) for column in named},
        "asked": asked_questions(asked.sight.snapshot.asked_codebook, named, language),
        "option": figure.option,
        "table": figure.table,
        "words": [word.to_json() for word in figure.words] if figure.words else None,
        "beside": figure.beside.to_json() if figure.beside else None,
        "height": figure.height,
        "title": title_of(result, asked.view, language, extras),
        "caption": figure.caption,
        "judged": [_judged(result, one) for one in extras.judged],
        "dark": DARK,
    }


def extras_of(system: System, asked: Asked, result: Result, kind: ChartKind) -> Extras:
    """Give what is drawn beside the numbers: names of columns, targets, what the kind needs."""
    day = asked.query.until or day_of(system.clock())
    typed = asked.view.options.target
    found = (
        judged(result, asked.goals, day, dataset_id=asked.view.dataset)
        if typed is None
        else judged_by(result, typed)
    )
    names = column_names(asked.sight.snapshot.asked_codebook)
    return Extras(names, found, _reckoned(system, asked, result, kind))


def _reckoned(system: System, asked: Asked, result: Result, kind: ChartKind) -> Reckoned:
    if kind not in FROM_CORRIDOR:
        return reckon(kind, result)
    with opened_corridor(system, asked.sight) as corridor:
        query = with_index_weights(corridor, asked.query)
        own = corridor.asking(query)
        return reckon_from(kind, own, query, result, asked.sight.minimum_n)


def asked_questions(codebook: Codebook, names: Iterable[str], language: str) -> dict[str, str]:
    """Give the question in full of each column that is called by what it asks about."""
    found = {}
    for column in (codebook[name] for name in names if name in codebook):
        whole = column.label.say(language) or column.name
        name = spoken_name(column)
        if name is not None and name.say(language) != whole:
            found[column.name] = whole
    return found


def column_names(codebook: Codebook) -> dict[str, Text]:
    """Give what people call the columns."""
    named = {c.name: name for c in codebook if (name := spoken_name(c)) is not None}
    return {FIRST_ANSWER: FIRST_ANSWER_TEXT, **band_names(codebook), **named}


def _judged(result: Result, one: Judged) -> dict[str, Any]:
    return {
        "cell": result.cells.index(one.cell),
        "goal": one.goal.value,
        "attainment": one.attainment.value,
    }
