"""The competitor that a questionnaire asks about beside us: 竞品 then means its block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from huiyin.ask.dictionary import Words
from huiyin.ask.meanings import RATED, Meaning, Sort, Vocabulary
from huiyin.ask.spelling import normal
from huiyin.codebook.contracts import Codebook
from huiyin.codebook.rivals import rivals_of

RIVAL = "rival"
"""What words for a competitor say where one is rated beside us."""
SPOKEN_OF = "竞品甲"
"""The value of other surveys whose words these are."""


def rival_names(codebook: Codebook) -> tuple[str, ...]:
    """List the blocks in which a competitor is rated on what we are rated on; none: no such one."""
    own = codebook.with_role(*RATED)
    return tuple(
        dict.fromkeys(rival.group or "" for one in own for rival in rivals_of(codebook, one))
    )


def rival_words(vocabulary: Vocabulary, said: Words) -> Iterator[tuple[str, Meaning]]:
    """Give the words for the competitor of the questionnaire; a group of that name goes first."""
    names = set(filter(None, rival_names(vocabulary.codebook)))
    groups = {value for values in vocabulary.values.values() for value in values}
    if not names or (names | {SPOKEN_OF}) & groups:
        return
    for word in dict.fromkeys(map(normal, (*names, SPOKEN_OF, *said.values.get(SPOKEN_OF, ())))):
        yield word, Meaning(Sort.SIGNAL, RIVAL)


def without_rival(codebook: Codebook, metrics: Sequence[str]) -> str | None:
    """Name the first question that is not asked of exactly one competitor; None where all are."""
    for metric in metrics:
        rating = metric.partition(":")[2]
        if rating not in codebook or len(rivals_of(codebook, codebook[rating])) != 1:
            return f"{rival_names(codebook)[0]}{rating or metric.upper()}"
    return None
