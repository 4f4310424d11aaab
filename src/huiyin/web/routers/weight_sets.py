"""Weight sets of the index: dated, one line for each scene, with what each weight does."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import Field

from huiyin.measure.contracts import DEFAULT_LEVEL, Cell
from huiyin.measure.definitions.contracts import Weights
from huiyin.measure.definitions.sensitivity import Push, Sensitivity, sensitivity
from huiyin.measure.definitions.weight_sets import (
    SCENES,
    do_save_weight_set,
    weight_sets,
    weights_on,
)
from huiyin.measure.definitions.words import day_of
from huiyin.measure.parse import parse_query
from huiyin.measure.present import cell_json
from huiyin.people.contracts import Person, Right
from huiyin.web.access import TheSystem, allow, changing
from huiyin.web.bodies import Body, VersionNumber
from huiyin.web.corridors import open_view
from huiyin.web.lists import listed
from huiyin.web.told import told

router = APIRouter(prefix="/api/v1", tags=["weight sets"])
Reader = Annotated[Person, Depends(allow(Right.SEE_SCORES))]
Editor = Annotated[Person, Depends(allow(Right.EDIT_METRICS))]
WeightsByName = Annotated[dict[str, float], Field(max_length=200)]
MOST_PUSHED = 30
"""Weights that are moved in one answer: each takes two questions."""


class WeightSetBody(Body):
    """The next version of a scene's weights; `base_version` 0 where it has none yet."""

    scene: str
    weights: WeightsByName
    base_version: VersionNumber
    valid_from: date | None = None
    source: str = ""


class SensitivityBody(Body):
    """Weights to try; `old` defaults to the set that holds for `scene` on the last day."""

    new: Annotated[dict[str, float], Field(min_length=1, max_length=MOST_PUSHED)]
    old: Annotated[dict[str, float], Field(max_length=MOST_PUSHED)] | None = None
    scene: str | None = None
    where: list[str] = Field(default_factory=list)
    since: str | None = None
    until: str | None = None
    level: float = Field(DEFAULT_LEVEL, gt=0, lt=1)
    version: VersionNumber | None = None


@router.get("/weight-sets")
def get_weight_sets(system: TheSystem, _: Reader, scene: str | None = None) -> dict[str, Any]:
    """List weight sets by scene, newest first; `holds` marks those of today."""
    today = day_of(system.clock())
    with system.database.reading() as session:
        found = weight_sets(session, scene)
        held = [weights_on(session, name, today) for name in {one.scene for one in found}]
    ids = {one.id for one in held if one is not None}
    items = [weights_item(one) | {"holds": one.id in ids} for one in found]
    return listed(items) | {"scenes": {name: dict(label) for name, label in SCENES.items()}}


@router.post("/weight-sets", status_code=201)
def post_weight_set(body: WeightSetBody, request: Request, person: Editor) -> dict[str, Any]:
    """Keep weights as the next version of a scene; refused where one was saved since."""
    with changing(request, person) as uow:
        made = do_save_weight_set(
            uow,
            body.scene,
            body.weights,
            base_version=body.base_version,
            valid_from=body.valid_from,
            source=body.source,
        )
    return weights_item(made)


@router.post("/datasets/{dataset_id}/index-sensitivity")
def post_sensitivity(
    dataset_id: str, body: SensitivityBody, system: TheSystem, person: Reader
) -> dict[str, Any]:
    """Give the index under the old and the new weights, and how far each weight moves it."""
    with system.database.reading() as session:
        view = open_view(session, system, person, dataset_id, body.version)
        query = parse_query(
            view.snapshot.codebook,
            ["index"],
            where=body.where,
            since=body.since,
            until=body.until,
            level=body.level,
        )
        old = body.old
        if old is None and body.scene is not None:
            held = weights_on(session, body.scene, query.until or day_of(system.clock()))
            old = dict(held.weights) if held else None
    found: dict[str, Any] = told(
        system, person, view, None,
        lambda own: sensitivity_json(sensitivity(own, query, body.new, old)),
    )  # fmt: skip
    return found


def weights_item(one: Weights) -> dict[str, Any]:
    """Give a weight set as lists show it, with each weight's share."""
    return {
        "id": one.id,
        "scene": one.scene,
        "scene_label": dict(SCENES[one.scene]) if one.scene in SCENES else None,
        "version": one.version,
        "valid_from": one.valid_from.isoformat(),
        "weights": [
            {"name": name, "weight": one.weights[name], "share": share}
            for name, share in one.shares.items()
        ],
        "source": one.source,
        "created_by": one.created_by,
        "created_at": one.created_at.isoformat(),
    }


def sensitivity_json(found: Sensitivity) -> dict[str, Any]:
    """Give what weights do, with every number as a cell."""
    return {
        "old": _cell(found.old),
        "new": _cell(found.new),
        "difference": found.difference,
        "weights": [_push(one) for one in found.pushes],
    }


def _push(one: Push) -> dict[str, Any]:
    return {
        "name": one.name,
        "weight": one.weight,
        "share": one.share,
        "lower": _cell(one.lower),
        "higher": _cell(one.higher),
        "moves": one.moves,
    }


def _cell(cell: Cell | None) -> dict[str, Any] | None:
    return cell_json(cell) if cell is not None else None
