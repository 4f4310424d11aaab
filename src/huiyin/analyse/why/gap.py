"""Why we are behind a competitor: on what, in which groups, and what those say who rate it higher.

Everything is over the people who rated both; each is their own control. The gap of all is the mean
of the groups' gaps by their share of these people, so a group's contribution is its share times its
gap, and there is nothing that a mix could bring: both sides are the same people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from huiyin.analyse.contracts import AnalysisError
from huiyin.analyse.ports import Corridor
from huiyin.analyse.why.dimensions import absent_of, taken_by_dimensions
from huiyin.analyse.why.gap_sentences import gap_finding
from huiyin.analyse.why.parts import ranked, tested
from huiyin.analyse.why.shapes import Gap, Voice, Why
from huiyin.analyse.why.voices import voices_behind
from huiyin.codebook.contracts import RATING_ROLES, Codebook, Column
from huiyin.codebook.rivals import GAP, gap_name, rivals_named, rivals_of
from huiyin.codebook.spoken import spoken
from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell, Compare, Filter, Query, Result, Side

RIVAL = Text("竞品", "the competitor")
KINDS = frozenset({"score", "mean", "satisfied", "dissatisfied"})
"""Metrics that every rating has: all aspects are set beside the competitor by the one asked for."""
NOBODY_ASKED = Text(
    "没有哪一项既问了我们、又问了一家竞品，说不出差在哪里",
    "Nothing is asked both of us and of one competitor: where the gap is cannot be told",
)
FEW_BEHIND = Text(
    "给竞品打分更高的人太少，不显示他们说了什么。",
    "Too few rate the competitor higher: what they say is not shown.",
)
NOBODY_BEHIND = Text("没有人给竞品打分更高。", "Nobody rates the competitor higher.")
NOTHING_SAID = Text(
    "给竞品打分更高的人，没有您能看的评论。",
    "There are no comments that you may read of those who rate the competitor higher.",
)


def explain_gap(corridor: Corridor, query: Query, compare: Compare, *, seed: int = 0) -> Why:
    """Find where a gap to a competitor is: on which aspects, and in which groups.

    Every aspect that is asked of both is compared, corrected as one family. The metric asked for is
    then taken apart by groups; where none or several are asked for, the one furthest behind.

    Parameters
    ----------
    corridor : Corridor
    query : Query
        Any number of metrics; `by` limits the dimensions.
    compare : Compare
        `column` names the competitor's block, or the competitor's column.
    seed : int
        Of the verbatims' draw.

    Returns
    -------
    Why
        With `gap`. A contribution is a group's share of the answers times its gap (differences
        within pairs: Student 1908, Biometrika 6(1):1-25), `beyond` what goes beyond the gap of all.

    Raises
    ------
    AnalysisError, QueryError
        Nothing is asked of both, or a name does not exist.
    """
    book = corridor.codebook
    result = corridor.answer(_beside(book, query, compare))
    ordered = _furthest_first(result)
    whole = _chosen(query, ordered)
    definition = next(one for one in result.definition if one.metric == whole.metric)
    own = book[definition.column or ""]
    (rival,) = rivals_named(book, own, compare.column)  # the corridor refuses none and several
    column_of = {one.metric: one.column or "" for one in result.definition}
    names = tuple(spoken(book[column_of[cell.metric]].label) for cell in ordered)
    gap = Gap(Text.same(rival.group) if rival.group else RIVAL, ordered, names)
    asked = replace(query, metrics=(whole.metric,), grain=None)
    bare = Why(
        query=asked,
        definition=definition,
        unit=whole.unit,
        data=result.data,
        before=Side(query.since, query.until),
        after=Side(query.since, query.until),
        whole=whole,
        dimensions=(),
        contributors=(),
        family=0,
        finding=gap_finding(whole, gap, result.definition, ()),
        notes=result.notes,
        gap=gap,
    )
    absent = _absent(whole)
    if absent is not None:
        return replace(bare, not_estimable=absent)
    taken, notes = taken_by_dimensions(corridor, asked, own.name)
    dimensions, family = tested(taken, whole.level)
    contributors = ranked(dimensions)
    gap, voices, said = _heard(corridor, asked, gap, (own, rival), seed)
    return replace(
        bare,
        dimensions=dimensions,
        contributors=contributors,
        family=family,
        finding=gap_finding(whole, gap, result.definition, contributors),
        voices=voices,
        notes=(*result.notes, *notes, *said),
        gap=gap,
    )


def _absent(whole: Cell) -> NotEstimable | None:
    """Say why there is no gap to take apart: pairs that are all alike have no error.

    Where everybody rates us alike our number has none; the gap has, where the competitor's varies.
    """
    absent, compared = absent_of(whole), whole.comparison
    if absent is None or compared is None or (compared.n_pairs or 0) <= 1:
        return absent
    if absent.reason is Reason.CONSTANT and compared.difference is not None:
        return None
    return NotEstimable(Reason.CONSTANT)


def paired_ratings(codebook: Codebook, block: str | None = None) -> tuple[Column, ...]:
    """List the ratings that are asked of us and of one competitor.

    Parameters
    ----------
    codebook : Codebook
    block : str, optional
        Of which competitor, where there are several.
    """
    return tuple(
        one
        for one in codebook.with_role(*RATING_ROLES)
        if len([r for r in rivals_of(codebook, one) if block is None or r.group == block]) == 1
    )


def _beside(codebook: Codebook, query: Query, compare: Compare) -> Query:
    """Ask for what was asked for, and for all else that the competitor is asked about."""
    block = _block_of(codebook, compare)
    kinds = {metric.partition(":")[0] for metric in query.metrics}
    kind = kinds.pop() if len(kinds) == 1 and kinds <= KINDS else "score"
    others = () if block is _ONE_COLUMN else paired_ratings(codebook, block)
    asked = {metric.partition(":")[2] for metric in query.metrics}
    beside = (f"{kind}:{one.name}" for one in others if one.name not in asked)
    metrics = tuple(dict.fromkeys((*query.metrics, *beside)))
    if not metrics:
        raise AnalysisError(NOBODY_ASKED)
    whom = compare if block is _ONE_COLUMN else replace(compare, column=block)
    return replace(query, metrics=metrics, by=(), grain=None, compare=whom)


_ONE_COLUMN = ""
"""Stands for the block of a competitor's column that stands by itself."""


def _block_of(codebook: Codebook, compare: Compare) -> str | None:
    """Give the block that the named column is of; None where no competitor is named."""
    named = compare.column
    if named is None or any(one.group == named for one in codebook):
        return named
    return (named in codebook and codebook[named].group) or _ONE_COLUMN


def _furthest_first(result: Result) -> tuple[Cell, ...]:
    """Order the aspects: furthest behind first, in margins of indifference; absent ones last."""
    better = {one.metric: 1.0 if one.higher_is_better else -1.0 for one in result.definition}

    def place(cell: Cell) -> tuple[bool, float]:
        compared = cell.comparison
        if compared is None or compared.difference is None:
            return True, 0.0
        return False, better[cell.metric] * compared.difference / compared.delta

    return tuple(sorted(result.cells, key=place))


def _chosen(query: Query, ordered: Sequence[Cell]) -> Cell:
    """Give the aspect to take apart: of those asked for, else of all, the one furthest behind."""
    asked = [cell for cell in ordered if cell.metric in query.metrics]
    return (asked or list(ordered))[0]


def too_few_beside(corridor: Corridor, query: Query, one: Filter) -> bool:
    """Tell whether a condition on a gap to a competitor picks, or leaves out, too few to be told.

    Parameters
    ----------
    corridor : Corridor
    query : Query
        With that condition among others.
    one : Filter
        Any; of other columns it is False.
    """
    if not one.column.startswith(GAP) or one.column in corridor.codebook:
        return False
    own = one.column.removeprefix(GAP).partition(":")[0]
    rows = replace(query, metrics=(f"mean:{own}",), by=(), grain=None, compare=None)
    (cell,) = corridor.answer(rows).cells
    return cell.not_estimable is not None and cell.not_estimable.reason is Reason.SUPPRESSED


def _heard(
    corridor: Corridor, query: Query, gap: Gap, sides: tuple[Column, Column], seed: int
) -> tuple[Gap, tuple[Voice, ...], tuple[Text, ...]]:
    """Count those who rate the competitor higher, and draw what they say, where they are enough."""
    behind = Filter(gap_name(*sides), "<", ("0",))
    where = (*query.where, behind)
    (cell,) = corridor.answer(replace(query, where=where, by=(), compare=None)).cells
    if cell.not_estimable is not None and cell.not_estimable.reason is Reason.SUPPRESSED:
        return gap, (), (FEW_BEHIND,)
    if cell.n == 0:
        return replace(gap, n_behind=0), (), (NOBODY_BEHIND,)
    voices = voices_behind(corridor, sides[0], query, behind, seed)
    told = replace(gap, n_behind=cell.n)
    return told, voices, () if voices else (NOTHING_SAID,)
