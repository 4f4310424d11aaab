"""Questionnaires from files and as files; what a draft changes of the version that is asked."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, File, Query, Response, UploadFile
from sqlalchemy.orm import Session

from huiyin.collect.surveys.change import Change
from huiyin.collect.surveys.changes import document_of
from huiyin.collect.surveys.comparing import compare_definitions
from huiyin.collect.surveys.definition import Definition
from huiyin.collect.surveys.formats.files import (
    SurveyFormat,
    left_out,
    read_survey,
    write_survey,
)
from huiyin.collect.surveys.reading import (
    definition_of,
    fetch_survey,
    fetch_version,
)
from huiyin.people.contracts import Person, Right
from huiyin.store.tables import Survey
from huiyin.web.access import TheSystem, allow
from huiyin.web.bodies import VersionNumber
from huiyin.web.lists import listed

router = APIRouter(prefix="/api/v1/surveys", tags=["surveys"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
Editor = Annotated[Person, Depends(allow(Right.EDIT_SURVEYS))]
_KINDS = {
    SurveyFormat.JSON: "application/json",
    SurveyFormat.QSF: "application/json",
    SurveyFormat.LSS: "application/xml",
    SurveyFormat.WJX: "text/plain; charset=utf-8",
}


@router.post("/read")
def post_file(file: Annotated[UploadFile, File()], _: Editor) -> dict[str, Any]:
    """Read a questionnaire from a file (or pasted text sent as one); nothing is kept yet."""
    draft, left = read_survey(file.file.read(), file.filename or "")
    return {"draft": document_of(draft), "left": [dict(one) for one in left]}


@router.get("/{survey_id}/exports")
def get_exports(survey_id: str, system: TheSystem, _: Reader) -> dict[str, Any]:
    """List the formats that a draft can be written as, each with what it leaves behind."""
    with system.database.reading() as session:
        draft = definition_of(fetch_survey(session, survey_id).draft)
    return listed(
        [
            {"format": kind, "left": [dict(one) for one in left_out(draft, kind)]}
            for kind in SurveyFormat
        ]
    )


@router.get("/{survey_id}/export")
def get_export(
    survey_id: str,
    system: TheSystem,
    _: Reader,
    format: Annotated[SurveyFormat, Query()] = SurveyFormat.JSON,  # noqa: A002 -- the name in the address
) -> Response:
    """Give the draft as a file."""
    with system.database.reading() as session:
        survey = fetch_survey(session, survey_id)
        content = write_survey(definition_of(survey.draft), format)
        name = f"{quote(survey.name)}.{format}"
    headers = {"content-disposition": f"attachment; filename*=UTF-8''{name}"}
    return Response(content, media_type=_KINDS[format], headers=headers)


@router.get("/{survey_id}/changes")
def get_changes(
    survey_id: str,
    system: TheSystem,
    _: Reader,
    version: VersionNumber | None = None,
    since: VersionNumber | None = None,
) -> dict[str, Any]:
    """Say what a version changed of the one before, or since another one.

    Without a number: what the draft changes.
    """
    with system.database.reading() as session:
        survey = fetch_survey(session, survey_id)
        after, before = _sides(session, survey, version, since)
    if before is None:
        return listed([])
    return listed([_change_json(one) for one in compare_definitions(before, after)])


def _sides(
    session: Session, survey: Survey, version: int | None, since: int | None
) -> tuple[Definition, Definition | None]:
    if version is None:
        earlier, after = survey.version, definition_of(survey.draft)
    else:
        after = definition_of(fetch_version(session, survey.id, version).document)
        earlier = version - 1 or None
    earlier = since or earlier
    if not earlier:
        return after, None
    return after, definition_of(fetch_version(session, survey.id, earlier).document)


def _change_json(one: Change) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "sentence": dict(one.sentence),
        "question": one.question,
        "comparable": one.comparable,
    }
