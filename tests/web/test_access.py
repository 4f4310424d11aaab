"""Every route names one rule, and the rule is what happens: per route and role, from the table."""

import re

import pytest
from cast import Cast
from fastapi.routing import APIRoute, iter_route_contexts

from huiyin.people.api_tokens import SESSION_ONLY, TokenFields, do_make_token
from huiyin.people.contracts import ROLE_RIGHTS, Person, Right, Role
from huiyin.people.sessions import person_of
from huiyin.web.access import rules_of
from huiyin.web.application import build_application
from huiyin.web.system import System

REFUSALS = {"not_signed_in", "not_allowed", "forged_request", "token_scope", "token_never"}
STRANGER = "01900000-0000-7000-8000-000000000000"


def route_table():
    app = build_application(System(None, None, b""))
    return [
        (route, method)
        for route in iter_route_contexts(app.routes)
        for method in sorted(getattr(route, "methods", None) or {"?"})
        if method != "HEAD"
    ]


TABLE = route_table()
NAMES = [f"{method} {route.path}" for route, method in TABLE]


def ask(browser, route, method, **kwargs):
    path = re.sub(r"{\w+(:path)?}", STRANGER, route.path)
    body = {} if method in {"POST", "PUT", "PATCH"} else None
    return browser.request(method, path, json=body, follow_redirects=False, **kwargs)


def refused(answer):
    """Refused for want of a right, not for what was asked."""
    if answer.status_code not in {401, 403}:
        return False
    return answer.json()["error"]["code"] in REFUSALS


@pytest.mark.parametrize(("route", "method"), TABLE, ids=NAMES)
def test_every_route_names_exactly_one_rule(route, method):
    assert isinstance(route.original_route, APIRoute), f"{route.path} is outside the rules"
    assert len(rules_of(route)) == 1, f"{method} {route.path}"


def test_the_table_is_not_empty():
    assert {"GET /healthz", "POST /api/v1/session", "GET /api/v1/me"} <= set(NAMES)


@pytest.fixture(scope="module")
def everybody(databases, tmp_path_factory):
    folder = tmp_path_factory.mktemp("access")
    database = databases.sqlite(folder)
    made = Cast(database, folder)
    yield made, {role: made.signed_in(role) for role in Role}
    database.close()


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(("route", "method"), TABLE, ids=NAMES)
def test_a_role_gets_what_it_may_and_nothing_else(everybody, route, method, role):
    right = rules_of(route)[0].right
    if right is None or signs_out(route):
        return
    answer = ask(everybody[1][role], route, method)
    assert refused(answer) == (right not in ROLE_RIGHTS[role]), answer.text
    assert answer.status_code < 500, answer.text


@pytest.mark.parametrize(("route", "method"), TABLE, ids=NAMES)
def test_without_a_session_only_public_routes_answer(everybody, route, method):
    made, _ = everybody
    answer = ask(made.browser(), route, method)
    public = rules_of(route)[0].right is None
    assert refused(answer) == (not public), answer.text
    assert public or answer.status_code == 401


@pytest.mark.parametrize(("route", "method"), TABLE, ids=NAMES)
def test_a_write_by_cookie_without_the_page_token_is_refused(everybody, route, method):
    if method == "GET" or rules_of(route)[0].right is None:
        return
    _, browsers = everybody
    for token in ("", "wrong"):
        answer = ask(browsers[Role.ADMINISTRATOR], route, method, headers={"x-csrf-token": token})
        assert answer.json()["error"]["code"] == "forged_request"


@pytest.mark.parametrize("right", sorted(set(Right) - SESSION_ONLY))
def test_an_api_token_gets_its_scope_and_nothing_else(everybody, right):
    made, browsers = everybody
    maker = person_of(browsers[Role.ADMINISTRATOR].staff)
    with made.uow() as uow:
        _, secret = do_make_token(uow, maker, TokenFields("t", frozenset({right}), 1))
    browser = made.browser(headers={"authorization": f"Bearer {secret}"})
    for route, method in TABLE:
        needed = rules_of(route)[0].right
        if needed is not None:
            answer = ask(browser, route, method)
            assert refused(answer) == (needed != right), f"{method} {route.path}: {answer.text}"


def signs_out(route):
    """These end the very session that the table is walked with; they have tests of their own."""
    return route.path in {"/api/v1/session", "/api/v1/me/sessions/sign-out-everywhere"}


def test_a_person_may_what_their_role_may():
    person = Person("1", "a", "A", Role.VIEWER, ROLE_RIGHTS[Role.VIEWER])
    assert person.may(Right.SEE_SCORES)
    assert not person.may(Right.SEE_ROWS)
