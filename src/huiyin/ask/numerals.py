"""Numbers as people write them: 三, 十二, 4.5, 80%, 八成."""

from __future__ import annotations

import re

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0, "俩": 2, "仨": 3}
UNITS = {"十": 10, "百": 100}
UP_TO_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
TENS = "thirty forty fifty sixty seventy eighty ninety"
ENGLISH = {word: n for n, word in enumerate(UP_TO_TWENTY.split(" "))} | {
    word: 10 * n for n, word in enumerate(TENS.split(" "), 3)
}
HAN_NUMBER = "[零一二两三四五六七八九十百〇俩仨]"
NUMBER = rf"(?:\d+(?:\.\d+)?|{HAN_NUMBER}+)"
WORD_NUMBER = "|".join(sorted(ENGLISH, key=len, reverse=True))


def read_number(words: str) -> float | None:
    """Read a number; None where it is none."""
    if re.fullmatch(r"\d+(\.\d+)?", words):
        return float(words)
    if words in ENGLISH:
        return float(ENGLISH[words])
    if re.fullmatch(HAN_NUMBER + "+", words):
        return float(_han(words))
    return None


def _han(words: str) -> int:
    if not any(unit in words for unit in UNITS):
        return int("".join(str(DIGITS[c]) for c in words))
    total, digit = 0, 0
    for char in words:
        if char in UNITS:
            total += (digit or 1) * UNITS[char]
            digit = 0
        else:
            digit = DIGITS[char]
    return total + digit


def read_whole(words: str) -> int:
    """Read a whole number of the form that `NUMBER` or `WORD_NUMBER` found."""
    return int(read_number(words) or 0)
