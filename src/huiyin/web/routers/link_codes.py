"""Links of a questionnaire as QR codes or posters: one, or a list of shops, counters, staff."""

from __future__ import annotations

import base64
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response
from pydantic import Field
from sqlalchemy.orm import Session

from huiyin.collect.surveys.code_lists import (
    LONGEST_LIST,
    do_open_codes,
    known_facts,
    read_places,
)
from huiyin.collect.surveys.definition import say
from huiyin.collect.surveys.minutes import whole_minutes
from huiyin.collect.surveys.reading import definition_of, fetch_link, fetch_survey
from huiyin.core.text import LANGUAGES, ZH
from huiyin.people.contracts import Person, Right
from huiyin.people.settings import fetch_setting
from huiyin.store.tables import LogoPicture, Survey
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.addresses import link_to
from huiyin.web.bodies import Body
from huiyin.web.lists import listed
from huiyin.web.posters import Hung, Sheet, draw_code, draw_posters, pack_codes

router = APIRouter(prefix="/api/v1/surveys", tags=["surveys"])
Sender = Annotated[Person, Depends(allow(Right.SEND_SURVEYS))]
_TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf",
          "zip": "application/zip"}  # fmt: skip


class CodeList(Body):
    """A list of places as a table: the first line names the columns."""

    words: Annotated[str, Field(max_length=LONGEST_LIST)]


@router.get("/{survey_id}/links/{link_id}/code.{kind}", response_class=Response)
def get_code(
    survey_id: str,
    link_id: str,
    kind: Literal["svg", "png", "pdf"],
    request: Request,
    system: TheSystem,
    _: Sender,
    lang: Annotated[str, Query()] = ZH,
) -> Response:
    """Draw the QR code of a link; `pdf` is a poster of A4 with it."""
    with system.database.reading() as session:
        survey = fetch_survey(session, survey_id)
        link = fetch_link(session, survey_id, link_id)
        base = str(fetch_setting(session, "public_address"))
        sheet = _sheet(session, survey, lang)
    address = link_to(request, base, f"/s/{link.code}")
    drawn = (
        draw_posters([Hung(link.name, address)], sheet)
        if kind == "pdf"
        else draw_code(address, kind)
    )
    return Response(drawn, media_type=_TYPES[kind], headers={"x-address": address})


@router.post("/{survey_id}/codes/preview")
def post_preview(survey_id: str, body: CodeList, system: TheSystem, _: Sender) -> dict[str, Any]:
    """Say what a list would give, one code for each line; nothing is written."""
    with system.database.reading() as session:
        places = read_places(body.words, known_facts(session, survey_id))
    return listed([{"name": one.name, "fields": dict(one.fields)} for one in places])


@router.post("/{survey_id}/codes", response_class=Response)
def post_codes(
    survey_id: str,
    body: CodeList,
    request: Request,
    person: Sender,
    kind: Annotated[Literal["zip", "pdf"], Query(alias="format")] = "zip",
    lang: Annotated[str, Query()] = ZH,
) -> Response:
    """Open a way in for each line of a list and draw them: pictures in a ZIP, or posters.

    A line whose code is there already keeps it, so a list may be drawn again.
    """
    with changing(request, person) as uow:
        places = read_places(body.words, known_facts(uow.session, survey_id))
        links = do_open_codes(uow, survey_id, places)
        base = str(fetch_setting(uow.session, "public_address"))
        sheet = _sheet(uow.session, fetch_survey(uow.session, survey_id), lang)
        hung = [Hung(one.name, link_to(request, base, f"/s/{one.code}")) for one in links]
    drawn = pack_codes(hung) if kind == "zip" else draw_posters(hung, sheet)
    named = {"content-disposition": f'attachment; filename="codes.{kind}"'}
    return Response(drawn, media_type=_TYPES[kind], headers=named)


def _sheet(session: Session, survey: Survey, lang: str) -> Sheet:
    definition, language = definition_of(survey.draft), lang if lang in LANGUAGES else ZH
    kept = session.get(LogoPicture, definition.theme.logo) if definition.theme.logo else None
    return Sheet(
        title=say(definition.title, language) or survey.name,
        language=language,
        minutes=whole_minutes(definition, language),
        color=definition.theme.color,
        logo=(kept.kind, base64.b64decode(kept.content)) if kept else None,
    )
