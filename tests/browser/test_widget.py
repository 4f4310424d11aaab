"""A shop's page with our one line of code: the pop-up opens, is answered, rests; keys suffice."""

import os
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from axe import AXE, faults_of
from newcomer import become_administrator
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
STRICT = "default-src 'none'; script-src {ours} 'nonce-shop'; frame-src {ours}; img-src data:"
PAGE = """<!doctype html><html lang="{lang}"><meta name="viewport" content="width=device-width">
<title>Shop</title><link rel="icon" href="data:,"><main><h1>Shop</h1>
<button id="sign">Sign for the order</button></main><script nonce="shop">
document.getElementById("sign").addEventListener("click", () => huiyin.track("order_signed"));
</script><script src="{ours}/w/{code}.js"></script></html>"""
NPS = {"kind": "nps", "id": "rec", "title": {"zh-CN": "会推荐吗？", "en": "Would you?"}}
DRAFT = {
    "title": {"zh-CN": "满意度", "en": "Satisfaction"}, "languages": ["zh-CN", "en"],
    "pages": [{"id": "p1", "questions": [NPS]}],
}  # fmt: skip
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def shop():
    """Serve one page under a strict policy; gives its port and what it serves."""
    serves = {"lang": "zh-CN"}

    class Shop(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.send_header("content-security-policy", STRICT.format(**serves))
            self.end_headers()
            self.wfile.write(PAGE.format(**serves).encode())

        def log_message(self, *_):
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Shop)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server.server_port, serves
    server.shutdown()
    server.server_close()


def publish(page, address):
    root = f"{address}/api/v1"
    headers = {"x-csrf-token": page.request.get(f"{root}/me").json()["csrf"]}
    body = {"name": "满意度", "draft": DRAFT}
    survey = page.request.post(f"{root}/surveys", headers=headers, data=body).json()
    revision = {"revision": survey["revision"]}
    path = f"{root}/surveys/{survey['id']}/publish"
    assert page.request.post(path, headers=headers, data=revision).ok
    return survey["id"]


def make_widget(page, site):
    """Set up a widget as an analyst does; gives its code."""
    page.get_by_role("button", name="新建网页组件").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("名称").fill("商城")
    dialog.get_by_label("允许的网站").fill(site)
    dialog.get_by_label("允许的网站").press("Enter")
    dialog.get_by_label("由事件打开").fill("order_signed")
    picture(page, "widget-dialog")
    dialog.get_by_role("button", name="保存").click()
    secret = page.get_by_role("textbox", name="用户签名密钥")
    assert len(secret.input_value()) == 32
    page.get_by_role("button", name="知道了").click()
    snippet = page.locator(".snippet code").inner_text()
    picture(page, "widget-card")
    return snippet.partition("/w/")[2].partition(".js")[0]


def picture(page, name, **more):
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", **more)


def sign(page):
    page.get_by_role("button", name="Sign for the order").click()
    page.get_by_role("dialog").wait_for()
    return page.frame_locator("dialog iframe")


def use_by_keys(visitor, port, code, axe):
    """Open, stay in it, leave it; it rests then, and little is remembered."""
    user = visitor(viewport=PHONE)
    user.goto(f"http://127.0.0.1:{port}/")
    sign(user).get_by_text("会推荐吗？").wait_for()
    assert faults_of(user, axe) == []
    assert faults_of(user.frames[1], axe) == []
    picture(user, "widget-phone")
    for _ in range(6):
        user.keyboard.press("Tab")
        assert user.evaluate("document.activeElement.closest('dialog, body').tagName") == "DIALOG"
    user.keyboard.press("Escape")
    expect(user.get_by_role("dialog")).to_have_count(0)
    assert user.evaluate("document.activeElement.id") == "sign"
    user.get_by_role("button", name="Sign for the order").click()
    user.wait_for_timeout(500)
    assert user.locator("dialog").count() == 0
    assert user.evaluate("Object.keys(localStorage)") == [f"huiyin.{code}"]


def answer(visitor, port):
    """Answer in English, without a cookie."""
    other = visitor()
    other.goto(f"http://127.0.0.1:{port}/")
    frame = sign(other)
    picture(other, "widget-wide")
    frame.get_by_text("Would you?").wait_for()
    frame.locator(".levels input").last.check(force=True)
    frame.locator("button.on").click()
    again = frame.get_by_role("button", name="Confirm and send")
    thanks = frame.get_by_text("Thank you! We have received your answers.")
    again.or_(thanks).first.wait_for()
    if again.count():
        again.click()
    thanks.wait_for()
    other.get_by_role("button", name="Close").click()
    assert other.context.cookies() == []


def come_from_elsewhere(chromium, port):
    """The same page under a name that is not listed shows nothing."""
    stranger = chromium.new_context().new_page()
    stranger.goto(f"http://localhost:{port}/")
    stranger.get_by_role("button", name="Sign for the order").click()
    stranger.wait_for_timeout(1_000)
    assert not stranger.get_by_role("dialog").count()
    stranger.context.close()


def look_at_settings(office, address, survey):
    """Set it into its place in the page, in English, and look at calls beside it."""
    office.get_by_role("button", name="改设置").click()
    look = office.get_by_role("dialog").get_by_label("样子")
    look.click()
    look.press("ArrowDown")
    look.press("Enter")
    expect(office.get_by_role("dialog")).to_contain_text("嵌在页面里")
    office.get_by_role("dialog").get_by_label("由事件打开").fill("")
    office.get_by_role("dialog").get_by_role("button", name="保存").click()
    office.get_by_text("打开网页时").wait_for()
    office.get_by_role("button", name="English").click()
    office.get_by_text("when the page opens").wait_for()
    picture(office, "widget-card-en")
    office.set_viewport_size(PHONE)
    office.get_by_role("button", name="Switch to dark").click()
    picture(office, "widget-card-dark-phone", full_page=True)
    office.goto(f"{address}/surveys/{survey}/phone")
    office.get_by_role("button", name="Fill in without a customer").click()
    office.frame_locator("iframe").get_by_text("ask for a number from 0 to 10").wait_for()
    picture(office, "phone-en-dark", full_page=True)


def find_in_place(visitor, port):
    """See it stand in the page."""
    inline = visitor(viewport=PHONE)
    inline.goto(f"http://127.0.0.1:{port}/")
    inline.frame_locator("iframe").get_by_text("Would you?").wait_for()
    expect(inline.locator("iframe")).to_have_attribute("style", re.compile(r"height: [1-9]\d\dpx"))
    assert inline.get_by_role("dialog").count() == 0
    picture(inline, "widget-inline")


def test_a_shop_s_page_asks_after_an_event(server, visitor, shop, root, chromium):
    address, link = server
    port, serves = shop
    office = visitor()
    become_administrator(office, address, link)
    survey = publish(office, address)
    office.goto(f"{address}/surveys/{survey}/send")
    serves |= {"ours": address, "code": make_widget(office, f"http://127.0.0.1:{port}")}
    use_by_keys(visitor, port, serves["code"], (root / AXE).read_text("utf-8"))
    serves["lang"] = "en"
    answer(visitor, port)
    come_from_elsewhere(chromium, port)
    look_at_settings(office, address, survey)
    find_in_place(visitor, port)
    office.goto(f"{address}/surveys/{survey}/results")
    expect(office.locator(".big-count")).to_contain_text("1")
