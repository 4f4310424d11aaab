"""The one thread that looks for what waits survives whatever one questionnaire or mailing does."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from cast import Cast
from guests import add_mailing, plan
from respondent import Respondent
from structlog.testing import capture_logs

from huiyin.app import looking
from huiyin.app.wiring import build_worker
from huiyin.app.work import answer_places, sweeping
from huiyin.collect.sending.contracts import MailingStatus
from huiyin.store.tables import Job


@pytest.fixture
def cast(sqlite_database, tmp_path):
    return Cast(sqlite_database, tmp_path)


def look(cast):
    with ThreadPoolExecutor(1) as pool:
        return looking.look(cast.system, pool)


def orders(cast):
    with cast.database.reading() as session:
        return {job.payload.get("dataset_id") for job in session.query(Job) if "sync" in job.kind}


def answered(cast):
    guest = Respondent(cast)
    guest.open()
    guest.send(rec="9")
    return guest


def test_one_questionnaire_that_fails_holds_up_no_other(cast, monkeypatch):
    bad, good = answered(cast), answered(cast)
    whole = sweeping.do_order_sync
    monkeypatch.setattr(answer_places, "MOST_ROWS", 0)  # each goes the way of a sync

    def break_one(work, dataset_id, **more):
        if dataset_id == bad.survey.dataset_id:
            raise ValueError(dataset_id)
        return whole(work, dataset_id, **more)

    with monkeypatch.context() as broken, capture_logs() as logs:
        broken.setattr(sweeping, "do_order_sync", break_one)
        assert look(cast) == 1
    assert orders(cast) == {good.survey.dataset_id}
    assert {"datasets": [bad.survey.dataset_id], "kind": "ValueError"}.items() <= logs[-1].items()
    look(cast)
    assert orders(cast) == {good.survey.dataset_id, bad.survey.dataset_id}


def test_a_mailing_that_cannot_be_read_is_named_and_stops_no_other(cast):
    guest = answered(cast)
    with cast.uow() as uow:
        mailing = add_mailing(uow, guest.survey, plan())
        mailing.status, mailing.plan = MailingStatus.RUNNING, {"channel": "pigeon"}
    with capture_logs() as logs:
        assert look(cast) == 1
    assert [one["survey"] for one in logs if "survey" in one] == [guest.survey.id]


def test_a_look_that_fails_is_looked_again(cast, monkeypatch):
    over, seen = Event(), []

    def fail(_):
        seen.append(1)
        if seen.count(1) == 3:
            over.set()
        raise RuntimeError

    monkeypatch.setattr(looking, "LOOKS", (fail, lambda system: seen.append(system) or 0))
    with capture_logs() as logs:
        looking.keep_looking(cast.system, over, 0.001)
    assert [one["event"] for one in logs] == ["look_failed"] * 3
    assert seen.count(cast.system) == 3


def test_no_job_begins_while_answers_are_taken_in(cast, monkeypatch):
    over, seen = Event(), []
    worker = build_worker(cast.system)

    def watch(_):
        seen.append(worker.turn.locked())
        over.set()
        return 0

    monkeypatch.setattr(looking, "LOOKS", (watch,))
    looking.keep_looking(cast.system, over, 0.001, worker)
    assert (seen, worker.turn.locked()) == ([True], False)


@pytest.mark.parametrize("found", [0, 1])
def test_while_answers_come_in_the_jobs_that_nobody_waits_for_are_told(cast, monkeypatch, found):
    over, worker, told = Event(), build_worker(cast.system), []

    def press(one, seconds):
        told.append((one, seconds >= 0))

    monkeypatch.setattr(type(worker), "press", press)
    monkeypatch.setattr(looking, "LOOKS", (lambda _: over.set() or found,))
    looking.keep_looking(cast.system, over, 0.001, worker)
    assert told == [(worker, True)] * found
