"""Scorecard, trend and aspects."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.analyse.contracts import Findings, Trend
from huiyin.measure.contracts import Cell, Result, Unit
from huiyin.report.chapters.cells import cell_chip, cells_table
from huiyin.report.charts.aspects import aspect_names, aspects_chart, best_first
from huiyin.report.charts.scorecard import scorecard_chart
from huiyin.report.charts.trend import period_name, trend_chart, with_events
from huiyin.report.code_names import flag_names
from huiyin.report.numbers import count, estimate, evidence
from huiyin.report.page import Block, Figure, Heading, Reader, Table, Tile, Tiles, notes


def scorecard_blocks(findings: Findings, reader: Reader) -> Iterator[Block]:
    """Tiles for the headline scores, then bars of those that share a unit."""
    result = findings.scorecard
    if result is None or not result.cells:
        return
    yield Tiles(tuple(_tile(cell, reader) for cell in result.cells))
    for unit in Unit:
        cells = [cell for cell in result.cells if cell.unit is unit]
        chart = scorecard_chart(result, unit, reader.language, reader.lower_is_better)
        if chart is not None and len(cells) > 1:
            names = [reader.say(cell.label) for cell in cells]
            table = cells_table(cells, names, reader.word("col.metric"), reader)
            yield Figure(f"scorecard-{unit}", chart, table)
    yield from notes(result.notes, reader)


def _tile(cell: Cell, reader: Reader) -> Tile:
    absent = cell.estimate is None
    small = "" if absent else evidence(cell, reader.language)
    if not absent and cell.n_customers not in {0, cell.n}:
        small += " · " + reader.word("customers", n=count(cell.n_customers))
    return Tile(
        reader.say(cell.label),
        estimate(cell, reader.language),
        small,
        cell_chip(cell, reader),
        absent,
        flag_names(cell.flags, reader.language),
    )


def trend_blocks(findings: Findings, reader: Reader) -> Iterator[Block]:
    """One line a metric."""
    for place, trend in enumerate(findings.trends):
        chart = trend_chart(trend, reader.language, reader.lower_is_better)
        if chart is not None:
            chart, legend = with_events(chart, trend, findings.events, reader.language)
            table = _trend_table(trend, reader)
            yield Figure(f"trend-{place}", chart, table, printed=True, note=legend)
        else:
            yield Heading(reader.say(trend.label))
            yield _trend_table(trend, reader)
        yield from notes(trend.notes, reader)


def _trend_table(trend: Trend, reader: Reader) -> Table:
    names = [period_name(c.by.get("period"), trend.grain, reader.language) for c in trend.cells]
    return cells_table(trend.cells, names, reader.word("col.period"), reader)


def aspects_blocks(findings: Findings, reader: Reader) -> Iterator[Block]:
    """All aspects, best first."""
    result = findings.aspects
    if result is None or not result.cells:
        return
    table = _aspects_table(result, reader)
    chart = aspects_chart(result, reader.language, reader.lower_is_better)
    yield table if chart is None else Figure("aspects-scores", chart, table)
    yield from notes(result.notes, reader)


def _aspects_table(result: Result, reader: Reader) -> Table:
    cells = best_first(result.cells)
    names = aspect_names(cells, reader.language)
    return cells_table(cells, names, reader.word("col.aspect"), reader)
