"""One scrollbar moves a page: that of what is read, in the staff pages and behind a link."""

from urllib.parse import urlsplit

import pytest
from cast import Cast
from importing import add_dataset
from in_browser import Traffic, visited
from newcomer import write_survey
from sender import picture

from huiyin.app.wiring import build_worker
from huiyin.people.contracts import Role

pytestmark = pytest.mark.browser
SIZES = [(1366, 768), (1366, 400), (390, 844)]
"""A laptop, one whose window is too low for the list of chapters, a phone."""
BARS = """() => {
  const root = document.scrollingElement
  const bars = [...document.querySelectorAll('body *')].filter((one) => {
    const look = getComputedStyle(one)
    const drawn = !look.scrollbarColor.startsWith('rgba(0, 0, 0, 0)')
    const longer = one.clientHeight > 0 && one.scrollHeight > one.clientHeight
    return drawn && longer && ['auto', 'scroll'].includes(look.overflowY)
  }).map((one) => one.className || one.tagName)
  return root.scrollHeight > root.clientHeight ? ['page', ...bars] : bars
}"""


@pytest.fixture
def reported(sqlite_database, tmp_path):
    """An installation with a report that is made, and the path of a link to it."""
    cast = Cast(sqlite_database, tmp_path / "data")
    cast.root = cast.signed_in(Role.ADMINISTRATOR, "root")
    cast.dataset, _ = add_dataset(cast, cast.root, write_survey(tmp_path / "门店.csv"))
    report = f"/api/v1/datasets/{cast.dataset}/report/json?purpose=general&lang=zh"
    assert cast.root.get(report).status_code == 202
    facts = {"kind": "report", "dataset_id": cast.dataset, "days": 1}
    made = cast.root.post("/api/v1/share-links", json=facts)
    assert made.status_code == 201, made.text
    cast.link = urlsplit(made.json()["url"]).path
    assert cast.browser().get(cast.link).status_code == 202
    build_worker(cast.system).run_until_idle()
    return cast


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_report_and_a_link_to_it_have_one_scrollbar(reported, visitor, width, height):
    page = visitor(viewport={"width": width, "height": height})
    traffic = Traffic(page)
    with visited(reported, page, reported.root) as address:
        page.goto(f"{address}/report?dataset={reported.dataset}")
        page.locator(".paper h1").wait_for()
        traffic.settle()
        picture(page, f"report-{width}-{height}")
        assert page.evaluate(BARS) == ["page"]
        page.goto(address + reported.link)
        inside = page.frame_locator("iframe")
        inside.locator("h1").wait_for()
        picture(page, f"shared-{width}-{height}")
        assert page.evaluate(BARS) == []
        assert inside.locator("body").evaluate(BARS) == ["page"]
