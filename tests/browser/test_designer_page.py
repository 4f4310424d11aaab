"""A long questionnaire in the designer: what is chosen on the left is there to be edited."""

import pytest
from newcomer import become_administrator
from playwright.sync_api import expect
from sender import Caller, picture

pytestmark = pytest.mark.browser
N_QUESTIONS, BAR = 20, 56


def question(k):
    return {"kind": "text", "id": f"q{k}", "title": {"zh-CN": f"第{k}件事怎么样？"}}


def test_a_question_far_down_is_edited_where_it_is_chosen(server, visitor):
    address, link = server
    page = visitor(viewport={"width": 1366, "height": 768})
    become_administrator(page, address, link)
    draft = {
        "title": {"zh-CN": "长问卷"},
        "pages": [{"id": "p1", "questions": [question(k) for k in range(N_QUESTIONS)]}],
    }
    made = Caller(page, address).post("/surveys", data={"name": "长问卷", "draft": draft})
    page.goto(f"{address}/surveys/{made['id']}")
    outline = page.get_by_role("navigation", name="题目")
    title = page.get_by_role("textbox", name="题目", exact=True)
    for k in (N_QUESTIONS - 1, 0):
        outline.get_by_role("button", name=f"第{k}件事怎么样？").click()
        expect(title).to_have_value(f"第{k}件事怎么样？")
        shown = page.frame_locator("iframe[title='预览']").locator(f"[data-q=q{k}]")
        expect(shown).to_be_in_viewport()
        assert page.locator(".form-part").bounding_box()["y"] >= BAR
        picture(page, f"designer-{k}")
    takes = page.locator(".checks summary").inner_text()
    assert takes.count("分钟") == 1
    assert "–" not in takes
