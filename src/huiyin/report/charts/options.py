"""One question by itself: its levels as columns, or its options as bars with whiskers."""

from __future__ import annotations

from dataclasses import replace

from huiyin.analyse.contracts import LevelShare, QuestionKind, QuestionSummary
from huiyin.measure.contracts import Unit
from huiyin.report.charts.chart import Chart
from huiyin.report.charts.labels import short, wrapped
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

MAXIMUM_ROWS, MAXIMUM_LEVELS = 15, 30
FULL_ROWS = 8


def question_chart(
    question: QuestionSummary, language: str, *, dense: bool = False
) -> Chart | None:
    """Draw the answers of one question; None where it has no levels.

    `dense`: beside a table that has the intervals and counts in words.
    """
    if not question.levels:
        return None
    scale = question.kind is QuestionKind.SCALE
    rows = _rows(question, language, scale=scale)
    rows = [replace(row, small="") for row in rows] if dense else rows
    one_line = all("\n" not in wrapped(row.label) for row in rows)
    thin = one_line and (scale or dense or len(rows) > FULL_ROWS)
    height = THIN_ROW_HEIGHT if thin else ROW_HEIGHT
    return Chart(
        "levels" if scale else "options",
        question.label.say(language),
        question_caption(question, language),
        rows_option(rows, Look(Unit.SHARE, mark="bar"), language),
        rows_height(len(rows), height),
    )


def _rows(question: QuestionSummary, language: str, *, scale: bool) -> list[Row]:
    levels = question.levels
    most = MAXIMUM_LEVELS if scale else MAXIMUM_ROWS
    shown = levels if len(levels) <= most + 1 else levels[:most]
    rows = [_row(level, level_name(level, language, scale=scale), language) for level in shown]
    if len(shown) < len(levels):
        more = word("options.more", language, n=len(levels) - len(shown))
        rows.append(Row("…", None, None, None, more))
    return rows


def question_caption(question: QuestionSummary, language: str) -> str:
    """Name the most frequent answer; the rest, folded into one, is none."""
    folded = len(question.levels) > MAXIMUM_LEVELS
    named = question.levels[:-1] if folded else question.levels
    most = max(named, key=lambda level: level.share)
    name = level_name(most, language, scale=question.kind is QuestionKind.SCALE)
    return word("caption.level", language, level=short(name), share=share(most.share))


def level_name(level: LevelShare, language: str, *, scale: bool) -> str:
    """Give what stands for a level: its words, or its points where it has none."""
    if scale and level.code is not None and level.label == f"{level.code:g}":
        return word("level.points", language, value=level.label)
    return level.label


def _row(level: LevelShare, label: str, language: str) -> Row:
    ends = interval(level.low, level.high, Unit.SHARE, language)
    return Row(
        label=label,
        value=level.share,
        low=level.low,
        high=level.high,
        number=share(level.share),
        small=f"{ends} · {answers(level.n, language)}",
    )
