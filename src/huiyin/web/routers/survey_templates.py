"""The gallery of questionnaires to start from."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from huiyin.collect.surveys.changes import do_create_survey, document_of
from huiyin.collect.surveys.templates.gallery import Template, list_templates, load_template
from huiyin.people.contracts import Person, Right
from huiyin.web.access import allow, changing
from huiyin.web.bodies import SAYING_SOMETHING, Body
from huiyin.web.lists import listed
from huiyin.web.routers.surveys import full_json

router = APIRouter(prefix="/api/v1/survey-templates", tags=["surveys"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
Editor = Annotated[Person, Depends(allow(Right.EDIT_SURVEYS))]


class FromTemplate(Body):
    """What to make of a template."""

    name: Annotated[str, SAYING_SOMETHING, Field(max_length=200)]
    competitor: bool = False


@router.get("")
def get_templates(_: Reader) -> dict[str, Any]:
    """List the templates."""
    return listed([_template_json(one) for one in list_templates()])


@router.get("/{template_id}")
def get_template(template_id: str, _: Reader, competitor: bool = False) -> dict[str, Any]:
    """Give the questionnaire of a template, with or without the block about a competitor."""
    return document_of(load_template(template_id, competitor=competitor))


@router.post("/{template_id}", status_code=201)
def post_template(
    template_id: str, body: FromTemplate, request: Request, person: Editor
) -> dict[str, Any]:
    """Make a draft of a template."""
    draft = load_template(template_id, competitor=body.competitor)
    with changing(request, person) as uow:
        return full_json(do_create_survey(uow, body.name, draft, template_id))


def _template_json(one: Template) -> dict[str, Any]:
    return {
        "id": one.id,
        "industry": one.industry,
        "name": dict(one.name),
        "purpose": dict(one.purpose),
        "competitor": one.competitor,
        "anonymous": one.anonymous,
        "minutes": one.minutes.whole,
    }
