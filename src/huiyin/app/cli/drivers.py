"""``huiyin drivers``: what goes with the target, and how sure that is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from huiyin.app.cli import options
from huiyin.core.text import Text

if TYPE_CHECKING:
    from huiyin.analyse.contracts import Driver, DriverResult

HEADERS = (
    Text("驱动因素", "driver"),
    Text("重要性", "importance"),
    Text("区间", "interval"),
    Text("相关", "correlation"),
    Text("标准化系数", "beta"),
    Text("表现", "performance"),
    Text("象限", "quadrant"),
    Text("先后", "priority"),
)
SUMMARY = Text(
    "目标：{target}；方法：{method}；{n} 份；R² = {r2}。相关不等于因果。",
    "Target: {target}; method: {method}; {n} answers; R² = {r2}. Correlation, not cause.",
)
NOT_POSSIBLE = Text("目标：{target}。算不出：{why}", "Target: {target}. Not estimable: {why}")


@options.reading
def drivers(
    source: options.Reading,
    target: Annotated[
        str | None, typer.Option("--target", help="要解释的列，默认总体满意度  column to explain")
    ] = None,
    driver: Annotated[
        list[str] | None, typer.Option("--driver", help="可能的驱动列，可多次  repeatable")
    ] = None,
    bootstrap: Annotated[int, typer.Option(min=0, help="重抽样次数  resamples")] = 1000,
    seed: Annotated[int, typer.Option(help="随机种子  seed")] = 0,
    level: options.Level = 0.95,
) -> None:
    """找驱动因素  Find what drives the target."""
    with source.opened() as dataset:
        result = dataset.drivers(
            target, driver, bootstrap=bootstrap, seed=seed, level=options.check_level(level)
        )
    if source.as_json:
        options.print_json(result.to_json())
    else:
        _print(result, source.language)


def _print(result: DriverResult, language: str) -> None:
    from huiyin.app.cli.tables import print_table
    from huiyin.report import numbers
    from huiyin.report.code_names import method_name

    if result.not_estimable:
        why = result.not_estimable.say(language)
        facts = {"target": result.target_label, "why": why}
        sys.stdout.write(options.say(NOT_POSSIBLE, language, **facts) + "\n")
        return
    rows = [_row(driver, language) for driver in result.drivers]
    print_table([header.say(language) for header in HEADERS], rows, numbers=range(1, 6))
    facts = {
        "target": result.target_label,
        "method": method_name(result.method).say(language),
        "n": f"{result.n:,}",
        "r2": numbers.plain(result.r2, 3),
    }
    lines = [options.say(SUMMARY, language, **facts)]
    lines += [f"{name}: {why.say(language)}" for name, why in result.dropped.items()]
    lines += [note.say(language) for note in result.notes]
    sys.stdout.write("\n" + "\n".join(lines) + "\n")


def _row(driver: Driver, language: str) -> tuple[str, ...]:
    from huiyin.measure.contracts import Unit
    from huiyin.report import numbers
    from huiyin.report.code_names import QUADRANT_NAME

    return (
        driver.label.say(language),
        numbers.share(driver.share),
        numbers.interval(driver.low, driver.high, Unit.SHARE, language),
        numbers.plain(driver.correlation),
        numbers.plain(driver.beta),
        numbers.number(driver.performance, Unit.POINTS, language),
        QUADRANT_NAME[driver.quadrant].say(language),
        str(driver.priority or ""),
    )
