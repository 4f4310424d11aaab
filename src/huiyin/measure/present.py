"""A result as JSON, as Arrow, and in a notebook. No arithmetic."""

from __future__ import annotations

import math
from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from huiyin.core.absence import Reason
from huiyin.core.numbers import number
from huiyin.core.text import ZH, Text
from huiyin.core.units import BOUNDS, within
from huiyin.measure.contracts import (
    Call,
    Cell,
    Compare,
    Comparison,
    DataFacts,
    Definition,
    Query,
    Result,
    is_over_time,
)

if TYPE_CHECKING:
    import pyarrow as pa

    from huiyin.core.absence import NotEstimable


def result_json(result: Result) -> dict[str, Any]:
    """Give the documented JSON shape of a result.

    Parameters
    ----------
    result : Result

    Returns
    -------
    dict
        ``query, definition, data, cells, notes``: see ``docs/contracts.md``. Numbers that do not
        exist are null; NaN never appears.
    """
    return {
        "query": query_json(result.query),
        "definition": [definition_json(definition) for definition in result.definition],
        "data": data_json(result.data),
        "cells": [cell_json(cell) for cell in result.cells],
        "notes": [dict(note) for note in result.notes],
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None


def query_json(query: Query) -> dict[str, Any]:
    """Give a query so that it can be asked again."""
    weighting = query.weighting
    return {
        "metrics": list(query.metrics),
        "by": list(query.by),
        "where": [
            {"column": f.column, "operator": f.operator, "values": list(f.values)}
            for f in query.where
        ],
        "since": _day(query.since),
        "until": _day(query.until),
        "grain": query.grain.value if query.grain else None,
        "compare": _compare_json(query.compare) if query.compare else None,
        "weight": weighting.column if weighting else None,
        "margins": [{"column": m.column, "shares": dict(m.shares)} for m in weighting.margins]
        if weighting
        else [],
        "strata": query.strata,
        "cluster": query.cluster,
        "level": query.level,
        "include_flagged": query.include_flagged
        if isinstance(query.include_flagged, bool)
        else list(query.include_flagged),
        "exclude_flagged": list(query.exclude_flagged),
        "index_weights": dict(query.index_weights),
        "subtotals": query.subtotals,
        **({"column_totals": True} if query.column_totals else {}),
        "points": query.points,
    }


def _compare_json(compare: Compare) -> dict[str, Any]:
    return {
        "against": compare.against.value,
        "column": compare.column,
        "value": compare.value,
        "since": _day(compare.since),
        "until": _day(compare.until),
        "benchmarks": [
            {
                "metric": b.metric,
                "value": b.value,
                "year": b.year,
                "source": b.source,
                "n": b.n,
                "by": dict(b.by),
            }
            for b in compare.benchmarks
        ],
    }


def definition_json(definition: Definition) -> dict[str, Any]:
    """Give what a metric means."""
    return {
        "metric": definition.metric,
        "version": definition.version,
        "label": dict(definition.label),
        "formula": dict(definition.formula),
        "column": definition.column,
        "delta": definition.delta,
        "higher_is_better": definition.higher_is_better,
        "notes": [dict(note) for note in definition.notes],
        "please_check": definition.please_check,
        "rules_version": definition.rules_version,
        "decomposable": definition.decomposable,
    }


def data_json(data: DataFacts) -> dict[str, Any]:
    """Give which rows the numbers stand on."""
    return {
        "rows": data.rows,
        "used": data.used,
        "excluded": dict(data.excluded),
        "since": _day(data.since),
        "until": _day(data.until),
        "snapshot": data.snapshot,
        "weighting": _plain(data.weighting),
        "design": _plain(data.design),
        "row_rule": list(data.row_rule),
        "ends": _day(data.ends),
    }


def _plain(value: Any) -> Any:
    """Turn facts into what JSON knows: no NaN, no frozen types."""
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(part) for part in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value


def _least(absent: NotEstimable) -> dict[str, int]:
    return {} if absent.minimum is None else {"minimum_n": absent.minimum}


def cell_json(cell: Cell) -> dict[str, Any]:
    """Give one cell: its numbers, or the reason they are not there."""
    head = {"by": dict(cell.by), "metric": cell.metric, "counted": cell.counted.value}
    if cell.not_estimable is not None:
        return {
            **head,
            "not_estimable": cell.not_estimable.reason.value,
            "unit": cell.unit.value,
            "n": cell.n,
            "n_customers": cell.n_customers,
            "label": dict(cell.label),
            **_least(cell.not_estimable),
            **_gap_beside(cell),
        }
    return {
        **head,
        "estimate": cell.estimate,
        "low": cell.low,
        "high": cell.high,
        "level": cell.level,
        "n": cell.n,
        "n_customers": cell.n_customers,
        "n_effective": cell.n_effective,
        "unit": cell.unit.value,
        "method": cell.method,
        "flags": list(cell.flags),
        "comparison": comparison_json(cell.comparison) if cell.comparison else None,
        "label": dict(cell.label),
    }


def _gap_beside(cell: Cell) -> dict[str, Any]:
    """Give what a number without an error of its own is compared with: pairs may have one."""
    compared, absent = cell.comparison, cell.not_estimable
    alike = absent is not None and absent.reason is Reason.CONSTANT
    if not alike or compared is None or compared.difference is None:
        return {}
    return {"comparison": comparison_json(compared)}


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Give one comparison."""
    return {
        "against": comparison.against,
        "reference": comparison.reference,
        "difference": comparison.difference,
        "low": comparison.low,
        "high": comparison.high,
        "p": comparison.p,
        "q": comparison.q,
        "delta": comparison.delta,
        "family": comparison.family,
        "call": comparison.call.value if comparison.call else None,
        "n_more": comparison.n_more,
        "beyond_reach": comparison.beyond_reach,
        "only_alone": comparison.only_alone,
        "note": dict(comparison.note) if comparison.note else None,
        **({} if comparison.n_pairs is None else {"n_pairs": comparison.n_pairs}),
    }


def result_arrow(result: Result) -> pa.Table:
    """Give one row per cell: group columns first, then the numbers, then the comparison."""
    import pyarrow as pa

    names = list(dict.fromkeys(name for cell in result.cells for name in cell.by))
    rows = [_row(cell, names) for cell in result.cells]
    if not rows:
        return pa.table({name: pa.array([], pa.string()) for name in ("metric", "unit")})
    schema = pa.schema(
        [(name, _arrow_type(name, pa) if name in NUMBERS else pa.string()) for name in rows[0]]
    )
    return pa.Table.from_pylist(rows, schema=schema)


COUNTS = frozenset({"n", "n_customers", "family", "n_more"})
NUMBERS = COUNTS | {
    "estimate", "low", "high", "level", "n_effective", "standard_error", "degrees_of_freedom",
    "reference", "difference", "difference_low", "difference_high", "p", "q", "delta",
}  # fmt: skip


def _arrow_type(name: str, pa: Any) -> Any:
    return pa.int64() if name in COUNTS else pa.float64()


def _row(cell: Cell, names: list[str]) -> dict[str, Any]:
    compared = cell.comparison
    # a group column may be called like one of ours: then ours keeps its name
    row: dict[str, Any] = {
        (f"by_{name}" if name in NUMBERS or name in WORDS else name): cell.by.get(name)
        for name in names
    }
    return row | {
        "metric": cell.metric,
        "label": cell.label.say(ZH),
        "unit": cell.unit.value,
        "estimate": cell.estimate,
        "low": cell.low,
        "high": cell.high,
        "level": cell.level,
        "n": cell.n,
        "n_customers": cell.n_customers,
        "n_effective": cell.n_effective,
        "standard_error": cell.standard_error,
        "degrees_of_freedom": cell.degrees_of_freedom,
        "method": cell.method,
        "flags": " ".join(cell.flags),
        "not_estimable": cell.not_estimable.reason.value if cell.not_estimable else None,
        "against": compared.against if compared else None,
        "reference": compared.reference if compared else None,
        "difference": compared.difference if compared else None,
        "difference_low": compared.low if compared else None,
        "difference_high": compared.high if compared else None,
        "p": compared.p if compared else None,
        "q": compared.q if compared else None,
        "delta": compared.delta if compared else None,
        "family": compared.family if compared else None,
        "call": compared.call.value if compared and compared.call else None,
        "n_more": compared.n_more if compared else None,
    }


WORDS = frozenset(
    {"metric", "label", "unit", "method", "flags", "not_estimable", "against", "call"}
)


def result_html(result: Result) -> str:
    """Give a table for a notebook; everything from the data is escaped."""
    names = list(dict.fromkeys(name for cell in result.cells for name in cell.by))
    heads = [*names, "指标", "数值", "区间", "n", "说明"]
    head = "".join(f"<th>{escape(name)}</th>" for name in heads)
    body = "".join(f"<tr>{_cells_html(cell, names)}</tr>" for cell in result.cells)
    used = "—" if result.data.used is None else f"{result.data.used:,}"
    foot = f"{used} / {result.data.rows:,}"
    return (
        f'<table class="huiyin-result"><thead><tr>{head}</tr></thead><tbody>{body}</tbody>'
        f"<tfoot><tr><td colspan={len(heads)}>{foot}</td></tr></tfoot></table>"
    )


def _cells_html(cell: Cell, names: list[str]) -> str:
    words = ["—" if cell.by.get(name) is None else str(cell.by[name]) for name in names]
    words.append(cell.label.say(ZH))
    if cell.estimate is None or cell.low is None or cell.high is None:
        reason = cell.not_estimable.say(ZH) if cell.not_estimable else ""
        words += ["—", "—", f"{cell.n:,}", reason]
    else:
        bounds = BOUNDS.get(cell.unit)
        ends = (number(within(end, bounds), cell.unit, ZH) for end in (cell.low, cell.high))
        interval = f"[{', '.join(end.removeprefix('+') for end in ends)}]"
        words += [number(cell.estimate, cell.unit, ZH), interval, f"{cell.n:,}", _said(cell)]
    return "".join(f"<td>{escape(word)}</td>" for word in words)


CALL_TEXT: dict[str, Text] = {
    "real": Text("真变化", "real"),
    "stable": Text("基本持平", "stable"),
    "cannot_tell": Text("无法判断", "cannot tell"),
}
REAL_DIFFERENCE = Text("真差别", "real difference")
SMALL_SAMPLE = Text("小样本", "small sample")


def _said(cell: Cell) -> str:
    said = [SMALL_SAMPLE if flag == "small_sample" else Text.same(flag) for flag in cell.flags]
    if cell.comparison:
        said.append(_call(cell.comparison))
    return " ".join(text.say(ZH) for text in said)


def _call(comparison: Comparison) -> Text:
    if comparison.call is None:
        return comparison.note or Text.same("")
    if comparison.call is Call.REAL and not is_over_time(comparison.against):
        return REAL_DIFFERENCE
    return CALL_TEXT[comparison.call.value]
