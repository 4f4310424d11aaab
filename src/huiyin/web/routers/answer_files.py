"""Files that came with answers, for staff who may see those answers: offered, never shown."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from sqlalchemy.orm import Session

from huiyin.collect.surveys.columns import RESPONSE_ID
from huiyin.collect.surveys.files import SentFile, fetch_files, file_facts
from huiyin.collect.surveys.reading import fetch_survey
from huiyin.core.clock import day_began
from huiyin.core.text import Text
from huiyin.people.contracts import Person, Right
from huiyin.store.contracts import NotFoundError
from huiyin.store.sealed_files import SealedFileError, read_sealed
from huiyin.store.tables import AnswerFile, Dataset, Survey
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.corridors import open_view
from huiyin.web.customer_views import Part
from huiyin.web.lists import listed

if TYPE_CHECKING:
    from huiyin.web.system import System

router = APIRouter(prefix="/api/v1/surveys", tags=["surveys"])
Reader = Annotated[Person, Depends(allow(Right.SEE_ROWS))]
FILE = Text("文件", "file")
MOST = 1_000
"""Files that are listed, the newest."""
_SANDBOX = "default-src 'none'; sandbox"


@router.get("/{survey_id}/files")
def get_files(survey_id: str, system: TheSystem, person: Reader) -> dict[str, Any]:
    """List the files of the answers that this person may see, newest first."""
    with system.database.reading() as session:
        survey = fetch_survey(session, survey_id)
        titles, zone = _titles(survey), _zone(session, survey)
        files = fetch_files(session, survey_id)
    seen = _seen(system, person, survey_id, files)
    shown = [one for one in files if one.response_id in seen]
    items = [
        _file_json(system, one, zone) | {"title": titles.get(one.question_id, {})}
        for one in shown[:MOST]
    ]
    return listed(items, len(shown))


def _zone(session: Session, survey: Survey) -> str | None:
    """Give the zone in whose days the files of an anonymous questionnaire were sent; else None."""
    dataset = session.get(Dataset, survey.dataset_id) if survey.dataset_id else None
    return dataset.zone if dataset is not None and survey.draft.get("anonymous") else None


def _titles(survey: Survey) -> dict[str, Any]:
    """Give the words of each question, as its draft says them now."""
    pages = survey.draft.get("pages", [])
    return {one["id"]: one.get("title", {}) for page in pages for one in page["questions"]}


@router.get("/{survey_id}/files/{file_id}")
def get_file(
    survey_id: str, file_id: str, request: Request, system: TheSystem, person: Reader
) -> Response:
    """Offer one file for saving; who fetched it is written down."""
    with system.database.reading() as session:
        file = session.get(AnswerFile, file_id)
    if file is None or file.survey_id != survey_id:
        raise NotFoundError(FILE, file_id)
    if file.response_id not in _seen(system, person, survey_id, [file]):
        raise NotFoundError(FILE, file_id)
    facts = file_facts(system.key, file)
    content = _content(system, file, facts)
    with changing(request, person) as uow:
        note = {"survey": survey_id, "question": file.question_id, "answer": file.response_id}
        uow.audit("download", "answer_file", file_id, after=note)
    return Response(content, media_type="application/octet-stream", headers=_headers(facts.name))


def _headers(name: str) -> dict[str, str]:
    return {
        "content-disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "content-security-policy": _SANDBOX,
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
    }


def _content(system: System, file: AnswerFile, facts: SentFile) -> bytes:
    """Open a file, and make sure that it is the one that was sent."""
    path = system.folders.answer_files / file.id
    try:
        content = b"".join(read_sealed(system.key, path))
    except FileNotFoundError as fault:
        raise NotFoundError(FILE, file.id) from fault
    if hashlib.sha256(content).hexdigest() != facts.sha256:
        raise SealedFileError(path)
    return content


def _seen(system: System, person: Person, survey_id: str, files: list[AnswerFile]) -> set[str]:
    """Give the answers among those of files that a person's row rule covers."""
    answers = {one.response_id for one in files if one.response_id is not None}
    with system.database.reading() as session:
        survey = session.get_one(Survey, survey_id)
        dataset = session.get(Dataset, survey.dataset_id) if survey.dataset_id else None
        if not answers or dataset is None or dataset.current_version is None:
            return set()
        part = Part(dataset, open_view(session, system, person, dataset.id))
    if not part.view.snapshot.files:
        return set()
    with system.engines.lent() as engine:
        table = engine.read_parquet(part.view.snapshot.files)
        rows = part.narrowed(table) if RESPONSE_ID in table.columns else None
        if rows is None:
            return set()
        own = rows.filter(rows[RESPONSE_ID].isin(sorted(answers))).select(RESPONSE_ID)
        return {str(one) for one in engine.run(own).column(0).to_pylist()}


def _file_json(system: System, file: AnswerFile, zone: str | None) -> dict[str, Any]:
    facts = file_facts(system.key, file)
    sent_at = file.created_at if zone is None else day_began(file.created_at, zone)
    return {
        "id": file.id,
        "answer": file.response_id,
        "question": file.question_id,
        "name": facts.name,
        "kind": facts.kind,
        "size": facts.size,
        "sha256": facts.sha256,
        "sent_at": sent_at.isoformat(),
        "finished": file.kept_at is not None,
    }
