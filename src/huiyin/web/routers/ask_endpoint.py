"""The language model that may help asking: set, tested, switched on; never its key."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from huiyin.ask.endpoint.asking import ask_model
from huiyin.ask.endpoint.checking import checked_reading
from huiyin.ask.endpoint.contracts import DroppedReadingError, EndpointError, EndpointSettings
from huiyin.ask.endpoint.keeping import (
    KeptEndpoint,
    do_set_endpoint,
    fetch_endpoint,
    fetch_kept_endpoint,
)
from huiyin.ask.endpoint.trying import SAMPLE_QUESTION, sample_vocabulary
from huiyin.core.text import Text
from huiyin.measure.definitions.words import day_of
from huiyin.people.contracts import Person, Right
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import Revision

router = APIRouter(prefix="/api/v1/ask/endpoint", tags=["ask"])
Keeper = Annotated[Person, Depends(allow(Right.MANAGE_SETTINGS))]
_NOT_SET = Text("还没有设置语言模型。", "No language model is set yet.")


class EndpointBody(Revision):
    """The settings; a key that is not given stays."""

    settings: EndpointSettings
    secret: Annotated[str | None, Field(max_length=1_000)] = None


@router.get("")
def get_endpoint(system: TheSystem, _: Keeper) -> dict[str, Any]:
    """Give the settings; never the key."""
    with system.database.reading() as session:
        return _item(fetch_kept_endpoint(session))


@router.put("")
def put_endpoint(body: EndpointBody, request: Request, person: Keeper) -> dict[str, Any]:
    """Set the model; nothing is sent before it is switched on."""
    key = request.app.state.system.key
    with changing(request, person) as uow:
        do_set_endpoint(uow, key, body.settings, body.secret, body.revision)
        return _item(fetch_kept_endpoint(uow.session))


@router.post("/test")
def post_test(system: TheSystem, _: Keeper) -> dict[str, Any]:
    """Ask the model an invented question about invented columns, on or off, and say if it fits."""
    with system.database.reading() as session:
        endpoint = fetch_endpoint(session, system.key, only_on=False)
    if endpoint is None:
        raise DroppedReadingError(_NOT_SET)
    today = day_of(system.clock())
    vocabulary = sample_vocabulary()
    try:
        document = ask_model(endpoint, vocabulary, today, [SAMPLE_QUESTION])
        found = checked_reading(document, vocabulary, today)
    except (EndpointError, DroppedReadingError) as fault:
        return {"works": False, "text": dict(fault.sentence)}
    return {"works": True, "text": dict(found.reading)}


def _item(kept: KeptEndpoint) -> dict[str, Any]:
    return {
        "settings": kept.settings,
        "has_secret": kept.has_secret,
        "revision": kept.revision,
    }
