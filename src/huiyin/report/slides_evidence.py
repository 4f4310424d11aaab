"""Slides of why and what next: drivers, matrix, cross tables, words, actions, method."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.analyse.contracts import CrossTable, DriverResult, Verbatim
from huiyin.clean.contracts import RuleUse
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell, Definition, Unit
from huiyin.report.charts.cross import cross_chart
from huiyin.report.charts.drivers import QUADRANT_TONE, drivers_chart, quadrant_words
from huiyin.report.charts.matrix import matrix_caption, matrix_chart
from huiyin.report.numbers import DASH, count, estimate, evidence, number, p_value, plain, share
from huiyin.report.slides_deck import Deck
from huiyin.report.slides_measure import LINE, fitted, points, text_height
from huiyin.report.slides_page import CARD_PAD, Area, Entry, Grid, Words
from huiyin.report.slides_words import say
from huiyin.report.words import word

_QUOTES, _QUOTE_GAP = 6, 160_000
_QUOTE_SIZES, _QUOTE_FOOT = (16.0, 14.0, 12.0), 20.0
_CELL_LINES = 3
_CROSS_TABLES = 3
_READABLE_ROWS = 12
"""A picture of more rows cannot be read from a seat; the workbook has it."""


def drivers(deck: Deck) -> None:
    """Show what goes with the target most, then the matrix."""
    found = deck.findings.drivers
    if found is None or not found.drivers:
        return
    chart = drivers_chart(found, deck.language)
    if chart is None:
        return
    title = deck.finding("drivers", chart.caption)
    deck.chart_and_table(
        "drivers", title, chart, _drivers_grid(deck, found), lead=chart.caption, beside=True
    )
    matrix = matrix_chart(found, deck.language)
    if matrix is not None:
        caption = matrix_caption(found, deck.language)
        deck.chart_and_table("drivers", caption, matrix, _matrix_grid(deck, found), beside=True)


def _drivers_grid(deck: Deck, found: DriverResult) -> Grid:
    rows = tuple(
        (
            Entry(_label(d.label.say(deck.language)), bold=True),
            Entry(share(d.share), bold=True, right=True),
            Entry(plain(d.correlation), "soft", right=True),
            Entry(plain(d.beta), "soft", right=True),
            Entry(number(d.performance, Unit.POINTS, deck.language), right=True),
        )
        for d in sorted(found.drivers, key=lambda d: -d.share)
    )
    keys = ("col.driver", "col.importance", "col.correlation", "col.beta", "col.performance")
    return Grid(tuple(map(deck.word, keys)), rows, (2.6, 1.1, 1.2, 1.2, 1.1))


def _matrix_grid(deck: Deck, found: DriverResult) -> Grid:
    ranked = sorted(found.drivers, key=lambda d: (d.priority or len(found.drivers), -d.share))
    rows = tuple(
        (
            Entry("" if d.priority is None else str(d.priority), bold=True),
            Entry(_label(d.label.say(deck.language))),
            Entry(quadrant_words(d, deck.language), QUADRANT_TONE[d.quadrant], bold=True),
        )
        for d in ranked
    )
    keys = ("col.priority", "col.driver", "col.quadrant")
    return Grid(tuple(map(deck.word, keys)), rows, (0.9, 2.6, 1.6))


def _label(text: str) -> str:
    return fitted(text, 11, 150, 2)


def cross_tables(deck: Deck) -> None:
    """Show how strongly the groupings go together, and the strongest of them."""
    known = [t for t in deck.findings.cross_tables if t.not_estimable is None]
    ranked = sorted(known, key=lambda t: -(t.cramers_v or 0.0))
    if len(ranked) > 1:
        title = deck.finding("cross_tables", say("cross_title", deck.language))
        deck.tables("cross_tables", title, _cross_grid(deck, ranked))
    readable = [t for t in ranked if len(t.row_values) <= _READABLE_ROWS]
    for table in readable[:_CROSS_TABLES]:
        chart = cross_chart(table, deck.language)
        if chart is not None:
            deck.chart_alone("cross_tables", chart.caption, chart, lead=chart.title)


def _cross_grid(deck: Deck, tables: Sequence[CrossTable]) -> Grid:
    said = deck.language
    rows = tuple(
        (
            Entry(f"{t.row_label.say(said)} × {t.column_label.say(said)}", bold=True),
            Entry(plain(t.cramers_v), right=True),
            Entry(p_value(t.q), right=True),
            Entry(count(t.n), "soft", right=True),
        )
        for t in tables
    )
    headers = (say("pair", said), say("association", said), "q", deck.word("col.n"))
    return Grid(headers, rows, (6, 1.6, 1.2, 1.2))


def verbatims(deck: Deck) -> None:
    """Show comments as cards, two columns."""
    found = deck.findings.verbatims[: 2 * _QUOTES]
    for start in range(0, len(found), _QUOTES):
        part = found[start : start + _QUOTES]
        title = deck.finding("verbatims", say("verbatims_title", deck.language))
        slide = deck.page("verbatims", title, note=deck.word("verbatims.lead"))
        areas = _quote_areas(len(part))
        size = min(_quote_size(q, a) for q, a in zip(part, areas, strict=True))
        for quote, area in zip(part, areas, strict=True):
            slide.card(area, _quote(deck, quote, area, size), tone=None)


def _quote_areas(n: int) -> list[Area]:
    body = Area()
    width = (body.width - _QUOTE_GAP) // 2
    rows = max(2, -(-n // 2))
    height = (body.height - (rows - 1) * _QUOTE_GAP) // rows
    return [
        Area(
            body.left + (i % 2) * (width + _QUOTE_GAP),
            body.top + (i // 2) * (height + _QUOTE_GAP),
            width,
            height,
        )
        for i in range(n)
    ]


def _quote_size(quote: Verbatim, area: Area) -> float:
    """Give the largest size that fits; one slide takes that of its longest comment for all."""
    said, width, room = _quote_room(quote, area)
    fitting = (s for s in _QUOTE_SIZES if text_height(said, s, width) <= room)
    return next(fitting, _QUOTE_SIZES[-1])


def _quote_room(quote: Verbatim, area: Area) -> tuple[str, float, float]:
    width, height = points(area.width - 2 * CARD_PAD), points(area.height - CARD_PAD)
    return f"“{quote.text.strip()}”", width, height - _QUOTE_FOOT


def _quote(deck: Deck, quote: Verbatim, area: Area, size: float) -> list[Words]:
    said, width, room = _quote_room(quote, area)
    rating = None if quote.rating is None else deck.word("rating", value=f"{quote.rating:g}")
    facts = [rating, *quote.by.values()]
    small = " · ".join(fact for fact in facts if fact)
    lines = [Words(fitted(said, size, width, int(room / size / LINE)), size)]
    if small:
        lines.append(Words(fitted(small, 11, width, 1), 11, "soft", above=4))
    return lines


def actions(deck: Deck) -> None:
    """Show the measures with owner and deadline to be filled in."""
    found = deck.findings.actions
    if not found:
        return
    rows = tuple(
        (
            Entry(str(a.priority), bold=True),
            Entry(fitted(a.label.say(deck.language), 12, 130, 3), bold=True),
            Entry(fitted(a.evidence.say(deck.language), 12, 200, 5), "soft"),
            Entry(fitted(a.measure.say(deck.language), 12, 260, 5)),
            Entry(""),
            Entry(""),
        )
        for a in found
    )
    keys = (
        "col.priority",
        "col.aspect",
        "col.evidence",
        "col.measure",
        "col.owner",
        "col.deadline",
    )
    key = "action_title" if len(found) == 1 else "actions_title"
    title = deck.finding("actions", say(key, deck.language, n=len(found)))
    deck.tables(
        "actions", title,
        Grid(tuple(map(deck.word, keys)), rows, (0.8, 2.0, 3.2, 3.8, 1.2, 1.2), size=12),
        lead=deck.word("actions.lead"),
    )  # fmt: skip


def ledger(deck: Deck) -> None:
    """Show what the rules found, and what the scores are without them."""
    found, said = deck.findings.ledger, deck.language
    facts = {"rows": count(found.n_rows), "valid": count(found.n_valid)}
    lead = deck.word("ledger.lead", **facts)
    told = [r for r in found.rules if r.n_flagged] or [r for r in found.rules if r.applicable]
    if len(told) < len(found.rules):
        quiet = say("ledger_quiet", said, n=len(found.rules) - len(told))
        lead = say("sentence", said, first=lead.rstrip("。."), second=quiet)
    parts = []
    if told:
        keys = ("col.rule", "col.effect", "col.flagged", "col.why")
        rows = tuple(_rule(deck, r) for r in told)
        grid = Grid(tuple(map(deck.word, keys)), rows, (2.4, 2.2, 1.2, 6))
        parts.append((deck.finding("ledger", say("ledger_title", said, **facts)), grid))
    if any(score.rule_id is not None for score in deck.findings.ledger_scores):
        parts.append((say("ledger_scores", said), _scores_grid(deck)))
    if parts:
        deck.together("ledger", parts, lead)


def _rule(deck: Deck, rule: RuleUse) -> tuple[Entry, ...]:
    effect = deck.word("ledger.excludes" if rule.excludes else "ledger.warns")
    return (
        Entry(fitted(rule.title.say(deck.language), 11, 140, 2), bold=True),
        Entry(fitted(effect, 11, 130, 2), "soft"),
        Entry(count(rule.n_flagged), right=True),
        Entry(fitted(rule.explanation.say(deck.language), 11, 380, _CELL_LINES), "soft"),
    )


def _scores_grid(deck: Deck) -> Grid:
    """One row a rule left unused, one column a metric."""
    scores = deck.findings.ledger_scores
    labels = {s.rule_id: s.label.say(deck.language) for s in scores}
    metrics = {s.metric: s.cell.label.say(deck.language) for s in scores}
    by_place = {(s.rule_id, s.metric): s.cell for s in scores}
    rows = []
    for rule in dict.fromkeys(s.rule_id for s in scores):
        cells = [_score(deck, by_place.get((rule, metric))) for metric in metrics]
        rows.append((Entry(fitted(labels[rule], 11, 200, 2), bold=rule is None), *cells))
    headers = (deck.word("col.rule"), *metrics.values())
    return Grid(headers, tuple(rows), (2.4, *(2.4 for _ in metrics)))


def _score(deck: Deck, cell: Cell | None) -> Entry:
    if cell is None:
        return Entry(DASH, right=True)
    shown = f"{estimate(cell, deck.language)}  {evidence(cell, deck.language)}"
    return Entry(shown, right=True)


def method(deck: Deck) -> None:
    """Show what each number means, and what the numbers stand on."""
    findings, parts = deck.findings, []
    results = [r for r in (findings.scorecard, findings.aspects) if r is not None]
    definitions = [*findings.definitions, *(d for r in results for d in r.definition)]
    if definitions:
        keys = ("col.metric", "col.formula", "col.notes")
        rows = _definition_rows(definitions, deck.language)
        grid = Grid(tuple(map(deck.word, keys)), rows, (3.6, 4.4, 4.0))
        parts.append((say("method_title", deck.language), grid))
    notes = [n.say(deck.language) for n in _notes(deck)]
    if notes:
        lines = tuple((Entry("●", "accent"), Entry(note)) for note in notes)
        parts.append((say("notes_title", deck.language), Grid(("", ""), lines, (0.4, 11.6))))
    if parts:
        deck.together("method", parts)


def _definition_rows(
    definitions: Sequence[Definition], language: str
) -> tuple[tuple[Entry, ...], ...]:
    """Give one row for all metrics that are computed alike."""
    labels: dict[tuple[str, str], list[str]] = {}
    for d in definitions:
        notes = " ".join(note.say(language) for note in d.notes)
        named = labels.setdefault((d.formula.say(language), notes), [])
        if d.label.say(language) not in named:
            named.append(d.label.say(language))
    between = word("list", language)
    return tuple(
        (
            Entry(fitted(between.join(named), 11, 220, _CELL_LINES), bold=True),
            Entry(fitted(formula, 11, 280, _CELL_LINES)),
            Entry(fitted(notes, 11, 250, _CELL_LINES), "soft"),
        )
        for (formula, notes), named in labels.items()
    )


def _notes(deck: Deck) -> list[Text]:
    """Gather what the reader must know beside the definitions."""
    found = deck.findings.drivers
    notes = list(deck.findings.notes)
    if found is not None:
        notes += found.notes
        if found.not_estimable is not None:
            why = found.not_estimable.say(deck.language)
            notes.append(Text.same(say("drivers_absent", deck.language, why=why)))
    return notes
