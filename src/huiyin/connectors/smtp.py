"""Mails go out over SMTP: to an address that was looked at, with the certificate of the name."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from enum import StrEnum
from typing import TYPE_CHECKING

from huiyin.connectors.addresses import Resolve, checked_addresses, resolve_host
from huiyin.connectors.contracts import OutgoingError, UnreachableError
from huiyin.core.text import Text

if TYPE_CHECKING:
    import aiosmtplib

_NO_ANSWER = Text("没有回应", "no answer")
_PERMANENT = 500
_REFUSED = Text(
    "邮件服务器“{host}”拒绝登录：{why}", "The mail server “{host}” refused to sign in: {why}"
)


class Security(StrEnum):
    """How the connection is kept private."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed over.

    Attributes
    ----------
    host, port : str, int
    security : Security
    user, password : str
        Empty: without signing in.
    allow_private : bool
        Addresses of private networks are allowed.
    """

    host: str
    port: int
    security: Security
    user: str = ""
    password: str = ""
    allow_private: bool = False
    timeout_seconds: float = 30.0


@dataclass(frozen=True, slots=True)
class MailOutcome:
    """What became of one message: taken, or why not, whether for good, whether nobody is there."""

    taken: bool
    why: str = ""
    for_good: bool = False
    dead_address: bool = False


class MailRefusedError(OutgoingError):
    """The server does not let us in."""

    def __init__(self, host: str, why: str) -> None:
        super().__init__(_REFUSED.format(host=host, why=why))


def send_mails(
    server: MailServer,
    mails: Iterable[EmailMessage],
    *,
    resolve: Resolve = resolve_host,
    context: ssl.SSLContext | None = None,
) -> Iterator[MailOutcome]:
    """Hand mails over, one after another, in one connection.

    Parameters
    ----------
    server : MailServer
    mails : iterable of EmailMessage
    resolve : callable, optional
        Host and port → numeric addresses; a test gives its own.
    context : ssl.SSLContext, optional
        For an authority of one's own.

    Yields
    ------
    MailOutcome
        In the order of `mails`, each as soon as the server has said so.

    Raises
    ------
    PrivateAddressError, UnreachableError, MailRefusedError
        Nobody answers, or not to us; what was not told of was not handed over.
    """
    with asyncio.Runner() as runner:
        client = runner.run(_connect(server, resolve, context))
        try:
            for mail in mails:
                yield runner.run(_hand_over(client, mail))
        finally:
            client.close()


async def _connect(
    server: MailServer, resolve: Resolve, context: ssl.SSLContext | None
) -> aiosmtplib.SMTP:
    import aiosmtplib

    address = checked_addresses(
        server.host, server.port, allow_private=server.allow_private, resolve=resolve
    )[0]
    try:
        sock = socket.create_connection((address, server.port), server.timeout_seconds)
    except OSError as fault:
        raise UnreachableError(server.host, _NO_ANSWER) from fault
    sock.setblocking(False)  # noqa: FBT003 -- its only argument
    client = aiosmtplib.SMTP(
        hostname=server.host,
        sock=sock,
        timeout=server.timeout_seconds,
        use_tls=server.security is Security.TLS,
        start_tls=server.security is Security.STARTTLS,
        tls_context=context,
    )
    try:
        await client.connect()
        if server.user:
            await client.login(server.user, server.password)
    except aiosmtplib.SMTPAuthenticationError as fault:
        client.close()
        raise MailRefusedError(server.host, fault.message) from fault
    except (aiosmtplib.SMTPException, OSError) as fault:
        client.close()
        raise UnreachableError(server.host, _NO_ANSWER) from fault
    return client


async def _hand_over(client: aiosmtplib.SMTP, mail: EmailMessage) -> MailOutcome:
    import aiosmtplib

    try:
        await client.send_message(mail)
    except aiosmtplib.SMTPRecipientsRefused as fault:
        first = fault.recipients[0]
        gone = first.code >= _PERMANENT
        return MailOutcome(taken=False, why=_said(first), for_good=gone, dead_address=gone)
    except aiosmtplib.SMTPResponseException as fault:
        return MailOutcome(taken=False, why=_said(fault), for_good=fault.code >= _PERMANENT)
    except (aiosmtplib.SMTPException, OSError) as fault:
        return MailOutcome(taken=False, why=type(fault).__name__)
    return MailOutcome(taken=True)


def _said(fault: aiosmtplib.SMTPResponseException) -> str:
    return f"{fault.code} {fault.message}"[:300]
