"""Opening share links: the password is looked at once, a pass in the browser remembers it."""

from __future__ import annotations

from datetime import timedelta

from fastapi import Request

from huiyin.people.contracts import WrongLinkPasswordError
from huiyin.people.passwords import password_fits
from huiyin.people.sealing import UnsealError, seal, unseal
from huiyin.people.share_links import SharedView, do_note_opening, fetch_share_link, shared_view
from huiyin.people.sign_in import do_begin_attempt, do_forgive_attempt
from huiyin.web.access import changing
from huiyin.web.system import System

PASS_COOKIE = "huiyin_shared"  # noqa: S105 -- the name of a cookie
PASS_HOLDS = timedelta(hours=12)
_PURPOSE = "share link pass"


def open_link(system: System, request: Request, token: str, password: str | None) -> SharedView:
    """Open a link by its password, or without one where it asks for none.

    Raises
    ------
    LinkExpiredError
        It holds no longer.
    WrongLinkPasswordError, TooManyAttemptsError
        The password is wrong, or was so too often.
    """
    with system.database.reading() as session:
        row, maker = fetch_share_link(session, token, system.clock())
    attempt = None
    if row.password_hash is not None:
        with changing(request) as uow:
            attempt = do_begin_attempt(uow, f"share:{row.id}")
        if not password_fits(row.password_hash, password or ""):
            raise WrongLinkPasswordError
    with changing(request) as uow:
        if attempt is not None:
            do_forgive_attempt(uow, attempt)
        do_note_opening(uow, row.id)
    return shared_view(row, maker)


def opened_link(system: System, token: str, kept_pass: str | None) -> SharedView | None:
    """Give what a link shows to a browser that opened it before; None: it has to ask.

    Raises
    ------
    LinkExpiredError
        It holds no longer, whatever the browser kept.
    """
    with system.database.reading() as session:
        row, maker = fetch_share_link(session, token, system.clock())
    if row.password_hash is not None and not _holds(system, kept_pass, row.id):
        return None
    return shared_view(row, maker)


def make_pass(system: System, view: SharedView) -> str:
    """Make what the browser keeps: the link and an end, sealed."""
    until = system.clock() + PASS_HOLDS
    return seal(system.key, f"{view.link_id} {until.timestamp():.0f}", _PURPOSE)


def _holds(system: System, kept_pass: str | None, link_id: str) -> bool:
    if not kept_pass:
        return False
    try:
        known, until = unseal(system.key, kept_pass, _PURPOSE).split(" ")
    except UnsealError:
        return False
    return known == link_id and system.clock().timestamp() < float(until)
