"""The competitor that a questionnaire asks about beside us: 竞品 then means its block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from huiyin.ask.dictionary import Words
from huiyin.ask.meanings import RATED, Meaning, Sort, Vocabulary
from huiyin.ask.mentions import Mentions
from huiyin.ask.spelling import normal
from huiyin.codebook.contracts import Codebook
from huiyin.codebook.rivals import rivals_of

RIVAL = "rival"
"""What words for a competitor say where one is rated beside us."""
_MORE = r"(?:更|最|还)?(?:好|高|强|满意|认可|值|便宜|划算)"
_LESS = r"(?:更|还)?(?:差|低|弱|糟|烂|贵|不满)"
_WHO = r"(?:顾客|客户|用户|客人|会员|人)"
_AT = "\N{OBJECT REPLACEMENT CHARACTER}"
"""Stands for the competitor's name in what is looked at."""
BEHIND = re.compile(
    rf"(?:比|跟|和|与|相比)(?:起)?{_AT}(?:相比|比)?.{{0,8}}?{_LESS}.{{0,4}}?的{_WHO}"
    rf"|(?:不如|不及|不敌|输给|落后于?|赶不上|比不上){_AT}.{{0,8}}?的{_WHO}"
    rf"|(?:没有|没){_AT}.{{0,6}}?{_MORE}.{{0,2}}?的{_WHO}"
    rf"|(?<![比跟和与如])(?<!相比){_AT}.{{0,10}}?{_MORE}.{{0,4}}?的{_WHO}"
    r"|\b(?:who|that|whom)\b.{0,30}\b(?:rate|rated|rates|score|scored|put|find|found|think|see)\b"
    rf".{{0,20}}\b(?:us|we|our|ours)\b.{{0,25}}\b(?:below|under|worse|lower|behind|less)\b.{{0,12}}{_AT}"
    r"|\b(?:who|that)\b.{0,20}\b(?:rate|rated|rates|score|scored|find|found|think|see)\b"
    rf".{{0,12}}{_AT}.{{0,25}}\b(?:above|higher|better|over|ahead)\b"
    rf"|\b(?:who|that)\b.{{0,12}}\b(?:prefer|prefers|preferred)\b.{{0,6}}{_AT}"
)
AHEAD = re.compile(
    rf"(?:比|跟|和|与|相比)(?:起)?{_AT}(?:相比|比)?.{{0,8}}?{_MORE}.{{0,4}}?的{_WHO}"
    rf"|(?:胜过|强于|好于|优于|高于){_AT}.{{0,8}}?的{_WHO}"
    r"|\b(?:who|that|whom)\b.{0,30}\b(?:rate|rated|rates|score|scored|put|find|found|think|see)\b"
    rf".{{0,20}}\b(?:us|we|our|ours)\b.{{0,25}}\b(?:above|over|better|higher|ahead)\b.{{0,12}}{_AT}"
    r"|\b(?:who|that)\b.{0,20}\b(?:rate|rated|rates|score|scored|find|found|think|see)\b"
    rf".{{0,12}}{_AT}.{{0,25}}\b(?:below|lower|worse|under|behind)\b"
)
"""Customers who rate us, or the competitor, higher: 价格感知比竞品差的顾客."""
DENIED = re.compile(
    r"不(?:觉得|认为|给|是|比|会|算)|没有?(?:觉得|认为|给|比)|并不|并非|\bnot\b|n't\b|\bnever\b"
)
"""不觉得竞品更好的顾客: who does not is more than who thinks the other way."""


def rival_names(codebook: Codebook) -> tuple[str, ...]:
    """List the blocks in which a competitor is rated on what we are rated on; none: no such one."""
    own = codebook.with_role(*RATED)
    return tuple(
        dict.fromkeys(rival.group or "" for one in own for rival in rivals_of(codebook, one))
    )


def rival_words(vocabulary: Vocabulary, said: Words) -> Iterator[tuple[str, Meaning]]:
    """Give the words for the competitor of the questionnaire; a group of that name goes first."""
    names = tuple(filter(None, rival_names(vocabulary.codebook)))
    groups = {value for values in vocabulary.values.values() for value in values}
    if not names or any(_is_rival(group, names, said) for group in groups):
        return
    called = (word for name in names for word in (name, *said.values.get(name, ())))
    for word in dict.fromkeys(map(normal, (*called, *said.rivals))):
        yield word, Meaning(Sort.SIGNAL, RIVAL)


def _is_rival(group: str, names: Sequence[str], said: Words) -> bool:
    """Tell whether a group is called as the competitor is: by its name, or as any competitor."""
    spoken = {normal(group), *said.values.get(group, ())}
    return not spoken.isdisjoint({*map(normal, names), *said.rivals})


def sided(mentions: Mentions) -> str | None:
    """Tell whose words are asked for: ``<`` of who rates the competitor higher, ``>`` us.

    None where no customers are picked so.
    """
    text = mentions.text
    if DENIED.search(text):
        return None
    for at in reversed(mentions.saying(RIVAL)):
        token = mentions.tokens[at]
        text = text[: token.start] + _AT + text[token.end :]
    if AHEAD.search(text):
        return ">"
    return "<" if BEHIND.search(text) else None


COUNTS = re.compile(
    r"(?:多少|几)(?:个|位|名|成)?(?:人|顾客|客户|用户|会员)|占(?:多少|几成|比)|几成|比例|百分之"
    r"|\bhow many (?:customers|people|users|respondents|of)\b|\b(?:share|proportion|percentage)\b"
)


def counts_people(mentions: Mentions) -> bool:
    """Tell 有多少顾客觉得竞品更好: how many there are is no gap."""
    return COUNTS.search(mentions.text) is not None


def is_paired(vocabulary: Vocabulary, rating: str) -> bool:
    """Tell whether the same is asked of exactly one competitor."""
    return without_rival(vocabulary.codebook, (f"score:{rating}",)) is None


def paired_scores(codebook: Codebook) -> tuple[str, ...]:
    """List the scores of all that is asked of exactly one competitor too."""
    own = codebook.with_role(*RATED)
    return tuple(f"score:{one.name}" for one in own if len(rivals_of(codebook, one)) == 1)


def without_rival(codebook: Codebook, metrics: Sequence[str]) -> str | None:
    """Name the first question that is not asked of exactly one competitor; None where all are."""
    for metric in metrics:
        rating = metric.partition(":")[2]
        if rating not in codebook or len(rivals_of(codebook, codebook[rating])) != 1:
            return f"{next(iter(rival_names(codebook)), '')}{rating or metric.upper()}"
    return None
