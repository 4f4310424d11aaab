"""Codes for all shops at once: a list is pasted, looked at, and taken as pictures and posters."""

from zipfile import ZipFile

import pytest
from newcomer import become_administrator
from pypdf import PdfReader
from sender import Caller, picture

pytestmark = pytest.mark.browser
LIST = "\n".join(["门店,柜台", *(f"{shop}店,{k}" for shop in "东西" for k in range(1, 6))])


def taken(page, dialog, name):
    with page.expect_download() as told:
        dialog.get_by_role("button", name=name).click()
    return told.value.path()


def test_a_list_of_shops_becomes_codes_on_the_send_page(server, visitor):
    address, link = server
    page = visitor(refused=["422"])
    become_administrator(page, address, link)
    survey = Caller(page, address).publish(fields=["门店", "柜台"])
    page.goto(f"{address}/surveys/{survey}/send")
    page.get_by_role("button", name="批量做二维码").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("名单", exact=True).fill("店名\n东店")
    dialog.get_by_role("button", name="看看有哪些码").click()
    dialog.get_by_text("可以用的列：门店、柜台").wait_for()
    file = {"name": "门店.csv", "mimeType": "text/csv", "buffer": LIST.encode("gb18030")}
    dialog.locator("input[type=file]").set_input_files(file)
    dialog.get_by_role("button", name="看看有哪些码").click()
    dialog.get_by_text("共 10 个码").wait_for()
    dialog.get_by_text("还有 5 个").wait_for()
    picture(page, "codes")
    with ZipFile(taken(page, dialog, "下载图片")) as pack:
        assert "东店 · 1.png" in pack.namelist()
        assert len(pack.namelist()) == 20
    posters = PdfReader(taken(page, dialog, "下载海报"))
    assert "西店 · 5" in posters.pages[9].extract_text()
    page.set_viewport_size({"width": 390, "height": 844})
    picture(page, "codes-phone")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.keyboard.press("Escape")
    page.get_by_text("10 个二维码").click()
    page.get_by_text("西店 · 5").wait_for()
    picture(page, "codes-listed-phone")
