"""Dated weight sets of the index, one line of versions for each scene."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from huiyin.core.text import Text
from huiyin.measure.definitions.contracts import DefinitionError, Weights
from huiyin.measure.definitions.words import LONGEST_NOTE, checked, day_of
from huiyin.store.contracts import EditConflictError
from huiyin.store.tables import WeightSet
from huiyin.store.unit_of_work import UnitOfWork

SCENES = {
    "shop": Text("门店", "shop"),
    "online": Text("线上", "online"),
    "b2b": Text("B2B", "B2B"),
}
"""Scenes that every company is offered; others may be named freely."""
SCENE = Text("场景", "the scene")
MOST_WEIGHTS = 200
LARGEST = 1e9


def do_save_weight_set(
    work: UnitOfWork,
    scene: str,
    weights: Mapping[str, float],
    *,
    base_version: int,
    valid_from: date | None = None,
    source: str = "",
) -> Weights:
    """Keep a weight set as the next version of its scene.

    Parameters
    ----------
    work : UnitOfWork
    scene : str
    weights : mapping of str to float
        Aspect or column → weight, none below 0; only ratios matter.
    base_version : int
        The scene's version that the change was made on; 0 where there was none.
    valid_from : date, optional
        First day it holds for; today by default.
    source : str
        Where the weights are from: a workshop, a driver analysis…

    Raises
    ------
    DefinitionError
        No weight, one below 0 or no number, or all 0.
    EditConflictError
        Somebody has saved a version of the scene since.
    """
    name = checked(scene, SCENE)
    last = _last(work.session, name)
    if (last.version if last else 0) != base_version:
        raise EditConflictError(
            last.created_by if last else None, last.created_at if last else work.now
        )
    row = WeightSet(
        scene=name,
        version=base_version + 1,
        valid_from=valid_from or day_of(work.now),
        weights=[[aspect, weight] for aspect, weight in checked_weights(weights).items()],
        source=checked(source, Text("来源", "the source"), LONGEST_NOTE, empty=True),
        created_by=work.actor.name,
        created_at=work.now,
    )
    work.session.add(row)
    try:
        work.session.flush()
    except IntegrityError as error:  # two people saved at the same moment
        raise EditConflictError(None, work.now) from error
    work.audit(
        "save",
        "weight_set",
        row.id,
        before={"weights": last.weights} if last else None,
        after={"scene": name, "version": row.version, "weights": row.weights},
    )
    return _weights(row)


def checked_weights(weights: Mapping[str, float]) -> dict[str, float]:
    """Give weights that an index can be made with.

    Raises
    ------
    DefinitionError
        None, too many, one below 0 or no number, or all 0.
    """
    if not 0 < len(weights) <= MOST_WEIGHTS:
        raise DefinitionError(
            Text("权重要有 1 到 {n} 项", "Give 1 to {n} weights").format(n=MOST_WEIGHTS)
        )
    kept = {checked(k, Text("维度名", "the aspect")): float(w) for k, w in weights.items()}
    bad = [name for name, w in kept.items() if not math.isfinite(w) or not 0 <= w <= LARGEST]
    if bad:
        raise DefinitionError(
            Text(
                "“{name}”的权重应是 0 到 10 亿之间的数",
                "The weight of “{name}” must be a number from 0 to a billion",
            ).format(name=bad[0])
        )
    if not any(kept.values()):
        raise DefinitionError(Text("权重不能全是 0", "The weights must not all be 0"))
    return kept


def weight_sets(session: Session, scene: str | None = None) -> tuple[Weights, ...]:
    """List weight sets by scene, newest first.

    Raises
    ------
    DefinitionError
        The scene is no name.
    """
    wanted = select(WeightSet).order_by(WeightSet.scene, WeightSet.version.desc())
    if scene is not None:
        wanted = wanted.where(WeightSet.scene == checked(scene, SCENE))
    return tuple(_weights(row) for row in session.scalars(wanted))


def weights_on(session: Session, scene: str, day: date) -> Weights | None:
    """Give the set that holds for a scene on a day: the latest start, then the later version.

    Raises
    ------
    DefinitionError
        The scene is no name.
    """
    row = session.scalars(
        select(WeightSet)
        .where(WeightSet.scene == checked(scene, SCENE), WeightSet.valid_from <= day)
        .order_by(WeightSet.valid_from.desc(), WeightSet.version.desc())
        .limit(1)
    ).first()
    return _weights(row) if row else None


def _last(session: Session, scene: str) -> WeightSet | None:
    wanted = select(WeightSet).where(WeightSet.scene == scene).order_by(WeightSet.version.desc())
    return session.scalars(wanted.limit(1)).first()


def _weights(row: WeightSet) -> Weights:
    return Weights(
        id=row.id,
        scene=row.scene,
        version=row.version,
        valid_from=row.valid_from,
        weights={name: float(weight) for name, weight in row.weights},
        source=row.source,
        created_by=row.created_by,
        created_at=row.created_at,
    )
