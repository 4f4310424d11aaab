"""A kept result becomes a `Result` again: what was answered once is drawn without asking."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.text import Text
from huiyin.core.units import Counted, Unit
from huiyin.measure.contracts import (
    Against,
    Benchmark,
    Call,
    Cell,
    Compare,
    Comparison,
    DataFacts,
    Definition,
    Filter,
    Grain,
    Margin,
    Query,
    Result,
    Weighting,
)

Document = Mapping[str, Any]


def result_of(document: Document) -> Result:
    """Read what `result_json` wrote.

    Standard errors and degrees of freedom are not part of the JSON shape: they are None.

    Parameters
    ----------
    document : mapping
        As ``huiyin query --json`` gives it.
    """
    level = document["query"]["level"]
    return Result(
        query_of(document["query"]),
        tuple(_definition(one) for one in document["definition"]),
        _data(document["data"]),
        tuple(_cell(one, level) for one in document["cells"]),
        tuple(Text.of(note) for note in document["notes"]),
    )


def query_of(document: Document) -> Query:
    """Read what `query_json` wrote."""
    weighting = None
    if document["weight"] or document["margins"]:
        margins = tuple(Margin(one["column"], one["shares"]) for one in document["margins"])
        weighting = Weighting(document["weight"], margins)
    flagged = document["include_flagged"]
    return Query(
        metrics=tuple(document["metrics"]),
        by=tuple(document["by"]),
        where=tuple(
            Filter(one["column"], one["operator"], tuple(one["values"]))
            for one in document["where"]
        ),
        since=_day(document["since"]),
        until=_day(document["until"]),
        grain=Grain(document["grain"]) if document["grain"] else None,
        compare=_compare(document["compare"]) if document["compare"] else None,
        weighting=weighting,
        strata=document["strata"],
        cluster=document["cluster"],
        level=document["level"],
        include_flagged=flagged if isinstance(flagged, bool) else tuple(flagged),
        exclude_flagged=tuple(document["exclude_flagged"]),
        index_weights=document["index_weights"],
        subtotals=document["subtotals"],
        column_totals=document.get("column_totals", False),
        points=document["points"],
    )


def _day(words: str | None) -> date | None:
    return date.fromisoformat(words) if words else None


def _compare(document: Document) -> Compare:
    return Compare(
        Against(document["against"]),
        document["column"],
        document["value"],
        tuple(Benchmark(**one) for one in document["benchmarks"]),
        _day(document["since"]),
        _day(document["until"]),
    )


def _definition(document: Document) -> Definition:
    facts = dict(document)
    for name in ("label", "formula"):
        facts[name] = Text.of(facts[name])
    facts["notes"] = tuple(Text.of(note) for note in facts["notes"])
    return Definition(**facts)


def _data(document: Document) -> DataFacts:
    facts = dict(document)
    days = {name: _day(facts.get(name)) for name in ("since", "until", "ends")}
    return DataFacts(**{**facts, **days, "row_rule": tuple(facts["row_rule"])})


def _cell(document: Document, level: float) -> Cell:
    absent = None
    if "not_estimable" in document:
        reason = Reason(document["not_estimable"])
        absent = NotEstimable(reason, document["n"], document.get("minimum_n"))
    compared = document.get("comparison")
    return Cell(
        by=document["by"],
        metric=document["metric"],
        label=Text.of(document["label"]),
        unit=Unit(document["unit"]),
        estimate=document.get("estimate"),
        low=document.get("low"),
        high=document.get("high"),
        level=document.get("level", level),
        counted=Counted(document.get("counted", Counted.ANSWERS)),
        n=document["n"],
        n_customers=document["n_customers"],
        n_effective=document.get("n_effective"),
        method=document.get("method", ""),
        flags=tuple(document.get("flags", ())),
        comparison=_comparison(compared) if compared else None,
        not_estimable=absent,
    )


def _comparison(document: Document) -> Comparison:
    facts = dict(document)
    facts["call"] = Call(facts["call"]) if facts["call"] else None
    facts["note"] = Text.of(facts["note"]) if facts["note"] else None
    return Comparison(**facts)
