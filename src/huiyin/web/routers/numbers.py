"""Numbers: a query or the drivers of a dataset, the same as the command line gives."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import Field
from sqlalchemy.orm import Session

from huiyin.analyse.drivers import find_drivers, with_index_weights
from huiyin.core.text import Text
from huiyin.measure.contracts import DEFAULT_LEVEL, Against, Compare, Query, Result
from huiyin.measure.definitions.benchmarks import benchmarks
from huiyin.measure.definitions.weight_sets import weights_on
from huiyin.measure.definitions.words import day_of
from huiyin.measure.parse import parse_day, parse_query
from huiyin.measure.present import query_json
from huiyin.people.contracts import Person, Right
from huiyin.store.contracts import NotFoundError
from huiyin.web.access import TheSystem, allow
from huiyin.web.bodies import Body, VersionNumber
from huiyin.web.corridors import View, open_view, opened_corridor
from huiyin.web.kept_results import kept
from huiyin.web.lists import Format, exported
from huiyin.web.near_queries import note_question

if TYPE_CHECKING:
    from huiyin.web.system import System

router = APIRouter(prefix="/api/v1/datasets/{dataset_id}", tags=["numbers"])
WEIGHTS_OF = Text("权重集", "weight set")
BENCHMARKS = Text("基准表", "benchmark table")
MOST_GROUPS = 8
MOST_FILTERS = 50
NOT_ASKED = {"version", "rules_version", "scene", "benchmark_table",
             "now_version", "lang"}  # fmt: skip
"""Fields that say where and by what to answer; they are found before the question is asked."""
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
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


class DriversBody(Body):
    """What to explain, by what."""

    target: str | None = None
    drivers: list[str] | None = None
    bootstrap: int = Field(1000, ge=0, le=5000)
    seed: int = 0
    level: float = Field(DEFAULT_LEVEL, gt=0, lt=1)
    version: VersionNumber | None = None
    rules_version: VersionNumber | None = None


@router.post("/query", response_model=None)
def post_query(
    dataset_id: str,
    body: QueryBody,
    system: TheSystem,
    person: Reader,
    format: Format = "json",  # noqa: A002 -- the name in the address
) -> dict[str, Any] | Response:
    """Answer a question; the shape is that of ``huiyin query --json``, or a row for each cell."""
    with system.database.reading() as session:
        view = open_view(
            session, system, person, dataset_id, body.version, rules_version=body.rules_version
        )
        query = question(session, system, view, body)
    if format != "json":
        result = _answer(system, view, query)
        note_question(system, person, view, result.to_json())
        return exported(result.to_arrow().to_pylist(), format, "query")
    key = view.key("query", query_json(query))
    found: dict[str, Any] = kept(
        system.folders.cache, key, lambda: _answer(system, view, query).to_json()
    )
    note_question(system, person, view, found)
    return found


def answer_over(system: System, view: View, body: QueryBody) -> Result:
    """Answer a question over what somebody sees."""
    with system.database.reading() as session:
        query = question(session, system, view, body)
    return _answer(system, view, query)


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


def _answer(system: System, view: View, query: Query) -> Result:
    with opened_corridor(system, view) as corridor:
        return corridor.answer(with_index_weights(corridor, query))


@router.post("/drivers")
def post_drivers(
    dataset_id: str, body: DriversBody, system: TheSystem, person: Reader
) -> dict[str, Any]:
    """Find what goes with the target; the shape is that of ``huiyin drivers --json``."""
    with system.database.reading() as session:
        view = open_view(
            session, system, person, dataset_id, body.version, rules_version=body.rules_version
        )
    key = view.key("drivers", body.model_dump(exclude=NOT_ASKED))
    found: dict[str, Any] = kept(system.folders.cache, key, lambda: _drivers(system, view, body))
    return found


def _drivers(system: System, view: View, body: DriversBody) -> dict[str, Any]:
    with opened_corridor(system, view) as corridor:
        return find_drivers(
            corridor,
            body.target,
            body.drivers,
            bootstrap=body.bootstrap,
            seed=body.seed,
            level=body.level,
        ).to_json()
