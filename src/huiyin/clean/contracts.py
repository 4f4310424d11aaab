"""Cleaning: what a rule is, and the ledger of what the rules found. Nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from huiyin.core.text import Text


@dataclass(frozen=True, slots=True)
class RuleUse:
    """One rule as it was applied to a dataset.

    Attributes
    ----------
    rule_id, version : str, int
    title, explanation, source : Text
        Name; what it looks for and why; where the threshold comes from (a paper, a standard).
    excludes : bool
        Leaves rows out by default (test, exact duplicate, bot); else it only warns.
    parameters : mapping
        Thresholds used.
    applicable : bool
        False where the dataset lacks what the rule needs; `note` then says what.
    n_flagged : int
    rows : tuple of int
        Up to 20 row numbers, as examples.
    """

    rule_id: str
    version: int
    title: Text
    explanation: Text
    source: Text
    excludes: bool
    parameters: Mapping[str, float | int | str | bool] = field(default_factory=dict)
    applicable: bool = True
    note: Text | None = None
    n_flagged: int = 0
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Ledger:
    """What every rule found in a dataset."""

    n_rows: int
    n_valid: int
    rules: tuple[RuleUse, ...]
