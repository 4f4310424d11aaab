"""Slides of the questions: ratings of one scale together, the lowest first, then all others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huiyin.analyse.contracts import LevelShare, QuestionKind, QuestionSummary
from huiyin.measure.contracts import Unit
from huiyin.report.charts.chart import Chart
from huiyin.report.charts.likert import likert_chart, same_scale
from huiyin.report.charts.options import level_name, question_chart
from huiyin.report.numbers import (
    DASH,
    absence,
    amount,
    cell_interval,
    count,
    estimate,
    evidence,
    interval,
    number,
    share,
)
from huiyin.report.slides_deck import SIDE, Deck, drawn
from huiyin.report.slides_measure import em_width, points
from huiyin.report.slides_page import Area, Entry, Grid, Slide, Words
from huiyin.report.slides_words import say

MAXIMUM_QUESTIONS = 150
_WORST, _TOGETHER = 5, 8
_MOST_PICTURED = 16
"""More slides of pictures than these nobody looks through: then they are rows of a table."""
_BAND_SPLIT, _BAND_PIXELS, _BAND_GAP = 0.5, 600, 180_000
_NAME_SIZE, _BASE_SIZE = 13.0, 11.0
_TIGHT, _WHOLE = 3.5, 0.9
_ROW_EMS = 400.0
"""Widest text of shares in one row of the table: about nine lines."""
_EMU_PER_POINT = 12_700


def questions(deck: Deck) -> None:
    """Show every question once: with its like, by itself, or as a row of a table."""
    shown = deck.findings.questions[:MAXIMUM_QUESTIONS]
    ranked = [_from_worst(deck, group) for group in same_scale(shown, deck.findings.codebook)]
    ranked = [group for group in ranked if len(group) > 1]
    for group in ranked:
        _ratings(deck, group)
    told = {question.column for group in ranked for question in group}
    _others(deck, [question for question in shown if question.column not in told])


def _from_worst(deck: Deck, group: Iterable[QuestionSummary]) -> list[QuestionSummary]:
    rated = (question for question in group if question.mean is not None)
    return sorted(rated, key=lambda question: _goodness(deck, question))


def _goodness(deck: Deck, question: QuestionSummary) -> float:
    """Order ratings of one scale from bad to good, whichever end is the good one."""
    mean = question.mean.estimate if question.mean is not None else None
    known = deck.findings.codebook
    scale = known[question.column].scale if question.column in known else None
    return (mean or 0.0) * (scale.direction if scale is not None else 1)


def _ratings(deck: Deck, ranked: Sequence[QuestionSummary]) -> None:
    """Show ratings of one scale: all on one slide, else the worst and then the others."""
    _, right = Area().split(SIDE)
    few = len(ranked) <= _TOGETHER and len(_means_grid(deck, ranked).pages(right)) == 1
    worst = ranked if few else ranked[:_WORST]
    key = "all_ratings" if len(worst) > _WORST else "worst_questions"
    _rated(deck, say(key, deck.language, n=len(worst)), worst, lead=True)
    others = ranked[len(worst) :]
    pages = _means_grid(deck, others).sized(right).pages(right) if others else []
    start = 0
    for i, page in enumerate(pages, start=1):
        title = say("other_ratings", deck.language, n=len(others))
        part = others[start : start + len(page.rows)]
        _rated(deck, deck.counted(title, i, len(pages)), part)
        start += len(part)


def _rated(deck: Deck, title: str, part: Sequence[QuestionSummary], *, lead: bool = False) -> None:
    chart, grid = likert_chart(part, deck.language), _means_grid(deck, part)
    said = chart.caption if lead else ""
    deck.chart_and_table("questions", title, chart, grid, lead=said, beside=True)


def _means_grid(deck: Deck, part: Sequence[QuestionSummary]) -> Grid:
    rows = tuple(
        (
            Entry(q.label.say(deck.language), bold=True),
            Entry(estimate(q.mean, deck.language), bold=True, right=True),
            Entry(evidence(q.mean, deck.language), "soft", right=True),
        )
        for q in part
        if q.mean is not None
    )
    headers = (say("question", deck.language), _mean_word(deck), deck.word("col.interval"))
    return Grid(headers, rows, (3, 1, 2.4), tallest=_WHOLE)


def _mean_word(deck: Deck) -> str:
    return deck.word("mean", value="").strip()


@dataclass(frozen=True, slots=True)
class _Band:
    """One question across a slide: its words above, its picture left, its table right."""

    words: tuple[Words, ...]
    chart: Chart
    grid: Grid
    head: int
    body: int

    @property
    def height(self) -> int:
        """Give the EMU it takes, with the gap to the next."""
        return self.head + self.body + _BAND_GAP


def _others(deck: Deck, found: Sequence[QuestionSummary]) -> None:
    """Show questions as pictures with tables, what has no room for that in one table."""
    bands = {q.column: band for q in found if (band := _band(deck, q)) is not None}
    pages = _packed(list(bands.values()), Area().height + _BAND_GAP)
    if len(pages) > _MOST_PICTURED:
        bands, pages = {}, []
    title = say("each_question", deck.language)
    for i, page in enumerate(pages, start=1):
        alone = page[0].chart.caption if len(page) == 1 else deck.counted(title, i, len(pages))
        _stack(deck.page("questions", alone), page)
    rest = [question for question in found if question.column not in bands]
    left = len(deck.findings.questions) - MAXIMUM_QUESTIONS
    if rest:
        lead = deck.word("questions.more", n=left) if left > 0 else ""
        deck.tables("questions", title, _table(deck, rest), lead)


def _packed(bands: Sequence[_Band], room: int) -> list[list[_Band]]:
    """Put each where there is still room, so that there are few slides."""
    pages: list[list[_Band]] = []
    for band in bands:
        fits = (p for p in pages if sum(b.height for b in p) + band.height <= room)
        page = next(fits, None)
        if page is None:
            pages.append([band])
        else:
            page.append(band)
    return pages


def _stack(slide: Slide, bands: Sequence[_Band]) -> None:
    area = Area()
    for band in bands:
        slide.text(Area(area.left, area.top, area.width, band.head), band.words)
        body = area.below(band.head, 0)
        left, right = Area(body.left, body.top, body.width, band.body).split(_BAND_SPLIT)
        description = f"{band.chart.title}. {band.chart.caption}"
        slide.picture(left, drawn(band.chart, left, _BAND_PIXELS), description)
        slide.table(right, band.grid)
        area = area.below(band.height, 0)


def _band(deck: Deck, question: QuestionSummary) -> _Band | None:
    """Lay a question out; None where it has no picture, or one slide does not hold it."""
    chart = question_chart(question, deck.language, dense=True)
    if chart is None:
        return None
    area = Area()
    left, right = area.split(_BAND_SPLIT)
    words = (
        Words(question.label.say(deck.language), _NAME_SIZE, bold=True),
        Words(f"{_base(deck, question)} · {chart.caption}", _BASE_SIZE, "soft", above=2),
    )
    head = sum(w.height(points(area.width)) for w in words) + 4
    grid = _levels_grid(deck, question)
    header, rows = grid.heights(right.width)
    drawn = round(left.width * chart.height / _BAND_PIXELS)
    band = _Band(words, chart, grid, round(head * _EMU_PER_POINT), max(header + sum(rows), drawn))
    fits = band.head + band.body <= area.height and grid.keeps_words(right.width)
    return band if fits else None


def _base(deck: Deck, question: QuestionSummary) -> str:
    several = question.kind is QuestionKind.MULTIPLE
    facts = {"n": count(question.n_base), "missing": count(question.n_missing)}
    base = deck.word("base.multiple" if several else "base", **facts)
    mean = _mean(deck, question)
    return f"{base} · {deck.word('mean', value=mean)}" if mean else base


def _mean(deck: Deck, question: QuestionSummary) -> str:
    mean = question.mean
    if mean is None or mean.estimate is None:
        return ""
    value = number(mean.estimate, mean.unit, deck.language)
    return f"{value} {cell_interval(mean, deck.language)}".strip()


def _levels_grid(deck: Deck, question: QuestionSummary) -> Grid:
    rows = tuple(
        (
            Entry(_name(deck, question, level)),
            Entry(share(level.share), bold=True, right=True),
            Entry(interval(level.low, level.high, Unit.SHARE, deck.language), "soft", right=True),
            Entry(count(level.n), "soft", right=True),
        )
        for level in question.levels
    )
    keys = ("col.level", "col.share", "col.interval", "col.n")
    return Grid(tuple(map(deck.word, keys)), rows, (3, 1, 1.8, 1), pad=_TIGHT)


def _name(deck: Deck, question: QuestionSummary, level: LevelShare) -> str:
    return level_name(level, deck.language, scale=question.kind is QuestionKind.SCALE)


def _table(deck: Deck, found: Sequence[QuestionSummary]) -> Grid:
    """Lay out several questions, a row each; many options go on in a second row."""
    said = deck.language
    rows = tuple(row for question in found for row in _rows(deck, question))
    headers = (
        say("question", said), deck.word("col.n"), say("unanswered", said), say("answered", said),
    )  # fmt: skip
    return Grid(headers, rows, (4.0, 0.9, 0.9, 6.4), pad=_TIGHT + 1, tallest=_WHOLE)


def _rows(deck: Deck, question: QuestionSummary) -> Iterable[tuple[Entry, ...]]:
    parts = _answers(deck, question)
    label = question.label.say(deck.language)
    for i, part in enumerate(parts, start=1):
        yield (
            Entry(deck.counted(label, i, len(parts)), bold=True),
            Entry(count(question.n_base), right=True),
            Entry(count(question.n_missing), "soft", right=True),
            Entry(part),
        )


def _answers(deck: Deck, question: QuestionSummary) -> list[str]:
    """Say how a question was answered, in as many parts as have room."""
    if question.not_estimable is not None:
        return [absence(question.not_estimable, deck.language)]
    if question.kind is QuestionKind.TEXT:
        return [deck.word("text.question", n=count(question.n_base))]
    mean = _mean(deck, question)
    said = [deck.word("mean", value=mean)] if mean else []
    said += [_share_words(deck, question, level) for level in question.levels]
    said += [f"P{round(at * 100)} {amount(v)}" for at, v in question.quantiles.items()]
    return _joined(said, say("between", deck.language)) or [DASH]


def _share_words(deck: Deck, question: QuestionSummary, level: LevelShare) -> str:
    return say(
        "level_share",
        deck.language,
        name=_name(deck, question, level),
        share=share(level.share),
        interval=interval(level.low, level.high, Unit.SHARE, deck.language),
    ).strip()


def _joined(said: Sequence[str], between: str) -> list[str]:
    """Join words into texts that are not too long for a row."""
    texts: list[str] = []
    for words in said:
        longer = f"{texts[-1]}{between}{words}" if texts else words
        if texts and em_width(longer) <= _ROW_EMS:
            texts[-1] = longer
        else:
            texts.append(words)
    return texts
