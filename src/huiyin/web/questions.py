"""Questions to a dataset over HTTP: their words, and their answer over what somebody sees."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from huiyin.analyse.index_weights import has_index_weights, index_weights
from huiyin.analyse.views.definition import QueryWords
from huiyin.core.text import Text
from huiyin.measure.contracts import Against, Compare, Query, QueryError, Result
from huiyin.measure.definitions.benchmarks import benchmarks
from huiyin.measure.definitions.weight_sets import weights_on
from huiyin.measure.definitions.words import day_of
from huiyin.measure.parse import parse_day, parse_query
from huiyin.store.contracts import NotFoundError
from huiyin.web.corridors import TwofoldCorridor, View, opened_corridor
from huiyin.web.kept_results import kept

if TYPE_CHECKING:
    from huiyin.web.system import System

WEIGHTS_OF = Text("权重集", "weight set")
_NO_BENCHMARKS = Text(
    "还没有基准表：请先上传一份，再和基准比。",
    "There is no benchmark table yet: bring one first, then compare with it.",
)
BENCHMARKS = Text("基准表", "benchmark table")
NOT_ASKED = {"version", "rules_version", "scene", "benchmark_table",
             "now_version", "lang"}  # fmt: skip
"""Fields that say where and by what to answer; they are found before the question is asked."""


def answer_over(system: System, view: View, body: QueryWords) -> Result:
    """Answer a question over what somebody sees."""
    with system.database.reading() as session:
        query = question(session, system, view, body)
    with opened_corridor(system, view) as corridor:
        return answered(system, view, corridor, query)


def question(session: Session, system: System, view: View, body: QueryWords) -> Query:
    """Read the words of a question; weights of a scene and benchmarks come from the store.

    Raises
    ------
    QueryError
        A word cannot be understood, or there are no benchmarks at all.
    NotFoundError
        No weights hold for the scene, or there is no such benchmark table.
    """
    asked = with_weights(session, system, body)
    words = asked.model_dump(exclude={*NOT_ASKED, "metrics"}, exclude_defaults=True)
    compared = words.get("compare") == Against.BENCHMARK.value
    if compared:
        del words["compare"]
    query = parse_query(view.snapshot.asked_codebook, body.metrics, **words)
    if compared:
        found = benchmarks(session, body.benchmark_table)
        if not found and body.benchmark_table is None:
            raise QueryError(_NO_BENCHMARKS)
        if not found:
            raise NotFoundError(BENCHMARKS, body.benchmark_table or "")
        query = replace(query, compare=Compare(Against.BENCHMARK, benchmarks=found))
    return query


def with_weights(session: Session, system: System, body: QueryWords) -> QueryWords:
    """Put the weights that hold for a scene on the last day asked about in its place.

    Raises
    ------
    NotFoundError
        None hold.
    """
    if body.scene is None:
        return body
    day = parse_day(body.until, last=True) or day_of(system.clock())
    found = weights_on(session, body.scene, day)
    if found is None:
        raise NotFoundError(WEIGHTS_OF, f"{body.scene} {day}")
    weights = body.index_weights or dict(found.weights)
    return body.model_copy(update={"scene": None, "index_weights": weights})


def answered(system: System, view: View, corridor: TwofoldCorridor, query: Query) -> Result:
    """Answer a question over what somebody sees; weights of the index as the drivers give them."""
    return corridor.answer(_weighed(system, view, corridor, query))


def _weighed(system: System, view: View, corridor: TwofoldCorridor, query: Query) -> Query:
    """Let the drivers weigh the index where nothing else does; found once for a version."""
    if has_index_weights(corridor, query):
        return query
    key = view.score_key("index weights")
    found = kept(system.folders.cache, key, lambda: index_weights(corridor))
    return replace(query, index_weights=found)
