"""Mails are fetched over IMAP: from an address that was looked at, by the certificate of the name.

References
----------
RFC 3501 (IMAP4rev1; 5.1.3 for names of folders); RFC 6522 (multipart/report).
"""

from __future__ import annotations

import base64
import imaplib
import re
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from huiyin.connectors.addresses import Resolve, checked_addresses, resolve_host
from huiyin.connectors.contracts import OutgoingError, UnreachableError
from huiyin.connectors.outgoing import system_context
from huiyin.connectors.smtp import MailRefusedError, Security
from huiyin.core.text import Text

LARGEST_BYTES = 5_000_000
"""A report holds at most the mail that it tells of; a larger one is left where it is."""
_NO_ANSWER = Text("没有回应", "no answer")
_IS_REPORT = re.compile(rb"report-type\s*=\s*\"?delivery-status", re.IGNORECASE)
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_NO_FOLDER = Text(
    "邮箱里没有文件夹“{folder}”。请核对名称，收件箱写 INBOX。",
    "The mailbox has no folder “{folder}”: check its name; the inbox is INBOX.",
)


class NoFolderError(OutgoingError):
    """The mailbox has no such folder."""

    def __init__(self, folder: str) -> None:
        super().__init__(_NO_FOLDER.format(folder=folder))


@dataclass(frozen=True, slots=True)
class Mailbox:
    """Where reports of mails that came back arrive.

    Attributes
    ----------
    host, port : str, int
    security : Security
    user, password : str
    folder : str
    allow_private : bool
        Addresses of private networks are allowed.
    """

    host: str
    port: int
    security: Security
    user: str
    password: str
    folder: str = "INBOX"
    allow_private: bool = False
    timeout_seconds: float = 30.0


def take_reports(
    mailbox: Mailbox,
    take: Callable[[bytes], None],
    *,
    most: int,
    resolve: Resolve = resolve_host,
    context: ssl.SSLContext | None = None,
) -> int:
    """Give each unread delivery report to `take`, and mark it read once that has come back.

    All other mails stay as they are, unread ones unread.

    Parameters
    ----------
    mailbox : Mailbox
    take : callable
        Gets a whole mail; what it raises ends the work, and the mail stays unread.
    most : int
        At most so many, the oldest first.
    resolve : callable, optional
        Host and port → numeric addresses; a test gives its own.
    context : ssl.SSLContext, optional
        For an authority of one's own.

    Returns
    -------
    int
        Reports taken.

    Raises
    ------
    PrivateAddressError, UnreachableError, MailRefusedError, NoFolderError
        Nobody answers, or not to us, or there is no such folder.
    """
    with _opened(mailbox, resolve, context) as client:
        numbers = list(_reports(client, most))
        for number in numbers:
            _, found = client.uid("FETCH", number, "(BODY.PEEK[])")
            take(_content(found))
            client.uid("STORE", number, "+FLAGS.SILENT", r"(\Seen)")
        return len(numbers)


def count_reports(
    mailbox: Mailbox, *, resolve: Resolve = resolve_host, context: ssl.SSLContext | None = None
) -> int:
    """Count the unread delivery reports, and change nothing; raises as `take_reports`."""
    with _opened(mailbox, resolve, context) as client:
        return sum(1 for _ in _reports(client, 1_000))


@contextmanager
def _opened(
    mailbox: Mailbox, resolve: Resolve, context: ssl.SSLContext | None
) -> Iterator[imaplib.IMAP4]:
    client = _connected(mailbox, resolve, context or system_context())
    try:
        if mailbox.security is Security.STARTTLS:
            client.starttls(context or system_context())
        _sign_in(client, mailbox)
        answer, _ = client.select(f'"{folder_name(mailbox.folder)}"')
        if answer != "OK":
            raise NoFolderError(mailbox.folder)
        yield client
    except (imaplib.IMAP4.error, OSError) as fault:
        raise UnreachableError(mailbox.host, _NO_ANSWER) from fault
    finally:
        with suppress(imaplib.IMAP4.error, OSError):
            client.logout()


def _connected(mailbox: Mailbox, resolve: Resolve, context: ssl.SSLContext) -> imaplib.IMAP4:
    address = checked_addresses(
        mailbox.host, mailbox.port, allow_private=mailbox.allow_private, resolve=resolve
    )[0]

    class Client(imaplib.IMAP4):
        def _create_socket(self, timeout: float | None) -> socket.socket:
            plain = socket.create_connection((address, mailbox.port), timeout)
            if mailbox.security is not Security.TLS:
                return plain
            return context.wrap_socket(plain, server_hostname=mailbox.host)

    try:
        return Client(mailbox.host, mailbox.port, mailbox.timeout_seconds)
    except (imaplib.IMAP4.error, OSError) as fault:
        raise UnreachableError(mailbox.host, _NO_ANSWER) from fault


def _sign_in(client: imaplib.IMAP4, mailbox: Mailbox) -> None:
    try:
        client.login(mailbox.user, mailbox.password)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as fault:
        raise MailRefusedError(mailbox.host, _words(fault)) from fault


def _words(fault: imaplib.IMAP4.error) -> str:
    said = fault.args[0] if fault.args else ""
    return (said.decode(errors="replace") if isinstance(said, bytes) else str(said))[:200]


def _reports(client: imaplib.IMAP4, most: int) -> Iterator[str]:
    """Give the numbers of unread delivery reports, the oldest first."""
    _, found = client.uid("SEARCH", "UNSEEN")
    n = 0
    for number in (found[0] or b"").split():
        head = b"(RFC822.SIZE BODY.PEEK[HEADER.FIELDS (CONTENT-TYPE)])"
        _, answer = client.uid("FETCH", number.decode(), head.decode())
        if _is_report(answer):
            yield number.decode()
            n += 1
            if n == most:
                return


def _is_report(answer: list[Any]) -> bool:
    parts = [part for part in answer if isinstance(part, tuple)]
    told = b" ".join(part[0] for part in parts) + b" ".join(p for p in answer if type(p) is bytes)
    size = _SIZE.search(told)
    small = size is not None and int(size[1]) <= LARGEST_BYTES
    return small and any(_IS_REPORT.search(part[1]) for part in parts)


def _content(answer: list[Any]) -> bytes:
    return next((bytes(part[1]) for part in answer if isinstance(part, tuple)), b"")


def folder_name(words: str) -> str:
    """Write the name of a folder as IMAP does: what is not ASCII in modified UTF-7.

    Examples
    --------
    >>> folder_name("退信 & more")
    '&kABP4Q- &- more'
    """

    def packed(found: re.Match[str]) -> str:
        if found[0] == "&":
            return "&-"
        sealed = base64.b64encode(found[0].encode("utf-16-be")).rstrip(b"=")
        return f"&{sealed.decode().replace('/', ',')}-"

    return re.sub(r"&|[^\x20-\x7e]+", packed, words)
