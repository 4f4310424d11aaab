"""Changes to questionnaires: drafts are edited, versions are published, links are opened."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from huiyin.collect.datasets.changes import (
    do_create_dataset,
    do_save_codebook,
    newest_codebook_version,
)
from huiyin.collect.surveys.checks import can_be_published, check
from huiyin.collect.surveys.columns import build_codebook, merge_codebooks, name_columns
from huiyin.collect.surveys.contracts import SURVEY, SurveyError
from huiyin.collect.surveys.definition import Definition
from huiyin.collect.surveys.reading import definition_of, fetch_link, fetch_versions
from huiyin.core.ids import new_id
from huiyin.core.text import EN, LANGUAGES, Text
from huiyin.store.tables import QuotaPlaces, Survey, SurveyLink, SurveyVersion
from huiyin.store.unit_of_work import UnitOfWork

CODE_LENGTH = 8
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Nothing in it is mistaken for another sign when it is typed from a poster."""
_UNPUBLISHED = Text("先发布问卷，再发链接。", "Publish the questionnaire before it gets a link.")
_NO_QUESTION = Text("至少要有一道题才能发布。", "It needs at least one question to be published.")
FIRST_LINK = Text("公开链接", "Open link")
"""What the link is called that publishing makes: a word for the staff, not for a poster."""


class Status(StrEnum):
    """Where a questionnaire is."""

    DRAFT = "draft"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"


class LinkKind(StrEnum):
    """What a way in is."""

    LINK = "link"
    QR = "qr"
    WIDGET = "widget"
    PHONE = "phone"
    API = "api"
    MAIL = "mail"
    SMS = "sms"


def do_create_survey(
    work: UnitOfWork, name: str, draft: Definition, template: str | None = None
) -> Survey:
    """Make a questionnaire that is not asked yet."""
    survey = Survey(
        name=name.strip(), status=Status.DRAFT, draft=document_of(draft), template=template
    )
    work.session.add(survey)
    work.session.flush()
    work.audit("create", "survey", survey.id, after={"name": survey.name, "template": template})
    return survey


def document_of(definition: Definition) -> dict[str, Any]:
    """Give a definition as it is kept: JSON, without what goes without saying."""
    return definition.model_dump(mode="json", exclude_defaults=True)


def do_save_draft(
    work: UnitOfWork, survey_id: str, revision: int, name: str, draft: Definition
) -> Survey:
    """Keep a draft in place of the last one.

    Raises
    ------
    NotFoundError
        There is no such questionnaire.
    EditConflictError
        Somebody saved it since `revision`.
    """
    survey = work.get(Survey, survey_id, SURVEY)
    work.guard(survey, revision)
    survey.name, survey.draft = name.strip(), document_of(draft)
    work.audit("save", "survey", survey_id, after={"name": survey.name})
    return survey


def do_publish(work: UnitOfWork, survey_id: str, revision: int) -> SurveyVersion:
    """Ask by the draft from now on; answers under way stay with the version they began.

    The first time, the dataset that the answers go to is made, and an open link.

    Raises
    ------
    NotFoundError, EditConflictError
    SurveyError
        It has no question, or an error that `checks.check` finds.
    """
    survey = work.get(Survey, survey_id, SURVEY)
    work.guard(survey, revision)
    definition = definition_of(survey.draft)
    if not any(True for _ in definition.questions):
        raise SurveyError(_NO_QUESTION)
    findings = check(definition)
    if not can_be_published(findings):
        raise SurveyError(findings[0].sentence)
    earlier = fetch_versions(work.session, survey_id)
    named = name_columns(definition, [one.columns for one in earlier])
    version = SurveyVersion(
        survey_id=survey_id,
        version=(earlier[-1].version if earlier else 0) + 1,
        document=survey.draft,
        columns=named,
        published_by=work.actor.name,
        published_at=work.now,
    )
    dataset_id = survey.dataset_id or do_create_dataset(work, survey.name).id
    work.session.add(version)
    survey.dataset_id, survey.version, survey.status = dataset_id, version.version, Status.OPEN
    _save_codebook(work, dataset_id, definition, named, earlier)
    _open_quotas(work, survey_id, definition)
    if not earlier:
        do_open_link(work, survey_id, LinkKind.LINK, _first_link(definition))
    work.audit("publish", "survey", survey_id, after={"version": version.version})
    return version


def _save_codebook(
    work: UnitOfWork,
    dataset_id: str,
    definition: Definition,
    named: Mapping[str, str],
    earlier: list[SurveyVersion],
) -> None:
    books = [build_codebook(definition_of(one.document), one.columns) for one in earlier]
    merged = merge_codebooks(build_codebook(definition, named), books)
    newest = newest_codebook_version(work, dataset_id)
    do_save_codebook(work, dataset_id, newest.version if newest else 0, merged, rebuild=True)


def _open_quotas(work: UnitOfWork, survey_id: str, definition: Definition) -> None:
    for quota in definition.quotas:
        if work.session.get(QuotaPlaces, (survey_id, quota.id)) is None:
            work.session.add(QuotaPlaces(survey_id=survey_id, quota_id=quota.id, taken=0))


def _first_link(definition: Definition) -> str:
    """Name the first way in, in the first language of the questionnaire where we speak it."""
    first = definition.languages[0]
    return FIRST_LINK.say(first if first in LANGUAGES else EN)


def do_set_status(work: UnitOfWork, survey_id: str, revision: int, status: Status) -> Survey:
    """Pause, go on, or close: whoever comes then reads why there is nothing to answer.

    Raises
    ------
    NotFoundError, EditConflictError
    SurveyError
        It was never published.
    """
    survey = work.get(Survey, survey_id, SURVEY)
    work.guard(survey, revision)
    if survey.version is None:
        raise SurveyError(_UNPUBLISHED)
    before = {"status": survey.status}
    survey.status = status
    work.audit("change", "survey", survey_id, before=before, after={"status": status})
    return survey


def is_open_at(survey: Survey, now: datetime) -> bool:
    """Tell whether a questionnaire takes answers at a moment."""
    started = survey.opens_at is None or survey.opens_at <= now
    over = survey.closes_at is not None and survey.closes_at <= now
    return survey.status == Status.OPEN and survey.archived_at is None and started and not over


def do_schedule(
    work: UnitOfWork,
    survey_id: str,
    revision: int,
    opens_at: datetime | None,
    closes_at: datetime | None,
) -> Survey:
    """Set from when until when it can be answered."""
    survey = work.get(Survey, survey_id, SURVEY)
    work.guard(survey, revision)
    survey.opens_at, survey.closes_at = opens_at, closes_at
    after = {"opens": _iso(opens_at), "closes": _iso(closes_at)}
    work.audit("change", "survey", survey_id, after=after)
    return survey


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def do_archive_survey(work: UnitOfWork, survey_id: str, revision: int, *, archived: bool) -> Survey:
    """Put a questionnaire out of sight, or bring it back; its answers stay."""
    survey = work.get(Survey, survey_id, SURVEY)
    work.guard(survey, revision)
    survey.archived_at = work.now if archived else None
    if archived and survey.status == Status.OPEN:
        survey.status = Status.PAUSED
    work.audit("archive" if archived else "restore", "survey", survey_id)
    return survey


def do_open_link(
    work: UnitOfWork,
    survey_id: str,
    kind: LinkKind,
    name: str,
    fields: Mapping[str, str] | None = None,
    options: Mapping[str, Any] | None = None,
    *,
    link_id: str | None = None,
) -> SurveyLink:
    """Open a way in, with facts that go with every answer that comes through it.

    Those of one moment are listed in the order of `link_id`, which is made where none is given.

    Raises
    ------
    NotFoundError
        There is no such questionnaire.
    """
    work.get(Survey, survey_id, SURVEY)
    link = SurveyLink(
        id=link_id or new_id(),
        survey_id=survey_id,
        code="".join(secrets.choice(_ALPHABET) for _ in range(CODE_LENGTH)),
        kind=kind,
        name=name.strip(),
        fields=dict(fields or {}),
        options=dict(options or {}),
    )
    work.session.add(link)
    work.session.flush()
    work.audit("create", "survey_link", link.id, after={"survey": survey_id, "name": link.name})
    return link


def do_close_link(
    work: UnitOfWork, survey_id: str, link_id: str, revision: int, *, closed: bool
) -> SurveyLink:
    """Close a way in of a questionnaire, or open it again.

    Raises
    ------
    NotFoundError
        The questionnaire has no such way in.
    """
    link = fetch_link(work.session, survey_id, link_id)
    work.guard(link, revision)
    link.closed_at = work.now if closed else None
    work.audit("change", "survey_link", link_id, after={"closed": closed})
    return link
