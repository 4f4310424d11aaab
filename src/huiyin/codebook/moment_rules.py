"""Rules for columns of moments and of time that passed."""

from __future__ import annotations

from dataclasses import replace

from huiyin.codebook import names
from huiyin.codebook.contracts import ACCEPT_CONFIDENCE, Role
from huiyin.codebook.facts import (
    Facts,
    Guess,
    by_name,
    by_values,
)
from huiyin.codebook.ratings import are_rated_points
from huiyin.codebook.values import (
    are_bare_digits,
    are_clock_times,
    are_dates,
    are_lapses,
)
from huiyin.core.text import Text


def moment(facts: Facts) -> Guess | None:
    """Know dates and times, by their header also which moment they are."""
    if not are_dates(facts):
        return None
    if are_bare_digits(facts) and not names.TIMES.name(facts.words):
        return None
    for role, words in _MOMENTS:
        if words.name(facts.words):
            return _in_order(facts, Guess(role, 0.85, by_name("时间", "a moment")))
    return _in_order(facts, Guess(Role.TIME, 0.9, by_values("日期或时间", "dates or times")))


def _in_order(facts: Facts, guess: Guess) -> Guess:
    """Say which of two numbers is read as the day where no value tells."""
    if facts.profile.day_first is None:
        return guess
    reason = _DAY_FIRST if facts.profile.day_first else _MONTH_FIRST
    return replace(guess, confidence=ACCEPT_CONFIDENCE, reason=reason)


_DAY_FIRST = Text(
    "日期写成“5/6/2024”这样，月与日分不清：按日在前读取，请核对",
    "dates such as “5/6/2024” fit both orders: read with the day first; check",
)
_MONTH_FIRST = Text(
    "日期写成“5/6/2024”这样，月与日分不清：按月在前读取，请核对",
    "dates such as “5/6/2024” fit both orders: read with the month first; check",
)

_MOMENTS = (
    (Role.PROMISED, names.PROMISED),
    (Role.FIRST_RESPONSE, names.FIRST_RESPONSE),
    (Role.DELIVERED, names.DELIVERED),
    (Role.RESOLVED, names.RESOLVED),
    (Role.OPENED, names.OPENED),
)


def lapse(facts: Facts) -> Guess | None:
    """Know durations, by their values or by header and unit."""
    clock, named = are_clock_times(facts), names.DURATION.name(facts.words)
    if named and (facts.numeric or are_lapses(facts)) and facts.n_distinct > 1:
        return Guess(Role.DURATION, 0.85, by_name("时长", "a duration"))
    if clock and names.TIMES.name(facts.words):
        return Guess(Role.META, 0.75, by_values("一天中的时刻，没有日期", "times of day, no date"))
    if are_lapses(facts) and not facts.numeric and not are_rated_points(facts):
        return Guess(Role.DURATION, 0.75, by_values("时长", "stretches of time"))
    return None
