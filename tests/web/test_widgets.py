"""A questionnaire in other sites' pages: whom it trusts, whom it asks, where it may stand."""

import gzip
import json
import re

import pytest
from guests import add_customer, add_survey
from respondent import Respondent

from huiyin.collect.sending.refusing import Refusal, Source, do_block
from huiyin.collect.sending.widgets import sign_user
from huiyin.people.contracts import Role
from huiyin.web.answer.desk import Desk

SITES = ["https://shop.example.com"]
LATER = 4_000_000_000
GONE = 1_000_000_000
KEY = b"k" * 32


class Shop(Respondent):
    """A site with a widget of a questionnaire, and a user of it."""

    def __init__(self, cast, survey=None, login="one", **widget):
        self.cast, self.browser = cast, cast.browser()
        self.office = cast.signed_in(Role.ANALYST, login)
        with cast.uow() as uow:
            self.survey = add_survey(uow, **(survey or {}))
        self.path = f"/api/v1/surveys/{self.survey.id}/widgets"
        body = {"name": "商城", "widget": {"sites": SITES} | widget}
        made = self.office.post(self.path, json=body)
        assert made.status_code == 201, made.text
        self.link = made.json()
        self.secret = self.link.pop("secret")
        self.address = self.home = f"/w/{self.link['code']}"

    def visit(self, user=None, expires=LATER, secret=None, **more):
        """Open the frame as a user whom the shop's server signed for."""
        query = more
        if user is not None:
            mark = sign_user(secret or self.secret, user, expires)
            query = {"u": user, "e": str(expires), "s": mark} | more
        self.page = self.browser.get(self.home, params=query)
        self.address = self.page.url.path
        return self.page

    def state(self):
        return re.search(r'data-state="(\w+)"', self.page.text)[1]

    def config(self):
        script = self.browser.get(f"{self.home}.js")
        assert script.headers["content-type"].startswith("text/javascript")
        return json.loads(script.text.rpartition("})(")[2].removesuffix(");\n"))


def test_whoever_is_not_vouched_for_answers_as_nobody(cast):
    shop = Shop(cast)
    assert shop.visit().status_code == 200
    assert shop.state() == "ask"
    assert "谢谢" in shop.send(rec="9").text
    assert shop.state() == "done"
    (row,) = shop.rows()
    assert (row["mode"], row["channel"]) == ("widget", "widget")
    assert "customer" not in row


def test_a_known_user_is_asked_once_and_the_answer_is_theirs(cast):
    with cast.uow() as uow:
        customer = add_customer(uow, "li@example.com")
    shop = Shop(cast)
    shop.visit("li@example.com")
    assert re.fullmatch(r"/w/[a-z2-7]{24}", shop.address)
    shop.send(rec="9")
    (row,) = shop.rows()
    assert (row["customer"], row["mode"]) == (customer, "widget")
    shop.visit("li@example.com")
    assert shop.state() == "no"
    (steps,) = shop.office.get(f"/api/v1/surveys/{shop.survey.id}/funnel").json()["items"]
    assert [steps[one] for one in ("channel", "sent", "delivered", "opened", "finished")] == [
        "widget", 1, 1, 1, 1,
    ]  # fmt: skip


def test_who_reloads_the_page_is_met_once(cast):
    with cast.uow() as uow:
        add_customer(uow, "li@example.com")
    shop = Shop(cast)
    shop.visit("li@example.com")
    first = shop.address
    assert shop.visit("li@example.com").url.path == first
    assert shop.state() == "ask"


def test_the_frequency_rule_holds_across_widgets(cast):
    with cast.uow() as uow:
        add_customer(uow, "li@example.com")
    Shop(cast).visit("li@example.com")
    other = Shop(cast, login="two")
    other.visit("li@example.com")
    assert other.state() == "no"
    assert 'name="token"' not in other.page.text


def test_who_wants_no_contact_sees_nothing(cast):
    with cast.uow() as uow:
        add_customer(uow, "li@example.com")
        do_block(uow, KEY, ["li@example.com"], Refusal("来电", Source.MANUAL))
    shop = Shop(cast)
    shop.visit("li@example.com")
    assert shop.state() == "no"


def test_a_user_whom_we_do_not_know_yet_is_kept_by_their_number(cast):
    shop = Shop(cast)
    shop.visit("U-1007")
    shop.send(rec="3")
    assert shop.rows()[0]["customer"] == "U-1007"


@pytest.mark.parametrize(
    ("user", "expires", "secret"),
    [("U-1", GONE, None), ("U-1", LATER, "0" * 32), ("", LATER, None), ("u" * 201, LATER, None)],
)
def test_a_signature_that_does_not_hold_names_nobody(cast, user, expires, secret):
    shop = Shop(cast)
    shop.visit(user, expires, secret)
    shop.send(rec="3")
    assert "customer" not in shop.rows()[0]


def test_a_changed_user_or_date_names_nobody(cast):
    shop = Shop(cast)
    mark = sign_user(shop.secret, "U-1", LATER)
    for query in ({"u": "U-2", "e": str(LATER)}, {"u": "U-1", "e": str(LATER + 1)}):
        shop.visit(**query, s=mark)
        shop.send(rec="3")
    assert ["customer" in one for one in shop.rows()] == [False, False]
    assert shop.visit(u="U-1", e="九", s=mark).status_code == 200


def test_a_widget_for_known_users_shows_nothing_to_others(cast):
    shop = Shop(cast, known_only=True)
    assert shop.visit().status_code == 403
    assert shop.state() == "no"
    assert shop.visit("U-1").status_code == 200
    assert shop.state() == "ask"
    assert shop.config()["known"] is True


def test_a_new_secret_ends_the_old_one_and_no_list_tells_either(cast):
    shop = Shop(cast)
    links = shop.office.get(f"/api/v1/surveys/{shop.survey.id}/links")
    assert shop.secret not in links.text
    assert "secret" not in links.text
    body = {"revision": shop.link["revision"]}
    made = shop.office.post(f"{shop.path}/{shop.link['id']}/secret", json=body).json()
    assert made["secret"] != shop.secret
    assert "secret" not in made["options"]
    for secret in (shop.secret, made["secret"]):
        shop.browser.app.state.desk = Desk(cast.system)
        shop.visit("U-1", secret=secret)
        shop.send(rec="3")
    assert ["customer" in one for one in shop.rows()] == [False, True]


def test_an_anonymous_questionnaire_keeps_no_user(cast):
    with cast.uow() as uow:
        customer = add_customer(uow, "li@example.com")
    shop = Shop(cast, survey={"anonymous": True})
    for user in ("li@example.com", "U-1"):
        shop.visit(user)
        shop.send(rec="3")
    assert not any("customer" in one for one in shop.rows())
    assert customer not in str(shop.rows())


def test_only_the_named_sites_may_frame_it_and_no_cookie_is_set(cast):
    shop = Shop(cast)
    for page in (shop.visit(), shop.send(rec="9")):
        policy = page.headers["content-security-policy"]
        assert f"frame-ancestors 'self' {SITES[0]}" in policy
        assert "set-cookie" not in page.headers
        assert f'data-sites="{SITES[0]}"' in page.text
    assert shop.browser.get(f"/s/{shop.link['code']}").status_code == 404


def test_links_of_other_kinds_are_no_widgets(cast):
    guest = Respondent(cast)
    code = guest.address.removeprefix("/s/")
    assert guest.browser.get(f"/w/{code}").status_code == 404
    assert guest.browser.get(f"/w/{code}.js").status_code == 404
    assert guest.browser.get("/w/nowhere2").status_code == 404


def test_the_script_is_small_and_carries_the_settings(cast):
    nasty = '</script><script>alert("1")</script>'
    shop = Shop(cast, survey={"title": {"zh-CN": nasty}}, share=25, trigger="order_signed")
    script = shop.browser.get(f"{shop.home}.js")
    assert len(gzip.compress(script.content)) < 6_000
    assert script.headers["cross-origin-resource-policy"] == "cross-origin"
    config = shop.config()
    assert (config["share"], config["trigger"], config["closed"]) == (25, "order_signed", False)
    assert config["words"]["zh-CN"] == {"title": nasty, "close": "关闭"}
    assert "document.cookie" not in script.text


def test_a_closed_widget_shows_nothing_and_breaks_nothing(cast):
    shop = Shop(cast)
    body = {"revision": shop.link["revision"], "closed": True}
    path = f"/api/v1/surveys/{shop.survey.id}/links/{shop.link['id']}"
    assert shop.office.patch(path, json=body).status_code == 200
    assert shop.config()["closed"] is True
    assert shop.visit().status_code == 410
    assert shop.state() == "no"


def test_settings_can_be_changed_and_senseless_ones_are_refused(cast):
    shop = Shop(cast)
    path = f"{shop.path}/{shop.link['id']}"
    change = {"revision": shop.link["revision"], "widget": {"sites": SITES, "look": "inline"}}
    assert shop.office.put(path, json=change).json()["options"]["widget"]["look"] == "inline"
    assert shop.office.put(path, json=change).status_code == 409
    for bad in ({"sites": []}, {"sites": ["javascript:x"]}, {"sites": SITES, "share": 0},
                {"sites": ["https://a.cn; script-src *"]}):  # fmt: skip
        body = {"name": "x", "widget": bad}
        assert shop.office.post(shop.path, json=body).status_code == 422, bad
    viewer = cast.signed_in(Role.VIEWER)
    body = {"name": "x", "widget": {"sites": SITES}}
    assert viewer.post(shop.path, json=body).status_code == 403


def test_a_widget_s_mailing_is_no_mailing_to_start(cast):
    shop = Shop(cast)
    path = f"/api/v1/surveys/{shop.survey.id}/mailings"
    assert shop.office.get(path).json()["items"] == []
    plan = {"channel": "widget", "rule": {"on": "event", "event": "x"}}
    assert shop.office.post(path, json={"name": "x", "plan": plan}).status_code == 422
