"""Sheets that are tables of cells: scores, trend, aspects, groups, outcomes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet

from huiyin.analyse.contracts import ChangePoint, Findings, GroupDifferences, Linkage, Trend
from huiyin.codebook.bands import group_text
from huiyin.core.text import Text, listed
from huiyin.measure.contracts import Cell
from huiyin.report import workbook_words as w
from huiyin.report.code_names import group_name
from huiyin.report.workbook_cells import (
    Line,
    call_shown,
    direction_of,
    lead,
    number_fields,
    reason_shown,
)
from huiyin.report.workbook_charts import (
    TREND_HEIGHT,
    bar_chart,
    bar_height,
    trend_chart,
)
from huiyin.report.workbook_page import Book, Page, Place
from huiyin.report.workbook_values import (
    RATIO_FORMAT,
    Field,
    Shown,
    Table,
    amount_in,
    count,
    gap_in,
    number,
    p_value,
    table_of,
    words,
)


def write_scorecard(book: Book, findings: Findings) -> None:
    """Write the headline scores."""
    if findings.scorecard is None or not findings.scorecard.cells:
        return
    page = Page(book, w.METRICS, w.SUMMARY)
    directions = direction_of(findings.definitions + findings.scorecard.definition)
    write_cells(page, findings.scorecard.cells, directions)
    page.notes(findings.scorecard.notes)
    page.finish()


def write_aspects(book: Book, findings: Findings) -> None:
    """Write the score of each aspect."""
    if findings.aspects is None or not findings.aspects.cells:
        return
    page = Page(book, w.ASPECTS, w.SUMMARY)
    cells = findings.aspects.cells
    place = write_cells(page, cells, direction_of(findings.aspects.definition))
    page.notes(findings.aspects.notes)
    _draw_bars(page, w.ASPECTS, cells, place)
    page.finish()


def write_trends(book: Book, findings: Findings) -> None:
    """Write the lasting changes of level, then every trend with its chart."""
    if not any(t.cells for t in findings.trends):
        return
    page = Page(book, w.TREND, w.SUMMARY, widest=20)
    directions = direction_of(findings.definitions)
    _write_change_points(page, findings, directions)
    for trend in findings.trends:
        place = write_cells(page, trend.cells, directions, title=book.say(trend.label))
        page.notes(trend.notes)
        if place is not None:
            chart = trend_chart(book, book.say(trend.label), trend.unit, place)
            page.chart(chart, TREND_HEIGHT)
    page.finish()


def _write_change_points(page: Page, findings: Findings, directions: Mapping[str, bool]) -> None:
    said = page.book.language
    found = [(t, c) for t in findings.trends for c in t.change_points]

    def field(header: Text, place: int) -> Field[tuple[Shown, ...]]:
        return Field(header, lambda row: row[place])

    headers = (
        w.METRIC, w.CHANGE_FROM, w.BEFORE, w.AFTER, w.DIFFERENCE, w.DIFFERENCE_LOW,
        w.DIFFERENCE_HIGH, w.P, w.CALL,
    )  # fmt: skip
    rows = [_change_point_row(t, c, said, directions.get(t.metric, True)) for t, c in found]
    fields = [field(header, i) for i, header in enumerate(headers)]
    page.table(table_of(fields, rows, said), title=page.book.say(w.CHANGE_POINTS))


def _change_point_row(
    trend: Trend,
    change: ChangePoint,
    said: str,
    higher_is_better: bool,  # noqa: FBT001
) -> tuple[Shown, ...]:
    unit = trend.unit
    return (
        words(trend.label, said),
        words(change.period, said),
        amount_in(unit, change.before),
        amount_in(unit, change.after),
        gap_in(unit, change.difference),
        gap_in(unit, change.low),
        gap_in(unit, change.high),
        p_value(change.p),
        call_shown(change.call, change.difference, said, higher_is_better=higher_is_better),
    )


def write_groups(book: Book, findings: Findings) -> None:
    """Write which dimensions differ, then each group of each."""
    if not findings.groups:
        return
    page, said = Page(book, w.GROUPS, w.SUMMARY, widest=20), book.language
    page.table(
        table_of(_difference_fields(said), findings.groups, said), title=book.say(w.OVERVIEW)
    )
    directions = direction_of(findings.definitions)
    for found in findings.groups:
        place = write_cells(page, found.cells, directions, title=book.say(found.label))
        page.notes(found.notes)
        _draw_bars(page, found.label, found.cells, place)
    page.finish()


def _difference_fields(said: str) -> tuple[Field[GroupDifferences], ...]:
    return (
        Field(w.DIMENSION, lambda g: words(g.label, said, "strong")),
        Field(w.BEST, lambda g: words(listed(g.best), said, "good"), optional=True),
        Field(w.WORST, lambda g: words(listed(g.worst), said, "bad"), optional=True),
        Field(w.P, lambda g: p_value(g.p)),
        Field(w.Q, lambda g: p_value(g.q)),
        Field(w.EFFECT, lambda g: number(g.effect_size, "0.000")),
        Field(w.METRIC_ID, lambda g: words(g.metric, said, "muted")),
    )


def write_linkages(book: Book, findings: Findings) -> None:
    """Write how each outcome goes with satisfaction, then each band."""
    if not findings.linkages:
        return
    page, said = Page(book, w.LINKAGE, w.SUMMARY, widest=20), book.language
    page.note(w.NOT_CAUSE)
    page.table(table_of(_linkage_fields(said), findings.linkages, said), title=book.say(w.OVERVIEW))
    for linkage in findings.linkages:
        unjudged = dict.fromkeys((band.metric for band in linkage.bands), None)
        place = write_cells(page, linkage.bands, unjudged, title=book.say(linkage.outcome_label))
        page.notes(linkage.notes)
        _draw_bars(page, linkage.satisfaction_label, linkage.bands, place)
    page.finish()


def _draw_bars(page: Page, group: Text, cells: Sequence[Cell], place: Place | None) -> None:
    """Draw cells of one unit below their table; the first column names the bars."""
    if place is None or len({cell.unit for cell in cells}) != 1:
        return
    book = page.book
    metrics = {cell.label for cell in cells}
    title = group.say(book.language)
    if len(metrics) == 1:
        metric = next(iter(metrics))
        title = w.CHART_TITLE.format(metric=metric, group=group).say(book.language)
    headers = (place.headers[0], book.say(w.ESTIMATE))
    positive = all(x >= 0 for cell in cells for x in (cell.estimate, cell.low) if x is not None)
    chart = bar_chart(book, title, cells[0].unit, place, headers, positive=positive)
    page.chart(chart, bar_height(len(cells)))


def _linkage_fields(said: str) -> tuple[Field[Linkage], ...]:
    return (
        Field(w.OUTCOME, lambda k: words(k.outcome_label, said, "strong")),
        Field(w.SATISFACTION, lambda k: words(k.satisfaction_label, said)),
        Field(w.CORRELATION, lambda k: number(k.correlation, RATIO_FORMAT)),
        Field(w.CORRELATION_LOW, lambda k: number(k.correlation_low, RATIO_FORMAT)),
        Field(w.CORRELATION_HIGH, lambda k: number(k.correlation_high, RATIO_FORMAT)),
        Field(w.WHY_NOT, lambda k: reason_shown(k.not_estimable, said), optional=True),
        Field(w.P, lambda k: p_value(k.p)),
        Field(w.Q, lambda k: p_value(k.q)),
        Field(w.N, lambda k: count(k.n)),
    )


def write_cells(
    page: Page,
    cells: Sequence[Cell],
    directions: Mapping[str, bool | None],
    *,
    title: str | None = None,
    names: Mapping[str, Text] | None = None,
) -> Place | None:
    """Write cells with their groups and their metric in front."""
    said = page.book.language
    table = cells_table(cells, directions, said, number_fields(said), names)
    return page.table(table, title=title)


def cells_table(
    cells: Sequence[Cell],
    directions: Mapping[str, bool | None],
    said: str,
    numbers: Sequence[Field[Line]],
    names: Mapping[str, Text] | None = None,
) -> Table:
    """Lay out cells with their groups and their metric in front of their numbers.

    `names` says what people call the columns that group; others stand by their own names.
    """
    groups = tuple(dict.fromkeys(key for cell in cells for key in cell.by))
    lines = [
        Line(
            c,
            (*(words(_group(c, g), said) for g in groups), words(c.label, said)),
            directions.get(c.metric, True),
        )
        for c in cells
    ]
    ours = {f.header.say(said) for f in numbers} | {w.METRIC.say(said)}
    headings = [*(_heading(g, said, ours, names or {}) for g in groups), w.METRIC]
    fields = (*(lead(h, i) for i, h in enumerate(headings)), *numbers)
    return table_of(fields, lines, said)


def _heading(group: str, said: str, ours: AbstractSet[str], names: Mapping[str, Text]) -> Text:
    """Name the column of a group; one called like a column of ours is set apart."""
    known = {"period": w.PERIOD, "band": w.BAND}.get(group)
    if known is not None:
        return known
    name = names.get(group) or group_name(group)
    return w.OWN_GROUP.format(name=name) if name.say(said) in ours else name


def _group(cell: Cell, group: str) -> str | Text:
    """Name the group of a cell: a total has none, an unknown one says so."""
    if group not in cell.by:
        return w.TOTAL
    value = cell.by[group]
    return w.UNKNOWN if value is None else group_text(group, value)
