"""Signing in and out, as a browser does it."""

import httpx
import pytest
from cast import PASSWORD, Cast
from serving import served

from huiyin.collect.datasets.changes import do_create_dataset
from huiyin.people.contracts import Role
from huiyin.people.first_start import do_prepare_setup
from huiyin.store.database import Database
from huiyin.web.access import COOKIE

SIGN_IN = "/api/v1/session"


def test_from_first_start_to_an_invited_manager(cast_on_both):
    cast = cast_on_both
    with cast.uow() as uow:
        secret = do_prepare_setup(uow)
    root = cast.browser()
    assert root.get("/api/v1/setup").json() == {"needed": True}
    body = {"token": secret, "name": "王芳", "email": "fang@example.com", "password": PASSWORD}
    body["language"] = "en"
    assert root.post("/api/v1/setup", json=body).status_code == 200
    assert root.get("/api/v1/setup").json() == {"needed": False}
    me = root.get("/api/v1/me").json()
    assert (me["staff"]["role"], me["language"]) == ("administrator", "en")
    root.headers["x-csrf-token"] = me["csrf"]

    unit = root.post("/api/v1/units", json={"name": "华东"}).json()
    wanted = {"email": "bob@example.com", "name": "Bob", "role": "manager", "unit_id": unit["id"]}
    made = root.post("/api/v1/invitations", json=wanted)
    assert made.status_code == 201
    token = made.json()["link"].split("token=")[1]
    assert token not in root.get("/api/v1/invitations").text

    bob = cast.browser()
    accepted = {"token": token, "password": "another fine sentence", "language": "en"}
    assert bob.post("/api/v1/invitations/accept", json=accepted).status_code == 200
    me = bob.get("/api/v1/me").json()
    assert (me["staff"]["unit_id"], me["language"]) == (unit["id"], "en")
    assert bob.post("/api/v1/invitations/accept", json=accepted).status_code == 410
    assert bob.get("/api/v1/staff").status_code == 403


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(cast):
    cast.person(Role.ANALYST, "bob")
    browser = cast.browser()
    answer = browser.post(SIGN_IN, json={"login": "bob", "password": PASSWORD})
    words = answer.headers["set-cookie"].lower()
    assert "httponly" in words
    assert "samesite=lax" in words
    assert "secure" not in words
    secure = cast.browser()
    secure.base_url = "https://testserver"
    answer = secure.post(SIGN_IN, json={"login": "bob", "password": PASSWORD})
    assert "secure" in answer.headers["set-cookie"].lower()
    assert "max-age" in answer.headers["strict-transport-security"]


def test_signing_in_rotates_the_session(cast):
    cast.person(Role.ANALYST, "bob")
    browser = cast.browser()
    body = {"login": "bob", "password": PASSWORD}
    browser.post(SIGN_IN, json=body)
    first = browser.cookies[COOKIE]
    browser.post(SIGN_IN, json=body)
    assert browser.cookies[COOKIE] != first
    old = cast.browser()
    old.cookies.set(COOKIE, first)
    assert old.get("/api/v1/me").status_code == 401


def test_two_servers_on_one_host_leave_each_others_people_signed_in(cast, tmp_path):
    """A browser sends the cookies of a host to every port of it."""
    other = Cast(Database.in_folder(tmp_path / "other"), tmp_path / "other")
    other.database.migrate()
    for one in (cast, other):
        one.person(Role.ANALYST, "bob")
    with served(cast.app) as first, served(other.app) as second, httpx.Client() as browser:
        for address in (first, second):
            body = {"login": "bob", "password": PASSWORD}
            assert browser.post(f"{address}{SIGN_IN}", json=body).status_code == 200
        for address in (first, second, first):
            assert browser.get(f"{address}/api/v1/me").status_code == 200
    other.database.close()


def test_wrong_credentials_are_answered_alike_and_then_throttled(cast):
    cast.person(Role.ANALYST, "bob")
    browser = cast.browser()
    answers = [
        browser.post(SIGN_IN, json={"login": login, "password": "wrong password"})
        for login in ("bob", "nobody", "bob", "bob", "bob", "bob", "bob")
    ]
    assert {a.status_code for a in answers} == {401}
    assert len({str(a.json()["error"]["sentence"]) for a in answers}) == 1
    last = browser.post(SIGN_IN, json={"login": "bob", "password": PASSWORD})
    assert last.status_code == 429
    assert int(last.headers["retry-after"]) == last.json()["error"]["details"]["wait_seconds"]


def test_signing_out_here_there_and_everywhere(cast):
    first = cast.signed_in(Role.ANALYST, "bob")
    second = cast.browser()
    second.post(SIGN_IN, json={"login": "bob", "password": PASSWORD})
    second.headers["x-csrf-token"] = second.get("/api/v1/me").json()["csrf"]
    listed = first.get("/api/v1/me/sessions").json()["items"]
    assert sorted(item["current"] for item in listed) == [False, True]
    other = next(item for item in listed if not item["current"])
    assert first.delete(f"/api/v1/me/sessions/{other['id']}").status_code == 200
    assert second.get("/api/v1/me").status_code == 401
    assert first.post("/api/v1/me/sessions/sign-out-everywhere").json() == {"signed_out": 1}
    assert first.get("/api/v1/me").status_code == 401

    third = cast.signed_in(Role.VIEWER, "eve")
    assert third.delete(SIGN_IN).json() == {"signed_out": True}
    assert third.get("/api/v1/me").status_code == 401


def test_a_new_password_needs_the_old_one_and_ends_other_sessions(cast):
    bob = cast.signed_in(Role.ANALYST, "bob")
    other = cast.browser()
    other.post(SIGN_IN, json={"login": "bob", "password": PASSWORD})
    change = {"password": "another fine sentence", "old_password": "wrong"}
    assert bob.patch("/api/v1/me", json=change).status_code == 401
    change["old_password"] = PASSWORD
    assert bob.patch("/api/v1/me", json=change).status_code == 200
    assert bob.get("/api/v1/me").status_code == 200
    assert other.get("/api/v1/me").status_code == 401
    assert bob.patch("/api/v1/me", json={"language": "en"}).json() == {"language": "en"}
    assert bob.patch("/api/v1/me", json={"language": "xx"}).status_code == 422


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.VIEWER])
def test_a_token_is_shown_once_and_acts_within_its_scope(cast, role):
    bob = cast.signed_in(role, "bob")
    body = {"name": "报表", "scope": ["see_scores"], "days": 1}
    made = bob.post("/api/v1/tokens", json=body).json()
    assert made["secret"].startswith("hy_")
    listed = bob.get("/api/v1/tokens")
    assert made["secret"] not in listed.text
    caller = cast.browser(headers={"authorization": f"Bearer {made['secret']}"})
    assert caller.get("/api/v1/units").status_code == 200
    assert caller.get("/api/v1/me").status_code == 403
    assert bob.delete(f"/api/v1/tokens/{made['id']}").status_code == 200
    assert caller.get("/api/v1/units").status_code == 401


def test_a_token_cannot_hold_more_than_its_maker_nor_what_only_people_may(cast):
    bob = cast.signed_in(Role.VIEWER, "bob")
    root = cast.signed_in(Role.ADMINISTRATOR)
    for browser, right in ((bob, "import_data"), (root, "manage_people"), (root, "manage_own")):
        answer = browser.post("/api/v1/tokens", json={"name": "x", "scope": [right], "days": 1})
        assert answer.status_code == 422, right
    assert bob.post("/api/v1/tokens", json={"name": "x", "scope": [], "days": 1}).status_code == 422
    for days in (0, 366):
        answer = bob.post(
            "/api/v1/tokens", json={"name": "x", "scope": ["see_scores"], "days": days}
        )
        assert answer.status_code == 422


def test_a_token_held_to_a_dataset_reaches_nothing_beside_it(cast):
    root = cast.signed_in(Role.ADMINISTRATOR)
    with cast.uow() as uow:
        mine, other = do_create_dataset(uow, "一").id, do_create_dataset(uow, "二").id
    body = {"name": "x", "scope": ["see_scores", "see_customers"], "days": 1}
    assert root.post("/api/v1/tokens", json={**body, "dataset_ids": ["none"]}).status_code == 404
    made = root.post("/api/v1/tokens", json={**body, "dataset_ids": [mine]}).json()
    caller = cast.browser(headers={"authorization": f"Bearer {made['secret']}"})
    assert caller.get(f"/api/v1/datasets/{mine}").status_code == 200
    assert caller.get(f"/api/v1/datasets/{other}").status_code == 403
    assert [d["id"] for d in caller.get("/api/v1/datasets").json()["items"]] == [mine]
    assert caller.get("/api/v1/units").status_code == 403
