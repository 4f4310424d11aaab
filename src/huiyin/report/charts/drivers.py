"""Drivers: bars of importance with bootstrap whiskers."""

from __future__ import annotations

from huiyin.analyse.contracts import Driver, DriverResult, Quadrant
from huiyin.measure.contracts import Unit
from huiyin.report.charts.chart import Chart
from huiyin.report.charts.labels import short
from huiyin.report.charts.rows import Look, Row, rows_height, rows_option
from huiyin.report.code_names import QUADRANT_NAME
from huiyin.report.numbers import interval, share
from huiyin.report.words import word

MAXIMUM_ROWS = 30
QUADRANT_TONE = {
    Quadrant.FIX_FIRST: "bad",
    Quadrant.KEEP_UP: "good",
    Quadrant.LOW_PRIORITY: "unknown",
    Quadrant.POSSIBLE_OVERKILL: "neutral",
    Quadrant.UNCERTAIN: "unknown",
}
QUADRANT_SHAPE = {
    Quadrant.FIX_FIRST: "▼",
    Quadrant.KEEP_UP: "▲",
    Quadrant.LOW_PRIORITY: "▽",
    Quadrant.POSSIBLE_OVERKILL: "△",
    Quadrant.UNCERTAIN: "◌",
}


def drivers_chart(result: DriverResult, language: str) -> Chart | None:
    """Draw the importance of each driver, most important first; None without drivers."""
    if not result.drivers:
        return None
    found = sorted(result.drivers, key=lambda d: -d.share)[:MAXIMUM_ROWS]
    rows = [_row(driver, language) for driver in found]
    return Chart(
        "drivers",
        word("drivers.title", language, target=result.target_label.say(language)),
        drivers_caption(result, language),
        rows_option(rows, Look(Unit.SHARE, mark="bar"), language),
        rows_height(len(rows)),
    )


def drivers_caption(result: DriverResult, language: str) -> str:
    """Name the strongest driver, or say that the first two cannot be told apart."""
    first, *rest = sorted(result.drivers, key=lambda d: -d.share)
    facts = {"first": short(first.label.say(language)), "share": share(first.share)}
    if rest and _overlap(first, rest[0]):
        second = rest[0]
        facts |= {"second": short(second.label.say(language)), "other": share(second.share)}
        return word("caption.drivers_tie", language, **facts)
    return word("caption.drivers", language, target=result.target_label.say(language), **facts)


def quadrant_words(driver: Driver, language: str) -> str:
    """Show a quadrant as shape and word."""
    shape = QUADRANT_SHAPE[driver.quadrant]
    return f"{shape} {QUADRANT_NAME[driver.quadrant].say(language)}"


def _overlap(first: Driver, second: Driver) -> bool:
    return first.low is not None and second.high is not None and first.low <= second.high


def _row(driver: Driver, language: str) -> Row:
    return Row(
        label=driver.label.say(language),
        value=driver.share,
        low=driver.low,
        high=driver.high,
        number=share(driver.share),
        small=interval(driver.low, driver.high, Unit.SHARE, language),
        chip=quadrant_words(driver, language),
        tone="accent",
        chip_tone=QUADRANT_TONE[driver.quadrant],
    )
