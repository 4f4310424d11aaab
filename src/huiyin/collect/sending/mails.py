"""The mail of an invitation: greeting, the first question as links, a plain text beside it.

A link in it only marks an answer on the page: it counts after the person has sent the page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email import message_from_string
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cached_property
from typing import Any

from huiyin.collect.sending.contracts import Message
from huiyin.collect.sending.going_out import Letter
from huiyin.collect.sending.transport import MailSettings
from huiyin.collect.surveys.contracts import Kind
from huiyin.collect.surveys.definition import Definition, say
from huiyin.collect.surveys.filling import fill
from huiyin.collect.surveys.minutes import whole_minutes
from huiyin.core.text import EN, LANGUAGES, Text

_SUBJECT = Text("{title}", "{title}")
_BODY = Text(
    "您好！\n\n想听听您的看法，大约 {minutes} 分钟。",
    "Hello,\n\nwe would like to hear what you think. It takes about {minutes} min.",
)
_AGAIN = Text(
    "您好！\n\n前几天给您发过这份问卷，还没有收到您的回答。"
    "方便的话，请花 {minutes} 分钟左右说说看法。",
    "Hello,\n\nwe sent you these questions a few days ago. If you have about {minutes} min, "
    "we would still like to hear from you.",
)
_OPEN = Text("打开问卷", "Open the questionnaire")
_STOP = Text("不想再收到：", "Unsubscribe: ")
_STOP_LINK = Text("退订", "Unsubscribe")
_OWN = Text(
    "这个链接只属于您，只能回答一次，请不要转发。",
    "This personal link works once. Please do not pass it on.",
)
_SMS = Text("{title}：想听听您的看法 {link}", "{title}: please tell us what you think {link}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_QUOTED = re.compile(r'[()<>\[\]:;@\\,."]')
"""What has to be quoted in a name (RFC 5322, specials)."""
_RATED = frozenset({Kind.NPS, Kind.CSAT, Kind.CES})


@dataclass(frozen=True)
class Sheet:
    """What all mails of a mailing share.

    Attributes
    ----------
    definition : Definition
    message : Message
    settings : MailSettings
    address : str
        Where this installation is reached: ``https://…`` without a slash at the end.
    language : str
    """

    definition: Definition
    message: Message
    settings: MailSettings
    address: str
    language: str

    @cached_property
    def minutes(self) -> int:
        """How many minutes answering takes, as the first page says."""
        return whole_minutes(self.definition, self.language)

    def link(self, letter: Letter) -> str:
        """Give the personal address."""
        return f"{self.address}/i/{letter.token}"


def compose_mail(sheet: Sheet, letter: Letter, now: datetime) -> EmailMessage:
    """Set the mail of an invitation or a reminder.

    Parameters
    ----------
    sheet : Sheet
    letter : Letter
        Its round makes the Message-ID: sent again after an interruption, it is the same mail.
    now : datetime

    Returns
    -------
    EmailMessage
        Plain text and HTML; facts of the customer are escaped there.
    """
    mail, settings = EmailMessage(), sheet.settings
    link, known = sheet.link(letter), _known(sheet, letter)
    mail["Subject"] = _subject(sheet, known)
    name, _, place = settings.from_address.rpartition("@")
    mail["From"] = _sender(settings.from_name, name, place)
    mail["To"] = letter.address
    if settings.reply_to:
        mail["Reply-To"] = settings.reply_to
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = message_id(letter, place)
    mail["List-Unsubscribe"] = f"<{link}/stop>"
    mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail["Auto-Submitted"] = "auto-generated"
    body = _body(sheet, letter, known)
    mail.set_content(_plain(sheet, body, link))
    mail.add_alternative(_html(sheet, body, link, known), subtype="html")
    return mail


def _sender(shown: str, name: str, place: str) -> Address:
    """Give whose mail it is; a name that a head would not give back loses its signs.

    Where Python folds a long name that has to be quoted, it may forget the quotes: what is between
    angle brackets would be the address then (seen with 3.11.7).
    """
    given = Address(_one_line(shown), name, place)
    head = SMTP.header_factory("From", given).fold(policy=SMTP)
    (*_, kept) = message_from_string(head, policy=SMTP)["From"].addresses or (None,)
    if kept == given:
        return given
    return Address(" ".join(_QUOTED.sub(" ", given.display_name).split()), name, place)


def _one_line(words: str) -> str:
    return " ".join(_CONTROL.sub(" ", words).split())


def message_id(letter: Letter, place: str) -> str:
    """Give the Message-ID of an invitation and round."""
    return f"<{message_name(letter)}@{place}>"


def message_name(letter: Letter) -> str:
    """Give the name of an invitation and round: bounces and receipts tell it back."""
    return f"{letter.invitation_id}.{letter.round}"


def compose_text(
    definition: Definition, message: Message, letter: Letter, link: str, language: str
) -> str:
    """Set a text message; ``{{link}}`` in words of one's own is the personal address."""
    facts = {**letter.fields, "title": say(definition.title, language), "link": link}
    own = say(message.sms, language)
    if own:
        said = fill(own, facts)
        return said if link in said else f"{said} {link}"
    return _ours(_SMS, language).format(**{k: facts[k] for k in ("title", "link")})


def _ours(text: Text, language: str) -> str:
    return text.say(language if language in LANGUAGES else EN)


def _known(sheet: Sheet, letter: Letter) -> Mapping[str, str]:
    title = say(sheet.definition.title, sheet.language)
    return {**letter.fields, "title": title, "link": sheet.link(letter)}


def _subject(sheet: Sheet, known: Mapping[str, str]) -> str:
    own = say(sheet.message.subject, sheet.language)
    said = fill(own, known) if own else _ours(_SUBJECT, sheet.language).format(title=known["title"])
    return _one_line(said)


def _body(sheet: Sheet, letter: Letter, known: Mapping[str, str]) -> str:
    own = say(sheet.message.body, sheet.language)
    if own:
        return fill(own, known)
    ours = _ours(_AGAIN if letter.round else _BODY, sheet.language)
    return ours.format(minutes=sheet.minutes)


def _plain(sheet: Sheet, body: str, link: str) -> str:
    stop = _ours(_STOP, sheet.language)
    own = _ours(_OWN, sheet.language)
    return f"{body}\n\n{link}\n\n{own}\n{stop}{link}/stop\n"


def _html(sheet: Sheet, body: str, link: str, known: Mapping[str, str]) -> str:
    color, language = sheet.definition.theme.color, sheet.language
    paragraphs = "".join(
        f'<p style="margin:0 0 16px">{html.escape(part).replace(chr(10), "<br>")}</p>'
        for part in body.split("\n\n")
    )
    open_words, stop = html.escape(_ours(_OPEN, language)), html.escape(_ours(_STOP_LINK, language))
    return (
        f'<!doctype html><html lang="{html.escape(language)}"><body style="margin:0;padding:24px;'
        'font-family:-apple-system,Segoe UI,PingFang SC,Microsoft YaHei,sans-serif;color:#1F2329">'
        f'<div style="max-width:600px;margin:0 auto">{paragraphs}'
        f"{_question(sheet, link, known)}"
        f'<p style="margin:24px 0"><a href="{html.escape(link)}" style="color:{color}">'
        f"{open_words}</a></p>"
        f'<p style="font-size:12px;color:#646A73">{html.escape(_ours(_OWN, language))} '
        f'<a href="{html.escape(link)}/stop" style="color:#646A73">{stop}</a></p>'
        "</div></body></html>"
    )


def _question(sheet: Sheet, link: str, known: Mapping[str, str]) -> str:
    """Set the first question as a table of links, where it is a rating that everybody is asked."""
    first = first_rating(sheet.definition)
    if first is None:
        return ""
    title = html.escape(fill(say(first.title, sheet.language), known))
    low, high = (html.escape(say(w, sheet.language)) for w in (first.low, first.high))
    cell = (
        "border:1px solid #C9CDD4;border-radius:6px;display:block;padding:10px 0;"
        f"text-align:center;text-decoration:none;color:{sheet.definition.theme.color}"
    )
    cells = "".join(
        f'<td style="padding:2px"><a href="{html.escape(link)}?{first.id}={level}" '
        f'style="{cell}">{level}</a></td>'
        for level in first.levels
    )
    ends = _ends(low, high, len(first.levels))
    return (
        f'<p style="margin:0 0 8px;font-weight:600">{title}</p>'
        '<table role="presentation" style="width:100%;table-layout:fixed;border-collapse:collapse">'
        f"<tr>{cells}</tr>{ends if low and high else ''}</table>"
    )


def _ends(low: str, high: str, n: int) -> str:
    """Say below the links what both ends mean; one column more would squeeze all of them."""
    look = "font-size:12px;color:#646A73;padding:2px;vertical-align:top"
    return (
        f'<tr><td colspan="{n // 2}" style="{look}">{low}</td>'
        f'<td colspan="{n - n // 2}" style="{look};text-align:right">{high}</td></tr>'
    )


def first_rating(definition: Definition) -> Any:
    """Give the first question, where it is a rating that everybody is asked; else None."""
    page = definition.pages[0]
    asked = [one for one in page.questions if one.kind != Kind.NOTE]
    if page.show_if or not asked:
        return None
    first = asked[0]
    return first if first.kind in _RATED and not first.show_if else None
