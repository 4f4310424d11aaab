"""The boards to start from: a YAML file for each role, Chinese beside English.

A tile names columns by what they are: ``@unit,staff`` is the first column with one of these roles
in this order, ``@aspect~交付|delivery`` one whose name says so, ``score:@aspects`` a metric of each
aspect, ``band:@csat`` the satisfaction bands of a rating. So a board fits any dataset; what the
data cannot fill is left out, and it is said.
``needs`` names columns that an operational metric stands on, ``@complaints`` a column of complaints
or tickets that are linked, ``rather`` a column by which a dataset goes before others that would do
(orders placed bear an amount, their deliveries none), ``records: true`` wants orders, contracts or
steps and no answers: a customer who answers twice has not bought twice. ``advises: false`` lists
none of its groups as something to do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from huiyin.analyse.boards.contracts import TEMPLATE
from huiyin.core.text import EN, ZH, Text
from huiyin.store.contracts import NotFoundError

PACKAGE = "huiyin.analyse.boards.templates"
ORDER = (
    "management", "product", "design", "technology", "marketing", "sales", "service", "agent",
    "operations", "administration", "competitors", "performance", "word_of_mouth",
)  # fmt: skip
"""As they are offered."""


@dataclass(frozen=True, slots=True)
class RoleBoard:
    """A board to start from; `about` says in one sentence what it answers."""

    id: str
    name: Text
    about: Text
    tiles: int


@cache
def role_boards() -> tuple[RoleBoard, ...]:
    """List the boards to start from, in the order they are offered."""
    return tuple(described(name) for name in ORDER)


def described(name: str) -> RoleBoard:
    """Describe one board to start from.

    Raises
    ------
    NotFoundError
        There is no such template.
    """
    plan = read_plan(name)
    return RoleBoard(name, _text(plan["name"]), _text(plan["about"]), len(plan["tiles"]))


def _text(pair: list[str]) -> Text:
    return Text.of({ZH: pair[0], EN: pair[1]})


@cache
def read_plan(name: str) -> Mapping[str, Any]:
    """Read a template.

    Raises
    ------
    NotFoundError
        There is no such template.
    """
    import yaml

    if name not in ORDER:
        raise NotFoundError(TEMPLATE, name)
    plan: Mapping[str, Any] = yaml.safe_load(
        files(PACKAGE).joinpath(f"{name}.yaml").read_text("utf-8")
    )
    return plan
