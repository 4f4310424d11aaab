"""Columns by name, with a sentence where there is none."""

from __future__ import annotations

from huiyin.codebook.contracts import Codebook, Column, UnknownColumnError
from huiyin.codebook.missing import beside_ratings
from huiyin.measure.contracts import QueryError


def named_column(codebook: Codebook, name: str, *, rating: bool = False) -> Column:
    """Give a column by name; where a `rating` is wanted and it is not there, those there are said.

    Raises
    ------
    QueryError
        There is no such column; near names are listed.
    """
    try:
        return codebook[name]
    except UnknownColumnError as error:
        sentence = beside_ratings(error.sentence, codebook) if rating else error.sentence
        raise QueryError(sentence) from error
