"""Signing in by way of other systems, and the form in which administrators set them up."""

from __future__ import annotations

from html import escape
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import Field

from huiyin.core.errors import HuiyinError
from huiyin.core.text import EN, ZH
from huiyin.people.contracts import Person, Right
from huiyin.people.provider import outgoing_for
from huiyin.people.provider_settings import (
    ProviderState,
    do_change_provider,
    fetch_enabled,
    fetch_provider_states,
    trial_config,
)
from huiyin.web.access import TheSystem, allow, changing, public
from huiyin.web.bodies import Body
from huiyin.web.errors import status_of
from huiyin.web.lists import listed
from huiyin.web.routers.session import set_cookie
from huiyin.web.signing_in import finish_at_provider, is_form, start_at_provider

router = APIRouter(prefix="/api/v1", tags=["sign-in"])
Keeper = Annotated[Person, Depends(allow(Right.MANAGE_SETTINGS))]
STATE_COOKIE = "huiyin_sign_in"
STATE_PATH = "/api/v1/sign-in"
STATE_SECONDS = 600
_PAGE = (
    "<!doctype html><html lang=zh-CN><meta charset=utf-8><title>回音</title>"
    "<p>{zh}</p><p lang=en>{en}</p><p><a href=/sign-in>回到登录页 / Back</a></p></html>"
)


class ProviderBody(Body):
    """What is known about a provider; a secret that is left out stays as it was."""

    enabled: bool
    fields: dict[str, str] = Field(default_factory=dict)
    revision: int


class TrialBody(Body):
    """What stands in a provider's form; a secret that is left out is the one that is kept."""

    fields: dict[str, str] = Field(default_factory=dict)


@router.get("/sign-in/providers", dependencies=[Depends(public())])
def get_providers(system: TheSystem) -> dict[str, Any]:
    """Give the ways of signing in that the sign-in page offers beside the password."""
    with system.database.reading() as session:
        enabled = fetch_enabled(session)
    items = [
        {"id": p.id, "title": dict(p.title), "kind": "form" if is_form(p) else "redirect"}
        for p in enabled
    ]
    return listed(items)


@router.get(
    "/sign-in/{provider}/start", dependencies=[Depends(public())], response_class=RedirectResponse
)
def start(
    provider: str, request: Request, to: Annotated[str, Query(alias="next", max_length=500)] = "/"
) -> Response:
    """Send the browser to the provider."""
    try:
        address, state = start_at_provider(request, provider, to)
    except HuiyinError as fault:
        return _sorry(fault)
    response = RedirectResponse(address, status_code=302)
    response.set_cookie(
        STATE_COOKIE,
        state,
        max_age=STATE_SECONDS,
        path=STATE_PATH,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
    return response


@router.get(
    "/sign-in/{provider}/callback",
    dependencies=[Depends(public())],
    response_class=RedirectResponse,
)
def callback(provider: str, request: Request) -> Response:
    """Take the browser back, and sign the person in."""
    answer = dict(request.query_params)
    try:
        secret, to = finish_at_provider(
            request, provider, answer, request.cookies.get(STATE_COOKIE)
        )
    except HuiyinError as fault:
        return _sorry(fault)
    response = RedirectResponse(to, status_code=302)
    set_cookie(request, response, secret)
    response.delete_cookie(STATE_COOKIE, path=STATE_PATH)
    return response


@router.get("/settings/sign-in")
def get_provider_settings(system: TheSystem, _: Keeper) -> dict[str, Any]:
    """Give every provider with its form; secrets are only named."""
    with system.database.reading() as session:
        return listed([provider_item(state) for state in fetch_provider_states(session)])


@router.put("/settings/sign-in/{provider}")
def put_provider_settings(
    provider: str, body: ProviderBody, request: Request, system: TheSystem, person: Keeper
) -> dict[str, Any]:
    """Switch a provider on or off, and change what is known about it."""
    with changing(request, person) as uow:
        state = do_change_provider(
            uow,
            system.key,
            provider,
            enabled=body.enabled,
            given=body.fields,
            revision=body.revision,
        )
        return provider_item(state)


@router.post("/settings/sign-in/{provider}/try")
def post_provider_trial(
    provider: str, body: TrialBody, system: TheSystem, _: Keeper
) -> dict[str, Any]:
    """Try a provider by what stands in its form; nothing is kept, nobody signs in."""
    with system.database.reading() as session:
        found, config = trial_config(session, system.key, provider, body.fields)
    return {"sentence": dict(found.probe(config, outgoing_for(config)))}


def provider_item(state: ProviderState) -> dict[str, Any]:
    """Give a provider as the settings page shows it."""
    return {
        "id": state.provider.id,
        "title": dict(state.provider.title),
        "kind": "form" if is_form(state.provider) else "redirect",
        "enabled": state.enabled,
        "callback": f"{STATE_PATH}/{state.provider.id}/callback",
        "fields": [
            {
                "key": field.key,
                "text": dict(field.text),
                "secret": field.secret,
                "required": field.required,
                "switch": field.switch,
                "default": field.default,
                "value": None if field.secret else state.given.get(field.key, ""),
                "kept": field.key in state.kept,
            }
            for field in state.provider.fields
        ],
        "revision": state.revision,
    }


def _sorry(fault: HuiyinError) -> HTMLResponse:
    page = _PAGE.format(zh=escape(fault.say(ZH)), en=escape(fault.say(EN)))
    return HTMLResponse(page, status_code=status_of(fault))
