"""``gap:COLUMN<0``: those who rate the competitor higher, for anybody, and never too few."""

from __future__ import annotations

import numpy as np
import pytest

from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Against, Compare, Filter, Query, QueryError, Viewer
from huiyin.measure.parse import parse_query
from huiyin.measure.run import CorridorOverSnapshot, answer

OWNER, STAFF = Viewer.owner(), Viewer("staff", 10, sees_answers=False)


@pytest.fixture
def write(snapshots, tmp_path):
    def make(own, rival, *, direction=1, **more):
        data = {"价格": own, "竞品价格": [None if r is None else f"{r:g}" for r in rival], **more}
        columns = [
            snapshots.column("价格", Role.ASPECT, (1, 5), direction=direction, group="评价"),
            snapshots.column("竞品价格", Role.META, (1, 5), direction=direction, group="竞品"),
            *(snapshots.column(name, Role.DIMENSION) for name in more),
        ]
        return snapshots.write_snapshot(tmp_path, data, columns)

    return make


def n_of(engine, snapshot, *where, viewer=OWNER, **words):
    asked = parse_query(snapshot.codebook, ("mean:价格",), where=where, **words)
    (cell,) = answer(engine, snapshot, asked, viewer).cells
    return cell.n


def test_each_one_s_own_gap_is_what_is_asked_for(engine, write):
    snapshot = write([1.0, 2.0, 1.0, 3.0, 5.0, 4.0, 3.0], [3.0, 2.0, 2.0, None, 3.0, 1.0, 9.0])
    assert n_of(engine, snapshot, "gap:价格<0") == 2
    assert n_of(engine, snapshot, "gap:价格=-2") == 1
    assert n_of(engine, snapshot, "gap:价格>=0") == 3  # who did not rate both has no gap
    assert n_of(engine, snapshot, "gap:价格>1") == 2
    assert (
        n_of(engine, snapshot, "gap:价格:竞品<0")
        == n_of(engine, snapshot, "gap:价格:竞品价格<0")
        == 2
    )


def test_where_low_is_good_the_gap_turns(engine, write):
    snapshot = write([1.0, 2.0, 1.0, 3.0, 2.0], [3.0, 4.0, 2.0, 1.0, 2.0], direction=-1)
    assert n_of(engine, snapshot, "gap:价格<0") == 1
    assert n_of(engine, snapshot, "gap:价格>0") == 3


@pytest.mark.parametrize("words", ["gap:服务<0", "gap:组<0", "gap:价格:没有<0", "gap:价格<低"])
def test_what_has_no_gap_is_refused_in_a_sentence(engine, write, words):
    rng = np.random.default_rng(1)
    snapshot = write([*rng.integers(1, 6, 40).astype(float)], [3.0] * 40, 组=["甲", "乙"] * 20)
    with pytest.raises(QueryError):
        n_of(engine, snapshot, words)


@pytest.mark.parametrize(("n_not", "shown"), [(0, True), (4, False), (12, True)])
def test_who_rated_both_and_is_not_picked_is_not_told_apart(engine, write, n_not, shown):
    """How many rated both is told elsewhere: the few who are not picked would be what is left."""
    own = [1.0, 2.0] * 40 + [4.0, 5.0] * 20
    rival = [3.0] * (80 - n_not) + [1.0] * n_not + [None] * 40
    found = n_of(engine, write(own, rival), "gap:价格<0", viewer=STAFF)
    assert (found == 80 - n_not) is shown
    assert n_of(engine, write(own, rival), "gap:价格<0") == 80 - n_not


def test_it_holds_beside_groups_and_comparisons_and_for_samples_of_rows(engine, write):
    rng = np.random.default_rng(2)
    own, rival = rng.integers(1, 6, (2, 200)).astype(float)
    snapshot = write([*own], [*rival], 组=["甲", "乙"] * 100)
    behind = Filter("gap:价格", "<", ("0",))
    query = Query(("mean:价格",), by=("组",), where=(behind,), compare=Compare(Against.REST))
    cells = answer(engine, snapshot, query, OWNER).cells
    assert sum(cell.n for cell in cells) == (own < rival).sum()
    group = Compare(Against.GROUP, "组", "乙")
    beside = answer(engine, snapshot, Query(("mean:价格",), where=(behind,), compare=group), OWNER)
    (mine,) = (cell for cell in beside.cells if cell.by["组"] == "甲")
    assert mine.comparison.reference == pytest.approx(own[1::2][(own < rival)[1::2]].mean())
    sample = CorridorOverSnapshot(engine, snapshot, OWNER).row_sample(("价格",), where=(behind,))
    assert sample.n_total == (own < rival).sum()
