"""Files of strangers: odd names, bombs, cut connections. Whole or absent, and never a path."""

import gzip
import io
import stat
import threading
import zipfile
from pathlib import Path

import openpyxl
import pytest
from importing import upload

from huiyin.app.wiring import build_worker
from huiyin.collect.datasets import uploads as keeping
from huiyin.collect.datasets.uploads import plain_name

PLACES = {"store.db", "store.db-wal", "store.db-shm", "lake", "staged", "uploads", "reports",
          "cache", "work", "keys", "raw"}  # fmt: skip
ROWS = "编号,您有多大可能推荐我们\n" + "\n".join(f"{i},{i % 11}" for i in range(60))
CONTENT = ROWS.encode()
SCRIPT = "<script>alert(1)</script>.csv"


def send(browser, name, content=CONTENT, kind="text/csv"):
    return browser.post("/api/v1/uploads", files={"files": (name, content, kind)})


def read_in(cast, browser, uploads):
    body = {"name": "试", "uploads": uploads, "load": True}
    made = browser.post("/api/v1/datasets", json=body).json()["import"]
    build_worker(cast.system).run_until_idle()
    return browser.get(f"/api/v1/imports/{made['id']}").json()


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.csv",
        "..\\..\\windows\\a.csv",
        "/etc/cron.d/a.csv",
        "..",
        "a\x00b\x1b[31m.csv",
        "报告\u202evsc.exe",
        "名" * 300 + ".csv",
        "😀" * 90 + ".csv",
        SCRIPT,
        "%2e%2e%2fa.csv",
        "a\r\nset-cookie: x=1.csv",
        " ",
        "CON.csv",
        "=cmd|' /C calc'!A0.csv",
    ],
)
def test_a_file_of_any_name_is_read_and_stays_in_its_place(cast, analyst, tmp_path, name):
    beside = {path.name for path in tmp_path.parent.iterdir()}
    answer = send(analyst, name)
    assert answer.status_code == 200, answer.text
    (kept,) = answer.json()["items"]
    assert kept["name"]
    assert not set(kept["name"]) & set("/\\\x00\r\n\x1b\u202e")
    assert len(kept["name"].encode()) <= 200
    done = read_in(cast, analyst, [kept["id"]])
    assert (done["status"], done["rows"]) == ("done", 60), done["error"]
    assert {path.name for path in tmp_path.iterdir()} <= PLACES
    assert {path.name for path in cast.system.folders.uploads.iterdir()} == {kept["id"]}
    assert {path.name for path in tmp_path.parent.iterdir()} == beside
    assert not list(cast.system.folders.work.iterdir())


@pytest.mark.parametrize("name", ["..", ".", "", "...", "a/..", "\u202e", "\x00"])
def test_a_name_of_nothing_gets_one(name):
    assert plain_name(name) == "file"


def test_a_zip_bomb_is_refused_with_a_sentence(cast, analyst):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("xl/workbook.xml", "<workbook/>")
        with packed.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as sheet:
            for _ in range(120):
                sheet.write(b"\x00" * (1 << 20))
    (kept,) = send(analyst, "问卷.xlsx", bomb.getvalue()).json()["items"]
    done = read_in(cast, analyst, [kept["id"]])
    assert done["status"] == "failed"
    assert "压缩炸弹" in done["error"]["sentence"]["zh-CN"]
    assert not list(cast.system.folders.staged.iterdir())


def test_a_file_over_the_limit_leaves_nothing(cast, analyst, monkeypatch):
    monkeypatch.setattr(keeping.keep_file, "__kwdefaults__", {"limit": 1000})
    answer = send(analyst, "大.csv", b"x" * 5000)
    assert answer.status_code == 422
    assert "大.csv" in answer.json()["error"]["sentence"]["zh-CN"]
    assert not list(cast.system.folders.uploads.iterdir())


def test_of_several_files_none_stays_where_one_is_refused(cast, analyst, monkeypatch):
    monkeypatch.setattr(keeping.keep_file, "__kwdefaults__", {"limit": 1000})
    files = [("files", ("小.csv", b"a\n1\n")), ("files", ("大.csv", b"x" * 5000))]
    assert analyst.post("/api/v1/uploads", files=files).status_code == 422
    assert not list(cast.system.folders.uploads.iterdir())


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "multipart/form-data"])
def test_what_is_no_form_of_files_is_refused(cast, analyst, kind):
    answer = analyst.post("/api/v1/uploads", content=b"{}", headers={"content-type": kind})
    assert answer.status_code in {400, 422}
    assert answer.json()["error"]["sentence"]["zh-CN"]
    assert not list(cast.system.folders.uploads.iterdir())


def test_the_kind_that_a_browser_names_is_not_trusted(cast, analyst):
    (kept,) = send(analyst, "a.png", kind="image/png").json()["items"]
    assert read_in(cast, analyst, [kept["id"]])["rows"] == 60


def test_the_same_file_twice_at_once_is_two_uploads_and_the_same_rows(cast, analyst, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(ROWS, "utf-8")
    got = []
    threads = [threading.Thread(target=lambda: got.append(upload(analyst, path))) for _ in "12"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first, second = got
    assert first != second
    made = read_in(cast, analyst, first)
    address = f"/api/v1/datasets/{made['dataset_id']}"
    analyst.post(f"{address}/imports", json={"uploads": second})
    build_worker(cast.system).run_until_idle()
    assert analyst.get(address).json()["version"]["rows"] == 60


def packed(*members):
    """A zip file of (name, content, symlink or not)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content, *link in members:
            info = zipfile.ZipInfo(name)
            info.external_attr = (stat.S_IFLNK | 0o777) << 16 if link else 0
            made.writestr(info, content)
    return out.getvalue()


def workbook(**parts):
    """A workbook of three rows, with parts put in the place of its own, or beside them."""
    book = openpyxl.Workbook()
    for row in (("编号", "您有多大可能推荐我们"), (1, 9), (2, 3), (3, 10)):
        book.active.append(row)
    plain, out = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, old.read(name)))
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha" * 50}">' for n in range(10))
EXTERNAL = '<!ENTITY l9 SYSTEM "file:///etc/passwd">'


def entities(declared):
    head = f'<?xml version="1.0"?><!DOCTYPE worksheet [{declared}]>'
    cell = '<c r="A1" t="inlineStr"><is><t>&l9;</t></is></c>'
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rows = f'<sheetData><row r="1">{cell}</row></sheetData>'
    return f'{head}<worksheet xmlns="{space}">{rows}</worksheet>'


TRICKS = {
    "up.zip": packed(("../../../tmp/evil.csv", CONTENT)),
    "absolute.zip": packed(("/etc/cron.d/evil", CONTENT)),
    "device.zip": packed(("CON", CONTENT), ("NUL.csv", CONTENT)),
    "link.zip": packed(("a.csv", "/etc/passwd", True)),
    "nested.zip": packed(("a.zip", packed(("b.zip", packed(("a.csv", CONTENT)))))),
    "empty.zip": packed(),
    "zip-as.csv": packed(("a.csv", CONTENT)),
    "up.xlsx": workbook(**{"../../../../evil.xml": "x", "/etc/evil": "x"}),
    "laughs.xlsx": workbook(**{SHEET: entities(LAUGHS)}),
    "outside.xlsx": workbook(**{SHEET: entities(EXTERNAL)}),
    "cut.xlsx": workbook()[:-200],
    "wide.csv": b"x" * 10_000_000 + b"\n1\n",
    "columns.csv": b"a," * 300_000 + b"b\n1\n",
    "quote.csv": b'a,b\n"' + b"1,2\n" * 50_000,
    "nul.csv": b"\x00" * 100_000,
    "packed.csv.gz": gzip.compress(b"a,b\n" + b"1,2\n" * 1000),
    "twice.csv.gz": gzip.compress(gzip.compress(CONTENT)),
}
READ = {"up.xlsx", "packed.csv.gz"}
"""What is harmless, and read; all else is refused with a sentence, or read as no more than text."""
MAY_BE_TEXT = {"quote.csv"}


@pytest.mark.parametrize("name", TRICKS)
def test_a_trick_in_an_archive_or_a_head_is_refused_and_leaves_nothing(
    cast, analyst, tmp_path, name
):
    beside = {path.name for path in tmp_path.parent.iterdir()}
    places = set(Path("/tmp").iterdir()) | set(Path("/etc/cron.d").glob("*"))  # noqa: S108
    (kept,) = send(analyst, name, TRICKS[name]).json()["items"]
    done = read_in(cast, analyst, [kept["id"]])
    wanted = {"done"} if name in READ else {"done", "failed"} if name in MAY_BE_TEXT else {"failed"}
    assert done["status"] in wanted, done["error"]
    if done["status"] == "failed":
        assert done["error"]["sentence"]["zh-CN"]
        assert len(str(done["error"])) < 5000
        assert done["version"] is None
    assert "root:" not in str(done)
    assert {path.name for path in tmp_path.iterdir()} <= PLACES
    assert {path.name for path in tmp_path.parent.iterdir()} == beside
    assert not list(cast.system.folders.work.iterdir())
    assert not [one for one in cast.system.folders.staged.iterdir() if one.name[0] == "."]
    after = set(Path("/tmp").iterdir()) | set(Path("/etc/cron.d").glob("*"))  # noqa: S108
    assert not {one for one in after - places if "evil" in one.name}
