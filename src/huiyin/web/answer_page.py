"""A shared answer as a page of its own: its chart and its numbers as everywhere, no script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from huiyin.codebook.bands import group_text
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell, Definition, Result
from huiyin.measure.parse import ANY_OF
from huiyin.report import numbers
from huiyin.report.code_names import against_name, condition_name, group_name
from huiyin.report.palette import DARK
from huiyin.web.board_filters import days_words

_HEAD = (
    "<!doctype html><html lang={tag}><meta charset=utf-8>"
    "<meta name=viewport content='width=device-width,initial-scale=1'><style>"
    ":root{color-scheme:light dark;--ink:#1f2329;--soft:#5c626b;--rule:#e3e6eb;--paper:#fff;"
    "--good:#0f7b75;--bad:#b93a31}"
    "@media(prefers-color-scheme:dark){:root{--ink:#e8eaed;--soft:#a9afb9;--rule:#343941;"
    "--paper:#1b1e23;--good:#4fc4ba;--bad:#ff8a7e}}"
    "body{margin:0;padding:24px;background:var(--paper);color:var(--ink);"
    "font:14px/1.6 -apple-system,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif;"
    "font-variant-numeric:tabular-nums}h1{font-size:20px;margin:0 0 16px}"
    ".scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;max-width:960px}"
    "th,td{padding:8px 16px 8px 0;border-bottom:1px solid var(--rule);text-align:left;"
    "vertical-align:top}th{font-size:12px;font-weight:500;color:var(--soft);white-space:nowrap}"
    ".n{text-align:right;white-space:nowrap}.n b{display:block;font-size:16px}"
    "small,.soft,footer,dd{color:var(--soft);font-size:13px}.good{color:var(--good)}"
    ".bad{color:var(--bad)}dl{margin:24px 0 8px;max-width:60em}"
    "dt{font-weight:600}dd{margin:0 0 8px}"
    "figure{margin:0 0 24px;max-width:960px;overflow-x:auto}"
    "figure svg{max-width:100%;min-width:600px;height:auto;display:block}th,td{min-width:4em}"
    "figcaption{color:var(--soft);font-size:13px}.night{display:none}"
    "@media(prefers-color-scheme:dark){.day{display:none}.night{display:block}}"
    "</style>"
)
_WORDS = {
    "title": Text("查询结果", "answer"),
    "metric": Text("指标", "metric"),
    "value": Text("数值", "value"),
    "reference": Text("对比值", "against"),
    "call": Text("判断", "call"),
    "unknown": Text("未知", "unknown"),
    "source": Text("数据：{what}", "Data: {what}"),
    "days": Text("时间：{what}", "Days: {what}"),
    "only": Text("只看：{what}", "Only: {what}"),
    "side": Text("对比：{what}", "Against: {what}"),
    "rows": Text("只含分享者能看的行：{what}", "Within the rows of who shared it: {what}"),
    "used": Text(
        "{used} 行参与计算，共 {rows} 行；{level} 置信区间。",
        "{used} of {rows} rows count; {level} confidence interval.",
    ),
}


@dataclass(frozen=True, slots=True)
class PageFigure:
    """A chart of the page: its title, what it finds, and the SVG on light paper."""

    title: str
    caption: str
    svg: str

    @property
    def dark(self) -> str:
        """The same on dark paper."""
        found = self.svg
        for light, other in DARK.items():
            found = re.sub(re.escape(light), other, found, flags=re.IGNORECASE)
        return found


def answer_page(
    result: Result, tag: str, figure: PageFigure | None = None, *, source: str = ""
) -> str:
    """Give the answer to a question as a page in a language; what is from the data is escaped.

    `source` names the dataset.
    """
    names = list(dict.fromkeys(name for cell in result.cells for name in cell.by))
    compared = any(cell.comparison for cell in result.cells)
    known = {definition.metric: definition for definition in result.definition}
    heads = [group_name(name).say(tag) for name in names] + [_say("metric", tag)]
    tail = [_say("reference", tag), _say("call", tag)] if compared else []
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    head += f"<th class=n>{_say('value', tag)}</th>" + "".join(f"<th>{name}</th>" for name in tail)
    body = "".join(
        _row(cell, names, _call(cell, known.get(cell.metric), tag) if compared else "", tag)
        for cell in result.cells
    )
    title = _say("title", tag) if figure is None else escape(figure.title)
    facts = "".join(_definitions(result, tag)), escape(_used(result, tag))
    return (
        f"{_HEAD.replace('{tag}', tag)}<title>{title}</title><h1>{title}</h1>"
        f"{_asked(result, tag, source)}{_drawn(figure)}<div class=scroll>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
        f"<dl>{facts[0]}</dl><footer>{facts[1]}</footer>"
    )


def _asked(result: Result, tag: str, source: str) -> str:
    """Say of which days and answers the numbers are, against whom: readers have this page alone."""
    query, compared = result.query, next((c.comparison for c in result.cells if c.comparison), None)
    only = (f"{one.column}{one.operator}{ANY_OF.join(one.values)}" for one in query.where)
    said = {
        "source": source,
        "days": days_words(query.since, query.until).say(tag) if query.since or query.until else "",
        "only": " · ".join(condition_name(words).say(tag) for words in only),
        "side": against_name(compared.against).say(tag) if compared else "",
        "rows": " · ".join(result.data.row_rule),
    }
    parts = [_WORDS[key].format(what=what).say(tag) for key, what in said.items() if what]
    return f"<p class=soft>{escape(' · '.join(parts))}</p>" if parts else ""


def _drawn(figure: PageFigure | None) -> str:
    if figure is None:
        return ""
    both = f"<div class=day>{figure.svg}</div><div class=night>{figure.dark}</div>"
    return f"<figure>{both}<figcaption>{escape(figure.caption)}</figcaption></figure>"


def _say(key: str, tag: str) -> str:
    return _WORDS[key].say(tag)


def _row(cell: Cell, names: list[str], call: str, tag: str) -> str:
    groups = [_group(cell, name, tag) for name in names]
    words = "".join(f"<td>{escape(word)}</td>" for word in [*groups, cell.label.say(tag)])
    value = f"<b>{escape(numbers.estimate(cell, tag))}</b>"
    small = "" if cell.not_estimable else f"<small>{escape(numbers.evidence(cell, tag))}</small>"
    return f"<tr>{words}<td class=n>{value}{small}</td>{call}"


def _group(cell: Cell, column: str, tag: str) -> str:
    value = cell.by.get(column)
    return group_text(column, value).say(tag) if value else _say("unknown", tag)


def _call(cell: Cell, definition: Definition | None, tag: str) -> str:
    better = definition.higher_is_better if definition else True
    chip = numbers.chip(cell.comparison, cell.unit, tag, higher_is_better=better)
    if cell.comparison is None or chip is None:
        return f"<td>{numbers.DASH}<td>"
    reference = numbers.number(cell.comparison.reference, cell.unit)
    return f"<td>{escape(reference)}<td class={chip.tone}>{escape(str(chip))}"


def _definitions(result: Result, tag: str) -> Iterator[str]:
    for definition in result.definition:
        notes = " ".join(note.say(tag) for note in definition.notes)
        words = f"{definition.formula.say(tag)} {notes}".strip()
        yield f"<dt>{escape(definition.label.say(tag))}<dd>{escape(words)}"
    for note in result.notes:
        yield f"<dd>{escape(note.say(tag))}"


def _used(result: Result, tag: str) -> str:
    facts = {
        "used": numbers.count(result.data.used),
        "rows": numbers.count(result.data.rows),
        "level": numbers.share(result.query.level, 0),
    }
    return _WORDS["used"].format(**facts).say(tag)
