"""Metric rules: value → text, in one canonical form with an explanation beside each key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from huiyin.measure.aspects import Aspect, Indicator
from huiyin.measure.catalogue import metric_catalogue
from huiyin.measure.metric import HOUSE_RULES, MetricRules

_TEXT = """\
# 指标规则：改动后存为新版本，旧版本永远不变，旧报告仍可按当时的规则重算。
# Metric rules. A change is kept as a new version; old versions never change.
format: 1

# 满意率：档数 → 最好的几档算满意；没列出的档数取 other_share（按档数占比）；
# fine_levels 档及以上按 fine_cut 处切开；settled 以外的档数列入“请核对”。不满意率与之对称
# satisfied share: number of levels → how many of the best count; other_share elsewhere; from
# fine_levels on, cut at fine_cut; levels not under settled are listed under “please check”
satisfied:
  top_levels: {top_levels}
  other_share: {other_share}
  fine_levels: {fine_levels}
  fine_cut: {fine_cut}
  settled: {settled}

# 轻松率：档数 → 最轻松的几档；没列出的档数同样取 other_share
# easy share of CES: number of levels → how many of the easiest count
easy:
  top_levels: {easy}

# 满意度得分：points 取 linear（最低 0 最高 100 等距）、times20、graded（100/80/60/30/0）
# 或 table（自定 tables，如 {{5: [0, 30, 60, 80, 100]}}）；
# other_scales：换算不适用的量表 refused（不算）或 linear（等距）
# 0–100 score: points is linear, times20, graded or table (then give tables);
# other_scales: refused or linear, for scales that points is not made for
score:
  points: {points}
{tables}  other_scales: {other_scales}

# NPS 只用于 0–10；问成 1–10 时 non_standard（标“非标准”，不作比较）或 refused（不算）
# NPS is asked on 0–10; on 1–10 it is non_standard (named so, never compared) or refused
nps:
  on_1_to_10: {odd_nps}

# 基本持平的幅度 Δ：NPS 点、占比（0.03 即 3 个百分点）、0–100 分、时长（对比时长的一部分）
# what still counts as no difference: NPS points, a proportion, points of 0–100, of durations a
# part of the duration compared with
delta:
  nps: {delta_nps}
  share: {delta_share}
  points: {delta_points}
  duration: {delta_duration}

# 运营指标的时间窗（天）：复购、流失、期初活跃、一次解决、合同宽限、转化；
# complaint_repeat_days 内同一客户同一事的投诉算一次；
# 没写订单号的投诉，被投诉订单占比只算到客户 complaint_order_days 内的上一单
# windows of operational metrics in days; complaints of one customer on one matter within
# complaint_repeat_days are one; for orders complained of, one that names no order goes to the
# customer's last one within complaint_order_days
windows:
{windows}

# 少于这么多客户的组不显示  groups of fewer customers are not shown
minimum_n: {minimum_n}

# 哪头好：higher 高好、lower 低好、as_asked 看题目；可单写一列，如 mean:等待时长
# which end is the good one; as_asked: the question says so; one column as mean:COLUMN
better:
{better}

# 综合满意度指数的默认权重（维度或列 → 权重）；留空 {{}} 则用权重集或驱动因素的权重
# default weights of the index (aspect or column → weight); {{}}: weight sets or drivers
index_weights:{weights}

# 维度树：维度 → 指标 → 列（列名或题目，取数据里先找到的）。from、until 是起止日（含），可省略
# aspects → indicators → columns (name or question, the first that the data has); from and until
# are the first and last day. 例 example:
# - name: 服务体验
#   label: {{zh-CN: 服务体验, en: service}}
#   from: 2025-01-01
#   indicators:
#   - {{name: 店员态度, columns: [店员态度, Q3], weight: 2}}
#   - {{name: 等待时间, until: 2025-06-30}}
aspects:{aspects}
"""


def rules_text(rules: MetricRules) -> str:
    """Write metric rules as text; reading it gives the same rules.

    Parameters
    ----------
    rules : MetricRules
        Its `version` is not part of the text.

    Returns
    -------
    str
        YAML with explanations in Chinese and English.
    """
    cuts = rules.cuts
    tables = {n: [_short(p) for p in table] for n, table in rules.points_tables.items()}
    return _TEXT.format(
        top_levels=_line(dict(cuts.satisfied)),
        other_share=_short(cuts.other_share),
        fine_levels=cuts.fine_levels,
        fine_cut=_short(cuts.fine_cut),
        settled=_line(sorted(cuts.settled)),
        easy=_line(dict(cuts.easy)),
        points=rules.level_points.value,
        tables=f"  tables: {_line(tables)}\n" if tables else "",
        other_scales=rules.other_scales.value,
        odd_nps=rules.odd_nps.value,
        delta_nps=_short(rules.delta_nps),
        delta_share=_short(rules.delta_share),
        delta_points=_short(rules.delta_points),
        delta_duration=_short(rules.delta_duration),
        windows="\n".join(f"  {key}: {n}" for key, n in rules.windows.days().items()),
        minimum_n=rules.minimum_n,
        better="\n".join(f"  {line}" for line in _better(rules)),
        weights=_block({k: _short(v) for k, v in rules.index_weights.items()}),
        aspects=_block([_aspect(one) for one in rules.aspects]),
    )


@cache
def house_text() -> str:
    """Write the house's rules: version 1."""
    return rules_text(HOUSE_RULES)


def _better(rules: MetricRules) -> list[str]:
    own = {metric.id: metric.better for metric in metric_catalogue().values()}
    named = {name: better.value for name, better in (own | dict(rules.better)).items()}
    return _dump(named, flow=False).splitlines()


def _aspect(aspect: Aspect) -> dict[str, Any]:
    plain: dict[str, Any] = {"name": aspect.name}
    if set(aspect.label.values()) != {aspect.name}:
        plain["label"] = dict(aspect.label)
    return plain | _days(aspect) | {"indicators": [_indicator(one) for one in aspect.indicators]}


def _indicator(indicator: Indicator) -> dict[str, Any]:
    plain: dict[str, Any] = {"name": indicator.name, "columns": list(indicator.columns)}
    if indicator.weight != 1:
        plain["weight"] = _short(indicator.weight)
    return plain | _days(indicator)


def _days(one: Aspect | Indicator) -> dict[str, date]:
    days = {"from": one.since, "until": one.until}
    return {name: day for name, day in days.items() if day is not None}


def _short(number: float) -> float | int:
    return int(number) if number == int(number) else number


def _line(value: Any) -> str:
    return _dump(value, flow=True).strip()


def _block(value: Mapping[str, Any] | list[Any]) -> str:
    """Write a mapping or list below its key, an empty one beside it."""
    if not value:
        return " {}" if isinstance(value, Mapping) else " []"
    lines = _dump(value, flow=False).rstrip("\n").splitlines()
    return "\n" + "\n".join(f"  {line}" for line in lines)


def _dump(value: Any, *, flow: bool) -> str:
    import yaml

    return yaml.safe_dump(
        value, allow_unicode=True, sort_keys=False, default_flow_style=flow, width=2**16
    )
