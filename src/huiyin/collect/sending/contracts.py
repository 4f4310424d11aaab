"""What a mailing is made of, why somebody gets none, and what can go wrong."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from huiyin.core.errors import BadInputError, SaidError
from huiyin.core.text import Text

MAILING = Text("发送", "mailing")
INVITATION = Text("个人链接", "personal link")
PLAN_JOB = "plan_mailing"
SEND_JOB = "send_mailing"
BOUNCE_JOB = "read_bounces"
MOST_REMINDERS = 3
LONGEST_NAME = 200
LONGEST_REASON = 300
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
FieldWords = Annotated[str, Field(max_length=LONGEST_NAME)]
Words = dict[str, Annotated[str, Field(max_length=4_000)]]


class Channel(StrEnum):
    """By what a personal link goes out."""

    MAIL = "mail"
    SMS = "sms"
    LINK = "link"
    WIDGET = "widget"
    PHONE = "phone"


STANDING = frozenset({Channel.WIDGET, Channel.PHONE})
"""Channels by which customers are met one at a time: no message goes out."""


class ContactKind(StrEnum):
    """What a questionnaire is about: the frequency rule tells them apart."""

    RELATIONSHIP = "relationship"
    TRANSACTION = "transaction"
    OTHER = "other"


class MailingStatus(StrEnum):
    """Where a mailing is."""

    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


class InvitationStatus(StrEnum):
    """Where a personal link is."""

    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    OPENED = "opened"
    STARTED = "started"
    FINISHED = "finished"
    BOUNCED = "bounced"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class Reason(StrEnum):
    """Why a customer gets no invitation."""

    UNKNOWN = "unknown"
    ALREADY = "already"
    NO_ADDRESS = "no_address"
    NO_CONSENT = "no_consent"
    DO_NOT_CONTACT = "do_not_contact"
    TOO_RECENT = "too_recent"


REASON_TEXT = {
    Reason.UNKNOWN: Text("查无此人或已删除", "not known, or erased"),
    Reason.ALREADY: Text("这次已经邀请过", "invited already"),
    Reason.NO_ADDRESS: Text("没有可用的联系方式", "no address"),
    Reason.NO_CONSENT: Text("没有同意用于此目的", "no consent for the purpose"),
    Reason.DO_NOT_CONTACT: Text("在免打扰名单里", "on the do-not-contact list"),
    Reason.TOO_RECENT: Text("最近联系过", "contacted too recently"),
}


class Part(BaseModel):
    """What every part of a plan is: frozen, and nothing unknown in it."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)


class Where(Part):
    """A condition on rows, as in a query."""

    column: Name
    operator: Literal["=", "!=", "<", "<=", ">", ">="] = "="
    values: tuple[FieldWords, ...] = Field(min_length=1, max_length=200)


class Sample(Part):
    """How many of those who may be asked are asked: by chance, or the same share of each group."""

    size: int = Field(ge=1, le=10_000_000)
    by: Name | None = None
    seed: int = Field(default=1, ge=0, le=2**31 - 1)


class Audience(Part):
    """Customers with a row of a dataset that meets every condition.

    `fields` says which column fills which fact of the questionnaire (newest row).
    """

    dataset_id: Annotated[str, Field(max_length=36)]
    where: tuple[Where, ...] = Field(default=(), max_length=20)
    fields: dict[Name, Name] = Field(default_factory=dict, max_length=30)
    sample: Sample | None = None


class Occasion(StrEnum):
    """What makes a mailing invite somebody."""

    ONCE = "once"
    ROWS = "rows"
    EVENT = "event"
    WAVE = "wave"


class Rule(Part):
    """When somebody is invited.

    ``once``: the audience, when the mailing starts. ``rows``: each new row of the audience's
    dataset. ``event``: each event of that name. ``wave``: by `cron`, one of `groups` parts of the
    audience in turn, so that each customer is asked at most once in `groups` waves.
    """

    on: Occasion = Occasion.ONCE
    event: Annotated[str, Field(max_length=60)] | None = None
    delay_minutes: int = Field(default=0, ge=0, le=525_600)
    cron: Annotated[str, Field(max_length=60)] | None = None
    groups: int = Field(default=12, ge=1, le=366)

    @model_validator(mode="after")
    def _whole(self) -> Rule:
        if self.on is Occasion.EVENT and not self.event:
            raise SaidError(Text("要写事件名", "an event needs a name"))
        if self.on is Occasion.WAVE and not self.cron:
            raise SaidError(Text("分批发送要写时间表", "waves need a schedule"))
        return self


class Window(Part):
    """On which days (1 Monday … 7 Sunday) and between which hours something may go out."""

    zone: Annotated[str, Field(max_length=60)] = "Asia/Shanghai"
    days: tuple[Annotated[int, Field(ge=1, le=7)], ...] = Field(
        default=(1, 2, 3, 4, 5, 6, 7), min_length=1
    )
    from_hour: int = Field(default=9, ge=0, le=23)
    to_hour: int = Field(default=20, ge=1, le=24)

    @model_validator(mode="after")
    def _whole(self) -> Window:
        from zoneinfo import available_timezones

        if self.from_hour >= self.to_hour:
            raise SaidError(Text("结束时间要晚于开始时间", "the window must end after it begins"))
        if self.zone not in available_timezones():
            raise SaidError(
                Text("没有“{value}”这个时区", "there is no time zone “{value}”").format(
                    value=self.zone
                )
            )
        return self


class Reminders(Part):
    """How often those who have not answered are asked again, and after how many days."""

    most: int = Field(default=0, ge=0, le=MOST_REMINDERS)
    after_days: int = Field(default=3, ge=1, le=60)


class Message(Part):
    """What is written, by language; empty words give ours. ``{{link}}`` is the personal link."""

    subject: Words = Field(default_factory=dict)
    body: Words = Field(default_factory=dict)
    sms: Words = Field(default_factory=dict)


class Plan(Part):
    """A mailing: to whom, by what, when, with which words."""

    channel: Channel
    kind: ContactKind = ContactKind.OTHER
    purpose: Annotated[str, Field(max_length=LONGEST_NAME)] | None = None
    needs_consent: bool = False
    audience: Audience | None = None
    rule: Rule = Rule()
    window: Window = Window()
    reminders: Reminders = Reminders()
    message: Message = Message()
    language: Annotated[str, Field(max_length=20)] | None = None

    @model_validator(mode="after")
    def _whole(self) -> Plan:
        if self.audience is None and self.rule.on is not Occasion.EVENT:
            raise SaidError(Text("要选发给谁", "it needs an audience"))
        return self


class SendingError(BadInputError):
    """A mailing cannot be made, started or sent; the sentence says why."""


class UnreadablePlanError(SendingError):
    """What a mailing was to do cannot be read by this build."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Text(
                "发送“{name}”的设置读不出来，它不会再发。请停止它，另建一次。",
                "The settings of the mailing “{name}” cannot be read, so it sends nothing: end it, "
                "and make another one.",
            ).format(name=name)
        )
