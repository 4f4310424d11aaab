"""What holds for every request: error shape, limits, headers, logs."""

import gzip
import json
import logging
import re
from pathlib import Path

import pytest
import structlog
from fastapi import APIRouter, Depends
from guests import KEY, add_customer, invite_everybody
from sqlalchemy import select
from structlog.testing import capture_logs

from huiyin.collect.sending.tokens import token_of
from huiyin.core.errors import HuiyinError
from huiyin.core.text import LANGUAGES
from huiyin.people.contracts import Role
from huiyin.store.tables import SurveyInvitation
from huiyin.web.access import public
from huiyin.web.errors import STATUS, code_of
from huiyin.web.frame import body_limit
from huiyin.web.logs import hide_secrets, set_up_logs
from huiyin.web.pages import inline_hashes, pages_router, security_headers


@pytest.fixture
def logs_on(capsys):
    set_up_logs(logging.INFO)
    yield capsys
    structlog.reset_defaults()


def all_faults(kind=HuiyinError):
    for child in kind.__subclasses__():
        yield child
        yield from all_faults(child)


def test_every_error_has_one_shape(cast):
    browser = cast.browser()
    for answer in (
        browser.get("/api/v1/nothing"),
        browser.get("/api/v1/me"),
        browser.post("/api/v1/session", json={"login": 1}),
        browser.post("/api/v1/session", content=b"{", headers={"content-type": "application/json"}),
        browser.delete("/healthz"),
        browser.post("/api/v1/session", json={"login": "x", "password": "y"}),
    ):
        error = answer.json()["error"]
        assert set(error) == {"code", "sentence", "request_id", "details"}
        assert set(error["sentence"]) == set(LANGUAGES)
        assert error["request_id"] == answer.headers["x-request-id"]


def test_every_fault_has_a_status_and_a_code():
    for kind in all_faults():
        assert re.fullmatch(r"[a-z0-9]+(_[a-z0-9]+)*", code_of(kind)), kind
        assert next(STATUS[base] for base in kind.__mro__ if base in STATUS) >= 400


def test_an_unknown_fault_tells_nothing_but_its_number(cast):
    router = APIRouter()

    @router.get("/api/v1/broken", dependencies=[Depends(public())])
    def broken():
        raise RuntimeError("1381234" + "5678 lives in this message")

    cast.app.router.routes.insert(0, router.routes[0])
    browser = cast.browser(raise_server_exceptions=False)
    with capture_logs() as logs:
        answer = browser.get("/api/v1/broken")
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "internal"
    assert answer.headers["content-security-policy"]
    assert answer.headers["x-request-id"] in answer.json()["error"]["sentence"]["en"]
    said = json.dumps(logs, default=str) + answer.text
    assert "13812345678" not in said
    assert "RuntimeError" in json.dumps(logs)
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("search", ["a\x00b", "%00"])
def test_what_cannot_be_kept_is_the_callers_fault(cast_on_both, search):
    root = cast_on_both.signed_in(Role.ADMINISTRATOR)
    body = {"login": f"bob{search}", "name": "Bob", "mobile": search}
    answer = root.post("/api/v1/staff", json=body)
    assert answer.status_code in {201, 422}, answer.text
    assert root.get("/api/v1/staff", params={"search": search}).status_code in {200, 422}
    assert root.get(f"/api/v1/datasets/x/versions/compare?a={2**70}&b=1").status_code in {404, 422}


def test_security_headers_are_on_every_answer(cast):
    for path in ("/", "/healthz", "/api/v1/me", "/api/v1/nothing"):
        headers = cast.browser().get(path).headers
        policy = headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy
        assert "'unsafe-inline'" not in policy.split("style-src")[0]
        assert headers["x-content-type-options"] == "nosniff"
    assert cast.browser().get("/api/v1/me").headers["cache-control"] == "no-store"


def test_a_body_over_its_limit_is_refused_announced_or_not(cast):
    browser = cast.browser()
    large = b'"' + b"x" * 2_100_000 + b'"'
    kind = {"content-type": "application/json"}
    announced = browser.post("/api/v1/session", content=large, headers=kind)
    streamed = browser.post("/api/v1/session", content=iter([large]), headers=kind)
    for answer in (announced, streamed):
        assert answer.status_code == 413
        assert answer.json()["error"]["code"] == "too_large"
    assert body_limit("/api/v1/clients/apply") == body_limit("/api/v1/surveys/read") == 20_000_000
    assert body_limit("/api/v1/uploads") > body_limit("/api/v1/datasets/x/rows") > 2_000_000


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({}, True),
        ({"origin": "http://testserver"}, True),
        ({"origin": "http://evil.example"}, False),
        ({"origin": "null"}, False),
        ({"sec-fetch-site": "cross-site"}, False),
        ({"sec-fetch-site": "same-origin"}, True),
    ],
)
def test_a_write_from_another_sites_page_is_refused(cast, headers, passes):
    body = {"login": "x", "password": "y"}
    answer = cast.browser().post("/api/v1/session", json=body, headers=headers)
    assert (answer.status_code == 401) == passes
    assert passes or answer.json()["error"]["code"] == "forged_request"


def test_a_form_of_another_site_is_no_json(cast):
    answer = cast.browser().post(
        "/api/v1/session",
        content=b'{"login":"x","password":"y"}',
        headers={"content-type": "text/plain"},
    )
    assert answer.status_code == 422


def test_a_request_id_is_taken_over_only_if_it_is_one(cast):
    browser = cast.browser()
    given = browser.get("/healthz", headers={"x-request-id": "abc-12345"})
    assert given.headers["x-request-id"] == "abc-12345"
    forged = browser.get("/healthz", headers={"x-request-id": "a b{}"})
    assert re.fullmatch(r"[0-9a-f-]{36}", forged.headers["x-request-id"])


def test_logs_hold_the_route_and_no_personal_data(cast, logs_on):
    browser = cast.browser()
    browser.post("/api/v1/session", json={"login": "zhang@example.com", "password": "s3cret pw"})
    browser.get("/api/v1/shared/a-secret-token?email=zhang@example.com")
    lines = [json.loads(line) for line in logs_on.readouterr().err.splitlines()]
    routes = [line["route"] for line in lines if line["event"] == "request"]
    assert routes == ["/api/v1/session", "/api/v1/shared/{token}"]
    assert all(line["request_id"] for line in lines)
    said = json.dumps(lines)
    assert not [w for w in ("zhang", "s3cret", "a-secret-token", "testclient") if w in said]


def test_secret_looking_values_are_hidden():
    event = hide_secrets(None, "info", {"password_new": "x", "event": "y", "Email": "z"})
    assert event == {"password_new": "[hidden]", "event": "y", "Email": "[hidden]"}


def test_health_readiness_and_numbers(cast):
    browser = cast.browser()
    assert browser.get("/healthz").text == "ok"
    assert browser.get("/readyz").json() == {"ready": True}
    assert browser.get("/prometheus").status_code == 401
    page = cast.signed_in(Role.ADMINISTRATOR).get("/prometheus")
    assert 'huiyin_requests_total{method="GET",route="/healthz",status="200"} 1.0' in page.text
    cast.database.close()
    Path(cast.database.url.database).unlink()
    assert browser.get("/readyz").status_code == 503
    assert browser.get("/healthz").status_code == 200


def test_without_a_build_the_start_page_is_a_sentence(cast):
    answer = cast.browser().get("/datasets/1")
    assert answer.status_code == 200
    assert "make setup" in answer.text or "<script" in answer.text


def test_built_pages_are_served_and_nothing_beside_them(tmp_path):
    from fastapi import FastAPI
    from starlette.testclient import TestClient

    static = tmp_path / "static"
    (static / "assets").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    (static / "index.html").write_text("<html><script>var a = 1</script><script src=x></script>")
    (static / "assets" / "a.js").write_text("1")
    app = FastAPI()
    app.include_router(pages_router(static))
    browser = TestClient(app)
    assert "<html>" in browser.get("/").text
    assert "<html>" in browser.get("/datasets/1?x=1").text
    assert browser.get("/").headers["cache-control"] == "no-cache"
    assert "immutable" in browser.get("/assets/a.js").headers["cache-control"]
    assert browser.get("/assets/gone.js").status_code == 404
    assert browser.get("/api/v1/nothing").status_code == 404
    for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/assets/..%2f..%2fsecret.txt"):
        assert "secret" not in browser.get(path).text
    (static / "assets" / "b.js").write_text("plain")
    (static / "assets" / "b.js.br").write_bytes(b"small")
    (static / "assets" / "b.js.gz").write_bytes(gzip.compress(b"plain"))
    page = "/assets/b.js"
    for taken, given in (("gzip, br", "br"), ("gzip", "gzip"), ("br;q=0, gzip", "gzip")):
        answer = browser.stream("GET", page, headers={"accept-encoding": taken})
        with answer as shown:
            assert shown.headers["content-encoding"] == given
            assert shown.headers["content-type"].startswith("text/javascript")
            assert shown.headers["vary"] == "Accept-Encoding"
    plain = browser.get(page, headers={"accept-encoding": "identity"})
    assert plain.text == "plain"
    assert "content-encoding" not in plain.headers
    tag = {"if-none-match": browser.get("/").headers["etag"]}
    assert browser.get("/", headers=tag).status_code == 304
    (static / "index.html").write_text("<html>another<script>var a = 1</script></html>")
    assert "another" in browser.get("/", headers=tag).text
    policy = security_headers(static)["content-security-policy"]
    assert len(re.findall(r"'sha256-[A-Za-z0-9+/=]{44}'", policy)) == 1
    assert inline_hashes("<script> </script>") == []


def test_a_personal_link_leaves_no_line_but_where_it_is_refused(cast):
    with cast.uow() as uow:
        add_customer(uow, "13800138000")
        invite_everybody(uow)
    with cast.database.reading() as session:
        (invitation,) = session.scalars(select(SurveyInvitation.id))
    browser, token = cast.browser(), token_of(KEY, invitation)
    with capture_logs() as logs:
        assert browser.get(f"/i/{token}").status_code == 200
    assert [one for one in logs if one["event"] == "request"] == []
    with capture_logs() as logs:
        assert browser.get(f"/i/{token[::-1]}").status_code == 404
    (line,) = (one for one in logs if one["event"] == "request")
    assert (line["route"], line["status"]) == ("/i/{token}", 404)
    assert token[::-1] not in str(logs)


@pytest.mark.parametrize("address", ["/s/abcdefghkm", "/api/v1/answers/abcdefghkm"])
def test_an_unknown_fault_of_an_answer_is_told_as_any_other(cast, address):
    cast.app.state.desk = object()
    browser = cast.browser(raise_server_exceptions=False)
    with capture_logs() as logs:
        answer = browser.post(address, content="{}")
    assert answer.status_code == 500
    assert answer.json()["error"]["code"] == "internal"
    assert answer.headers["x-request-id"] in answer.json()["error"]["sentence"]["zh-CN"]
    assert "AttributeError" in json.dumps(logs)
