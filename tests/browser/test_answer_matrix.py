"""The rows of a matrix on the answer page: their names stand clear of the lines between them."""

import pytest
from newcomer import become_administrator
from sender import Caller, picture

pytestmark = pytest.mark.browser
ROWS = ["收银效率", "商品陈列与店内指引是否让您很快找到想买的东西", "服务态度"]
MATRIX = {
    "kind": "matrix", "id": "m", "title": {"zh-CN": "请逐项打分"}, "points": 5, "look": "numbers",
    "low": {"zh-CN": "很不满意"}, "high": {"zh-CN": "很满意"}, "not_applicable": True,
    "rows": [{"code": f"r{k}", "label": {"zh-CN": one}} for k, one in enumerate(ROWS)],
}  # fmt: skip
GAP = """(row) => {
  const [name, box] = [row.querySelector('legend'), row].map((one) => one.getBoundingClientRect())
  const levels = row.querySelector('.levels').getBoundingClientRect()
  const beside = levels.left >= name.right || levels.top >= name.bottom
  return name.top - box.top >= 8 && name.bottom <= box.bottom && beside
}"""


@pytest.mark.parametrize("width", [390, 1280])
def test_row_names_stand_between_the_lines(server, visitor, width):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    caller = Caller(page, address)
    survey = caller.publish(pages=[{"id": "p1", "questions": [MATRIX]}])
    way = caller.post(f"/surveys/{survey}/links", data={"kind": "qr", "name": "一店"})
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(f"{address}{way['path']}")
    rows = page.locator("fieldset.row")
    assert [one.locator("legend").inner_text() for one in rows.all()] == ROWS
    picture(page, f"matrix-{width}")
    assert all(one.evaluate(GAP) for one in rows.all())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
