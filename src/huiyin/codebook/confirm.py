"""A column that a question names is confirmed by being named."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    codebook: Codebook, names: Iterable[str], profiles: Mapping[str, ColumnProfile]
) -> Codebook:
    """Let columns be computed with because somebody asked for them by name.

    A doubtful rating is taken as it was guessed; a column of numbers with another role is taken
    as plain numbers. Everything else stays as it is.

    Parameters
    ----------
    codebook : Codebook
    names : iterable of str
        Columns named as something to compute with; unknown names are left to the caller.
    profiles : mapping of str to ColumnProfile
        By column name.

    Returns
    -------
    Codebook
        The same object where nothing had to be confirmed.
    """
    wanted = {name for name in names if name in codebook and not _computable(codebook[name])}
    confirmed = {name: _confirmed(codebook[name], profiles.get(name)) for name in wanted}
    if not any(confirmed.values()):
        return codebook
    return replace(codebook, columns=tuple(confirmed.get(c.name) or c for c in codebook))


def _computable(column: Column) -> bool:
    return column.usable and column.role in RATING_ROLES | NUMBER_ROLES


def _confirmed(column: Column, profile: ColumnProfile | None) -> Column | None:
    if column.role in RATING_ROLES and column.scale is not None:
        return replace(column, confidence=1.0, reason=NAMED)
    if profile is None or profile.numeric_share < NEARLY_ALL:
        return None
    return replace(column, role=Role.OUTCOME, scale=None, confidence=1.0, reason=NAMED)
