"""Datasets that hold complaints: how they are known, and how they meet another dataset."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.engine.contracts import Snapshot

KIND_ROLES = (Role.DIMENSION, Role.TOUCHPOINT)
_TICKET_ROLES = (Role.STATUS, Role.OPENED, Role.FIRST_RESPONSE, Role.RESOLVED)
_KIND = re.compile(r"类别|类型|性质|分类|种类|kind|type|category|class", re.IGNORECASE)
_MATTER = re.compile(r"问题|事由|事项|原因|主题|matter|subject|topic|issue", re.IGNORECASE)
_OF_COMPLAINTS = re.compile(r"投诉|客诉|complaint", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ComplaintSource:
    """A dataset that holds complaints, and how its rows meet those of the dataset at hand.

    Attributes
    ----------
    dataset_id, name : str
    version : int
    snapshot : Snapshot
    mine, other : str
        Columns that hold the same key here and there.
    by_order : bool
        The key is an order, else a customer.
    linked : bool
        Somebody said so in a data model; else both sides have a column of that role.
    """

    dataset_id: str
    name: str
    version: int
    snapshot: Snapshot = field(repr=False, compare=False)
    mine: str
    other: str
    by_order: bool
    linked: bool = False


def kind_columns(codebook: Codebook) -> tuple[Column, ...]:
    """Give the columns of tickets one of which says what is a complaint."""
    return tuple(c for c in codebook.with_role(*KIND_ROLES) if _KIND.search(c.name))


def matter_column(codebook: Codebook) -> Column | None:
    """Give the column of tickets that says what they are about."""
    named = (c for c in codebook.with_role(Role.DIMENSION) if _MATTER.search(c.name))
    return codebook.first(Role.TOUCHPOINT) or next(named, None)


def day_column(codebook: Codebook) -> Column | None:
    """Give the moment of a row: of an order its placing, of a ticket its opening."""
    return codebook.first(Role.OPENED) or codebook.first(Role.TIME)


def keeps_tickets(codebook: Codebook) -> bool:
    """Tell whether a dataset keeps how tickets went; a survey about tickets only names them."""
    return bool(codebook.with_role(*_TICKET_ROLES))


def holds_complaints(name: str, codebook: Codebook) -> bool:
    """Tell whether a dataset of this name and codebook can hold complaints."""
    ticketed = codebook.first(Role.TICKET) is not None and bool(kind_columns(codebook))
    of_complaints = ticketed or _OF_COMPLAINTS.search(name) is not None
    return of_complaints and day_column(codebook) is not None
