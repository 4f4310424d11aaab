"""The workbook: every number of the findings with its interval, as numbers to go on with."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from huiyin.analyse.contracts import Findings
from huiyin.core.text import language_tag
from huiyin.report import workbook_words as w
from huiyin.report.characters import printable
from huiyin.report.telling import as_told
from huiyin.report.workbook_evidence import (
    write_cross_tables,
    write_drivers,
    write_matrix,
    write_questions,
)
from huiyin.report.workbook_page import Book, Page
from huiyin.report.workbook_records import (
    write_actions,
    write_ledger,
    write_method,
    write_verbatims,
)
from huiyin.report.workbook_scores import (
    write_aspects,
    write_groups,
    write_linkages,
    write_scorecard,
    write_trends,
)
from huiyin.report.workbook_summary import write_summary

SAFE = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False,
}  # fmt: skip
"""Nothing from the data becomes a formula, a link or a number by its looks."""

_SHEETS = (
    write_scorecard, write_trends, write_aspects, write_drivers, write_matrix, write_groups,
    write_linkages, write_cross_tables, write_questions, write_verbatims, write_ledger,
    write_actions, write_method,
)  # fmt: skip
"""In reading order; each leaves its sheet out where there is nothing to show."""


def write_xlsx(findings: Findings, path: Path, language: str) -> None:
    """Write the findings as an Excel workbook.

    One sheet per chapter that has something to show, a summary with links in front, native
    charts below their tables. Numbers stand as numbers (shares as proportions) with
    number formats; what cannot be estimated is an empty cell with the reason beside it, never
    0. Every text is stored as a text, so that nothing from the data can run as a formula.

    Parameters
    ----------
    findings : Findings
        Everything the report shows.
    path : Path
        File to write, replaced if it exists.
    language : str
        ``zh`` or ``en`` (or the full tag).

    Raises
    ------
    ValueError
        The language is neither Chinese nor English.
    OSError
        The file cannot be written.
    """
    import xlsxwriter

    buffer = BytesIO()
    book = Book(xlsxwriter.Workbook(buffer, SAFE), language_tag(language))
    book.workbook.set_properties({"title": printable(findings.title), "company": "Huiyin"})
    _write_sheets(book, as_told(findings, book.language))
    book.workbook.close()
    path.write_bytes(buffer.getvalue())


def _write_sheets(book: Book, findings: Findings) -> None:
    summary = Page(book, w.SUMMARY, None, widest=70)
    for write in _SHEETS:
        write(book, findings)
    names = [sheet.get_name() for sheet in book.workbook.worksheets()]
    write_summary(summary, findings, names[1:])
