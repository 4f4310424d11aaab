"""Fixtures that every test may use."""

from __future__ import annotations

import gc
import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from cast import Cast
from connected import write_survey
from databases import Databases
from hypothesis import HealthCheck, settings
from importing import add_dataset

from huiyin.engine.contracts import Snapshot
from huiyin.engine.duck import Engine
from huiyin.people.contracts import Role

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
ROOT = Path(__file__).resolve().parents[1]
COLLECT_AFTER = (100_000, 20, 50)
"""As in the worker: to look at millions of objects a hundred times takes a third of the time."""


settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # a busy machine fails nothing
settings.load_profile("untimed")


def pytest_collection_finish() -> None:
    """Let the collector of cycles leave alone what stays: modules, and thousands of tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Give the folder of real data and reference figures beside the checkout, or skip."""
    folder = ROOT.parent / "shared"
    if not (folder / "data").is_dir():
        pytest.skip("the folder ../shared with real data and reference figures is not here")
    return folder


@pytest.fixture(scope="session")
def snapshots() -> ModuleType:
    """Give the module that writes small typed snapshots by hand."""
    path = ROOT / "tests" / "measure" / "snapshots.py"
    spec = importlib.util.spec_from_file_location("measure_snapshots", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def column(snapshots: ModuleType) -> Callable[..., Any]:
    return snapshots.column


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    with Engine() as opened:
        yield opened


@pytest.fixture
def make(tmp_path: Path, snapshots: ModuleType) -> Callable[..., Snapshot]:
    made = []

    def build(*args: Any, **kwargs: Any) -> Snapshot:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(folder)
        return snapshots.write_snapshot(folder, *args, **kwargs)

    return build


@pytest.fixture(scope="session")
def databases(tmp_path_factory):
    """Makes fresh stores; shared by the workers of a parallel run."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    made = Databases(shared)
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, databases, tmp_path):
    """A fresh, migrated store, once on SQLite and once on PostgreSQL."""
    made = databases.sqlite(tmp_path) if request.param == "sqlite" else databases.postgresql()
    yield made
    databases.drop(made)


@pytest.fixture
def sqlite_database(databases, tmp_path):
    """A fresh, migrated SQLite store, where the kind of database does not matter."""
    made = databases.sqlite(tmp_path)
    yield made
    made.close()


@pytest.fixture(scope="module")
def chromium():
    """One browser for the tests of a file: while it is open, nothing else may run a loop."""
    names = filter(None, map(shutil.which, CHROMIUM_NAMES))
    path = os.environ.get("CHROMIUM") or next(names, None)
    if path is None:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture
def cast(sqlite_database: Any, tmp_path: Path) -> Cast:
    """Give the people of a fresh installation."""
    return Cast(sqlite_database, tmp_path)


@pytest.fixture
def analyst(cast):
    """Give the browser of somebody who may analyse."""
    return cast.signed_in(Role.ANALYST)


@pytest.fixture
def dataset_id(cast, analyst, tmp_path):
    """Give a small survey that the analyst brought in; files of tests may have one of their own."""
    return add_dataset(cast, analyst, write_survey(tmp_path / "满意度.csv"))[0]
