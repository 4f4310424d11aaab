"""What meets the eye first: the language of the door, the first page, a list on a phone."""

import httpx
import pytest
from cast import PASSWORD, Cast
from importing import add_dataset
from in_browser import Traffic, served, visited
from newcomer import write_survey

from huiyin.app.wiring import build_worker
from huiyin.people.contracts import Role

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
MOST_PIXELS = 48
"""Between what a panel of the first page holds, no more room than this."""
HIDDEN = """() => [...document.querySelectorAll('main *')].filter((one) =>
  !one.closest('.hidden') && one.getBoundingClientRect().right > innerWidth + 1).length"""
STRIPE = """() => {
  const tiles = [...document.querySelectorAll(".tile")]
  const bottoms = tiles.map((one) => one.getBoundingClientRect().bottom)
  return document.querySelector('.lines').getBoundingClientRect().top - Math.max(...bottoms)
}"""


@pytest.fixture
def house(sqlite_database, tmp_path):
    cast = Cast(sqlite_database, tmp_path / "data")
    cast.root = cast.signed_in(Role.ADMINISTRATOR, "root", name="李明")
    return cast


@pytest.mark.parametrize(
    ("locale", "title"),
    [("en-US", "Sign in"), ("zh-CN", "登录"), ("zh-TW", "登录"), ("fr", "登录")],
)
def test_the_door_speaks_the_language_of_the_browser(house, visitor, locale, title):
    page = visitor(locale=locale)
    with served(house) as address:
        page.goto(address)
        page.get_by_role("heading", name=title, exact=True).wait_for()
        page.goto("about:blank")


def test_a_language_that_was_chosen_stays(house, visitor):
    page = visitor(locale="zh-CN")
    with visited(house, page, house.root) as address:
        page.goto(address)
        page.get_by_role("heading", name="李明，你好").wait_for()
        with page.expect_response("**/api/v1/me") as kept:
            page.get_by_role("button", name="English").click()
        assert kept.value.status == httpx.codes.OK
        page.get_by_role("heading", name="Hello, 李明").wait_for()
        page.reload()
        page.get_by_role("heading", name="Hello, 李明").wait_for()


@pytest.mark.parametrize(("spoken", "hello"), [("zh-CN", "李明，你好"), ("en", "Hello, 李明")])
def test_an_account_speaks_its_language_in_whatever_browser(house, visitor, spoken, hello):
    assert house.root.patch("/api/v1/me", json={"language": spoken}).status_code == 200
    page = visitor(locale={"zh-CN": "en-GB", "en": "zh-CN"}[spoken])
    with visited(house, page, house.root) as address:
        page.goto(address)
        page.get_by_role("heading", name=hello).wait_for()


def test_a_language_chosen_at_the_door_goes_along(house, visitor):
    page = visitor()
    with served(house) as address:
        page.goto(f"{address}/sign-in")
        page.get_by_role("button", name="English").click()
        page.get_by_label("E-mail or account").fill("root")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.get_by_role("heading", name="Hello, 李明").wait_for()
        page.reload()
        page.get_by_role("heading", name="Hello, 李明").wait_for()
        page.goto("about:blank")
    assert house.root.get("/api/v1/me").json()["language"] == "en"


def test_the_first_page_has_no_empty_stripe_and_jobs_fit_a_phone(house, visitor, tmp_path):
    dataset, _ = add_dataset(house, house.root, write_survey(tmp_path / "门店.csv"))
    report = f"/api/v1/datasets/{dataset}/report/json?purpose=general&lang=zh"
    assert house.root.get(report).status_code == httpx.codes.ACCEPTED
    build_worker(house.system).run_until_idle()
    page = visitor(viewport=PHONE)
    traffic = Traffic(page)
    with visited(house, page, house.root) as address:
        page.goto(f"{address}/settings/jobs")
        page.get_by_text("导入", exact=True).first.wait_for()
        traffic.settle()
        assert page.evaluate(HIDDEN) == 0
        page.goto(address)
        page.locator(".lines li").first.wait_for()
        traffic.settle()
        assert 0 < page.evaluate(STRIPE) <= MOST_PIXELS
