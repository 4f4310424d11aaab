"""The same id is the same answer, however a program writes it; other ids stay apart."""

import pyarrow as pa
import pytest

from huiyin.collect.identity import RESPONSE_COLUMN, identified, response_id
from huiyin.engine.contracts import ROW_COLUMN, SOURCE_COLUMN

DATASET = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"


def _ids(engine, written):
    n = len(written)
    rows = pa.table(
        {
            "id": pa.array(written, pa.string()),
            "score": pa.array(range(n), pa.int64()),
            ROW_COLUMN: pa.array(range(1, n + 1), pa.int64()),
            SOURCE_COLUMN: pa.array([0] * n, pa.int32()),
        }
    )
    table = identified(engine, engine.from_arrow(rows), DATASET, source="plain", native="id")
    return engine.run(table.order_by(ROW_COLUMN)).column(RESPONSE_COLUMN).to_pylist()


def test_whole_numbers_with_a_point_are_the_ids_without(engine):
    written = ["1.0", "2.0", None, "30.0", "4"]
    found = _ids(engine, written)
    expected = [response_id(DATASET, "plain", own) for own in ("1", "2", "30", "4")]
    assert [found[i] for i in (0, 1, 3, 4)] == expected
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("other", ["1.10", "01", "01.0", "v2", "1.5", ""])
def test_ids_that_are_words_stay_as_they_are_written(engine, other):
    written = ["1.0", "1", other]
    assert _ids(engine, written) == [response_id(DATASET, "plain", own) for own in written]
