"""Clients from one Excel or CSV: look at what changes, then do exactly that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Depends, File, Form, Request, UploadFile

from huiyin.collect.customers.client_changes import (
    ClientChanges,
    do_apply_clients,
    fetch_client_changes,
)
from huiyin.collect.customers.client_file import ClientLine, read_clients
from huiyin.people.contracts import Person, Right
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.client_views import opened_clients
from huiyin.web.system import System

router = APIRouter(prefix="/api/v1/clients", tags=["clients"])
Editor = Annotated[Person, Depends(allow(Right.EDIT_CODEBOOK))]
Table = Annotated[UploadFile, File()]


@router.post("/preview")
def preview_file(system: TheSystem, person: Editor, file: Table) -> dict[str, Any]:
    """Say what a list would change."""
    with _lines(system, file) as lines, system.database.reading() as session:
        sight = opened_clients(session, system, person).sight()
        return changes_item(fetch_client_changes(session, system.key, lines, sight))


@router.post("/apply")
def apply_file(
    request: Request,
    system: TheSystem,
    person: Editor,
    file: Table,
    fingerprint: Annotated[str, Form(max_length=200)],
) -> dict[str, Any]:
    """Do what was shown."""
    with _lines(system, file) as lines:
        with system.database.reading() as session:
            sight = opened_clients(session, system, person).sight()
        with changing(request, person) as uow:
            return changes_item(do_apply_clients(uow, system.key, lines, sight, fingerprint))


def changes_item(changes: ClientChanges) -> dict[str, Any]:
    """Give changes as the preview shows them."""
    counts = {
        kind: sum(one.kind == kind for one in changes.clients) for kind in ("added", "changed")
    }
    return {
        "counts": {**counts, "unchanged": changes.n_unchanged},
        "clients": [
            {
                "kind": one.kind,
                "key": one.key,
                "name": one.name,
                "before": dict(one.before),
                "after": dict(one.after),
                "contacts": len(one.contacts),
            }
            for one in changes.clients
        ],
        "unknown": [{"where": where, "contact": words} for where, words in changes.unknown],
        "fingerprint": changes.fingerprint,
    }


@contextmanager
def _lines(system: System, file: UploadFile) -> Iterator[list[ClientLine]]:
    """Read a list in a work folder that is removed afterwards."""
    with TemporaryDirectory(prefix="clients-", dir=system.folders.work) as folder:
        path = Path(folder) / f"list{Path(file.filename or '').suffix.lower()[:8]}"
        path.write_bytes(file.file.read())
        yield read_clients(path, Path(folder) / "staged")
