"""Mailings as their list tells of them: all sent, spoilt, paused while the worker is at it."""

from datetime import UTC, datetime

import pytest
from office import Office
from sqlalchemy import select, update

from huiyin.app.wiring import build_worker
from huiyin.app.work.sending import order_sends
from huiyin.collect.sending.finishing import is_all_sent
from huiyin.collect.sending.mailings import plan_of
from huiyin.store.tables import Mailing, SurveyInvitation


@pytest.fixture
def office(cast, tmp_path):
    return Office(cast, tmp_path, n=3)


def listed(office):
    found = office.call(f"/surveys/{office.survey}/mailings", method="get").json()["items"]
    return {one["name"]: one for one in found}


def test_what_goes_out_once_is_through_when_nobody_waits(office):
    office.start(office.plan())
    assert not listed(office)["试发"]["all_sent"]
    office.links()
    one = listed(office)["试发"]
    assert (one["status"], one["all_sent"], one["n"]) == ("running", True, 3)


def test_what_chooses_its_customers_yet_is_not_through(office):
    path = f"/surveys/{office.survey}/mailings"
    made = office.call(path, {"name": "试发", "plan": office.plan()}).json()
    state = f"{path}/{made['id']}/state"
    office.call(state, {"do": "start", "revision": made["revision"]})
    assert not listed(office)["试发"]["all_sent"]


def test_a_mailing_by_a_rule_is_never_through(office):
    office.start(office.plan(rule={"on": "rows"}))
    office.links()
    assert not listed(office)["试发"]["all_sent"]


def test_reminders_that_are_to_come_are_waited_for(office):
    office.start(office.plan(reminders={"most": 1, "after_days": 3}))
    office.links()
    with office.cast.uow() as uow:
        mailing = uow.session.scalars(select(Mailing)).one()
        plan = plan_of(mailing)
        assert not is_all_sent(uow.session, mailing, plan)
        first, *others = uow.session.scalars(select(SurveyInvitation))
        first.status, first.finished_at = "finished", datetime.now(UTC)
        for one in others:
            one.round = 1
        uow.session.flush()
        assert is_all_sent(uow.session, mailing, plan)


def test_one_that_cannot_be_read_is_named_holds_up_no_other_and_can_be_ended(office):
    event = {"on": "event", "event": "signed"}
    broken = office.start(office.plan(rule=event), name="坏的")
    good = office.start(office.plan(rule=event), name="好的")
    with office.cast.uow() as uow:
        spoilt = {"channel": "link", "rule": {"on": "full moon"}}
        uow.session.execute(update(Mailing).where(Mailing.id == broken).values(plan=spoilt))
    body = {"id": "order-7", "event": "signed", "customer": "C1"}
    told = {one["mailing_id"]: one for one in office.call("/events", body).json()["items"]}
    assert told[good]["outcome"] == "planned"
    assert told[broken]["outcome"] == "unreadable"
    assert "坏的" in told[broken]["why"]["zh-CN"]
    assert order_sends(office.cast.system) == 0
    one = listed(office)["坏的"]
    assert "坏的" in one["fault"]["zh-CN"]
    assert listed(office)["好的"]["fault"] is None
    state = f"/surveys/{office.survey}/mailings/{broken}/state"
    start = {"do": "start", "revision": one["revision"]}
    assert "坏的" in office.call(state, start, expect=(422,)).text
    office.call(state, {"do": "stop", "revision": one["revision"]})
    again = office.call("/events", body | {"id": "order-8", "customer": "C2"}).json()["items"]
    assert [one["mailing_id"] for one in again] == [good]


def test_what_cannot_go_out_says_why_until_it_can(office):
    office.start(office.plan(channel="mail"))
    assert listed(office)["试发"]["held_up"] is None
    order_sends(office.cast.system)
    build_worker(office.cast.system).run_until_idle()
    one = listed(office)["试发"]
    assert one["held_up"] == {
        "zh-CN": "还没有设置邮件服务器，请管理员先设置。",
        "en": "There is no mail server yet: an administrator sets it.",
    }
    state = f"/surveys/{office.survey}/mailings/{one['id']}/state"
    office.call(state, {"do": "pause", "revision": one["revision"]})
    assert listed(office)["试发"]["held_up"] is None


def test_who_pauses_runs_into_nobody_but_people(cast_on_both, tmp_path):
    office = Office(cast_on_both, tmp_path, n=3)
    path = f"/surveys/{office.survey}/mailings"
    made = office.call(path, {"name": "试发", "plan": office.plan(rule={"on": "rows"})}).json()
    state = f"{path}/{made['id']}/state"
    seen = office.call(state, {"do": "start", "revision": made["revision"]}).json()["revision"]
    build_worker(office.cast.system).run_until_idle()
    with office.cast.database.reading() as session:
        assert session.scalar(select(Mailing.cursor)) is not None
    paused = office.call(state, {"do": "pause", "revision": seen}).json()
    assert paused["status"] == "paused"
    office.call(state, {"do": "start", "revision": seen}, expect=(409,))
