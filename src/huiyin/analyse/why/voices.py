"""What people say who stand where a change sits: masked, sampled, of one's own rows."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from huiyin.analyse.contracts import Verbatim
from huiyin.analyse.ports import Corridor
from huiyin.analyse.verbatims import sample_verbatims
from huiyin.analyse.why.shapes import Contributor, Voice
from huiyin.codebook.contracts import Column
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.contracts import Call, Filter, Side

MOST_GROUPS = 3
MOST_VOICES = 4


def voices_of(
    corridor: Corridor,
    contributors: Sequence[Contributor],
    target: Column | None,
    after: tuple[Side, tuple[Filter, ...]],
    *,
    worse: bool,
    seed: int = 0,
) -> tuple[Voice, ...]:
    """Draw what was said on the later side in the groups that really stand out and push.

    Parameters
    ----------
    corridor : Corridor
    contributors : sequence of Contributor
        In their order; the first `MOST_GROUPS` that count are listened to.
    target : Column or None
        Whose unhappy answers come first where the change is for the worse, else its happy ones.
    after : (Side, tuple of Filter)
        The later side, and the conditions of both.
    worse : bool
    seed : int
    """
    found: list[Voice] = []
    for one in _heard(contributors):
        where = (*_conditions(*after), Filter(one.dimension, "=", (one.value or "",)))
        said = sample_verbatims(corridor, target, where=where, seed=seed)
        ordered = sorted(said, key=lambda v: _place(v, target, worse=worse))
        found += [Voice(one.dimension, one.value or "", v) for v in ordered[:MOST_VOICES]]
    return tuple(found)


def _place(said: Verbatim, target: Column | None, *, worse: bool) -> float:
    """Place an answer: the unhappiest first where things got worse; unrated ones last."""
    scale = target.scale if target is not None else None
    if said.rating is None or scale is None:
        return inf
    return said.rating * scale.direction * (1 if worse else -1)


def _heard(contributors: Sequence[Contributor]) -> list[Contributor]:
    there = [c for c in contributors if c.value is not None and c.n_after]
    return [c for c in there if c.call is Call.REAL and c.pushes][:MOST_GROUPS]


def _conditions(side: Side, common: tuple[Filter, ...]) -> tuple[Filter, ...]:
    days = []
    if side.since:
        days.append(Filter(ANSWERED_ON_COLUMN, ">=", (side.since.isoformat(),)))
    if side.until:
        days.append(Filter(ANSWERED_ON_COLUMN, "<=", (side.until.isoformat(),)))
    return (*common, *side.where, *days)
