"""The first sheet: what the report says, what it is for, and the way to the evidence."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.analyse.contracts import Conclusion, Findings
from huiyin.core.text import Text
from huiyin.report import workbook_words as w
from huiyin.report.code_names import PURPOSE_NAME, TONE_MARK
from huiyin.report.workbook_page import BAD, Page
from huiyin.report.workbook_values import Field, Shown, count, table_of, words

SHEET_OF_CHAPTER = {
    "scorecard": w.METRICS, "trend": w.TREND, "aspects": w.ASPECTS, "drivers": w.DRIVERS,
    "matrix": w.MATRIX, "groups": w.GROUPS, "linkage": w.LINKAGE, "cross_tables": w.CROSS,
    "questions": w.QUESTIONS, "verbatims": w.VERBATIMS, "ledger": w.LEDGER, "actions": w.ACTIONS,
    "method": w.METHOD,
}  # fmt: skip


def write_summary(page: Page, findings: Findings, sheets: Sequence[str]) -> None:
    """Fill the summary; `sheets` are the other sheets there are, in order."""
    page.sheet.set_portrait()
    page.sheet.fit_to_pages(1, 1)
    page.row = 0
    page.line(findings.title, font_size=18, bold=True)
    if findings.is_sample:
        page.line(page.book.say(w.SAMPLE), font_color=BAD, bold=True)
    page.table(
        table_of(_conclusion_fields(page.book.language, sheets), findings.conclusions,
                 page.book.language),
        title=page.book.say(w.CONCLUSIONS),
    )  # fmt: skip
    page.facts(_facts(findings, page.book.language), title=w.ABOUT)
    page.heading(page.book.say(w.CONTENTS))
    for sheet in sheets:
        page.link(page.row, 0, sheet, sheet)
        page.row += 1
    page.row += 1
    page.notes(findings.notes)
    page.finish()


def _conclusion_fields(said: str, sheets: Sequence[str]) -> tuple[Field[Conclusion], ...]:
    return (
        Field(w.TONE, lambda c: words(TONE_MARK.get(c.tone), said, c.tone)),
        Field(w.CONCLUSION, lambda c: words(c.sentence, said)),
        Field(w.CHAPTER, lambda c: _link(c.chapter, said, sheets)),
    )


def _link(chapter: str, said: str, sheets: Sequence[str]) -> Shown:
    title = SHEET_OF_CHAPTER.get(chapter)
    sheet = None if title is None else title.say(said)
    return Shown(sheet, target=sheet) if sheet in sheets else Shown(None)


def _facts(findings: Findings, said: str) -> list[tuple[Text, Shown]]:
    data = None if findings.scorecard is None else findings.scorecard.data
    return [
        (w.PURPOSE, words(PURPOSE_NAME[findings.purpose], said)),
        (w.TARGET, words(_target(findings), said)),
        (w.SOURCES, words("\n".join(findings.sources), said)),
        (w.ROWS, count(findings.ledger.n_rows)),
        (w.USED, count(data.used if data is not None else findings.ledger.n_valid)),
        *(() if data is None else ((w.SINCE, Shown(data.since)), (w.UNTIL, Shown(data.until)))),
        (w.GENERATED_ON, words(findings.generated_on, said)),
    ]


def _target(findings: Findings) -> Text | str | None:
    target = findings.target
    if target is not None and target in findings.codebook:
        return findings.codebook[target].label
    return target
