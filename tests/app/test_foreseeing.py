"""Boards are answered ahead: for each kind of viewer, and noted as nobody's questions."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial

import numpy as np
import pytest
from cast import Cast
from importing import add_dataset
from sqlalchemy import select

from huiyin.app.wiring import build_worker, order_boards_ahead
from huiyin.app.work.foreseeing import foresee, people_of
from huiyin.core.clock import system_clock
from huiyin.people.contracts import Role
from huiyin.people.settings import do_change_setting
from huiyin.store.jobs.contracts import JobStatus
from huiyin.store.jobs.worker import Worker
from huiyin.store.tables import Job
from huiyin.web import viewing
from huiyin.web.ahead import FORESEE_JOB
from huiyin.web.kept_questions import asked_folder

API = "/api/v1/boards"


@pytest.fixture(scope="module")
def survey_file(tmp_path_factory):
    rng = np.random.default_rng(5)
    lines = ["编号,答题时间,大区,总体满意度"]
    lines += [f"{i},2025-{1 + i % 6:02d}-{1 + i % 27:02d} 10:00,{'华东' if i % 3 else '华南'},"
              f"{rng.integers(1, 6)}" for i in range(240)]  # fmt: skip
    path = tmp_path_factory.mktemp("ahead") / "满意度.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


@pytest.fixture
def dataset_id(cast, analyst, survey_file):
    return add_dataset(cast, analyst, survey_file)[0]


@pytest.fixture
def late(cast):
    """Give the installation a minute later, when what waits for quiet is due."""
    clock = lambda: system_clock() + timedelta(minutes=1)  # noqa: E731 -- a clock
    return replace(cast.system, clock=clock, answers_ahead=True)


def numbers(browser, board):
    items = browser.post(f"{API}/{board}/answers", json={}).json()["items"]
    asked = [one for one in items if one["kind"] in {"number", "view"}]
    assert asked
    assert all("answer" in one for one in asked)
    return [one["answer"]["result"]["data"]["used"] for one in asked]


def test_everybody_finds_their_own_numbers_ready(cast, analyst, dataset_id, late, monkeypatch):
    with cast.uow() as uow:
        do_change_setting(uow, "share_scores_with_everyone", False, 0)
    east = cast.signed_in(Role.VIEWER)
    rule = {"staff_id": east.staff.id, "column": "大区", "values": ["华东"]}
    assert cast.signed_in(Role.ADMINISTRATOR).post("/api/v1/row-rules", json=rule).status_code < 300
    with cast.database.reading() as session:
        seen = people_of(session, cast.system, dataset_id)
    assert [one.role for one in seen] == [Role.ADMINISTRATOR, Role.VIEWER, Role.VIEWER]
    assert [one.login for one in seen] == ["administrator", east.staff.login, ""]
    build_worker(late).run_until_idle()
    with cast.database.reading() as session:
        done = session.scalars(select(Job).where(Job.kind == FORESEE_JOB)).one()
    assert done.status == JobStatus.DONE
    assert done.result["answered"] > 0
    assert not list(asked_folder(cast.system).iterdir())
    made = analyst.post(f"{API}/role", json={"role": "management"}).json()
    body = {"revision": made["revision"], "definition": made["definition"], "shared": True}
    assert analyst.put(f"{API}/{made['id']}", json=body).status_code == 200

    def nobody(*_):
        raise AssertionError("it was to be ready")

    monkeypatch.setattr(viewing, "answered", nobody)
    whole, part = (numbers(one, made["id"]) for one in (analyst, east))
    assert all(mine <= all_of for mine, all_of in zip(part, whole, strict=True))
    assert part[0] == 160
    assert whole[0] == 240


def test_it_lets_what_somebody_waits_for_go_first(cast, dataset_id, late):
    with cast.uow() as uow:
        uow.session.query(Job).delete()
        ahead = uow.enqueue(FORESEE_JOB, {"dataset_id": dataset_id})
        urgent = uow.enqueue("load_import", {})
    handler = partial(foresee, late, last=frozenset({FORESEE_JOB}))
    worker = Worker(cast.database, {FORESEE_JOB: handler}, late.clock, (FORESEE_JOB,))
    assert worker.run_one()
    with cast.uow() as uow:
        job = uow.session.get_one(Job, ahead)
        assert (job.status, job.attempts, job.error["code"]) == ("queued", 0, "GivesWayError")
        uow.session.delete(uow.session.get_one(Job, urgent))
        job.run_at = late.clock()
    assert worker.run_one()
    with cast.database.reading() as session:
        assert session.get_one(Job, ahead).status == JobStatus.DONE


def test_who_wants_none_of_it_has_none(cast, dataset_id):
    with cast.uow() as uow:
        ahead = uow.enqueue(FORESEE_JOB, {"dataset_id": dataset_id})
    build_worker(cast.system).run_until_idle()
    with cast.database.reading() as session:
        assert session.get_one(Job, ahead).result == {"answered": 0}


@pytest.mark.usefixtures("dataset_id")
def test_the_first_viewer_finds_the_boards_of_the_roles_ready(cast, late, monkeypatch):
    build_worker(late).run_until_idle()
    viewer = cast.signed_in(Role.VIEWER)
    made = viewer.post(f"{API}/role", json={"role": "management"}).json()

    def nobody(*_):
        raise AssertionError("it was to be ready")

    monkeypatch.setattr(viewing, "answered", nobody)
    assert numbers(viewer, made["id"])[0] == 240


@pytest.mark.usefixtures("dataset_id")
def test_a_rule_has_boards_answered_for_whom_it_holds(cast, late):
    with cast.uow() as uow:
        do_change_setting(uow, "share_scores_with_everyone", False, 0)
    build_worker(late).run_until_idle()
    viewer = cast.signed_in(Role.VIEWER)
    ahead = Cast(cast.database, cast.system.folders.root)
    ahead.system = ahead.app.state.system = replace(cast.system, answers_ahead=True)
    root = ahead.signed_in(Role.ADMINISTRATOR)
    rule = {"staff_id": viewer.staff.id, "column": "大区", "values": ["华东"]}
    before = n_results(cast)
    assert root.post("/api/v1/row-rules", json=rule).status_code < 300
    assert root.post("/api/v1/row-rules", json={**rule, "values": ["华南"]}).status_code < 300
    with cast.database.reading() as session:
        (job,) = session.scalars(select(Job).where(Job.status == JobStatus.QUEUED)).all()
    assert (job.kind, job.payload) == (FORESEE_JOB, {})
    build_worker(late).run_until_idle()
    assert n_results(cast) > before


@pytest.mark.usefixtures("dataset_id")
def test_a_server_that_starts_has_boards_answered_where_nothing_is_kept(cast, late):
    build_worker(late).run_until_idle()
    before = n_results(cast)
    assert before > 0
    for path in cast.system.folders.cache.glob("*/*.json.gz"):
        path.unlink()
    order_boards_ahead(cast.system)  # of who wants none of it
    build_worker(late).run_until_idle()
    assert n_results(cast) == 0
    for _ in range(2):
        order_boards_ahead(replace(cast.system, answers_ahead=True))
    with cast.database.reading() as session:
        assert len(session.scalars(select(Job).where(Job.status == JobStatus.QUEUED)).all()) == 1
    build_worker(late).run_until_idle()
    assert n_results(cast) >= before


def n_results(cast):
    return len(list(cast.system.folders.cache.glob("*/*.json.gz")))
