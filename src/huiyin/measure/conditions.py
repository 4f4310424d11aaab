"""Whether the rows that meet some conditions are surely among those that meet others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Conditions = Mapping[str, Any]


def contains(wide: Conditions, narrow: Conditions) -> bool:
    """Tell whether whatever meets `narrow` meets `wide`, as far as the conditions show it.

    Parameters
    ----------
    wide, narrow : mapping
        As `query_json` gives them: ``where``, ``since``, ``until``, ``grain``, flags, ``weight``.
    """
    return (
        all(any(_implies(n, w) for n in narrow["where"]) for w in wide["where"])
        and (wide["since"] is None or (narrow["since"] or "") >= wide["since"])
        and (wide["until"] is None or (narrow["until"] or "9999") <= wide["until"])
        and (wide["grain"] is None or bool(narrow["grain"] or narrow["since"] or narrow["until"]))
        and _takes_in(wide["include_flagged"], narrow["include_flagged"])
        and set(wide["exclude_flagged"]) <= set(narrow["exclude_flagged"])
        and wide["weight"] in {None, narrow["weight"]}
    )


def _implies(narrow: Mapping[str, Any], wide: Mapping[str, Any]) -> bool:
    """Tell whether one clause takes in another by its words alone: how numbers lie is not asked."""
    if (narrow["column"], narrow["operator"]) != (wide["column"], wide["operator"]):
        return False
    mine, others = set(narrow["values"]), set(wide["values"])
    if wide["operator"] == "=":
        return mine <= others
    return others <= mine if wide["operator"] == "!=" else mine == others


def _takes_in(wide: bool | list[str], narrow: bool | list[str]) -> bool:  # noqa: FBT001 -- a query
    if wide is True or narrow is False:
        return True
    return narrow is not True and set(narrow) <= set(wide or ())
