"""Who belongs to a group that is full hears it as soon as that is clear, not at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from huiyin.collect.surveys.contracts import Ending
from huiyin.collect.surveys.definition import Definition, Quota, Test, tests
from huiyin.collect.surveys.logic import Answers, Fields, holds
from huiyin.store.tables import QuotaPlaces, Survey, SurveyVersion


def settled_quotas(
    definition: Definition, page_id: str, answers: Answers, fields: Fields
) -> Iterator[Quota]:
    """List quotas that end the questionnaire and are settled by the pages before one.

    Parameters
    ----------
    definition : Definition
    page_id : str
        The page that would be shown next.
    answers, fields : mapping
        So far.

    Yields
    ------
    Quota
        Every question that it compares stands on an earlier page, and it holds.
    """
    behind: set[str] = set()
    for page in definition.pages:
        if page.id == page_id:
            break
        behind.update(question.id for question in page.questions)
    for quota in definition.quotas:
        named = {one.code for one in tests(quota.where) if isinstance(one, Test)}
        ends = quota.full is Ending.SCREENED_OUT
        if ends and named <= behind and holds(quota.where, answers, fields):
            yield quota


def fetch_taken(session: Session, survey_id: str) -> dict[str, int]:
    """Give how many places each quota of a questionnaire has given away, by its code."""
    of_survey = QuotaPlaces.survey_id == survey_id
    asked = select(QuotaPlaces.quota_id, QuotaPlaces.taken).where(of_survey)
    return {row[0]: row[1] for row in session.execute(asked)}


def places_now(session: Session | Connection, survey_id: str, quota: Quota) -> int:
    """Give how many places a quota has by the version that is out now.

    An answer may be of an earlier one, that had more or fewer; what was taken away keeps its own.
    """
    asked = (
        select(SurveyVersion.document)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(Survey.id == survey_id, SurveyVersion.version == Survey.version)
    )
    document = session.scalar(asked) or {}
    now = (one["most"] for one in document.get("quotas", ()) if one["id"] == quota.id)
    return next(now, quota.most)


def fetch_full(session: Session, survey_id: str, quotas: Iterable[Quota]) -> Quota | None:
    """Give the first of some quotas that has no place left; places are never given back."""
    for quota in quotas:
        one = (QuotaPlaces.survey_id == survey_id, QuotaPlaces.quota_id == quota.id)
        taken = session.scalar(select(QuotaPlaces.taken).where(*one))
        if taken is not None and taken >= places_now(session, survey_id, quota):
            return quota
    return None
