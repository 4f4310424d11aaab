"""Which words that look alike may be one word with a slip, and which name something else."""

from __future__ import annotations

import re
from collections import Counter

from huiyin.ask.spelling import is_han, sounds

NOT_ZH = frozenset("不没未非无")
NOT_EN = re.compile(r"^(?:un|dis|no |non)|\bnot\b")


OPPOSED = (
    "东南西北中",
    "金银铜铂黑白",
    "甲乙丙丁",
    "大小",
    "新老旧",
    "男女",
    "高低",
    "前后",
    "内外",
)
"""One of these for another is no slip: 城北 is not 城南."""
PARTICLES = frozenset("的了吗呢")
DIRECTIONS = ("north", "south", "east", "west")
OTHER_WORDS = frozenset(
    {
        "story", "stories", "storm", "storms", "computer", "computers", "meant", "mostly", "prince",
        "applied", "chapter", "chapters", "defense", "defence", "defend", "defends", "defending",
        "defended", "extensive", "farmer", "farmers", "employ", "employs", "employed", "employer",
        "employers", "intense", "arena", "oregon", "tiger", "tigers", "beast", "feast", "easter",
        "equality", "unity", "dealer", "dealers", "qualify", "qualifies", "qualifying", "invented",
        "invention", "nearest", "fairy", "oppose", "opposed", "opposing", "cluster", "clusters",
        "regulate", "regulated", "darker", "unclear", "legion", "small", "interact", "junction",
        "homer", "youth",
    }
)  # fmt: skip
"""English words that differ by a letter from one of ours, and mean something else."""


def begins_inside(at: int, text: str) -> bool:
    """Tell 南大区 of 中南大区: it is another region, and no slip of one that there is."""
    return at > 0 and text[at] in OPPOSED[0] and text[at - 1] in OPPOSED[0]


def says_another(written: str, word: str) -> bool:
    """Tell 城北 from 城南, southeast from southwest: what is written is a name of its own."""
    if not is_han(word[0]):
        known = not OTHER_WORDS.isdisjoint(written.split())
        return known or any(one in written and one not in word for one in DIRECTIONS)
    return any(
        not set(chars).isdisjoint(set(written) - set(word)) and not set(chars).isdisjoint(word)
        for chars in OPPOSED
    )


def another_name(written: str, word: str) -> bool:
    """Tell 西湖店 from 西溪店: one whole character is another, and does not sound like it.

    A character that sounds alike is a slip of whoever types by sound.

    Parameters
    ----------
    written : str
    word : str
        The name of a value.
    """
    if len(written) != len(word):
        return False
    others = [(a, b) for a, b in zip(written, word, strict=True) if a != b]
    return len(others) == 1 and sounds(others[0][0]) != sounds(others[0][1])


def negated(word: str) -> bool:
    """Tell whether a word says that something is not so."""
    return not NOT_ZH.isdisjoint(word) or NOT_EN.search(word) is not None


def nearly(written: str, word: str) -> bool:
    """Tell whether all characters but one (two of a long word) are those of another word.

    What turns a word into its opposite is no slip: 满意率 is never 不满意率.
    """
    if negated(written) != negated(word) or (written[-1] in PARTICLES and written[-1] not in word):
        return False
    if len(written) == 3:  # noqa: PLR2004 -- of three characters none may be wrong, one may be missing
        rest = iter(word)
        return all(char in rest for char in written)
    common = sum((Counter(written) & Counter(word)).values())
    return common >= len(written) - (1 if len(written) <= 5 else 2)  # noqa: PLR2004
