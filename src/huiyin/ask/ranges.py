"""Values that stand in an order: 4.8 到 5.0, 5.0 以上的版本, 46 岁以上."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from huiyin.ask.mentions import Mentions
from huiyin.ask.named import Named
from huiyin.ask.opposites import moved_on
from huiyin.ask.scanning import Token
from huiyin.ask.turns import SPAN_EN
from huiyin.measure.contracts import Filter

UP_TO = re.compile(r"\s*(?:版本?)?\s*(?:到|至|~|-|–|—|to|through)\s*(?:the\s)?")
FROM_ON = re.compile(
    r"\s*(?:版本?)?(?:及|或|和)?(?:以上|往上|及之后|及以后|起)| (?:and|or) (?:above|up"
    r"|higher|later|newer|older)\b"
)
AFTER_ONE = re.compile(r"\s*(?:版本?)?(?:以后|之后|以来|以前|之前)")
"""Whether the one that is named is meant too has to be asked."""
ABOVE = re.compile(
    r"\s*(?:级别?|等级)?(?:及|或|和)?(?:其)?(?:以上|以下|往上|往下)"
    r"| (?:and|or) (?:above|below|higher|lower|up)\b"
)
"""金卡以上: of values without a known order."""
UP_TILL = re.compile(
    r"\s*(?:版本?)?(?:及|或|和)?(?:以下|往下)| (?:and|or) (?:below|lower|earlier)\b"
)
AGE = re.compile(
    r"(?<![\d\-~到至分率度s])(?P<n>\d{2})\s*(?:周?岁)?(?:及|或)?(?P<way>以上|以下|往上"
    r"|往下)(?=的?(?:客|顾|用户|人|会员|群))"
    r"|(?<![\d\-~到至])(?P<n2>\d{2})\s*周?岁(?:及|或)?(?P<way2>以上|以下|往上|往下)"
    r"|\b(?:customers|people|members|those|aged|anyone|users|clients|respondents) (?:aged )?"
    r"(?P<way3>over|under|above|below|older than|younger than) (?P<n3>\d{2})(?!\d|%)"
)
NUMBERS = re.compile(r"\d+(?:\.\d+)?")
YEARS_OLD = re.compile(r"\d+(?:-\d+)?岁(?:以上|以下)?")
SPAN = re.compile(
    r"(?<![\d\-~])(?P<a>\d{2})\s*(?:周?岁)?\s*(?:到|至|-|~)\s*(?P<b>\d{2})\s*周?岁(?:之间|以内)?"
)
TENS = "twent|thirt|fort|fift|sixt|sevent"
ABOUT = re.compile(
    r"[2-9二三四五六七八九][0十](?:(?:多|来|几)岁|出头)|[2-9二三四五六七八九][0-9十]岁(?:出头|左右|上下|前后)"
    r"|[2-9二三四五六七八九][0十](?:左右|上下)(?=的?(?:人|客户|顾客|客人|用户|会员|男|女))"
    r"|[二三四五六七八九]{2}十岁|奔[二三四五六七八九]十?|年过[二三四五六七八九]十|过了?[二三四五六七八九]十岁"
    rf"|\b(?:in|into) their (?:(?:early|mid|late)[- ])?(?:[2-7]0s|(?:{TENS})ies)\b"
    rf"|\b(?:[2-7]0|(?:{TENS})y)[- ]?somethings?\b"
    rf"|\b(?:customers|people|members|users|clients|shoppers|those|anyone) (?:aged )?"
    rf"(?:over|under|above|below|older than|younger than|past) (?:{TENS})y\b"
    r"|\b(?:customers|people|members|users|clients|shoppers|those|aged)"
    r" (?:aged )?(?:around|about|roughly) (?:[2-7]\d|age [2-7]\d)(?= *(?:years old)?\W*$)"
)
"""30多岁, people in their 40s: which bands are meant has to be asked."""
UPWARDS = frozenset({"以上", "往上", "over", "above", "older than"})


def ordered(values: Sequence[str]) -> tuple[str, ...]:
    """Give values that begin with a number by it; none where one does not."""
    if not values or not all(NUMBERS.match(value) for value in values):
        return ()
    return tuple(sorted(values, key=_first))


NUMBERED = re.compile(r"(\D*)(\d+)(\D*)")


def numbered(values: Sequence[str]) -> tuple[str, ...]:
    """Give 客服1组, 客服2组 by their number; none where more than the number differs.

    Parameters
    ----------
    values : sequence of str
    """
    found = [NUMBERED.fullmatch(value) for value in values]
    names = {(m[1], m[3]) if m else None for m in found}
    if len(names) != 1 or None in names:
        return ()
    return tuple(sorted(values, key=lambda value: int(NUMBERS.findall(value)[0])))


def _first(value: str) -> float:
    found = NUMBERS.match(value)
    return float(found[0]) if found else 0.0


def read_ranges(mentions: Mentions, named: Named) -> None:
    """Put all values between two that are named, or from one on, in their place."""
    _between(mentions, named)
    _open(mentions, named)
    _ages(mentions, named)
    _age_span(mentions, named)


def _between(mentions: Mentions, named: Named) -> None:
    for (at, one), (then, other) in pairwise(list(named.values)):
        gap = mentions.text[mentions.tokens[at].end : mentions.tokens[then].start]
        same = one.column == other.column and one.operator == other.operator == "="
        values = mentions.vocabulary.values.get(one.column, ())
        order = ordered(values) or numbered(values)
        moved = moved_on(mentions, at, then)  # from 5.0 to 5.1: two values, no range
        if moved or not (same and order and UP_TO.fullmatch(gap)):
            continue
        first, last = order.index(one.values[0]), order.index(other.values[0])
        if first < last:
            named.values.remove((then, other))
            _put(named, at, one, order[first : last + 1])
        return


def _open(mentions: Mentions, named: Named) -> None:
    for at, one in list(named.values):
        values = mentions.vocabulary.values.get(one.column, ())
        order = ordered(values)
        if len(one.values) > 1 or one.operator != "=":
            continue
        if not order:
            if ABOVE.match(mentions.text, mentions.tokens[at].end):
                options = tuple(f"{one.column}={value}" for value in values)
                named.open_value = (one.values[0], options)
            continue
        place, end = order.index(one.values[0]), mentions.tokens[at].end
        if FROM_ON.match(mentions.text, end):
            _put(named, at, one, order[place:])
        elif AFTER_ONE.match(mentions.text, end):
            named.open_value = (one.values[0], tuple(f"{one.column}={v}" for v in order))
        elif UP_TILL.match(mentions.text, end):
            _put(named, at, one, order[: place + 1])


def _age_bands(mentions: Mentions) -> Iterator[tuple[str, tuple[str, ...]]]:
    for column, values in mentions.vocabulary.values.items():
        if values and all(YEARS_OLD.fullmatch(value) for value in values):
            yield column, values


def _age_span(mentions: Mentions, named: Named) -> None:
    """Read 36到55岁 where it is made of whole bands; else ask which are meant."""
    text = mentions.text
    match = SPAN.search(text) or SPAN_EN.search(text) or ABOUT.search(text)
    if match is None:
        return
    places = {i for i, t in enumerate(mentions.tokens) if match.start() <= t.start < match.end()}
    if not places.isdisjoint(named.used):
        return  # 26-35岁占比: it is counted, no condition
    for column, values in _age_bands(mentions):
        if any(one.column == column for _, one in named.values):
            continue
        order = ordered(values)
        named.used |= places
        found: tuple[str, ...] = ()
        if match.re is not ABOUT:
            since = _aged(order, float(match["a"]), up=True)
            until = _aged(order, float(match["b"]), up=False)
            whole = float(match["b"]) + 1 in {_first(value) for value in order}
            found = tuple(v for v in since if v in until) if whole else ()
        if found:
            named.ranged.add(column)
            named.values.append((min(places, default=0), Filter(column, "=", found)))
        else:
            named.open_value = (match[0], tuple(f"{column}={value}" for value in values))


def _ages(mentions: Mentions, named: Named) -> None:
    match = AGE.search(mentions.text)
    spoken = {
        at
        for at, t in enumerate(mentions.tokens)
        if match and match.start() <= t.start < match.end()
    }
    if (
        match is None
        or not spoken.isdisjoint(named.used)
        or any(a.start < match.end() and match.start() < a.end for a in _taken(mentions, named))
    ):
        return
    groups = match.groupdict()
    number = float(groups["n"] or groups["n2"] or groups["n3"])
    way = groups["way"] or groups["way2"] or groups["way3"]
    for column, values in _age_bands(mentions):
        found = _aged(ordered(values), number, up=way in UPWARDS)
        places = {
            i for i, t in enumerate(mentions.tokens) if match.start() <= t.start < match.end()
        }
        named.used |= places
        if found:
            named.ranged.add(column)
            named.values.append((min(places, default=0), Filter(column, "=", found)))
        else:
            named.open_value = (match[0].strip(), tuple(f"{column}={value}" for value in values))


def _taken(mentions: Mentions, named: Named) -> list[Token]:
    return [mentions.tokens[at] for at, _ in named.values]


def _aged(order: tuple[str, ...], number: float, *, up: bool) -> tuple[str, ...]:
    """Give the bands over or under an age; none where the age lies inside a band."""
    starts = [_first(value) for value in order]
    cuts = set(starts) | {start - 1 for start in starts}
    if number not in cuts:
        return ()
    inside = [s >= number for s in starts]
    return tuple(v for v, above in zip(order, inside, strict=True) if above == up)


def _put(named: Named, at: int, one: Filter, values: tuple[str, ...]) -> None:
    place = named.values.index((at, one))
    named.ranged.add(one.column)
    named.values[place] = (at, Filter(one.column, "=", values))
