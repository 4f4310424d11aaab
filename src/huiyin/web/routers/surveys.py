"""Questionnaires: drafts, versions, links."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BeforeValidator, Field

from huiyin.collect.sending.widgets import SECRET
from huiyin.collect.surveys.changes import (
    LinkKind,
    Status,
    do_archive_survey,
    do_close_link,
    do_create_survey,
    do_open_link,
    do_publish,
    do_save_draft,
    do_schedule,
    do_set_status,
)
from huiyin.collect.surveys.definition import Definition, FieldName
from huiyin.collect.surveys.parsing import parse_definition
from huiyin.collect.surveys.reading import (
    fetch_links,
    fetch_survey,
    fetch_surveys,
    fetch_version,
    fetch_versions,
)
from huiyin.people.contracts import Person, Right
from huiyin.people.settings import fetch_setting
from huiyin.store.tables import Survey, SurveyLink, SurveyVersion
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.addresses import link_to
from huiyin.web.bodies import SAYING_SOMETHING, Body, Revision
from huiyin.web.lists import listed

router = APIRouter(prefix="/api/v1/surveys", tags=["surveys"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
Editor = Annotated[Person, Depends(allow(Right.EDIT_SURVEYS))]
Sender = Annotated[Person, Depends(allow(Right.SEND_SURVEYS))]
Name = Annotated[str, SAYING_SOMETHING, Field(max_length=200)]
Read = Annotated[Definition, BeforeValidator(parse_definition)]
"""A definition that anybody may have written: the fault names the page or question, and why."""


class NewSurvey(Body):
    """A questionnaire to make."""

    name: Name
    draft: Read


class Draft(Revision):
    """A draft to keep."""

    name: Name
    draft: Read


class Change(Revision):
    """The state it shall be in."""

    status: Status | None = None
    archived: bool | None = None


class Times(Revision):
    """From when until when it can be answered."""

    opens_at: datetime | None = None
    closes_at: datetime | None = None


class NewLink(Body):
    """A way in."""

    kind: LinkKind = LinkKind.LINK
    name: Name
    fields: dict[FieldName, Annotated[str, Field(max_length=200)]] = Field(default_factory=dict)


class LinkChange(Revision):
    """Whether the way in is closed."""

    closed: bool


@router.get("")
def get_surveys(
    system: TheSystem, _: Reader, archived: Annotated[bool, Query()] = False
) -> dict[str, Any]:
    """List questionnaires, the one that was changed last first."""
    with system.database.reading() as session:
        return listed([survey_json(one) for one in fetch_surveys(session, archived=archived)])


@router.post("", status_code=201)
def post_survey(body: NewSurvey, request: Request, person: Editor) -> dict[str, Any]:
    """Make a questionnaire."""
    with changing(request, person) as uow:
        return full_json(do_create_survey(uow, body.name, body.draft))


@router.get("/schema")
def get_schema(_: Reader) -> dict[str, Any]:
    """Give the JSON Schema of a definition."""
    return Definition.model_json_schema()


@router.get("/{survey_id}")
def get_survey(survey_id: str, system: TheSystem, _: Reader) -> dict[str, Any]:
    """Give a questionnaire with its draft."""
    with system.database.reading() as session:
        return full_json(fetch_survey(session, survey_id))


@router.put("/{survey_id}")
def put_survey(survey_id: str, body: Draft, request: Request, person: Editor) -> dict[str, Any]:
    """Keep a draft."""
    with changing(request, person) as uow:
        survey = do_save_draft(uow, survey_id, body.revision, body.name, body.draft)
        uow.session.flush()
        return full_json(survey)


@router.patch("/{survey_id}")
def patch_survey(survey_id: str, body: Change, request: Request, person: Editor) -> dict[str, Any]:
    """Pause, go on, close, archive, bring back."""
    with changing(request, person) as uow:
        survey = uow.session.get(Survey, survey_id)
        if body.status is not None:
            survey = do_set_status(uow, survey_id, body.revision, body.status)
        if body.archived is not None:
            survey = do_archive_survey(uow, survey_id, body.revision, archived=body.archived)
        uow.session.flush()
        return survey_json(survey or fetch_survey(uow.session, survey_id))


@router.put("/{survey_id}/times")
def put_times(survey_id: str, body: Times, request: Request, person: Editor) -> dict[str, Any]:
    """Set from when until when it can be answered."""
    with changing(request, person) as uow:
        survey = do_schedule(uow, survey_id, body.revision, body.opens_at, body.closes_at)
        uow.session.flush()
        return survey_json(survey)


@router.post("/{survey_id}/publish", status_code=201)
def post_publish(
    survey_id: str, body: Revision, request: Request, person: Editor
) -> dict[str, Any]:
    """Ask by the draft from now on."""
    with changing(request, person) as uow:
        version = do_publish(uow, survey_id, body.revision)
        uow.session.flush()
        survey = fetch_survey(uow.session, survey_id)
        return survey_json(survey) | {"published": version_json(version)}


@router.get("/{survey_id}/versions")
def get_versions(survey_id: str, system: TheSystem, _: Reader) -> dict[str, Any]:
    """List the versions that were asked."""
    with system.database.reading() as session:
        fetch_survey(session, survey_id)
        return listed([version_json(one) for one in fetch_versions(session, survey_id)])


@router.get("/{survey_id}/versions/{version}")
def get_version(survey_id: str, version: int, system: TheSystem, _: Reader) -> dict[str, Any]:
    """Give a version as it was asked."""
    with system.database.reading() as session:
        found = fetch_version(session, survey_id, version)
        return version_json(found) | {"definition": found.document}


@router.get("/{survey_id}/links")
def get_links(survey_id: str, request: Request, system: TheSystem, _: Sender) -> dict[str, Any]:
    """List the ways in, each with the whole address that people outside open."""
    with system.database.reading() as session:
        fetch_survey(session, survey_id)
        base = str(fetch_setting(session, "public_address"))
        links = fetch_links(session, survey_id)
    told = [(one, link_to(request, base, f"/s/{one.code}")) for one in links]
    return listed([link_json(one) | {"address": address} for one, address in told])


@router.post("/{survey_id}/links", status_code=201)
def post_link(survey_id: str, body: NewLink, request: Request, person: Sender) -> dict[str, Any]:
    """Open a way in."""
    with changing(request, person) as uow:
        return link_json(do_open_link(uow, survey_id, body.kind, body.name, body.fields))


@router.patch("/{survey_id}/links/{link_id}")
def patch_link(
    survey_id: str, link_id: str, body: LinkChange, request: Request, person: Sender
) -> dict[str, Any]:
    """Close a way in, or open it again."""
    with changing(request, person) as uow:
        link = do_close_link(uow, survey_id, link_id, body.revision, closed=body.closed)
        uow.session.flush()
        return link_json(link)


def survey_json(survey: Survey) -> dict[str, Any]:
    """Give a questionnaire as lists show it."""
    return {
        "id": survey.id,
        "name": survey.name,
        "status": survey.status,
        "version": survey.version,
        "dataset_id": survey.dataset_id,
        "template": survey.template,
        "opens_at": _iso(survey.opens_at),
        "closes_at": _iso(survey.closes_at),
        "archived": survey.archived_at is not None,
        "revision": survey.revision,
        "updated_at": _iso(survey.updated_at),
        "updated_by": survey.updated_by,
    }


def full_json(survey: Survey) -> dict[str, Any]:
    """Give a questionnaire with its draft."""
    return survey_json(survey) | {"draft": survey.draft}


def version_json(version: SurveyVersion) -> dict[str, Any]:
    """Give a version as lists show it."""
    return {
        "version": version.version,
        "published_at": _iso(version.published_at),
        "published_by": version.published_by,
    }


def link_json(link: SurveyLink) -> dict[str, Any]:
    """Give a way in, with the path that leads to it."""
    return {
        "id": link.id,
        "kind": link.kind,
        "name": link.name,
        "code": link.code,
        "path": f"/s/{link.code}",
        "fields": dict(link.fields),
        "options": {name: one for name, one in link.options.items() if name != SECRET},
        "closed": link.closed_at is not None,
        "revision": link.revision,
    }


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
