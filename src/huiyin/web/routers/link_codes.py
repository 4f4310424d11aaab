"""A link of a questionnaire as a QR code or a poster."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from huiyin.collect.surveys.definition import say
from huiyin.collect.surveys.reading import definition_of, fetch_link, fetch_survey
from huiyin.core.text import LANGUAGES, ZH
from huiyin.people.contracts import Person, Right
from huiyin.people.settings import fetch_setting
from huiyin.web.access import TheSystem, allow
from huiyin.web.addresses import link_to
from huiyin.web.posters import draw_code, draw_poster

router = APIRouter(prefix="/api/v1/surveys", tags=["surveys"])
Sender = Annotated[Person, Depends(allow(Right.SEND_SURVEYS))]
_TYPES = {"svg": "image/svg+xml", "png": "image/png", "pdf": "application/pdf"}


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
        title = say(definition_of(survey.draft).title, lang) or survey.name
    address = link_to(request, base, f"/s/{link.code}")
    language = lang if lang in LANGUAGES else ZH
    drawn = (
        draw_poster(address, title, link.name, language)
        if kind == "pdf"
        else draw_code(address, kind)
    )
    return Response(drawn, media_type=_TYPES[kind], headers={"x-address": address})
