"""Reads of questionnaires, their versions and links."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.collect.surveys.contracts import LINK, SURVEY
from huiyin.collect.surveys.definition import Definition
from huiyin.store.contracts import NotFoundError
from huiyin.store.tables import Survey, SurveyLink, SurveyVersion


def definition_of(document: Any) -> Definition:
    """Read a kept document; it was checked when it was kept."""
    return Definition.model_validate(document)


def fetch_survey(session: Session, survey_id: str) -> Survey:
    """Give a questionnaire.

    Raises
    ------
    NotFoundError
        There is none.
    """
    survey = session.get(Survey, survey_id)
    if survey is None:
        raise NotFoundError(SURVEY, survey_id)
    return survey


def fetch_surveys(session: Session, *, archived: bool = False) -> list[Survey]:
    """List questionnaires, the one that was changed last first."""
    shown = Survey.archived_at.is_not(None) if archived else Survey.archived_at.is_(None)
    return list(session.scalars(select(Survey).where(shown).order_by(Survey.updated_at.desc())))


def fetch_versions(session: Session, survey_id: str) -> list[SurveyVersion]:
    """List the versions that were published, oldest first."""
    of_survey = select(SurveyVersion).where(SurveyVersion.survey_id == survey_id)
    return list(session.scalars(of_survey.order_by(SurveyVersion.version)))


def fetch_version(session: Session, survey_id: str, version: int) -> SurveyVersion:
    """Give one version.

    Raises
    ------
    NotFoundError
        There is none.
    """
    found = session.get(SurveyVersion, (survey_id, version))
    if found is None:
        raise NotFoundError(SURVEY, f"{survey_id} v{version}")
    return found


def is_anonymous(session: Session, dataset_id: str) -> bool:
    """Tell whether a questionnaire that fills a dataset was anonymous, in any of its versions."""
    asked = (
        select(SurveyVersion.document)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(Survey.dataset_id == dataset_id)
    )
    return any(document.get("anonymous") for document in session.scalars(asked))


def fetch_links(session: Session, survey_id: str) -> list[SurveyLink]:
    """List the ways in, oldest first."""
    of_survey = select(SurveyLink).where(SurveyLink.survey_id == survey_id)
    return list(session.scalars(of_survey.order_by(SurveyLink.created_at, SurveyLink.id)))


def fetch_link(session: Session, survey_id: str, link_id: str) -> SurveyLink:
    """Give a way in of a questionnaire.

    Raises
    ------
    NotFoundError
        There is none, or it belongs to another questionnaire.
    """
    link = session.get(SurveyLink, link_id)
    if link is None or link.survey_id != survey_id:
        raise NotFoundError(LINK, link_id)
    return link


def find_link(session: Session, code: str) -> SurveyLink | None:
    """Find a way in by the code in its address."""
    return session.scalar(select(SurveyLink).where(SurveyLink.code == code))
