"""A session that ends while a page waits: the page stops asking, and leads back after a sign-in."""

import pytest
from cast import PASSWORD, Cast
from importing import add_dataset
from in_browser import visited
from newcomer import write_survey
from sqlalchemy import delete

from huiyin.people.contracts import Role
from huiyin.store.tables import Session

pytestmark = pytest.mark.browser


def test_a_page_that_waits_for_a_report_stops_when_nobody_is_there(
    sqlite_database, tmp_path, visitor
):
    house = Cast(sqlite_database, tmp_path / "data")
    ann = house.signed_in(Role.ANALYST, "ann")
    dataset, _ = add_dataset(house, ann, write_survey(tmp_path / "门店.csv"))
    page, refused = visitor(), []
    page.on("response", lambda one: one.status == 401 and refused.append(one.url))
    with visited(house, page, ann) as address:
        place = f"{address}/report?dataset={dataset}"
        page.goto(place)
        page.locator(".panel [role=progressbar]").first.wait_for()  # queued: nobody works
        with house.uow() as uow:
            uow.session.execute(delete(Session))
        page.get_by_text("登录已经失效").wait_for()
        n_refused = len(refused)
        page.get_by_label("邮箱或账号").fill("ann")
        page.get_by_label("密码", exact=True).fill(PASSWORD)
        polls = [one for one in refused if "/report" in one]
        assert (len(polls), len(refused)) == (1, n_refused)
        page.get_by_role("button", name="登录", exact=True).click()
        page.wait_for_url(place)
        page.locator(".panel [role=progressbar]").first.wait_for()
        assert len(refused) == n_refused
