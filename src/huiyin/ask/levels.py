"""Rows by what they answered: 差评, 贬损者, 打 1 分的, rated us 1 or 2."""

from __future__ import annotations

import re

from huiyin.ask.contracts import Why
from huiyin.ask.meanings import Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.named import Named
from huiyin.ask.turns import LEVELS_EN, LEVELS_ZH, MOST_MOVED
from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Filter

SAID_OF_RATINGS = {"low": ("1", "2"), "high": ("4", "5")}
SAID_OF_NPS = {
    "detractors": tuple("0123456"),
    "passives": ("7", "8"),
    "promoters": ("9", "10"),
}
HIGHEST_LEVEL, HIGHEST_NPS = 5, 10
NEAR_CHARACTERS = 12


def read_levels(mentions: Mentions, named: Named) -> None:
    """差评, 贬损者, 打 1 分的: who answered at these levels."""
    vocabulary = mentions.vocabulary
    nps, overall = vocabulary.only(Role.NPS), vocabulary.overall()
    moved = MOST_MOVED.search(mentions.text)
    for at, token in enumerate(mentions.tokens):
        if moved and token.start < moved.end() and moved.start() < token.end:
            continue  # 最让客户不满的网点: which end of a ranking is meant
        for name, levels in SAID_OF_NPS.items():
            if token.says(name):
                if nps is None:
                    named.missing = (Why.NO_SUCH_METRIC, token.text)
                else:
                    named.values.append((at, Filter(nps.name, "=", levels)))
        for name, levels in SAID_OF_RATINGS.items():
            if name == "low" and _met(mentions, at):
                named.used.add(at)  # annoyed by crashes: what they met is said, no answer of theirs
                continue
            if token.says(name) and not token.of(Sort.METRIC) and at not in named.used:
                own = _rated_before(mentions, at) or _rated_after(mentions, at)
                column = own or (overall.name if overall else None)
                if column:
                    named.values.append((at, Filter(column, "=", levels)))
    _read_given(mentions, named)
    _read_ends(mentions, named)


def _rated_before(mentions: Mentions, at: int) -> str | None:
    before = mentions.near(at, -1)
    if before is None:
        return None
    rating = mentions.tokens[before].of(Sort.RATING)
    return rating.columns[0] if rating and not mentions.parted(before, at) else None


WITH = re.compile(r"(?: (?:customers|people|clients|users))? (?:with|about) (?:the |our |its )?")


def _rated_after(mentions: Mentions, at: int) -> str | None:
    """Tell “people unhappy with the price”: they rated that badly, whatever they say in all."""
    token = mentions.tokens[at]
    after = next((t for t in mentions.tokens[at + 1 :] if t.of(Sort.RATING)), None)
    if after is None or not WITH.fullmatch(mentions.text, token.end, after.start):
        return None
    rating = after.of(Sort.RATING)
    return rating.columns[0] if rating and rating.columns else None


BY_WHAT = re.compile(r" (?:by|with|about|at|over) (?:all |too many |so many |the |our |these )*")


def _met(mentions: Mentions, at: int) -> bool:
    """Tell “users annoyed by crashes”: a trouble is named, of those that anybody may have met."""
    book = mentions.vocabulary.codebook
    after = next((t for t in mentions.tokens[at + 1 :] if t.of(Sort.VALUE)), None)
    value = after.of(Sort.VALUE) if after else None
    if after is None or value is None or book[value.columns[0]].role is not Role.CHOICE_SET:
        return False
    return BY_WHAT.fullmatch(mentions.text, mentions.tokens[at].end, after.start) is not None


def _read_given(mentions: Mentions, named: Named) -> None:
    """打 1 分的, rated us 1 or 2: who answered at these levels, of the rating that is named."""
    for form in (LEVELS_ZH, LEVELS_EN):
        for match in form.finditer(mentions.text):
            groups = match.groupdict()
            start, end = match.span()
            rating = _rating_around(mentions, start, end)
            stars = "星" in match[0]
            shared = rating and SHARE_NEXT.match(mentions.text, end) and mentions.says("share")
            told = groups.get("verb") or stars or (rating and groups.get("who")) or shared
            if form is LEVELS_ZH and not told:
                continue
            counted = mentions.says("share") and rating is not None
            rows = groups.get("who") and (rating or stars)
            if groups.get("end") in {"以下", "以上"} and not (groups["verb"] or counted or rows):
                continue
            overall = mentions.vocabulary.overall()
            if stars and rating is None and overall is not None:
                rating = overall.name
            bound = BOUND_BEFORE.search(mentions.text[:start])
            if bound and form is LEVELS_ZH and not (groups["b"] or groups["end"]):
                step = -1 if bound["below"] else 1
                ending = "以下" if bound["below"] else "以上"
                groups = groups | {"a": str(int(groups["a"]) + step), "end": ending}
            _take_levels(mentions, named, rating, groups, (start, end))


BOUND_BEFORE = re.compile(
    r"(?:(?P<below>低于|不到|少于|小于|不足|不满|没到)|高于|超过|大于|多于)了?$"
)
"""不到3星的评论: the levels below it."""
DEGREE = re.compile(
    r"(?:非常|十分|极其|极为|极度|极|特别|格外|分外|超级|完全|至为)(?P<no>不)?满意(?=的|客户|顾客|用户|客人|人|率|占|比例)"
    r"|\b(?:very|extremely|completely|fully|totally|highly) (?P<not>un|dis)?(?:satisfied|happy)\b"
)
"""非常满意的: the last level of the scale alone."""
FULL_MARKS = re.compile(
    r"(?:打|给|评)(?:了|出|的)?满分|满分(?=的|客户|顾客|用户|人|占|比例|率|评价|评论|好评|留言)"
)
SHARE_NEXT = re.compile(r"的?(?:占|比例|比重|率|客户|人)")


def _read_ends(mentions: Mentions, named: Named) -> None:
    """Read 非常不满意的客户, 打满分的: who answered at one end of the scale."""
    overall = mentions.vocabulary.overall()
    for match in (*DEGREE.finditer(mentions.text), *FULL_MARKS.finditer(mentions.text)):
        column = _rating_around(mentions, *match.span()) or (overall.name if overall else None)
        scale = mentions.vocabulary.codebook[column].scale if column else None
        if column is None or scale is None:
            continue
        end = match.groupdict()
        level = scale.minimum if end.get("no") or end.get("not") else scale.maximum
        first, last = match.span()
        places = {at for at, t in enumerate(mentions.tokens) if t.start < last and first < t.end}
        named.values = [one for one in named.values if one[1].column != column]
        one = Filter(column, "=", (str(int(level)),))
        named.values.append((min(places, default=0), one))
        named.used |= places


def _rating_around(mentions: Mentions, start: int, end: int) -> str | None:
    nps = mentions.vocabulary.only(Role.NPS)
    found = None
    for token in mentions.tokens:
        if token.start >= end and found:
            break
        rating, metric = token.of(Sort.RATING), token.of(Sort.METRIC)
        near = token.end > start - NEAR_CHARACTERS and token.start < end + NEAR_CHARACTERS
        if rating and near:
            found = rating.columns[0]
        elif metric and near and metric.name == "nps" and nps:
            found = nps.name
        elif metric and near and metric.name in {"score", "satisfied", "mean"}:
            overall = mentions.vocabulary.overall()
            found = overall.name if overall else found
    return found


def _span_given(groups: dict[str, str | None]) -> bool:
    """Tell whether levels are counted, as in 5星: they are narrower than 好评."""
    return groups.get("a") is not None


def _take_levels(
    mentions: Mentions,
    named: Named,
    column: str | None,
    groups: dict[str, str | None],
    span: tuple[int, int],
) -> None:
    vocabulary = mentions.vocabulary
    nps, overall = vocabulary.only(Role.NPS), vocabulary.overall()
    first = int(groups["a"] or 0)
    last = int(groups.get("b") or first)
    first, last = min(first, last), max(first, last)
    if column is None and (first == 0 or last > HIGHEST_LEVEL):
        column = nps.name if nps else None
    elif column is None and nps is None:
        column = overall.name if overall else None
    places = {at for at, t in enumerate(mentions.tokens) if span[0] <= t.start < span[1]}
    named.used |= {at for at in places if mentions.tokens[at].number is not None}
    if column is None:
        named.open_value = (str(first), tuple(c.name for c in (overall, nps) if c))
        return
    scale = vocabulary.codebook[column].scale
    low, high = (int(scale.minimum), int(scale.maximum)) if scale else (0, HIGHEST_NPS)
    ending = groups.get("end") or ""
    if ending.endswith(("以下", "less", "below", "lower")):
        first = low
    elif ending:
        last = high
    if not low <= first <= last <= high:
        named.open_value = (str(last), (column,))
        return
    levels = tuple(str(n) for n in range(first, last + 1))
    broad = [one for one in named.values if one[1].column == column and len(one[1].values) > 1]
    named.values = [one for one in named.values if one not in broad or not _span_given(groups)]
    named.values.append((min(places, default=0), Filter(column, "=", levels)))
