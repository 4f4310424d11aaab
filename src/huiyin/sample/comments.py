"""Comments: two clauses by aspect and polarity, an opener, a closer, now and then a typo."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np

from huiyin.sample import words
from huiyin.sample.draws import chance, stream
from huiyin.sample.months import Ints
from huiyin.sample.ratings import Bools, Rated
from huiyin.sample.tables import joined, picked, taken

_VARIANTS = 12
"""Fillings tried of a clause that has places to fill."""
_TYPO_SHARE = 0.04
_SECOND_SHARE = 0.45
_TOP, _LOW = 4, 2
_PLACE = re.compile(r"{(\w+)}")


class Tone(IntEnum):
    """How a comment sounds."""

    BAD = 0
    SO_SO = 1
    GOOD = 2


@dataclass(frozen=True)
class Pool:
    """Ready clauses of some kinds, end to end: kind `i` holds `size[i]` from `start[i]`."""

    texts: tuple[str, ...]
    start: Ints
    size: Ints

    @classmethod
    def of(cls, kinds: Sequence[Sequence[str]]) -> Pool:
        """Lay the kinds end to end."""
        size = np.array([len(kind) for kind in kinds])
        start = np.concatenate([[0], np.cumsum(size)[:-1]])
        return cls(tuple(text for kind in kinds for text in kind), start, size)

    def next(self, position: Ints, kind: Ints) -> Ints:
        """Give the text after each one, in the same kind."""
        start = self.start[kind]
        return start + (position - start + 1) % self.size[kind]

    def draw(self, rng: np.random.Generator, kind: Ints) -> Ints:
        """Draw one text of each kind; gives positions in `texts`."""
        size = self.size[kind]
        return self.start[kind] + (rng.random(len(kind)) * size).astype(np.int64)


@dataclass(frozen=True)
class Phrasebook:
    """Everything that comments of one survey are made of.

    `aspects` are the topics, the first `n_beside` of which may also come second; clause kind
    ``3 * aspect + tone``.
    """

    aspects: tuple[str, ...]
    clauses: Pool
    openers: Pool
    links: Pool
    closers: Pool
    n_beside: int


def phrasebook(aspects: Sequence[str], seed: int, manner: str = "shop") -> Phrasebook:
    """Fill the places of every clause in several ways.

    Parameters
    ----------
    aspects : sequence of str
        Keys of `words.GOOD` or `words.BAD`.
    seed : int
    manner : str
        Key of `words.OPENERS`: how people write there.
    """
    rng = stream(seed, "words", *aspects)
    kinds = [
        _filled(rng, clauses)
        for name in aspects
        for clauses in (words.BAD.get(name, ()), words.SO_SO, words.GOOD.get(name, words.SO_SO))
    ]
    openers = [_filled(rng, clauses) for clauses in words.OPENERS[manner]]
    return Phrasebook(
        tuple(aspects),
        Pool.of(kinds),
        Pool.of(openers),
        Pool.of(words.LINKS),
        Pool.of(words.CLOSERS[manner]),
        len(aspects) - sum(name in words.ONLY_FIRST for name in aspects),
    )


def _filled(rng: np.random.Generator, clauses: Sequence[str]) -> list[str]:
    def fill(found: re.Match[str]) -> str:
        choices = words.SLOTS[found[1]]
        return choices[int(rng.integers(len(choices)))]

    made = []
    for clause in clauses:
        n = _VARIANTS if _PLACE.search(clause) else 1
        variants = [_PLACE.sub(fill, clause) for _ in range(n)]
        made += variants if n > 1 else variants * (_VARIANTS // 4)
    return made or list(words.SO_SO)


def tones(levels: Ints, low: int = _LOW, top: int = _TOP) -> Ints:
    """Give the tone that goes with a level."""
    return np.where(levels >= top, Tone.GOOD, np.where(levels <= low, Tone.BAD, Tone.SO_SO))


def topics(
    rng: np.random.Generator, rated: Rated, aspects: Sequence[str], whole: str
) -> tuple[Ints, Ints]:
    """Choose what people write about: rather what moved them most. Gives aspect and its tone.

    Nobody praises below a low rating of the `whole`, or complains below a high one: they write of
    another aspect, or neither way.
    """
    strength = np.stack(
        [np.where(rated.missing[name], -9.0, np.abs(rated.leaning[name])) for name in aspects]
    )
    tone = tones(np.stack([rated.level[name] for name in aspects]))
    clash = np.abs(tone - tones(rated.level[whole])) == Tone.GOOD - Tone.BAD
    strength = np.where(clash, -99.0, strength)
    about = np.argmax(strength + rng.gumbel(scale=0.6, size=strength.shape), axis=0)
    chosen = about, np.arange(len(about))
    return about, np.where(clash[chosen], Tone.SO_SO, tone[chosen])


def compose(
    rng: np.random.Generator, book: Phrasebook, about: Ints, tone: Ints, *, written: Bools
) -> Any:
    """Write one comment a row.

    Parameters
    ----------
    rng : Generator
    book : Phrasebook
    about, tone : (n,) arrays
        Positions in ``book.aspects``; `Tone`.
    written : (n,) array of bool
        Rows with a comment; the others are missing.

    Returns
    -------
    pyarrow.Array of str
    """
    rows = np.flatnonzero(written)
    texts = _texts(rng, book, about[rows], tone[rows])
    place = np.full(len(written), -1, dtype=np.int64)
    place[rows] = np.arange(len(rows))
    return picked(texts, place, ~written)


def _texts(rng: np.random.Generator, book: Phrasebook, about: Ints, tone: Ints) -> Any:
    n = len(about)
    first_kind = 3 * about + tone
    first = book.clauses.draw(rng, first_kind)
    more = chance(rng, n, _SECOND_SHARE)
    turns = (tone == Tone.SO_SO) & more
    second_kind = 3 * _other(rng, about, book.n_beside) + np.where(turns, Tone.BAD, tone)
    second = book.clauses.draw(rng, second_kind)
    second = np.where(second == first, book.clauses.next(second, second_kind), second)
    parts = [
        _taken(book.openers, book.openers.draw(rng, tone)),
        _taken(book.clauses, first),
        _taken(book.links, book.links.draw(rng, tone), more),
        _taken(book.clauses, second, more),
        _taken(book.closers, book.closers.draw(rng, tone)),
    ]
    return _with_typos(rng, joined(*parts))


def _other(rng: np.random.Generator, about: Ints, n_beside: int) -> Ints:
    """Choose a second topic, another one where there is another."""
    if n_beside == 1:
        return np.zeros_like(about)
    other = rng.integers(0, n_beside - 1, len(about))
    return other + ((about < n_beside) & (other >= about))


def _taken(pool: Pool, positions: Ints, shown: Bools | None = None) -> Any:
    if shown is not None:
        positions = np.where(shown, positions, len(pool.texts))
    return taken((*pool.texts, ""), positions)


def _with_typos(rng: np.random.Generator, texts: Any) -> Any:
    import pyarrow as pa
    import pyarrow.compute as pc

    for right, wrong in words.TYPOS:
        hit = pa.array(chance(rng, len(texts), _TYPO_SHARE))
        texts = pc.if_else(hit, pc.replace_substring(texts, right, wrong), texts)
    return texts
