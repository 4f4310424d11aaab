"""Signing in by way of other systems, each as its maker documents it, from button to session."""

import time
from contextlib import ExitStack
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from serving import loopback_server
from standins import DingTalkStandIn, FeishuStandIn, OpenIdStandIn, WeComStandIn

from huiyin.people.contracts import Role
from huiyin.people.provider_settings import do_change_provider
from huiyin.people.providers import all_providers
from huiyin.store.tables import Setting


@pytest.fixture
def serve():
    with ExitStack() as stack:
        yield lambda answer: stack.enter_context(loopback_server(answer))


def switch_on(cast, provider, **fields):
    with cast.uow() as uow:
        row = uow.session.get(Setting, f"sign_in.{provider}")
        do_change_provider(
            uow,
            cast.system.key,
            provider,
            enabled=True,
            given={"private": "yes", **fields},
            revision=row.revision if row else 0,
        )


def start(browser, provider, to="/datasets"):
    answer = browser.get(
        f"/api/v1/sign-in/{provider}/start", params={"next": to}, follow_redirects=False
    )
    assert answer.status_code == 302, answer.text
    return answer.headers["location"]


def come_back(browser, address):
    parts = urlsplit(address)
    return browser.get(f"{parts.path}?{parts.query}", follow_redirects=False)


def who(browser):
    return browser.get("/api/v1/me").json()["staff"]["login"]


@pytest.fixture
def openid(cast, serve):
    stand_in = OpenIdStandIn()
    stand_in.issuer = serve(stand_in.answer)
    switch_on(cast, "oidc", issuer=stand_in.issuer, client_id=stand_in.client_id,
              client_secret=stand_in.client_secret)  # fmt: skip
    return stand_in


def by_openid(cast, browser=None):
    browser = browser or cast.browser()
    there = httpx.get(start(browser, "oidc"))
    return browser, come_back(browser, there.headers["location"])


@pytest.mark.usefixtures("openid")
def test_openid_signs_in_and_leads_back(cast):
    cast.person(Role.ANALYST, "bob", email="bob@example.com")
    browser, answer = by_openid(cast)
    assert (answer.status_code, answer.headers["location"]) == (302, "/datasets")
    assert who(browser) == "bob"
    assert "huiyin_sign_in" not in browser.cookies


@pytest.mark.usefixtures("openid")
def test_the_button_is_offered_only_when_switched_on(cast):
    items = cast.browser().get("/api/v1/sign-in/providers").json()["items"]
    assert [(item["id"], item["kind"]) for item in items] == [("oidc", "redirect")]
    assert cast.browser().get("/api/v1/sign-in/wecom/start").status_code == 422
    assert cast.browser().get("/api/v1/sign-in/none/start").status_code == 422


def test_an_unverified_mail_address_is_nobodys(cast, openid):
    cast.person(Role.ANALYST, "bob", email="bob@example.com")
    openid.claims["email_verified"] = False
    browser, answer = by_openid(cast)
    assert answer.status_code == 403
    assert browser.get("/api/v1/me").status_code == 401


def other_key(claims):
    return jwt.encode({"alg": "RS256", "kid": "k1"}, claims, RSAKey.generate_key(2048))


def by_client_secret(claims):
    key = OctKey.import_key(OpenIdStandIn.client_secret)
    return jwt.encode({"alg": "HS256", "kid": "k1"}, claims, key)


def unsigned(claims):
    import base64
    import json

    parts = [{"alg": "none"}, claims]
    coded = [base64.urlsafe_b64encode(json.dumps(p).encode()).rstrip(b"=").decode() for p in parts]
    return f"{coded[0]}.{coded[1]}."


@pytest.mark.parametrize(
    "spoil",
    [{"nonce": "other"}, {"nonce": None}, {"aud": "other"}, {"iss": "https://evil.example"},
     {"exp": int(time.time()) - 600}, {"exp": None}, {"sub": None}, {"iat": None},
     {"aud": ["huiyin", "other"]}, {"aud": ["huiyin", "other"], "azp": "other"},
     {"azp": "other"}],
)  # fmt: skip
def test_a_token_that_does_not_fit_signs_nobody_in(cast, openid, spoil):
    cast.person(Role.ANALYST, "bob", email="bob@example.com")
    openid.spoil = spoil
    browser, answer = by_openid(cast)
    assert answer.status_code == 401, spoil
    assert browser.get("/api/v1/me").status_code == 401


@pytest.mark.parametrize("sign", [other_key, by_client_secret, unsigned, lambda _: "x.y.z"])
def test_a_token_that_is_not_signed_by_the_provider_signs_nobody_in(cast, openid, sign):
    cast.person(Role.ANALYST, "bob", email="bob@example.com")
    openid.sign = sign
    browser, answer = by_openid(cast)
    assert answer.status_code == 401
    assert browser.get("/api/v1/me").status_code == 401


@pytest.mark.usefixtures("openid")
def test_a_sign_in_begun_in_another_browser_or_used_twice_is_refused(cast):
    cast.person(Role.ANALYST, "bob", email="bob@example.com")
    victim, attacker = cast.browser(), cast.browser()
    there = httpx.get(start(attacker, "oidc")).headers["location"]
    assert come_back(victim, there).status_code == 401
    start(victim, "oidc")
    assert come_back(victim, there).status_code == 401
    assert come_back(attacker, there).status_code == 302
    assert come_back(attacker, there).status_code == 401


@pytest.mark.usefixtures("openid")
def test_the_way_back_never_leaves_this_site(cast):
    cast.person(Role.ANALYST, "bob", email="bob@example.com")
    browser = cast.browser()
    there = httpx.get(start(browser, "oidc", "//evil.example/x")).headers["location"]
    assert come_back(browser, there).headers["location"] == "/"


def test_what_a_provider_says_is_harmless_on_our_page(cast, openid):
    openid.claims = {"sub": "x", "name": "<script>alert(1)</script>"}
    _, answer = by_openid(cast)
    assert answer.status_code == 403
    assert "<script>" not in answer.text
    assert "&lt;script&gt;" in answer.text


@pytest.mark.usefixtures("openid")
def test_a_refusal_and_a_dead_provider_end_in_a_sentence(cast):
    browser = cast.browser()
    state = parse_qs(urlsplit(start(browser, "oidc")).query)["state"][0]
    back = f"/api/v1/sign-in/oidc/callback?error=access_denied&state={state}"
    assert come_back(browser, back).status_code == 401
    switch_on(cast, "oidc", issuer="http://127.0.0.1:1", client_id="x")
    dead = cast.browser().get("/api/v1/sign-in/oidc/start")
    assert dead.status_code == 422
    assert "127.0.0.1" in dead.text


def test_a_private_address_needs_the_administrators_tick(cast, openid):
    with cast.uow() as uow:
        row = uow.session.get(Setting, "sign_in.oidc")
        fields = {"issuer": openid.issuer, "client_id": openid.client_id}
        do_change_provider(uow, cast.system.key, "oidc", enabled=True, given=fields,
                           revision=row.revision)  # fmt: skip
    answer = cast.browser().get("/api/v1/sign-in/oidc/start")
    assert answer.status_code == 422
    assert "内网" in answer.text


@pytest.fixture
def wecom(cast, serve):
    stand_in = WeComStandIn()
    base = serve(stand_in.answer)
    switch_on(cast, "wecom", corp_id=stand_in.corp_id, agent_id=stand_in.agent_id,
              secret=stand_in.secret, login_base=base, api_base=base)  # fmt: skip
    return stand_in


def test_wecom_members_scan_in_and_outsiders_do_not(cast, wecom):
    cast.person(Role.MANAGER, "zhangsan", external_key="ZhangSan")
    browser = cast.browser()
    back = wecom.scan(start(browser, "wecom"), userid="ZhangSan", user_ticket="x")
    assert come_back(browser, back).status_code == 302
    assert who(browser) == "zhangsan"

    outsider = cast.browser()
    back = wecom.scan(start(outsider, "wecom"), openid="o-1", external_userid="e-1")
    answer = come_back(outsider, back)
    assert answer.status_code == 401
    assert "成员" in answer.text


def test_wecom_without_the_right_to_names_still_signs_in(cast, wecom):
    cast.person(Role.MANAGER, "zhangsan")
    wecom.card = {"errcode": 60011, "errmsg": "no privilege"}
    browser = cast.browser()
    come_back(browser, wecom.scan(start(browser, "wecom"), userid="ZhangSan"))
    assert who(browser) == "zhangsan"


def test_wecom_errors_inside_http_200_are_errors(cast, wecom):
    cast.person(Role.MANAGER, "zhangsan")
    browser = cast.browser()
    back = wecom.scan(start(browser, "wecom"), userid="ZhangSan")
    wecom.codes.clear()
    assert come_back(browser, back).status_code == 401
    wecom.secret = "changed"  # noqa: S105 -- of nobody
    back = wecom.scan(start(browser, "wecom"), userid="ZhangSan")
    assert come_back(browser, back).status_code == 401


@pytest.fixture
def dingtalk(cast, serve):
    stand_in = DingTalkStandIn()
    base = serve(stand_in.answer)
    switch_on(cast, "dingtalk", client_id=stand_in.client_id, corp_id=stand_in.corp_id,
              client_secret=stand_in.client_secret, login_base=base, api_base=base)  # fmt: skip
    return stand_in


def test_dingtalk_signs_in_the_companys_own_people_only(cast, dingtalk):
    cast.person(Role.MANAGER, "zhang", email="zhang@example.com")
    browser = cast.browser()
    assert come_back(browser, dingtalk.scan(start(browser, "dingtalk"))).status_code == 302
    assert who(browser) == "zhang"
    stranger = cast.browser()
    answer = come_back(stranger, dingtalk.scan(start(stranger, "dingtalk"), corp_id="other"))
    assert answer.status_code == 401
    assert stranger.get("/api/v1/me").status_code == 401
    back = dingtalk.scan(start(stranger, "dingtalk"))
    dingtalk.codes.clear()
    assert come_back(stranger, back).status_code == 401


@pytest.fixture
def feishu(cast, serve):
    stand_in = FeishuStandIn()
    base = serve(stand_in.answer)
    switch_on(cast, "feishu", app_id=stand_in.app_id, app_secret=stand_in.app_secret,
              tenant_key="t1", login_base=base, api_base=base, create="yes")  # fmt: skip
    return stand_in


def test_feishu_makes_a_newcomer_a_viewer_where_that_is_switched_on(cast, feishu):
    browser = cast.browser()
    assert come_back(browser, feishu.scan(start(browser, "feishu"))).status_code == 302
    staff = browser.get("/api/v1/me").json()["staff"]
    assert (staff["login"], staff["name"], staff["role"]) == ("zs", "张三", "viewer")
    again = cast.browser()
    come_back(again, feishu.scan(start(again, "feishu")))
    assert again.get("/api/v1/me").json()["staff"]["id"] == staff["id"]


def test_feishu_refuses_another_company_and_an_error_code(cast, feishu):
    browser = cast.browser()
    back = feishu.scan(start(browser, "feishu"))
    feishu.me["tenant_key"] = "other"
    assert come_back(browser, back).status_code == 401
    feishu.me["tenant_key"] = "t1"
    back = feishu.scan(start(browser, "feishu"))
    feishu.codes.clear()
    assert come_back(browser, back).status_code == 401
    assert browser.get("/api/v1/me").status_code == 401


def entered(stand_in, base):
    """Give what a form holds, its secret, and the secret's name."""
    return {
        OpenIdStandIn: ({"issuer": base, "client_id": "huiyin"}, "client_secret", "client s3cret"),
        WeComStandIn: ({"corp_id": "ww1", "agent_id": "1000002"}, "secret", "app s3cret"),
        DingTalkStandIn: ({"client_id": "ding1", "corp_id": "c"}, "client_secret", "app s3cret"),
        FeishuStandIn: ({"app_id": "cli_1"}, "app_secret", "app s3cret"),
    }[stand_in]


@pytest.mark.parametrize(
    ("provider", "stand_in"),
    [("oidc", OpenIdStandIn), ("wecom", WeComStandIn), ("dingtalk", DingTalkStandIn),
     ("feishu", FeishuStandIn)],
)  # fmt: skip
def test_a_provider_is_tried_before_it_is_kept(cast, serve, provider, stand_in):
    made = stand_in()
    base = made.issuer = serve(made.answer)
    plain, secret, right = entered(stand_in, base)
    places = {} if provider == "oidc" else {"api_base": base, "login_base": base}
    form = {"private": "yes"} | places | plain
    browser = cast.signed_in(Role.ADMINISTRATOR)
    place = f"/api/v1/settings/sign-in/{provider}/try"
    found = browser.post(place, json={"fields": form | {secret: right}})
    assert found.status_code == 200, found.text
    assert set(found.json()["sentence"]) == {"zh-CN", "en"}
    assert browser.post(place, json={"fields": form}).status_code >= 400, "no secret, none kept"
    inside = browser.post(place, json={"fields": form | {secret: right, "private": ""}})
    assert inside.status_code >= 400, "the address lies in a private network"

    if provider == "oidc":
        made.issuer = "https://another.example"
        answer = browser.post(place, json={"fields": form | {secret: right}})
        assert answer.json()["error"]["code"] == "provider_not_ready", answer.text
        made.issuer = base
    else:
        assert browser.post(place, json={"fields": form | {secret: "x"}}).status_code >= 400
    with cast.system.database.reading() as session:
        assert session.get(Setting, f"sign_in.{provider}") is None, "nothing was kept"
    switch_on(cast, provider, **places, **plain, **{secret: right})
    assert browser.post(place, json={"fields": form}).status_code == 200, "by the kept secret"


def test_provider_secrets_are_sealed_kept_and_never_shown(cast):
    root = cast.signed_in(Role.ADMINISTRATOR)
    address = "/api/v1/settings/sign-in/wecom"
    fields = {"corp_id": "ww1", "agent_id": "1", "secret": "very s3cret"}
    body = {"enabled": True, "fields": fields, "revision": 0}
    assert root.put(address, json={**body, "fields": {"corp_id": "x"}}).status_code == 422
    assert root.put(address, json={**body, "fields": {"other": "x"}}).status_code == 422
    made = root.put(address, json=body)
    assert made.status_code == 200, made.text
    del fields["secret"]
    body["revision"] = made.json()["revision"]
    kept = root.put(address, json=body)
    assert kept.status_code == 200, kept.text
    fields["agent_id"] = "2"
    assert root.put(address, json=body).status_code == 200
    assert root.put(address, json=body).status_code == 409
    shown = root.get("/api/v1/settings/sign-in").text + root.get("/api/v1/audit").text
    assert "very s3cret" not in shown
    with cast.database.reading() as session:
        row = session.get(Setting, "sign_in.wecom")
    assert row.value["fields"]["secret"].startswith("v1.")
    assert "s3cret" not in str(row.value)


def test_every_provider_names_its_fields_once_in_both_languages():
    assert set(all_providers()) == {"oidc", "ldap", "wecom", "dingtalk", "feishu"}
    for provider in all_providers().values():
        keys = [field.key for field in provider.fields]
        assert len(keys) == len(set(keys))
        assert all(text for field in provider.fields for text in field.text.values())
