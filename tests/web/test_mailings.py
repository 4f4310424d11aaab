"""Mailings through the pages' own routes: whom they reach and why not, rules, waves, the funnel."""

import math
from datetime import UTC, datetime, time, timedelta

import pytest
from guests import KEY, add_survey
from importing import upload
from office import HEADS, TODAY, Office
from respondent import Respondent
from sqlalchemy import select

from huiyin.app.wiring import build_worker
from huiyin.app.work.sending import order_sends
from huiyin.app.work.sweeping import order_syncs
from huiyin.collect.sending.mailings import plan_of
from huiyin.collect.sending.planning import open_facts
from huiyin.collect.sending.tokens import token_of
from huiyin.people.contracts import Role
from huiyin.people.settings import do_change_setting
from huiyin.store.tables import Mailing, SurveyInvitation
from huiyin.web.audiences import candidates_of, group_of

EVENT = {"on": "event", "event": "signed", "delay_minutes": 60}


@pytest.fixture
def office(cast, tmp_path):
    return Office(cast, tmp_path)


def test_the_audience_is_told_before_and_after_with_reasons(office):
    plan = office.plan(channel="mail", kind="relationship")
    found = office.audience(plan)
    assert (found["n_before"], found["n_eligible"]) == (12, 11)
    assert [(one["reason"], one["n"]) for one in found["excluded"]] == [("no_address", 1)]
    office.call("/sending/do-not-contact", {"addresses": ["c3@example.com"], "reason": "来电"})
    office.start(office.plan(audience={"where": [{"column": "区域", "values": ["东"]}]}))
    found = office.audience(plan)
    reasons = {one["reason"]: one["n"] for one in found["excluded"]}
    assert reasons == {"no_address": 1, "do_not_contact": 1, "too_recent": 5}
    assert found["n_eligible"] == 5


def test_links_are_handed_out_answered_and_counted_in_the_funnel(office):
    office.start(office.plan(audience={"fields": {"region": "区域"}, "sample": {"size": 4}}))
    rows = office.links()
    assert len(rows) == 4
    guest = Respondent.__new__(Respondent)
    path = rows[0]["link"].removeprefix("https://ask.example.com")
    guest.__dict__ |= {"browser": office.cast.browser(), "address": path}
    guest.open()
    guest.send(rec="9")
    (steps,) = office.call(f"/surveys/{office.survey}/funnel", method="get").json()["items"]
    assert {name: steps[name] for name in ("planned", "sent", "opened", "started", "finished")} == {
        "planned": 4, "sent": 4, "opened": 1, "started": 1, "finished": 1,
    }  # fmt: skip
    assert len(office.links()) == 3


def test_links_are_handed_out_to_nobody_who_refused_meanwhile(office):
    office.start(office.plan())
    assert len(office.links()) == 12
    block = {"addresses": ["c3@example.com", "13800138004"], "reason": "来电"}
    office.call("/sending/do-not-contact", block)
    assert len(office.links()) == 10
    states = [(one.status, one.reason) for one in office.invitations()]
    assert states.count(("refused", "do_not_contact")) == 2
    (mailing,) = office.call(f"/surveys/{office.survey}/mailings", method="get").json()["items"]
    assert mailing["n"] == 12


def test_beside_a_link_stands_whose_it_is_in_clear_for_who_may_see_it(office):
    office.start(office.plan(audience={"fields": {"region": "区域"}}))
    masked, clear = office.links(), office.links(office.keeper)
    assert sorted(one["客户编号"] for one in clear) == sorted(f"C{k}" for k in range(12))
    by_link = {one["link"]: one for one in clear}
    for one in masked:
        same = by_link[one["link"]]
        assert (one["region"], one["customer"]) == (same["region"], same["customer"])
        assert one["region"] == "东西"[int(same["客户编号"][1:]) % 2]
        assert one["手机号"] == f"138****{same['手机号'][-4:]}"
        assert "*" in one["客户编号"]


def test_links_are_whole_where_no_address_is_set(office):
    with office.cast.uow() as uow:
        do_change_setting(uow, "public_address", "", 1)
    office.start(office.plan())
    assert {one["link"].partition("/i/")[0] for one in office.links()} == {"http://testserver"}


def test_a_delivery_report_is_taken_in_whole(office):
    report = b"Content-Type: multipart/report; boundary=B\r\n\r\n" + b"\r\n".join((
        b"--B", b"Content-Type: message/delivery-status", b"", b"Reporting-MTA: dns; mx", b"",
        b"Action: delivered", b"Status: 2.0.0", b"",
        b"--B", b"Content-Type: text/rfc822-headers", b"", b"Message-ID: <%s.0@example.com>", b"",
        b"--B--", b"",
    ))  # fmt: skip
    office.start(office.plan())
    one = office.invitations()[0].id
    headers = {"content-type": "message/rfc822"}
    post, path = office.browser.post, "/api/v1/bounces/report"
    for whose, known in ((one, True), ("nobody", False)):
        answer = post(path, content=report % whose.encode(), headers=headers)
        assert (answer.status_code, answer.json()) == (202, {"known": known})
    assert post(path, content=b"Hello", headers=headers).status_code == 422
    office.call("/receipts", {"message_id": f"{one}.0", "delivered": True})
    assert office.invitations()[0].delivered_at is not None


def test_a_mail_is_shown_as_one_customer_would_get_it(office):
    words = {
        "subject": {"zh-CN": "{{area}}的客户"},
        "body": {"zh-CN": "{{area}}：<script>x</script>"},
    }
    fields = {"area": "区域"}
    plan = office.plan(channel="mail", message=words, audience={"fields": fields})
    path = f"/surveys/{office.survey}/message"
    found = office.call(path, {"plan": plan, "customer": "C3"}).json()
    assert (found["subject"], found["to"]) == ("西的客户", "c***@example.com")
    assert "https://ask.example.com/i/preview?rec=9" in found["html"]
    assert "&lt;script&gt;" in found["html"]
    assert "<script" not in found["html"]
    assert "西：<script>x</script>" in found["text"]
    assert (found["sender"], found["reason"]) == (None, None)
    assert office.invitations() == []
    again = {"plan": office.plan(channel="mail"), "customer": "C3", "reminder": True}
    assert "前几天" in office.call(path, again).json()["text"]
    silent = office.call(path, {"plan": plan, "customer": "C0"}).json()
    assert silent["reason"]["en"] == "no address"
    east = plan | {"audience": plan["audience"] | {"where": [{"column": "区域", "values": ["东"]}]}}
    office.call(path, {"plan": east, "customer": "C3"}, expect=(422,))
    by_text = office.call(path, {"plan": office.plan(channel="sms")}).json()
    assert "https://ask.example.com/i/preview" in by_text["text"]


def test_an_event_invites_once_after_its_delay(office):
    office.start(office.plan(rule=EVENT))
    event = {"id": "order-7", "event": "signed", "customer": "C5", "fields": {"order": "7"}}
    (outcome,) = office.call("/events", event).json()["items"]
    assert outcome["outcome"] == "planned"
    (one,) = office.invitations()
    assert one.due_at - one.planned_at == timedelta(hours=1)
    assert office.call("/events", event).json()["items"][0]["outcome"] == "already"
    again = office.call("/events", event | {"id": "order-8"}).json()["items"][0]
    assert again["outcome"] == "too_recent"
    nobody = office.call("/events", event | {"id": "x", "customer": "C999"}).json()["items"][0]
    assert nobody["outcome"] == "unknown"
    assert office.call("/events", event | {"event": "closed"}).json()["items"] == []


def test_new_rows_are_asked_about_once(office, tmp_path):
    office.start(office.plan(rule={"on": "rows"}))
    assert len(office.invitations()) == 12
    assert order_sends(office.cast.system) == 0
    more = tmp_path / "more.csv"
    more.write_text(",".join(HEADS) + f"\nC77,13800138077,x@example.com,东,{TODAY}\n", "utf-8")
    body = {"uploads": upload(office.browser, more), "load": True}
    made = office.browser.post(f"/api/v1/datasets/{office.dataset}/imports", json=body)
    assert made.status_code == 200, made.text
    worker = build_worker(office.cast.system)
    worker.run_until_idle()
    assert order_sends(office.cast.system) == 1
    worker.run_until_idle()
    assert len(office.invitations()) == 13
    assert order_sends(office.cast.system) == 0


def test_waves_ask_each_customer_at_most_once_in_a_cycle(office):
    rule = {"on": "wave", "cron": "0 9 1 * *", "groups": 3}
    mailing = office.start(office.plan(rule=rule))
    system = office.cast.system
    start, asked = (system.clock() + timedelta(days=31)).replace(day=15), []
    for month in range(6):
        moment = start + timedelta(days=30.4 * month)
        object.__setattr__(system, "clock", lambda moment=moment: moment)
        for _ in range(2):
            with office.cast.uow() as uow:
                uow.enqueue("plan_mailing", {"mailing_id": mailing})
            build_worker(system).run_until_idle()
        asked.append(len(office.invitations()))
    people = [one.customer_id for one in office.invitations()]
    groups = {one: group_of(one, 3) for one in people}
    assert asked[-1] == 24
    assert all(people.count(one) == 2 for one in groups)


def answered_by_region(office, cast, wanted):
    """Have customers of each region give these scores, and count them."""
    with cast.uow() as uow:
        office.survey = add_survey(uow, fields=["region"]).id
    office.start(office.plan(audience={"fields": {"region": "区域"}}))
    with cast.database.reading() as session:
        invited = {
            one.id: open_facts(KEY, one.sealed) for one in session.scalars(select(SurveyInvitation))
        }
    for one, facts in invited.items():
        region = facts["region"]
        if not wanted[region]:
            continue
        guest = Respondent.__new__(Respondent)
        guest.__dict__ |= {"browser": cast.browser(), "address": f"/i/{token_of(KEY, one)}"}
        guest.open()
        assert guest.send(rec=str(wanted[region].pop())).status_code == 200
    order_syncs(cast.system)
    build_worker(cast.system).run_until_idle()
    return f"?dataset_id={office.dataset}&column=区域&answered_column=region"


def test_who_answers_stands_beside_the_base_and_what_is_needed_is_told(cast, tmp_path):
    """24 of 30 in the east answer, 12 of 30 in the west: raking evens them out."""
    office = Office(cast, tmp_path, n=60)
    wanted = {"东": [10] * 20 + [0] * 4, "西": [10] * 4 + [0] * 8}
    query = answered_by_region(office, cast, wanted)
    found = office.call(f"/surveys/{office.survey}/respondents{query}", method="get").json()
    assert found["groups"] == [
        {"value": "东", "n_base": 30, "n_answered": 24, "answered_share": 0.8},
        {"value": "西", "n_base": 30, "n_answered": 12, "answered_share": 0.4},
    ]
    assert found["raw"]["estimate"] == pytest.approx(100 / 3)
    assert found["raked"]["estimate"] == pytest.approx(50 / 3)
    (all_,) = office.call(f"/surveys/{office.survey}/needed", method="get").json()["items"]
    assert all_["n"] == 36
    assert all_["n_more"] == math.ceil(36 * ((all_["half_width"] / 3) ** 2 - 1))
    parts = office.call(f"/surveys/{office.survey}/needed?by=region", method="get").json()["items"]
    assert {one["by"]["region"] for one in parts} == {"东", "西"}


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ({"东": [10] * 12, "西": [0] * 12}, "每一组里的回答都一样"),
        ({"东": [10] * 6 + [0] * 6, "西": []}, "一份也没有；请合并这一类再加权"),
    ],
)
def test_a_raked_score_that_cannot_be_given_says_why(cast, tmp_path, wanted, why):
    office = Office(cast, tmp_path, n=30)
    query = answered_by_region(office, cast, wanted)
    found = office.call(f"/surveys/{office.survey}/respondents{query}", method="get").json()
    assert [one["n_base"] for one in found["groups"]] == [15, 15]
    assert (found["raw"]["estimate"], found["raw"]["why"]) == (pytest.approx(0), None)
    assert found["raked"]["estimate"] is None
    assert why in found["raked"]["why"]["zh-CN"]


def test_who_sees_no_row_is_shown_nobody(cast, tmp_path):
    office = Office(cast, tmp_path)
    cast.show_small_groups()
    guest = Respondent.__new__(Respondent)
    office.start(office.plan())
    path = office.links()[0]["link"].removeprefix("https://ask.example.com")
    guest.__dict__ |= {"browser": cast.browser(), "address": path}
    guest.open()
    guest.send(rec="9")
    order_syncs(cast.system)
    build_worker(cast.system).run_until_idle()
    blind = cast.signed_in(Role.ANALYST, "blind")
    rule = {"column": "没有这一列", "values": ["x"], "staff_id": blind.staff.id}
    office.call("/row-rules", rule, browser=office.keeper)
    path = f"/surveys/{office.survey}/respondents?dataset_id={office.dataset}&column=区域"
    assert office.call(path, method="get", browser=blind).json()["groups"] == []
    assert len(office.call(path, method="get").json()["groups"]) == 2
    path = f"/surveys/{office.survey}/audience"
    office.call(path, {"plan": office.plan()}, browser=blind, expect=(422,))


def test_stopping_frees_those_who_wait(office):
    office.start(office.plan(channel="mail", rule=EVENT))
    event = {"id": "1", "event": "signed", "customer": "C5"}
    office.call("/events", event)
    (mailing,) = office.call(f"/surveys/{office.survey}/mailings", method="get").json()["items"]
    office.call(office.path + "/state", {"do": "stop", "revision": mailing["revision"]})
    assert [one.status for one in office.invitations()] == ["cancelled"]
    office.start(office.plan(rule=EVENT))
    (outcome,) = office.call("/events", event).json()["items"]
    assert outcome["outcome"] == "planned"


def test_only_administrators_set_servers_and_secrets_never_come_back(office):
    settings = {"host": "mail.example.com", "from_address": "ask@example.com"}
    body = {"settings": settings, "secret": "geheim", "revision": 0}
    office.call("/sending/mail", body, method="put", expect=(403,))
    kept = office.call("/sending/mail", body, method="put", browser=office.keeper)
    assert kept.json()["has_secret"]
    assert "geheim" not in kept.text
    again = {"settings": settings, "revision": kept.json()["revision"]}
    kept = office.call("/sending/mail", again, method="put", browser=office.keeper)
    assert kept.json()["has_secret"]
    refused = office.call(
        "/sending/mail/test", {"to": "kein"}, browser=office.keeper, expect=(400, 422)
    )
    assert "邮箱" in refused.text


def test_rows_of_the_day_before_are_not_new_to_a_mailing_begun_in_the_morning_of_shanghai(office):
    """At 07:30 in Shanghai it is still yesterday by the clock of the store."""
    office.start(office.plan(rule={"on": "rows"}))
    morning = datetime.combine(TODAY, time(23, 30), UTC)
    with office.cast.database.reading() as session:
        mailing = session.scalar(select(Mailing))
        session.expunge(mailing)  # what is set here is kept nowhere
        plan = plan_of(mailing)
        counts = []
        for begun in (morning - timedelta(days=1), morning):
            mailing.planned_at = begun
            found, _ = candidates_of(session, office.cast.system, mailing, plan, begun)
            counts.append(len(found))
    assert counts == [12, 0]
