"""The metric rules go out as a file and come back as a new version, to the byte."""

from __future__ import annotations

import pytest

from huiyin.measure.definitions.rules import metric_rules
from huiyin.measure.definitions.writing import house_text
from huiyin.store.database import Database


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, databases, tmp_path, monkeypatch, huiyin):
    """A data folder with a store, once on SQLite and once on PostgreSQL."""
    monkeypatch.setenv("HUIYIN_KEY_FILE", str(tmp_path / "key"))
    folder = tmp_path / "资料 data"
    if request.param == "postgresql":
        database = databases.postgresql()
        database.close()
        url = database.url.set(drivername="postgresql")
        monkeypatch.setenv("HUIYIN_DATABASE_URL", url.render_as_string(hide_password=False))
    assert huiyin("migrate", "--data", folder).code == 0
    return folder


def stored(place, version=None):
    import os

    url = os.environ.get("HUIYIN_DATABASE_URL")
    database = Database(url) if url else Database.in_folder(place)
    with database.reading() as session:
        found = metric_rules(session, version)
    database.close()
    return found


def test_out_and_back(huiyin, place, tmp_path):
    file = tmp_path / "规则.yaml"
    done = huiyin("metrics", "export", file, "--data", place, "--lang", "en")
    assert (done.code, "Version 1" in done.out) == (0, True)
    first, _, text = file.read_bytes().decode().partition("\n")
    assert first == "# huiyin metrics · version 1"
    assert text == house_text()

    edited = text.replace("  nps: 5", "  nps: 4  # 收紧") + "\r\n# 尾注"
    file.write_bytes(f"{first}\n{edited}".encode())
    done = huiyin(
        "metrics", "import", file, "--data", place, "--note", "收紧", "--valid-from", "2025-01-01"
    )
    assert done.code == 0, done.err
    kept = stored(place)
    assert (kept.version, kept.text, kept.note) == (2, edited, "收紧")
    assert str(kept.valid_from) == "2025-01-01"
    assert kept.rules.delta_nps == 4

    again = tmp_path / "再导出.yaml"
    huiyin("metrics", "export", again, "--data", place)
    assert again.read_bytes() == f"# huiyin metrics · version 2\n{edited}".encode()
    huiyin("metrics", "export", again, "--data", place, "--rules-version", "1")
    assert again.read_bytes().decode().endswith(house_text())


def test_file_made_from_an_old_version_is_refused(huiyin, place, tmp_path):
    file = tmp_path / "a.yaml"
    huiyin("metrics", "export", file, "--data", place)
    mine = file.read_text("utf-8").replace("  nps: 5", "  nps: 4")
    file.write_text(mine, "utf-8")
    assert huiyin("metrics", "import", file, "--data", place).code == 0
    file.write_text(mine.replace("  nps: 4", "  nps: 3"), "utf-8")
    late = huiyin("metrics", "import", file, "--data", place, "--lang", "en")
    assert (late.code, "not saved" in late.err) == (1, True)
    assert stored(place).rules.delta_nps == 4


@pytest.fixture
def folder(huiyin, tmp_path, monkeypatch):
    monkeypatch.setenv("HUIYIN_KEY_FILE", str(tmp_path / "key"))
    assert huiyin("migrate", "--data", tmp_path / "data").code == 0
    return tmp_path / "data"


def test_file_that_does_not_say_its_version_needs_base(huiyin, folder, tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text("\ufeff" + house_text().replace("  nps: 5", "  nps: 4"), "utf-8")
    done = huiyin("metrics", "import", file, "--data", folder, "--lang", "en")
    assert (done.code, "--base" in done.err) == (2, True)
    assert huiyin("metrics", "import", file, "--data", folder, "--base", "1").code == 0
    assert stored(folder).rules.delta_nps == 4


@pytest.mark.parametrize(
    ("raw", "words"),
    [(b"# huiyin metrics \xc2\xb7 version 1\ndelta: 5", "missing"), (b"a: 1\n\xff", "UTF-8")],
)
def test_file_with_a_fault_ends_in_one_sentence(huiyin, folder, tmp_path, raw, words):
    file = tmp_path / "a.yaml"
    file.write_bytes(raw)
    done = huiyin("metrics", "import", file, "--data", folder, "--lang", "en")
    assert done.code == 2
    assert words in done.err
    assert len(done.err.strip().splitlines()) == 1


def test_places_that_are_not_there(huiyin, folder, tmp_path):
    done = huiyin(
        "metrics", "export", tmp_path / "a.yaml", "--data", tmp_path / "none", "--lang", "en"
    )
    assert (done.code, "huiyin serve" in done.err) == (2, True)
    assert not (tmp_path / "none").exists()
    assert huiyin("metrics", "import", tmp_path / "none.yaml", "--data", folder).code == 2
    unknown = huiyin(
        "metrics", "export", tmp_path / "a.yaml", "--data", folder, "--rules-version", 7
    )
    assert unknown.code == 2
