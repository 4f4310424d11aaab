"""What people say who stand where a change sits: masked, sampled, of one's own rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import inf

from huiyin.analyse.contracts import Verbatim
from huiyin.analyse.ports import Corridor
from huiyin.analyse.verbatims import sample_verbatims
from huiyin.analyse.why.shapes import Contributor, Voice
from huiyin.analyse.why.speaking import mentions, risen_words
from huiyin.codebook.contracts import Column, Role
from huiyin.codebook.spoken import spoken_name
from huiyin.core.text import Text
from huiyin.engine.contracts import ANSWERED_ON_COLUMN
from huiyin.measure.contracts import Call, Filter, Query, Side

MOST_GROUPS = 3
MOST_VOICES = 4
MOST_BEHIND = 8
_POOL = 300
"""Comments of each satisfaction band among which those are looked for that speak to the change."""
EVERYBODY = ""
"""Stands for dimension and value where the change sits in no group more than in others."""


def voices_of(
    corridor: Corridor,
    contributors: Sequence[Contributor],
    target: Column | None,
    sides: tuple[Side, Side, tuple[Filter, ...]],
    *,
    real: bool,
    worse: bool,
    seed: int = 0,
) -> tuple[Voice, ...]:
    """Draw what was said on the later side where the change sits, each comment once.

    First those that speak of what is said there more than elsewhere and before, then the
    unhappiest where the change is for the worse, else the happiest.

    Parameters
    ----------
    corridor : Corridor
    contributors : sequence of Contributor
        In their order; of those that really stand out and push the first `MOST_GROUPS` are
        listened to. Where none does, but the change is `real`, everybody is.
    target : Column or None
        The rating by which people are happy or not.
    sides : (Side, Side, tuple of Filter)
        The earlier side, the later one, and the conditions of both.
    real, worse : bool
        Of the change as a whole.
    seed : int
    """
    before, after, common = sides
    heard = _heard(contributors, real=real)
    if not heard:
        return ()

    aspects = corridor.codebook.with_role(Role.ASPECT)
    labels = {one.name: spoken_name(one) or Text.same(one.name) for one in aspects}

    def said(side: Side, *group: Filter) -> tuple[Verbatim, ...]:
        where = (*_conditions(side, common), *group)
        return sample_verbatims(
            corridor, target, aspects=aspects, where=where, most=_POOL, seed=seed
        )

    earlier, everybody = said(before), said(after)
    found: list[Voice] = []
    for dimension, value in heard:
        here = said(after, Filter(dimension, "=", (value,))) if dimension else everybody
        texts = {one.text for one in here}
        elsewhere = [v.text for v in (*earlier, *everybody) if v.text not in texts]
        risen = risen_words([one.text for one in here], elsewhere)
        seen = {one.verbatim.text for one in found}
        ordered = sorted(
            (one for one in here if one.text not in seen),
            key=lambda one: (-mentions(one.text, risen), _place(one, target, worse=worse)),
        )
        found += [
            Voice(dimension, value, one, labels[one.about[0]] if one.about else None)
            for one in ordered[:MOST_VOICES]
        ]
    return tuple(found)


def voices_behind(
    corridor: Corridor,
    own: Column,
    query: Query,
    behind: Filter,
    seed: int = 0,
) -> tuple[Voice, ...]:
    """Draw what those said who rate a competitor higher, each comment once.

    First what speaks of things that they mention more than who rated both and does not rate it
    higher, then those that rate us worst.

    Parameters
    ----------
    corridor : Corridor
    own : Column
        The rating of us.
    query : Query
        Whose days and conditions hold.
    behind : Filter
        Who rates the competitor higher: a gap below 0.
    seed : int
    """
    side, level = Side(query.since, query.until), replace(behind, operator=">=")

    def said(*more: Filter) -> tuple[Verbatim, ...]:
        where = (*_conditions(side, query.where), *more)
        return sample_verbatims(corridor, own, where=where, most=_POOL, seed=seed)

    here = said(behind)
    texts = {one.text for one in here}
    elsewhere = [one.text for one in said(level) if one.text not in texts] if here else []
    risen = risen_words([one.text for one in here], elsewhere)
    ordered = sorted(
        here, key=lambda one: (-mentions(one.text, risen), _place(one, own, worse=True))
    )
    return tuple(Voice(EVERYBODY, EVERYBODY, one) for one in ordered[:MOST_BEHIND])


def _place(said: Verbatim, target: Column | None, *, worse: bool) -> float:
    """Place an answer: the unhappiest first where things got worse; unrated ones last."""
    scale = target.scale if target is not None else None
    if said.rating is None or scale is None:
        return inf
    return said.rating * scale.direction * (1 if worse else -1)


def _heard(contributors: Sequence[Contributor], *, real: bool) -> list[tuple[str, str]]:
    """Name the groups to listen to: none that is another one under another name."""
    standing = [c for c in contributors if c.call is Call.REAL and c.pushes]
    if not standing:
        return [(EVERYBODY, EVERYBODY)] if real else []
    heard: list[Contributor] = []
    for one in standing:
        if one.value is not None and one.n_after and not any(_same(one, c) for c in heard):
            heard.append(one)
    return [(c.dimension, c.value or "") for c in heard[:MOST_GROUPS]]


def _same(one: Contributor, other: Contributor) -> bool:
    """Tell whether two groups hold the same answers, as a city with one shop and that shop."""
    return (one.n_before, one.n_after, one.before, one.after) == (
        other.n_before, other.n_after, other.before, other.after
    )  # fmt: skip


def _conditions(side: Side, common: tuple[Filter, ...]) -> tuple[Filter, ...]:
    days = []
    if side.since:
        days.append(Filter(ANSWERED_ON_COLUMN, ">=", (side.since.isoformat(),)))
    if side.until:
        days.append(Filter(ANSWERED_ON_COLUMN, "<=", (side.until.isoformat(),)))
    return (*common, *side.where, *days)
