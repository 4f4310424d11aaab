"""Several surveys as one, in the pages: what stands apart is told, scored and weighed."""

import pytest
from cast import Cast
from importing import add_dataset
from in_browser import visited

from huiyin.app.wiring import build_worker
from huiyin.people.contracts import Role

pytestmark = pytest.mark.browser


@pytest.fixture
def house(sqlite_database, tmp_path):
    cast = Cast(sqlite_database, tmp_path / "data")
    cast.root = cast.signed_in(Role.ADMINISTRATOR, "root", name="李明")
    for name, top, n in (("门店", 5, 120), ("电话", 10, 60)):
        rows = "\n".join(f"{i},{1 + i % top},{i % 3}" for i in range(n))
        path = tmp_path / f"{name}.csv"
        path.write_text(f"编号,总体满意度,次数\n{rows}\n", "utf-8")
        _, made = add_dataset(cast, cast.root, path, name=name)
        assert made["status"] == "done"
    return cast


def test_ratings_of_two_scales_are_put_together_as_scores_and_weighed(house, visitor):
    page = visitor()
    with visited(house, page, house.root) as address:
        page.goto(f"{address}/models/new")
        page.get_by_text("合并", exact=True).click()
        page.get_by_label("合并哪些数据集").click()
        for name in ("门店", "电话"):
            page.locator(".ant-select-item-option").filter(has_text=name).click()
        page.keyboard.press("Escape")
        page.get_by_label("起个名字").fill("两处")
        page.get_by_role("button", name="先看看").click()
        apart = page.get_by_role("alert").filter(has_text="总体满意度")
        apart.wait_for()
        assert "1–5" in apart.inner_text()
        assert "1–10" in apart.inner_text()
        page.get_by_role("button", name="换成 0–100 分合并").click()
        page.get_by_text("总体满意度（换成 0–100 分）").wait_for()
        page.get_by_role("button", name="保存并生成").click()
        page.wait_for_url("**/models")
        build_worker(house.system).run_until_idle()
        (made,) = house.root.get("/api/v1/models").json()["items"]
        page.goto(f"{address}/datasets/{made['dataset_id']}")
        page.get_by_role("heading", name="由这些数据合成").wait_for()
        mix = page.get_by_label("来源构成")
        mix.get_by_role("row").filter(has_text="门店").filter(has_text="66.7%").wait_for()
        mix.get_by_role("row").filter(has_text="各来源等权").wait_for()
