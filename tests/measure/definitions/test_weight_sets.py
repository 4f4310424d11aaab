"""Weight sets: one line of versions for each scene, found by day."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from huiyin.measure.definitions.contracts import DefinitionError
from huiyin.measure.definitions.weight_sets import do_save_weight_set, weight_sets, weights_on
from huiyin.store.contracts import Actor, EditConflictError
from huiyin.store.tables import AuditRow
from huiyin.store.unit_of_work import unit_of_work

ALICE = Actor("Alice")
WEIGHTS = {"服务": 0.3, "产品": 0.1, "价格": 0.6}


def save(database, weights=None, scene="shop", base=0, **more):
    with unit_of_work(database, ALICE) as work:
        return do_save_weight_set(work, scene, weights or WEIGHTS, base_version=base, **more)


def test_sets_of_several_scenes_and_days(database):
    save(database, valid_from=date(2025, 1, 1), source="专家打分")
    save(database, {"服务": 1.0}, base=1, valid_from=date(2025, 7, 1))
    save(database, {"物流": 1.0}, scene="online", valid_from=date(2025, 3, 1))
    with database.reading() as session:
        first = weights_on(session, "shop", date(2025, 6, 30))
        assert (first.version, dict(first.weights), first.source) == (1, WEIGHTS, "专家打分")
        assert list(first.weights) == list(WEIGHTS)
        assert weights_on(session, "shop", date(2025, 7, 1)).version == 2
        assert weights_on(session, "shop", date(2024, 12, 31)) is None
        assert weights_on(session, "online", date(2025, 7, 1)).weights == {"物流": 1.0}
        assert [(s.scene, s.version) for s in weight_sets(session)] == [
            ("online", 1), ("shop", 2), ("shop", 1),
        ]  # fmt: skip
        assert [s.version for s in weight_sets(session, "shop")] == [2, 1]


def test_latest_start_wins_over_the_later_version(database):
    save(database, valid_from=date(2025, 7, 1))
    save(database, {"服务": 1.0}, base=1, valid_from=date(2025, 3, 1))
    with database.reading() as session:
        assert weights_on(session, "shop", date(2025, 6, 30)).version == 2
        assert weights_on(session, "shop", date(2025, 7, 1)).version == 1


def test_a_save_on_an_old_version_is_refused(database):
    save(database)
    with pytest.raises(EditConflictError, match="Alice"):
        save(database, {"服务": 1.0})
    with pytest.raises(EditConflictError):
        save(database, {"服务": 1.0}, base=5)


def test_old_and_new_weights_are_in_the_audit(database):
    save(database)
    save(database, {"服务": 1.0}, base=1)
    with database.reading() as session:
        rows = session.scalars(select(AuditRow).order_by(AuditRow.seq)).all()
    assert rows[1].before == {"weights": [["服务", 0.3], ["产品", 0.1], ["价格", 0.6]]}
    assert rows[1].after["weights"] == [["服务", 1.0]]


@pytest.mark.parametrize(
    "weights",
    [{"a": -1.0}, {"a": float("nan")}, {"a": float("inf")}, {"a": 0.0}, {" ": 1.0},
     {"a\x00": 1.0}, {f"a{i}": 1.0 for i in range(201)}],
)  # fmt: skip
def test_weights_that_make_no_index(sqlite_database, weights):
    with pytest.raises(DefinitionError):
        save(sqlite_database, weights)


def test_scene_needs_a_name(sqlite_database):
    with pytest.raises(DefinitionError):
        save(sqlite_database, scene="  ")
