"""An engine and small raw files."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.text import Text
from huiyin.engine.contracts import TypedFacts
from huiyin.engine.duck import Engine
from huiyin.engine.typed import write_typed


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine() as running:
        yield running


@pytest.fixture
def column():
    def make(name: str, role: str, **facts: object) -> Column:
        return Column(name, Role(role), Text.same(name), **facts)

    return make


@pytest.fixture
def typed(engine: Engine, tmp_path: Path):
    """Type raw columns (a dict of lists); give typed rows and facts."""

    def run(
        raw: dict[str, list[object]], *columns: Column, types: dict[str, pa.DataType] | None = None
    ) -> tuple[dict[str, list[object]], TypedFacts]:
        chosen = types or {}
        arrays = {n: pa.array(v, chosen.get(n, pa.string())) for n, v in raw.items()}
        path = tmp_path / "raw.parquet"
        pq.write_table(pa.table(arrays), path)
        facts = write_typed(engine, [path], Codebook(columns), tmp_path / "typed")
        return pq.read_table(facts.files[0]).to_pydict(), facts

    return run
