"""``huiyin why``: where the change of a number sits, and what people there say."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from huiyin.app.cli import options
from huiyin.core.text import Text

if TYPE_CHECKING:
    from huiyin.analyse.why.shapes import Contributor, Why
    from huiyin.measure.contracts import Unit

HEADERS = (
    Text("分析维度", "dimension"),
    Text("组", "group"),
    Text("此前", "before"),
    Text("此后", "after"),
    Text("占比此前", "share before"),
    Text("占比此后", "share after"),
    Text("带来的变化", "contribution"),
    Text("区间", "interval"),
    Text("其中构成", "of it mix"),
    Text("超出占比", "beyond its size"),
    Text("判断", "call"),
)
MOST_ROWS = 15
NOT_GIVEN = Text("未填", "not given")
VOICES = Text("那里的人怎么说：", "What people there say:")
EVERYBODY = Text("所有人", "everybody")
NOT_POSSIBLE = Text("拆不开：{why}", "Nothing to take apart: {why}")
BY_DIMENSION = Text(
    "各维度能落到具体组上的程度：{list}", "How far each dimension pins it to groups: {list}"
)


@options.reading
def why(
    source: options.Reading,
    metric: Annotated[str, typer.Option("--metric", "-m", help="哪个指标  which metric")],
    since: options.Since = None,
    until: options.Until = None,
    compare: Annotated[
        str,
        typer.Option(help="previous、year_ago、year_ago_lunar、起日..止日 或 列=值  compare with"),
    ] = "previous",
    by: Annotated[
        list[str] | None, typer.Option("--by", help="只看这些维度，可多次  dimension, repeatable")
    ] = None,
    where: options.Where = None,
    weight: options.Weight = None,
    cluster: options.Cluster = None,
    level: options.Level = 0.95,
    seed: Annotated[int, typer.Option(help="随机种子  seed of the verbatims' draw")] = 0,
) -> None:
    """为什么变了  Why it changed: which groups brought it, and what they say."""
    with source.opened() as dataset:
        found = dataset.why(
            metric,
            since=since,
            until=until,
            compare=compare,
            by=by or (),
            where=where or (),
            weight=weight,
            cluster=cluster,
            level=options.check_level(level),
            seed=seed,
        )
    if source.as_json:
        options.print_json(found.to_json())
    else:
        _print(found, source.language)


def _print(found: Why, language: str) -> None:
    sys.stdout.write(found.finding.say(language) + "\n")
    if found.not_estimable is not None:
        reason = found.not_estimable.say(language)
        sys.stdout.write(options.say(NOT_POSSIBLE, language, why=reason) + "\n")
    if found.contributors:
        _print_groups(found, language)
    lines = [note.say(language) for note in found.notes]
    if found.voices:
        everybody = EVERYBODY.say(language)
        said = (f"  [{v.value or everybody}] {v.verbatim.text}" for v in found.voices)
        lines += [VOICES.say(language), *said]
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _print_groups(found: Why, language: str) -> None:
    from huiyin.app.cli.tables import print_table
    from huiyin.report.numbers import number

    rows = [_row(one, found.unit, language) for one in found.contributors[:MOST_ROWS]]
    sys.stdout.write("\n")
    print_table([header.say(language) for header in HEADERS], rows, numbers=range(2, 10))
    listed = ", ".join(
        f"{d.label.say(language)} {number(d.spread, found.unit)}" for d in found.dimensions
    )
    sys.stdout.write("\n" + options.say(BY_DIMENSION, language, list=listed) + "\n")


def _row(one: Contributor, unit: Unit, language: str) -> tuple[str, ...]:
    from huiyin.report import numbers

    def change(value: float) -> str:
        return numbers.difference(value, unit, language)

    return (
        one.label.say(language),
        one.value if one.value is not None else NOT_GIVEN.say(language),
        numbers.number(one.before, unit),
        numbers.number(one.after, unit),
        numbers.share(one.share_before),
        numbers.share(one.share_after),
        change(one.contribution.estimate),
        numbers.interval(one.contribution.low, one.contribution.high, unit),
        change(one.mix),
        change(one.beyond.estimate),
        _call(one, language),
    )


def _call(one: Contributor, language: str) -> str:
    """Name the call of what goes beyond the mix: it changed over time."""
    from huiyin.measure.contracts import Against
    from huiyin.report import numbers
    from huiyin.report.code_names import call_name

    if one.call is None:
        return numbers.DASH
    return call_name(one.call, one.beyond.estimate, Against.PREVIOUS).say(language)
