"""What is known of a word that nothing explains, and of the reading that does without it.

Where it stands, what it looks like, which part of speech it is, what would be asked back for it,
and how surprising the reading is: `passing_over` has learned how much each of these signs tells.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from huiyin.ask.contracts import Kind, Understood
from huiyin.ask.leftovers import CLAUSE, reason_of
from huiyin.ask.meanings import Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.scanning import Token
from huiyin.ask.spelling import is_han
from huiyin.ask.strays import tag_at, tagged

WORD = re.compile(r"[a-z0-9'-]+")
MEASURE = re.compile(r"率|数|额|量|费|价|时长|指数|次数")
LED_BY = re.compile(r"(?:对|关于|把|将|给|帮|请|在|从|被|让|为|按|跟|和|与|比|是)$")
DETERMINERS = frozenset(
    ["the", "a", "an", "our", "my", "this", "that", "each", "every", "which", "what"]
)
BEFORE = frozenset(["in", "of", "for", "from", "at", "among", "by", "with", "on", "per", "about"])
AFTER = frozenset(["of", "for", "on", "in", "by", "with"])
ENDINGS = (
    "ing", "ed", "ly", "er", "est", "s", "y", "al", "ion", "ness", "ment", "ous", "ful", "'s",
)  # fmt: skip
LONGEST, LONGEST_EN, MOST, TWO, THREE, FOUR = 6, 9, 9, 2, 3, 4
PAIRED = ("t1:", "r:", "suf:", "tv", "ta:", "tb:")
"""Signs of a word that tell something else in each kind of question."""
SURPRISES = (0.3, 0.7, 1.5, 2.5, 4.0)
FEW, MANY = 0.3, 1.5
Stretch = tuple[int, int]


def signs_of_passing(
    mentions: Mentions, strays: Sequence[Stretch], understood: Understood, surprise: float
) -> Counter[str]:
    """List what a reading that does without some words is known by, and how often.

    Parameters
    ----------
    mentions : Mentions
    strays : sequence of (start, end)
        Where the words stand that nothing explains.
    understood : Understood
        The reading, complete.
    surprise : float
        At that reading.
    """
    kind = f"k:{(understood.kind or Kind.NUMBER).value}"
    band = "s0" if surprise <= FEW else "s1" if surprise <= MANY else "s2"
    found = Counter(_of_reading(mentions, understood, surprise))
    found["many"] = len(strays) - 1
    for start, end in strays:
        script = "h" if is_han(mentions.text[start]) else "e"
        found.update(f"{script}|{one}" for one in (kind, band, f"{kind}&{band}"))
        for sign in (*_around(mentions, start, end), *_of_word(mentions, start, end)):
            found[f"{script}|{sign}"] += 1
            if sign.startswith(PAIRED):
                found.update((f"{script}|{sign}&{kind}", f"{script}|{sign}&{band}"))
    return found


def _of_reading(mentions: Mentions, understood: Understood, surprise: float) -> Iterator[str]:
    yield f"k:{(understood.kind or Kind.NUMBER).value}"
    yield f"nm:{min(len(understood.metrics), TWO)}"
    yield f"by:{min(len(understood.by), TWO)}"
    yield f"w:{min(len(understood.where), TWO)}"
    yield "days" if understood.since or understood.until else "nodays"
    if understood.compare:
        yield "cmp"
    yield from (f"sp>{bound}" for bound in SURPRISES if surprise > bound)
    yield f"n:{min(len(mentions.tokens), MOST)}"


def _around(mentions: Mentions, start: int, end: int) -> Iterator[str]:
    """Give the signs of where a word stands."""
    text, tokens = mentions.text, mentions.tokens
    before = next((token for token in reversed(tokens) if token.end <= start), None)
    after = next((token for token in tokens if token.start >= end), None)
    sorts = [_sort_of(before), _sort_of(after)]
    plain = [one.partition("-")[0] for one in sorts]
    yield from (f"b:{sorts[0]}", f"a:{sorts[1]}", f"b1:{plain[0]}", f"a1:{plain[1]}")
    yield f"ba:{plain[0]}>{plain[1]}"
    if before is not None and before.end == start:
        yield f"tb:{plain[0]}"
    if after is not None and after.start == end:
        yield f"ta:{plain[1]}"
    if any(token.of(Sort.VALUE) for token in tokens if start == token.end or end == token.start):
        yield from ("tv", f"tv{min(end - start, THREE)}")
    yield "hasv" if any(token.of(Sort.VALUE) for token in tokens) else "nov"
    if text[before.end if before else 0 : start].strip():
        yield "gapb"
    if text[end : after.start if after else len(text)].strip():
        yield "gapa"
    yield from _edges(text, start, end)
    reason, _ = reason_of(mentions, start, end)
    yield f"r:{reason.value}"


def _edges(text: str, start: int, end: int) -> Iterator[str]:
    if not CLAUSE.split(text[:start])[-1].strip():
        yield "cstart"
    if not CLAUSE.split(text[end:])[0].strip():
        yield "cend"
    if not text[:start].strip():
        yield "start"
    if not text[end:].strip(" ?？。.!"):
        yield "end"


def _of_word(mentions: Mentions, start: int, end: int) -> Iterator[str]:
    if is_han(mentions.text[start]):
        yield from _of_chinese(mentions, start, end)
    else:
        yield from _of_english(mentions.text, start, end)


def _of_chinese(mentions: Mentions, start: int, end: int) -> Iterator[str]:
    text, word = mentions.text, mentions.text[start:end]
    before = next((token for token in reversed(mentions.tokens) if token.end <= start), None)
    after = next((token for token in mentions.tokens if token.start >= end), None)
    first, last = (_sort_of(one).partition("-")[0] for one in (before, after))
    tag = tag_at(text, start)
    yield from (f"t:{tag}", f"t1:{tag[:1]}", f"ta>{tag}>{last}", f"tb>{first}>{tag}")
    yield f"len:{min(len(word), LONGEST)}"
    yield f"c-:{text[start - 1] if start else '^'}"
    yield f"c+:{text[end] if end < len(text) else '$'}"
    yield "whole" if any((a, b) == (start, end) for a, b, _ in tagged(text)) else "part"
    yield from (f"ch:{one}" for one in word)
    yield from (f"first:{word[0]}", f"last:{word[-1]}")
    if MEASURE.match(text, end):
        yield "measure"
    if text.startswith("的", end):
        yield from ("of", f"of>{last}")
    if LED_BY.search(text[:start]):
        yield "led"


def _of_english(text: str, start: int, end: int) -> Iterator[str]:
    word = text[start:end]
    before = (WORD.findall(text[:start]) or ["^"])[-1]
    after = (WORD.findall(text[end:]) or ["$"])[0]
    yield from (f"p:{before}", f"n:{after}", f"len:{min(len(word), LONGEST_EN)}")
    if before in DETERMINERS:
        yield "det"
    if before in BEFORE:
        yield "led"
    if after in AFTER:
        yield "leads"
    yield from (f"suf:{one}" for one in ENDINGS if word.endswith(one))
    if "-" in word:
        yield "suf:-"
    yield from (f"e3:{word[-THREE:]}", f"s4:{word[:FOUR]}")


def _sort_of(token: Token | None) -> str:
    """Give the sort of a token, and what it signals; a word of it where it is none of the data."""
    if token is None:
        return "none"
    if token.period is not None:
        return "period"
    if token.number is not None:
        return "number"
    if token.first is None:
        return "blank"
    sort = token.first.sort.value
    return f"{sort}-{token.first.name}" if token.first.sort is Sort.SIGNAL else sort
