"""Answers are counted off an index, and those that wait without a look at those that do not."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event

from huiyin.collect.datasets.changes import do_create_dataset
from huiyin.collect.surveys.counting import count_answers
from huiyin.collect.surveys.keeping import half_id
from huiyin.core.ids import new_id
from huiyin.store.contracts import Actor
from huiyin.store.tables import Submission
from huiyin.store.unit_of_work import unit_of_work


@pytest.fixture
def filled(database):
    """Give the store and a dataset of five answers, two of them waiting, and two halves."""
    with unit_of_work(database, Actor.system()) as work:
        dataset = do_create_dataset(work, "问卷")
        for number in range(5):
            work.session.add(_row(dataset.id, new_id(), None if number < 2 else 1))
        work.session.add(_row(dataset.id, half_id(new_id()), None))
        work.session.add(_row(dataset.id, half_id(new_id()), 1))
        return database, dataset.id


def _row(dataset_id, place, version):
    return Submission(
        id=place, dataset_id=dataset_id, native_id=place, payload={}, source="survey",
        received_at=datetime.now(UTC), epoch=1, loaded_version=version,
    )  # fmt: skip


def test_finished_waiting_and_half_finished_answers_are_told_apart(filled):
    database, dataset_id = filled
    with database.reading() as session:
        found = count_answers(session, [dataset_id], datetime.now(UTC), 7)[dataset_id]
    assert (found.n, found.n_waiting, found.n_half) == (5, 2, 2)
    assert sum(n for _, n in found.days) == 5


def test_those_that_wait_are_found_by_the_index_of_those_that_wait(sqlite_database):
    asked = []

    def note(_, __, statement, parameters, *___):
        asked.append((statement, parameters))

    with sqlite_database.reading() as session:
        event.listen(session.bind, "before_cursor_execute", note)
        count_answers(session, ["d"], datetime.now(UTC), 7)
        event.remove(session.bind, "before_cursor_execute", note)
        (waiting,) = (one for one in asked if "loaded_version IS NULL" in one[0])
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {waiting[0]}", waiting[1])
        assert "ix_submissions_waiting" in str(plan.all())
