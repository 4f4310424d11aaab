"""What mail servers and gateways tell later: a message arrived, or came back.

A mail server tells it in a report of RFC 3464 (a "delivery status notification"), which holds what
became of the mail and the head of the mail itself, with our Message-ID.
"""

from __future__ import annotations

import email
import email.policy
from dataclasses import dataclass
from email.message import EmailMessage, Message

from huiyin.collect.sending.contracts import SendingError
from huiyin.collect.sending.going_out import do_note_delivered
from huiyin.collect.sending.refusing import do_note_bounce
from huiyin.core.text import Text
from huiyin.store.unit_of_work import UnitOfWork

_NO_REPORT = Text(
    "这不是退信报告：要整封邮件，里面有 message/delivery-status 和原信的 Message-ID。",
    "This is no delivery report: give the whole mail, with its message/delivery-status and the "
    "Message-ID of the mail it tells of.",
)
_DELIVERED = frozenset({"delivered", "relayed", "expanded"})
_FAILED = "failed"
_UNKNOWN_ADDRESS = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1")
"""Nobody is there, now or ever (RFC 3463): the address is not used again."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a message: it arrived, or it did not and why.

    Attributes
    ----------
    message_id : str
        As it went out, with or without brackets; of a text message the id that was filled in.
    delivered : bool
    reason : str
    hard : bool
        Nobody is there: the address is not used again.
    """

    message_id: str
    delivered: bool
    reason: str = ""
    hard: bool = False


def do_take_receipt(work: UnitOfWork, key: bytes, receipt: Receipt) -> bool:
    """Note what became of a message; False where it is none of ours."""
    invitation_id = receipt.message_id.strip().lstrip("<").partition(".")[0]
    if receipt.delivered:
        return do_note_delivered(work, invitation_id)
    return do_note_bounce(work, key, invitation_id, receipt.reason, hard=receipt.hard)


def read_report(raw: bytes) -> Receipt | None:
    """Read a delivery report.

    Parameters
    ----------
    raw : bytes
        The whole mail.

    Returns
    -------
    Receipt or None
        None where it only says that the mail is late.

    Raises
    ------
    SendingError
        It is no delivery report, or does not say of which mail.
    """
    report = email.message_from_bytes(raw, policy=email.policy.default)
    fields = _fields(report)
    original = next((_message_id(part) for part in report.walk() if _message_id(part)), "")
    action = str(fields.get("action", "")).strip().lower()
    if not action or not original:
        raise SendingError(_NO_REPORT)
    if action in _DELIVERED:
        return Receipt(original, delivered=True)
    if action != _FAILED:
        return None
    status = str(fields.get("status", "")).strip()
    reason = str(fields.get("diagnostic-code", "")).strip() or status
    return Receipt(original, delivered=False, reason=reason, hard=status in _UNKNOWN_ADDRESS)


def _fields(report: EmailMessage) -> Message:
    """Give what the report says of the recipient; without a report, nothing."""
    parts = (one for one in report.walk() if one.get_content_type() == "message/delivery-status")
    groups = [group for part in parts for group in part.get_payload() if isinstance(group, Message)]
    return next((group for group in groups if "action" in group), EmailMessage())


def _message_id(part: Message) -> str:
    """Give the Message-ID of the mail that came back, from it or from its head alone."""
    if part.get_content_type() == "message/rfc822":
        return next((str(one["message-id"]) for one in part.walk() if "message-id" in one), "")
    if part.get_content_type() == "text/rfc822-headers":
        return str(email.message_from_string(str(part.get_payload())).get("message-id", ""))
    return ""
