from pathlib import Path

import pyarrow.parquet as pq
import pytest

from huiyin.collect.contracts import ReadOptions
from huiyin.collect.read import read


@pytest.fixture
def staged(tmp_path):
    """Read files as the program does."""

    def go(*paths, profile=None, sheets=None):
        work = tmp_path / "暂存 area"
        return read([Path(p) for p in paths], ReadOptions(profile, sheets, work))

    return go


@pytest.fixture
def rows_of():
    """Give the staged rows as lists, `_row` and `_source` left out."""

    def go(staged):
        tables = [pq.read_table(file) for file in staged.files]
        return [
            [row.get(name) for name in staged.columns]
            for table in tables
            for row in table.to_pylist()
        ]

    return go


@pytest.fixture
def write(tmp_path):
    """Write a file and give its path."""

    def go(name, content, encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return go


@pytest.fixture
def workbook(tmp_path):
    """Write a workbook of sheets given as rows; cells that start with ``=`` are formulas."""

    def go(name, **sheets):
        import xlsxwriter

        path = tmp_path / name
        with xlsxwriter.Workbook(path) as book:
            for title, rows in sheets.items():
                sheet = book.add_worksheet(title)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
        return path

    return go


@pytest.fixture
def says():
    """Check that a sentence names things, in both languages."""

    def go(caught, *words):
        sentence = caught.value.sentence
        for language in ("zh-CN", "en"):
            for word in words:
                assert word in sentence.say(language)
            assert "{" not in sentence.say(language)

    return go
