"""A saved codebook meets the file it is used on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from huiyin.codebook.contracts import Codebook, CodebookError, Column, Role
from huiyin.codebook.spelling import as_known
from huiyin.core.text import Text, listed


def fit_codebook(codebook: Codebook, columns: Sequence[str]) -> Codebook:
    """Bring a saved codebook into the order of the file's columns.

    A column that the codebook does not know is kept as `meta` with confidence 0, so that it is
    listed under “please check” and not computed with.

    Parameters
    ----------
    codebook : Codebook
        As saved.
    columns : sequence of str
        Names in the file, in file order.

    Returns
    -------
    Codebook

    Raises
    ------
    CodebookError
        The codebook describes columns that the file does not have.
    """
    codebook = _as_written(codebook, columns)
    lost = [c.name for c in codebook if c.name not in columns and c.role is not Role.IGNORE]
    if lost:
        raise CodebookError(
            Text(
                "码本里的列在文件中找不到：{names}。请确认码本与文件是同一份问卷，或从码本中删去这些列。",
                "The codebook describes columns that the file does not have: {names}. "
                "Check that both belong to the same survey, or delete these columns from it.",
            ).format(names=listed(lost[:10]))
        )
    known = {c.name: c for c in codebook}
    return replace(codebook, columns=tuple(known.get(n) or _unknown(n) for n in columns))


def _as_written(codebook: Codebook, columns: Sequence[str]) -> Codebook:
    """Give the columns the names that the file writes with other signs or blanks."""
    taken = set(columns) & {column.name for column in codebook}
    free = [name for name in columns if name not in taken]
    if not free or len(taken) == len(codebook.columns):
        return codebook
    renamed = (c if c.name in taken else replace(c, name=as_known(c.name, free)) for c in codebook)
    return replace(codebook, columns=tuple(renamed))


def _unknown(name: str) -> Column:
    return Column(
        name=name,
        role=Role.META,
        label=Text.same(name),
        confidence=0.0,
        reason=Text("码本里没有这一列", "the codebook does not know this column"),
    )
