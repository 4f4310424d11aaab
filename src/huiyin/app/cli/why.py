"""``huiyin why``: where a change, or a gap to a competitor, sits, and what people there say."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from huiyin.app.cli import options
from huiyin.core.text import Text

if TYPE_CHECKING:
    from huiyin.analyse.why.shapes import Contributor, Gap, Why
    from huiyin.measure.contracts import Call, Cell, Comparison, Unit

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
BEHIND = Text("给竞品打分更高的人", "who rate the competitor higher")
ASPECTS = (
    Text("哪一项", "aspect"),
    Text("我们", "us"),
    Text("竞品", "competitor"),
    Text("差距", "gap"),
    Text("区间", "interval"),
    Text("两家都评过", "rated both"),
    Text("判断", "call"),
)
GROUPS_OF_GAP = (
    Text("分析维度", "dimension"),
    Text("组", "group"),
    Text("竞品", "competitor"),
    Text("我们", "us"),
    Text("占比", "share"),
    Text("带来的差距", "contribution"),
    Text("区间", "interval"),
    Text("比所有人多出", "beyond the gap of all"),
    Text("判断", "call"),
)
NOT_POSSIBLE = Text("拆不开：{why}", "Nothing to take apart: {why}")
BY_DIMENSION = Text(
    "各维度能落到具体组上的程度：{list}", "How far each dimension pins it to groups: {list}"
)


@options.reading
def why(
    source: options.Reading,
    metric: Annotated[
        str | None,
        typer.Option(
            "--metric",
            "-m",
            help="哪个指标；和竞品比时可不写  which metric; may be left out with competitor",
        ),
    ] = None,
    since: options.Since = None,
    until: options.Until = None,
    compare: Annotated[
        str,
        typer.Option(
            help="previous、year_ago、year_ago_lunar、competitor、起日..止日 或 列=值  compare with"
        ),
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
    """为什么变了，为什么不如竞品  Why it changed, or is behind: which groups, and what they say."""
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
    if found.gap is not None:
        _print_aspects(found.gap, language)
    if found.contributors:
        _print_groups(found, language)
    lines = [note.say(language) for note in found.notes]
    if found.voices:
        everybody = (EVERYBODY if found.gap is None else BEHIND).say(language)
        said = (f"  [{v.value or everybody}] {v.verbatim.text}" for v in found.voices)
        lines += [VOICES.say(language), *said]
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def _print_groups(found: Why, language: str) -> None:
    from huiyin.app.cli.tables import print_table
    from huiyin.report.numbers import number

    made, headers = (_row, HEADERS) if found.gap is None else (_gap_row, GROUPS_OF_GAP)
    rows = [made(one, found.unit, language) for one in found.contributors[:MOST_ROWS]]
    sys.stdout.write("\n")
    numbers = range(2, len(headers) - 1)
    print_table([header.say(language) for header in headers], rows, numbers=numbers)
    listed = ", ".join(
        f"{d.label.say(language)} {number(d.spread, found.unit, language)}"
        for d in found.dimensions
    )
    sys.stdout.write("\n" + options.say(BY_DIMENSION, language, list=listed) + "\n")


def _row(
    one: Contributor, unit: Unit, language: str, *, against: str = "previous"
) -> tuple[str, ...]:
    from huiyin.report import numbers

    def change(value: float) -> str:
        return numbers.difference(value, unit, language)

    return (
        one.label.say(language),
        one.value if one.value is not None else NOT_GIVEN.say(language),
        numbers.number(one.before, unit, language),
        numbers.number(one.after, unit, language),
        numbers.share(one.share_before),
        numbers.share(one.share_after),
        change(one.contribution.estimate),
        numbers.interval(one.contribution.low, one.contribution.high, unit, language),
        change(one.mix),
        change(one.beyond.estimate),
        _call(one.call, one.beyond.estimate, against, language),
    )


def _gap_row(one: Contributor, unit: Unit, language: str) -> tuple[str, ...]:
    """Write a group of a gap: it has one share, both sides being the same people."""
    row = _row(one, unit, language, against="rest")
    return (*row[:4], *row[5:8], *row[9:])


def _print_aspects(gap: Gap, language: str) -> None:
    from huiyin.app.cli.tables import print_table
    from huiyin.report import numbers

    def row(cell: Cell, name: Text) -> tuple[str, ...]:
        compared = cell.comparison
        if compared is None or compared.difference is None:
            return (name.say(language), *([numbers.DASH] * 6))
        return (
            name.say(language),
            numbers.number(gap.ours(cell), cell.unit, language),
            numbers.number(compared.reference, cell.unit, language),
            numbers.difference(compared.difference, cell.unit, language),
            numbers.interval(compared.low, compared.high, cell.unit, language),
            f"{compared.n_pairs or 0:,}",
            _call_on(compared, language),
        )

    sys.stdout.write("\n")
    headers = [header.say(language) for header in ASPECTS]
    rows = [row(cell, name) for cell, name in zip(gap.aspects, gap.names, strict=True)]
    print_table(headers, rows, numbers=range(1, 6))


def _call_on(compared: Comparison, language: str) -> str:
    return _call(compared.call, compared.difference, compared.against, language)


def _call(call: Call | None, difference: float | None, against: str, language: str) -> str:
    from huiyin.report.code_names import call_name
    from huiyin.report.numbers import DASH

    return DASH if call is None else call_name(call, difference, against).say(language)
