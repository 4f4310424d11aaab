# ruff: noqa: PLR2004 -- the shares and counts of the rules stand where they are explained
"""Ratings: which columns hold one, of what kind, on which scale."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from huiyin.codebook import names
from huiyin.codebook.contracts import Role, Scale
from huiyin.codebook.facts import Facts, Guess, is_two_way, positive_values
from huiyin.codebook.level_words import grade_word, is_no_answer
from huiyin.codebook.likert import WordScale, read_points, read_words
from huiyin.codebook.numerals import as_number
from huiyin.codebook.scales import read_numbers
from huiyin.core.text import Text

MOST_LEVELS = 13
"""More different whole numbers than this are no rating unless the name says so."""
_WORDED_CONFIDENCE = {
    "satisfied": 0.9, "agree": 0.85, "quality": 0.8, "stars": 0.9, "happy": 0.8, "favorable": 0.8,
    "expect": 0.8, "positive": 0.75, "easy": 0.8, "effective": 0.75, "comfortable": 0.65,
    "middle": 0.5, "unseen": 0.5, "likely": 0.65, "high": 0.65, "frequency": 0.65, "degree": 0.65,
}  # fmt: skip
_NOT_EVALUATIVE = frozenset({"important", "frequency", "degree", "high"})
_DEGREES = frozenset({"high", "frequency", "degree"})
_LOW_IS_BETTER = re.compile(
    r"(?<!性)价格|费用|费力|噪|风险|\bprice|\bcost|\brisk|\bnois|\bhow often|多久|频"
)
_SELF = (
    "how often do you",
    "how often have you",
    "do you",
    "have you",
    "are you",
    "您多久",
    "您是否",
    "你多久",
)


def kind_of_rating(facts: Facts, family: str = "") -> Role | None:
    """Tell from the wording which rating a column holds; None where it says nothing."""
    words = facts.words
    if names.RECOMMEND.name(words) and family not in {"frequency", "important"}:
        return Role.NPS
    if names.EFFORT.name(words):
        return Role.CES
    if names.INTENT.name(words):
        return Role.INTENT
    overall = names.OVERALL.in_chinese(words) and names.JUDGED.search(words) is not None
    stars = names.STARS.name(words) and not names.NOT_A_RATING.name(words)
    if overall or stars or names.SATISFACTION.name(words):
        return Role.OVERALL if names.OVERALL.name(words) else Role.CSAT
    return None


def rate_words(facts: Facts) -> Guess | None:
    """Read a rating answered in words.

    Parameters
    ----------
    facts : Facts

    Returns
    -------
    Guess or None
        A rating role with an ordered scale, a dimension where the order judges nothing
        (importance, frequency of one's own doing), None where the words carry no order.
    """
    if not facts.all_listed or (facts.numeric and not facts.hint.labels and _all_numbers(facts)):
        return None
    if is_two_way(facts) or facts.n_distinct == 2:
        return _two_words(facts)
    if are_rated_points(facts):
        return _rate_points(facts)
    found = read_words(_wording(facts))
    if found is None or (found.family == "points" and kind_of_rating(facts) is None):
        return None
    if facts.hint.labels and holds_codes(facts):
        found = _labelled(facts, found)
    kind = kind_of_rating(facts, found.family)
    judged = names.ASPECT.name(facts.words) and not _LOW_IS_BETTER.search(facts.words)
    unjudged = found.family in _NOT_EVALUATIVE and not (judged and found.family in _DEGREES)
    if kind is None and (unjudged or _about_oneself(facts, found)):
        reason = Text("有序的选项，但不是评价", "ordered answers that judge nothing")
        return Guess(Role.DIMENSION, 0.7, reason, family=found.family)
    sure = _WORDED_CONFIDENCE.get(found.family, 0.75) if found.sure else 0.5
    return _worded_guess(facts, found, kind, sure)


def are_rated_points(facts: Facts) -> bool:
    """Tell points that rate (9分 under NPS) from minutes, which are written alike."""
    named = kind_of_rating(facts) is not None and not names.DURATION.name(facts.words)
    return named and facts.all_listed and bool(read_points(facts.labels))


def _rate_points(facts: Facts) -> Guess | None:
    """Read 9分 as the number 9, on the scale that the bare numbers would have."""
    codes = read_points(facts.labels)
    numbers = tuple((codes[value], count) for value, count in facts.values)
    guess = rate_numbers(replace(facts, numbers=numbers, numeric=True), named=True)
    if guess is None or guess.scale is None:
        return None
    levels = {**_levels_nobody_chose(guess.scale, facts.labels[0]), **codes}
    return replace(guess, scale=replace(guess.scale, levels=levels))


def _levels_nobody_chose(scale: Scale, label: str) -> dict[str, float]:
    """Write the whole levels of a short scale as the file writes its own."""
    if scale.n_levels > MOST_LEVELS:
        return {}
    whole = (round(scale.minimum) + step for step in range(scale.n_levels))
    return {re.sub(r"-?[\d.]+", str(level), label, count=1): float(level) for level in whole}


def _all_numbers(facts: Facts) -> bool:
    """Tell a scale of bare numbers from one whose ends are worded: ``1 (never)``, 2, 3…."""
    return len(facts.numbers) == len(facts.values) or facts.n_distinct > MOST_LEVELS


def _wording(facts: Facts) -> tuple[str, ...]:
    labels = facts.hint.labels
    if not labels:
        return facts.labels
    missing = set(facts.missing_codes)
    worded = tuple(label for code, label in labels.items() if code not in missing)
    if holds_codes(facts):
        return worded
    kept = (label for label in worded if not is_no_answer(label))
    return tuple(dict.fromkeys((*facts.labels, *kept)))


def holds_codes(facts: Facts) -> bool:
    """Tell whether a column with value labels holds the codes rather than the labels' words."""
    return sum(value in facts.hint.labels for value in facts.labels) * 2 >= len(facts.labels)


def _labelled(facts: Facts, found: WordScale) -> WordScale:
    """Turn a scale over value labels into one over the codes that stand in the file."""
    missing = set(facts.missing_codes)
    pairs = [
        (number, found.scale.levels[label])
        for code, label in facts.hint.labels.items()
        if code not in missing and label in found.scale.levels
        and (number := as_number(code)) is not None
    ]  # fmt: skip
    if len(pairs) < 2:
        return found
    pairs.sort()
    falling = pairs[0][1] > pairs[-1][1]
    scale = Scale(
        pairs[0][0], pairs[-1][0], -found.scale.direction if falling else found.scale.direction
    )
    return replace(found, scale=scale)


def _about_oneself(facts: Facts, found: WordScale) -> bool:
    return found.family in {"likely", "comfortable", "effective"} and any(
        phrase in facts.words for phrase in _SELF
    )


def _worded_guess(facts: Facts, found: WordScale, kind: Role | None, sure: float) -> Guess:
    scale = found.scale
    role = kind or Role.ASPECT
    if (
        role is Role.CES
        and found.family != "agree"
        and names.EFFORT_BAD.name(facts.words)
        and (found.family not in {"easy", "satisfied"})
    ):
        scale = replace(scale, direction=-1)
    if role is Role.NPS and found.family == "stars" and scale.maximum == 10:
        scale = replace(scale, minimum=0.0)  # 9/10: the question is asked on 0–10
    confidence = max(sure, 0.8) if kind and found.sure else sure
    reason = (
        Text("选项是有序的评价（{n} 级）", "answers are an ordered judgement ({n} levels)")
        if found.sure
        else Text(
            "选项像是有序的（{n} 级），顺序请核对",
            "answers look ordered ({n} levels); check the order",
        )
    )
    return Guess(
        role, confidence, reason.format(n=scale.n_levels), scale=scale, family=found.family
    )


def _two_words(facts: Facts) -> Guess | None:
    """Read “satisfied / dissatisfied” and yes-or-no answers to a satisfaction question."""
    if not names.SATISFACTION.name(facts.words) or facts.n_distinct != 2 or not facts.all_listed:
        return None
    good = positive_values(facts.labels)
    found = read_words(facts.labels)
    if found and found.family == "stars":
        return _worded_guess(facts, found, kind_of_rating(facts), 0.75)
    if found and _on_one_side(facts.labels):
        guess = _worded_guess(facts, found, kind_of_rating(facts), 0.5)
        return replace(guess, confidence=0.5, reason=_ONE_SIDE)
    levels = found.scale.levels if found else {}
    best = max(levels, key=lambda k: levels[k]) if levels else (good[0] if len(good) == 1 else None)
    if best is None:
        return None
    codes = {label: float(label == best) for label in facts.labels}
    reason = Text("满意与否，两级", "satisfied or not, two levels")
    role = Role.OVERALL if names.OVERALL.name(facts.words) else Role.CSAT
    return Guess(role, 0.75, reason, scale=Scale(0.0, 1.0, 1, codes), family="satisfied")


_ONE_SIDE = Text(
    "只出现了同一头的两档，看不出一共几级，请核对",
    "two levels of the same end only: how many there are cannot be seen; check",
)


def _on_one_side(labels: Sequence[str]) -> bool:
    """Tell whether both levels are good, or both bad: 非常满意 and 满意."""
    grades = [graded[1] for label in labels if (graded := grade_word(label)) is not None]
    return len(grades) == len(labels) and (min(grades) > 0 or max(grades) < 0)


def rate_numbers(facts: Facts, *, named: bool) -> Guess | None:
    """Read a rating answered in numbers; it takes a name that says rating.

    Parameters
    ----------
    facts : Facts
    named : bool
        True where something else says already that the column is a rating.
    """
    if not facts.numeric or facts.n_distinct < 2:
        return None
    kind = kind_of_rating(facts)
    if not named and (kind is None or _is_counted(facts, kind)):
        return None
    found = read_numbers(
        facts,
        nps=kind is Role.NPS,
        by_name=names.NPS.name(facts.words),
        burden=kind is Role.CES and names.EFFORT_BAD.name(facts.words),
    )
    if found is None or _too_fine(facts, found.scale):
        return None
    scale, role = found.scale, kind or Role.ASPECT
    if scale.minimum == -1 and role is not Role.CSAT:
        role = Role.ASPECT
    reason = Text(
        "列名是评分，答案落在 {low}–{high}", "named as a rating, answers within {low}–{high}"
    )
    text = reason.format(low=f"{scale.minimum:g}", high=f"{scale.maximum:g}")
    if found.note:
        text = Text("{a}；{b}", "{a}; {b}").format(a=text, b=found.note)
    return Guess(role, 0.85 if found.sure else 0.55, text, scale=scale, family="numbers")


def _is_counted(facts: Facts, kind: Role) -> bool:
    if facts.n_distinct == 2 and {n for n, _ in facts.numbers} <= {0.0, 1.0, -1.0}:
        return True
    return names.NOT_A_RATING.name(facts.words) and kind in {Role.CSAT, Role.OVERALL}


def _too_fine(facts: Facts, scale: Scale) -> bool:
    """Tell whether answers differ more finely than people rate on that scale."""
    return scale.maximum <= 10 and facts.n_distinct > 10 * MOST_LEVELS
