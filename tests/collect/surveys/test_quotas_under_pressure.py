"""Two processes fill quotas at once: never one too many, and nobody waits for ever."""

from datetime import UTC, datetime
from itertools import chain

import pytest
from at_once import at_once
from sqlalchemy import func, select

from huiyin.collect.surveys.changes import do_create_survey, do_publish, do_save_draft
from huiyin.collect.surveys.definition import Definition
from huiyin.collect.surveys.keeping import Home, Outcome, QuotaFullError, keep_answer
from huiyin.core.ids import new_id
from huiyin.store.contracts import Actor
from huiyin.store.database import Database
from huiyin.store.intake import Intake
from huiyin.store.tables import QuotaPlaces, Submission, Survey
from huiyin.store.unit_of_work import unit_of_work

N_PROCESSES, N_EACH, PLACES = 2, 60, {"a": 25, "b": 40}
GIVEN = {"question": "rec", "op": "answered"}
DEFINITION = {
    "title": {"zh-CN": "试"},
    "pages": [{"id": "p", "questions": [{"kind": "nps", "id": "rec", "title": {"zh-CN": "？"}}]}],
    "quotas": [
        {"id": name, "name": {"zh-CN": name}, "where": GIVEN, "most": most}
        for name, most in PLACES.items()
    ],
}


@pytest.mark.parametrize(("before", "after"), [(3, 2), (1, 2)])
def test_the_places_are_those_of_the_version_that_is_out(database, before, after):
    """A page of the first version is sent back after the second one came out."""

    def with_places(most):
        quotas = [DEFINITION["quotas"][0] | {"most": most}]
        return Definition.model_validate(DEFINITION | {"quotas": quotas})

    earlier = with_places(before)
    with unit_of_work(database, Actor.system()) as work:
        survey = do_create_survey(work, "试", earlier)
        do_publish(work, survey.id, survey.revision)
        home = Home(survey.id, survey.dataset_id, 0)
    intake = Intake(database)

    def answer():
        write = keep_answer(home, new_id(), {}, datetime.now(UTC), earlier.quotas)
        return intake.keep(write).exception(60)

    assert answer() is None
    with unit_of_work(database, Actor.system()) as work:
        found = work.session.get_one(Survey, survey.id)
        do_save_draft(work, survey.id, found.revision, "试", with_places(after))
        work.session.flush()
        do_publish(work, survey.id, found.revision)
    assert answer() is None
    assert isinstance(answer(), QuotaFullError)
    intake.close()


def test_no_place_is_taken_twice(database):
    with unit_of_work(database, Actor.system()) as work:
        definition = Definition.model_validate(DEFINITION)
        survey = do_create_survey(work, "试", definition)
        do_publish(work, survey.id, survey.revision)
        home = Home(survey.id, survey.dataset_id, 0)
    first, second = definition.quotas
    wanted = [(first,), (second,), (first, second), (second, first)]

    def process():
        own = Database(database.url.render_as_string(hide_password=False))
        intake = Intake(own)
        waiting = [
            intake.keep(keep_answer(home, new_id(), {}, datetime.now(UTC), wanted[n % 4]))
            for n in range(N_EACH)
        ]
        done = [one.exception(60) or one.result() for one in waiting]
        intake.close()
        own.close()
        return done

    outcomes = list(chain.from_iterable(at_once(*[process] * N_PROCESSES)))
    with database.reading() as session:
        taken = dict(session.execute(select(QuotaPlaces.quota_id, QuotaPlaces.taken)).all())
        kept = session.scalar(select(func.count()).select_from(Submission))
    assert taken == pytest.approx(PLACES)
    assert len(outcomes) == N_PROCESSES * N_EACH
    assert outcomes.count(Outcome.KEPT) == kept
    assert all(isinstance(one, QuotaFullError) or one is Outcome.KEPT for one in outcomes)
