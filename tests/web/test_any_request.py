"""Whatever a request holds, the server does not break: made from its own description."""

import tempfile
from pathlib import Path

import pytest
import schemathesis
from cast import Cast
from hypothesis import HealthCheck, Phase, given, settings

from huiyin.people.contracts import Role
from huiyin.people.sessions import do_open_session, fetch_session
from huiyin.store.folders import Folders
from huiyin.web.access import COOKIE
from huiyin.web.application import build_application
from huiyin.web.system import System


def described():
    with tempfile.TemporaryDirectory() as folder:
        app = build_application(System(None, Folders(Path(folder)), b""))
    schema = schemathesis.openapi.from_dict(app.openapi())
    return [found.ok() for found in schema.get_all_operations()]


FEW = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # no minutes of shrinking
    suppress_health_check=list(HealthCheck),
)


OPERATIONS = described()


@pytest.fixture(scope="module")
def running(databases, tmp_path_factory):
    folder = tmp_path_factory.mktemp("any")
    database = databases.sqlite(folder)
    made = Cast(database, folder)
    made.root = made.person(Role.ADMINISTRATOR)
    yield made
    database.close()


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.label)
def test_no_request_breaks_the_server(operation, running):
    @FEW
    @given(case=operation.as_strategy())
    def send(case):
        asked = case.as_transport_kwargs(base_url="http://testserver")
        asked.pop("cookies", None)
        kept = {name: value for name, value in asked.pop("headers").items() if value.isascii()}
        secret, csrf = fresh_session(running)
        browser = running.browser(follow_redirects=False, raise_server_exceptions=False)
        browser.cookies.set(COOKIE, secret)
        answer = browser.request(**asked, headers={**kept, "x-csrf-token": csrf})
        assert answer.status_code < 500, answer.text
        if answer.status_code >= 400 and "json" in answer.headers["content-type"]:
            assert set(answer.json()["error"]) == {"code", "sentence", "request_id", "details"}

    send()


def fresh_session(made):
    """Some requests end the session: each gets its own."""
    with made.uow() as uow:
        secret = do_open_session(uow, made.root, "password", "test")
    with made.database.reading() as session:
        return secret, fetch_session(session, secret, made.system.clock()).csrf
