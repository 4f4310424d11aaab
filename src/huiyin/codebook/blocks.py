# ruff: noqa: E501, PLR2004 -- patterns and sentences read best unbroken; the shares and counts of the rules stand where they are explained
"""What only the neighbours of a column tell: matrices, and which satisfaction is the overall one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from huiyin.codebook import names
from huiyin.codebook.contracts import GROUP_ROLES, RATING_ROLES, Role, Scale
from huiyin.codebook.facts import Facts, Guess, is_two_way
from huiyin.codebook.likert import read_words
from huiyin.codebook.options import spread_choices
from huiyin.codebook.scales import NumberScale, may_be_polarity, read_numbers
from huiyin.core.text import Text

LEAST_BLOCK = 3
"""Columns side by side that make a matrix."""
_OPEN_ROLES = GROUP_ROLES | RATING_ROLES | {Role.META, Role.DURATION}
_COUNTED_STEM = re.compile(r"^(.*?\D)?[_. ]*(\d+)$")
_GENERIC_STEMS = frozenset(
    {"q", "v", "var", "question", "item", "x", "c", "第", "题", "column", "b"}
)
_COARSE = 3
_ASKS = re.compile(
    r"^(?:what|how|which|when|where|who|why|do|does|did|have|has|are|is|in what|on what|please (?:select|enter)|number)\b|"
    r"多少|几|哪|什么|是否|吗$|编码|代码|次数|金额|年龄|收入|性别|学历"
)
_HUNDRED = 100
_ONE_SCALE_SEEN_TWICE = (frozenset({3.0, 4.0, 5.0}), frozenset({6.0, 7.0}))
"""Tops that may belong to one scale of which nobody chose the highest level in some column."""
_STANDALONE = frozenset({Role.NPS, Role.CES, Role.INTENT})


@dataclass(frozen=True, slots=True)
class _Rated:
    """A numeric column that may be an item of a matrix."""

    at: int
    found: NumberScale

    @property
    def width(self) -> float:
        return self.found.scale.maximum


def see_neighbours(
    facts: Sequence[Facts], guesses: Sequence[Guess], *, profile_name: str
) -> list[Guess]:
    """Mend guesses by what stands around a column.

    Parameters
    ----------
    facts : sequence of Facts
    guesses : sequence of Guess
        Each column's own guess, in file order.
    profile_name : str
        In ``…_index`` layouts single choices are numbers too, so numbers alone prove no matrix.

    Returns
    -------
    list of Guess
        In file order.
    """
    mended = spread_choices(facts, list(guesses))
    for run in _runs(facts, mended):
        mended = _rate_run(facts, mended, run, coded=profile_name.endswith("index"))
    mended = _rate_statements(facts, mended, coded=profile_name.endswith("index"))
    mended = _settle_times(facts, _share_words(facts, mended))
    mended = _settle_day(facts, _settle_orders(facts, mended))
    return _settle_satisfaction(facts, mended)


def _rate_statements(facts: Sequence[Facts], guesses: list[Guess], *, coded: bool) -> list[Guess]:
    """Find statements rated on one scale that do not stand side by side."""
    by_width: dict[float, list[_Rated]] = {}
    for at, (fact, guess) in enumerate(zip(facts, guesses, strict=True)):
        rated = _as_item(at, fact, guess) if _is_statement(fact) else None
        if rated is not None and guess.role not in RATING_ROLES and rated.width <= 10:
            by_width.setdefault(rated.width, []).append(rated)
    for items in by_width.values():
        if not coded and len(items) >= LEAST_BLOCK and items[0].found.scale.n_levels >= 5:
            for rated in items:
                guesses[rated.at] = _aspect(guesses[rated.at], rated.found, 0.65)
    return guesses


def _is_statement(facts: Facts) -> bool:
    """Tell whether the wording states something to agree with rather than asks for a fact."""
    words = facts.words
    if _ASKS.search(words) or "?" in facts.name or "？" in facts.name:
        return False
    return len(words.split()) >= 4 or sum(ord(c) > 0x2E7F for c in words) >= 6


def _runs(facts: Sequence[Facts], guesses: Sequence[Guess]) -> Iterator[list[_Rated]]:
    """Give each stretch of neighbouring columns on one kind of scale."""
    run: list[_Rated] = []
    for at, (fact, guess) in enumerate(zip(facts, guesses, strict=True)):
        rated = _as_item(at, fact, guess)
        if rated is not None and run and not _alike(run[-1], rated, facts):
            yield run
            run = []
        if rated is not None:
            run.append(rated)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _as_item(at: int, facts: Facts, guess: Guess) -> _Rated | None:
    if (
        guess.role not in _OPEN_ROLES - _STANDALONE
        or facts.empty
        or facts.hint.role
        or facts.hint.labels
    ):
        return None
    if may_be_polarity([n for n, _ in facts.numbers]) and facts.numeric:
        codes = tuple("-2" for n, _ in facts.numbers if n == -2)
        return _Rated(at, NumberScale(Scale(-1.0, 1.0, missing_codes=codes), sure=True))
    if is_two_way(facts) or names.NOT_A_RATING.name(facts.words) or facts.n_distinct < _COARSE:
        return None
    if names.AGE.name(facts.words) or names.DURATION.name(facts.words):
        return None
    found = read_numbers(facts)
    if found is None or (found.scale.maximum < _HUNDRED and not facts.whole and _fine(facts)):
        return None
    return _Rated(at, found)


def _fine(facts: Facts) -> bool:
    """Tell whether fractions are finer than half steps."""
    return any(number * 2 != round(number * 2) for number, _ in facts.numbers)


def _alike(one: _Rated, other: _Rated, facts: Sequence[Facts]) -> bool:
    a, b = one.found.scale, other.found.scale
    groups = facts[one.at].hint.group, facts[other.at].hint.group
    if all(groups) and groups[0] != groups[1]:
        return False
    if (a.minimum < 0) != (b.minimum < 0):
        return False
    return a.maximum == b.maximum or any(
        {a.maximum, b.maximum} <= widths for widths in _ONE_SCALE_SEEN_TWICE
    )


def _rate_run(
    facts: Sequence[Facts], guesses: list[Guess], run: list[_Rated], *, coded: bool
) -> list[Guess]:
    worded = [r for r in run if _names_aspect(facts[r.at]) or guesses[r.at].role in RATING_ROLES]
    if _is_matrix(facts, run, worded, coded=coded):
        sure = _block_confidence(facts, run, worded)
        return _as_matrix(facts, guesses, run, sure)
    rated_tops = {g.scale.maximum for g in guesses if g.role in RATING_ROLES and g.scale}
    for rated in [] if coded else run:
        if guesses[rated.at].role not in RATING_ROLES and _stands_alone(facts[rated.at], rated):
            sure = 0.65 if rated.width in rated_tops else 0.55
            guesses[rated.at] = _aspect(guesses[rated.at], rated.found, sure)
    return guesses


def _names_aspect(facts: Facts) -> bool:
    return names.ASPECT.name(facts.words) and not names.MEASURE.name(facts.header)


def _stands_alone(facts: Facts, rated: _Rated) -> bool:
    whole = facts.whole and rated.found.scale.n_levels in {5, 7, 10, 11}
    return (
        whole
        and names.ASPECT.name(facts.words)
        and not names.MEASURE.name(facts.words)
        and (
            names.ASPECT.chinese is not None
            and names.ASPECT.chinese.search(facts.words) is not None
        )
    )


def _is_matrix(
    facts: Sequence[Facts], run: list[_Rated], worded: list[_Rated], *, coded: bool
) -> bool:
    if len(run) < LEAST_BLOCK:
        return False
    if 2 * len(worded) >= len(run):
        return not (run[0].width == _HUNDRED and _lean(facts, run))
    if coded:
        return False
    if _one_question(facts, run):
        return max(r.found.scale.n_levels for r in run) >= 5
    if _numbered_alike(facts, run):
        return not _lean(facts, run)
    return False


def _one_question(facts: Sequence[Facts], run: list[_Rated]) -> bool:
    groups = {facts[r.at].hint.group for r in run}
    return len(groups) == 1 and None not in groups


def _numbered_alike(facts: Sequence[Facts], run: list[_Rated]) -> bool:
    """Tell whether the headers are a letter or word with a counter: a1, a2, a3."""
    scales = {(r.found.scale.maximum) for r in run}
    counted = sum(_COUNTED_STEM.match(facts[r.at].header) is not None for r in run)
    mostly = counted >= 0.8 * len(run)
    return len(scales) == 1 and mostly and run[0].found.scale.n_levels >= 5


def _lean(facts: Sequence[Facts], run: list[_Rated]) -> bool:
    """Tell whether 0–100 numbers lie low, as shares of something do and ratings do not."""
    if run[0].width != _HUNDRED:
        return False
    lows = 0
    for rated in run:
        numbers = [n for n, _ in facts[rated.at].numbers if 0 <= n <= _HUNDRED]
        lows += not numbers or sorted(numbers)[len(numbers) // 2] < _HUNDRED / 2
    return 2 * lows >= len(run)


def _block_confidence(facts: Sequence[Facts], run: list[_Rated], worded: list[_Rated]) -> float:
    if 2 * len(worded) >= len(run):
        return 0.75
    stems = {m.group(1) or "" for r in run if (m := _COUNTED_STEM.match(facts[r.at].header))}
    generic = all(stem.strip("_ ") in _GENERIC_STEMS for stem in stems)
    return 0.55 if generic and not _one_question(facts, run) else 0.65


def _as_matrix(
    facts: Sequence[Facts], guesses: list[Guess], run: list[_Rated], sure: float
) -> list[Guess]:
    scale = _common_scale([r.found.scale for r in run])
    group = facts[run[0].at].hint.group or f"{facts[run[0].at].name} … {facts[run[-1].at].name}"
    for rated in run:
        old = guesses[rated.at]
        own = replace(rated.found, scale=_fitted(rated.found.scale, scale))
        if old.role in RATING_ROLES and old.role is not Role.ASPECT:
            keep = old.scale is None
            guesses[rated.at] = old if keep else replace(old, scale=own.scale)
        else:
            aspect = replace(_aspect(old, own, sure), group=group)
            overall = names.OVERALL.name(facts[rated.at].words)
            guesses[rated.at] = replace(aspect, role=Role.OVERALL) if overall else aspect
    return guesses


def _common_scale(scales: Sequence[Scale]) -> Scale:
    """Take the widest of the narrow ends that most columns share; 0 is a level only if for all."""
    top = max(scale.maximum for scale in scales)
    lows = [scale.minimum for scale in scales]
    without_zero = any("0" in scale.missing_codes for scale in scales)
    low = max(lows) if without_zero or lows.count(1.0) > lows.count(0.0) else min(lows)
    return Scale(low, top)


def _fitted(own: Scale, common: Scale) -> Scale:
    codes = [c for c in own.missing_codes if not common.minimum <= float(c) <= common.maximum]
    if own.minimum == 0.0 and common.minimum == 1.0 and "0" not in codes:
        codes.append("0")
    return replace(own, minimum=common.minimum, maximum=common.maximum, missing_codes=tuple(codes))


def _aspect(old: Guess, found: NumberScale, sure: float) -> Guess:
    reason = Text(
        "与相邻各列同一量表，像矩阵评分", "on one scale with its neighbours, like a rating matrix"
    )
    if found.note:
        reason = Text("{a}；{b}", "{a}; {b}").format(a=reason, b=found.note)
    return replace(old, role=Role.ASPECT, confidence=sure, reason=reason, scale=found.scale,
                   family="numbers", events=())  # fmt: skip


def _share_words(facts: Sequence[Facts], guesses: list[Guess]) -> list[Guess]:
    """Give neighbouring columns answered in the same words one scale: some words may be unused."""
    start = 0
    while start < len(guesses):
        stop = start + 1
        while stop < len(guesses) and _same_words(
            guesses[start], guesses[stop], facts, start, stop
        ):
            stop += 1
        if stop - start > 1:
            _unite(facts, guesses, start, stop)
        start = stop
    return guesses


def _same_words(one: Guess, other: Guess, facts: Sequence[Facts], at: int, next_at: int) -> bool:
    if not one.scale or not other.scale or not one.scale.levels or not other.scale.levels:
        return False
    groups = facts[at].hint.group, facts[next_at].hint.group
    if groups[0] != groups[1]:
        return False
    shared = set(one.scale.levels) & set(other.scale.levels)
    return 2 * len(shared) >= min(len(one.scale.levels), len(other.scale.levels))


def _unite(facts: Sequence[Facts], guesses: list[Guess], start: int, stop: int) -> None:
    words = dict.fromkeys(w for at in range(start, stop) for w in guesses[at].scale.levels)  # type: ignore[union-attr]  # told by _same_words
    found = read_words(tuple(words))
    if found is None:
        return
    for at in range(start, stop):
        old = guesses[at]
        direction = old.scale.direction if old.scale else 1
        scale = replace(found.scale, direction=direction)
        group = old.group or (None if facts[at].hint.group else f"{facts[start].name} …")
        guesses[at] = replace(old, scale=scale, group=group)


def _settle_times(facts: Sequence[Facts], guesses: list[Guess]) -> list[Guess]:
    """Take “completion time” and the like for the time of the answer where nothing is a case."""
    roles = {guess.role for guess in guesses}
    cases = roles & {Role.TICKET, Role.STATUS, Role.FIRST_RESPONSE, Role.PROMISED, Role.ORDER}
    if cases and roles & {Role.TIME, Role.OPENED}:
        return guesses
    for at, guess in enumerate(guesses):
        opened_only = guess.role is Role.OPENED and Role.RESOLVED not in roles
        completed = guess.role is Role.RESOLVED and Role.OPENED not in roles
        if cases and not (completed and names.WON.name(facts[at].words)):
            continue
        if (opened_only or completed) and facts[at].hint.role is None:
            reason = Text(
                "日期或时间，文件里没有工单或订单",
                "dates or times, and no case or order in the file",
            )
            told = facts[at].profile.day_first is None
            guesses[at] = replace(guess, role=Role.TIME, reason=reason if told else guess.reason)
    return guesses


def _settle_orders(facts: Sequence[Facts], guesses: list[Guess]) -> list[Guess]:
    """Take the moment of a purchase for the day of a row where rows are orders, not cases.

    Beside ratings that have a day of their own it stays a fact of the order that is rated.
    """
    roles = {guess.role for guess in guesses}
    if Role.ORDER not in roles or roles & {Role.TICKET, Role.FIRST_RESPONSE}:
        return guesses
    dated, rated = Role.TIME in roles, bool(roles & RATING_ROLES)
    if dated and rated:
        return guesses
    for at, guess in enumerate(guesses):
        if guess.role is not Role.OPENED or facts[at].hint.role is not None:
            continue
        if names.PURCHASED.name(facts[at].words):
            told = facts[at].profile.day_first is None
            guesses[at] = replace(guess, role=Role.TIME, reason=_BOUGHT if told else guess.reason)
    return guesses


_BOUGHT = Text(
    "下单的时间，文件里是一单单的订单", "when it was ordered; the rows of the file are orders"
)


def _settle_day(facts: Sequence[Facts], guesses: list[Guess]) -> list[Guess]:
    """Date cases and deals by the one beginning that they have: nothing else says their day."""
    roles = {guess.role for guess in guesses}
    opened = [at for at, guess in enumerate(guesses) if guess.role is Role.OPENED]
    ended = roles & {Role.RESOLVED, Role.FIRST_RESPONSE, Role.STATUS}
    if Role.TIME in roles or not ended or len(opened) != 1:
        return guesses
    (at,) = opened
    if facts[at].hint.role is None:
        told = facts[at].profile.day_first is None
        reason = _BEGUN if told else guesses[at].reason
        guesses[at] = replace(guesses[at], role=Role.TIME, reason=reason)
    return guesses


_BEGUN = Text("开始的时间，按它归到哪一天", "when it began: rows are dated by it")


def _settle_satisfaction(facts: Sequence[Facts], guesses: list[Guess]) -> list[Guess]:
    """Tell the overall question from questions on one thing, where a file has several."""
    rated = [at for at, g in enumerate(guesses) if g.role in {Role.CSAT, Role.OVERALL}]
    named = [at for at in rated if not names.GENERIC_RATING.name(facts[at].words)]
    special = [at for at in named if guesses[at].role is Role.CSAT]
    aspects = sum(g.role is Role.ASPECT for g in guesses)
    if len(special) + (aspects > 0) + (len(rated) > len(special)) > 1:
        for at in special:
            guesses[at] = replace(guesses[at], role=Role.ASPECT)
    generic = [at for at in rated if at not in named and guesses[at].role is Role.CSAT]
    has_overall = any(g.role is Role.OVERALL for g in guesses)
    if len(generic) == 1 and not has_overall and aspects + len(special) >= LEAST_BLOCK:
        guesses[generic[0]] = replace(guesses[generic[0]], role=Role.OVERALL)
    return guesses
