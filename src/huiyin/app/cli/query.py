"""``huiyin query``: numbers with interval, n, and a call on every comparison."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from huiyin.app.cli import options
from huiyin.core.errors import BadInputError
from huiyin.core.text import Text

if TYPE_CHECKING:
    from huiyin.measure.contracts import Cell, Result

METRIC = Text("指标", "metric")
ESTIMATE = Text("数值", "estimate")
INTERVAL = Text("区间", "interval")
ANSWERS = Text("答卷", "answers")
CUSTOMERS = Text("客户", "customers")
AGAINST = Text("对比", "against")
DIFFERENCE = Text("相差", "difference")
CALL = Text("判断", "call")
MARK = Text("提示", "mark")
ALL = Text("合计", "all")
UNKNOWN = Text("未知", "unknown")
UNWEIGHTED = Text("未加权", "unweighted")
DESIGN_EFFECT = Text("设计效应", "design effect")
USED = Text(
    "{used} 行参与计算，共 {rows} 行；{level} 置信区间。",
    "{used} of {rows} rows used; {level} intervals.",
)
IDLE_WEIGHTS = Text(
    "--index-weight 只用于综合满意度指数：请加上 -m index，或去掉它",
    "--index-weight is for the index only: add -m index, or leave it out",
)
IDLE_SUBTOTALS = Text(
    "--subtotals 要先分组：请加上 --by 列，或去掉它",
    "--subtotals needs groups: add --by COLUMN, or leave it out",
)
BOTH_FLAGGED = Text(
    "--include-flagged 和 --exclude-flagged 互相矛盾，请只用一个",
    "--include-flagged and --exclude-flagged contradict each other: use one",
)
LEFT_OUT = Text("未计入：{rules}", "Left out: {rules}")


@options.reading
def query(
    source: options.Reading,
    metric: Annotated[
        list[str],
        typer.Option(
            "--metric", "-m", help="指标，可多次：nps、satisfied:列、share:列=值  repeatable"
        ),
    ],
    by: Annotated[list[str] | None, typer.Option("--by", help="按列分组，可多次  group by")] = None,
    where: Annotated[
        list[str] | None, typer.Option("--where", help="筛选，如 地区=华东、分数>=8  filter")
    ] = None,
    since: options.Since = None,
    until: options.Until = None,
    grain: Annotated[
        str | None, typer.Option(help="day、week、month、quarter、year  cut into periods")
    ] = None,
    compare: Annotated[
        str | None,
        typer.Option(
            help="previous、year_ago、year_ago_lunar、same_weekdays、rest、benchmark、competitor、"
            "列=值 或 起日..止日  against"
        ),
    ] = None,
    benchmarks: Annotated[
        Path | None, typer.Option(help="基准表 CSV/YAML  table of outside numbers")
    ] = None,
    weight: options.Weight = None,
    margins: options.Margins = None,
    strata: options.Strata = None,
    cluster: options.Cluster = None,
    index_weight: Annotated[
        list[str] | None,
        typer.Option("--index-weight", help="综合指数权重 列=数  weight of the index"),
    ] = None,
    points: Annotated[
        str | None,
        typer.Option(help="得分换算：linear、times20、graded  how levels become points"),
    ] = None,
    level: options.Level = 0.95,
    include_flagged: Annotated[
        bool, typer.Option("--include-flagged", help="被标记的答卷也计入  keep flagged rows")
    ] = False,
    exclude_flagged: Annotated[
        list[str] | None,
        typer.Option(
            "--exclude-flagged", help="只提示的规则也不计入，规则名，可多次  leave out, repeatable"
        ),
    ] = None,
    subtotals: Annotated[bool, typer.Option("--subtotals", help="加小计  add subtotals")] = False,
) -> None:
    """算指标  Measure: every number with interval and n."""
    _refuse_idle(metric, index_weight, include_flagged, exclude_flagged)
    if subtotals and not (by or grain):
        raise BadInputError(IDLE_SUBTOTALS)
    with source.opened() as dataset:
        result = dataset.query(
            *metric,
            by=by or (),
            where=where or (),
            since=since,
            until=until,
            grain=grain,
            compare=compare,
            benchmarks=benchmarks,
            weight=weight,
            margins=margins,
            strata=strata,
            cluster=cluster,
            index_weights=index_weight or (),
            points=points,
            level=options.check_level(level),
            include_flagged=include_flagged,
            exclude_flagged=exclude_flagged or (),
            subtotals=subtotals,
        )
    if source.as_json:
        options.print_json(result.to_json())
    else:
        print_result(result, source.language)


def _refuse_idle(
    metrics: list[str],
    index_weight: list[str] | None,
    include_flagged: bool,
    exclude_flagged: list[str] | None,
) -> None:
    """Refuse options that would change nothing.

    Raises
    ------
    BadInputError
        Weights of an index that is not asked for; rows both kept and left out.
    """
    if index_weight and not any(one.partition(":")[0] == "index" for one in metrics):
        raise BadInputError(IDLE_WEIGHTS)
    if include_flagged and exclude_flagged:
        raise BadInputError(BOTH_FLAGGED)


def print_result(result: Result, language: str) -> None:
    """Show a result as a table, with the facts it stands on."""
    from huiyin.app.cli.tables import print_table

    groups = list(result.cells[0].by) if result.cells else []
    blocks = [_estimate_columns(result, groups, language)]
    if any(cell.comparison for cell in result.cells):
        blocks.append(_comparison_columns(result, language))
    if result.data.weighting:
        blocks.append(_weighting_columns(result, language))
    headers = [header for block in blocks for header in block[0]]
    parts = zip(*(block[1] for block in blocks), strict=True)
    rows = [[word for words in row for word in words] for row in parts]
    first = 1 + len(groups)
    print_table(headers, rows, numbers=range(first, first + 4))
    _print_facts(result, language)


Columns = tuple[list[str], list[list[str]]]


def _estimate_columns(result: Result, groups: list[str], language: str) -> Columns:
    from huiyin.measure.contracts import Counted
    from huiyin.report import numbers
    from huiyin.report.code_names import flag_names, group_name

    rows = [
        [
            cell.label.say(language),
            *(_group_word(cell, group, language) for group in groups),
            numbers.estimate(cell, language),
            numbers.cell_interval(cell, language),
            numbers.count(numbers.shown_n(cell, cell.n)),
            numbers.count(numbers.shown_n(cell, cell.n_customers)),
        ]
        for cell in result.cells
    ]
    answers = all(cell.counted is Counted.ANSWERS for cell in result.cells)
    n = ANSWERS if answers else Text.same("n")
    names = [text.say(language) for text in (METRIC, ESTIMATE, INTERVAL, n, CUSTOMERS)]
    called = [group_name(group).say(language) for group in groups]
    if any(cell.flags for cell in result.cells):
        names.append(MARK.say(language))
        marks = (flag_names(cell.flags, language) for cell in result.cells)
        rows = [[*row, mark] for row, mark in zip(rows, marks, strict=True)]
    return [names[0], *called, *names[1:]], rows


def _group_word(cell: Cell, group: str, language: str) -> str:
    """Say which group a cell is: all of them in a subtotal, and where it was not given."""
    if group not in cell.by:
        return ALL.say(language)
    from huiyin.codebook.bands import group_text

    value = cell.by[group]
    return (group_text(group, value) if value else UNKNOWN).say(language)


def _comparison_columns(result: Result, language: str) -> Columns:
    from huiyin.report import numbers
    from huiyin.report.code_names import against_name

    rows = []
    for cell in result.cells:
        chip = numbers.chip(cell, language)
        against = cell.comparison.against if cell.comparison else ""
        gap = _gap(cell, language)
        rows.append([against_name(against).say(language), gap, str(chip or "")])
    return [AGAINST.say(language), DIFFERENCE.say(language), CALL.say(language)], rows


def _gap(cell: Cell, language: str) -> str:
    """Give a difference with its interval, as far as they are known."""
    from huiyin.measure.contracts import Unit
    from huiyin.report import numbers
    from huiyin.report.words import word

    found = cell.comparison
    if found is None or found.difference is None:
        return ""
    unit = word("unit.share_points", language) if cell.unit is Unit.SHARE else ""
    words, low, high = (
        numbers.difference(value, cell.unit, language).removesuffix(unit)
        for value in (found.difference, found.low, found.high)
    )
    return words + unit if found.low is None else f"{words} [{low}, {high}]{unit}"


def _weighting_columns(result: Result, language: str) -> Columns:
    """Put the unweighted estimate and the design effect beside each weighted one."""
    from huiyin.report import numbers

    beside = {(c["metric"], *c["by"].items()): c for c in (result.data.weighting or {})["cells"]}
    rows = []
    for cell in result.cells:
        facts = beside.get((cell.metric, *cell.by.items()), {})
        unweighted = numbers.number(facts.get("unweighted"), cell.unit, language)
        rows.append([unweighted, numbers.plain(facts.get("design_effect"))])
    return [UNWEIGHTED.say(language), DESIGN_EFFECT.say(language)], rows


def _print_facts(result: Result, language: str) -> None:
    from huiyin.report.numbers import count

    facts = {
        "used": count(result.data.used),
        "rows": f"{result.data.rows:,}",
        "level": f"{result.query.level:.0%}",
    }
    lines = [options.say(USED, language, **facts)]
    if result.data.excluded:
        lines.append(options.say(LEFT_OUT, language, rules=_left_out(result, language)))
    lines += [f"{d.label.say(language)}: {d.formula.say(language)}" for d in result.definition]
    lines += [note.say(language) for note in result.notes]
    untested = (cell.comparison.note for cell in result.cells if cell.comparison)
    lines += dict.fromkeys(note.say(language) for note in untested if note)
    sys.stdout.write("\n" + "\n".join(lines) + "\n")


def _left_out(result: Result, language: str) -> str:
    """Name the rules that left rows out, in words, with how many."""
    from huiyin.clean.rules import all_rules
    from huiyin.core.text import listed

    titles = {rule.id: rule.title for rule in all_rules()}
    rules = ((titles.get(rule, Text.same(rule)), n) for rule, n in result.data.excluded.items())
    return listed(title.say(language) + f" {n:,}" for title, n in rules if n).say(language)
