"""What stays hidden is reckoned within the time that a question has; else a sentence says so."""

from __future__ import annotations

import time
from types import SimpleNamespace

import numpy as np
import pytest

from huiyin.codebook.contracts import Role
from huiyin.engine import deadline
from huiyin.engine.contracts import EngineError, Limits
from huiyin.engine.deadline import Deadline
from huiyin.engine.duck import Engine
from huiyin.measure.contracts import Against, Compare, Filter, Query, Viewer
from huiyin.measure.hiding.suppression import hidden_among_totals, hidden_cells
from huiyin.measure.run import CorridorOverSnapshot, answer

OWNER, STAFF = Viewer.owner(), Viewer("staff", minimum_n=10)
SECONDS = 3600
PLACES = [f"p{i}" for i in range(3)]
QUESTIONS = [
    Query(("nps",), by=("p0", "p1")),
    Query(("nps",), by=("p0",), where=(Filter("p1", "=", ("1",)),)),
    Query(("nps",), by=("p0", "p1"), subtotals=True, column_totals=True),
    Query(("nps",), by=("p0",), compare=Compare(Against.REST)),
]


@pytest.fixture
def slow_clock(monkeypatch):
    """Let whoever asks for the time find that hours have gone by since the question came."""
    later = SimpleNamespace(monotonic=lambda: time.monotonic() + 2 * SECONDS)
    monkeypatch.setattr(deadline, "time", later)


@pytest.fixture(scope="module")
def snapshot(snapshots, tmp_path_factory):
    rng = np.random.default_rng(3)
    data = {name: rng.integers(4, size=300).astype(str) for name in PLACES}
    columns = [snapshots.column(name, Role.DIMENSION) for name in PLACES]
    columns.append(snapshots.column("nps", Role.NPS, (0, 10)))
    data["nps"] = rng.integers(11, size=300)
    return snapshots.write_snapshot(tmp_path_factory.mktemp("rows"), data, columns)


@pytest.fixture
def engine():
    with Engine(Limits(seconds=SECONDS)) as engine:
        yield engine


@pytest.mark.usefixtures("slow_clock")
@pytest.mark.parametrize("query", QUESTIONS)
def test_a_question_is_stopped_while_its_small_groups_are_looked_for(engine, snapshot, query):
    assert answer(engine, snapshot, query, OWNER).cells  # nothing is hidden from the owner
    with pytest.raises(EngineError) as stopped:
        answer(engine, snapshot, query, STAFF)
    assert f"{SECONDS} 秒的时限" in stopped.value.sentence["zh-CN"]


@pytest.mark.usefixtures("slow_clock")
def test_groups_of_a_table_of_counts_are_stopped_too(engine, snapshot):
    corridor = CorridorOverSnapshot(engine, snapshot, STAFF)
    groups = [(Filter("p0", "=", (str(i),)),) for i in range(4)]
    with pytest.raises(EngineError):
        corridor.hidden_groups(groups)


def test_each_step_of_hiding_asks_for_the_time():
    over = Deadline(Limits(seconds=SECONDS), began=-1e12)
    counts = {(a, b): 12 for a in "xyz" for b in "123"} | {("x", "1"): 3}
    totals = {(a,): 36 for a in "xyz"}
    for levels, n_groups in (([counts], [2]), ([totals, {(): 108}], [1, 0])):
        with pytest.raises(EngineError):
            hidden_cells(levels, 10, n_groups=n_groups, deadline=over)
    with pytest.raises(EngineError):
        hidden_among_totals([counts], [("a", "b")], 10, [frozenset()], over)
    plenty = Deadline(Limits(seconds=SECONDS))
    assert hidden_cells([counts], 10, n_groups=[2], deadline=plenty) == hidden_cells(
        [counts], 10, n_groups=[2]
    )
