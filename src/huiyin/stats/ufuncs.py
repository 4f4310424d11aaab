"""The compiled functions of `scipy.special` without its package.

The package makes its functions ready for other array libraries while it loads, which takes longer
than a small query. Its compiled part stands by itself and holds the very same functions.
"""

from __future__ import annotations

import sys
from importlib import import_module, util
from types import ModuleType
from typing import Any

PACKAGE = "scipy.special"
COMPILED = f"{PACKAGE}._ufuncs"


def import_ufuncs() -> Any:
    """Give a module with ``ndtri``, ``stdtrit`` and the other functions of `scipy.special`.

    Returns
    -------
    module
        The package itself where it is loaded already, or where a later version of it keeps its
        functions elsewhere.
    """
    if COMPILED in sys.modules:
        return sys.modules[COMPILED]
    if PACKAGE not in sys.modules and util.find_spec(PACKAGE) is not None:
        sys.modules[PACKAGE] = _stand_in()
    try:
        return import_module(COMPILED)
    except ModuleNotFoundError:
        _step_aside()
        return import_module(PACKAGE)
    finally:
        _step_aside()


def _stand_in() -> ModuleType:
    """Stand for the package while its compiled part loads; who asks it for more gets the real one.

    Another thread may import the package at this very moment.
    """
    spec = util.find_spec(PACKAGE)
    package = ModuleType(PACKAGE)
    package.__path__ = list((spec.submodule_search_locations if spec else None) or ())
    vars(package)["__getattr__"] = _ask_the_package  # PEP 562: asked only for what is not there
    return package


def _ask_the_package(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    _step_aside()
    return getattr(import_module(PACKAGE), name)


def _step_aside() -> None:
    package = sys.modules.get(PACKAGE)
    if package is not None and vars(package).get("__getattr__") is _ask_the_package:
        del sys.modules[PACKAGE]
