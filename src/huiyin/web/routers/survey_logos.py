"""Logos of answer pages: sent by whoever designs, given to everybody by their digest."""

from __future__ import annotations

import base64
from typing import Annotated, Any

from fastapi import APIRouter, Depends, HTTPException, Request, UploadFile
from fastapi.responses import Response

from huiyin.collect.surveys.logos import LARGEST_BYTES, do_keep_logo, is_logo_id, make_logo
from huiyin.people.contracts import Person, Right
from huiyin.store.tables import LogoPicture
from huiyin.web.access import TheSystem, allow, changing, public

router = APIRouter(tags=["surveys"])
Editor = Annotated[Person, Depends(allow(Right.EDIT_SURVEYS))]
_FOREVER = {"cache-control": "public, max-age=31536000, immutable"}
_SANDBOX = {"content-security-policy": "default-src 'none'; sandbox"}


@router.post("/api/v1/surveys/logos", status_code=201)
def post_logo(file: UploadFile, request: Request, person: Editor) -> dict[str, Any]:
    """Take in a logo: PNG or JPEG; it is drawn anew, small enough for a first page."""
    logo = make_logo(file.file.read(LARGEST_BYTES + 1))
    with changing(request, person) as uow:
        do_keep_logo(uow, logo)
    sides = {"width": logo.width, "height": logo.height}
    return {"id": logo.id, "bytes": len(logo.content), **sides}


@router.get("/s/-/logo/{logo_id}", include_in_schema=False, dependencies=[Depends(public())])
def get_logo(logo_id: str, system: TheSystem) -> Response:
    """Give a logo; what a digest names never changes."""
    if not is_logo_id(logo_id):
        raise HTTPException(404)
    with system.database.reading() as session:
        found = session.get(LogoPicture, logo_id)
    if found is None:
        raise HTTPException(404)
    content = base64.b64decode(found.content)
    return Response(content, media_type=found.kind, headers=_FOREVER | _SANDBOX)
