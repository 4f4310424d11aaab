"""Sheets of drivers, matrix, cross tables and the questions by themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from huiyin.analyse.contracts import (
    CrossTable,
    Driver,
    DriverResult,
    Findings,
    LevelShare,
    QuestionSummary,
)
from huiyin.codebook.roles import ROLE_TEXT
from huiyin.core.absence import NotEstimable
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell, Unit
from huiyin.report import workbook_words as w
from huiyin.report.code_names import KIND_NAME, QUADRANT_NAME, flag_names, method_name
from huiyin.report.workbook_cells import PERCENT_FORMAT, reason_shown
from huiyin.report.workbook_charts import (
    MATRIX_HEIGHT,
    bar_chart,
    bar_height,
    matrix_chart,
)
from huiyin.report.workbook_page import Book, Page
from huiyin.report.workbook_values import (
    COUNT_FORMAT,
    NOTHING,
    PLAIN_FORMAT,
    RATIO_FORMAT,
    Field,
    Shown,
    Table,
    amount_in,
    count,
    number,
    p_value,
    table_of,
    whisker,
    words,
)

_SHARE = PLAIN_FORMAT[Unit.SHARE]
_SCORE = PLAIN_FORMAT[Unit.POINTS]


def _numbered(
    header: Text, read: Callable[[Driver], float | None], number_format: str
) -> Field[Driver]:
    return Field(header, lambda driver: number(read(driver), number_format))


def write_drivers(book: Book, findings: Findings) -> None:
    """Write the drivers with all their intervals, or why there are none."""
    found = findings.drivers
    if found is None:
        return
    page, said = Page(book, w.DRIVERS, w.SUMMARY), book.language
    place = page.table(table_of(_driver_fields(said), found.drivers, said))
    page.facts(_driver_facts(found, said), title=w.DETAILS)
    page.notes((w.NOT_CAUSE, *found.notes))
    if place is not None:
        headers = (book.say(w.DRIVER), book.say(w.IMPORTANCE))
        title = w.DRIVERS_TITLE.format(target=found.target_label).say(said)
        page.chart(
            bar_chart(book, title, Unit.SHARE, place, headers, positive=True),
            bar_height(len(found.drivers)),
        )
    page.finish()


def _driver_fields(said: str) -> tuple[Field[Driver], ...]:
    return (
        Field(w.DRIVER, lambda d: words(d.label, said, "strong")),
        _numbered(w.IMPORTANCE, lambda d: d.share, _SHARE),
        _numbered(w.IMPORTANCE_LOW, lambda d: d.low, _SHARE),
        _numbered(w.IMPORTANCE_HIGH, lambda d: d.high, _SHARE),
        _numbered(w.PERFORMANCE, lambda d: d.performance, _SCORE),
        _numbered(w.PERFORMANCE_LOW, lambda d: d.performance_low, _SCORE),
        _numbered(w.PERFORMANCE_HIGH, lambda d: d.performance_high, _SCORE),
        Field(w.QUADRANT, lambda d: words(QUADRANT_NAME[d.quadrant], said)),
        Field(w.PRIORITY, lambda d: count(d.priority), optional=True),
        _numbered(w.CORRELATION, lambda d: d.correlation, RATIO_FORMAT),
        _numbered(w.CORRELATION_LOW, lambda d: d.correlation_low, RATIO_FORMAT),
        _numbered(w.CORRELATION_HIGH, lambda d: d.correlation_high, RATIO_FORMAT),
        _numbered(w.BETA, lambda d: d.beta, RATIO_FORMAT),
        _numbered(w.BETA_LOW, lambda d: d.beta_low, RATIO_FORMAT),
        _numbered(w.BETA_HIGH, lambda d: d.beta_high, RATIO_FORMAT),
        Field(w.N, lambda d: count(d.n)),
        _numbered(w.MISSING, lambda d: d.missing_share, _SHARE),
        Field(w.FLAGS, lambda d: words(flag_names(d.flags, said), said), optional=True),
        Field(w.COLUMN, lambda d: words(d.column, said, "muted")),
        *_driver_whiskers(),
    )


def _driver_whiskers() -> tuple[Field[Driver], ...]:
    def field(
        header: Text, unit: Unit, read: Callable[[Driver], tuple[float | None, float | None]]
    ) -> Field[Driver]:
        return Field(header, lambda d: whisker(unit, *read(d)), optional=True)

    return (
        field(w.BELOW, Unit.SHARE, lambda d: (d.share, d.low)),
        field(w.ABOVE, Unit.SHARE, lambda d: (d.share, d.high)),
        field(w.BELOW_SCORE, Unit.POINTS, lambda d: (d.performance, d.performance_low)),
        field(w.ABOVE_SCORE, Unit.POINTS, lambda d: (d.performance, d.performance_high)),
    )


def _driver_facts(found: DriverResult, said: str) -> list[tuple[Text, Shown]]:
    return [
        (w.TARGET, words(found.target_label, said)),
        (w.WHY_NOT, reason_shown(found.not_estimable, said)),
        (w.IMPORTANCE_METHOD, words(method_name(found.method), said)),
        (w.N, count(found.n)),
        (w.N_TOTAL, count(found.n_total)),
        (w.R2, number(found.r2, RATIO_FORMAT)),
        (w.R2_LOW, number(found.r2_low, RATIO_FORMAT)),
        (w.R2_HIGH, number(found.r2_high, RATIO_FORMAT)),
        (w.BOOTSTRAP, count(found.bootstrap)),
        (w.SEED, number(found.seed, "0")),
        (w.LEVEL, number(found.level, PERCENT_FORMAT)),
        (w.MISSING_METHOD, words(method_name(found.missing_method), said)),
        *((w.DROPPED.format(name=name), words(why, said)) for name, why in found.dropped.items()),
    ]


def write_matrix(book: Book, findings: Findings) -> None:
    """Write importance against performance, what to fix first on top."""
    found = findings.drivers
    placed = [d for d in found.drivers if d.performance is not None] if found else []
    if found is None or len(placed) < 2:  # noqa: PLR2004 -- one point is no matrix
        return
    page, said = Page(book, w.MATRIX, w.SUMMARY), book.language
    ranked = sorted(placed, key=lambda d: (d.priority or len(found.drivers), -d.share))
    place = page.table(table_of(_matrix_fields(said), ranked, said))
    page.facts(
        [
            (w.IMPORTANCE_CUT, number(found.importance_cut, _SHARE)),
            (w.PERFORMANCE_CUT, number(found.performance_cut, _SCORE)),
        ],
        title=w.CUTS,
    )
    if place is not None:
        page.chart(matrix_chart(book, found, place), MATRIX_HEIGHT)
    page.finish()


def _matrix_fields(said: str) -> tuple[Field[Driver], ...]:
    by_name = {f.header: f for f in _driver_fields(said)}
    names = (
        w.DRIVER, w.QUADRANT, w.PRIORITY, w.IMPORTANCE, w.IMPORTANCE_LOW, w.IMPORTANCE_HIGH,
        w.PERFORMANCE, w.PERFORMANCE_LOW, w.PERFORMANCE_HIGH, w.N,
        w.BELOW, w.ABOVE, w.BELOW_SCORE, w.ABOVE_SCORE,
    )  # fmt: skip
    return tuple(by_name[name] for name in names)


def write_cross_tables(book: Book, findings: Findings) -> None:
    """Write the tests of all tables, then every cell of every table as one list."""
    if not findings.cross_tables:
        return
    page, said = Page(book, w.CROSS, w.SUMMARY), book.language
    page.table(
        table_of(_cross_fields(said), findings.cross_tables, said), title=book.say(w.OVERVIEW)
    )
    for table in findings.cross_tables:
        if table.counts:
            _write_cross_table(page, table)
    page.finish()


def _cross_fields(said: str) -> tuple[Field[CrossTable], ...]:
    return (
        Field(w.ROW_QUESTION, lambda t: words(t.row_label, said, "strong")),
        Field(w.COLUMN_QUESTION, lambda t: words(t.column_label, said, "strong")),
        Field(w.WHY_NOT, lambda t: reason_shown(t.not_estimable, said), optional=True),
        Field(w.P, lambda t: p_value(t.p)),
        Field(w.Q, lambda t: p_value(t.q)),
        Field(w.CRAMERS_V, lambda t: number(t.cramers_v, RATIO_FORMAT)),
        Field(w.STATISTIC, lambda t: number(t.statistic, RATIO_FORMAT)),
        Field(w.FREEDOM, lambda t: number(t.degrees_of_freedom, "0.##")),
        Field(w.N, lambda t: count(t.n)),
        Field(w.TEST_METHOD, lambda t: words(method_name(t.method), said)),
    )


def _write_cross_table(page: Page, table: CrossTable) -> None:
    said = page.book.language
    name = f"{table.row_label.say(said)} × {table.column_label.say(said)}"
    blocks = (
        (w.COUNT, table.counts, COUNT_FORMAT),
        (w.ROW_SHARE, table.row_shares, _SHARE),
        (w.RESIDUAL, table.residuals, RATIO_FORMAT),
    )
    for what, values, number_format in blocks:
        rows = tuple(
            (Shown(label), *(
                number(value, number_format, "mark" if marked else None)
                for value, marked in zip(row, marks, strict=True)
            ))
            for label, row, marks in zip(table.row_values, values, table.different, strict=True)
        )  # fmt: skip
        headers = (table.row_label.say(said), *table.column_values)
        page.table(Table(headers, rows), title=f"{name}：{what.say(said)}")
    page.note(w.MARKED)


def write_questions(book: Book, findings: Findings) -> None:
    """Write every question in one line, then every option of every question."""
    if not findings.questions:
        return
    page, said = Page(book, w.QUESTIONS, w.SUMMARY), book.language
    page.table(
        table_of(_question_fields(findings.questions, said), findings.questions, said),
        title=book.say(w.OVERVIEW),
    )
    levels = [(q, level) for q in findings.questions for level in q.levels]
    page.table(table_of(_level_fields(said), levels, said), title=book.say(w.EACH_LEVEL))
    page.finish()


def _question_fields(
    questions: Sequence[QuestionSummary], said: str
) -> tuple[Field[QuestionSummary], ...]:
    quantiles = sorted({share for q in questions for share in q.quantiles})

    def mean(header: Text, read: Callable[[Cell], float | None]) -> Field[QuestionSummary]:
        def shown(question: QuestionSummary) -> Shown:
            cell = question.mean
            return NOTHING if cell is None else amount_in(cell.unit, read(cell))

        return Field(header, shown, optional=True)

    def quantile(share: float) -> Field[QuestionSummary]:
        header = w.QUANTILE.format(share=f"{share:.0%}")
        return Field(
            header, lambda q: amount_in(Unit.AMOUNT, q.quantiles.get(share)), optional=True
        )

    return (
        Field(w.QUESTION, lambda q: words(q.label, said, "strong")),
        Field(w.KIND, lambda q: words(KIND_NAME[q.kind], said)),
        Field(w.BASE, lambda q: count(q.n_base)),
        Field(w.N_MISSING, lambda q: count(q.n_missing)),
        mean(w.MEAN, lambda c: c.estimate),
        mean(w.LOW, lambda c: c.low),
        mean(w.HIGH, lambda c: c.high),
        Field(w.WHY_NOT, lambda q: reason_shown(_why_not(q), said), optional=True),
        *(quantile(share) for share in quantiles),
        Field(w.ROLE, lambda q: words(ROLE_TEXT[q.role], said)),
        Field(w.COLUMN, lambda q: words(q.column, said, "muted")),
    )


def _why_not(question: QuestionSummary) -> NotEstimable | None:
    mean = question.mean
    return question.not_estimable or (None if mean is None else mean.not_estimable)


def _level_fields(said: str) -> tuple[Field[tuple[QuestionSummary, LevelShare]], ...]:
    return (
        Field(w.QUESTION, lambda pair: words(pair[0].label, said)),
        Field(w.OPTION, lambda pair: words(pair[1].label, said, "strong")),
        Field(w.CODE, lambda pair: number(pair[1].code, "General"), optional=True),
        Field(w.COUNT, lambda pair: count(pair[1].n)),
        Field(w.SHARE, lambda pair: number(pair[1].share, _SHARE)),
        Field(w.LOW, lambda pair: number(pair[1].low, _SHARE)),
        Field(w.HIGH, lambda pair: number(pair[1].high, _SHARE)),
        Field(w.BASE, lambda pair: count(pair[0].n_base)),
        Field(w.COLUMN, lambda pair: words(pair[0].column, said, "muted")),
    )
