"""One question by itself: its levels as columns, or its options as bars with whiskers."""

from __future__ import annotations

from huiyin.analyse.contracts import LevelShare, QuestionKind, QuestionSummary
from huiyin.measure.contracts import Unit
from huiyin.report.charts.chart import Chart
from huiyin.report.charts.labels import short
from huiyin.report.charts.rows import (
    ROW_HEIGHT,
    THIN_ROW_HEIGHT,
    Look,
    Row,
    rows_height,
    rows_option,
)
from huiyin.report.numbers import answers, interval, share
from huiyin.report.words import word

MAXIMUM_ROWS = 31


def question_chart(question: QuestionSummary, language: str) -> Chart | None:
    """Draw the answers of one question; None where it has no levels."""
    levels = question.levels[:MAXIMUM_ROWS]
    if not levels:
        return None
    scale = question.kind is QuestionKind.SCALE
    height = THIN_ROW_HEIGHT if scale else ROW_HEIGHT
    rows = [_row(level, _label(level, language, scale=scale), language) for level in levels]
    return Chart(
        "levels" if scale else "options",
        question.label.say(language),
        question_caption(question, language),
        rows_option(rows, Look(Unit.SHARE, mark="bar")),
        rows_height(len(rows), height),
    )


def question_caption(question: QuestionSummary, language: str) -> str:
    """Name the most frequent answer."""
    most = max(question.levels, key=lambda level: level.share)
    name = _label(most, language, scale=question.kind is QuestionKind.SCALE)
    return word("caption.level", language, level=short(name), share=share(most.share))


def _label(level: LevelShare, language: str, *, scale: bool) -> str:
    if scale and level.code is not None and level.label == f"{level.code:g}":
        return word("level.points", language, value=level.label)
    return level.label


def _row(level: LevelShare, label: str, language: str) -> Row:
    return Row(
        label=label,
        value=level.share,
        low=level.low,
        high=level.high,
        number=share(level.share),
        small=f"{interval(level.low, level.high, Unit.SHARE)} · {answers(level.n, language)}",
    )
