"""Slides of what was measured: cover, conclusions, scores, trend, aspects, groups, outcomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from huiyin.analyse.contracts import Conclusion, GroupDifferences, Linkage
from huiyin.measure.contracts import Call, Cell, Unit
from huiyin.report.charts.aspects import aspects_chart, best_first
from huiyin.report.charts.groups import group_name, groups_chart
from huiyin.report.charts.linkage import linkage_chart
from huiyin.report.charts.trend import period_name, trend_chart, with_events
from huiyin.report.code_names import PURPOSE_NAME
from huiyin.report.numbers import (
    DASH,
    Chip,
    absence,
    cell_interval,
    chip,
    count,
    estimate,
    evidence,
    interval,
    number,
    p_value,
    plain,
    shown_n,
)
from huiyin.report.slides_deck import Deck
from huiyin.report.slides_measure import fitted, points
from huiyin.report.slides_page import CARD_PAD, Area, Entry, Grid, Slide, Words
from huiyin.report.slides_theme import BODY_TOP
from huiyin.report.slides_words import say

_CARDS, _CARD_COLUMNS, _CARD_GAP = 8, 4, 180_000
_MOST_GROUPS, _MOST_DIMENSIONS, _MOST_TRENDS = 10, 6, 4
_MOST_PERIODS, _MOST_NAMES, _MOST_LINKAGES = 12, 3, 4
_COLUMNS, _TALLEST_CARD = {1: 2, 2: 2, 3: 3, 4: 4, 5: 3, 6: 3}, 2_250_000
_CONCLUSION_SIZES = (18.0, 16.0, 14.0)
_NAME_ROOM = (11.0, 170.0, 2)
"""Size, width in points and lines that a name gets in a table."""
_SHAPE = {"good": "▲", "bad": "▼", "neutral": "●", "unknown": "◌"}


def cover(deck: Deck) -> None:
    """Say what the report is, what for, and on what it stands."""
    findings, language = deck.findings, deck.language
    slide = deck.cover()
    slide.title(findings.title, width=9_700_000, larger=10)
    data = findings.scorecard.data if findings.scorecard is not None else None
    lines = [
        Words(deck.word("cover.kind"), 16, "accent", bold=True),
        *_fact(deck, "cover.purpose", PURPOSE_NAME[findings.purpose].say(language), above=10),
    ]
    if findings.target is not None:
        lines += _fact(deck, "cover.target", column_label(deck, findings.target))
    if data is not None:
        used = deck.word("cover.of", used=count(data.used), rows=count(data.rows))
        lines += _fact(deck, "cover.answers", used)
        if data.since is not None and data.until is not None:
            lines += _fact(deck, "cover.window", f"{data.since} – {data.until}")
    lines += _fact(deck, "cover.sources", deck.word("list").join(findings.sources))
    lines += _fact(deck, "cover.made", findings.generated_on)
    if findings.is_sample:
        lines.append(Words(deck.word("cover.sample"), 13, "bad", bold=True, above=8))
    slide.text(Area(1_500_000, 3_350_000, 9_700_000, 2_900_000), lines)


def _fact(deck: Deck, key: str, value: str, above: float = 2) -> list[Words]:
    text = fitted(
        say("fact", deck.language, name=deck.word(key), value=value), 14, points(9_700_000), 2
    )
    return [Words(text, 14, "soft", above=above)]


def column_label(deck: Deck, column: str) -> str:
    """Give what a person reads for a column."""
    known = deck.findings.codebook
    return known[column].label.say(deck.language) if column in known else column


def conclusions(deck: Deck) -> None:
    """Say the conclusions, worst and best news marked by shape and colour."""
    findings = deck.findings
    if not findings.conclusions:
        return
    rows = tuple(_conclusion(deck, c) for c in findings.conclusions)
    grid = Grid(("", "", ""), rows, (0.5, 9.0, 2.7)).sized(Area(), _CONCLUSION_SIZES)
    purpose = PURPOSE_NAME[findings.purpose].say(deck.language)
    kicker = say("fact", deck.language, name=deck.word("cover.purpose"), value=purpose)
    pages = grid.pages(Area())
    for i, part in enumerate(pages, start=1):
        title = deck.counted(deck.word("conclusions"), i, len(pages))
        deck.page("conclusions", title, kicker=kicker).table(Area(), part)


def _conclusion(deck: Deck, conclusion: Conclusion) -> tuple[Entry, ...]:
    tone = conclusion.tone if conclusion.tone in _SHAPE else "neutral"
    return (
        Entry(_SHAPE[tone], tone, bold=True),
        Entry(conclusion.sentence.say(deck.language)),
        Entry(deck.word(conclusion.chapter), "soft"),
    )


def scorecard(deck: Deck) -> None:
    """Show the headline scores as cards: estimate, interval, n, call."""
    result = deck.findings.scorecard
    if result is None or not result.cells:
        return
    for start in range(0, len(result.cells), _CARDS):
        slide = deck.page("scorecard", deck.finding("scorecard"))
        cells = result.cells[start : start + _CARDS]
        areas = _card_areas(len(cells))
        for cell, area in zip(cells, areas, strict=True):
            mark = mark_of(deck, cell)
            slide.card(area, _card(deck, cell, mark, area), tone=mark.tone if mark else None)
        if start == 0:
            _more_sentences(deck, slide, Area().below(areas[-1].top + areas[-1].height - BODY_TOP))


def _more_sentences(deck: Deck, slide: Slide, area: Area) -> None:
    """Say the other conclusions on the scores where the cards leave room."""
    others = [c for c in deck.findings.conclusions if c.chapter == "scorecard"][1:]
    rows = tuple(_conclusion(deck, c)[:2] for c in others)
    grid = Grid(("", ""), rows, (0.5, 11.7)).sized(area)
    if rows and len(grid.pages(area)) == 1 and grid.heights(area.width)[0] < area.height:
        slide.table(area, grid)


def _card_areas(n: int) -> list[Area]:
    body = Area()
    columns = _COLUMNS.get(n, _CARD_COLUMNS)
    rows = -(-n // columns)
    width = (body.width - _CARD_GAP * (columns - 1)) // columns
    height = min(_TALLEST_CARD, (body.height - _CARD_GAP * (rows - 1)) // rows)
    return [
        Area(
            body.left + (i % columns) * (width + _CARD_GAP),
            body.top + (i // columns) * (height + _CARD_GAP),
            width,
            height,
        )
        for i in range(n)
    ]


def _card(deck: Deck, cell: Cell, mark: Chip | None, area: Area) -> list[Words]:
    width = points(area.width - 2 * CARD_PAD)
    label = fitted(cell.label.say(deck.language), 13, width, 2)
    if cell.estimate is None:
        why = fitted(estimate(cell, deck.language), 14, width, 3)
        return [Words(label, 13, "soft", bold=True), Words(why, 14, "unknown", above=8)]
    lines = [
        Words(label, 13, "soft", bold=True),
        Words(estimate(cell, deck.language), 34, bold=True, above=4),
        Words(fitted(evidence(cell, deck.language), 12, width, 2), 12, "soft", above=2),
    ]
    if mark is not None:
        lines.append(Words(fitted(str(mark), 12, width, 2), 12, mark.tone, bold=True, above=4))
    return lines


def mark_of(deck: Deck, cell: Cell, *, judged: bool = True) -> Chip | None:
    """Give the call of a cell, if it was compared."""
    higher = cell.metric not in deck.lower_is_better if judged else None
    return chip(cell, deck.language, higher_is_better=higher)


def trend(deck: Deck) -> None:
    """Show every trend as a picture with its last periods as a table."""
    for found in deck.findings.trends[:_MOST_TRENDS]:
        chart = trend_chart(found, deck.language, deck.lower_is_better)
        if chart is None:
            continue
        shown = tuple(reversed(found.cells))[:_MOST_PERIODS]
        names = [period_name(c.by.get("period"), found.grain, deck.language) for c in shown]
        grid = cells_grid(deck, "col.period", shown, names)
        first = found is deck.findings.trends[0]
        title = deck.finding("trend", chart.caption) if first else chart.caption
        chart, legend = with_events(chart, found, deck.findings.events, deck.language)
        lead = " · ".join(part for part in (chart.title, legend) if part)
        deck.chart_and_table("trend", title, chart, grid, lead=lead)


def aspects(deck: Deck) -> None:
    """Show the aspects, best first."""
    result = deck.findings.aspects
    if result is None:
        return
    cells = ends(best_first(result.cells))
    chart = aspects_chart(replace(result, cells=cells), deck.language, deck.lower_is_better)
    if chart is None:
        return
    grid = cells_grid(deck, "col.aspect", cells, [c.label.say(deck.language) for c in cells])
    lead, between = chart.caption, len(result.cells) - len(cells)
    if between:
        lead = " ".join((lead, say("aspects_between", deck.language, n=between)))
    deck.chart_and_table("aspects", deck.finding("aspects", chart.caption), chart, grid, lead=lead)


def groups(deck: Deck) -> None:
    """Show which dimensions differ, then each of them, those that differ first."""
    found = deck.findings.groups
    if not found:
        return
    ranked = sorted(found, key=lambda g: (not (g.best or g.worst), 1.0 if g.q is None else g.q))
    differ = [g for g in ranked if g.best or g.worst]
    if len(found) > 1:
        title = "" if differ else say("groups_same", deck.language)
        deck.tables("groups", deck.finding("groups", title), _groups_overview(deck, ranked))
    for group in (differ or ranked[:1])[:_MOST_DIMENSIONS]:
        cells = ends(group.cells)
        chart = groups_chart(replace(group, cells=cells), deck.language, deck.lower_is_better)
        if chart is None:
            continue
        grid = cells_grid(deck, "col.group", cells, [group_name(c, deck.language) for c in cells])
        lead = chart.title
        if len(cells) < len(group.cells):
            between = deck.word("folded", n=len(group.cells) - len(cells))
            lead = say("sentence", deck.language, first=lead, second=between)
        deck.chart_and_table("groups", chart.caption, chart, grid, lead=lead)


def _groups_overview(deck: Deck, found: Sequence[GroupDifferences]) -> Grid:
    rows = tuple(
        (
            Entry(g.label.say(deck.language), bold=True),
            Entry(_names(deck, g.best), "good" if g.best else "soft"),
            Entry(_names(deck, g.worst), "bad" if g.worst else "soft"),
            Entry(plain(g.effect_size, 3), right=True),
            Entry(p_value(g.q), right=True),
        )
        for g in found
    )
    headers = (
        say("dimension", deck.language), say("best", deck.language), say("worst", deck.language),
        say("effect", deck.language), "q",
    )  # fmt: skip
    return Grid(headers, rows, (2.2, 4, 4, 1.2, 1.2))


def _names(deck: Deck, names: Sequence[str]) -> str:
    """List a few names, and how many there are where there are more."""
    shown = deck.word("list").join(names[:_MOST_NAMES])
    more = deck.word("caption.etc", n=len(names)) if len(names) > _MOST_NAMES else ""
    return shown + more or DASH


def ends(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """Of many cells keep the first and the last: the slide says how many are between."""
    half = _MOST_GROUPS // 2
    return tuple(cells if len(cells) <= _MOST_GROUPS else (*cells[:half], *cells[-half:]))


def linkage(deck: Deck) -> None:
    """Show which outcomes go with satisfaction, then those that really differ by band."""
    found = [link for link in deck.findings.linkages if link.not_estimable is None]
    ranked = sorted(found, key=lambda link: (not _differs(link), -abs(link.correlation or 0.0)))
    if len(ranked) > 1:
        deck.tables("linkage", deck.finding("linkage"), _linkage_overview(deck, ranked))
    shown = [link for link in ranked if _differs(link)] or ranked[:1]
    for place, link in enumerate(shown[:_MOST_LINKAGES]):
        chart = linkage_chart(link, deck.language)
        if chart is None:
            continue
        names = [group_name(c, deck.language) for c in link.bands]
        grid = cells_grid(deck, "col.band", link.bands, names, judged=False)
        alone = len(ranked) == 1 and place == 0
        title = deck.finding("linkage", chart.caption) if alone else chart.caption
        lead = chart.caption if alone else chart.title
        deck.chart_and_table("linkage", title, chart, grid, lead=lead)


def _differs(link: Linkage) -> bool:
    comparison = link.bands[-1].comparison if link.bands else None
    return comparison is not None and comparison.call is Call.REAL


def _linkage_overview(deck: Deck, found: Sequence[Linkage]) -> Grid:
    said = deck.language
    rows = tuple(
        (
            Entry(link.outcome_label.say(said), bold=True),
            Entry(link.satisfaction_label.say(said)),
            Entry(plain(link.correlation), bold=True, right=True),
            Entry(_range(link, said), "soft", right=True),
            Entry(p_value(link.q), right=True),
            Entry(count(link.n), "soft", right=True),
        )
        for link in found
    )
    headers = (
        say("outcome", said), say("satisfaction", said), deck.word("col.correlation"),
        deck.word("col.interval"), "q", deck.word("col.n"),
    )  # fmt: skip
    return Grid(headers, rows, (3.4, 3.4, 1.2, 1.8, 1.0, 1.0))


def _range(link: Linkage, language: str) -> str:
    return interval(link.correlation_low, link.correlation_high, Unit.SCALE, language)


def cells_grid(
    deck: Deck, first: str, cells: Sequence[Cell], names: Sequence[str], *, judged: bool = True
) -> Grid:
    """Lay out cells: name, estimate, interval, n, and a remark: the call, or why no number."""
    rows = [
        _cell_row(deck, cell, name, judged=judged) for cell, name in zip(cells, names, strict=True)
    ]
    keys = (first, "col.estimate", "col.interval", "col.n", "col.change_plain")
    headers, widths = [deck.word(key) for key in keys], (3.4, 1.1, 1.8, 0.9, 2.6)
    if any(row[-1].text for row in rows):
        return Grid(tuple(headers), tuple(rows), widths)
    return Grid(tuple(headers[:-1]), tuple(row[:-1] for row in rows), widths[:-1])


def _cell_row(deck: Deck, cell: Cell, name: str, *, judged: bool) -> tuple[Entry, ...]:
    mark = mark_of(deck, cell, judged=judged)
    absent = cell.not_estimable
    remark = Entry(str(mark), mark.tone) if mark is not None else Entry("")
    if absent is not None:
        remark = Entry(
            absence(absent, deck.language, cell.counted).removeprefix(DASH).strip(), "unknown"
        )
    return (
        Entry(fitted(name, *_NAME_ROOM)),
        Entry(number(cell.estimate, cell.unit, deck.language), bold=True, right=True),
        Entry(cell_interval(cell, deck.language), "soft", right=True),
        Entry(count(shown_n(cell, cell.n)), "soft", right=True),
        remark,
    )
