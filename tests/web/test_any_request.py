"""Whatever a request holds, the server does not break: made from its own description."""

import re
import tempfile
from pathlib import Path

import pytest
import schemathesis
from cast import Cast
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from office import Office

from huiyin.collect.surveys.templates.gallery import list_templates
from huiyin.people.contracts import Role
from huiyin.people.sessions import do_open_session, fetch_session
from huiyin.store.folders import Folders
from huiyin.store.tables import Mailing, Survey, SurveyLink
from huiyin.web.access import COOKIE
from huiyin.web.application import build_application
from huiyin.web.system import System

schemathesis.serializer.alias("message/rfc822", "application/octet-stream")


def described():
    with tempfile.TemporaryDirectory() as folder:
        app = build_application(System(None, Folders(Path(folder)), b""))
    schema = schemathesis.openapi.from_dict(app.openapi())
    schema.config.generation.update(with_security_parameters=False)  # who asks is told by `send`
    return [found.ok() for found in schema.get_all_operations()]


FEW = settings(
    max_examples=6,
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
        send_one(case, running)

    send()


ABOUT = frozenset({"survey_id", "code", "template_id"})
"""What a request about something that is there names in its path."""
INSIDE = [one for one in OPERATIONS if ABOUT & {part.name for part in one.path_parameters}]


@pytest.fixture(scope="module")
def asking(databases, tmp_path_factory):
    """A server with a questionnaire that is sent to twelve customers."""
    folder = tmp_path_factory.mktemp("inside")
    database = databases.sqlite(folder)
    cast = Cast(database, folder)
    office = Office(cast, folder)
    cast.root = office.keeper.staff
    mailing = office.start(office.plan())
    cast.personal = office.links()[0]["link"].removeprefix("https://ask.example.com")
    link = office.call(f"/surveys/{office.survey}/links", {"kind": "qr", "name": "一店"}).json()
    cast.known = {
        "survey_id": office.survey, "link_id": link["id"], "code": link["code"], "version": 1,
        "mailing_id": mailing, "template_id": list_templates()[0].id,
    }  # fmt: skip
    yield cast
    database.close()


@pytest.mark.parametrize("operation", INSIDE, ids=lambda one: one.label)
def test_no_request_about_a_questionnaire_that_is_there_breaks_the_server(operation, asking):
    @FEW
    @given(case=operation.as_strategy())
    def send(case):
        known = {
            name: asking.known.get(name, value) for name, value in case.path_parameters.items()
        }
        case.path_parameters = known
        if isinstance(case.body, dict) and "revision" in case.body:
            case.body = {**case.body, "revision": revision_of(asking, known)}
        send_one(case, asking)

    send()


WORDS = st.sampled_from(["", "0", "9", "p1", "zh-CN", "_"]) | st.text(max_size=20)
FORMS = st.dictionaries(
    st.sampled_from(["token", "page", "seen", "rec", "why", "do"]) | st.text(max_size=8), WORDS
)


@FEW
@given(form=FORMS, again=st.booleans(), query=st.dictionaries(st.text(max_size=8), WORDS))
def test_no_form_breaks_an_answer_page(asking, form, again, query):
    browser = asking.browser(raise_server_exceptions=False)
    personal = asking.personal
    for path in (f"/s/{asking.known['code']}", personal, f"{personal}/stop"):
        page = browser.get(path, params=query)
        token = re.search('name="token" value="([^"]*)"', page.text)
        mine = {"token": token[1], "page": "p1"} if again and token else {}
        sent = browser.post(path, data=form | mine, params=query)
        assert max(page.status_code, sent.status_code) < 500, sent.text


def send_one(case, made):
    asked = case.as_transport_kwargs(base_url="http://testserver")
    asked.pop("cookies", None)
    kept = {name: value for name, value in asked.pop("headers").items() if value.isascii()}
    secret, csrf = fresh_session(made)
    browser = made.browser(follow_redirects=False, raise_server_exceptions=False)
    browser.cookies.set(COOKIE, secret)
    answer = browser.request(**asked, headers={**kept, "x-csrf-token": csrf})
    assert answer.status_code < 500, answer.text
    if answer.status_code >= 400 and "json" in answer.headers["content-type"]:
        assert set(answer.json()["error"]) == {"code", "sentence", "request_id", "details"}


def revision_of(made, known):
    """The revision that somebody who has just looked sends along."""
    kinds = {"mailing_id": Mailing, "link_id": SurveyLink, "survey_id": Survey}
    name = next(name for name in kinds if name in known)
    with made.database.reading() as session:
        return session.get_one(kinds[name], known[name]).revision


def fresh_session(made):
    """Some requests end the session: each gets its own."""
    with made.uow() as uow:
        secret = do_open_session(uow, made.root, "password", "test")
    with made.database.reading() as session:
        return secret, fetch_session(session, secret, made.system.clock()).csrf
