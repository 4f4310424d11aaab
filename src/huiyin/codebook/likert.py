# ruff: noqa: E501, PLR2004 -- word lists read best unbroken; the shares and counts of the rules stand where they are explained
"""Answer scales in words: which order the words have, and which end is the good one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from huiyin.codebook.contracts import Scale
from huiyin.codebook.level_words import (
    LETTERED,
    LONGEST,
    TWO_SIDED,
    grade_word,
    starts_from_nothing,
    tidy,
    unknown_grade,
)
from huiyin.codebook.ordered_lists import ORDERED_LISTS
from huiyin.core.patterns import later

_NUMBERED = later(
    r"^[(\[【]?\s*(-?\d{1,3})\s*[)\]】]?\s*(?:分|星|points?|stars?)?\s*[-–—=:：.、,，(（)\s]*\s*(\D.*?)[)）]?\s*$"
)
_TRAILING_NUMBER = later(r"^(\D+?)\s*[-–—=:：(（]\s*(-?\d{1,3})\s*(?:分|points?)?[)）]?$")
_STAR = later(r"^[★⭐🌟][️]?[★⭐🌟️]*([☆✩]*)$")
_STAR_WORDS = later(
    r"^(10|[0-9一二三四五六七八九十])(?:\s*(?:/|out of|of)\s*(\d+))?\s*(?:星级?|颗星|stars?|(?<=[一二三四五六七八九十])分)?$"
)
_POINTS = later(r"^(-?\d{1,3}(?:\.\d{1,2})?)\s*(分|points?|pts?)?$")
_CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九十")}
_MIN_LEVELS = 2
_MAX_LEVELS = 11


@dataclass(frozen=True, slots=True)
class WordScale:
    """An ordered reading of a column's words.

    Attributes
    ----------
    scale : Scale
    family : str
        ``satisfied``, ``agree``, ``likely``, ``easy``, ``frequency``, ``stars``, ``numbered``…
    sure : bool
        False where the order is a guess that a person should check.
    """

    scale: Scale
    family: str
    sure: bool = True


def read_words(labels: Sequence[str]) -> WordScale | None:
    """Find the order of a scale answered in words.

    Parameters
    ----------
    labels : sequence of str
        Distinct values as they stand in the file, “no answer” words already taken away.

    Returns
    -------
    WordScale or None
        None where the words carry no order. Codes run from 1 at the low end, or are the numbers
        that stand in the labels; levels nobody chose are kept where the wording implies them.
    """
    if not _MIN_LEVELS <= len(labels) <= _MAX_LEVELS + 4 or max(map(len, labels)) > LONGEST:
        return None
    if bare := _without_letters(labels):
        found = read_words(tuple(bare.values()))
        return found and _relabelled(found, bare)
    for reader in (_stars, _points, _numbered, _listed, _graded, _unseen):
        found = reader(labels)
        if found is not None:
            return found
    return None


def _without_letters(labels: Sequence[str]) -> dict[str, str]:
    """Give each label without the letter of its option: ``A.非常满意``; none where one has none."""
    found = {label: LETTERED.fullmatch(label.strip()) for label in labels}
    letters = {match.group(1).upper() for match in found.values() if match}
    bare = {label: match.group(2) for label, match in found.items() if match}
    alone = len(letters) == len(labels) == len(set(bare.values()))
    return bare if alone else {}


def _relabelled(found: WordScale, bare: Mapping[str, str]) -> WordScale:
    levels = {label: found.scale.levels[words] for label, words in bare.items()}
    return replace(found, scale=replace(found.scale, levels=levels))


def _stars(labels: Sequence[str]) -> WordScale | None:
    codes: dict[str, float] = {}
    top = 5
    for label in labels:
        text = tidy(label)
        drawn = _STAR.match(text.replace(" ", ""))
        said = _STAR_WORDS.match(text)
        if drawn:
            filled = sum(text.count(star) for star in "★⭐🌟")
            codes[label] = filled
            top = max(top, filled + len(drawn.group(1)))
        elif said and not text.isdigit():
            codes[label] = _CHINESE_DIGITS.get(said.group(1)) or float(said.group(1))
            top = max(top, int(said.group(2) or 0), int(codes[label]))
        elif text in {"☆☆☆☆☆", "no stars", "0 stars"}:
            codes[label] = 0
        else:
            return None
    low = min(1.0, *codes.values())
    return WordScale(Scale(low, float(10 if top > 5 else 5), 1, codes), "stars")


def read_points(labels: Sequence[str]) -> dict[str, float]:
    """Give the number of each label written as points: 9分, 9 points; empty where one is not.

    Bare numbers may stand among them, but not alone.
    """
    found = {label: _POINTS.match(tidy(label)) for label in labels}
    read = {label: match for label, match in found.items() if match}
    if len(read) < len(found) or not any(match.group(2) for match in read.values()):
        return {}
    return {label: float(match.group(1)) for label, match in read.items()}


def _points(labels: Sequence[str]) -> WordScale | None:
    codes = read_points(labels)
    if not codes:
        return None
    return WordScale(Scale(*_standard_ends(sorted(set(codes.values()))), 1, codes), "points")


def _numbered(labels: Sequence[str]) -> WordScale | None:
    codes: dict[str, float] = {}
    words: dict[str, str] = {}
    for label in labels:
        text = tidy(label)
        led, trailed = _NUMBERED.match(text), _TRAILING_NUMBER.match(text)
        if text.lstrip("-").isdigit():
            codes[label] = float(text)
        elif led:
            codes[label], words[label] = float(led.group(1)), led.group(2)
        elif trailed:
            codes[label], words[label] = float(trailed.group(2)), trailed.group(1)
        else:
            return None
    grades = {label: grade for label, word in words.items() if (grade := grade_word(word))}
    values = sorted(set(codes.values()))
    if not words or values[-1] - values[0] >= _MAX_LEVELS or len(grades) < min(2, len(words)):
        return None
    family = next((name for name, _ in grades.values() if name != "middle"), "middle")
    direction = _direction(codes, {label: grade[1] for label, grade in grades.items()})
    scale = Scale(*_standard_ends(values), direction, codes)
    return WordScale(scale, family, sure=len(grades) == len(words))


def _standard_ends(values: Sequence[float]) -> tuple[float, float]:
    low, high = values[0], values[-1]
    for first, last in ((1, 3), (1, 4), (1, 5), (1, 7), (0, 4), (0, 5), (1, 10), (0, 10)):
        if first <= low and high <= last and len(values) >= (last - first + 1) / 2:
            return float(first), float(last)
    return low, high


def _direction(codes: Mapping[str, float], grades: Mapping[str, float]) -> int:
    pairs = sorted((codes[label], grade) for label, grade in grades.items())
    rising = sum(b[1] - a[1] for a, b in itertools.pairwise(pairs))
    return -1 if rising < 0 else 1


def _listed(labels: Sequence[str]) -> WordScale | None:
    tidied = {label: tidy(label) for label in labels}
    wanted = set(tidied.values())
    best: tuple[str, ...] | None = None
    for words in ORDERED_LISTS:
        fits = wanted <= set(words)
        if fits and (best is None or len(words) < len(best)):
            best = words
    if best is None or len(wanted) < min(2, len(best)):
        return None
    codes = {label: float(best.index(text) + 1) for label, text in tidied.items()}
    return WordScale(Scale(1.0, float(len(best)), 1, codes), _list_family(best))


def _list_family(words: Sequence[str]) -> str:
    if words[0] in {"never", "从不", "从来没有", "没有"}:
        return "frequency"
    if words[0] in {"低", "not at all", "none at all", "nothing at all", "hardly at all"}:
        return "degree"
    if words[-1] in {"yes", "definitely yes", "肯定会", "一定会", "绝对会", "会", "愿意", "definitely", "yes, definitely"}:  # fmt: skip
        return "likely"
    return "quality"


def _graded(labels: Sequence[str]) -> WordScale | None:
    grades: dict[str, float] = {}
    families: list[str] = []
    for label in labels:
        found = grade_word(label)
        if found is None:
            return None
        if found[0] != "middle":
            families.append(found[0])
        grades[label] = found[1]
    if not families or len(set(grades.values())) < _MIN_LEVELS:
        return None
    family = max(set(families), key=families.count)
    alike = families.count(family) >= len(families) - 1
    ladder = _ladder(grades.values(), bipolar=_is_bipolar(family, labels))
    codes = {label: float(ladder.index(grade) + 1) for label, grade in grades.items()}
    sure = alike and len(ladder) <= 7 and len(set(grades.values())) >= len(ladder) / 2
    return WordScale(Scale(1.0, float(len(ladder)), 1, codes), family, sure=sure)


def _is_bipolar(family: str, labels: Iterable[str]) -> bool:
    return family in TWO_SIDED and not any(starts_from_nothing(tidy(label)) for label in labels)


def _ladder(grades: Iterable[float], *, bipolar: bool) -> list[float]:
    """Order the grades; on a two-sided scale each step up has its step down."""
    steps = set(grades)
    if bipolar and not _one_sided_negatives(steps):
        steps |= {-step for step in steps}
    return sorted(steps)


def _one_sided_negatives(steps: set[float]) -> bool:
    """Tell whether both sides are complete already though not mirror images (很…, 比较…)."""
    above = sum(step > 0 for step in steps)
    below = sum(step < 0 for step in steps)
    return above == below


def _unseen(labels: Sequence[str]) -> WordScale | None:
    """Order words of an unknown kind by their strength: a guess for a person to check."""
    if not 3 <= len(labels) <= 7:
        return None
    grades = {label: unknown_grade(tidy(label)) for label in labels}
    marked = [g for g in grades.values() if g[1] != 0.0]
    stems = [g[0] for g in marked if g[0]]
    if len(marked) < 2 or not stems:
        return None
    stem = max(set(stems), key=stems.count)
    related = sum(stem in tidy(label) for label in labels)
    if related < max(2, len(labels) - 2) or len({g[1] for g in grades.values()}) < 3:
        return None
    ladder = sorted({g[1] for g in grades.values()})
    codes = {label: float(ladder.index(g[1]) + 1) for label, g in grades.items()}
    return WordScale(Scale(1.0, float(len(ladder)), 1, codes), "unseen", sure=False)
