"""How much each aspect goes with a target, against how well it does: what to mend first."""

from __future__ import annotations

from huiyin.analyse.contracts import Driver, DriverResult
from huiyin.analyse.views.contracts import ChartKind
from huiyin.core.text import Text
from huiyin.measure.contracts import Unit
from huiyin.report.charts.matrix import HEIGHT, matrix_chart
from huiyin.report.code_names import QUADRANT_NAME
from huiyin.report.numbers import answers, count, interval, number, share
from huiyin.report.views.contracts import Figure, Kind, Listing, Shown
from huiyin.report.views.words import say, sentences, text


def fits(shown: Shown) -> int | Text:
    """Fit one rating or several, the first of which is the target."""
    if shown.timed or shown.groups:
        return text("fit.importance")
    if any(one.column is None for one in shown.definitions):
        return text("fit.importance")
    return 18


def draw(shown: Shown) -> Figure:
    """Draw the matrix of the report; every aspect also stands in the table."""
    found = shown.extras.reckoned.drivers
    if found is None:
        return Figure(None, HEIGHT, say("caption.none", shown.language))
    if found.not_estimable is not None:
        why = found.not_estimable.say(shown.language)
        return Figure(None, HEIGHT, say("caption.no_drivers", shown.language, why=why))
    beside = _listing(shown, found)
    chart = matrix_chart(found, shown.language)
    told = say("caption.no_matrix", shown.language) if chart is None else chart.caption
    said = sentences([told, _caution(shown, found)], shown.language)
    if chart is None:
        return Figure(None, HEIGHT, said, beside=beside)
    return Figure(chart.option, chart.height, said, beside=beside)


def _caution(shown: Shown, found: DriverResult) -> str:
    language = shown.language
    ends = interval(found.r2_low, found.r2_high, Unit.SHARE, language)
    return say(
        "caption.importance",
        language,
        target=found.target_label.say(language),
        r2=share(found.r2),
        interval=f" {ends}" if ends else "",
        n=answers(found.n, language),
    )


def _listing(shown: Shown, found: DriverResult) -> Listing:
    keys = ("col.aspect", "col.importance", "col.performance", "col.quadrant", "col.n")
    heads = tuple(say(key, shown.language) for key in keys)
    return Listing(heads, tuple(_row(shown, one) for one in found.drivers))


def _row(shown: Shown, one: Driver) -> tuple[str, ...]:
    scored = interval(one.performance_low, one.performance_high, Unit.POINTS, shown.language)
    return (
        one.label.say(shown.language),
        f"{share(one.share)} {interval(one.low, one.high, Unit.SHARE, shown.language)}".strip(),
        f"{number(one.performance, Unit.POINTS, shown.language)} {scored}".strip(),
        QUADRANT_NAME[one.quadrant].say(shown.language),
        count(one.n),
    )


KIND = Kind(ChartKind.IMPORTANCE, fits, draw)
