"""An agent rings a customer, reads out, fills in: whom they may ring, and what is kept."""

from datetime import timedelta

import pytest
from guests import add_survey
from importing import add_dataset
from respondent import Respondent
from sqlalchemy import select

from huiyin.collect.customers.reading import find_customers
from huiyin.core.clock import day_began
from huiyin.core.ids import moment_of, new_id
from huiyin.people.contracts import Role
from huiyin.store.tables import Contact, DoNotContact, SurveyLink
from huiyin.web.answer.calls import Call, seal_call

HEADS = "客户编号,手机号,邮箱,签收日期"
ROWS = ("C1,13800138001,c1@example.com,2026-11-01", "C2,13800138002,,2026-11-02")
KEY = b"k" * 32


class Agent(Respondent):
    """Somebody who rings customers of a small shop."""

    def __init__(self, cast, tmp_path, role=Role.ANALYST, **more):
        self.cast, self.browser = cast, cast.browser()
        self.office = cast.signed_in(role)
        file = tmp_path / "orders.csv"
        file.write_text("\n".join([HEADS, *ROWS]), "utf-8")
        keeper = self.office if role is Role.ANALYST else cast.signed_in(Role.ANALYST)
        add_dataset(cast, keeper, file, name="订单")
        with cast.uow() as uow:
            self.survey = add_survey(uow, **more)
            (self.customer,) = find_customers(uow.session, KEY, "C1")
        self.path = f"/api/v1/surveys/{self.survey.id}/calls"

    def ring(self, customer=None, expect=201):
        made = self.office.post(self.path, json={"customer_id": customer})
        assert made.status_code == expect, made.text
        if expect == 201:
            self.call, self.address = made.json()["id"], made.json()["path"]
        return made

    def note(self, expect=200, **words):
        noted = self.office.post(f"{self.path}/{self.call}/outcome", json=words)
        assert noted.status_code == expect, noted.text

    def calls(self, browser=None):
        return (browser or self.office).get(self.path).json()["items"]


@pytest.fixture
def agent(cast, tmp_path):
    return Agent(cast, tmp_path)


def test_an_answer_by_telephone_is_the_customer_s_and_names_the_agent(agent):
    agent.ring(agent.customer)
    page = agent.open("?lang=zh-CN")
    assert "请对方说一个 0 到 10 的数" in page.text
    assert "先报单位和来意" in page.text
    assert "set-cookie" not in page.headers
    assert "谢谢" in agent.send(again=False, rec="9").text
    (row,) = agent.rows()
    assert (row["mode"], row["channel"], row["customer"]) == ("phone", "phone", agent.customer)
    assert row["entered_by"] == agent.office.staff.id
    assert agent.calls() == []
    assert "already" in agent.open("?lang=en").text
    (steps,) = agent.office.get(f"/api/v1/surveys/{agent.survey.id}/funnel").json()["items"]
    assert (steps["channel"], steps["sent"], steps["finished"]) == ("phone", 1, 1)


def test_a_call_to_nobody_of_ours_is_kept_once(agent):
    agent.ring()
    for score in ("9", "3"):
        agent.open()
        agent.send(again=False, rec=score)
    (row,) = agent.rows()
    assert (row["rec"], row["mode"], "customer" in row) == ("9", "phone", False)


def test_prompts_speak_the_language_of_the_page_and_respondents_see_none(agent):
    agent.ring(agent.customer)
    assert "ask for a number from 0 to 10" in agent.open("?lang=en").text
    guest = Respondent(agent.cast)
    assert 'class="prompt"' not in guest.open().text


def test_who_was_asked_lately_is_not_rung_again(agent):
    agent.ring(agent.customer)
    agent.open()
    agent.send(again=False, rec="9")
    assert "最近联系过" in agent.ring(agent.customer, expect=422).text


def test_who_wants_no_contact_is_not_rung(agent):
    agent.ring(agent.customer)
    agent.note(outcome="refused", never=True)
    with agent.cast.database.reading() as session:
        entries = list(session.scalars(select(DoNotContact)))
    assert {one.kind for one in entries} == {"mail", "phone", "customer"}
    assert len({one.shown for one in entries}) == 3
    assert agent.calls() == []
    assert "免打扰" in agent.ring(agent.customer, expect=422).text
    agent.note(404, outcome="later")


def test_who_has_no_address_is_left_alone_too(cast, tmp_path):
    agent = Agent(cast, tmp_path)
    file = tmp_path / "shop.csv"
    file.write_text("客户编号,签收日期\nK7,2026-11-01\nK8,2026-11-01", "utf-8")
    add_dataset(cast, agent.office, file, name="门店")
    with cast.database.reading() as session:
        (nobody,), (other,) = (find_customers(session, KEY, one) for one in ("K7", "K8"))
    agent.ring(nobody)
    agent.note(outcome="refused", never=True)
    assert "免打扰" in agent.ring(nobody, expect=422).text
    agent.ring(other)


def test_a_call_goes_on_later_as_one_contact_and_ends_some_time(agent):
    for attempt in range(1, 5):
        agent.ring(agent.customer)
        agent.note(outcome="no_answer")
        (one,) = agent.calls()
        assert (one["attempts"], one["outcome"]) == (attempt, "no_answer")
    agent.note(outcome="later", call_at="2026-12-01T10:00:00+08:00")
    (one,) = agent.calls()
    assert one["call_at"].startswith("2026-12-01T02:00:00")
    agent.ring(agent.customer)
    assert agent.calls() == []
    assert "5" in agent.ring(agent.customer, expect=422).text
    with agent.cast.database.reading() as session:
        assert len(list(session.scalars(select(Contact)))) == 1


def test_front_line_staff_ring_their_own_customers_and_viewers_nobody(cast, tmp_path):
    agent = Agent(cast, tmp_path, Role.FRONT_LINE)
    agent.ring(agent.customer, expect=404)
    agent.ring()
    viewer = cast.signed_in(Role.VIEWER)
    assert viewer.post(agent.path, json={}).status_code == 403
    assert viewer.get(agent.path).status_code == 403
    other = cast.browser()
    assert other.post(agent.path, json={}).status_code == 401


def test_front_line_staff_do_not_see_calls_to_others(cast, tmp_path):
    agent = Agent(cast, tmp_path)
    agent.ring(agent.customer)
    front = cast.signed_in(Role.FRONT_LINE)
    assert agent.calls(front) == []
    noted = front.post(f"{agent.path}/{agent.call}/outcome", json={"outcome": "refused"})
    assert noted.status_code == 404
    assert len(agent.calls()) == 1


def test_an_address_of_a_call_holds_half_a_day_and_cannot_be_made_up(agent):
    agent.ring()
    with agent.cast.database.reading() as session:
        code = session.scalar(select(SurveyLink.code).where(SurveyLink.kind == "phone"))
    assert agent.browser.get(f"/s/{code}").status_code == 404
    assert agent.browser.get("/p/made-up").status_code == 404
    old = agent.cast.system.clock() - timedelta(hours=13)
    sealed = seal_call(KEY, Call(code, None, new_id(), "x", old.timestamp()))
    assert agent.browser.get(f"/p/{sealed}").status_code == 404


def test_an_anonymous_answer_names_neither_customer_nor_agent(cast, tmp_path):
    agent = Agent(cast, tmp_path, anonymous=True)
    agent.ring(agent.customer)
    agent.open()
    agent.send(again=False, rec="9")
    (row,) = agent.rows()
    assert not {"customer", "entered_by"} & set(row)
    assert row["mode"] == "phone"
    begun = moment_of(row["response_id"])
    assert begun == day_began(begun, "Asia/Shanghai")
