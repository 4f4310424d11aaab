"""Every staff page passes axe (WCAG 2.2 AA), wide and narrow, light and dark; and by keyboard."""

import pytest
from axe import AXE, faults_of
from in_browser import Traffic, follow, until
from newcomer import become_administrator, bring_in
from playwright.sync_api import expect
from sender import Caller, picture

pytestmark = pytest.mark.browser
SIZES = {"wide": (1280, 860), "narrow": (390, 844)}
LOOKS = (("light", "wide"), ("light", "narrow"), ("dark", "narrow"), ("dark", "wide"))
"""In the dark colours alone are looked at: all else was, at the same width."""
PAGES = (
    "/", "/datasets", "/datasets?archived=true", "/datasets/new", "/datasets/{id}",
    "/datasets/{id}?tab=quality", "/datasets/{id}?tab=versions", "/datasets/{id}?tab=more",
    "/datasets/{id}?tab=refresh", "/datasets/{id}?tab=settings", "/datasets/{id}/codebook",
    "/models", "/models/new", "/metrics", "/metrics?tab=targets", "/metrics?tab=weights",
    "/metrics?tab=benchmarks", "/metrics?tab=rules", "/metrics?tab=words", "/report?dataset={id}",
    "/boards", "/explore?dataset={id}&metric=nps&by=地区&compare=地区=华东&level=0.9",
    "/drivers?dataset={id}",
    "/operations?dataset={id}", "/why?dataset={id}", "/ask?dataset={id}",
    "/ask?dataset={id}&q=各地区的满意度",
    "/explore?dataset={id}", "/explore?dataset={id}&made=1",
    "/customers", "/clients", "/me", "/settings/people", "/settings/people?tab=roles",
    "/settings/people?tab=invitations", "/settings/units", "/settings/row-rules",
    "/settings/share-links", "/settings/tokens", "/settings/jobs", "/settings/audit",
    "/settings/system", "/calendar", "/nowhere",
)  # fmt: skip


SURVEY_PAGES = (
    "/surveys", "/surveys?archived=true", "/surveys/new", "/surveys/{id}", "/surveys/{id}/send",
    "/surveys/{id}/phone", "/surveys/{id}/results", "/settings/sending",
)  # fmt: skip


def turn(page, look, size):
    """Change look and width as a reader does, without loading the page anew."""
    page.set_viewport_size({"width": SIZES[size][0], "height": SIZES[size][1]})
    now = "(document.documentElement.dataset.look ?? 'light')"
    if page.evaluate(now) != look:
        button = page.get_by_role("button", name="换成深色" if look == "dark" else "换成浅色")
        button.evaluate("(one) => one.click()")  # an open drawer keeps the keys to itself
        until(page, f"{now} === '{look}'")


def test_every_page_passes_axe(server, visitor, survey, root):
    address, link = server
    axe = (root / AXE).read_text("utf-8")
    page = visitor(refused=(404, 422))  # no such page; drivers of a survey without aspects
    become_administrator(page, address, link)
    dataset = bring_in(page, address, survey)
    event = {"kind": "incident", "title": "仓库停电", "since": "2025-02-05"}
    caller = Caller(page, address)
    caller.post("/calendar", data=event)
    caller.post("/units", data={"name": "华东"})
    groups = [{"name": "沿海", "values": ["华东"]}]
    made = {"kind": "groups", "column": "地区", "groups": groups, "rest": "内陆"}
    caller.post(f"/datasets/{dataset}/made", data={"name": "片区", "definition": made})
    look_at_all(page, [place.format(id=dataset) for place in PAGES], axe)


def look_at_all(page, places, axe):
    """Look at pages wide and narrow, light and dark; none may have a fault."""
    faults, traffic = {}, Traffic(page)
    for place in places:
        follow(page, place)
        traffic.settle()
        for look, size in LOOKS:
            turn(page, look, size)
            traffic.settle()
            picture(page, f"{place.rpartition('/')[2]} {look} {size}")
            faults[f"{place} {look} {size}"] = faults_of(page, axe, colours_only=look == "dark")
        turn(page, "light", "wide")
    found = [f"{place}: {fault}" for place, all_of in faults.items() for fault in all_of]
    assert not found, "\n".join(found)


def test_every_page_of_a_questionnaire_passes_axe(server, visitor, root):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    caller = Caller(page, address)
    survey = caller.publish(fields=["门店"])
    way = {"kind": "api", "name": "接口", "fields": {"门店": "一店"}}
    code = caller.post(f"/surveys/{survey}/links", data=way)["code"]
    for kind in ("qr", "link"):
        caller.post(f"/surveys/{survey}/links", data={"kind": kind, "name": f"{kind} 一店"})
    for k in range(24):
        caller.post(f"/answers/{code}", data={"answers": {"rec": k % 11}})
    places = [place.format(id=survey) for place in SURVEY_PAGES]
    look_at_all(page, places, (root / AXE).read_text("utf-8"))


def test_a_dialog_keeps_the_keyboard_and_gives_it_back(server, visitor):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    page.goto(f"{address}/settings/units")
    opener = page.get_by_role("button", name="添加单位").first
    opener.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("名称")).to_be_focused()
    for _ in range(12):
        page.keyboard.press("Tab")
        # Between the last and the first control the browser's own bar has its turn, and what
        # then opens to its end takes the focus to the dialog as a whole.
        held = "document.activeElement.matches('body, [role=dialog], [role=dialog] *')"
        assert page.evaluate(held), page.evaluate("document.activeElement.outerHTML")
    page.keyboard.press("Escape")
    dialog.wait_for(state="hidden")
    expect(opener).to_be_focused()
