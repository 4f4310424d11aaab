"""How many answers came, when and by which way; scores come from the query of the dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session

from huiyin.codebook.contracts import Role
from huiyin.collect.surveys.columns import CHANNEL
from huiyin.collect.surveys.counting import AnswerCounts, count_answers
from huiyin.collect.surveys.measures import main_measure
from huiyin.collect.surveys.reading import fetch_survey, fetch_surveys, fetch_version
from huiyin.measure.contracts import QueryError
from huiyin.people.contracts import Person, Right
from huiyin.store.tables import Survey
from huiyin.web.access import TheSystem, allow
from huiyin.web.corridors import TwofoldCorridor, View, open_view, opened_corridor
from huiyin.web.kept_results import kept
from huiyin.web.lists import listed
from huiyin.web.routers.surveys import survey_json

if TYPE_CHECKING:
    from huiyin.web.system import System

router = APIRouter(prefix="/api/v1", tags=["surveys"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
WEEK, FORTNIGHT = 7, 14
MOST_MEASURES = 20
_HEADLINES = {
    Role.NPS: "nps", Role.OVERALL: "satisfied", Role.CSAT: "satisfied", Role.CES: "easy",
    Role.INTENT: "intent", Role.ASPECT: "score",
}  # fmt: skip


@router.get("/survey-counts")
def get_counts(system: TheSystem, _: Reader) -> dict[str, Any]:
    """List the questionnaires that are asked, with their answers of the last seven days."""
    with system.database.reading() as session:
        asked = [one for one in fetch_surveys(session) if one.dataset_id]
        ids = [one.dataset_id for one in asked if one.dataset_id]
        counts = count_answers(session, ids, system.clock(), WEEK)
        return listed(
            [
                {"id": one.id, "measure": _measure(session, one)}
                | counts_json(counts[one.dataset_id])
                for one in asked
                if one.dataset_id in counts
            ]
        )


@router.get("/surveys/{survey_id}/results")
def get_results(survey_id: str, system: TheSystem, person: Reader) -> dict[str, Any]:
    """Give how many answers came by day and by channel, and up to when the scores hold."""
    with system.database.reading() as session:
        survey = fetch_survey(session, survey_id)
        given = survey_json(survey) | {"measure": _measure(session, survey)}
        if survey.dataset_id is None:
            return given | _NOTHING
        counts = count_answers(session, [survey.dataset_id], system.clock(), FORTNIGHT)
        found = counts[survey.dataset_id]
        if found.counted_at is None:
            return given | counts_json(found) | {"channels": [], "measures": []}
        view = open_view(session, system, person, survey.dataset_id)
    more: dict[str, Any] = kept(
        system.folders.cache, view.key("survey results"), lambda: _counted(system, view)
    )
    return given | counts_json(found) | more


_NOTHING: dict[str, Any] = {
    "n": 0, "n_waiting": 0, "days": [], "counted_at": None, "channels": [], "measures": [],
}  # fmt: skip


def _measures(corridor: TwofoldCorridor) -> list[str]:
    """Name the headlines that can be asked: a question that nobody answered yet has no column."""
    return [
        f"{metric}:{column.name}"
        for role, metric in _HEADLINES.items()
        for column in corridor.codebook.with_role(role)
        if _answered(corridor, column.name)
    ][:MOST_MEASURES]


def _answered(corridor: TwofoldCorridor, column: str) -> bool:
    try:
        corridor.level_counts(column)
    except QueryError:
        return False
    return True


def _measure(session: Session, survey: Survey) -> str | None:
    if survey.version is None:
        return None
    version = fetch_version(session, survey.id, survey.version)
    return main_measure(version.document, version.columns)


def _counted(system: System, view: View) -> dict[str, Any]:
    with opened_corridor(system, view) as corridor:
        channels = _channels(corridor, view.scores.minimum_n)
        return {"channels": channels, "measures": _measures(corridor)}


def _channels(corridor: TwofoldCorridor, least: int) -> list[dict[str, Any]]:
    """Count by channel what this person sees; a small group is named without its number."""
    if CHANNEL not in {column.name for column in corridor.codebook}:
        return []
    counted = corridor.level_counts(CHANNEL)
    return [{"channel": name, "n": n if n >= least else None} for name, n, _ in counted]


def counts_json(counts: AnswerCounts) -> dict[str, Any]:
    """Give counts as pages show them."""
    return {
        "n": counts.n,
        "n_waiting": counts.n_waiting,
        "days": [{"day": day.isoformat(), "n": n} for day, n in counts.days],
        "counted_at": counts.counted_at.isoformat() if counts.counted_at else None,
    }
