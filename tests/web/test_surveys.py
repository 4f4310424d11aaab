"""Questionnaires over the interface."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from PIL import Image
from pypdf import PdfReader

from huiyin.people.contracts import Role

DRAFT = {
    "title": {"zh-CN": "试"},
    "pages": [{"id": "p", "questions": [{"kind": "nps", "id": "q", "title": {"zh-CN": "推荐吗"}}]}],
}


def test_a_link_is_closed_through_its_own_questionnaire_only(cast):
    browser = cast.signed_in(Role.ANALYST)
    one, other = (
        browser.post("/api/v1/surveys", json={"name": name, "draft": DRAFT}).json()
        for name in ("门店", "电商")
    )
    links = f"/api/v1/surveys/{one['id']}/links"
    browser.post(f"/api/v1/surveys/{one['id']}/publish", json={"revision": one["revision"]})
    link = browser.post(links, json={"kind": "qr", "name": "一店"}).json()
    change = {"revision": link["revision"], "closed": True}
    wrong = f"/api/v1/surveys/{other['id']}/links/{link['id']}"
    assert browser.patch(wrong, json=change).status_code == 404
    assert browser.patch(f"{links}/{link['id']}", json=change).json()["closed"]


def test_from_draft_to_a_link(cast):
    browser = cast.signed_in(Role.ANALYST)
    made = browser.post("/api/v1/surveys", json={"name": "门店", "draft": DRAFT}).json()
    assert made["draft"]["pages"][0]["questions"][0]["kind"] == "nps"
    address = f"/api/v1/surveys/{made['id']}"
    saved = browser.put(
        address, json={"name": "门店二", "draft": DRAFT, "revision": made["revision"]}
    ).json()
    late = browser.put(address, json={"name": "x", "draft": DRAFT, "revision": made["revision"]})
    assert late.status_code == 409
    out = browser.post(f"{address}/publish", json={"revision": saved["revision"]})
    assert out.status_code == 201
    assert out.json()["published"]["version"] == 1
    assert browser.get(f"{address}/versions/1").json()["definition"] == made["draft"]
    assert browser.get(f"{address}/versions/9").status_code == 404
    link = browser.post(
        f"{address}/links", json={"kind": "qr", "name": "一店", "fields": {"shop": "一店"}}
    ).json()
    assert link["path"] == f"/s/{link['code']}"
    closed = browser.patch(
        f"{address}/links/{link['id']}", json={"revision": link["revision"], "closed": True}
    )
    assert closed.json()["closed"]
    paused = browser.patch(address, json={"revision": out.json()["revision"], "status": "paused"})
    assert paused.json()["status"] == "paused"
    assert [one["name"] for one in browser.get("/api/v1/surveys").json()["items"]] == ["门店二"]


def test_a_definition_that_cannot_be_is_refused(cast):
    browser = cast.signed_in(Role.ANALYST)
    twice = DRAFT | {"pages": DRAFT["pages"] * 2}
    sent = browser.post("/api/v1/surveys", json={"name": "门店", "draft": twice})
    assert sent.status_code == 422


def test_who_only_looks_changes_nothing(cast):
    browser = cast.signed_in(Role.VIEWER)
    assert browser.get("/api/v1/surveys").status_code == 200
    sent = browser.post("/api/v1/surveys", json={"name": "门店", "draft": DRAFT})
    assert sent.status_code == 403


def test_a_link_is_drawn_as_a_code_and_a_poster(cast):
    browser = cast.signed_in(Role.ANALYST)
    made = browser.post("/api/v1/surveys", json={"name": "门店", "draft": DRAFT}).json()
    address = f"/api/v1/surveys/{made['id']}"
    browser.post(f"{address}/publish", json={"revision": made["revision"]})
    link = browser.post(f"{address}/links", json={"kind": "qr", "name": "一店"}).json()
    code = f"{address}/links/{link['id']}/code"
    for kind, start in {"svg": b"<?xml", "png": b"\x89PNG", "pdf": b"%PDF"}.items():
        drawn = browser.get(f"{code}.{kind}")
        assert drawn.content.startswith(start)
        assert drawn.headers["x-address"] == f"http://testserver{link['path']}"
    poster = PdfReader(BytesIO(browser.get(f"{code}.pdf").content))
    words = poster.pages[0].extract_text()
    assert len(poster.pages) == 1
    assert "一店" in words
    assert "约 1 分钟" in words
    assert (
        "takes about 1 min"
        in PdfReader(BytesIO(browser.get(f"{code}.pdf?lang=en").content)).pages[0].extract_text()
    )
    assert link["code"] in words
    first = browser.get(f"{address}/links").json()["items"][0]
    bare = PdfReader(BytesIO(browser.get(f"{address}/links/{first['id']}/code.pdf").content))
    assert first["code"] in bare.pages[0].extract_text()
    assert first["name"] not in bare.pages[0].extract_text()
    assert browser.get(f"{code}.exe").status_code == 422
    assert browser.get(f"{address}/links/{made['id']}/code.svg").status_code == 404


def test_a_poster_bears_logo_and_colour_and_has_room_for_the_longest_title(cast):
    browser = cast.signed_in(Role.ANALYST)
    picture = BytesIO()
    Image.new("RGB", (300, 80), "#C8453B").save(picture, "PNG")
    file = {"file": ("a.png", picture.getvalue())}
    logo = browser.post("/api/v1/surveys/logos", files=file).json()["id"]
    title = {"zh-CN": "您" * 180}
    looks = {"color": "#0F7B75", "logo": logo}
    draft = DRAFT | {"title": title, "theme": looks}
    made = browser.post("/api/v1/surveys", json={"name": "门店", "draft": draft}).json()
    address = f"/api/v1/surveys/{made['id']}"
    browser.post(f"{address}/publish", json={"revision": made["revision"]})
    (link,) = browser.get(f"{address}/links").json()["items"]
    (page,) = PdfReader(
        BytesIO(browser.get(f"{address}/links/{link['id']}/code.pdf").content)
    ).pages
    assert link["code"] in page.extract_text()
    assert len(page.images) == 1
    assert b"0.0588" in page.get_contents().get_data()  # the red of the theme's colour


def test_a_list_of_shops_becomes_codes_and_posters(cast):
    browser = cast.signed_in(Role.ANALYST)
    draft = DRAFT | {"fields": ["shop", "counter"]}
    made = browser.post("/api/v1/surveys", json={"name": "门店", "draft": draft}).json()
    address = f"/api/v1/surveys/{made['id']}"
    shops = {"words": "shop\tcounter\n../一店\t3\n<b>二店</b>\t1\n../一店\t3"}
    assert "还没有发布" in browser.post(f"{address}/codes/preview", json=shops).text
    browser.post(f"{address}/publish", json={"revision": made["revision"]})
    seen = browser.post(f"{address}/codes/preview", json=shops).json()["items"]
    assert [one["name"] for one in seen] == ["../一店 · 3", "<b>二店</b> · 1"]
    before = browser.get(f"{address}/links").json()["items"]
    assert [one["kind"] for one in before] == ["link"]
    packed = browser.post(f"{address}/codes", json=shops)
    with ZipFile(BytesIO(packed.content)) as pack:
        names = {f"{one}.{kind}" for one in ("一店 · 3", "b 二店 b · 1") for kind in ("png", "svg")}
        assert set(pack.namelist()) == names
        assert pack.read("一店 · 3.png").startswith(b"\x89PNG")
        assert pack.read("b 二店 b · 1.svg").startswith(b"<?xml")
    _, one, two = browser.get(f"{address}/links").json()["items"]
    assert (one["kind"], one["fields"]) == ("qr", {"shop": "../一店", "counter": "3"})
    posters = PdfReader(BytesIO(browser.post(f"{address}/codes?format=pdf", json=shops).content))
    first, second = (page.extract_text() for page in posters.pages)
    assert one["code"] in first
    assert two["code"] in second
    assert "<b>二店</b> · 1" in second
    assert len(browser.get(f"{address}/links").json()["items"]) == 3
    for late in ({"words": "门店\n一店"}, {"words": ""}):
        refused = browser.post(f"{address}/codes", json=late)
        assert refused.status_code == 422
        assert "第一行" in refused.json()["error"]["sentence"]["zh-CN"]


def test_codes_are_listed_in_the_order_of_the_list_they_are_of(cast):
    browser = cast.signed_in(Role.ANALYST)
    draft = DRAFT | {"fields": ["shop"]}
    made = browser.post("/api/v1/surveys", json={"name": "门店", "draft": draft}).json()
    address = f"/api/v1/surveys/{made['id']}"
    browser.post(f"{address}/publish", json={"revision": made["revision"]})
    shops = [f"店{k}" for k in range(40)]
    browser.post(f"{address}/codes", json={"words": "\n".join(["shop", *shops])})
    listed = browser.get(f"{address}/links").json()["items"]
    assert [one["fields"]["shop"] for one in listed if one["kind"] == "qr"] == shops


@pytest.mark.parametrize("path", ["codes", "codes/preview"])
def test_codes_are_drawn_by_who_may_send_only(cast, path):
    keeper = cast.signed_in(Role.ANALYST)
    made = keeper.post("/api/v1/surveys", json={"name": "门店", "draft": DRAFT}).json()
    viewer = cast.signed_in(Role.VIEWER)
    body = {"words": "shop\n一店"}
    assert viewer.post(f"/api/v1/surveys/{made['id']}/{path}", json=body).status_code == 403
    assert keeper.post(f"/api/v1/surveys/nothing/{path}", json=body).status_code == 404
    assert keeper.get(f"/api/v1/surveys/{made['id']}/links").json()["items"] == []
