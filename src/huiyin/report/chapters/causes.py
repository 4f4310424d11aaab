"""Drivers, groups, linkage, cross-tables: what goes with satisfaction. Never worded as cause."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from huiyin.analyse.contracts import CrossTable, Driver, DriverResult, Findings, Linkage
from huiyin.core.text import Text
from huiyin.measure.contracts import Unit
from huiyin.report.chapters.cells import MAXIMUM_ROWS, cells_table, more_rows
from huiyin.report.charts.cross import cell_mark, cross_caption, cross_chart
from huiyin.report.charts.drivers import QUADRANT_SHAPE, QUADRANT_TONE, drivers_chart
from huiyin.report.charts.groups import group_name, groups_caption, groups_chart
from huiyin.report.charts.linkage import linkage_chart
from huiyin.report.charts.matrix import has_unnamed, matrix_chart
from huiyin.report.code_names import QUADRANT_NAME, flag_names, method_name
from huiyin.report.numbers import (
    Chip,
    absence,
    count,
    interval,
    number,
    p_stated,
    plain,
    share,
)
from huiyin.report.page import Block, Datum, Figure, Heading, Paragraph, Reader, Table, notes

MAXIMUM_FIGURES = 40


def drivers_blocks(findings: Findings, reader: Reader) -> Iterator[Block]:
    """Matrix, importance, and all figures beside each driver."""
    result = findings.drivers
    if result is None:
        return
    if result.not_estimable is not None:
        yield Paragraph(absence(result.not_estimable, reader.language))
    else:
        yield Paragraph(_explained(result, reader))
        table = _drivers_table(result, reader)
        importance = drivers_chart(result, reader.language)
        if importance is not None:
            yield Figure("drivers-importance", importance, table, printed=True)
        matrix = matrix_chart(result, reader.language)
        if matrix is not None:
            yield Figure("drivers-matrix", matrix, table)
            if has_unnamed(matrix):
                yield Paragraph(reader.word("matrix.unnamed"), "note")
    if result.dropped:
        which = "；".join(f"{name}（{reader.say(why)}）" for name, why in result.dropped.items())
        yield Paragraph(reader.word("drivers.dropped", which=which), "note")
    yield from notes(result.notes, reader)


def _explained(result: DriverResult, reader: Reader) -> str:
    return reader.word(
        "drivers.r2",
        target=reader.say(result.target_label),
        r2=share(result.r2),
        interval=interval(result.r2_low, result.r2_high, Unit.SHARE, reader.language),
        n=count(result.n),
        method=reader.say(method_name(result.method)),
        bootstrap=count(result.bootstrap),
    )


def _drivers_table(result: DriverResult, reader: Reader) -> Table:
    header = reader.header(
        "driver", "importance", "performance", "correlation", "beta", "n", "quadrant", "priority"
    )
    drivers = sorted(result.drivers, key=lambda d: -d.share)
    rows = tuple(_driver_row(driver, reader) for driver in drivers)
    return Table(header, rows, numeric=frozenset({1, 2, 3, 4, 5, 7}))


def _driver_row(driver: Driver, reader: Reader) -> tuple[Datum, ...]:
    chip = Chip(
        QUADRANT_SHAPE[driver.quadrant],
        reader.say(QUADRANT_NAME[driver.quadrant]),
        "",
        QUADRANT_TONE[driver.quadrant],
    )

    def coefficient(value: float, low: float | None, high: float | None) -> Datum:
        ends = "" if low is None or high is None else f"[{plain(low)}, {plain(high)}]"
        return Datum(plain(value), ends, sort=value, number=True)

    performance = interval(
        driver.performance_low, driver.performance_high, Unit.POINTS, reader.language
    )
    missing = f"{reader.word('col.missing')} {share(driver.missing_share)}"
    return (
        Datum(reader.say(driver.label), flag_names(driver.flags, reader.language)),
        Datum(share(driver.share), interval(driver.low, driver.high, Unit.SHARE, reader.language),
              sort=driver.share, number=True, strong=True),
        Datum(number(driver.performance, Unit.POINTS, reader.language), performance,
              sort=driver.performance, number=True),
        coefficient(driver.correlation, driver.correlation_low, driver.correlation_high),
        coefficient(driver.beta, driver.beta_low, driver.beta_high),
        Datum(count(driver.n), missing, sort=driver.n, number=True),
        Datum(chip=chip, sort=driver.quadrant.value),
        Datum(str(driver.priority or ""), sort=driver.priority, number=True),
    )  # fmt: skip


def groups_blocks(findings: Findings, reader: Reader) -> Iterator[Block]:
    """Every dimension: real differences first, the others as one sentence each."""
    ordered = sorted(findings.groups, key=lambda g: not (g.best or g.worst))
    yield from _more(len(ordered), reader)
    for place, groups in enumerate(ordered[:MAXIMUM_FIGURES]):
        chart = groups_chart(groups, reader.language, reader.lower_is_better)
        names = [group_name(cell, reader.language) for cell in groups.cells]
        table = cells_table(groups.cells, names, reader.word("col.group"), reader)
        if chart is None:
            yield Heading(reader.say(groups.label))
            yield Paragraph(groups_caption(groups, reader.language))
            yield table
        else:
            yield Figure(f"groups-{place}", chart, table)
        facts = {"q": p_stated(groups.q), "effect": plain(groups.effect_size, 3)}
        yield Paragraph(reader.word("groups.test", **facts), "note")
        yield from notes(groups.notes, reader)


def _more(total: int, reader: Reader) -> Iterator[Block]:
    if total > MAXIMUM_FIGURES:
        facts = {"shown": MAXIMUM_FIGURES, "total": count(total)}
        yield Paragraph(reader.word("figure.more", **facts), "note")


def linkage_blocks(findings: Findings, reader: Reader) -> Iterator[Block]:
    """Every outcome by satisfaction band."""
    shared = _shared_notes(findings.linkages)
    for place, linkage in enumerate(findings.linkages):
        chart = linkage_chart(linkage, reader.language)
        if chart is None:
            yield Heading(reader.say(linkage.outcome_label))
            if linkage.not_estimable is not None:
                yield Paragraph(absence(linkage.not_estimable, reader.language))
            continue
        names = [group_name(band, reader.language) for band in linkage.bands]
        table = cells_table(linkage.bands, names, reader.word("col.band"), reader, judged=False)
        yield Figure(f"linkage-{place}", chart, table)
        ends = (linkage.correlation_low, linkage.correlation_high)
        facts = {
            "r": plain(linkage.correlation),
            "interval": "" if None in ends else f"[{plain(ends[0])}, {plain(ends[1])}]",
            "q": p_stated(linkage.q),
            "n": count(linkage.n),
        }
        yield Paragraph(reader.word("linkage.test", **facts), "note")
        yield from notes(tuple(n for n in linkage.notes if n not in shared), reader)
    yield from notes(shared, reader)


def _shared_notes(linkages: Sequence[Linkage]) -> tuple[Text, ...]:
    """Give the notes that all have: said once, at the end."""
    drawn = [link.notes for link in linkages if link.bands]
    return tuple(n for n in drawn[0] if all(n in other for other in drawn)) if drawn else ()


def cross_blocks(findings: Findings, reader: Reader) -> Iterator[Block]:
    """Every cross-table, those with clear differences first."""
    tables = sorted(findings.cross_tables, key=lambda t: t.q if t.q is not None else 2.0)
    yield from _more(len(tables), reader)
    for place, table in enumerate(tables[:MAXIMUM_FIGURES]):
        chart = cross_chart(table, reader.language)
        if chart is None:
            yield Heading(f"{reader.say(table.row_label)} × {reader.say(table.column_label)}")
            if table.not_estimable is not None:
                yield Paragraph(absence(table.not_estimable, reader.language))
            continue
        yield Figure(f"cross-{place}", chart, _cross_table(table, reader))
        yield Paragraph(_cross_test(table, reader), "note")


def _cross_test(table: CrossTable, reader: Reader) -> str:
    return reader.word(
        "cross.test",
        method=reader.say(method_name(table.method)),
        statistic=plain(table.statistic, 1),
        df=plain(table.degrees_of_freedom, 0),
        q=p_stated(table.q),
        v=plain(table.cramers_v, 3),
        n=count(table.n),
    )


def _cross_table(table: CrossTable, reader: Reader) -> Table:
    rows = tuple(
        (Datum(name), *(_cross_datum(table, row, column) for column in range(len(line))))
        for row, (name, line) in enumerate(
            zip(table.row_values[:MAXIMUM_ROWS], table.counts, strict=False)
        )
    )
    header = (reader.say(table.row_label), *table.column_values)
    more = more_rows(len(rows), len(table.row_values), reader)
    return Table(
        header, rows, cross_caption(table, reader.language), more, frozenset(range(1, len(header)))
    )


def _cross_datum(table: CrossTable, row: int, column: int) -> Datum:
    part = table.row_shares[row][column]
    words = f"{cell_mark(table, row, column)} {share(part)}".strip()
    return Datum(words, count(table.counts[row][column]), sort=part, number=True)
