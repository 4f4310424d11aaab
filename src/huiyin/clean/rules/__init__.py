"""The cleaning rules, one file each; a new file here is a new rule."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from huiyin.clean.rule import Rule


@cache
def all_rules() -> tuple[Rule, ...]:
    """Give every rule of this folder, by name of its file.

    Returns
    -------
    tuple of Rule
        Each module here has one `RULE`. The order fixes the bits of the flags.
    """
    names = sorted(module.name for module in iter_modules(__path__))
    return tuple(import_module(f"{__name__}.{name}").RULE for name in names)
