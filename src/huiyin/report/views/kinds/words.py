"""What customers write most: words as large as the answers that hold them, and a table."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from huiyin.analyse.views.contracts import ChartKind
from huiyin.analyse.views.said import MOST_TEXTS, Said, SaidWord
from huiyin.core.text import Text
from huiyin.measure.contracts import Unit
from huiyin.report.charts.chart import WIDTH, Option, base_option
from huiyin.report.charts.labels import columns
from huiyin.report.numbers import count, interval, share
from huiyin.report.palette import ACCENT, INK
from huiyin.report.views.contracts import Figure, Kind, Listing, Shown, SizedWord
from huiyin.report.views.words import say, sentences, text

LARGEST, SMALLEST = 42.0, 11.0
"""Pixels of the letters."""
_GAP, _LINE, _HALF = 14.0, 1.35, 0.56
"""Between words; height of a line and width of half a Chinese letter, in letters."""
_NAMED = 3


def fits(shown: Shown) -> int | Text:
    """Fit one number."""
    if shown.timed or shown.groups or len(shown.definitions) > 1:
        return text("fit.words")
    return 12


def draw(shown: Shown) -> Figure:
    """Set the words in lines, most frequent first."""
    said = shown.extras.reckoned.said
    if said is None or not said.words:
        return Figure(None, 120, say("caption.words_none", shown.language))
    words = sized(said.words)
    lines = _lines(words)
    option, height = _option(lines)
    caption = _caption(shown, said, len(said.words) - len(words))
    return Figure(option, height, caption, beside=_listing(shown, said), words=words)


def sized(words: Sequence[SaidWord]) -> tuple[SizedWord, ...]:
    """Give the words that can be read: size by the root of n, so that the area goes by n."""
    most = words[0].n
    found = (SizedWord(one.word, one.n, LARGEST * sqrt(one.n / most)) for one in words)
    return tuple(one for one in found if one.size >= SMALLEST)


def _caption(shown: Shown, said: Said, too_small: int) -> str:
    language = shown.language
    named = say("list", language).join(f"“{one.word}”" for one in said.words[:_NAMED])
    parts = [say("caption.words", language, n=count(said.n), which=named)]
    if said.sampled:
        facts = {"total": count(said.n_total), "most": count(MOST_TEXTS)}
        parts.append(say("caption.words_sampled", language, **facts))
    if too_small:
        parts.append(say("caption.words_small", language, n=too_small))
    return sentences(parts, language)


def _listing(shown: Shown, said: Said) -> Listing:
    heads = tuple(say(f"words.{key}", shown.language) for key in ("word", "n", "share"))
    rows = tuple(
        (
            one.word,
            count(one.n),
            f"{share(one.share)} {interval(one.low, one.high, Unit.SHARE, shown.language)}",
        )
        for one in said.words
    )
    return Listing(heads, rows)


def _lines(words: Sequence[SizedWord]) -> list[list[SizedWord]]:
    """Break the words into lines that fit the paper."""
    lines: list[list[SizedWord]] = [[]]
    left = WIDTH - 2 * _GAP
    for one in words:
        width = _width(one) + _GAP
        if lines[-1] and width > left:
            lines.append([])
            left = WIDTH - 2 * _GAP
        lines[-1].append(one)
        left -= width
    return lines


def _width(one: SizedWord) -> float:
    return columns(one.word) * one.size * _HALF


def _option(lines: Sequence[Sequence[SizedWord]]) -> tuple[Option, int]:
    """Place the words: each line centred, on axes that nobody sees."""
    data: list[Option] = []
    top = 6.0
    for line in lines:
        high = max(one.size for one in line) * _LINE
        left = (WIDTH - sum(_width(one) + _GAP for one in line) + _GAP) / 2
        for one in line:
            data.append(_datum(one, left + _width(one) / 2, top + high / 2, first=not data))
            left += _width(one) + _GAP
        top += high
    height = round(top + 6)
    hidden = {"type": "value", "show": False, "min": 0}
    option = base_option(
        grid={"left": 0, "right": 0, "top": 0, "bottom": 0},
        xAxis={**hidden, "max": WIDTH},
        yAxis={**hidden, "max": height, "inverse": True},
        series=[{"type": "scatter", "symbolSize": 0.01, "data": data}],
    )
    return option, height


def _datum(one: SizedWord, x: float, y: float, *, first: bool) -> Option:
    label = {
        "show": True, "position": "inside", "formatter": one.word,
        "fontSize": round(one.size, 1), "color": ACCENT if first else INK,
    }  # fmt: skip
    return {"value": [x, y], "label": label, "tip": [one.word, count(one.n)]}


KIND = Kind(ChartKind.WORDS, fits, draw)
