"""A follow-up changes only what it says."""

from __future__ import annotations

import re
from dataclasses import replace

from huiyin.ask.contracts import (
    AskBack,
    Asked,
    Kind,
    Missing,
    Rank,
    Threshold,
    Understood,
    sorted_conditions,
    without,
)
from huiyin.ask.meanings import CONTENT, Sort
from huiyin.ask.mentions import Mentions
from huiyin.measure.contracts import Against, Compare, Filter

PICKS = frozenset({Kind.RANKING, Kind.THRESHOLD})
SINGLE = frozenset({Kind.NUMBER, Kind.TREND, None})
NOT_BY = re.compile(r"别(?:分|拆)|不(?:看|分|按|用分|要分|再分|拆)")
NARROW = ("by", "grain", "compare", "rank", "threshold")


def follow(last: Understood, own: Understood, mentions: Mentions) -> Understood:
    """Put what a follow-up says over what the thread said before.

    Parameters
    ----------
    last : Understood
        What the thread had come to.
    own : Understood
        What the follow-up says by itself.
    mentions : Mentions
    """
    further = adds(mentions) and last.kind in SINGLE
    both = tuple(dict.fromkeys((*last.metrics, *own.metrics)))
    merged = replace(
        last,
        metrics=both if further else own.metrics or last.metrics,
        where=_where(last, own, mentions),
    )
    merged = _days(merged, own, mentions)
    merged = _groups(merged, last, own, mentions)
    return _without_idle(_kind(merged, last, own, mentions))


TAKES_OFF = re.compile(
    r"^(?:ok(?:ay)?|now|and|please|but|then|so|actually|well|just|can you|could you|let us)?,? ?"
    r"(?:(?:take|leave|switch|turn) (?:off|out|away)|drop|remove|clear|undo|forget|ditch|lose"
    r"|get rid of|without|no more) (?:the |that |this |my |our )?.{2,40}?"
    r" ?(?P<thing>filter|condition|restriction|limit|breakdown|split|grouping)s?(?: again)?\W*$"
)
"""Drop the gold filter: the thread goes on without it."""
TAKES_BACK = re.compile(
    r"^(?:那|就|先)?(?:不要|不用|不看|不只看|别看|不限|去掉|取消|放开)[^,]{1,10}?(?:了|的?(?:限制|条件|筛选))?,"
    r"(?:改|换|就|再)?(?:看|要|算|成|回|到|恢复)*(?:全国|全部|整体|全体|全公司|大盘|所有的?)"
    r"(?:客户|顾客|用户|会员|的人|大区|门店|渠道)?的?[呢吧了]?$"
)
"""不要华东了,看全国: what the thread was narrowed to goes."""


def _one_side_less(last: Understood, mentions: Mentions) -> Understood | None:
    """Give 去掉公众号, after two were compared: the number of the one that is left."""
    compare = last.compare
    named = [t for t in mentions.tokens if t.period is not None or t.of(*CONTENT)]
    if compare is None or compare.against is not Against.GROUP or not mentions.says("except"):
        return None
    out = {m.value for t in named for m in t.meanings if compare.column in m.columns}
    sides = [v for f in last.where if f.column == compare.column for v in f.values]
    left = tuple(v for v in (*sides, compare.value) if v is not None and v not in out)
    if len(named) != 1 or not out or len(left) != 1:
        return None
    others = tuple(f for f in last.where if f.column != compare.column)
    where = sorted_conditions((*others, Filter(compare.column or "", "=", left)))
    return replace(last, kind=Kind.NUMBER, where=where, compare=None)


RETURNS = re.compile(
    r"^(?:那|再|就|又)*(?:回到|恢复|还原|退回|切回|换回|看回|变回)(?:成|到|为)?(?:看)?(?:全国|整体|全部|大盘|所有|全公司)(?:的|来|看|吧|呢|了)*$"
)
"""回到全国: none of the conditions of the thread holds any more."""


def taken_off(last: Understood, mentions: Mentions) -> Understood | None:
    """Give what a thread was about without the condition, or the groups, that are taken off.

    Parameters
    ----------
    last : Understood
    mentions : Mentions

    Returns
    -------
    Understood or None
        None where nothing of the thread is taken off.
    """
    if RETURNS.match(mentions.text) and last.where:
        return replace(last, where=())
    again = _counted_again(last, mentions) or _one_side_less(last, mentions)
    if again or not (TAKES_OFF.match(mentions.text) or TAKES_BACK.match(mentions.text)):
        return again
    meant = [m for token in mentions.tokens for m in token.meanings if m.columns]
    columns = {c for m in meant for c in m.columns}
    values = {m.value for m in meant if m.value}
    where = tuple(f for f in last.where if f.column not in columns or values.isdisjoint(f.values))
    if not values:
        where = tuple(f for f in last.where if f.column not in columns)
    by = tuple(c for c in last.by if c not in columns or values)
    changed = replace(last, where=where, by=by)
    return changed if changed != last else None


def stands_alone(own: Understood, mentions: Mentions) -> bool:
    """Tell whether a question in a thread says all by itself: which number, and of when."""
    dated = own.since is not None or own.until is not None
    return bool(own.metrics) and dated and not mentions.says("again", "only", "except")


def turns_away(before: Asked | None, own: Understood, mentions: Mentions) -> bool:
    """Tell NPS最低的五个门店 after “which tier?”: what was asked back is let go, not answered.

    Parameters
    ----------
    before : Answerable, AskBack, Refusal or None
        What the last question came to.
    own : Understood
        What this one says by itself.
    mentions : Mentions
    """
    if not isinstance(before, AskBack) or not (own.metrics and own.by and own.kind in PICKS):
        return False
    named = any(token.of(Sort.VALUE, Sort.YES_NO) for token in mentions.tokens)
    dated = any(token.period is not None for token in mentions.tokens)
    return {Missing.VALUE: not named, Missing.PERIOD: not dated}.get(before.reason, False)


ALL_AGAIN = re.compile(
    r"^(?:那|那么|再|都)*(?:含|算|带|加|包括|包含|捎)(?:上|回来|进来|进去|回去)"
    r"(?:它|他|她|们|这个|这些|了)*[呢吧看]*$"
)
"""含上呢: what was left out, whatever it is."""


def _counted_again(last: Understood, mentions: Mentions) -> Understood | None:
    """Give a thread with the values that had been left out of it: 把送礼客加回来."""
    named = [t for t in mentions.tokens if t.period is not None or t.of(*CONTENT)]
    if ALL_AGAIN.match(mentions.text) and not named:
        kept = tuple(f for f in last.where if f.operator != "!=")
        return replace(last, where=kept) if kept != last.where else None
    if not adds(mentions) or any(t.of(Sort.VALUE) is None for t in named):
        return None
    said = {(c, m.value) for t in named for m in t.meanings for c in m.columns}
    left_out = (
        f.operator == "!=" and {(f.column, v) for v in f.values} <= said for f in last.where
    )
    where = tuple(f for f, again in zip(last.where, left_out, strict=True) if not again)
    return replace(last, where=where) if where != last.where else None


def _where(last: Understood, own: Understood, mentions: Mentions) -> tuple[Filter, ...]:
    if adds(mentions):
        own = replace(own, where=tuple(_added(last, one) for one in own.where))
    said = {one.column for one in own.where}
    if mentions.says("total") and not own.where and not last.by and mentions.says("again"):
        return ()
    kept = tuple(one for one in last.where if one.column not in said or one.operator == "!=")
    left = {(one.column, one.operator) for one in own.where}
    return sorted_conditions(
        tuple(one for one in kept if (one.column, one.operator) not in left) + own.where
    )


def _without_idle(merged: Understood) -> Understood:
    """Drop what is left out of values that are named anyway; of a rest it is left out still."""
    if merged.compare is not None and merged.compare.against is Against.REST:
        return merged
    named = {one.column for one in merged.where if one.operator == "="}
    where = tuple(one for one in merged.where if one.operator != "!=" or one.column not in named)
    return replace(merged, where=where)


ADDS = re.compile(
    r"^(?:那|再|也)?(?:加上|加|算上|含上|捎上|包括上|带上|添上|连同|补上)"
    r"|^(?:and )?(?:add|include|plus|with)\b"
    r"|也加上|也算上"
    r"|(?<![不别要])(?:加|放|拉|带|算|摆|补|并|捎|添|搁|列)(?:进来|进去|回来|回去|上去|在内)"
)
"""加上小程序, iOS也放进来: beside what the thread is about already."""


def adds(mentions: Mentions) -> bool:
    """Tell whether a follow-up adds something to what the thread is about.

    Parameters
    ----------
    mentions : Mentions
    """
    return ADDS.search(mentions.text) is not None


def _added(last: Understood, one: Filter) -> Filter:
    same = [f for f in last.where if f.column == one.column and f.operator == one.operator == "="]
    before = same[0].values if same else ()
    return replace(one, values=(*before, *(v for v in one.values if v not in before)))


def _days(merged: Understood, own: Understood, mentions: Mentions) -> Understood:
    ever = any(t.period is not None and t.period.unit == "ever" for t in mentions.tokens)
    if own.since or own.until or ever:
        return replace(merged, since=own.since, until=own.until)
    return merged


def _groups(
    merged: Understood, last: Understood, own: Understood, mentions: Mentions
) -> Understood:
    by = own.by or last.by
    if own.by and NOT_BY.search(mentions.text):
        by = tuple(column for column in last.by if column not in own.by)
    if not own.by and (mentions.says("total") or NOT_BY.search(mentions.text)):
        by = ()
    single = {one.column for one in own.where if len(one.values) == 1 and one.operator == "="}
    picks = last.kind in PICKS and own.kind in {None, *PICKS}
    if not own.by and not picks:
        by = tuple(column for column in by if column not in single)
    if adds(mentions) and last.kind in SINGLE:
        own_columns = {f.column for f in own.where}
        several = (f.column for f in merged.where if len(f.values) > 1 and f.operator == "=")
        by = tuple(dict.fromkeys((*by, *(c for c in several if c in own_columns))))
    return replace(merged, by=by)


def _kind(merged: Understood, last: Understood, own: Understood, mentions: Mentions) -> Understood:
    kind = own.kind
    if kind in {Kind.VOICES, Kind.DRIVERS, Kind.RELATION}:
        return replace(without(merged, *NARROW), kind=kind, metrics=_metrics(last, own, kind))
    if kind is Kind.WHY:
        compare = own.compare or last.compare or Compare(Against.PREVIOUS)
        return replace(
            without(merged, *NARROW), kind=kind, compare=compare, metrics=merged.metrics[:1]
        )
    if kind is Kind.TREND:
        kept = without(merged, "rank", "threshold")
        kept_compare = own.compare or (last.compare if last.kind is Kind.TREND else None)
        kept = _both_sides(kept, last) if kept_compare is None else kept
        return replace(kept, kind=kind, grain=own.grain or last.grain, compare=kept_compare)
    if kind is Kind.COMPARE:
        return _compared(merged, last, own)
    third = _one_more_side(merged, last, own, mentions)
    return third or _picked(merged, last, own, mentions)


def _one_more_side(
    merged: Understood, last: Understood, own: Understood, mentions: Mentions
) -> Understood | None:
    """Tell 再加上iOS after two were compared: each of the three is shown."""
    compare = last.compare
    if compare is None or compare.against is not Against.GROUP or not adds(mentions):
        return None
    added = [one for one in own.where if one.column == compare.column and one.operator == "="]
    if len(own.where) != 1 or not added or compare.value is None:
        return None
    before = [f for f in last.where if f.column == compare.column and f.operator == "="]
    values = (*(v for f in before for v in f.values), compare.value, *added[0].values)
    all_of_them = Filter(added[0].column, "=", tuple(dict.fromkeys(values)))
    others = tuple(one for one in merged.where if one.column != compare.column)
    by = tuple(dict.fromkeys((*last.by, all_of_them.column)))
    where = sorted_conditions((*others, all_of_them))
    return replace(merged, kind=Kind.NUMBER, by=by, where=where, compare=None)


def _both_sides(merged: Understood, last: Understood) -> Understood:
    """按月看, after two groups were compared: a line of each."""
    compare = last.compare
    if compare is None or compare.against is not Against.GROUP or compare.value is None:
        return merged
    where = tuple(
        replace(f, values=tuple(dict.fromkeys((*f.values, compare.value))))
        if f.column == compare.column and f.operator == "="
        else f
        for f in merged.where
    )
    by = tuple(dict.fromkeys((*merged.by, compare.column or "")))
    return replace(merged, where=where, by=by)


def _picked(
    merged: Understood, last: Understood, own: Understood, mentions: Mentions
) -> Understood:
    if own.kind is Kind.RANKING or (own.rank and last.kind is Kind.RANKING):
        return _ranked(merged, last, own, mentions)
    if own.kind is Kind.THRESHOLD:
        kept = without(merged, "rank", "grain", "compare")
        return replace(kept, kind=own.kind, threshold=own.threshold)
    return _kept(merged, last, own, mentions)


def _metrics(last: Understood, own: Understood, kind: Kind) -> tuple[str, ...]:
    if kind is Kind.VOICES:
        return ()
    if kind is Kind.RELATION and len(own.metrics) == 1 and last.metrics:
        return (last.metrics[0], *own.metrics)
    return own.metrics or last.metrics[:1]


def _compared(merged: Understood, last: Understood, own: Understood) -> Understood:
    compare = own.compare or Compare(Against.PREVIOUS)
    in_time = own.against_time
    if last.kind is Kind.TREND and in_time and not own.grain:
        return replace(
            without(merged, "rank", "threshold"), kind=Kind.TREND, grain=last.grain, compare=compare
        )
    if last.kind is Kind.WHY:
        return replace(merged, kind=Kind.WHY, compare=compare)
    kept = without(merged, "rank", "threshold", "grain")
    return replace(kept, kind=Kind.COMPARE, compare=compare)


def _ranked(
    merged: Understood, last: Understood, own: Understood, mentions: Mentions
) -> Understood:
    rank = own.rank
    counted = any(token.number is not None for token in mentions.tokens)
    if rank and last.rank and not counted:
        rank = Rank(rank.best, last.rank.n)
    kept = without(merged, "grain", "compare", "threshold")
    said = {one.column for one in own.where}
    where = tuple(f for f in kept.where if f.column not in own.by or f.column in said)
    kept = replace(kept, where=where)  # 银卡呢, 哪个等级最低: of all of them
    return replace(
        kept, kind=Kind.RANKING, rank=rank if rank or mentions.says("rank") else last.rank
    )


def _bound(last: Threshold, number: int) -> Threshold:
    """Give another bound in the unit of the last one: shares as proportions."""
    share = abs(last.value) <= 1 < number
    return Threshold(last.operator, number / PERCENT if share else float(number))


PERCENT = 100


def _kept(merged: Understood, last: Understood, own: Understood, mentions: Mentions) -> Understood:
    kind = last.kind
    if kind is Kind.RELATION and len(own.metrics) == 1 and len(last.metrics) == 2:  # noqa: PLR2004
        kept = [m for m in last.metrics if m.startswith("share:")] or [last.metrics[1]]
        merged = replace(merged, metrics=(own.metrics[0], kept[0]))
    numbers = [
        int(t.number)
        for t in mentions.tokens
        if t.number is not None and t.number % 1 == 0 and t.number > 0
    ]
    if kind is Kind.RANKING and last.rank:
        if mentions.says("flip"):
            return replace(merged, rank=Rank(not last.rank.best, last.rank.n))
        if numbers and not own.metrics and not own.where:
            return replace(merged, rank=Rank(last.rank.best, numbers[0]))
    if kind is Kind.THRESHOLD and last.threshold and len(numbers) == 1 and not own.where:
        merged = replace(merged, threshold=_bound(last.threshold, numbers[0]))
    if kind is Kind.VOICES and own.metrics:
        picked = {one.column for one in own.where}
        only_rows = all(metric.partition(":")[2] in picked for metric in own.metrics)
        if only_rows:  # 五星的呢: whose words they are
            return replace(merged, kind=kind, metrics=())
        kind = Kind.NUMBER
    if own.by and kind in {Kind.WHY, Kind.DRIVERS, Kind.RELATION, Kind.VOICES}:
        kind = Kind.NUMBER
        merged = without(merged, "compare")
    return replace(merged, kind=kind)
