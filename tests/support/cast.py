"""People of a running installation, for tests of the web."""

from copy import copy
from functools import cache
from pathlib import Path
from unittest.mock import patch

from starlette.datastructures import State
from starlette.testclient import TestClient

from huiyin.people import staff
from huiyin.people.contracts import Role
from huiyin.people.passwords import password_hash
from huiyin.people.sessions import do_open_session
from huiyin.people.settings import do_change_setting
from huiyin.people.staff import StaffFields, do_add_staff
from huiyin.store.contracts import Actor
from huiyin.store.folders import Folders
from huiyin.store.unit_of_work import unit_of_work
from huiyin.web.access import COOKIE
from huiyin.web.application import build_application
from huiyin.web.frame import Application
from huiyin.web.numbers import ServerNumbers
from huiyin.web.shared import shared_kinds
from huiyin.web.system import System

PASSWORD = "correct horse battery"  # noqa: S105 -- of nobody


@cache
def hashed(password):
    """Hash a password once: it takes a fifth of a second, and people of tests share theirs."""
    return password_hash(password)


@cache
def routed(version):
    """Build an application once: its routes are worked out as they are first asked for.

    That takes a third of a second, which a server spends once, and a test would spend again.
    """
    return build_application(System(None, None, b"", version=version))


def application_of(system) -> Application:
    """Give the application of an installation: the routes of all, and a state of its own."""
    made = copy(routed(system.version))
    made.middleware_stack, made.numbers, made.state = None, ServerNumbers(), State()
    made.state.system, made.state.shared = system, dict(shared_kinds())
    return made


class Cast:
    """People of a running installation: `cast.signed_in(Role.ANALYST)` is a browser of one."""

    def __init__(self, database, folder: Path) -> None:
        self.database = database
        self.system = System(database, Folders(folder), b"k" * 32, version="test")
        self.app = application_of(self.system)

    def uow(self):
        return unit_of_work(self.database, Actor.system())

    def show_small_groups(self):
        """Show numbers of however few people, as a house with one shop may want it."""
        with self.uow() as uow:
            do_change_setting(uow, "minimum_n", 1, 0)

    def person(self, role: Role, login: str | None = None, **facts):
        name = login or role.value
        fields = StaffFields(login=name, name=facts.pop("name", name), role=role, **facts)
        with self.uow() as uow, patch.object(staff, "password_hash", hashed):
            return do_add_staff(uow, fields, PASSWORD)

    def browser(self, **options) -> TestClient:
        return TestClient(self.app, base_url="http://testserver", **options)

    def signed_in(self, role: Role, login: str | None = None, **facts) -> TestClient:
        person = self.person(role, login, **facts)
        with self.uow() as uow:
            secret = do_open_session(uow, person, "password", "test")
        browser = self.browser()
        browser.cookies.set(COOKIE, secret)
        browser.headers["x-csrf-token"] = browser.get("/api/v1/me").json()["csrf"]
        browser.staff = person
        return browser
