"""How good a dataset is, in one letter with its reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from huiyin.clean.contracts import Ledger
from huiyin.core.text import Text

SMALL_ROWS = 100
"""Below this most intervals are too wide to act on (±10 points for a share)."""
_LETTERS = "ABCD"
_SOME, _MANY = 0.02, 0.10
"""Shares of rows from which a finding costs one letter, and two."""

FEW_ROWS = Text("只有 {n} 份答卷，区间会很宽", "only {n} rows: intervals will be wide")
LEFT_OUT = Text("{share:.1%} 的行不计入", "{share:.1%} of the rows are left out")
WARNED = Text("“{rule}”标记了 {share:.1%} 的行", "“{rule}” marks {share:.1%} of the rows")
DOUBTS = Text("有 {n} 列需要核对", "columns to be checked: {n}")
NOT_APPLICABLE = Text("{n} 条规则不适用，没有检查", "rules that do not apply here: {n}")
FINE = Text("没有发现问题", "nothing was found wrong")


@dataclass(frozen=True, slots=True)
class Grade:
    """A letter from A (good) to D (do not build on it), and why."""

    letter: str
    reasons: tuple[Text, ...]


def grade_dataset(ledger: Ledger, *, n_doubts: int) -> Grade:
    """Grade a dataset by what its cleaning rules found and what is still in doubt.

    Parameters
    ----------
    ledger : Ledger
    n_doubts : int
        Columns that a person should check.

    Returns
    -------
    Grade
        Each finding costs a letter, a grave one two; D is the end.
    """
    costs: list[tuple[int, Text]] = []
    if ledger.n_rows < SMALL_ROWS:
        costs.append((1, FEW_ROWS.format(n=ledger.n_rows)))
    out = 1 - ledger.n_valid / ledger.n_rows if ledger.n_rows else 0.0
    costs.append((_cost(out), LEFT_OUT.format(share=out)))
    for use in ledger.rules:
        share = use.n_flagged / ledger.n_rows if ledger.n_rows else 0.0
        if not use.excludes and share >= _MANY:
            costs.append((1, WARNED.format(rule=use.title, share=share)))
    if n_doubts:
        costs.append((1, DOUBTS.format(n=n_doubts)))
    found = [(cost, why) for cost, why in costs if cost]
    letter = _LETTERS[min(sum(cost for cost, _ in found), len(_LETTERS) - 1)]
    lacking = sum(not use.applicable for use in ledger.rules)
    reasons = [why for _, why in found] or [FINE]
    if lacking:
        reasons.append(NOT_APPLICABLE.format(n=lacking))
    return Grade(letter, tuple(reasons))


def _cost(share: float) -> int:
    return (share >= _SOME) + (share >= _MANY)


def grade_json(grade: Grade) -> Mapping[str, object]:
    """Give a grade as it is kept with a version."""
    return {"letter": grade.letter, "reasons": [dict(why) for why in grade.reasons]}
