"""Kinds of source: one file each, found by itself."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from huiyin.collect.refreshes.contracts import BadSourceError
from huiyin.core.text import Text

if TYPE_CHECKING:
    from huiyin.collect.refreshes.contracts import Kind

_UNKNOWN = Text(
    "没有“{kind}”这种来源；有的是 {known}。", "There is no source “{kind}”; there are {known}."
)


@cache
def all_kinds() -> dict[str, Kind]:
    """Give every kind of source by its id."""
    names = sorted(module.name for module in iter_modules(__path__))
    found = (import_module(f"{__name__}.{name}").KIND for name in names)
    return {kind.id: kind for kind in found}


def kind_of(name: str) -> Kind:
    """Give a kind of source.

    Raises
    ------
    BadSourceError
        There is none of that name.
    """
    found = all_kinds().get(name)
    if found is None:
        raise BadSourceError(_UNKNOWN.format(kind=name[:40], known=", ".join(all_kinds())))
    return found
