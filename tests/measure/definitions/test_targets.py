"""Targets: kept, changed under guard, and set against results by their interval."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Filter, Query, QueryError, Viewer
from huiyin.measure.definitions.attainment import attainment, judged
from huiyin.measure.definitions.contracts import Attainment, DefinitionError, Goal
from huiyin.measure.definitions.targets import (
    do_add_target,
    do_change_target,
    do_remove_target,
    goal_of,
    targets,
)
from huiyin.measure.run import answer
from huiyin.store.contracts import Actor, EditConflictError, NotFoundError
from huiyin.store.tables import AuditRow, Target
from huiyin.store.unit_of_work import unit_of_work

ALICE = Actor("Alice")
GOAL = Goal("satisfied:服务", 0.85, where={"地区": "华东"}, valid_from=date(2025, 1, 1))
DAY = date(2025, 6, 1)


@pytest.mark.parametrize(
    ("low", "high", "goal", "higher", "expected"),
    [
        (80.0, 90.0, 80.0, True, "reached"),
        (79.9, 90.0, 80.0, True, "cannot_tell"),
        (70.0, 80.0, 80.0, True, "cannot_tell"),
        (70.0, 79.9, 80.0, True, "missed"),
        (0.01, 0.05, 0.05, False, "reached"),
        (0.04, 0.06, 0.05, False, "cannot_tell"),
        (0.05, 0.09, 0.05, False, "cannot_tell"),
        (0.06, 0.09, 0.05, False, "missed"),
        (-40.0, -35.0, -50.0, True, "reached"),
        (None, None, 80.0, True, "cannot_tell"),
    ],
)
def test_interval_decides(low, high, goal, higher, expected):
    assert attainment(low, high, goal, higher_is_better=higher) == expected


@given(st.floats(-100, 100), st.floats(0, 50), st.floats(-100, 100), st.booleans())
def test_point_never_decides_against_its_interval(low, width, goal, higher):
    found = attainment(low, low + width, goal, higher_is_better=higher)
    mirrored = attainment(-low - width, -low, -goal, higher_is_better=not higher)
    assert found is mirrored
    if low < goal < low + width:
        assert found is Attainment.CANNOT_TELL


def add(database, goal=GOAL):
    with unit_of_work(database, ALICE) as work:
        return do_add_target(work, goal).id


def test_target_comes_back_as_it_was_given(database):
    add(database)
    with database.reading() as session:
        (row,) = targets(session)
        assert goal_of(row) == GOAL
        assert (row.created_by, row.revision) == ("Alice", 1)


def test_change_and_removal_are_guarded_and_audited(database):
    target_id = add(database)
    with unit_of_work(database, ALICE) as work:
        do_change_target(work, target_id, 1, Goal("nps", 30.0, valid_from=DAY))
    for act in (
        lambda work: do_change_target(work, target_id, 1, GOAL),
        lambda work: do_remove_target(work, target_id, 1),
    ):
        with pytest.raises(EditConflictError, match="Alice"), unit_of_work(database, ALICE) as work:
            act(work)
    with unit_of_work(database, ALICE) as work:
        do_remove_target(work, target_id, 2)
    with database.reading() as session:
        assert targets(session) == ()
        rows = session.scalars(select(AuditRow).order_by(AuditRow.seq)).all()
    assert [row.action for row in rows] == ["add", "change", "remove"]
    assert (rows[1].before["value"], rows[1].after["value"], rows[2].before["metric"]) == (
        0.85, 30.0, "nps",
    )  # fmt: skip


@pytest.mark.parametrize(
    "goal",
    [
        Goal("satisfied", 85.0),
        Goal("nps", 101.0),
        Goal("score", -1.0),
        Goal("mean:时长", float("nan")),
        Goal("nps", 30.0, valid_from=DAY, valid_to=date(2025, 5, 31)),
        Goal("nps", 30.0, where={"": "华东"}),
    ],
)
def test_goal_that_cannot_be_meant(sqlite_database, goal):
    with pytest.raises(DefinitionError):
        add(sqlite_database, goal)


def test_goal_for_what_does_not_exist(sqlite_database):
    with pytest.raises(QueryError, match="satisfied"):
        add(sqlite_database, Goal("satisfed", 0.5))
    with pytest.raises(NotFoundError):
        add(sqlite_database, Goal("nps", 0.5, dataset_id="nothing"))
    with sqlite_database.reading() as session:
        assert session.scalars(select(Target)).all() == []


@pytest.fixture
def result(engine, make, column):
    n = 400
    data = {
        "服务": [5.0 if i % 10 else 2.0 for i in range(n)],
        "地区": [("华东", "华南")[i % 2] for i in range(n)],
    }
    snapshot = make(data, [column("服务", Role.OVERALL, (1, 5)), column("地区", Role.DIMENSION)])

    def ask(*metrics, **more):
        return answer(engine, snapshot, Query(metrics, **more), Viewer.owner())

    return ask


def test_each_cell_is_judged_by_the_goals_of_its_group(result):
    goals = [
        Goal("satisfied", 0.7),
        Goal("satisfied:服务", 0.99, where={"地区": "华东"}),
        Goal("satisfied", 0.9, where={"地区": "华南"}, valid_to=date(2025, 5, 31)),
        Goal("nps", 30.0),
        Goal("satisfied", 0.1, dataset_id="another"),
    ]
    whole = judged(result("satisfied"), goals, DAY)
    assert [(j.goal.value, j.attainment) for j in whole] == [(0.7, "reached")]
    groups = judged(result("satisfied", by=("地区",)), goals, DAY)
    assert [(j.cell.by["地区"], j.attainment) for j in groups] == [("华东", "missed")]
    east = Filter("地区", "=", ("华东",))
    filtered = judged(result("satisfied", where=(east,)), goals, DAY)
    assert [j.goal.value for j in filtered] == [0.99]


def test_metric_says_which_end_is_good_unless_the_goal_does(result):
    asked = result("dissatisfied")
    (own,) = judged(asked, [Goal("dissatisfied", 0.2)], DAY)
    (other,) = judged(asked, [Goal("dissatisfied", 0.2, higher_is_better=True)], DAY)
    assert (own.attainment, other.attainment) == ("reached", "missed")
