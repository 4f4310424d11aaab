"""What the results page says of modes, of segments that need more, and of who does not answer."""

import re

import httpx
import pytest
from in_browser import choose
from newcomer import become_administrator
from sender import Caller, picture

pytestmark = pytest.mark.browser
N_CUSTOMERS, N_BY_API, N_BY_CODE = 40, 24, 12


def answer_by_page(address, score):
    """Answer a page as a browser without scripts does, asked again where it went too fast."""
    with httpx.Client(follow_redirects=True) as phone:
        page = phone.get(address, headers={"accept-language": "zh-CN"})
        for _ in range(2):
            hidden = dict(re.findall(r'name="(token|page|seen)" value="([^"]*)"', page.text))
            page = phone.post(address, data=hidden | {"rec": score, "confirmed": "yes"})
            if "谢谢" in page.text:
                return
    raise AssertionError(page.text)


def answer_all(caller, address, survey):
    """Answer by the interface (10 in the east but once, 0 in the west) and a code in the east."""
    interface = caller.post(f"/surveys/{survey}/links", data={"kind": "api", "name": "接口"})
    for k in range(N_BY_API):
        body = {
            "answers": {"rec": 10 if k % 2 and k > 1 else 0},
            "fields": {"region": "西东"[k % 2]},
        }
        given = httpx.post(f"{address}/api/v1/answers/{interface['code']}", json=body)
        assert given.status_code == httpx.codes.CREATED, given.text
    shop = {"kind": "qr", "name": "一店", "fields": {"region": "东"}}
    code = caller.post(f"/surveys/{survey}/links", data=shop)["code"]
    for _ in range(N_BY_CODE):
        answer_by_page(f"{address}/s/{code}", "10")


def test_modes_segments_and_respondents_are_read_from_the_page(server, visitor):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    caller = Caller(page, address)
    caller.add_customers(N_CUSTOMERS)
    survey = caller.publish(fields=["region"])
    answer_all(caller, address, survey)
    page.goto(f"{address}/surveys/{survey}/results")
    page.get_by_text("全部答卷都已计入").wait_for()
    modes = page.get_by_role("region", name="渠道对得分的影响")
    code = modes.get_by_role("row", name="二维码")
    code.get_by_text("n=12").or_(code.get_by_text("12 份")).first.wait_for()
    assert "+100" in code.inner_text()
    assert "▲" in code.inner_text()
    needed = page.get_by_role("region", name="还差多少份")
    needed.get_by_text("还差约").wait_for()
    choose(page, "按哪一列分组", "region")
    needed.get_by_role("row", name="西").get_by_text("12", exact=True).wait_for()
    choose(page, "客户总体来自", "客户")
    choose(page, "总体按哪一列分组", "区域")
    choose(page, "答卷里的同一列", "region")
    beside = page.get_by_role("region", name="谁答了，谁没答")
    beside.get_by_role("row", name="西").get_by_text("20", exact=True).wait_for()
    raw, raked = (beside.locator("dd").nth(k).locator(".estimate") for k in range(2))
    raked.wait_for()
    assert (raw.inner_text(), raked.inner_text()) == ("+27.8", "\u22124.2")
    beside.get_by_text("说不出谁答了").wait_for()  # no answer bears a customer: not “0 %”
    assert "0.0%" not in beside.inner_text()
    picture(page, "results")
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="中文").wait_for()
    assert "前" not in "".join(page.locator("time").all_inner_texts())
    page.get_by_role("button", name="中文").click()
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for one in (modes, needed, beside):
        assert one.evaluate("(one) => one.scrollWidth <= one.clientWidth")
        assert one.get_by_role("cell").last.is_visible()
    picture(page, "results-phone")
