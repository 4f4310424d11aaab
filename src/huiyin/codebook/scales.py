# ruff: noqa: E501, PLR2004 -- patterns and sentences read best unbroken; the shares and counts of the rules stand where they are explained
"""Which scale a column of numbers was answered on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from huiyin.codebook.anchors import stated_direction
from huiyin.codebook.contracts import Scale
from huiyin.codebook.facts import Facts
from huiyin.core.patterns import later
from huiyin.core.text import Text, listed

STANDARD_SCALES = (
    (1, 3), (1, 4), (1, 5), (0, 5), (1, 6), (1, 7), (1, 10), (0, 10), (0, 100),
)  # fmt: skip
"""Narrow to wide; the narrowest that holds nearly all answers is taken."""
MISSING_NUMBERS = frozenset(
    {-1, -2, -3, -4, -5, -7, -8, -9, -77, -88, -97, -98, -99, -999, 77, 88, 96, 97, 98, 99, 888, 977,
     988, 996, 997, 998, 999, 9998, 9999}
)  # fmt: skip
"""Numbers that surveys use for “no answer”."""
HELD_SHARE = 0.95
"""Share of the answers (numbers for “no answer” left out) that a scale must hold."""
STATED_SHARE = 0.8
"""The same for a scale that the question itself states: what lies outside is an error."""
RARE_ZERO = 0.2
"""A 0 below a 1–5 scale, at most this frequent, is “not applicable” rather than a level."""
SLIP = 11
"""What people type, or a form lets through, beyond a scale that ends at 10."""
FEW_ANSWERS = 100
ONES_THAT_TELL = 6
"""From so many 1s on, a recommendation that nobody gave a 0 is taken as asked on 1–10: those who
are angry choose the end of the scale, so 0 is seldom less than half as frequent as 1, and that
none came by chance is then below 5 % (e⁻³)."""
_POLARITY = (-1.0, 1.0)
_ENDS = later(
    r"(?:scale (?:of|from)|from|on a|rate|rating|[(（\[【]|评分|打分|用|请|^|\s)\s*(?:从)?\s*(\d{1,2})\s*(?:分)?\s*"
    r"(?:to|-|–|—|~|～|至|到|\.\.)\s*(\d{1,3})\s*(?:分|$|[)）\]】]|\b)"
)
_OUT_OF = later(r"(?:out of|满分(?:为|是)?|/)\s*(\d{1,3})\b|(\d{1,3})\s*分制")


@dataclass(frozen=True, slots=True)
class NumberScale:
    """A scale for numbers, how sure it is, and what a person should know of it."""

    scale: Scale
    sure: bool
    note: Text | None = None


def stated_ends(text: str) -> tuple[float, float] | None:
    """Read the ends of a scale from the question's wording: “on a scale of 1 to 5”, 满分10分."""
    found = _ENDS.search(text)
    if found and 0 <= int(found.group(1)) <= 1 and 2 <= int(found.group(2)) <= 100:
        return float(found.group(1)), float(found.group(2))
    found = _OUT_OF.search(text)
    if found:
        top = int(found.group(1) or found.group(2))
        if top in {5, 7, 10, 100}:
            return (0.0 if top == 100 else 1.0), float(top)
    return None


def read_numbers(
    facts: Facts, *, nps: bool = False, by_name: bool = False, burden: bool = False
) -> NumberScale | None:
    """Find the scale of a column answered in numbers.

    Parameters
    ----------
    facts : Facts
        Its `values` are the answers; out-of-range ones stay out of the scale.
    nps : bool
        True where the wording asks for a recommendation, which is asked on 0–10.
    by_name : bool
        True where the column is named after the standard question: then nobody need choose 0.
    burden : bool
        True where it asks how much effort something took: low is good unless the wording says
        otherwise.

    Returns
    -------
    NumberScale or None
        None where no standard scale holds nearly all answers.
    """
    numbers = facts.numbers
    if not facts.numeric or not numbers:
        return None
    text = facts.hint.question or facts.name
    direction = stated_direction(text, burden=burden) or (-1 if burden else 1)
    if (odd := _below_one(numbers, direction)) is not None:
        return odd
    stated = stated_ends(text)
    if stated is not None and _held(numbers, *stated) >= STATED_SHARE:
        return _scale(*stated, direction, numbers, sure=True)
    if nps:
        return _recommendation_scale(numbers, direction, from_zero=by_name)
    return _narrowest(numbers, direction)


def _below_one(numbers: Sequence[tuple[float, int]], direction: int) -> NumberScale | None:
    """Find scales around 0, and shares of one."""
    if _is_polarity(numbers):
        return _scale(*_POLARITY, 1, numbers, sure=True)
    if (end := _end_of_both_sides(numbers)) is not None:
        note = Text("像是 −{end} 到 {end} 的双向量表", "looks like −{end} to {end}")
        scale = Scale(-end, end, direction)
        return NumberScale(scale, sure=False, note=note.format(end=f"{end:g}"))
    if _are_parts_of_one(numbers):
        note = Text("像是 0–1 的比例，请核对", "looks like shares of one; check")
        return NumberScale(Scale(0.0, 1.0, direction), sure=False, note=note)
    return None


def _recommendation_scale(
    numbers: Sequence[tuple[float, int]], direction: int, *, from_zero: bool
) -> NumberScale | None:
    top = max((n for n, _ in numbers if n <= 10), default=0)
    zeros, ones = (sum(count for n, count in numbers if n == low) for low in (0, 1))
    if top > 7 and _held(numbers, 0, 10) >= HELD_SHARE:
        from_one = not from_zero and not zeros and ones >= ONES_THAT_TELL
        return _scale(1.0 if from_one else 0.0, 10.0, direction, numbers, sure=True)
    return _narrowest(numbers, direction)


def _slipped(numbers: Sequence[tuple[float, int]], direction: int) -> NumberScale | None:
    """Read a scale that ends at 10 beside slips, which up to a fifth of the answers may be.

    Whole numbers up to 10 are most of the answers, and beyond them nothing stands but 11 and
    numbers for “no answer”: who answers on 0–100 uses what lies between. Without a 0 it is not
    sure, since eleven levels may also be coded 1–11.
    """
    values = {n for n, _ in numbers}
    beyond = {n for n in values if not 0 <= n <= 10}
    if not {SLIP} <= beyond <= {SLIP, *MISSING_NUMBERS} or 10 not in values:
        return None
    if any(n != int(n) for n in values) or _held(numbers, 0, 10) < STATED_SHARE:
        return None
    sure = 0 in values
    found = _scale(0.0 if sure else 1.0, 10.0, direction, numbers, sure=sure)
    note = (_ELEVENS if sure else _ELEVENS_UNSURE).format(n=SLIP)
    both = Text("{a}；{b}", "{a}; {b}").format(a=found.note, b=note) if found.note else note
    return replace(found, note=both)


_ELEVENS = Text("{n} 不在量表内，按缺失处理", "{n} is beyond the scale and taken as missing")
_ELEVENS_UNSURE = Text("有 {n}，也可能是 1–{n}，请核对", "there are {n}s: it may be 1–{n}; check")


def _narrowest(numbers: Sequence[tuple[float, int]], direction: int) -> NumberScale | None:
    held = [n for n, _ in numbers if n not in MISSING_NUMBERS or 0 <= n <= 10]
    if not held:
        return None
    few = sum(count for _, count in numbers) < FEW_ANSWERS
    for low, high in STANDARD_SCALES:
        if high == 6 and few:  # a 7-point scale whose top nobody chose is likelier
            continue
        if _held(numbers, low, high) < HELD_SHARE or (high == 100 and not _hundred(numbers)):
            continue
        if (low, high) == (0, 5) or (low, high) == (0, 10):
            return _from_zero(numbers, low, high, direction)
        return _scale(float(low), float(high), direction, numbers, sure=True)
    if (slipped := _slipped(numbers, direction)) is not None:
        return slipped
    zero_free = [(n, c) for n, c in numbers if n != 0]
    if zero_free and len(zero_free) < len(numbers) and _zero_share(numbers) <= RARE_ZERO:
        return _narrowest(zero_free, direction)
    return None


def _from_zero(
    numbers: Sequence[tuple[float, int]], low: int, high: int, direction: int
) -> NumberScale:
    """Decide whether the 0 under 1–5 is a level or “not applicable”."""
    above = [(number, count) for number, count in numbers if number != 0]
    if high == 5 and _zero_share(numbers) <= RARE_ZERO and _held(above, 1, 5) >= HELD_SHARE:
        scale = Scale(1.0, 5.0, direction, missing_codes=("0", *_codes(numbers, 0, 5)))
        note = Text("0 按“不适用”处理", "0 is taken as “not applicable”")
        return NumberScale(scale, sure=True, note=note)
    return _scale(float(low), float(high), direction, numbers, sure=True)


def _zero_share(numbers: Sequence[tuple[float, int]]) -> float:
    total = sum(count for _, count in numbers)
    return sum(count for n, count in numbers if n == 0) / total if total else 0.0


def _is_polarity(numbers: Sequence[tuple[float, int]]) -> bool:
    values = {n for n, _ in numbers}
    return 1 in values and min(values) < 0 and len(values) > 2 and may_be_polarity(values)


def may_be_polarity(values: Collection[float]) -> bool:
    """Tell whether numbers are −1, 0, 1 for bad, neutral, good, with −2 for “not mentioned”."""
    return set(values) <= {-2, -1, 0, 1} and min(values, default=0) < 0


def _end_of_both_sides(numbers: Sequence[tuple[float, int]]) -> float | None:
    """Give the end of a scale that runs below and above 0 alike: 2 for −2 … 2; None for others."""
    values = {number for number, _ in numbers}
    below, above = -min(values), max(values)
    total = sum(count for _, count in numbers)
    under = sum(count for number, count in numbers if number < 0)
    two_sided = 0 in values and 2 <= above <= 5 and above - 1 <= below <= above
    several = sum(number < 0 for number in values) >= 2 and under >= 0.1 * total
    return above if two_sided and several and all(n == int(n) for n in values) else None


def _are_parts_of_one(numbers: Sequence[tuple[float, int]]) -> bool:
    """Tell whether all lie between 0 and 1 and some inside, as shares do and levels do not."""
    values = [number for number, _ in numbers]
    return min(values) >= 0 and max(values) <= 1 and any(0 < value < 1 for value in values)


def _hundred(numbers: Sequence[tuple[float, int]]) -> bool:
    """Tell whether the answers use a 0–100 scale rather than a corner of it.

    Numbers for “no answer” are levels of it only where others stand between 11 and them.
    """
    used = [n for n, _ in numbers if n <= 100 and n not in MISSING_NUMBERS]
    if any(n > SLIP for n in used):
        used = [n for n, _ in numbers if n <= 100]
    return max(used, default=0) > 60


def _held(numbers: Sequence[tuple[float, int]], low: float, high: float) -> float:
    """Give the share of the answers inside the ends, numbers for “no answer” left out."""
    inside = sum(count for n, count in numbers if low <= n <= high)
    outside = sum(
        count for n, count in numbers if not low <= n <= high and n not in MISSING_NUMBERS
    )
    return inside / (inside + outside) if inside else 0.0


def _codes(numbers: Sequence[tuple[float, int]], low: float, high: float) -> tuple[str, ...]:
    codes = sorted(n for n, _ in numbers if not low <= n <= high and n in MISSING_NUMBERS)
    return tuple(f"{n:g}" for n in codes)


def _scale(
    low: float, high: float, direction: int, numbers: Sequence[tuple[float, int]], *, sure: bool
) -> NumberScale:
    codes = _codes(numbers, low, high)
    if low == 1 and any(n == 0 for n, _ in numbers):
        codes = ("0", *codes)
    note = None
    if codes:
        note = Text("{codes} 按“未回答”处理", "{codes} taken as “no answer”").format(
            codes=listed(codes)
        )
    return NumberScale(Scale(low, high, direction, missing_codes=codes), sure=sure, note=note)
