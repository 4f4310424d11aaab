"""A reading of a question as labels, and what each label is known by.

`holds` says what a query holds: how many metrics, which days, which end of a ranking. `part_of`
says what a mention (a value, a column, a metric, a period, a number) does in it. Both are learned
from other questions, and `likely_readings` says how likely they are beside what is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from math import isclose

from huiyin.ask.contracts import Kind, Understood
from huiyin.ask.likely_kinds import PIECES, features, sign_of
from huiyin.ask.meanings import CONTENT, OWN_METRIC, Meaning, Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.scanning import Token
from huiyin.measure.contracts import Against

MOST = 3
"""Counts above are as this one."""
NEAR, BESIDE, LONGEST_GAP = 4, 2, 8
"""Pieces on each side that tell what a mention does; with their place; letters between two."""
NOTHING = "-"
NAMED = frozenset({Sort.VALUE, Sort.YES_NO, Sort.RATE})
RATED = frozenset({Sort.RATING, Sort.AMOUNT})
ABOUT = CONTENT - {Sort.ASPECTS}
SCALES = (1, 10, 100)
"""八成, 80% and 0.8 are one bound."""


def holds(mentions: Mentions, understood: Understood) -> dict[str, str]:
    """Say what a reading holds, its kind apart.

    Parameters
    ----------
    mentions : Mentions
    understood : Understood
        A complete reading of them.

    Returns
    -------
    dict of str to str
        What is told → its label; `rows` and `groups` count those that no word names by itself.
    """
    rank, compare, bound = understood.rank, understood.compare, understood.threshold
    days = (understood.since is not None, understood.until is not None)
    return {
        "metrics": _some(len(understood.metrics)),
        "by": _some(len(understood.by)),
        "days": "".join("su"[at] for at, there in enumerate(days) if there) or NOTHING,
        "grain": understood.grain.value if understood.grain else NOTHING,
        "compare": _against(compare.against) if compare else NOTHING,
        "rank": f"{'best' if rank.best else 'worst'}{min(rank.n, 2)}" if rank else NOTHING,
        "bound": bound.operator if bound else NOTHING,
        **_unnamed(mentions, understood),
    }


def _some(count: int) -> str:
    return str(min(count, MOST))


def _against(against: Against) -> str:
    return (Against.YEAR_AGO if against is Against.YEAR_AGO_LUNAR else against).value


def _unnamed(mentions: Mentions, understood: Understood) -> dict[str, str]:
    meanings = [one for token in mentions.tokens for one in token.meanings]
    columns = {column for one in meanings for column in one.columns}
    values = {(column, one.value) for one in meanings for column in one.columns}
    rows = [f for f in understood.where if not any((f.column, v) in values for v in f.values)]
    groups = [column for column in understood.by if column not in columns]
    return {"rows": _some(len(rows)), "groups": _some(len(groups))}


def told(mentions: Mentions) -> list[int]:
    """List the places of what is mentioned: each does something in the query, or nothing."""
    return [at for at, token in enumerate(mentions.tokens) if _is_told(token)]


def _is_told(token: Token) -> bool:
    return token.period is not None or token.number is not None or bool(token.of(*ABOUT))


def part_of(token: Token, mentions: Mentions, understood: Understood) -> str:
    """Say what a mention does in a reading: ``metric, by, in, out, each, side, rows, days …``."""
    if token.period is not None:
        days = (understood.since, understood.until)
        return "days" if (token.period.since, token.period.until) == days else NOTHING
    if token.number is not None:
        return _part_of_number(token.number, understood)
    values = _parts_of_values(token, understood)
    return next((part for part in (*values, *_parts(token, mentions, understood))), NOTHING)


def _part_of_number(number: float, understood: Understood) -> str:
    rank, bound = understood.rank, understood.threshold
    if bound and any(isclose(bound.value, number / by) for by in SCALES):
        return "bound"
    return "rank" if rank and rank.n == number else NOTHING


def _parts_of_values(token: Token, understood: Understood) -> Iterator[str]:
    compare = understood.compare
    for one in token.meanings:
        if one.sort not in NAMED or one.value is None:
            continue
        for column in one.columns:
            if compare is not None and (compare.column, compare.value) == (column, one.value):
                yield "side"
            for row in understood.where:
                if row.column == column and one.value in row.values:
                    apart = column in understood.by and len(row.values) > 1
                    yield "out" if row.operator == "!=" else "each" if apart else "in"
                if row.column != column and any(one.value in value for value in row.values):
                    yield "in"  # 成都 of 成都春熙路店
            if f"share:{column}={one.value}" in understood.metrics:
                yield "metric"


def _parts(token: Token, mentions: Mentions, understood: Understood) -> Iterator[str]:
    names = {metric.partition(":")[0] for metric in understood.metrics}
    measured = {metric.partition(":")[2].partition("=")[0] for metric in understood.metrics}
    rows = {one.column for one in understood.where}
    book = mentions.vocabulary.codebook
    for one in token.meanings:
        columns = {*one.columns}
        if one.sort in RATED and names & {OWN_METRIC.get(book[column].role) for column in columns}:
            yield "metric"
        if one.sort is Sort.METRIC and (one.name in names or one.name in understood.metrics):
            yield "metric"
        if one.sort in RATED | {Sort.COLUMN, Sort.GENERIC}:
            places = (("metric", measured), ("by", {*understood.by}), ("rows", rows))
            first = places if one.sort in RATED else (places[1], places[0], places[2])
            yield from (part for part, there in first if columns & there)


def signs_of_question(mentions: Mentions) -> set[str]:
    """List what a question is known by: its words, its mentions in a row, values of one column."""
    return features(mentions) | _marks(mentions)


def signs_of_query(mentions: Mentions, kind: Kind) -> set[str]:
    """List what its query is known by, where its kind is known."""
    marks = _marks(mentions)
    marks |= {one for one in features(mentions) if one[0] == "#"}
    return signs_of_question(mentions) | {f"k:{kind}|{one}" for one in ("", *marks)}


def _marks(mentions: Mentions) -> set[str]:
    signs = [_fine_sign(mentions.tokens[at]) for at in told(mentions)]
    found = {f"s:{name}" for name in mentions.signals}
    found |= {f"f:{one}" for one in signs} | {f"f:{a} {b}" for a, b in pairwise(signs)}
    columns = {c for t in mentions.tokens if (m := t.of(Sort.COLUMN)) for c in m.columns}
    values = [m.columns for t in mentions.tokens if (m := t.of(Sort.VALUE))]
    return found | {f"v{_some(values.count(v))}{bool(columns & {*v}):d}" for v in values}


def signs_of_part(mentions: Mentions, at: int, kind: Kind) -> set[str]:
    """List what the part of a mention is known by: what stands around it, and what is asked."""
    sort = _sign(mentions.tokens[at])
    places = told(mentions)
    near = {*_around(mentions, at), *_mentions_beside(mentions, at, places)}
    with_kind = {"", *_itself(mentions, at, places)}
    with_kind |= {f"s:{name}" for name in mentions.signals}
    others = [_sign(mentions.tokens[other]) for other in places if other != at]
    with_kind |= {f"#{one}{_some(others.count(one))}" for one in others}
    found = near | with_kind | {f"k:{kind}|{one}" for one in with_kind}
    return {f"{sort}|{one}" for one in found}


def _sign(token: Token) -> str:
    sign = sign_of(token)
    if sign != token.text:
        return sign
    return token.first.sort.value if token.first else NOTHING


def _fine_sign(token: Token) -> str:
    first = token.first
    if first is None or sign_of(token) == token.text:
        return _sign(token)
    if first.sort is Sort.METRIC:
        return f"Ⓜ{first.name}"
    return first.sort.value if first.sort in RATED | {Sort.RATE} else _sign(token)


def _around(mentions: Mentions, at: int) -> Iterator[str]:
    before, after = _pieces(mentions, at)
    yield from (f"-{n}{one}" for n, one in enumerate(reversed(before[-BESIDE:])))
    yield from (f"+{n}{one}" for n, one in enumerate(after[:BESIDE]))
    yield from (f"<{one}" for one in before[-NEAR:])
    yield from (f">{one}" for one in after[:NEAR])
    for size in (BESIDE, BESIDE + 1):
        yield "-" + " ".join(before[-size:])
        yield "+" + " ".join(after[:size])
    yield f"±{before[-1]} {after[0]}"


def _pieces(mentions: Mentions, at: int) -> tuple[list[str], list[str]]:
    """Give the words before and after a mention, other mentions put as signs."""
    before, after, end = ["^"], list[str](), 0
    for place, token in enumerate(mentions.tokens):
        side = before if place <= at else after
        side += PIECES.findall(mentions.text[end : token.start])
        if place != at:
            side += PIECES.findall(sign_of(token))
        end = token.end
    return before, [*after, *PIECES.findall(mentions.text[end:]), "$"]


def _mentions_beside(mentions: Mentions, at: int, places: list[int]) -> Iterator[str]:
    """Name the mentions before and after, and the words between."""
    place = places.index(at)
    for step, name in ((-1, "before"), (1, "after")):
        if not 0 <= place + step < len(places):
            continue
        other = places[place + step]
        between = mentions.between(*sorted((at, other))).strip()
        yield f"{name}{_fine_sign(mentions.tokens[other])}{between[:LONGEST_GAP]}"
        mine, theirs = (mentions.tokens[one].of(Sort.VALUE) for one in (at, other))
        if mine and theirs:
            yield f"{name}={_share_a_column(mine, theirs):d}"


def _share_a_column(one: Meaning, other: Meaning) -> bool:
    return not {*one.columns}.isdisjoint(other.columns)


def _itself(mentions: Mentions, at: int, places: list[int]) -> Iterator[str]:
    """Tell a mention from others of its sort: what else it may mean, and its neighbours."""
    token = mentions.tokens[at]
    yield f"@{_fine_sign(token)}"
    place = places.index(at)
    for step, name in ((-1, "before"), (1, "after")):
        there = 0 <= place + step < len(places)
        beside = mentions.tokens[places[place + step]] if there else None
        yield f"@{name}{_fine_sign(beside) if beside else ''}"
    if len(sorts := {one.sort.value for one in token.meanings if one.sort in ABOUT}) > 1:
        yield "o:" + ",".join(sorted(sorts))
    if token.number is not None:
        yield f"u:{token.unit}"
        yield f"@all{mentions.counts_all(at):d}"
    if answer := token.of(Sort.YES_NO):
        yield f"v:{answer.value}"
    if named := token.of(Sort.VALUE, Sort.COLUMN):
        values = [m for t in mentions.tokens if (m := t.of(Sort.VALUE))]
        yield f"@same{_some(sum(_share_a_column(named, one) for one in values))}"
    ends = [p.until or date.max for t in mentions.tokens if (p := t.period) is not None]
    if token.period is not None and len(ends) > 1:
        own = token.period.until or date.max
        yield f"@late{own == max(ends):d}{ends.count(own) > 1:d}"
