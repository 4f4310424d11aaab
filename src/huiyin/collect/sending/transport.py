"""What administrators enter about the mail server and the SMS gateway; secrets are sealed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy.orm import Session

from huiyin.collect.sending.contracts import Part, SendingError
from huiyin.connectors.imap import Mailbox
from huiyin.connectors.smtp import MailServer, Security
from huiyin.core.text import Text
from huiyin.people.sealing import seal, unseal
from huiyin.people.settings import fetch_setting, write_setting
from huiyin.store.tables import Setting
from huiyin.store.unit_of_work import UnitOfWork

MAIL_SETTING = "mail_server"
SMS_SETTING = "sms_gateway"
BOUNCE_SETTING = "bounce_mailbox"
SECRET = "secret"  # noqa: S105 -- the name of a field
_NO_MAIL = Text(
    "还没有设置邮件服务器，请管理员先设置。",
    "There is no mail server yet: an administrator sets it.",
)
_NO_SMS = Text(
    "还没有设置短信网关，请管理员先设置。", "There is no SMS gateway yet: an administrator sets it."
)
_NO_MAILBOX = Text("还没有设置收退信的邮箱。", "There is no mailbox for mails that come back yet.")
_PART = r"[^@\s<>(),;:\[\]\"\\\x00-\x1f\x7f]+"
"""Either side of an address of ours: nothing that a head would read as another one."""
Short = Annotated[str, Field(max_length=200)]


class MailSettings(Part):
    """The mail server, and whose mails they are."""

    host: Annotated[str, Field(min_length=1, max_length=200)]
    port: int = Field(default=465, ge=1, le=65_535)
    security: Security = Security.TLS
    user: Short = ""
    from_address: Annotated[str, Field(max_length=200, pattern=rf"^{_PART}@{_PART}$")]
    from_name: Annotated[str, Field(max_length=100, pattern=r"^[^\r\n]*$")] = ""
    reply_to: Annotated[str, Field(max_length=200, pattern=rf"^({_PART}@{_PART})?$")] = ""


class SmsSettings(Part):
    """How the gateway is called, and how it says that it took a message.

    ``{{phone}}``, ``{{text}}``, ``{{id}}`` and ``{{secret}}`` are filled into address, headers and
    body; in a JSON body as JSON, in a form or an address as part of one.
    """

    url: Annotated[str, Field(max_length=1_000, pattern=r"^https?://\S+$")]
    method: Literal["GET", "POST", "PUT"] = "POST"
    headers: dict[
        Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,60}$")],
        Annotated[str, Field(max_length=500, pattern=r"^[^\r\n]*$")],
    ] = Field(default_factory=dict, max_length=20)
    body: Annotated[str, Field(max_length=4_000)] = ""
    success: Annotated[str, Field(max_length=200)] = ""
    """Words that the reply holds when a message was taken; empty: any reply of 2xx."""


class BounceSettings(Part):
    """The mailbox that mails which come back go to."""

    host: Annotated[str, Field(min_length=1, max_length=200)]
    port: int = Field(default=993, ge=1, le=65_535)
    security: Security = Security.TLS
    user: Annotated[str, Field(min_length=1, max_length=200)]
    folder: Annotated[str, Field(max_length=200, pattern=r'^[^"\\\x00-\x1f]+$')] = "INBOX"
    on: bool = True


@dataclass(frozen=True, slots=True)
class KeptTransport:
    """Settings as they are kept, without the secret (None: none yet); whether there is one."""

    settings: Mapping[str, Any] | None
    has_secret: bool
    revision: int


def fetch_transport(session: Session, name: str) -> KeptTransport:
    """Give settings as they are kept, never the secret."""
    row = session.get(Setting, name)
    if row is None:
        return KeptTransport(None, has_secret=False, revision=0)
    given = {one: value for one, value in row.value.items() if one != SECRET}
    return KeptTransport(given, SECRET in row.value, row.revision)


def do_set_transport(
    work: UnitOfWork,
    key: bytes,
    name: str,
    settings: MailSettings | SmsSettings | BounceSettings,
    secret: str | None,
    revision: int,
) -> None:
    """Keep settings; a secret that is not given stays as it was, an empty one goes.

    Raises
    ------
    EditConflictError
        Somebody changed them meanwhile.
    """
    row = work.session.get(Setting, name)
    kept = row.value.get(SECRET) if row is not None else None
    value = settings.model_dump(mode="json")
    if secret is not None:
        kept = seal(key, secret, name) if secret else None
    if kept is not None:
        value[SECRET] = kept
    write_setting(work, name, value, revision, shown=False)


def fetch_mail_server(session: Session, key: bytes) -> tuple[MailServer, MailSettings]:
    """Give the mail server, ready to be used.

    Raises
    ------
    SendingError
        None is set.
    UnsealError
        The installation's key is another one.
    """
    settings, secret = _opened(session, key, MAIL_SETTING, _NO_MAIL)
    known = MailSettings.model_validate(settings)
    private = bool(fetch_setting(session, "allow_private_addresses"))
    server = MailServer(
        known.host, known.port, known.security, known.user, secret, allow_private=private
    )
    return server, known


def fetch_sms_gateway(session: Session, key: bytes) -> tuple[SmsSettings, str, bool]:
    """Give the gateway, its secret, and whether private addresses are allowed.

    Raises
    ------
    SendingError
        None is set.
    UnsealError
        The installation's key is another one.
    """
    settings, secret = _opened(session, key, SMS_SETTING, _NO_SMS)
    private = bool(fetch_setting(session, "allow_private_addresses"))
    return SmsSettings.model_validate(settings), secret, private


def fetch_mailbox(session: Session, key: bytes) -> tuple[Mailbox, BounceSettings]:
    """Give the mailbox of mails that come back, ready to be used.

    Raises
    ------
    SendingError
        None is set.
    UnsealError
        The installation's key is another one.
    """
    settings, secret = _opened(session, key, BOUNCE_SETTING, _NO_MAILBOX)
    known = BounceSettings.model_validate(settings)
    private = bool(fetch_setting(session, "allow_private_addresses"))
    return Mailbox(
        known.host, known.port, known.security, known.user, secret, known.folder,
        allow_private=private,
    ), known  # fmt: skip


def _opened(session: Session, key: bytes, name: str, missing: Text) -> tuple[dict[str, Any], str]:
    row = session.get(Setting, name)
    if row is None:
        raise SendingError(missing)
    value = dict(row.value)
    sealed = value.pop(SECRET, None)
    return value, unseal(key, sealed, name) if sealed else ""
