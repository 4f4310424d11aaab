"""What numbers are counted in."""

from __future__ import annotations

from enum import StrEnum
from math import isfinite

from huiyin.core.text import Text


class Unit(StrEnum):
    """What a number is counted in."""

    NPS = "nps"
    POINTS = "points"
    SHARE = "share"
    SCALE = "scale"
    AMOUNT = "amount"
    SECONDS = "seconds"


class Counted(StrEnum):
    """What the n of a number counts."""

    ANSWERS = "answers"
    ORDERS = "orders"
    TICKETS = "tickets"
    LEADS = "leads"
    CONTRACTS = "contracts"
    CUSTOMERS = "customers"
    CASES = "cases"
    RECORDS = "records"


COUNTED_TEXT: dict[Counted, Text] = {
    Counted.ANSWERS: Text("份", "answers"),
    Counted.ORDERS: Text("单", "orders"),
    Counted.TICKETS: Text("张工单", "tickets"),
    Counted.LEADS: Text("条", "leads"),
    Counted.CONTRACTS: Text("份合同", "contracts"),
    Counted.CUSTOMERS: Text("位客户", "customers"),
    Counted.CASES: Text("件", "cases"),
    Counted.RECORDS: Text("条记录", "records"),
}
"""What follows a number of them."""


BOUNDS = {Unit.SHARE: (0.0, 1.0), Unit.NPS: (-100.0, 100.0), Unit.POINTS: (0.0, 100.0)}
"""How far a number in a unit can reach; a difference of two of them reaches further."""


def within(value: float, bounds: tuple[float, float] | None) -> float:
    """Give the end of an interval where it is drawn or told: never beyond what there can be.

    A t interval of few answers may reach beyond 0–100. Results keep its ends as they are.

    Examples
    --------
    >>> within(104.2, BOUNDS[Unit.POINTS]), within(104.2, None)
    (100.0, 104.2)
    """
    if bounds is None or not isfinite(value):
        return value
    return min(max(value, bounds[0]), bounds[1])
