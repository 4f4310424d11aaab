"""Start Ibis with the DuckDB compiler alone: half of its import time goes to others."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module, util
from types import ModuleType
from typing import Any

COMPILERS = "ibis.backends.sql.compilers"


def import_ibis() -> Any:
    """Import Ibis with its DuckDB backend, once, and give the package.

    Ibis loads the compilers of twenty engines when it loads one. They are put off until asked for,
    and the collector rests meanwhile: together about a third of the time to the first query.

    Returns
    -------
    module
        ``ibis``.
    """
    if "ibis.backends.duckdb" not in sys.modules:
        with _collector_resting():
            if COMPILERS not in sys.modules:
                _put_off_compilers()
            import_module("ibis.backends.duckdb")
    return sys.modules["ibis"]


def _put_off_compilers() -> None:
    spec = util.find_spec("ibis.backends.sql")
    if spec is None or spec.submodule_search_locations is None:
        return
    package = ModuleType(COMPILERS)
    package.__path__ = [f"{folder}/compilers" for folder in spec.submodule_search_locations]
    vars(package)["__getattr__"] = _load_compiler  # PEP 562: asked only for what is not there
    sys.modules[COMPILERS] = package


def _load_compiler(name: str) -> Any:
    if name.startswith("__"):
        raise AttributeError(name)
    if name.endswith("Compiler"):
        return getattr(import_module(f"{COMPILERS}.{name.removesuffix('Compiler').lower()}"), name)
    return import_module(f"{COMPILERS}.{name}")


@contextmanager
def _collector_resting() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
