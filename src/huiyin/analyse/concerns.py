"""What comments concern, where the answer that they stand in tells it.

A comment answers a question, and its writer rated aspects beside it: those called bad are what it
is most likely about. Nothing is read out of the words themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from huiyin.analyse.bands import Band, satisfaction_bands
from huiyin.analyse.ports import Corridor
from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.codebook.cuts import HOUSE_CUTS, Cuts
from huiyin.codebook.spoken import spoken_name
from huiyin.core.text import Text
from huiyin.measure.contracts import Filter

MOST_QUESTIONS = 3
MOST_READ = 10_000
"""Answers that are counted where a corridor is asked; of more, a seeded sample."""


class About(StrEnum):
    """How an answer tells what its comment concerns."""

    QUESTION = "question"
    ASPECT = "aspect"


@dataclass(frozen=True, slots=True)
class Concern:
    """Something that comments may concern: a question answered in words, or an aspect called bad.

    Attributes
    ----------
    column : str
    label : Text
        What people call it.
    band : Band or None
        Of an aspect: its lowest band. None: the column holds the words.
    """

    column: str
    label: Text
    band: Band | None = None

    @property
    def about(self) -> About:
        """Tell how an answer shows that its comment concerns this."""
        return About.QUESTION if self.band is None else About.ASPECT


@dataclass(frozen=True, slots=True)
class Concerned:
    """How many answers with words concern what.

    Attributes
    ----------
    n : int
        Answers with words that were counted.
    sampled : bool
        Only a seeded sample was read.
    counts : tuple of (Concern, int)
        Most first, nothing that no comment concerns.
    """

    n: int
    sampled: bool
    counts: tuple[tuple[Concern, int], ...]

    @classmethod
    def of(
        cls, n: int, concerns: Sequence[Concern], counted: Sequence[int], *, sampled: bool = False
    ) -> Concerned:
        """Put counts in order."""
        found = [(one, k) for one, k in zip(concerns, counted, strict=True) if k > 0]
        return cls(n, sampled, tuple(sorted(found, key=lambda one: -one[1])))

    def to_json(self) -> dict[str, Any]:
        """Give it as JSON."""
        items = [
            {
                "about": one.about.value,
                "column": one.column,
                "label": dict(one.label),
                "n": n,
            }
            for one, n in self.counts
        ]
        return {"written": self.n, "sampled": self.sampled, "items": items}


def concerns_of(codebook: Codebook, cuts: Cuts = HOUSE_CUTS) -> tuple[Concern, ...]:
    """List what comments of a dataset may concern.

    Parameters
    ----------
    codebook : Codebook
    cuts : Cuts
        Those of the metric rules.

    Returns
    -------
    tuple of Concern
        Questions only where several ask for words; then the aspects. Empty where nobody writes.
    """
    texts = codebook.with_role(Role.TEXT)[:MOST_QUESTIONS]
    if not texts:
        return ()
    questions = [Concern(one.name, _label(one)) for one in texts] if len(texts) > 1 else []
    return (*questions, *_aspects(codebook, cuts))


def _aspects(codebook: Codebook, cuts: Cuts) -> Iterator[Concern]:
    for column in codebook.with_role(Role.ASPECT):
        bands = satisfaction_bands(column, cuts)
        if bands:
            yield Concern(column.name, _label(column), bands[0])


def _label(column: Column) -> Text:
    return spoken_name(column) or Text.same(column.name)


def concerned(corridor: Corridor, where: Sequence[Filter] = ()) -> Concerned:
    """Count what comments concern.

    Parameters
    ----------
    corridor : Corridor
        Of somebody who may read the comments.
    where : sequence of Filter
        Only comments of rows that meet all of them.
    """
    book = corridor.codebook
    concerns = concerns_of(book, corridor.cuts)
    texts = [one.name for one in book.with_role(Role.TEXT)[:MOST_QUESTIONS]]
    if not texts:
        return Concerned.of(0, (), ())
    ratings = [one.column for one in concerns if one.band]
    sample = corridor.row_sample(ratings, texts=texts, where=where, maximum=MOST_READ)
    written = {name: _written(sample.texts[name]) for name in texts}
    said = np.logical_or.reduce(list(written.values()))
    counted = []
    for one in concerns:
        if one.band is None:
            met = written[one.column]
        else:
            codes = sample.values[:, ratings.index(one.column)].tolist()
            met = np.array([one.band.holds(code) for code in codes], dtype=bool)
        counted.append(int((met & said).sum()))
    sampled = sample.n_total > MOST_READ
    return Concerned.of(int(said.sum()), concerns, counted, sampled=sampled)


def _written(texts: Iterable[str | None]) -> NDArray[np.bool_]:
    return np.array([bool((words or "").strip()) for words in texts], dtype=bool)
