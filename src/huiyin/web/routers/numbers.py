"""Numbers: a query or the drivers of a dataset, the same as the command line gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends, Response
from pydantic import Field

from huiyin.analyse.drivers import find_drivers
from huiyin.analyse.views.definition import QueryWords
from huiyin.measure.contracts import DEFAULT_LEVEL
from huiyin.measure.present import query_json
from huiyin.people.contracts import Person, Right
from huiyin.web.access import TheSystem, allow
from huiyin.web.bodies import Body, VersionNumber
from huiyin.web.corridors import open_view
from huiyin.web.lists import Format, exported
from huiyin.web.questions import NOT_ASKED, answered, question
from huiyin.web.told import told

if TYPE_CHECKING:
    from huiyin.analyse.ports import Corridor

router = APIRouter(prefix="/api/v1/datasets/{dataset_id}", tags=["numbers"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]


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
    body: QueryWords,
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
        result = told(system, person, view, None, lambda own: answered(system, view, own, query))
        return exported(result.to_arrow().to_pylist(), format, "query")
    key = view.score_key("query", query_json(query))
    found: dict[str, Any] = told(
        system, person, view, key, lambda own: answered(system, view, own, query).to_json()
    )
    return found


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
    found: dict[str, Any] = told(system, person, view, key, lambda own: _drivers(own, body))
    return found


def _drivers(corridor: Corridor, body: DriversBody) -> dict[str, Any]:
    return find_drivers(
        corridor,
        body.target,
        body.drivers,
        bootstrap=body.bootstrap,
        seed=body.seed,
        level=body.level,
    ).to_json()
