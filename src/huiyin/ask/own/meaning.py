"""What the company's own words mean in one dataset, for one viewer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from huiyin.ask.own.contracts import OwnWord
from huiyin.ask.spelling import normal


def means_of(
    own: Sequence[OwnWord], known: Mapping[str, object], values: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Give own words with the known word that each means here.

    Parameters
    ----------
    own : sequence of OwnWord
    known : mapping
        Words that this dataset understands, in normal writing.
    values : mapping
        Column → the values that the viewer may see.

    Returns
    -------
    dict
        Own word → known word, both in normal writing. Words that mean nothing here are left
        out: they stay what they were.
    """
    found: dict[str, str] = {}
    for one in own:
        column, equals, value = one.means.partition("=")
        named = equals and value.strip() in values.get(column.strip(), ())
        meant = normal(value if named else one.means)
        if meant in known:
            found[normal(one.word)] = meant
    return found
