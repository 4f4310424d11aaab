"""Which column and value a word means."""

from __future__ import annotations

from huiyin.ask.meanings import Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.named import Named
from huiyin.ask.scanning import Token


def column_of(
    token: Token, mentions: Mentions, at: int, hints: tuple[str, ...], named: Named
) -> str | None:
    """Find the column of a value; one that several columns have is left open.

    Parameters
    ----------
    token : Token
        Of a value.
    mentions : Mentions
    at : int
        Its place.
    hints : tuple of str
        Columns that settle a value of several.
    named : Named
        What is left open is put there.
    """
    columns = tuple(
        dict.fromkeys(
            c for m in token.meanings if m.sort in {Sort.VALUE, Sort.YES_NO} for c in m.columns
        )
    )
    if len(columns) == 1:
        return _one_of(token, columns[0], named)
    beside = [mentions.near(at, 1), mentions.near(at, -1)]
    for place in beside:
        column = mentions.tokens[place].of(Sort.COLUMN) if place is not None else None
        if column and column.columns[0] in columns and _touching(mentions, at, place):
            return column.columns[0]
    settled = [c for c in columns if c in hints or c in _columns_of_others(mentions, at)]
    if len(settled) == 1:
        return settled[0]
    if not token.exact and len({m.value for m in token.meanings if m.sort is Sort.VALUE}) > 1:
        named.open_value = (
            token.text,
            tuple(f"{m.columns[0]}={m.value}" for m in token.meanings if m.columns),
        )
        return None
    named.open_value = named.open_value or (value_in(token, columns[0]), columns)
    return None


def _one_of(token: Token, column: str, named: Named) -> str | None:
    """Give the column, unless several of its values are called so: 王志强 of two shops."""
    values = {m.value for m in token.meanings if m.sort is Sort.VALUE and column in m.columns}
    if len(values) < 2:  # noqa: PLR2004
        return column
    options = tuple(f"{column}={value}" for value in sorted(filter(None, values)))
    named.open_value = named.open_value or (token.text, options)
    return None


def _touching(mentions: Mentions, at: int, place: int | None) -> bool:
    if place is None:
        return False
    first, last = sorted((at, place))
    gap = mentions.between(first, last).strip()
    return gap in {"", "=", ":", "是", "为", "of", "the"} or (place < at and gap in {"是", "为"})


def _columns_of_others(mentions: Mentions, at: int) -> set[str]:
    sure = set()
    for place, token in enumerate(mentions.tokens):
        columns = {c for m in token.meanings if m.sort is Sort.VALUE for c in m.columns}
        if place != at and len(columns) == 1 and _in_one_list(mentions, *sorted((at, place))):
            sure |= columns
    return sure


def _in_one_list(mentions: Mentions, first: int, last: int) -> bool:
    """Tell 北京、上海、深圳: from one to the other there are only values, and what joins them."""
    at: int | None = first
    while at is not None and at < last:
        at = mentions.near(at, 1, "conj", "versus", "than", "compare")
        if at is not None and at < last and not mentions.tokens[at].of(Sort.VALUE):
            return False
    return at == last


def value_in(token: Token, column: str) -> str:
    """Give the value of a column that a word means."""
    return next(
        m.value for m in token.meanings
        if m.sort in {Sort.VALUE, Sort.YES_NO} and column in m.columns and m.value is not None
    )  # fmt: skip
