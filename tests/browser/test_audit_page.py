"""The audit log says what was changed by names and words, and leads to the dataset."""

import pytest
from cast import Cast
from importing import add_dataset
from in_browser import visited
from playwright.sync_api import expect

from huiyin.people.contracts import Role

pytestmark = pytest.mark.browser


@pytest.fixture
def house(sqlite_database, tmp_path):
    """Keep sixty answers; somebody asked twice about all but three of the same ones."""
    cast = Cast(sqlite_database, tmp_path / "data")
    cast.root = cast.signed_in(Role.ADMINISTRATOR, "root", name="李明")
    shops = ["店0"] * 30 + ["店1"] * 30 + ["店2"] * 3
    rows = "\n".join(f"{i},{i % 11},{shop}" for i, shop in enumerate(shops))
    path = tmp_path / "门店.csv"
    path.write_text(f"编号,您有多大可能推荐我们,门店\n{rows}\n", "utf-8")
    cast.dataset, _ = add_dataset(cast, cast.root, path)
    viewer = cast.signed_in(Role.VIEWER, "viewer")
    for chosen in ("店0", "店0|店2"):
        body = {"metrics": ["nps"], "where": [f"门店={chosen}"]}
        asked = viewer.post(f"/api/v1/datasets/{cast.dataset}/query", json=body)
        assert asked.status_code == 200, asked.text
    return cast


def test_nearly_the_same_questions_are_told_in_words_and_lead_to_the_dataset(house, visitor):
    region = house.root.post("/api/v1/units", json={"name": "华东"}).json()
    house.root.post("/api/v1/units", json={"name": "上海", "parent_id": region["id"]})
    words = {"name": {"zh-CN": "门店口碑", "en": "Word of mouth"}}
    assert house.root.post("/api/v1/boards", json={"definition": words}).status_code == 201
    page = visitor()
    with visited(house, page, house.root) as address:
        page.goto(f"{address}/settings/audit?action=ask_nearly_the_same")
        row = page.locator("main tbody tr").filter(has_text="viewer")
        row.locator("summary").click()
        told = row.locator("dl")
        expect(told).to_contain_text("门店 是 店0 → 门店 是 店0、店2")
        expect(told).to_contain_text("含标记的答卷")
        expect(told).not_to_contain_text("nps → nps")
        name = house.root.get(f"/api/v1/datasets/{house.dataset}").json()["name"]
        link = row.get_by_role("link", name=name)
        expect(link).to_have_attribute("href", f"/datasets/{house.dataset}")
        page.goto(f"{address}/settings/audit?action=add")
        added = page.locator("main tbody tr").filter(has_text="上海")
        expect(added.locator("summary")).to_contain_text("华东")
        expect(added.locator("summary")).not_to_contain_text(region["id"][:8])
        board = page.locator("main tbody tr").filter(has_text="门店口碑").locator("summary")
        expect(board).to_contain_text("门店口碑")
        expect(board).not_to_contain_text("Word of mouth")
