"""Words of views: titles, captions, what does not fit and why."""

# ruff: noqa: E501 -- one sentence a line

from __future__ import annotations

from collections.abc import Mapping

from huiyin.core.text import Text, begun
from huiyin.report.words import WORDS

OWN: Mapping[str, Text] = {
    "title.by": Text("{metrics}（按{by}）", "{metrics} by {by}"),
    "caption.none": Text("没有可以显示的数。", "There is no number to show."),
    "caption.no_call": Text("按{by}看，最高的是{best}（{high}），最低的是{worst}（{low}）；没有检验差别，要检验请选“和其余比”。", "By {by}, {best} is highest ({high}) and {worst} lowest ({low}); nothing was tested: compare with the rest to do so."),
    "caption.untold": Text("按{by}看，最高的是{best}（{high}），最低的是{worst}（{low}）。有的组人太少、不显示，差别的结论因此也不给出。", "By {by}, {best} is highest ({high}) and {worst} lowest ({low}). Some groups are too small to be shown, so differences are not called either."),
    "caption.real": Text("和{against}比，{parts}。", "Against {against}, {parts}."),
    "caption.better": Text("{which}真的更好", "{which} is really better"),
    "caption.worse": Text("{which}真的更差", "{which} is really worse"),
    "caption.nothing": Text("和{against}比，没有一个差别能确认是真的。", "Against {against}, no difference can be confirmed."),
    "caption.and": Text("，", "; "), "caption.etc": Text("等 {n} 个", " and others ({n})"),
    "caption.left": Text("只画出 {shown} 个，共 {total} 个。", "{shown} of {total} are drawn."),
    "caption.one": Text("{metric} {value}，{interval}，{n}。", "{metric} {value} {interval}, {n}."),
    "caption.moved": Text("最近一期（{period}）{metric} {value}，和{against}比：{call}。", "In the last period ({period}) {metric} is {value}; against {against}: {call}."),
    "caption.last": Text("最近一期（{period}）{metric} {value}，{interval}。", "In the last period ({period}) {metric} is {value} {interval}."),
    "caption.lines": Text("画出答卷最多的 {n} 条线，共 {total} 条。", "The {n} lines with most answers are drawn, of {total}."),
    "target": Text("目标 {value}", "target {value}"),
    # why a kind does not fit
    "fit.group": Text("这种图要先放一个分组", "This chart needs a group first"),
    "fit.time": Text("这种图要先选时间粒度（按月、按周…）", "This chart needs a length of period first (months, weeks…)"),
    "fit.no_time": Text("这种图不画时间：请去掉时间粒度", "This chart has no time in it: take the length of period away"),
    "fit.one_unit": Text("这些指标单位不同，不能画在一根轴上", "These metrics have different units and cannot share an axis"),
    "fit.one_metric": Text("这种图只画一个指标", "This chart draws one metric"),
    "fit.few_groups": Text("分组太多：最多 {n} 个分组列", "Too many groups: {n} grouping columns at most"),
    "fit.many": Text("分组有 {n} 个，画不下；请用表格", "{n} groups do not fit here; use a table"),
    "fit.one": Text("只有一个数时才用大字显示", "Only a single number is shown in big type"),
    "fit.two": Text("这种图至少要两个数", "This chart needs two numbers at least"),
    "fit.pivot": Text("表格要有分组或时间", "A table needs groups or periods"),
}  # fmt: skip

_INSIDE = frozenset({"caption.better", "caption.worse", "caption.and", "caption.etc"})


def text(key: str, **facts: object) -> Text:
    """Give a text of a view, in both languages."""
    found = OWN.get(key) or WORDS[key]
    return found.format(**facts) if facts else found


def say(key: str, language: str, **facts: object) -> str:
    """Say a word of a view, or of a report, in `language`, its places filled."""
    said = text(key, **facts).say(language)
    return begun(said) if key.startswith("caption.") and key not in _INSIDE else said
