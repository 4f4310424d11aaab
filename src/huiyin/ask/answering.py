"""A query that was asked → an answer, through the one corridor."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from huiyin.analyse.concerns import concerned
from huiyin.analyse.drivers import find_drivers
from huiyin.analyse.index_weights import with_index_weights
from huiyin.analyse.ports import Corridor
from huiyin.analyse.verbatims import sample_verbatims
from huiyin.analyse.why.gap import too_few_beside
from huiyin.analyse.why.run import explain_change
from huiyin.ask.answers import Answer
from huiyin.ask.contracts import Answerable, Kind
from huiyin.ask.opposing import among_groups, kept_sides, subject_of
from huiyin.ask.outcomes import in_data
from huiyin.ask.ranking import past_bound, rank_groups, ranking_query
from huiyin.ask.sentences import (
    TOO_FEW_TO_RELATE,
    bound_sentence,
    drivers_sentence,
    number_sentence,
    ranking_sentence,
    relation_sentence,
    voices_sentence,
    with_doubt,
    with_end,
)
from huiyin.ask.within import Within
from huiyin.ask.wording import titles_of
from huiyin.codebook.contracts import Column, Role
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.contracts import Against, Filter, Query
from huiyin.stats.ranks import spearman

RESAMPLES = 200
MOST_VOICES = 12
FEWEST_PAIRS = 30


def answer_asked(corridor: Corridor, asked: Answerable) -> Answer:
    """Answer a question that was understood.

    Parameters
    ----------
    corridor : Corridor
        Of who asks: row rule and smallest group hold.
    asked : Answerable

    Returns
    -------
    Answer

    Raises
    ------
    QueryError, AnalysisError
        The data does not fit the question.
    """
    by_kind = {
        Kind.RANKING: _ranking,
        Kind.THRESHOLD: _threshold,
        Kind.WHY: _why,
        Kind.DRIVERS: _drivers,
        Kind.RELATION: _relation,
        Kind.VOICES: _voices,
    }
    query = in_data(asked.query, corridor.codebook)
    answer = by_kind.get(asked.kind, _numbers)(corridor, asked, query)
    ends = corridor.ends(query)
    sentence = with_doubt(with_end(answer.sentence.begun(), ends), asked.doubted)
    return replace(answer, sentence=sentence, ends=ends)


def _numbers(corridor: Corridor, asked: Answerable, query: Query) -> Answer:
    subject = subject_of(query)
    if subject is None:
        result = corridor.answer(with_index_weights(corridor, query))
        return Answer(asked, number_sentence(result, titles_of(corridor.codebook)), result)
    grouped = corridor.answer(with_index_weights(corridor, among_groups(query, subject)))
    result = kept_sides(grouped, subject, query.compare)
    return Answer(asked, number_sentence(result, titles_of(corridor.codebook)), result)


def _ranking(corridor: Corridor, asked: Answerable, query: Query) -> Answer:
    result = corridor.answer(ranking_query(query))
    rank = asked.understood.rank
    found = rank_groups(result, rank)
    return Answer(
        asked,
        ranking_sentence(result, found, rank, titles_of(corridor.codebook)),
        result,
        ranking=found,
    )


def _threshold(corridor: Corridor, asked: Answerable, query: Query) -> Answer:
    result = corridor.answer(query)
    bound = asked.understood.threshold
    if bound is None:
        return Answer(asked, number_sentence(result, titles_of(corridor.codebook)), result)
    found = past_bound(result, bound)
    return Answer(
        asked,
        bound_sentence(result, found, bound, titles_of(corridor.codebook)),
        result,
        bounded=found,
    )


def _why(corridor: Corridor, asked: Answerable, query: Query) -> Answer:
    gap = query.compare is not None and query.compare.against is Against.COMPETITOR
    metrics = query.metrics if gap else query.metrics[:1]
    found = explain_change(corridor, replace(query, metrics=metrics, by=()))
    return Answer(asked, found.finding, analysis={"why": found.to_json()})


def _drivers(corridor: Corridor, asked: Answerable, query: Query) -> Answer:
    target = column_of(query.metrics[0], corridor)
    rows = rows_of(query)
    inside = Within(corridor, rows) if rows else corridor
    found = find_drivers(inside, target.name if target else None, bootstrap=RESAMPLES)
    return Answer(asked, drivers_sentence(found), analysis={"drivers": found.to_json()})


def _relation(corridor: Corridor, asked: Answerable, query: Query) -> Answer:
    sides = [column_of(metric, corridor) for metric in query.metrics]
    first, second = sides[0], sides[1]
    if first is None or second is None or not _counts(first) or not _counts(second):
        return Answer(asked, relation_sentence(None, sides, 0), analysis={"relation": None})
    where = rows_of(query)
    if corridor.hidden_groups((where,)):
        return Answer(asked, TOO_FEW_TO_RELATE, analysis={"relation": None})
    sample = corridor.row_sample((first.name, second.name), where=where)
    known = sample.values[(sample.values == sample.values).all(axis=1)]
    if len(known) < FEWEST_PAIRS:
        return Answer(
            asked, relation_sentence(None, sides, len(known)), analysis={"relation": None}
        )
    signs = [_sign(column) for column in (first, second)]
    found = spearman(signs[0] * known[:, 0], signs[1] * known[:, 1])
    facts: dict[str, Any] = {
        "columns": [first.name, second.name],
        "correlation": found.estimate,
        "low": found.low,
        "high": found.high,
        "p": found.p,
        "n": len(known),
    }
    return Answer(asked, relation_sentence(found, sides, len(known)), analysis={"relation": facts})


def _counts(column: Column) -> bool:
    return column.scale is not None or column.role in {
        Role.OUTCOME, Role.AMOUNT, Role.COST, Role.DURATION,
    }  # fmt: skip


def _sign(column: Column) -> float:
    return -1.0 if column.scale is not None and column.scale.direction < 0 else 1.0


def _voices(corridor: Corridor, asked: Answerable, query: Query) -> Answer:
    target = corridor.codebook.first(Role.OVERALL, Role.CSAT, Role.NPS)
    named = _named_groups(corridor, query)
    where, aspects = rows_of(query), corridor.codebook.with_role(Role.ASPECT)
    if any(too_few_beside(corridor, query, one) for one in query.where):
        return Answer(asked, voices_sentence(0), analysis={"voices": [], "rated": None})
    found = sample_verbatims(corridor, target, named, aspects=aspects, where=where)[:MOST_VOICES]
    voices = [
        {
            "text": one.text,
            "column": one.column,
            "rating": one.rating,
            "by": dict(one.by),
            "about": list(one.about),
        }
        for one in found
    ]
    told = {
        "voices": voices,
        "concerns": concerned(corridor, where).to_json(),
        "rated": target.name if target else None,
    }
    return Answer(asked, voices_sentence(len(voices)), analysis=told)


def _named_groups(corridor: Corridor, query: Query) -> list[Column]:
    """Find the columns of which several groups are asked about: whose words these are is said."""
    columns = corridor.codebook
    several = [one for one in query.where if one.operator == "=" and len(one.values) > 1]
    found = [columns[one.column] for one in several if one.column in columns]
    return [column for column in found if column.scale is None]


def rows_of(query: Query) -> tuple[Filter, ...]:
    """Write the rows of a question as conditions, its days among them."""
    days = []
    if query.since:
        days.append(Filter(ANSWERED_ON_COLUMN, ">=", (query.since.isoformat(),)))
    if query.until:
        days.append(Filter(ANSWERED_ON_COLUMN, "<=", (query.until.isoformat(),)))
    return (*query.where, *days)


OWN_ROLES = {"nps": (Role.NPS,), "ces": (Role.CES,), "easy": (Role.CES,), "intent": (Role.INTENT,)}


def column_of(metric: str, corridor: Corridor) -> Column | None:
    """Find the column that a metric is about."""
    name, _, rest = metric.partition(":")
    if not rest:
        return corridor.codebook.first(*OWN_ROLES.get(name, ()))
    known = [c for c in corridor.codebook if rest == c.name or rest.startswith(f"{c.name}=")]
    return max(known, key=lambda c: len(c.name), default=None)
