"""A shared answer as a page of its own: its chart and its numbers as everywhere, no script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from huiyin.codebook.bands import group_text
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell, Definition, Result
from huiyin.report import numbers
from huiyin.report.boards.words import FACT, GENERATED
from huiyin.report.code_names import group_name
from huiyin.report.palette import DARK
from huiyin.web.asked_facts import asked_facts

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
    "table{border-collapse:collapse;width:100%;max-width:960px}"
    "th,td{padding:8px 16px 8px 0;border-bottom:1px solid var(--rule);text-align:left;"
    "vertical-align:top}th{font-size:12px;font-weight:500;color:var(--soft);white-space:nowrap}"
    ".n b{display:block;font-size:16px}"
    "small,.soft,footer,dd{color:var(--soft);font-size:13px}.good{color:var(--good)}"
    ".bad{color:var(--bad)}dl{margin:24px 0 8px;max-width:60em}"
    "dt{font-weight:600}dd{margin:0 0 8px}"
    ".mark{display:inline-block;margin:0 0 8px;padding:0 8px;border:1px solid var(--bad);"
    "border-radius:4px;color:var(--bad);font-size:13px}"
    "figure{margin:0 0 24px;max-width:960px}figure svg{max-width:100%;height:auto;display:block}"
    "figcaption{color:var(--soft);font-size:13px}.night,.phone{display:none}"
    "@media(prefers-color-scheme:dark){.day{display:none}.night{display:block}}"
    "@media(max-width:640px){body{padding:16px}.wide,thead{display:none}.phone{display:block}"
    "tr{display:block;padding:8px 0;border-bottom:1px solid var(--rule)}"
    "td{display:flex;justify-content:space-between;gap:16px;padding:4px 0;border:0;"
    "text-align:right}td::before{content:attr(data-head);color:var(--soft);text-align:left;"
    "white-space:nowrap}td:first-child{font-weight:600}}"
    "</style>"
)
_WORDS = {
    "metric": Text("指标", "metric"),
    "value": Text("数值", "value"),
    "reference": Text("对比值", "against"),
    "call": Text("判断", "call"),
    "unknown": Text("未知", "unknown"),
    "used": Text(
        "{used} 行参与计算，共 {rows} 行；{level} 置信区间。",
        "{used} of {rows} rows count; {level} confidence interval.",
    ),
}


@dataclass(frozen=True, slots=True)
class PageFigure:
    """A chart of the page: what it finds, and as SVG on light paper, wide and for a phone."""

    caption: str
    wide: str
    phone: str


def _dark(svg: str) -> str:
    """Give a chart as it is on dark paper."""
    for light, other in DARK.items():
        svg = re.sub(re.escape(light), other, svg, flags=re.IGNORECASE)
    return svg


def answer_page(
    result: Result,
    tag: str,
    title: str,
    figure: PageFigure | None = None,
    *,
    source: str = "",
    generated: bool = False,
) -> str:
    """Give the answer to a question as a page in a language; what is from the data is escaped.

    Parameters
    ----------
    result : Result
    tag : str
        Of the language.
    title : str
        What is asked.
    figure : PageFigure, optional
    source : str
        Name of the dataset.
    generated : bool
        Its rows are made up: the page says so.
    """
    names = list(dict.fromkeys(name for cell in result.cells for name in cell.by))
    compared = any(cell.comparison for cell in result.cells)
    known = {definition.metric: definition for definition in result.definition}
    metrics = len(result.definition) > 1 or not names
    heads = [group_name(name).say(tag) for name in names] + [_say("metric", tag)] * metrics
    tail = [_say("reference", tag), _say("call", tag)] if compared else []
    heads += [_say("value", tag), *tail]
    head = "".join(f"<th>{escape(name)}" for name in heads)
    rows = (
        [
            *_row(cell, names, tag, metrics=metrics),
            *(_call(cell, known.get(cell.metric), tag) if compared else ()),
        ]
        for cell in result.cells
    )
    body = "".join(f"<tr>{''.join(map(_cell, heads, row))}" for row in rows)
    title = escape(title)
    facts = "".join(_definitions(result, tag)), escape(_used(result, tag))
    return (
        f"{_HEAD.replace('{tag}', tag)}<title>{title}</title><h1>{title}</h1>"
        f"{_about(result, tag, source, generated=generated)}{_drawn(figure)}"
        f"<table><thead><tr>{head}</thead><tbody>{body}</tbody></table>"
        f"<dl>{facts[0]}</dl><footer>{facts[1]}</footer>"
    )


def _about(result: Result, tag: str, source: str, *, generated: bool) -> str:
    """Say what the numbers are of, and that they are made up where they are."""
    mark = f"<p class=mark>{escape(GENERATED.say(tag))}</p>" if generated else ""
    facts = (FACT.format(name=name, value=words) for name, words in asked_facts(result, source))
    return f"{mark}<p class=soft>{escape(' · '.join(fact.say(tag) for fact in facts))}</p>"


def _drawn(figure: PageFigure | None) -> str:
    if figure is None:
        return ""
    drawn = "".join(
        f"<div class={size}><div class=day>{svg}</div><div class=night>{_dark(svg)}</div></div>"
        for size, svg in (("wide", figure.wide), ("phone", figure.phone))
    )
    return f"<figure>{drawn}<figcaption>{escape(figure.caption)}</figcaption></figure>"


def _say(key: str, tag: str) -> str:
    return _WORDS[key].say(tag)


def _cell(head: str, words: str) -> str:
    """Give a cell of the table; on a phone each stands on a line of its own, behind its head."""
    return f'<td data-head="{escape(head)}">{words}'


def _row(cell: Cell, names: list[str], tag: str, *, metrics: bool) -> list[str]:
    """Give the groups of a cell, its metric where there are several, and its number."""
    groups = [_group(cell, name, tag) for name in names]
    value = f"<b>{escape(numbers.estimate(cell, tag))}</b>"
    small = "" if cell.not_estimable else f"<small>{escape(numbers.evidence(cell, tag))}</small>"
    words = (escape(word) for word in (*groups, *[cell.label.say(tag)] * metrics))
    return [*words, f"<span class=n>{value}{small}</span>"]


def _group(cell: Cell, column: str, tag: str) -> str:
    value = cell.by.get(column)
    return group_text(column, value).say(tag) if value else _say("unknown", tag)


def _call(cell: Cell, definition: Definition | None, tag: str) -> tuple[str, str]:
    better = definition.higher_is_better if definition else True
    chip = numbers.chip(cell, tag, higher_is_better=better)
    if cell.comparison is None or chip is None:
        return numbers.DASH, ""
    reference = numbers.number(cell.comparison.reference, cell.unit, tag)
    return escape(reference), f"<span class={chip.tone}>{escape(str(chip))}</span>"


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
