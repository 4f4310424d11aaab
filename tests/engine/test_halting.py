"""A question is stopped wherever it is: in a run, before the next one, between two steps."""

import threading

import pyarrow as pa
import pytest

from huiyin.engine.contracts import EngineError, Limits
from huiyin.engine.deadline import NO_END
from huiyin.engine.duck import Engine
from huiyin.engine.halting import Halt, halt_by


@pytest.fixture
def halt():
    found = Halt()
    halt_by(found)
    yield found
    halt_by(Halt())


@pytest.fixture
def engine(tmp_path):
    with Engine(Limits(seconds=30, temporary=tmp_path / "spill")) as found:
        yield found


def _endless(engine):
    rows = engine.from_arrow(pa.table({"v": list(range(3000))}))
    other, third = rows.view().rename(w="v"), rows.view().rename(x="v")
    return rows.cross_join(other).cross_join(third).agg(s=lambda t: (t.v * t.w % (t.x + 1)).sum())


def test_a_run_is_interrupted_and_nothing_more_begins(engine, halt):
    threading.Timer(0.3, halt.ask).start()
    with pytest.raises(EngineError, match="Cancelled"):
        engine.run(_endless(engine))
    with pytest.raises(EngineError, match="Cancelled"):
        engine.from_arrow(pa.table({"v": [1]})).count().pipe(engine.run)
    with pytest.raises(EngineError, match="Cancelled"):
        NO_END.check()


def test_the_next_question_of_the_same_engine_is_answered(engine, halt):
    halt.ask()
    halt_by(Halt())
    rows = engine.from_arrow(pa.table({"v": [1, 2]}))
    assert engine.run(rows.count()).column(0).to_pylist() == [2]
