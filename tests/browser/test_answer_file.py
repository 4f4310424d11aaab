"""A file sent with an answer, with scripts and without: saved by whoever may see that answer."""

import os
from pathlib import Path

import pytest
from newcomer import PASSWORD, become_administrator
from sender import Caller, picture

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
PNG = b"\x89PNG\r\n\x1a\n" + os.urandom(200_000)
PHOTO = {"kind": "file", "id": "photo", "title": {"zh-CN": "拍一张照片"}, "required": True}
NPS = {"kind": "nps", "id": "rec", "title": {"zh-CN": "会推荐吗？"}}
PAGES = [{"id": "p1", "questions": [NPS, PHOTO]}]


def send(phone, address, file):
    """Answer with a file; a person confirms where the page asks for it."""
    phone.goto(address)
    phone.locator("input[name=rec][value='3']").check(force=True)
    phone.locator("input[type=file]").set_input_files(file)
    picture(phone, f"answer-{file.stem}")
    for _ in range(3):
        phone.locator("button.on, main.said button").first.click()
        phone.wait_for_load_state()
        if not phone.locator("form").count():
            break
    assert "谢谢" in phone.locator("main").inner_text()


def refuse_what_is_too_large(phone, address, folder):
    """Say so before anything is sent, where scripts run."""
    large = folder / "太大.png"
    large.write_bytes(PNG[:8] + bytes(6 << 20))
    phone.goto(address)
    box = phone.locator("input[type=file]")
    box.set_input_files(large)
    assert "太大" in box.evaluate("(box) => box.validationMessage")
    assert box.evaluate("(box) => box.files.length") == 0


def sign_in(page, address, login):
    page.goto(f"{address}/sign-in")
    page.get_by_label("邮箱或账号").fill(login)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()
    page.get_by_role("navigation", name="主导航").wait_for()


def test_a_file_is_sent_seen_and_saved_by_who_may(server, visitor, tmp_path):
    address, link = server
    page = visitor()
    become_administrator(page, address, link)
    caller = Caller(page, address)
    survey = caller.publish(pages=PAGES)
    way = caller.post(f"/surveys/{survey}/links", data={"kind": "qr", "name": "一店"})["path"]
    files = {name: tmp_path / f"{name}.png" for name in ("无脚本", "有脚本")}
    for name, file in files.items():
        file.write_bytes(PNG + name.encode())
    plain = visitor(viewport=PHONE, java_script_enabled=False, locale="zh-CN")
    send(plain, address + way, files["无脚本"])
    lively = visitor(viewport=PHONE, locale="zh-CN")
    refuse_what_is_too_large(lively, address + way, tmp_path)
    send(lively, address + way, files["有脚本"])
    page.goto(f"{address}/surveys/{survey}/results")
    page.get_by_text("全部答卷都已计入").wait_for()
    listed = page.get_by_role("region", name="收到的文件")
    for file in files.values():
        with page.expect_download() as saving:
            listed.get_by_role("link", name=file.name).click()
        assert Path(saving.value.path()).read_bytes() == file.read_bytes()
        assert saving.value.suggested_filename == file.name
    picture(page, "results-files")
    found = page.request.get(f"{address}/api/v1/surveys/{survey}/files").json()["items"]
    body = {"login": "viewer", "name": "看数的", "role": "viewer", "password": PASSWORD}
    caller.post("/staff", data=body)
    other = visitor(refused=[403])
    sign_in(other, address, "viewer")
    other.goto(f"{address}/surveys/{survey}/results")
    other.get_by_text("全部答卷都已计入").wait_for()
    assert not other.get_by_role("region", name="收到的文件").count()
    for one in found:
        refused = other.request.get(f"{address}/api/v1/surveys/{survey}/files/{one['id']}")
        assert refused.status == 403
        assert PNG[100:140] not in refused.body()
