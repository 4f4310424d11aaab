"""The headline numbers, the aspects, and each headline score without one cleaning rule."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from huiyin.analyse.contracts import LedgerScore
from huiyin.analyse.ports import Corridor
from huiyin.clean.contracts import Ledger
from huiyin.codebook.contracts import Role
from huiyin.core.text import Text
from huiyin.measure.contracts import Query, QueryError, Result

AS_GIVEN = Text("现在的得分", "as given")
WITHOUT_RULE = Text("不用“{rule}”", "without “{rule}”")
WITHOUT_ROWS = Text("再去掉“{rule}”标记的行", "also leaving out rows flagged “{rule}”")
WITHOUT_ANY_RULE = Text("一条规则也不用，全部算上", "without any rule, every row counted")
WITHOUT_ALL_ROWS = Text(
    "再去掉所有“只提示”规则标记的行", "also leaving out the rows of all rules that only warn"
)
ANY_RULE, ALL_WARNINGS = "any_rule", "all_warnings"
"""What stands for the rule where several are used the other way at once."""


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
    """Give the headline scores as they are, and with each rule used the other way.

    The rows that a rule leaves out come back; the rows that a rule only warns of are left out.
    A rule that found none has no line. Where several rules of a kind found some, a last line uses
    all of that kind the other way.
    """
    query = Query(metrics=tuple(metrics), level=level)
    given, _ = answer_what_fits(corridor, query)
    if given is None:
        return ()
    found = [LedgerScore(cell.metric, None, cell, AS_GIVEN) for cell in given.cells]
    for name, label, back, out in _other_ways(ledger):
        other = replace(given.query, include_flagged=back, exclude_flagged=out)
        cells = corridor.answer(other).cells
        found.extend(LedgerScore(cell.metric, name, cell, label) for cell in cells)
    return tuple(found)


def _other_ways(
    ledger: Ledger,
) -> Iterator[tuple[str, Text, tuple[str, ...], tuple[str, ...]]]:
    """Name each other way of using the rules: what it is, which rows come back, which go."""
    rules = [rule for rule in ledger.rules if rule.n_flagged]
    for rule in rules:
        if rule.excludes:
            yield rule.rule_id, WITHOUT_RULE.format(rule=rule.title), (rule.rule_id,), ()
        else:
            yield rule.rule_id, WITHOUT_ROWS.format(rule=rule.title), (), (rule.rule_id,)
    excluding = tuple(rule.rule_id for rule in rules if rule.excludes)
    warning = tuple(rule.rule_id for rule in rules if not rule.excludes)
    if len(excluding) > 1:
        yield ANY_RULE, WITHOUT_ANY_RULE, excluding, ()
    if len(warning) > 1:
        yield ALL_WARNINGS, WITHOUT_ALL_ROWS, (), warning
