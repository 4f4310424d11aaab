"""Whether words that nothing explains may be passed over: how likely the reading without them is.

A logistic model has learned from the questions of the sets, of which one known word after the
other was hidden: is the reading that does without it the one that was meant? What it goes by is
known of any word (`stray_signs`). The weights are those that
``python -m benchmarks.learn_passing_over`` writes.

References
----------
Hastie, Tibshirani, Friedman (2009), The Elements of Statistical Learning, 4.4.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources

from huiyin.ask.contracts import Kind, Understood
from huiyin.ask.meanings import Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.strays import KINDS_OF_PEOPLE, MEASURED, PEOPLE

FILE = "passing_weights.txt"
SCALE = 100
SURE = 0.9
"""From here on a word is passed over: of words that were never seen, more than ten readings above
it were right for one that was wrong."""
DOUBTED = 0.5
"""From here on a word is passed over and the answer says so first: the reading is more likely right
than wrong."""

ENDS_COUNTED = frozenset({"前", "头", "top", "first"})
MOST_NAMED = 2
NUMBERS = re.compile(
    r"[零〇一二两三四五六七八九十百千万\d.]+|second|third|fourth|fifth|sixth|\d+(?:st|nd|rd|th)|zero|double|triple"
    r"|twice"
)
"""A number, or a place in an order, is never talk."""
WHOM = re.compile(
    r" (?:\w+ )?(?:customers?|clients?|people|users?|shoppers?|buyers?|guests?|members?|owners?)\b"
)


STANDING = frozenset({None, Kind.NUMBER, Kind.RANKING})
ASKED_OF = re.compile(r"\b(?:(most|least)|by|per|each|every)(?: (?:the|our))? $")
NO_GROUP = re.compile(r" (?:on|in|at|for|since|last|this)\b|\W*$")
"""The most dreadful shops, NPS by clientele: what stands behind says which end, which groups."""
MOVES = re.compile(
    r"得?了(?:没有?|吗|么|不|多少|几(?:个|分|成)|不少|点没|一?些)|[得的]?最(?:多|大|快|狠|猛|厉害|明显)"
)
"""NPS锐减了吗: what stands there is what a number did, and no talk."""

NAMES_DAYS = re.compile(r"[一-鿿][节季档]$|期间$|[寒暑长年]假$")
"""去年泼水节: a stray that may name days is no talk."""


def may_pick(mentions: Mentions, strays: Sequence[tuple[int, int]], understood: Understood) -> bool:
    """Tell whether a word may say which are picked: it is asked about, however likely the reading.

    差评率爆表的前三家店: which end of the ranking; 竞品甲哪方面比我们强: which of all aspects;
    高端的满意率, frequent customers: whose number.

    Parameters
    ----------
    mentions : Mentions
    strays : sequence of (start, end)
        Where the words stand that nothing explains.
    understood : Understood
        The reading that does without them.
    """
    ends = mentions.saying("best", "worst", "largest", "smallest")
    counted = all(mentions.tokens[at].text in ENDS_COUNTED for at in ends)
    open_end = understood.kind is Kind.RANKING and counted
    several = len(understood.metrics) > MOST_NAMED
    numbers = any(NUMBERS.fullmatch(mentions.text[a:b].strip()) for a, b in strays)
    whose = any(
        _says_whose(mentions, *one) or KINDS_OF_PEOPLE.fullmatch(mentions.text[slice(*one)])
        for one in strays
    )
    days = any(NAMES_DAYS.search(mentions.text[a:b].strip()) for a, b in strays)
    told = any(_tells_which(mentions.text, *one) for one in strays)
    moves = understood.kind in STANDING and any(MOVES.match(mentions.text, b) for _, b in strays)
    return open_end or several or numbers or whose or days or told or moves


def _tells_which(text: str, start: int, end: int) -> bool:
    """Tell “dreadful” of the most dreadful shops, but not “ground” of the most ground on NPS."""
    found = ASKED_OF.search(text, 0, start)
    return bool(found and not (found[1] and NO_GROUP.match(text, end)))


def _says_whose(mentions: Mentions, start: int, end: int) -> bool:
    """Tell 高端 of 高端的满意率, and a word that only small words cover: 重点."""
    text = mentions.text
    covered = not any(a < end and start < b for a, b in mentions.scanned.left)
    after = next((t for t in mentions.tokens if t.start == end + 1), None)
    of_number = text.startswith("的", end) and after is not None and after.of(*MEASURED)
    return bool(covered or of_number or PEOPLE.match(text, end) or WHOM.match(text, end))


def may_belong(mentions: Mentions, strays: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a word may belong to what it touches: Nanjing Street, 已婚 of 已婚满意度.

    Parameters
    ----------
    mentions : Mentions
    strays : sequence of (start, end)
        Where the words stand that nothing explains.
    """
    text, tokens = mentions.text, mentions.tokens
    ends = {token.end + 1 for token in tokens if token.of(Sort.VALUE)}
    starts = {token.start for token in tokens if token.of(*MEASURED)}
    named = any(a in ends and text[a - 1] == " " for a, _ in strays)
    return named or any(b in starts or (b + 1 in starts and text[b] == " ") for _, b in strays)


def may_pass(signs: Mapping[str, int]) -> bool:
    """Tell whether a reading is what was meant, though words of the question are not used.

    Parameters
    ----------
    signs : mapping of str to int
        What the reading and the words are known by, and how often (`signs_of_passing`).
    """
    return likely(signs) >= SURE


def may_doubt(signs: Mapping[str, int]) -> bool:
    """Tell whether a reading is answered with the words named that it does without.

    Parameters
    ----------
    signs : mapping of str to int
        As of `may_pass`.
    """
    return likely(signs) >= DOUBTED


def likely(signs: Mapping[str, int]) -> float:
    """Give the probability that a reading is what was meant.

    Parameters
    ----------
    signs : mapping of str to int
    """
    weights = _weights()
    total = weights[""] + sum(weights.get(one, 0) * n for one, n in signs.items())
    return 1 / (1 + math.exp(-total / SCALE))


@cache
def _weights() -> dict[str, int]:
    text = resources.files("huiyin.ask").joinpath(FILE).read_text("utf-8")
    lines = (line.split("\t") for line in text.splitlines())
    return {sign: int(weight) for sign, weight in lines}
