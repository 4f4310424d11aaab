"""Widgets as the send page sets them up: sites, look, share, trigger, and the secret."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from huiyin.collect.sending.contracts import LONGEST_NAME
from huiyin.collect.sending.widgets import (
    Widget,
    do_change_widget,
    do_open_widget,
    do_replace_secret,
    secret_of,
)
from huiyin.people.contracts import Person, Right
from huiyin.web.access import allow, changing
from huiyin.web.bodies import SAYING_SOMETHING, Body, Revision
from huiyin.web.routers.surveys import link_json
from huiyin.web.system import system_of

router = APIRouter(prefix="/api/v1/surveys", tags=["sending"])
Sender = Annotated[Person, Depends(allow(Right.SEND_SURVEYS))]
Name = Annotated[str, SAYING_SOMETHING, Field(max_length=LONGEST_NAME)]


class NewWidget(Body):
    """A widget to make."""

    name: Name
    widget: Widget


class WidgetChange(Revision):
    """A widget as it shall be."""

    widget: Widget


@router.post("/{survey_id}/widgets", status_code=201)
def post_widget(
    survey_id: str, body: NewWidget, request: Request, person: Sender
) -> dict[str, Any]:
    """Make a widget; its secret is told this once."""
    with changing(request, person) as uow:
        link = do_open_widget(uow, survey_id, body.name, body.widget)
        secret = secret_of(system_of(request).key, link.id, link.options)
        return link_json(link) | {"secret": secret}


@router.put("/{survey_id}/widgets/{link_id}")
def put_widget(
    survey_id: str, link_id: str, body: WidgetChange, request: Request, person: Sender
) -> dict[str, Any]:
    """Change where and when a widget is shown; the snippet stays as it is."""
    with changing(request, person) as uow:
        link = do_change_widget(uow, survey_id, link_id, body.revision, body.widget)
        uow.session.flush()
        return link_json(link)


@router.post("/{survey_id}/widgets/{link_id}/secret")
def post_secret(
    survey_id: str, link_id: str, body: Revision, request: Request, person: Sender
) -> dict[str, Any]:
    """Make another secret, told this once; what the last one signed holds no longer."""
    with changing(request, person) as uow:
        link = do_replace_secret(uow, survey_id, link_id, body.revision)
        uow.session.flush()
        secret = secret_of(system_of(request).key, link.id, link.options)
        return link_json(link) | {"secret": secret}
