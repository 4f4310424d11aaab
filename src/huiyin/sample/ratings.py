"""Ratings: a leaning of the person, leanings per question, and cuts into levels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray

from huiyin.core.text import Text
from huiyin.sample.months import Floats, Ints
from huiyin.sample.tables import Field, numbers

Bools = NDArray[np.bool_]
FIVE = (0.035, 0.065, 0.20, 0.37, 0.33)
"""Shares of the levels 1 to 5 where nothing pulls the answers up or down."""
SEVEN = (0.22, 0.24, 0.19, 0.14, 0.10, 0.07, 0.04)
"""Shares of the effort levels 1 (none) to 7 (very much)."""
ELEVEN = (0.02, 0.01, 0.01, 0.015, 0.02, 0.06, 0.065, 0.13, 0.21, 0.20, 0.26)
"""Shares of the levels 0 to 10 of the recommendation question."""
_NORMAL = NormalDist()


@dataclass(frozen=True, slots=True)
class Question:
    """One rating question of a survey.

    Attributes
    ----------
    field : Field
    shares : tuple of float
        Of the levels, from the low end of the *good* direction up, where nothing pulls.
    mean : float
        Pull on the leaning, in standard deviations.
    weight : float
        Part in the overall impression; 0 for questions about the whole.
    loading : float
        How much of the leaning is the person's.
    follows : float
        For questions about the whole: correlation with the overall impression.
    missing : float
        Share that leaves it out.
    """

    field: Field
    shares: tuple[float, ...] = FIVE
    mean: float = 0.0
    weight: float = 0.0
    loading: float = 0.6
    follows: float = 0.0
    missing: float = 0.03

    @property
    def name(self) -> str:
        """Name of its column."""
        return self.field.name

    @property
    def cuts(self) -> Floats:
        """Leanings at which one level ends and the next begins."""
        edges = np.cumsum(self.shares)[:-1] / sum(self.shares)
        return np.array([_NORMAL.inv_cdf(float(edge)) for edge in edges])

    def expected_score(self, shift: float) -> float:
        """Expect the 0–100 score of people whose leaning is pulled by `mean` + `shift`."""
        above = [1 - _NORMAL.cdf(float(cut) - self.mean - shift) for cut in self.cuts]
        return 100 * sum(above) / len(above)


def aspect(name: str, en: str, weight: float, mean: float = 0.0, missing: float = 0.03) -> Question:
    """Make a five-level question about one aspect."""
    field = Field(name, "aspect", Text(name, en), (1, 5, 1), group="各方面满意度")
    return Question(field, mean=mean, weight=weight, missing=missing)


def overall(name: str = "总体满意度", en: str = "overall satisfaction") -> Question:
    """Make the five-level question about the whole."""
    return Question(Field(name, "overall", Text(name, en), (1, 5, 1)), follows=0.85, missing=0.01)


def recommend() -> Question:
    """Make the recommendation question, 0 to 10."""
    words = Text("您有多大可能向亲友推荐我们？", "How likely are you to recommend us?")
    return Question(Field("推荐意愿", "nps", words, (0, 10, 1)), ELEVEN, follows=0.8)


def intent(name: str, zh: str, en: str) -> Question:
    """Make a five-level question about what people mean to do."""
    return Question(Field(name, "intent", Text(zh, en), (1, 5, 1)), follows=0.7)


def effort(zh: str, en: str, *, mean: float = 0.0) -> Question:
    """Make the effort question: 1 no effort, 7 very much; low is good."""
    field = Field("费力度", "ces", Text(zh, en), (1, 7, -1))
    return Question(field, SEVEN[::-1], mean=mean, follows=0.55)


@dataclass(frozen=True, slots=True)
class Rated:
    """The answers of some rows: leanings, levels and who left what out, by question.

    `person` is what each of them leans to on everything.
    """

    leaning: Mapping[str, Floats]
    level: Mapping[str, Ints]
    missing: Mapping[str, Bools]
    person: Floats

    def columns(self) -> dict[str, Any]:
        """Give the columns as they are written."""
        return {
            name: numbers(level.astype(np.int8), self.missing[name])
            for name, level in self.level.items()
        }


def leanings(
    rng: np.random.Generator,
    n: int,
    questions: Sequence[Question],
    pulls: Mapping[str, Floats | float],
    person: Floats,
) -> dict[str, Floats]:
    """Draw what people lean to on every question; `pulls` shift a question's leanings."""
    n = len(person)
    found: dict[str, Floats] = {}
    whole = np.zeros(n)
    for q in (q for q in questions if not q.follows):
        own = sqrt(1 - q.loading**2) * rng.standard_normal(n)
        found[q.name] = q.mean + q.loading * person + own + pulls.get(q.name, 0.0)
        whole += q.weight * (found[q.name] - q.mean)
    whole /= _spread_of_whole(questions)
    for q in (q for q in questions if q.follows):
        own = sqrt(1 - q.follows**2) * rng.standard_normal(n)
        found[q.name] = q.mean + q.follows * whole + own + pulls.get(q.name, 0.0)
    return found


def shift_of_whole(questions: Sequence[Question], name: str, pulls: Mapping[str, float]) -> float:
    """Expect by how much constant `pulls` shift the leaning on a question about the whole."""
    by_name = {q.name: q for q in questions}
    through = sum(by_name[aspect].weight * pull for aspect, pull in pulls.items())
    return by_name[name].follows * through / _spread_of_whole(questions) + pulls.get(name, 0.0)


def _spread_of_whole(questions: Sequence[Question]) -> float:
    parts = [q for q in questions if not q.follows]
    shared = sum(q.weight * q.loading for q in parts) ** 2
    return sqrt(shared + sum(q.weight**2 * (1 - q.loading**2) for q in parts))


def rate(
    rng: np.random.Generator,
    n: int,
    questions: Sequence[Question],
    *,
    pulls: Mapping[str, Floats | float] | None = None,
    not_asked: Mapping[str, Bools] | None = None,
    careless: Bools | None = None,
    person: Floats | None = None,
) -> Rated:
    """Draw the ratings of `n` people.

    Parameters
    ----------
    rng : Generator
    n : int
    questions : sequence of Question
    pulls : mapping of str to array or float
        Question → shift of the leaning, in standard deviations.
    not_asked : mapping of str to array of bool
        Question → rows that never saw it.
    careless : (n,) array of bool, optional
        Rows that give one and the same level to every question, read or not.
    person : (n,) array, optional
        What each leans to on everything, where they have rated something before.
    """
    person = rng.standard_normal(n) if person is None else person
    leaning = leanings(rng, n, questions, pulls or {}, person)
    lazy = 0.5 + 0.5 * rng.random(n)
    level, missing = {}, {}
    for q in questions:
        step = np.searchsorted(q.cuts, leaning[q.name]).astype(np.int64)
        if careless is not None:
            step = np.where(careless, np.floor(lazy * len(q.shares)).astype(np.int64), step)
        low, high, direction = q.field.scale or (1, len(q.shares), 1)
        level[q.name] = low + step if direction > 0 else high - step
        missing[q.name] = rng.random(n) < q.missing
        if not_asked and q.name in not_asked:
            missing[q.name] |= not_asked[q.name]
    return Rated(leaning, level, missing, person)
