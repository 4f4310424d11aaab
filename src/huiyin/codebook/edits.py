"""Columns as a person says them in the editor: meaning, scale, wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from huiyin.codebook.contracts import RATING_ROLES, Codebook, Column, Role
from huiyin.codebook.overrides import apply_overrides
from huiyin.core.text import Text

Ends = tuple[float, float, int]
"""Lowest code, highest code, direction (1: high is good)."""


@dataclass(frozen=True, slots=True)
class ColumnEdit:
    """What is said of one column; a label or scale that is not given stays."""

    name: str
    role: Role
    ends: Ends | None = None
    label: Mapping[str, str] | None = None


def apply_edits(codebook: Codebook, edits: Sequence[ColumnEdit]) -> Codebook:
    """Change columns as a person says; they then count as checked.

    Parameters
    ----------
    codebook : Codebook
    edits : sequence of ColumnEdit
        At most one a column; a later one of the same column wins.

    Returns
    -------
    Codebook
        With confidence 1 for the columns named.

    Raises
    ------
    UnknownColumnError
        The column does not exist.
    CodebookError
        The scale has no room, or a rating is left without a scale.
    """
    settings = {edit.name: _setting(edit) for edit in edits}
    changed = apply_overrides(codebook, tuple(settings.values()))
    labels = {edit.name: edit.label for edit in edits if edit.label}
    columns = (_labelled(column, labels.get(column.name)) for column in changed)
    return replace(changed, columns=tuple(columns))


def _setting(edit: ColumnEdit) -> str:
    if edit.ends is None or edit.role not in RATING_ROLES:
        return f"{edit.name}={edit.role.value}"
    low, high, direction = edit.ends
    first, last = (low, high) if direction == 1 else (high, low)
    return f"{edit.name}={edit.role.value}:{first:g}-{last:g}"


def _labelled(column: Column, label: Mapping[str, str] | None) -> Column:
    """Keep the other language's wording, unless both were the same words."""
    given = {tag: words.strip() for tag, words in (label or {}).items() if words.strip()}
    changed = {tag: words for tag, words in given.items() if column.label.get(tag) != words}
    if not changed:
        return column
    before = dict(column.label)
    if len(set(before.values())) == 1:
        before = dict.fromkeys(before, next(iter(changed.values())))
    return replace(column, label=Text.of({**before, **changed}))
