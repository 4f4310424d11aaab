"""What customers wrote, word by word: in how many answers each stands, never of too few."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from huiyin.analyse.ports import Corridor
from huiyin.codebook.contracts import Role
from huiyin.core.masking import mask_contacts
from huiyin.measure.contracts import Filter, Query, Result, RowSample
from huiyin.stats.proportions import wilson_share

MOST_TEXTS = 10_000
"""Answers that are read; of more, a seeded sample."""
MOST_COLUMNS = 3
MOST_WORDS = 80
_CANDIDATES = 400
_SHORTEST = {"zh": 2, "en": 3}
_MASK = "***"
_LATIN = re.compile(r"[a-z][a-z'-]*[a-z]")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_MEANS = ("n", "v", "a", "i", "l", "z", "j", "eng")
"""Parts of speech that say something; names of people (nr) never do."""


@dataclass(frozen=True, slots=True)
class SaidWord:
    """A word, and how many of the answers with words hold it: `share` with its interval."""

    word: str
    n: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Said:
    """What was written in some columns.

    Attributes
    ----------
    columns : tuple of str
    words : tuple of SaidWord
        Most frequent first.
    n : int
        Answers with words that were read.
    n_total : int
        Answers of the question, of which `MOST_TEXTS` at most were read.
    """

    columns: tuple[str, ...]
    words: tuple[SaidWord, ...]
    n: int
    n_total: int

    @property
    def sampled(self) -> bool:
        """Tell whether not all answers were read."""
        return self.n_total > MOST_TEXTS


def said_words(
    corridor: Corridor, query: Query, result: Result, where: Sequence[Filter], minimum: int
) -> Said | None:
    """Count the words of the verbatims behind a number.

    An answer holds a word where it is written in it: a Chinese word anywhere, a Latin one as a
    word by itself. Names of people, contact data, numbers and small words do not count.

    Parameters
    ----------
    corridor : Corridor
        Of somebody who may read the verbatims.
    query : Query
        One number: neither groups nor periods.
    result : Result
        Its answer.
    where : sequence of Filter
        Its conditions and days.
    minimum : int
        Words of fewer customers are left out.

    Returns
    -------
    Said or None
        None where the number itself is not shown, or nobody is asked for words.
    """
    columns = text_columns(corridor)
    if result.cells[0].estimate is None or not columns:
        return None
    asked = result.definition[0].column
    customer = corridor.codebook.first(Role.CUSTOMER)
    others = [asked, customer.name if customer else None]
    names = dict.fromkeys([*columns, *(name for name in others if name)])
    written = [Filter(columns[0], ">=", ("",))] if len(columns) == 1 else []
    sample = corridor.row_sample(
        (), texts=tuple(names), where=(*where, *written), maximum=MOST_TEXTS
    )
    texts, who = _texts(sample, columns, asked, customer.name if customer else None)
    found = count_words(texts, who, minimum, level=query.level)
    return Said(columns, found, len(texts), sample.n_total)


def text_columns(corridor: Corridor) -> tuple[str, ...]:
    """Give the columns of customers' own words."""
    return tuple(one.name for one in corridor.codebook.with_role(Role.TEXT)[:MOST_COLUMNS])


def _texts(
    sample: RowSample, columns: Sequence[str], asked: str | None, customer: str | None
) -> tuple[list[str], list[str]]:
    """Give what was written in each answer of the number, and by whom."""
    texts, who = [], []
    for place, row in enumerate(sample.row.tolist()):
        said = "\n".join(sample.texts[name][place] or "" for name in columns).strip()
        if not said or (asked is not None and sample.texts[asked][place] is None):
            continue
        known = sample.texts[customer][place] if customer else None
        texts.append(said)
        who.append(f"\x00{row}" if known is None else known)
    return texts, who


def count_words(
    texts: Sequence[str], who: Sequence[str], minimum: int, *, level: float = 0.95
) -> tuple[SaidWord, ...]:
    """Count in how many texts each word stands, most first.

    Parameters
    ----------
    texts : sequence of str
    who : sequence of str
        The customer of each.
    minimum : int
        Words of fewer customers are left out.
    level : float

    Returns
    -------
    tuple of SaidWord
        `MOST_WORDS` at most; intervals are Wilson's.
    """
    plain = [text.lower() for text in texts]
    holding = {word: texts_with(word, plain) for word in common_words(texts)}
    kept = {
        word: len(places)
        for word, places in holding.items()
        if len(places) >= minimum and len({who[place] for place in places}) >= minimum
    }
    chosen = sorted(kept.items(), key=lambda one: (-one[1], one[0]))[:MOST_WORDS]
    if not chosen:
        return ()
    hits = np.array([n for _, n in chosen])
    found = wilson_share(hits, np.full(len(hits), len(texts)), level=level)
    return tuple(
        SaidWord(word, n, *(float(one) for one in numbers))
        for (word, n), *numbers in zip(chosen, found.estimate, found.low, found.high, strict=True)
    )


def common_words(texts: Iterable[str]) -> list[str]:
    """List the words that most texts are parted into: those that say something, most first."""
    import rjieba

    counted: Counter[str] = Counter()
    for text in texts:
        masked = mask_contacts(text).replace(_MASK, " ").lower()
        counted.update(set(rjieba.cut(masked)))
    common = (word for word, _ in counted.most_common() if _says_something(word))
    return [word for word, _ in zip(common, range(_CANDIDATES), strict=False)]


def _says_something(word: str) -> bool:
    """Tell whether a word may be shown: no small word, number, sign or name of a person."""
    if word in stop_words("zh") or word in stop_words("en"):
        return False
    if _LATIN.fullmatch(word):
        return len(word) >= _SHORTEST["en"]
    return bool(_CHINESE.fullmatch(word)) and len(word) >= _SHORTEST["zh"] and _means(word)


@cache
def _means(word: str) -> bool:
    import rjieba

    tags = [tag for _, tag in rjieba.tag(word)]
    return all(tag.startswith(_MEANS) and not tag.startswith("nr") for tag in tags)


@cache
def stop_words(language: str) -> frozenset[str]:
    """Give the small words of a language."""
    text = resources.files("huiyin.analyse.views").joinpath("stop_words.txt").read_text("utf-8")
    lists = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
    return frozenset(lists[language].split())


def word_pattern(word: str) -> str | None:
    """Give the pattern that finds a Latin word by itself; None for one that may stand anywhere."""
    return rf"\b{re.escape(word)}\b" if _LATIN.fullmatch(word) else None


def texts_with(word: str, texts: Sequence[str]) -> list[int]:
    """Give the places of the texts, in small letters, that hold a word."""
    pattern = word_pattern(word)
    if pattern is None:
        return [place for place, text in enumerate(texts) if word in text]
    found = re.compile(pattern, re.ASCII)
    return [place for place, text in enumerate(texts) if found.search(text)]
