"""Why a number changed, or is behind a competitor, and what if an aspect were rated better."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import Field

from huiyin.analyse.why.run import explain_change
from huiyin.analyse.why.what_if import what_if
from huiyin.measure.contracts import DEFAULT_LEVEL, Against
from huiyin.measure.parse import parse_query
from huiyin.people.contracts import Person, Right
from huiyin.web.access import TheSystem, allow
from huiyin.web.bodies import Body, VersionNumber
from huiyin.web.corridors import View, open_view
from huiyin.web.stopping import STOPPABLE
from huiyin.web.told import told

if TYPE_CHECKING:
    from huiyin.measure.contracts import Query

router = APIRouter(prefix="/api/v1/datasets/{dataset_id}", tags=["why"])
MOST_DIMENSIONS = 40
MOST_FILTERS = 50
_PLACE = {"version", "rules_version", "metric", "seed"}
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]


class WhyBody(Body):
    """Which change or gap to take apart, in the words of ``huiyin why``.

    Without a metric it is what is furthest behind a competitor.
    """

    metric: str | None = None
    since: str | None = None
    until: str | None = None
    compare: str = Against.PREVIOUS.value
    by: list[str] = Field(default_factory=list, max_length=MOST_DIMENSIONS)
    where: list[str] = Field(default_factory=list, max_length=MOST_FILTERS)
    weight: str | None = None
    cluster: str | None = None
    points: str | None = None
    level: float = Field(DEFAULT_LEVEL, ge=0.5, lt=1)
    include_flagged: bool | list[str] = False
    exclude_flagged: list[str] = Field(default_factory=list)
    seed: int = Field(0, ge=0)
    version: VersionNumber | None = None
    rules_version: VersionNumber | None = None


class WhatIfBody(Body):
    """Which aspect to raise, by how many of 100 points, and what to look at."""

    aspect: str
    points: float = Field(ge=-100, le=100, allow_inf_nan=False)
    target: str | None = None
    bootstrap: int = Field(1000, ge=0, le=5000)
    seed: int = Field(0, ge=0)
    level: float = Field(DEFAULT_LEVEL, ge=0.5, lt=1)
    version: VersionNumber | None = None
    rules_version: VersionNumber | None = None


@router.post("/why", dependencies=[STOPPABLE])
def post_why(dataset_id: str, body: WhyBody, system: TheSystem, person: Reader) -> dict[str, Any]:
    """Say where a change or a gap sits; the shape is that of ``huiyin why --json``."""
    with system.database.reading() as session:
        view = open_view(
            session, system, person, dataset_id, body.version, rules_version=body.rules_version
        )
    query = _question(view, body)
    key = view.key("why", query.to_json(), body.seed)
    found: dict[str, Any] = told(
        system, person, view, key, lambda own: explain_change(own, query, seed=body.seed).to_json()
    )
    return found


def _question(view: View, body: WhyBody) -> Query:
    words = body.model_dump(exclude=_PLACE, exclude_defaults=True)
    words["compare"] = body.compare
    metrics = () if body.metric is None else (body.metric,)
    return parse_query(view.snapshot.asked_codebook, metrics, **words)


@router.post("/what-if", dependencies=[STOPPABLE])
def post_what_if(
    dataset_id: str, body: WhatIfBody, system: TheSystem, person: Reader
) -> dict[str, Any]:
    """Reckon what goes with an aspect rated better. Correlation, never cause."""
    with system.database.reading() as session:
        view = open_view(
            session, system, person, dataset_id, body.version, rules_version=body.rules_version
        )
    asked = body.model_dump(exclude={"version", "rules_version"})
    key = view.key("what_if", asked)
    found: dict[str, Any] = told(
        system, person, view, key, lambda own: what_if(own, **asked).to_json()
    )
    return found
