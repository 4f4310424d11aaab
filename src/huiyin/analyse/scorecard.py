"""The headline numbers, the aspects, and each headline score without one cleaning rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from huiyin.analyse.contracts import LedgerScore
from huiyin.analyse.ports import Corridor
from huiyin.clean.contracts import Ledger
from huiyin.codebook.contracts import Role
from huiyin.core.text import Text
from huiyin.measure.contracts import Query, QueryError, Result


def answer_what_fits(corridor: Corridor, query: Query) -> tuple[Result | None, tuple[Text, ...]]:
    """Answer a query; where a metric does not fit its column, leave that metric out and say so.

    Returns
    -------
    Result or None
        None where no metric fits.
    tuple of Text
        One sentence per metric left out.
    """
    if not query.metrics:
        return None, ()
    try:
        return corridor.answer(query), ()
    except QueryError as fault:
        if len(query.metrics) == 1:
            return None, (fault.sentence,)
    fitting: list[str] = []
    refused: list[Text] = []
    for metric in query.metrics:
        result, sentences = answer_what_fits(corridor, replace(query, metrics=(metric,)))
        refused.extend(sentences)
        if result is not None:
            fitting.append(metric)
    if not fitting:
        return None, tuple(refused)
    return corridor.answer(replace(query, metrics=tuple(fitting))), tuple(refused)


def aspect_scores(corridor: Corridor, level: float) -> tuple[Result | None, tuple[Text, ...]]:
    """Score every aspect 0–100."""
    aspects = corridor.codebook.with_role(Role.ASPECT)
    metrics = tuple(f"score:{column.name}" for column in aspects if column.scale is not None)
    return answer_what_fits(corridor, Query(metrics=metrics, level=level))


def ledger_scores(
    corridor: Corridor, ledger: Ledger, metrics: Sequence[str], level: float
) -> tuple[LedgerScore, ...]:
    """Give the headline scores as they are, and with the rows back that one rule leaves out.

    A rule that only warns leaves no row out, so it has no line; nor has a rule that found none.
    """
    query = Query(metrics=tuple(metrics), level=level)
    given, _ = answer_what_fits(corridor, query)
    if given is None:
        return ()
    found = [LedgerScore(cell.metric, None, cell) for cell in given.cells]
    for rule in ledger.rules:
        if rule.excludes and rule.n_flagged:
            back = replace(query, metrics=given.query.metrics, include_flagged=(rule.rule_id,))
            cells = corridor.answer(back).cells
            found.extend(LedgerScore(cell.metric, rule.rule_id, cell) for cell in cells)
    return tuple(found)
