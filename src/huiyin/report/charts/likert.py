"""Several ratings on one scale: bad answers to the left, good ones to the right of the middle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from huiyin.analyse.contracts import LevelShare, QuestionSummary
from huiyin.codebook.contracts import RATING_ROLES, Codebook
from huiyin.report.charts.chart import PHONE_WIDTH, Chart, Option, base_option, on_phone, value_axis
from huiyin.report.charts.labels import columns, short, wrapped
from huiyin.report.numbers import answers, share
from huiyin.report.palette import BAD, BAD_PALE, GOOD, GOOD_PALE, GREY_PALE, INK, PAPER
from huiyin.report.words import word

MAXIMUM_ROWS = 30
MAXIMUM_LEVELS = 7
ROW_HEIGHT = 38
_TOP, _BOTTOM = 44, 28
_SMALLEST_LABEL = 0.08
_LABEL_WIDTH = 28
"""Pixels that ``12%`` takes, with a little room."""
_HALF = 0.5


def same_scale(
    questions: Sequence[QuestionSummary], codebook: Codebook | None = None
) -> list[list[QuestionSummary]]:
    """Gather ratings answered on the same few levels, two questions or more, the good end last.

    Without a codebook the high code is taken for the good end.
    """
    found: dict[tuple[str, ...], list[QuestionSummary]] = {}
    for question in (_good_end_last(q, codebook) for q in questions):
        labels = tuple(level.label for level in question.levels)
        rated = question.role in RATING_ROLES  # whether something happened is neither good nor bad
        coded = rated and all(level.code is not None for level in question.levels)
        if coded and 2 <= len(labels) <= MAXIMUM_LEVELS:  # noqa: PLR2004 -- two ends at least
            found.setdefault(labels, []).append(question)
    return [group for group in found.values() if len(group) > 1]


def _good_end_last(question: QuestionSummary, codebook: Codebook | None) -> QuestionSummary:
    known = codebook is not None and question.column in codebook
    scale = codebook[question.column].scale if known and codebook is not None else None
    if scale is None or scale.direction > 0:
        return question
    return replace(question, levels=question.levels[::-1])


def likert_chart(questions: Sequence[QuestionSummary], language: str) -> Chart:
    """Draw ratings of one scale together, the first level left."""
    questions = questions[:MAXIMUM_ROWS]
    labels = [level.label for level in questions[0].levels]
    names = [wrapped(q.label.say(language)) for q in questions]
    left = 24 + min(150, round(max(columns(r) for n in names for r in n.split("\n")) * 6.6))
    ends = _ends(questions)
    option = base_option(
        legend={
            "top": 4, "left": left, "itemWidth": 12, "itemHeight": 12, "selectedMode": False,
            "textStyle": {"color": INK, "fontSize": 12}, "data": labels,
        },
        grid={"left": left, "right": 24, "top": _TOP, "bottom": _BOTTOM},
        xAxis=value_axis(min=-ends[0], max=ends[1], show=False),
        yAxis={
            "type": "category", "inverse": True, "data": names, "axisTick": {"show": False},
            "axisLine": {"show": False},
            "axisLabel": {"color": INK, "fontSize": 12, "lineHeight": 15, "interval": 0},
        },
        series=_series(questions, labels, language),
    )  # fmt: skip
    narrow = PHONE_WIDTH - min(left, 132) - 8
    smallest = max(_SMALLEST_LABEL, _LABEL_WIDTH / narrow * sum(ends) / 100)
    phone = {
        "grid": {"left": min(left, 132), "right": 8},
        "legend": {"left": 0, "itemGap": 6},
        "series": [{"data": s["data"]} for s in _series(questions, labels, language, smallest)],
    }
    return Chart(
        "likert",
        word("likert.title", language),
        likert_caption(questions, language),
        on_phone(option, phone),
        _TOP + _BOTTOM + ROW_HEIGHT * len(questions),
    )


def _ends(questions: Sequence[QuestionSummary]) -> tuple[float, float]:
    """Give how far the bars reach to the left and to the right of the middle, in per cent."""
    n = len(questions[0].levels)
    half = n // 2
    left = max(sum(lv.share for lv in q.levels[:half]) for q in questions)
    right = max(sum(lv.share for lv in q.levels[-half:]) for q in questions)
    middle = max(q.levels[half].share for q in questions) * _HALF if n % 2 else 0.0
    return (left + middle) * 100, (right + middle) * 100


def likert_caption(questions: Sequence[QuestionSummary], language: str) -> str:
    """Name the question with most answers at the high end, and at the low end."""
    half = len(questions[0].levels) // 2
    best = max(questions, key=lambda q: sum(level.share for level in q.levels[-half:]))
    worst = max(questions, key=lambda q: sum(level.share for level in q.levels[:half]))
    return word(
        "caption.likert",
        language,
        best=short(best.label.say(language)),
        worst=short(worst.label.say(language)),
    )


def _series(
    questions: Sequence[QuestionSummary],
    labels: Sequence[str],
    language: str,
    smallest: float = _SMALLEST_LABEL,
) -> list[Option]:
    """Stack from the middle outwards: the legend order is that of the scale all the same.

    Parts below the share `smallest` carry no number: it would run over its neighbours.
    """
    n = len(labels)

    def layer(place: int, factor: float) -> Option:
        data = [_datum(q, q.levels[place], factor, language, smallest) for q in questions]
        return _layer(labels, place, data)

    middle = n // 2 if n % 2 else None
    left = [i for i in range(n) if i < n / 2 - _HALF]
    right = [i for i in range(n) if i > (n - 1) / 2]
    series: list[Option] = []
    if middle is not None:
        series.append(layer(middle, -_HALF))
        series.append(layer(middle, _HALF))
    series += [layer(i, -1.0) for i in reversed(left)]
    series += [layer(i, 1.0) for i in right]
    return series


def _layer(labels: Sequence[str], place: int, data: list[Option]) -> Option:
    colour, ink = _colours(place, len(labels))
    return {
        "type": "bar", "stack": "all", "name": labels[place], "barWidth": 22,
        "itemStyle": {"color": colour},
        "label": {"show": True, "color": ink, "fontSize": 11},
        "data": data,
    }  # fmt: skip


def _datum(
    question: QuestionSummary, level: LevelShare, factor: float, language: str, smallest: float
) -> Option:
    shown = level.share >= smallest and factor != -_HALF
    label = {"show": shown, "formatter": share(level.share, 0)}
    if factor == _HALF:
        label["position"] = "insideLeft"
        label["offset"] = [-12, 0]
    numbers = f"{level.label}: {share(level.share)} · {answers(level.n, language)}"
    return {
        "value": round(level.share * 100 * factor, 4),
        "label": label,
        "tip": [question.label.say(language), numbers],
    }


def _colours(place: int, n: int) -> tuple[str, str]:
    """Give fill and ink of a level: strong at the ends, pale towards the grey middle."""
    distance = abs(place - (n - 1) / 2)
    if distance < _HALF:
        return GREY_PALE, INK
    strong = place in {0, n - 1}
    if place < (n - 1) / 2:
        return (BAD, PAPER) if strong else (BAD_PALE, INK)
    return (GOOD, PAPER) if strong else (GOOD_PALE, INK)
