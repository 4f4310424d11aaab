"""What a share link can show, one file per kind; a new file here is a new kind."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from huiyin.web.shared_kind import SharedKind


@cache
def shared_kinds() -> dict[str, SharedKind]:
    """Give every kind of this folder by its name; each module has one `KIND`."""
    names = sorted(module.name for module in iter_modules(__path__))
    kinds = [import_module(f"{__name__}.{name}").KIND for name in names]
    return {kind.name: kind for kind in kinds}
