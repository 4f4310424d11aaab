"""Other systems by which people sign in, one file each; a new file here is a new provider."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from huiyin.people.provider import Provider


@cache
def all_providers() -> dict[str, Provider]:
    """Give every provider of this folder by its id; each module has one `PROVIDER`."""
    names = sorted(module.name for module in iter_modules(__path__))
    found = [import_module(f"{__name__}.{name}").PROVIDER for name in names]
    return {provider.id: provider for provider in found}
