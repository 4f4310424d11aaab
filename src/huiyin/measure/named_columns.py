"""Columns by name, with a sentence where there is none."""

from __future__ import annotations

from huiyin.codebook.contracts import Codebook, Column, UnknownColumnError
from huiyin.measure.contracts import QueryError


def named_column(codebook: Codebook, name: str) -> Column:
    """Give a column by name.

    Raises
    ------
    QueryError
        There is no such column; near names are listed.
    """
    try:
        return codebook[name]
    except UnknownColumnError as error:
        raise QueryError(error.sentence) from error
