"""Surveys that need nothing but groups, ratings and a comment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.comments import Phrasebook, compose, phrasebook, tones
from huiyin.sample.company import Customers
from huiyin.sample.draws import chance, pick
from huiyin.sample.folder import Folder
from huiyin.sample.months import Floats, Ints, moments
from huiyin.sample.ratings import Question, rate
from huiyin.sample.tables import Field, Table, numbered, stamps, words
from huiyin.sample.world import Chunk, World

Groups = Mapping[str, Ints]
Pulls = Callable[[World, Groups, Ints], Mapping[str, Floats]]
_COMMENT_SHARE = 0.35


@dataclass(frozen=True, slots=True)
class Group:
    """One column to group by: its role and its values with their weights; `steps`: in order."""

    name: str
    role: str
    en: str
    values: tuple[str, ...]
    weights: tuple[float, ...] = ()
    steps: bool = False

    def draw(self, rng: np.random.Generator, n: int) -> Ints:
        """Draw positions of its values."""
        return pick(rng, n, self.weights or [1.0] * len(self.values))


@dataclass(frozen=True)
class SimpleSurvey:
    """One such survey.

    Attributes
    ----------
    key : str
        Of `world.SHARES`.
    name, title : str, Text
    prefix : str
        Of its ids.
    groups : tuple of Group
    questions : tuple of Question
    topics : tuple of str
        Keys of `words.GOOD`.
    rating : str
        Question that sets the tone of the comments.
    pulls : callable
        World, positions by group, moments → shift by question.
    """

    key: str
    name: str
    title: Text
    prefix: str
    groups: tuple[Group, ...]
    questions: tuple[Question, ...]
    topics: tuple[str, ...]
    rating: str
    pulls: Pulls = field(default=lambda _world, _groups, _seconds: {})

    @property
    def table(self) -> Table:
        """Its file."""
        groups = (
            Field(g.name, g.role, Text(g.name, g.en), steps=g.values if g.steps else ())
            for g in self.groups
        )
        fields = (
            Field("答卷编号", "id", Text("答卷编号", "answer")),
            Field("提交时间", "time", Text("提交时间", "answered at")),
            Field("客户编号", "customer", Text("客户编号", "customer")),
            *groups,
            *(question.field for question in self.questions),
            Field("意见", "text", Text("还有什么想说的？", "Anything else?")),
        )
        return Table(self.name, self.title, fields, is_survey=True)


def write_simple_survey(
    world: World, folder: Folder, customers: Customers, survey: SimpleSurvey
) -> None:
    """Write one such survey."""
    file = folder.open(survey.table)
    phrases = phrasebook(survey.topics, world.settings.seed, "plain")
    for chunk in world.chunks(survey.key, world.answers[survey.key]):
        file.add(_answers(world, chunk, customers, survey, phrases))
        folder.answered(chunk.n)


def _answers(
    world: World, chunk: Chunk, customers: Customers, survey: SimpleSurvey, phrases: Phrasebook
) -> dict[str, Any]:
    rng, n = chunk.rng, chunk.n
    row = chunk.before + np.arange(n)
    seconds = moments(rng, chunk.month, n)
    groups = {group.name: group.draw(rng, n) for group in survey.groups}
    rated = rate(rng, n, survey.questions, pulls=survey.pulls(world, groups, seconds))
    about = rng.integers(0, len(survey.topics), n)
    tone = tones(rated.level[survey.rating])
    written = chance(rng, n, _COMMENT_SHARE)
    return (
        {
            "答卷编号": numbered(survey.prefix, row + 1),
            "提交时间": stamps(seconds),
            "客户编号": numbered("C", customers.someone(row + customers.n // 3)),
            "意见": compose(rng, phrases, about, tone, written=written),
        }
        | {g.name: words(groups[g.name], g.values) for g in survey.groups}
        | rated.columns()
    )
