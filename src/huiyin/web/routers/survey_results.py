"""How many answers came, when and by which way; scores come from the query of the dataset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session

from huiyin.codebook.contracts import Role
from huiyin.collect.surveys.columns import CHANNEL
from huiyin.collect.surveys.counting import AnswerCounts, count_answers
from huiyin.collect.surveys.full_quotas import fetch_taken
from huiyin.collect.surveys.measures import HEADLINES, main_measure
from huiyin.collect.surveys.reading import (
    definition_of,
    fetch_survey,
    fetch_surveys,
    fetch_version,
)
from huiyin.people.contracts import Person, Right
from huiyin.people.viewing import may_be_held_back
from huiyin.store.tables import Survey
from huiyin.web.access import TheSystem, allow
from huiyin.web.corridors import (
    TwofoldCorridor,
    View,
    open_view,
    opened_corridor,
    shown_counts,
    shown_total,
)
from huiyin.web.kept_results import kept
from huiyin.web.lists import listed
from huiyin.web.routers.surveys import survey_json

if TYPE_CHECKING:
    from huiyin.web.system import System

router = APIRouter(prefix="/api/v1", tags=["surveys"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
Editor = Annotated[Person, Depends(allow(Right.EDIT_SURVEYS))]
WEEK, FORTNIGHT = 7, 14
QUARTER_SECONDS = 900
"""In no zone does a day begin within a quarter of an hour."""
MOST_MEASURES = 20
_MEASURES = {**HEADLINES, Role.INTENT: "intent", Role.ASPECT: "score"}


@router.get("/survey-counts")
def get_counts(system: TheSystem, person: Reader) -> dict[str, Any]:
    """List the questionnaires that are asked, with their answers of the last seven days."""
    with system.database.reading() as session:
        asked = {one.dataset_id: one for one in fetch_surveys(session) if one.dataset_id}
        counts = _count(system, tuple(asked), WEEK)
        views = _views(session, system, person, counts)
        items = {
            dataset_id: {"id": one.id, "measure": _measure(session, one)}
            | counts_json(counts[dataset_id])
            for dataset_id, one in asked.items()
            if dataset_id in counts
        }
    return listed([item | _own(system, views.get(one)) for one, item in items.items()])


def _views(
    session: Session, system: System, person: Person, counts: Mapping[str, AnswerCounts]
) -> dict[str, View]:
    """Open what is counted of each dataset, for somebody who may see some of the answers only."""
    if not may_be_held_back(session, person):
        return {}
    counted = [one for one, found in counts.items() if found.counted_at is not None]
    return {one: open_view(session, system, person, one) for one in counted}


@router.get("/surveys/{survey_id}/results")
def get_results(survey_id: str, system: TheSystem, person: Reader) -> dict[str, Any]:
    """Give how many answers came by day and by channel, and up to when the scores hold."""
    with system.database.reading() as session:
        survey = fetch_survey(session, survey_id)
        given = survey_json(survey) | {"measure": _measure(session, survey)}
        if survey.dataset_id is None:
            return given | _NOTHING
        found = _count(system, (survey.dataset_id,), FORTNIGHT)[survey.dataset_id]
        if found.counted_at is None:
            return given | counts_json(found) | {"channels": [], "measures": []}
        view = open_view(session, system, person, survey.dataset_id)
    return given | counts_json(found) | _own(system, view) | _counted(system, view)


@router.get("/surveys/{survey_id}/quotas")
def get_quotas(survey_id: str, system: TheSystem, person: Editor) -> dict[str, Any]:
    """List the quotas of the version that is asked: how many places there are, and are taken.

    A quota may compare scores, so the number would tell of few people: it is named only to who sees
    every answer, and not of anonymous questionnaires. Whether it is full everybody hears.
    """
    with system.database.reading() as session:
        survey = fetch_survey(session, survey_id)
        if survey.version is None:
            return listed([])
        asked = definition_of(fetch_version(session, survey_id, survey.version).document)
        taken = fetch_taken(session, survey_id)
        is_told = not asked.anonymous and not may_be_held_back(session, person)
    places = [(one, taken.get(one.id, 0)) for one in asked.quotas]
    return listed(
        [
            {"id": one.id, "most": one.most, "taken": n if is_told else None, "full": n >= one.most}
            for one, n in places
        ]
    )


def _count(system: System, datasets: tuple[str, ...], n_days: int) -> Mapping[str, AnswerCounts]:
    """Count anew only where something was committed: an open page asks every few seconds."""
    now = system.clock()

    def read() -> Mapping[str, AnswerCounts]:
        with system.database.reading() as session:
            return count_answers(session, datasets, now, n_days)

    quarter = int(now.timestamp()) // QUARTER_SECONDS
    counts: Mapping[str, AnswerCounts] = system.remembered.held(
        ("answers", datasets, n_days, quarter), read
    )
    return counts


_NOTHING: dict[str, Any] = {
    "n": 0, "n_half": 0, "n_waiting": 0, "days": [], "counted_at": None, "channels": [],
    "measures": [],
}  # fmt: skip


def _measures(corridor: TwofoldCorridor) -> list[str]:
    """Name the headlines that can be asked: a question that nobody answered yet has no column."""
    return [
        f"{metric}:{column.name}"
        for role, metric in _MEASURES.items()
        for column in corridor.codebook.with_role(role)
        if corridor.has_column(column.name)
    ][:MOST_MEASURES]


def _measure(session: Session, survey: Survey) -> str | None:
    if survey.version is None:
        return None
    version = fetch_version(session, survey.id, survey.version)
    return main_measure(version.document, version.columns)


def _own(system: System, view: View | None) -> dict[str, Any]:
    """Give the number of a person's own answers where they see some only: of those counted."""
    if view is None or not view.scores.rows:
        return {}

    def count() -> dict[str, Any]:
        with opened_corridor(system, view) as corridor:
            return {"n": shown_total(corridor), "n_half": None, "n_waiting": None, "days": []}

    own: dict[str, Any] = kept(system.folders.cache, view.key("survey total"), count)
    return own


def _counted(system: System, view: View) -> dict[str, Any]:
    def count() -> dict[str, Any]:
        with opened_corridor(system, view) as corridor:
            channels, measures = _channels(corridor), _measures(corridor)
        return {"channels": channels, "measures": measures, "minimum_n": view.minimum_n}

    counted: dict[str, Any] = kept(system.folders.cache, view.key("survey channels"), count)
    return counted


def _channels(corridor: TwofoldCorridor) -> list[dict[str, Any]]:
    """Count by channel what this person sees; what may not be told is named without its number."""
    if not corridor.has_column(CHANNEL):
        return []
    return [{"channel": name, "n": n} for name, n in shown_counts(corridor, CHANNEL).items()]


def counts_json(counts: AnswerCounts) -> dict[str, Any]:
    """Give counts as pages show them."""
    return {
        "n": counts.n,
        "n_half": counts.n_half,
        "n_waiting": counts.n_waiting,
        "days": [{"day": day.isoformat(), "n": n} for day, n in counts.days],
        "counted_at": counts.counted_at.isoformat() if counts.counted_at else None,
    }
