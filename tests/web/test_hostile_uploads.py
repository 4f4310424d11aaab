"""Files of strangers: odd names, bombs, cut connections. Whole or absent, and never a path."""

import io
import threading
import zipfile

import pytest
from importing import upload

from huiyin.app.wiring import build_worker
from huiyin.collect.datasets import uploads as keeping
from huiyin.collect.datasets.uploads import plain_name
from huiyin.people.contracts import Role

PLACES = {"store.db", "store.db-wal", "store.db-shm", "lake", "staged", "uploads", "reports",
          "cache", "work", "keys", "raw"}  # fmt: skip
ROWS = "编号,您有多大可能推荐我们\n" + "\n".join(f"{i},{i % 11}" for i in range(60))
CONTENT = ROWS.encode()
SCRIPT = "<script>alert(1)</script>.csv"


@pytest.fixture
def analyst(cast):
    return cast.signed_in(Role.ANALYST)


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
