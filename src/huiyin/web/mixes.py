"""What the mix of sources does to a pooled score: as it is, by source, and at equal weights."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from huiyin.codebook.contracts import Codebook
from huiyin.collect.links.contracts import SOURCE_NAME
from huiyin.core.text import Text
from huiyin.measure.contracts import Filter, Margin, Query, Weighting
from huiyin.web.corridors import shown_counts

if TYPE_CHECKING:
    from huiyin.measure.contracts import Result
    from huiyin.web.corridors import TwofoldCorridor

EQUAL_NOTE = Text(
    "“等权”把每个来源算作一样重。它和合并得分差得多，说明合并得分受各来源份数多少左右。",
    "“Equal” counts every source the same. Where it is far from the pooled score, the pooled score "
    "depends on how many answers each source brings.",
)


def source_column(book: Codebook) -> str:
    """Give the column of a union that names the source: its first."""
    return next((c.name for c in book if c.name.startswith(SOURCE_NAME)), SOURCE_NAME)


def mix_json(corridor: TwofoldCorridor, metric: str) -> dict[str, Any]:
    """Ask for a metric by source, pooled, and with every source at the same weight.

    Parameters
    ----------
    corridor : TwofoldCorridor
        Over the result of a union.
    metric : str

    Returns
    -------
    dict
        ``sources`` with share and cell, ``pooled``, ``equal`` (None with fewer than two sources
        that have answers), ``note``.
    """
    column = source_column(corridor.codebook)
    by_source = corridor.answer(Query((metric,), by=(column,)))
    pooled = corridor.answer(Query((metric,)))
    counts = shown_counts(corridor, column)
    answered = [str(cell.by[column]) for cell in by_source.cells if cell.n and cell.by.get(column)]
    return {
        "metric": metric,
        "sources": _sources(by_source, column, counts),
        "pooled": pooled.to_json()["cells"][0],
        "equal": _equal(corridor, metric, column, answered),
        "note": dict(EQUAL_NOTE),
        "definition": pooled.to_json()["definition"],
    }


def _sources(result: Result, column: str, counts: dict[str, int | None]) -> list[dict[str, Any]]:
    known = [n for n in counts.values() if n is not None]
    total = sum(known) if len(known) == len(counts) else None
    sources = []
    for cell in result.to_json()["cells"]:
        rows = counts.get(cell["by"][column], 0)
        share = None if rows is None or not total else rows / total
        sources.append({"name": cell["by"][column], "rows": rows, "share": share, "cell": cell})
    return sources


def _equal(
    corridor: TwofoldCorridor, metric: str, column: str, answered: list[str]
) -> dict[str, Any] | None:
    if len(answered) < 2:  # noqa: PLR2004 -- a mix has several
        return None
    margin = Margin(column, dict.fromkeys(answered, 1 / len(answered)))
    asked = Query((metric,), where=(Filter(column, "=", tuple(answered)),))
    weighted = replace(asked, weighting=Weighting(margins=(margin,)))
    found: dict[str, Any] = corridor.answer(weighted).to_json()["cells"][0]
    return found
