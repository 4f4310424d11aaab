"""A personal link is answered once, for whom it was made; anonymous ones keep that it was used."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from guests import KEY, add_customer, add_mailing, invite, plan
from respondent import NPS, Respondent, asked_again
from sqlalchemy import select

from huiyin.app.wiring import build_worker
from huiyin.app.work.sweeping import order_syncs
from huiyin.collect.customers.changes import silence
from huiyin.collect.customers.contracts import CUSTOMER_COLUMN
from huiyin.collect.sending.tokens import token_of
from huiyin.store.tables import (
    Customer,
    DoNotContact,
    Mailing,
    Submission,
    SurveyInvitation,
    SurveyLink,
)

MORE = {"kind": "text", "id": "more", "title": {"zh-CN": "还有吗？"}}


class Guest(Respondent):
    """Somebody with a personal link."""

    def __init__(self, cast, *pages, fields=None, **more):
        super().__init__(cast, *pages, **more)
        made = plan()
        with cast.uow() as uow:
            self.customer = add_customer(uow, "li@example.com")
            self.mailing = add_mailing(uow, self.survey, made)
            invite(uow, self.mailing, made, self.customer, fields=fields)
            uow.session.flush()
            self.invitation_id = uow.session.scalar(select(SurveyInvitation.id))
        self.address = f"/i/{token_of(KEY, self.invitation_id)}"

    @property
    def invitation(self):
        with self.cast.database.reading() as session:
            return session.get(SurveyInvitation, self.invitation_id)


def test_a_personal_link_serves_once_and_tells_whose_answer_it_is(cast):
    guest = Guest(cast, fields={"shop": "一店"})
    assert re.search(r'value="9" checked', guest.open("?rec=9").text)
    assert (guest.rows(), guest.invitation.status) == ([], "opened")
    token = guest.field("token")
    assert "谢谢" in guest.send(rec="9").text
    (row,) = guest.rows()
    assert (row["customer"], row["channel"]) == (guest.customer, "mail")
    assert guest.invitation.status == "finished"
    form = {"token": asked_again(KEY, token), "page": "p1", "seen": "rec", "rec": "9"}
    assert "谢谢" in guest.browser.post(guest.address, data=form).text
    assert "已经答过" in guest.open().text
    other = Guest.__new__(Guest)
    other.__dict__ |= {"cast": cast, "browser": cast.browser(), "address": guest.address}
    assert "已经答过" in other.open("?again=1").text
    assert len(guest.rows()) == 1


def test_two_who_share_a_personal_link_give_one_answer(cast):
    guest = Guest(cast)
    tokens = []
    for _ in range(2):
        guest.open()
        tokens.append(asked_again(KEY, guest.field("token")))
    form = {"page": "p1", "seen": "rec", "rec": "9"}
    first, second = [
        guest.browser.post(guest.address, data={**form, "token": one}) for one in tokens
    ]
    assert "谢谢！您的回答已经收到" in first.text
    assert "已经答过" in second.text
    assert len(guest.rows()) == 1


def test_the_answer_is_counted_to_the_customer_it_was_asked_of(cast):
    guest = Guest(cast)
    guest.open()
    guest.send(rec="9")
    order_syncs(cast.system)
    build_worker(cast.system).run_until_idle()
    files = cast.system.lake.snapshot(guest.survey.dataset_id, None).files
    with cast.system.engine() as engine:
        rows = engine.run(engine.read_parquet(files).select(CUSTOMER_COLUMN)).to_pylist()
    assert rows == [{CUSTOMER_COLUMN: guest.customer}]
    with cast.database.reading() as session:
        assert len(list(session.scalars(select(Customer)))) == 1


def test_an_anonymous_answer_knows_nothing_of_the_link(cast):
    guest = Guest(cast, anonymous=True, fields={"shop": "一店"})
    guest.open()
    guest.send(rec="9")
    (row,) = guest.rows()
    assert not {"customer", "shop"} & set(row)
    assert guest.customer not in str(row)
    assert guest.invitation_id not in str(row)
    used = guest.invitation.finished_at.astimezone(UTC)
    assert (used.hour, used.minute, used.second, used.microsecond) == (0, 0, 0, 0)
    assert "已经答过" in guest.open().text


@pytest.mark.parametrize("several", [False, True])
def test_nothing_of_an_anonymous_answer_tells_its_hour(cast, several):
    later = [{"id": "p2", "questions": [MORE]}] * several
    guest = Respondent(cast, {"id": "p1", "questions": [NPS]}, *later, anonymous=True)
    guest.open()
    desk, late = cast.app.state.desk, datetime(2026, 5, 1, 22, 15, 23, 456789, tzinfo=UTC)
    desk.system = replace(desk.system, clock=lambda: late)
    guest.open()
    guest.send(rec="9")
    if several:
        guest.send(more="好")
    with cast.database.reading() as session:
        (kept,) = session.scalars(select(Submission))
    (row,) = guest.rows()
    morning = datetime(2026, 5, 2, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert datetime.fromisoformat(row["answered_at"]) == morning
    assert kept.received_at == morning
    assert kept.id == row["response_id"]
    assert int(kept.id.replace("-", "")[:12], 16) == morning.timestamp() * 1000


def test_looking_at_the_stop_page_stops_nothing(cast):
    guest = Guest(cast)
    page = guest.browser.get(guest.address + "/stop")
    assert "以后不再给您发问卷" in page.text
    assert guest.invitation.status == "planned"
    assert "不再打扰" in guest.browser.post(guest.address + "/stop").text
    assert guest.invitation.status == "cancelled"
    with cast.database.reading() as session:
        (entry,) = session.scalars(select(DoNotContact))
    assert (entry.shown, entry.source) == ("l***@example.com", "own")
    assert guest.open().status_code == 404


def test_an_erased_customer_s_link_opens_nothing(cast):
    guest = Guest(cast)
    guest.open()
    with cast.uow() as uow:
        silence(uow, uow.session.get_one(Customer, guest.customer))
    assert guest.send(rec="9").status_code == 404
    assert guest.rows() == []


def test_the_link_behind_personal_ones_opens_nothing_by_itself(cast):
    guest = Guest(cast)
    with cast.database.reading() as session:
        code = session.get(SurveyLink, session.scalar(select(Mailing.link_id))).code
    assert guest.browser.get(f"/s/{code}").status_code == 404
