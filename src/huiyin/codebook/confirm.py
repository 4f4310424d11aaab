"""A column that a question names is confirmed by being named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from huiyin.codebook.contracts import (
    NUMBER_ROLES,
    RATING_ROLES,
    Codebook,
    Column,
    ColumnProfile,
    Role,
)
from huiyin.core.text import Text

NAMED = Text("提问点名要用这一列", "the question names this column")
NEARLY_ALL = 0.95
"""Share of the values that must read as numbers."""


def confirm_named(
    codebook: Codebook, named: Mapping[str, Role], profiles: Mapping[str, ColumnProfile]
) -> Codebook:
    """Let columns be computed with because somebody asked for them by name.

    A doubtful rating is taken as it was guessed; a column of numbers, or of no values at all, with
    another role takes the role it is named for. Everything else stays as it is.

    Parameters
    ----------
    codebook : Codebook
    named : mapping of str to Role
        Columns named as something to compute with, and what for: `outcome` for plain numbers,
        `weight`. Unknown names are left to the caller.
    profiles : mapping of str to ColumnProfile
        By column name.

    Returns
    -------
    Codebook
        The same object where nothing had to be confirmed.
    """
    wanted = {n: r for n, r in named.items() if n in codebook and not _computable(codebook[n])}
    confirmed = {n: _confirmed(codebook[n], profiles.get(n), r) for n, r in wanted.items()}
    if not any(confirmed.values()):
        return codebook
    return replace(codebook, columns=tuple(confirmed.get(c.name) or c for c in codebook))


def _computable(column: Column) -> bool:
    return column.usable and column.role in RATING_ROLES | NUMBER_ROLES


def _confirmed(column: Column, profile: ColumnProfile | None, role: Role) -> Column | None:
    if column.role in RATING_ROLES and column.scale is not None:
        return replace(column, confidence=1.0, reason=NAMED)
    if profile is None:
        return None
    empty = profile.n_missing == profile.n  # nothing says that it is not one of numbers
    if not empty and profile.numeric_share < NEARLY_ALL:
        return None
    return replace(column, role=role, scale=None, confidence=1.0, reason=NAMED, empty=empty)
