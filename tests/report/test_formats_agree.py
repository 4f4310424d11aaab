"""One cell, one number: HTML, PDF, XLSX and PPTX of the same findings show the same figures."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from pptx import Presentation
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from huiyin.report import workbook_words as w
from huiyin.report.numbers import cell_interval, count, number, share
from huiyin.report.run import write_report

LANGUAGES = {"zh": "zh-CN", "en": "en"}


class Shown(HTMLParser):
    """Collect the words of a page, without scripts and styles."""

    def __init__(self):
        super().__init__()
        self.words, self._hidden = [], 0

    def handle_starttag(self, tag, attrs):
        del attrs
        self._hidden += tag in {"script", "style"}

    def handle_endtag(self, tag):
        self._hidden -= tag in {"script", "style"}

    def handle_data(self, data):
        if not self._hidden:
            self.words.append(data)


def squeezed(words):
    """Join words without any blank: where a line breaks is no difference."""
    return re.sub(r"\s+", "", "".join(words))


def html_text(path):
    page = Shown()
    page.feed(path.read_text("utf-8"))
    return squeezed(page.words)


def slide_text(path):
    shapes = [shape for slide in Presentation(str(path)).slides for shape in slide.shapes]
    words = [s.text_frame.text for s in shapes if s.has_text_frame]
    words += [c.text for s in shapes if s.has_table for row in s.table.rows for c in row.cells]
    return squeezed(words)


@pytest.fixture(scope="module", params=["zh", "en"])
def report(findings, request, tmp_path_factory):
    findings = replace(findings, groups=(), questions=(), cross_tables=(), trends=())
    folder = tmp_path_factory.mktemp(f"agree_{request.param}")
    formats = ("html", "pdf", "xlsx", "pptx")
    files = write_report(findings, folder, formats=formats, language=request.param)
    return dict(zip(formats, files, strict=True)), LANGUAGES[request.param]


@pytest.fixture(scope="module")
def texts(report):
    files, _ = report
    pdf = squeezed(page.extract_text() for page in PdfReader(str(files["pdf"])).pages)
    return {"html": html_text(files["html"]), "pdf": pdf, "pptx": slide_text(files["pptx"])}


def shown_cells(findings):
    """Give the cells that every format shows, as they should read."""
    cells = [*findings.scorecard.cells, *findings.aspects.cells,
             *(c for k in findings.linkages for c in k.bands)]  # fmt: skip
    return [c for c in cells if c.estimate is not None]


def test_estimates_and_intervals_read_the_same_in_every_text(report, texts, findings):
    _, language = report
    for cell in shown_cells(findings):
        shown = number(cell.estimate, cell.unit, language), cell_interval(cell, language)
        for text in (*shown, count(cell.n)):
            for name, page in texts.items():
                assert squeezed(text) in page, (name, cell.metric, text)


def test_importance_reads_the_same_in_every_text(texts, findings):
    for driver in findings.drivers.drivers:
        for name, page in texts.items():
            assert squeezed(share(driver.share)) in page, (name, driver.column)


def test_conclusions_read_the_same_in_every_text(report, texts, findings):
    for conclusion in findings.conclusions:
        for name, page in texts.items():
            assert squeezed(conclusion.sentence.say(report[1])) in page, name


def test_the_workbook_holds_what_the_texts_show(report, findings):
    files, language = report
    book = CalamineWorkbook.from_path(files["xlsx"])
    for title, cells in (
        (w.METRICS, findings.scorecard.cells),
        (w.ASPECTS, findings.aspects.cells),
    ):
        rows = book.get_sheet_by_name(title.say(language)).to_python()
        header = next(row for row in rows if w.ESTIMATE.say(language) in row)
        start = rows.index(header) + 1
        places = [header.index(h.say(language)) for h in (w.ESTIMATE, w.LOW, w.HIGH, w.N)]
        for row, cell in zip(rows[start:], cells, strict=False):
            found = [None if row[p] == "" else row[p] for p in places]
            shown = [number(value, cell.unit, language) for value in found[:3]]
            expected = [
                number(value, cell.unit, language) for value in (cell.estimate, cell.low, cell.high)
            ]
            assert [*shown, found[3]] == [*expected, cell.n]


def test_what_is_not_there_is_a_reason_in_every_text(report, texts, findings):
    absent = [c for c in findings.scorecard.cells if c.not_estimable is not None]
    assert absent
    for cell in absent:
        for name, page in texts.items():
            assert squeezed(cell.not_estimable.say(report[1])) in page, name
