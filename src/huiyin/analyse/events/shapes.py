"""Events as people give them, and what is said of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from huiyin.core.errors import BadInputError
from huiyin.core.text import Text
from huiyin.measure.contracts import Call, Cell


class EventKind(StrEnum):
    """What kind of thing happened."""

    RELEASE = "release"
    CAMPAIGN = "campaign"
    PRICE = "price"
    INCIDENT = "incident"
    HOLIDAY = "holiday"
    OTHER = "other"


KIND_TEXT: dict[EventKind, Text] = {
    EventKind.RELEASE: Text("发版", "release"),
    EventKind.CAMPAIGN: Text("活动", "campaign"),
    EventKind.PRICE: Text("调价", "price change"),
    EventKind.INCIDENT: Text("故障", "incident"),
    EventKind.HOLIDAY: Text("节假日", "holiday"),
    EventKind.OTHER: Text("其他", "other"),
}
"""The names of the kinds, in files too."""


@dataclass(frozen=True, slots=True)
class EventFields:
    """One event: first and last day, and whom it concerns (column → value; empty: everybody)."""

    kind: EventKind
    title: str
    since: date
    until: date
    note: str = ""
    dataset_id: str | None = None
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coincidence:
    """Low scores in the days of an event, beside the same weekdays of the four weeks before.

    Attributes
    ----------
    event_id : str
    cell : Cell or None
        The share of low answers in those days, with its comparison; `call` is corrected over all
        events that were looked at together, `q` likewise.
    q : float or None
    call : Call or None
        None where nothing can be compared.
    sentence : Text
        What can be said; never that one brought the other about.
    """

    event_id: str
    cell: Cell | None
    q: float | None
    call: Call | None
    sentence: Text


class EventError(BadInputError):
    """An event, or a file of events, cannot be kept as it is."""
