"""What nobody finished is counted as begun, goes on where it can, and is forgotten in time."""

from dataclasses import replace
from datetime import timedelta

from guests import KEY, add_customer, add_mailing, invite, plan
from importing import ask
from respondent import NPS, PAGE, Respondent
from sqlalchemy import select

from huiyin.app.wiring import build_worker
from huiyin.app.work.sweeping import order_syncs
from huiyin.collect.customers.changes import do_order_erasure
from huiyin.collect.datasets.reading import fetch_version
from huiyin.collect.sending.tokens import token_of
from huiyin.collect.surveys.halves import HAND_ON_JOB
from huiyin.core.clock import system_clock
from huiyin.people.contracts import Role
from huiyin.store.database import PERSONAL_TABLES
from huiyin.store.tables import AnswerDraft, Setting, SurveyInvitation, Table

LAST = {"id": "p2", "questions": [{"kind": "text", "id": "more", "title": {"zh-CN": "还有吗？"}}]}
OUT = {"when": {"question": "rec2", "op": "is", "value": 0}, "end": "screened_out"}


def hand_on(cast, **later):
    later_on = replace(cast.system, clock=lambda: system_clock() + timedelta(**later))
    with cast.uow() as uow:
        uow.enqueue(HAND_ON_JOB, {})
    build_worker(later_on).run_until_idle()
    order_syncs(cast.system)
    build_worker(cast.system).run_until_idle()


def drafts(cast):
    with cast.database.reading() as session:
        return list(session.scalars(select(AnswerDraft)))


def results(browser, guest):
    found = browser.get(f"/api/v1/surveys/{guest.survey.id}/results").json()
    return found["n"], found["n_half"], found["n_waiting"]


def n_rows(cast, dataset_id):
    with cast.database.reading() as session:
        return fetch_version(session, dataset_id).n_rows


def test_an_answer_that_rests_for_a_day_is_a_half_finished_row_until_it_is_finished(cast_on_both):
    cast = cast_on_both
    with cast.uow() as uow:
        uow.session.add(Setting(key="minimum_n", value=1))
    analyst = cast.signed_in(Role.ANALYST)
    guest = Respondent(cast, PAGE, LAST, fields=["shop"], link={"fields": {"shop": "一店"}})
    guest.open()
    guest.send(rec="3")
    guest.send(rec="3", why="太慢")
    hand_on(cast, hours=23)
    assert guest.rows() == []
    hand_on(cast, hours=25)
    (row,) = guest.rows()
    assert {"finished": "no", "rec": "3", "why": "太慢", "shop": "一店"}.items() <= row.items()
    assert results(analyst, guest) == (0, 1, 0)
    dataset = guest.survey.dataset_id
    assert n_rows(cast, dataset) == 1
    hand_on(cast, hours=26)
    assert len(guest.rows()) == 1
    guest.open()
    guest.send(more="好")
    (row,) = guest.rows()
    assert (row["finished"], row["more"]) == ("yes", "好")
    assert results(analyst, guest)[:2] == (1, 0)
    hand_on(cast, days=2)
    assert ask(analyst, dataset, metrics=["nps"])["cells"][0]["n"] == 1
    assert n_rows(cast, dataset) == 1


def test_what_goes_on_is_handed_on_anew_and_forgotten_after_a_month(cast):
    guest = Respondent(cast, PAGE, LAST)
    guest.open()
    guest.send(rec="9")
    hand_on(cast, hours=25)
    guest.send(go="back")
    guest.send(rec="10")
    hand_on(cast, hours=25)
    assert [row["rec"] for row in guest.rows()] == ["10"]
    hand_on(cast, days=29)
    assert len(drafts(cast)) == 1
    hand_on(cast, days=31)
    assert drafts(cast) == []
    assert [row["rec"] for row in guest.rows()] == ["10"]


def test_who_is_screened_out_has_not_broken_off(cast):
    last = LAST | {"questions": [NPS | {"id": "rec2"}], "jumps": [OUT]}
    guest = Respondent(cast, PAGE, last)
    guest.open()
    guest.send(rec="9")
    assert len(drafts(cast)) == 1
    guest.send(rec2="0")
    hand_on(cast, hours=25)
    assert drafts(cast) == []
    assert guest.rows() == []


def test_a_page_sent_again_after_the_thanks_takes_nothing_of_the_finished_answer(cast_on_both):
    guest = Respondent(cast_on_both, PAGE, LAST)
    guest.open()
    first = {name: guest.field(name) for name in ("token", "page", "seen")}
    guest.send(rec="9")
    assert "谢谢" in guest.send(more="好").text
    guest.page = guest.browser.post(guest.address, data=first | {"rec": "0"})  # the page before
    assert "已经答过" in guest.page.text
    assert drafts(cast_on_both) == []
    hand_on(cast_on_both, hours=25)
    (row,) = guest.rows()
    assert (row["finished"], row["rec"], row["more"]) == ("yes", "9", "好")
    assert n_rows(cast_on_both, guest.survey.dataset_id) == 1


def test_a_draft_that_an_answer_overtook_is_not_handed_on(cast):
    guest = Respondent(cast, PAGE, LAST)
    guest.open()
    guest.send(rec="3")
    guest.send(rec="3", why="慢")
    (draft,) = drafts(cast)
    guest.send(more="好")
    with cast.uow() as uow:
        uow.session.merge(draft)
    hand_on(cast, hours=25)
    assert [row["finished"] for row in guest.rows()] == ["yes"]
    assert drafts(cast) == []


def test_an_erased_customer_leaves_no_answer_under_way(cast):
    guest = Respondent(cast, PAGE, LAST)
    with cast.uow() as uow:
        customer = add_customer(uow, "13800138000")
        made = plan(channel="link")
        mailing = add_mailing(uow, guest.survey, made)
        invite(uow, mailing, made, customer)
    with cast.database.reading() as session:
        (invitation,) = session.scalars(select(SurveyInvitation.id))
    guest.address = f"/i/{token_of(KEY, invitation)}"
    guest.open()
    guest.send(rec="9")
    assert len(drafts(cast)) == 1
    with cast.uow() as uow:
        do_order_erasure(uow, customer, "本人要求")
    build_worker(cast.system).run_until_idle()
    assert drafts(cast) == []


def test_every_table_that_names_customers_is_emptied_after_an_erasure():
    own = {
        table.name
        for table in Table.metadata.sorted_tables
        if {"customer_id", "sealed"} & {column.name for column in table.columns}
    }
    assert {*own, "customers", "submissions"} <= {*PERSONAL_TABLES}
