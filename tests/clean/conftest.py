"""From raw columns to flagged rows."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from huiyin.clean.contracts import Ledger
from huiyin.clean.run import clean
from huiyin.codebook.contracts import Codebook, Column
from huiyin.engine.contracts import Snapshot
from huiyin.engine.duck import Engine
from huiyin.engine.typed import write_typed


@pytest.fixture(scope="module")
def engine() -> Iterator[Engine]:
    with Engine() as running:
        yield running


class Cleaned:
    """Flagged rows, easy to ask."""

    def __init__(self, snapshot: Snapshot, ledger: Ledger) -> None:
        self.snapshot = snapshot
        self.ledger = ledger
        self.rows = pq.ParquetFile(snapshot.files[0]).read().to_pydict()

    def use(self, rule_id: str):
        return next(use for use in self.ledger.rules if use.rule_id == rule_id)

    def flagged(self, rule_id: str) -> list[int]:
        """Row numbers that carry the rule's bit."""
        bit = [flag.rule_id for flag in self.snapshot.legend].index(rule_id)
        pairs = zip(self.rows["_row"], self.rows["_flags"], strict=True)
        return sorted(row for row, flags in pairs if flags >> bit & 1)


@pytest.fixture
def cleaned(engine: Engine, tmp_path: Path):
    n_runs = iter(range(100))

    def run(raw: dict[str, list[object]], *columns: Column) -> Cleaned:
        folder = tmp_path / str(next(n_runs))
        folder.mkdir()
        path = folder / "raw.parquet"
        pq.write_table(pa.table({n: pa.array(v, pa.string()) for n, v in raw.items()}), path)
        book = Codebook(columns)
        typed = write_typed(engine, [path], book, folder)
        return Cleaned(*clean(engine, typed, book, folder / "clean"))

    return run
