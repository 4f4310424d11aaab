"""Numbers: a query or the drivers of a dataset, the same as the command line gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import Field

from huiyin.analyse.drivers import find_drivers, with_index_weights
from huiyin.measure.contracts import DEFAULT_LEVEL, Query, Result
from huiyin.measure.parse import parse_query
from huiyin.people.contracts import Person, Right
from huiyin.web.access import TheSystem, allow
from huiyin.web.bodies import Body
from huiyin.web.corridors import View, open_view, opened_corridor
from huiyin.web.kept_results import kept

if TYPE_CHECKING:
    from huiyin.web.system import System

router = APIRouter(prefix="/api/v1/datasets/{dataset_id}", tags=["numbers"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]


class QueryBody(Body):
    """A question, in the words of ``huiyin query``; `version` asks an earlier state."""

    metrics: list[str] = Field(min_length=1, max_length=20)
    by: list[str] = Field(default_factory=list)
    where: list[str] = Field(default_factory=list)
    since: str | None = None
    until: str | None = None
    grain: str | None = None
    compare: str | None = None
    weight: str | None = None
    strata: str | None = None
    cluster: str | None = None
    index_weights: dict[str, float] = Field(default_factory=dict)
    points: str | None = None
    level: float = Field(DEFAULT_LEVEL, gt=0, lt=1)
    include_flagged: bool | list[str] = False
    exclude_flagged: list[str] = Field(default_factory=list)
    subtotals: bool = False
    version: int | None = None


class DriversBody(Body):
    """What to explain, by what."""

    target: str | None = None
    drivers: list[str] | None = None
    bootstrap: int = Field(1000, ge=0, le=5000)
    seed: int = 0
    level: float = Field(DEFAULT_LEVEL, gt=0, lt=1)
    version: int | None = None


@router.post("/query")
def post_query(
    dataset_id: str, body: QueryBody, system: TheSystem, person: Reader
) -> dict[str, Any]:
    """Answer a question; the shape is that of ``huiyin query --json``."""
    with system.database.reading() as session:
        view = open_view(session, system, person, dataset_id, body.version)
    words = body.model_dump(exclude={"version"})
    key = view.key("query", words)
    found: dict[str, Any] = kept(
        system.folders.cache, key, lambda: answer_over(system, view, body).to_json()
    )
    return found


def answer_over(system: System, view: View, body: QueryBody) -> Result:
    """Answer a question over what somebody sees."""
    words = body.model_dump(exclude={"version", "metrics"}, exclude_defaults=True)
    query: Query = parse_query(view.snapshot.codebook, body.metrics, **words)
    with opened_corridor(system, view) as corridor:
        return corridor.answer(with_index_weights(corridor, query))


@router.post("/drivers")
def post_drivers(
    dataset_id: str, body: DriversBody, system: TheSystem, person: Reader
) -> dict[str, Any]:
    """Find what goes with the target; the shape is that of ``huiyin drivers --json``."""
    with system.database.reading() as session:
        view = open_view(session, system, person, dataset_id, body.version)
    key = view.key("drivers", body.model_dump(exclude={"version"}))
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
