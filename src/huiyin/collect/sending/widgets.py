"""A questionnaire within another site's pages: where, to whom, when, and who vouches for a user."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from huiyin.collect.sending.contracts import Channel, ContactKind, Part
from huiyin.collect.sending.meeting import do_stand_behind
from huiyin.collect.surveys.changes import LinkKind, do_open_link
from huiyin.collect.surveys.contracts import LINK
from huiyin.collect.surveys.reading import fetch_link
from huiyin.core.errors import SaidError
from huiyin.core.text import Text
from huiyin.store.contracts import NotFoundError
from huiyin.store.keys import derived_key
from huiyin.store.tables import SurveyLink
from huiyin.store.unit_of_work import UnitOfWork

SITES = "sites"
SETTINGS = "widget"
SECRET = "secret"  # noqa: S105 -- the name of an option
"""Option that the secret is derived from; it leaves the server in no answer."""
LONGEST_USER = 200
_PURPOSE = "widget secret"
_SECRET_BYTES = 20
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")


def _origin(site: str) -> str:
    plain = site.strip().lower().rstrip("/")
    if not _ORIGIN.fullmatch(plain):
        raise SaidError(
            Text(
                "“{value}”不是 https://shop.example.com 这样的网址",
                "“{value}” is no address like https://shop.example.com",
            ).format(value=site[:80])
        )
    return plain


Origin = Annotated[str, AfterValidator(_origin)]


class Widget(Part):
    """How a questionnaire stands in the pages of other sites.

    Attributes
    ----------
    sites : tuple of str
        Origins whose pages may show it; no other can.
    look : str
        ``popup`` or ``inline``.
    share : float
        Percent of users who see it: the same ones at every visit.
    trigger : str or None
        Event that opens it (``huiyin.track``); None: the page being opened.
    delay_seconds : int
    rest_days : int
        How long it stays away from a browser that closed or answered it.
    kind : ContactKind
        What the frequency rule counts it as, for users who are known.
    known_only : bool
        Nothing is shown to whom the site does not vouch for.
    """

    sites: tuple[Origin, ...] = Field(min_length=1, max_length=50)
    look: Literal["popup", "inline"] = "popup"
    share: float = Field(default=100, gt=0, le=100)
    trigger: Annotated[str, Field(pattern=r"^[\w.:-]{1,60}$")] | None = None
    delay_seconds: int = Field(default=0, ge=0, le=3_600)
    rest_days: int = Field(default=30, ge=0, le=365)
    kind: ContactKind = ContactKind.OTHER
    known_only: bool = False


def widget_of(options: Mapping[str, Any]) -> Widget | None:
    """Read the settings of a link; None where it is no widget, or was never set up."""
    if SETTINGS not in options:
        return None
    return Widget.model_validate({**options[SETTINGS], SITES: options[SITES]})


def do_open_widget(work: UnitOfWork, survey_id: str, name: str, widget: Widget) -> SurveyLink:
    """Open a way in for other sites' pages.

    Raises
    ------
    NotFoundError
        There is no such questionnaire.
    """
    options = {**_options(widget), SECRET: secrets.token_hex(8)}
    link = do_open_link(work, survey_id, LinkKind.WIDGET, name, options=options)
    do_stand_behind(work, link, Channel.WIDGET, widget.kind)
    return link


def do_change_widget(
    work: UnitOfWork, survey_id: str, link_id: str, revision: int, widget: Widget
) -> SurveyLink:
    """Change where and when it is shown; pages that use it follow within minutes.

    Raises
    ------
    NotFoundError, EditConflictError
    """
    link = _find(work, survey_id, link_id, revision)
    link.options = {**link.options, **_options(widget)}
    do_stand_behind(work, link, Channel.WIDGET, widget.kind)
    work.audit("change", "survey_link", link.id, after={"sites": list(widget.sites)})
    return link


def do_replace_secret(work: UnitOfWork, survey_id: str, link_id: str, revision: int) -> SurveyLink:
    """Make another secret: what was signed with the last one holds no longer."""
    link = _find(work, survey_id, link_id, revision)
    link.options = {**link.options, SECRET: secrets.token_hex(8)}
    work.audit("change", "survey_link", link.id, after={"secret": "replaced"})
    return link


def _find(work: UnitOfWork, survey_id: str, link_id: str, revision: int) -> SurveyLink:
    link = fetch_link(work.session, survey_id, link_id)
    if link.kind != LinkKind.WIDGET:
        raise NotFoundError(LINK, link_id)
    work.guard(link, revision)
    return link


def _options(widget: Widget) -> dict[str, Any]:
    kept = widget.model_dump(mode="json")
    return {SITES: kept.pop(SITES), SETTINGS: kept}


def secret_of(key: bytes, link_id: str, options: Mapping[str, Any]) -> str:
    """Give the secret of a link, which is derived and never stored; "" where it has none.

    Examples
    --------
    >>> len(secret_of(b"k" * 32, "1", {"secret": "a"}))
    32
    """
    if not options.get(SECRET):
        return ""
    words = f"{link_id} {options[SECRET]}".encode()
    mac = hmac.digest(derived_key(key, _PURPOSE), words, hashlib.sha256)
    return base64.b32encode(mac[:_SECRET_BYTES]).decode().lower()


def sign_user(secret: str, user: str, expires: int) -> str:
    """Sign as the site's server does: HMAC-SHA256 over ``user.expires``, as hexadecimal digits.

    Parameters
    ----------
    secret, user : str
    expires : int
        Seconds since 1970.
    """
    return hmac.digest(secret.encode(), f"{user}.{expires}".encode(), "sha256").hex()


def is_vouched(secret: str, user: str, expires: str, signature: str, now: float) -> bool:
    """Tell whether a site's server vouches for a user; False where it is over, wrong or missing."""
    if not (secret and 0 < len(user) <= LONGEST_USER and re.fullmatch(r"[0-9]{1,12}", expires)):
        return False
    own = sign_user(secret, user, int(expires))
    fits = hmac.compare_digest(own.encode(), signature.lower().encode())
    return fits and int(expires) > now
