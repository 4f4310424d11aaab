"""Text messages through the gateway that an administrator described."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from huiyin.collect.sending.transport import SmsSettings
from huiyin.connectors.contracts import OutgoingError, OutgoingLimits
from huiyin.connectors.outgoing import Outgoing
from huiyin.connectors.smtp import MailOutcome


@dataclass(frozen=True, slots=True)
class TextMessage:
    """A text message; its receipt comes back under its name."""

    phone: str
    words: str
    name: str


def send_text(
    settings: SmsSettings, secret: str, text: TextMessage, *, allow_private: bool = False
) -> MailOutcome:
    """Send one message.

    Parameters
    ----------
    settings : SmsSettings
    secret : str
    text : TextMessage
    allow_private : bool
        The gateway may be in a private network.

    Returns
    -------
    MailOutcome
        A gateway that cannot be reached is tried again later; one that says no is believed.
    """
    facts = {"phone": text.phone, "text": text.words, "id": text.name, "secret": secret}
    headers = {name: _filled(words_, facts, str) for name, words_ in settings.headers.items()}
    kind = next((v for k, v in settings.headers.items() if k.lower() == "content-type"), "")
    escape = _as_json if "json" in kind or settings.body.lstrip()[:1] in {"{", "["} else quote
    if settings.body and not kind:
        form = "application/x-www-form-urlencoded"
        headers["content-type"] = "application/json" if escape is _as_json else form
    client = Outgoing(OutgoingLimits(allow_private=allow_private, maximum_redirects=0))
    try:
        reply = client.send(
            settings.method,
            _filled(settings.url, facts, lambda one: quote(one, safe="")),
            headers=headers,
            content=_filled(settings.body, facts, escape).encode() if settings.body else None,
        )
    except OutgoingError as fault:
        return MailOutcome(taken=False, why=type(fault).__name__)
    said = reply.body.decode("utf-8", "replace")
    taken = reply.good and settings.success in said
    why = "" if taken else f"{reply.status} {said}".replace(secret or "\0", "***")[:300]
    return MailOutcome(taken=taken, why=why, for_good=not taken and reply.status < _SERVER_FAULT)


_SERVER_FAULT = 500


def _as_json(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)[1:-1]


def _filled(template: str, facts: dict[str, str], escape: Callable[[str], str]) -> str:
    """Fill in one pass: braces in a fact stay braces."""
    parts, rest = [], template
    while "{{" in rest:
        before, _, after = rest.partition("{{")
        name, closed, later = after.partition("}}")
        known = facts.get(name.strip()) if closed else None
        parts += [before, "{{" if known is None else escape(known)]
        rest = after if known is None else later
    return "".join([*parts, rest])
