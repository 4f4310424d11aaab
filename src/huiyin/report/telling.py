"""Findings as a document tells them: words in its language, calls that stand, ends that exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from huiyin.analyse.contracts import (
    CrossTable,
    Driver,
    DriverResult,
    Findings,
    GroupDifferences,
    LedgerScore,
    LevelShare,
    Linkage,
    QuestionSummary,
    Verbatim,
)
from huiyin.clean.contracts import RuleUse
from huiyin.codebook.contracts import Codebook
from huiyin.core.numbers import range_text
from huiyin.core.units import BOUNDS, Unit, within
from huiyin.measure.contracts import Call, Cell, Definition, Result
from huiyin.report.words import word

Told = Callable[[Cell], Cell]


def as_told(findings: Findings, language: str) -> Findings:
    """Set what the findings leave open until a document is written.

    Parameters
    ----------
    findings : Findings
    language : str
        A language tag. Words that are ours among the survey's own (“others”, “yes”, “0 to under
        80”) are put into it.

    Returns
    -------
    Findings
        A group whose difference does not stand (its dimension does not differ as a whole, or too
        few customers are behind it) is called “cannot tell”: a chart must not claim what its
        caption denies. An interval ends where its unit or its scale ends: the t interval of three
        answers may reach to 137 of 100. The findings themselves keep its ends.
    """
    told = _cut_to(findings)
    return replace(
        findings,
        scorecard=_told_result(findings.scorecard, told),
        aspects=_told_result(findings.aspects, told),
        trends=tuple(replace(t, cells=_each(told, t.cells)) for t in findings.trends),
        drivers=_told_drivers(findings.drivers),
        groups=tuple(told_groups(_cut_groups(g, told)) for g in findings.groups),
        linkages=tuple(_told_linkage(link, told, language) for link in findings.linkages),
        cross_tables=tuple(_told_table(table, language) for table in findings.cross_tables),
        questions=tuple(_told_question(q, told, language) for q in findings.questions),
        verbatims=tuple(_told_verbatim(one, language) for one in findings.verbatims),
        ledger=replace(findings.ledger, rules=tuple(_told_rule(r) for r in findings.ledger.rules)),
        ledger_scores=tuple(_told_score(s, told) for s in findings.ledger_scores),
        definitions=tuple(_told_definition(d) for d in findings.definitions),
    )


def told_groups(groups: GroupDifferences) -> GroupDifferences:
    """Call only those groups really different that are named best or worst."""
    named = {*groups.best, *groups.worst}
    return replace(
        groups, cells=tuple(_told_cell(cell, groups.dimension, named) for cell in groups.cells)
    )


def _cut_to(findings: Findings) -> Told:
    """Cut the interval of a cell where its unit ends, that of a mean where its scale does.

    Its name begins with a capital: it stands alone, in cards and rows.
    """
    results = [r for r in (findings.scorecard, findings.aspects) if r is not None]
    definitions = [*findings.definitions, *(d for r in results for d in r.definition)]
    columns = {d.metric: d.column for d in definitions}

    def cut(given: Cell) -> Cell:
        cell = replace(given, label=given.label.begun())
        if cell.low is None or cell.high is None:
            return cell
        column = cell.metric.partition(":")[2] or columns.get(cell.metric)
        ends = BOUNDS.get(cell.unit)
        if cell.unit is Unit.SCALE:
            ends = _scale_ends(findings.codebook, column)
        return replace(cell, low=within(cell.low, ends), high=within(cell.high, ends))

    return cut


def _scale_ends(codebook: Codebook, column: str | None) -> tuple[float, float] | None:
    if column is None or column not in codebook:
        return None
    scale = codebook[column].scale
    return None if scale is None else (scale.minimum, scale.maximum)


def _each(told: Told, cells: Iterable[Cell]) -> tuple[Cell, ...]:
    return tuple(told(cell) for cell in cells)


def _cut_groups(groups: GroupDifferences, told: Told) -> GroupDifferences:
    return replace(groups, cells=_each(told, groups.cells))


def _told_result(result: Result | None, told: Told) -> Result | None:
    if result is None:
        return None
    definitions = tuple(_told_definition(d) for d in result.definition)
    return replace(result, cells=_each(told, result.cells), definition=definitions)


def _told_definition(definition: Definition) -> Definition:
    return replace(definition, label=definition.label.begun())


def _told_rule(rule: RuleUse) -> RuleUse:
    return replace(rule, title=rule.title.begun())


def _told_score(score: LedgerScore, told: Told) -> LedgerScore:
    return replace(score, cell=told(score.cell), label=score.label.begun())


def _told_drivers(result: DriverResult | None) -> DriverResult | None:
    if result is None:
        return None
    return replace(result, drivers=tuple(_told_driver(driver) for driver in result.drivers))


def _told_driver(driver: Driver) -> Driver:
    if driver.performance_low is None or driver.performance_high is None:
        return driver
    ends = BOUNDS[Unit.POINTS]
    return replace(
        driver,
        performance_low=within(driver.performance_low, ends),
        performance_high=within(driver.performance_high, ends),
    )


def _told_linkage(link: Linkage, told: Told, language: str) -> Linkage:
    bands = (replace(c, by=_said_band(c, language)) for c in _each(told, link.bands))
    return replace(link, bands=tuple(bands))


def _said_band(cell: Cell, language: str) -> dict[str, str | None]:
    return {
        key: None if value is None else _said(value, language) for key, value in cell.by.items()
    }


def _said(words: str, language: str) -> str:
    return range_text(words).say(language)


def _told_cell(cell: Cell, dimension: str, named: set[str]) -> Cell:
    found = cell.comparison
    if found is None or found.call is not Call.REAL or str(cell.by.get(dimension)) in named:
        return cell
    return replace(cell, comparison=replace(found, call=Call.CANNOT_TELL, n_more=None))


def _told_table(table: CrossTable, language: str) -> CrossTable:
    return replace(
        table,
        row_values=_named(table.row_values, language, rest=table.row_rest),
        column_values=_named(table.column_values, language, rest=table.column_rest),
    )


def _named(values: tuple[str, ...], language: str, *, rest: bool) -> tuple[str, ...]:
    """Say the ranges, and name the last value anew, apart from all others."""
    said = tuple(_said(value, language) for value in values)
    if not rest or not said:
        return said
    name = word("others", language)
    if name in said[:-1]:
        name = word("all_others", language)
    while name in said[:-1]:
        name += "*"
    return (*said[:-1], name)


def _told_question(question: QuestionSummary, told: Told, language: str) -> QuestionSummary:
    return replace(
        question,
        mean=None if question.mean is None else told(question.mean),
        levels=tuple(_told_level(one, language) for one in question.levels),
    )


def _told_level(level: LevelShare, language: str) -> LevelShare:
    return level if level.said is None else replace(level, label=level.said.say(language))


def _told_verbatim(verbatim: Verbatim, language: str) -> Verbatim:
    if verbatim.band is None:
        return verbatim
    return replace(verbatim, band=_said(verbatim.band, language))
