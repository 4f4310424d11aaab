"""Questions to a dataset over HTTP: their words, and their answer over what somebody sees."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

from pydantic import Field
from sqlalchemy.orm import Session

from huiyin.analyse.drivers import with_index_weights
from huiyin.core.text import Text
from huiyin.measure.contracts import DEFAULT_LEVEL, Against, Compare, Query, Result
from huiyin.measure.definitions.benchmarks import benchmarks
from huiyin.measure.definitions.weight_sets import weights_on
from huiyin.measure.definitions.words import day_of
from huiyin.measure.parse import parse_day, parse_query
from huiyin.store.contracts import NotFoundError
from huiyin.web.bodies import Body, VersionNumber
from huiyin.web.corridors import View, opened_corridor

if TYPE_CHECKING:
    from huiyin.web.system import System

WEIGHTS_OF = Text("权重集", "weight set")
BENCHMARKS = Text("基准表", "benchmark table")
MOST_GROUPS = 8
MOST_FILTERS = 50
NOT_ASKED = {"version", "rules_version", "scene", "benchmark_table",
             "now_version", "lang"}  # fmt: skip
"""Fields that say where and by what to answer; they are found before the question is asked."""
Share = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class QueryBody(Body):
    """A question, in the words of ``huiyin query``.

    `version` asks an earlier state, `rules_version` by earlier metric rules, `scene` for the
    index by the weight set that holds for that scene on the last day asked about;
    `benchmark_table` limits ``compare: benchmark`` to one of the kept tables. `margins` holds
    the known shares (or counts) of a column's values, to weight the answers to.
    """

    metrics: list[str] = Field(min_length=1, max_length=20)
    by: list[str] = Field(default_factory=list, max_length=MOST_GROUPS)
    where: list[str] = Field(default_factory=list, max_length=MOST_FILTERS)
    since: str | None = None
    until: str | None = None
    grain: str | None = None
    compare: str | None = None
    weight: str | None = None
    margins: dict[str, dict[str, Share]] | None = None
    strata: str | None = None
    cluster: str | None = None
    index_weights: dict[str, float] = Field(default_factory=dict)
    points: str | None = None
    level: float = Field(DEFAULT_LEVEL, gt=0, lt=1)
    include_flagged: bool | list[str] = False
    exclude_flagged: list[str] = Field(default_factory=list)
    subtotals: bool = False
    version: VersionNumber | None = None
    rules_version: VersionNumber | None = None
    scene: str | None = None
    benchmark_table: str | None = None


def answer_over(system: System, view: View, body: QueryBody) -> Result:
    """Answer a question over what somebody sees."""
    with system.database.reading() as session:
        query = question(session, system, view, body)
    return answered(system, view, query)


def question(session: Session, system: System, view: View, body: QueryBody) -> Query:
    """Read the words of a question; weights of a scene and benchmarks come from the store.

    Raises
    ------
    QueryError
        A word cannot be understood.
    NotFoundError
        No weights hold for the scene, or there are no benchmarks.
    """
    asked = with_weights(session, system, body)
    words = asked.model_dump(exclude={*NOT_ASKED, "metrics"}, exclude_defaults=True)
    compared = words.get("compare") == Against.BENCHMARK.value
    if compared:
        del words["compare"]
    query = parse_query(view.snapshot.codebook, body.metrics, **words)
    if compared:
        found = benchmarks(session, body.benchmark_table)
        if not found:
            raise NotFoundError(BENCHMARKS, body.benchmark_table or "")
        query = replace(query, compare=Compare(Against.BENCHMARK, benchmarks=found))
    return query


def with_weights(session: Session, system: System, body: QueryBody) -> QueryBody:
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


def answered(system: System, view: View, query: Query) -> Result:
    """Answer a question over what somebody sees; weights of the index as the drivers give them."""
    with opened_corridor(system, view) as corridor:
        return corridor.answer(with_index_weights(corridor, query))
