"""What a cleaning rule is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from huiyin.clean.facts import Facts
from huiyin.core.text import Text


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it looks for, what it needs, and how it finds it.

    Attributes
    ----------
    id, version : str, int
        A change of what is found is a new version.
    title, explanation, source : Text
    excludes : bool
        Leaves rows out by default (test, exact duplicate, bot); else it only warns.
    lacks : function
        Says what the dataset lacks for this rule, or None where it can be applied.
    find_rows : function or None
        Gives a boolean Ibis column over `Facts.table`: True for rows to flag.
    find_set : function or None
        For rules that look across rows: a table with `ROW_COLUMN` and `SOURCE_COLUMN` of the rows
        to flag, each once, or None where a first look shows that there are none. A rule has one of
        the two.
    parameters : mapping
        Thresholds, as shown in the ledger.
    """

    id: str
    version: int
    title: Text
    explanation: Text
    source: Text
    excludes: bool
    lacks: Callable[[Facts], Text | None]
    find_rows: Callable[[Facts], Any] | None = None
    find_set: Callable[[Facts], Any] | None = None
    parameters: Mapping[str, float | int | str | bool] = field(default_factory=dict)
