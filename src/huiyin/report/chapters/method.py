"""Definitions and methods: how each number came about, what it can say and what it cannot."""

# ruff: noqa: E501 -- one sentence a line

from __future__ import annotations

from collections.abc import Iterator, Mapping

from huiyin.analyse.contracts import Findings
from huiyin.codebook.roles import ROLE_TEXT
from huiyin.core.text import Text
from huiyin.measure.condition_words import conditions_text, typed_texts
from huiyin.measure.contracts import DataFacts, Definition, Unit
from huiyin.report.code_names import method_name
from huiyin.report.design_words import design_words
from huiyin.report.numbers import count, difference, plain, share
from huiyin.report.page import Block, Datum, Heading, Paragraph, Reader, Table

_BETWEEN = " · "
"""Between a metric and its column in a label."""
DEFINITIONS = Text("指标口径", "Definitions")
BY_RULES = Text("按指标规则版本 {n} 计算。", "Counted by version {n} of the metric rules.")
BASIS = Text("数据基础", "What the numbers stand on")
INTERVALS = Text("区间与判断", "Intervals and calls")
DOUBTS = Text("请核对的列（没有参与计算）", "Please check these columns (not used)")
USED = Text(
    "共 {rows} 行，计算用了 {used} 行。数据版本 {snapshot}。",
    "{used} of {rows} rows are used. Data version {snapshot}.",
)
EXCLUDED = Text("按规则不计入：{rules}。", "Left out by rule: {rules}.")
FILTERED = Text("只看满足条件的行：{filters}。", "Only rows with: {filters}.")
ROW_RULE = Text("可见范围：{rule}。", "Rows in view: {rule}.")
WEIGHTED = Text("已加权：{facts}。", "Weighted: {facts}.")
UNWEIGHTED = Text(
    "没有加权：每份答卷算一份，结果代表答卷者，不自动代表全部客户。",
    "Not weighted: each answer counts once. The results speak for those who answered, "
    "not by themselves for all customers.",
)
DESIGN = Text("误差按抽样设计计算：{facts}。", "Errors follow the sampling design: {facts}.")
COVERAGE = Text(
    "标“小样本”的数，95% 区间实际包住真值的比例（模拟）",
    "How often 95% intervals hold the truth where a small sample is flagged (simulated)",
)
SMALL_SAMPLES = (
    ("NPS", "adjusted_wald", 0.955, 0.946),
    ("NPS", "t", 0.950, 0.933),
    ("mean", "t", 0.948, 0.934),
    ("share", "korn_graubard", 0.963, 0.947),
    ("share", "wilson", 0.954, 0.925),
)
"""From ``docs/methods/coverage.md``: number, interval, average and smallest coverage."""
_NUMBERS = {
    "NPS": Text("NPS", "NPS"),
    "mean": Text("均分、得分", "Means, scores"),
    "share": Text("占比", "Shares"),
}
ONE_SIDED = Text(
    "回答很一边倒时（例如八成选最高档），均分和加权 NPS 的 t 区间全靠少数低分，偏窄：20 份时包住真值的只有约 87%，"
    "50 份约 90%。所以有效份数不超过 25×偏度²（Cochran 1977）时，拖着长尾的那一端按偏度往外放"
    "（Johnson 1978，Hall 1983），包住真值的比例回到 95% 上下；另一端不动，仍是 R 的 t 区间。"
    "这样的数也标“小样本”：低分只有几份，请先看占比。",
    "Where answers are very one-sided (80% at the top, say) the t interval of a mean, and of an NPS "
    "under weights, rests on a few low answers and is too narrow: it holds the truth about 87% of the "
    "time at 20 answers, 90% at 50. With no more than 25 × skewness² effective answers (Cochran 1977) "
    "the end on the side of the long tail is therefore moved out by the skewness (Johnson 1978, Hall "
    "1983), which brings it back to about 95%; the other end stays that of R's t interval. Such a "
    "number is flagged as a small sample too: there are few low answers, trust the shares first.",
)
HOW = (
    Text(
        "区间：{level} 置信。不加权时，NPS 用调整 Wald 法（Rocks 2016），占比用 Wilson 法，均分和得分用 t 法；"
        "加权或同一客户多次作答时，用与 R survey 相同的 t 区间，占比用 Korn–Graubard 法。",
        "Intervals: {level} confidence. Unweighted: adjusted Wald for NPS (Rocks 2016), Wilson for "
        "shares, t for means and scores. With weights or several answers a customer: the t interval "
        "of R survey, and Korn–Graubard for shares.",
    ),
    Text(
        "区间只写到指标够得着的地方（占比 0–100%，得分 0–100，NPS −100 至 100，均分到量表两端）："
        "份数很少时 t 区间会超出，超出的部分没有意义，这里截去；JSON 里是没截的数。",
        "Intervals are told as far as the metric can reach (shares 0–100%, scores 0–100, NPS −100 to "
        "100, means to the ends of their scale): of very few answers a t interval reaches beyond, "
        "which means nothing and is cut off here. The JSON output gives the ends uncut.",
    ),
    Text(
        "判断按这个次序：差值的 90% 区间整个落在 ±Δ 之内，是“基本持平”；否则，同一次比较的全部检验经 "
        "Benjamini–Hochberg 校正后 q < {alpha}，是“真变化”或“真差别”；否则是“无法判断”，"
        "并给出大约还差多少份（以 80% 的把握分辨 Δ）。很一边倒的小组和其余、基准相比，差值的区间和 q 同样按偏度放宽。",
        "Calls, in this order: the 90% interval of the difference lies inside ±Δ: no meaningful "
        "change. Else q < {alpha} after Benjamini–Hochberg over all comparisons asked together: real. "
        "Else: cannot tell, with about how many more answers would settle it (80% power at Δ). Where a "
        "small, very one-sided group is compared with the rest or a benchmark, the interval of the "
        "difference and its q are widened for skewness too.",
    ),
    Text(
        "小样本：有效样本量不到 50 份，或抽样单位（客户、门店）不到 15 个时，标“小样本”。这时区间的实际把握"
        "可能低于标称，请只当作线索；样本再少就只给原因、不给数字。",
        "Small samples: under 50 effective answers, or under 15 clusters, a number is marked as a "
        "small sample. Its interval may then hold the truth less often than stated: take it as a "
        "hint. Where even less is known the reason stands in place of the number.",
    ),
    Text(
        "重要性：LMG 法把 R² 公平分给各因素（Shapley 值），超过 16 个因素改用 Johnson 相对权重；区间来自重抽样。"
        "重要性说的是“一起变动”，不是“改了就会变好”。",
        "Importance: LMG splits R² fairly among the drivers (Shapley values), beyond 16 drivers "
        "Johnson's relative weights; intervals by resampling. Importance says what moves together, "
        "not what a change would bring.",
    ),
    Text(
        "缺失：没答就是没答，不补数；每题按答了的人算。清洗只打标记，不删任何一行。",
        "Missing answers stay missing, nothing is filled in; each question counts those who answered. "
        "Cleaning flags rows and deletes none.",
    ),
)


def method_blocks(findings: Findings, reader: Reader) -> Iterator[Block]:
    """Definitions, the rows used, intervals and calls, and columns in doubt."""
    definitions = _all_definitions(findings)
    if definitions:
        yield Heading(reader.say(DEFINITIONS))
        yield _definitions_table(definitions, findings, reader)
        versions = sorted({d.rules_version for d in definitions})
        said = reader.word("list").join(str(version) for version in versions)
        yield Paragraph(reader.say(BY_RULES.format(n=said)))
    if findings.scorecard is not None:
        yield Heading(reader.say(BASIS))
        yield from _basis(findings, reader)
    yield Heading(reader.say(INTERVALS))
    facts = {"level": share(findings.level, 0), "alpha": plain(1 - findings.level)}
    for text in HOW:
        yield Paragraph(reader.say(text.format(**facts)))
    yield Heading(reader.say(COVERAGE))
    yield _coverage_table(reader)
    yield Paragraph(reader.say(ONE_SIDED))
    for note in findings.notes:
        yield Paragraph(reader.say(note))
    if findings.codebook.doubts:
        yield Heading(reader.say(DOUBTS))
        yield _doubts_table(findings, reader)


def _coverage_table(reader: Reader) -> Table:
    header = reader.header("value", "interval", "average", "smallest")
    rows = tuple(
        (
            Datum(reader.say(_NUMBERS[number])),
            Datum(reader.say(method_name(method).begun())),
            Datum(share(average), number=True),
            Datum(share(smallest), number=True),
        )
        for number, method, average, smallest in SMALL_SAMPLES
    )
    return Table(header, rows, numeric=frozenset({2, 3}), sortable=False)


def _all_definitions(findings: Findings) -> list[Definition]:
    shown = (findings.scorecard, findings.aspects)
    every = [d for result in shown if result is not None for d in result.definition]
    return list({d.metric: d for d in (*findings.definitions, *every)}.values())


def _definitions_table(definitions: list[Definition], findings: Findings, reader: Reader) -> Table:
    """Lay out how each metric is computed: one row for all that are computed alike."""
    units = {
        cell.metric: cell.unit
        for result in (findings.scorecard, findings.aspects)
        if result is not None
        for cell in result.cells
    }
    alike: dict[tuple[str, ...], list[Definition]] = {}
    for definition in definitions:
        told = _computed(definition, units, reader)
        alike.setdefault((_stem(definition), *told), []).append(definition)
    header = reader.header("metric", "formula", "delta", "notes")
    rows = tuple(
        (_named(those, reader), Datum(formula), Datum(delta, number=True), Datum(notes))
        for (_, formula, delta, notes), those in alike.items()
    )
    return Table(header, rows, numeric=frozenset({2}), sortable=False, kind="definitions")


def _computed(
    definition: Definition, units: Mapping[str, Unit], reader: Reader
) -> tuple[str, str, str]:
    notes = [reader.say(note) for note in definition.notes]
    if definition.please_check:
        notes.insert(0, "◌ " + reader.word("check"))
    unit = units.get(definition.metric)
    delta = (
        difference(definition.delta, unit, reader.language).lstrip("+")
        if unit is Unit.SHARE
        else f"{definition.delta:g}"
    )
    return reader.say(definition.formula), f"± {delta}", " ".join(notes)


def _stem(definition: Definition) -> str:
    return definition.metric.partition(":")[0]


def _named(alike: list[Definition], reader: Reader) -> Datum:
    """Name the metrics of a row; what their labels begin with is said once."""
    first = alike[0]
    if len(alike) == 1:
        return Datum(reader.say(first.label), f"{first.metric} v{first.version}")
    parts = [reader.say(one.label).partition(_BETWEEN) for one in alike]
    if len({begun for begun, _, _ in parts}) == 1 and all(column for _, _, column in parts):
        columns = reader.word("list").join(column for _, _, column in parts)
        said = f"{parts[0][0]}{_BETWEEN}{columns}"
    else:
        said = reader.word("list").join(reader.say(one.label) for one in alike)
    versions = reader.word("list").join(sorted({f"v{one.version}" for one in alike}))
    return Datum(said, f"{_stem(first)} {versions}")


def _basis(findings: Findings, reader: Reader) -> Iterator[Block]:
    if findings.scorecard is None:
        return
    data, query = findings.scorecard.data, findings.scorecard.query
    titles = {rule.rule_id: reader.say(rule.title) for rule in findings.ledger.rules}
    facts = {"rows": count(data.rows), "used": count(data.used), "snapshot": data.snapshot}
    yield Paragraph(reader.say(USED.format(**facts)))
    if data.excluded:
        comma = reader.word("list")
        rules = comma.join(f"{titles.get(i, i)} {count(n)}" for i, n in data.excluded.items())
        yield Paragraph(reader.say(EXCLUDED.format(rules=rules)))
    if query.where:
        yield Paragraph(reader.say(FILTERED.format(filters=conditions_text(query.where))))
    if data.row_rule:
        yield Paragraph(reader.say(ROW_RULE.format(rule=typed_texts(data.row_rule))))
    yield from _design(data, reader)


def _design(data: DataFacts, reader: Reader) -> Iterator[Block]:
    if data.weighting:
        yield Paragraph(reader.say(WEIGHTED.format(facts=design_words(data.weighting))))
    else:
        yield Paragraph(reader.say(UNWEIGHTED))
    if data.design:
        yield Paragraph(reader.say(DESIGN.format(facts=design_words(data.design))))


def _doubts_table(findings: Findings, reader: Reader) -> Table:
    header = reader.header("column", "guess", "reason")
    rows = tuple(
        (
            Datum(column.name),
            Datum(reader.say(ROLE_TEXT[column.role]), share(column.confidence, 0)),
            Datum(reader.say(column.reason)),
        )
        for column in findings.codebook.doubts
    )
    return Table(header, rows)
