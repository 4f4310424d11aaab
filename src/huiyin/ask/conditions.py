"""Which rows, and by which columns: values and columns that a question names."""

from __future__ import annotations

import re
from itertools import pairwise

from huiyin.ask.groups import MARKS, read_columns
from huiyin.ask.kinds import read_threshold
from huiyin.ask.left_out import is_left_out
from huiyin.ask.levels import read_levels
from huiyin.ask.meanings import CONTENT, NO, YES, Meaning, Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.named import Named
from huiyin.ask.ranges import read_ranges
from huiyin.ask.shares import read_shares
from huiyin.ask.turns import OTHER_ANSWER
from huiyin.ask.valued import column_of, value_in
from huiyin.measure.contracts import Filter


def read_names(mentions: Mentions, hints: tuple[str, ...], *, two_sided: bool) -> Named:
    """Read the values and columns that a question names.

    Parameters
    ----------
    mentions : Mentions
    hints : tuple of str
        Columns that settle a value of several: said in this thread before.
    two_sided : bool
        Yes-or-no words are then measured (做了…的比例), not conditions.
    """
    named = Named()
    read_shares(mentions, named, hints)
    _read_values(mentions, named, hints, two_sided=two_sided)
    _read_other_answer(mentions, named)
    read_ranges(mentions, named)
    read_levels(mentions, named)
    read_columns(mentions, named)
    _read_loose(mentions, named)
    if not mentions.says("rest"):
        _leave_only_chosen(named)
    return named


def _leave_only_chosen(named: Named) -> None:
    """Tell 别看华东了,看华南: what is left out adds nothing to other values that are chosen."""
    chosen = {f.column: set(f.values) for _, f in named.values if f.operator == "="}
    named.values = [
        (at, f)
        for at, f in named.values
        if f.operator != "!=" or chosen.get(f.column, set(f.values)) & set(f.values)
    ]


def _read_values(
    mentions: Mentions, named: Named, hints: tuple[str, ...], *, two_sided: bool
) -> None:
    for at, token in enumerate(mentions.tokens):
        meaning = token.of(Sort.VALUE, Sort.YES_NO)
        if meaning is None or at in named.used:
            continue
        if meaning.sort is Sort.YES_NO:
            _read_yes_no(mentions, named, at, meaning, two_sided=two_sided)
            continue
        if _names_column_beside(mentions, at) or _begins_next(mentions, at):
            named.used.add(at)
            continue
        column = column_of(token, mentions, at, hints, named)
        if column:
            operator = "!=" if is_left_out(mentions, at) else "="
            named.values.append((at, Filter(column, operator, (value_in(token, column),))))
            named.used.add(at)


def _begins_next(mentions: Mentions, at: int) -> bool:
    """Tell 成都的春熙路店: the city is part of the shop's own name."""
    after = mentions.near(at, 1)
    if after is None or mentions.between(at, after).strip() not in {"", "的"}:
        return False
    begins = [m.value for m in mentions.tokens[at].meanings if m.sort is Sort.VALUE and m.value]
    wholes = [m.value for m in mentions.tokens[after].meanings if m.sort is Sort.VALUE and m.value]
    return any(w != b and w.startswith(b) for w in wholes for b in begins)


def _names_column_beside(mentions: Mentions, at: int) -> bool:
    """Tell 微信报案: a word that is part of the name of the column whose value it touches."""
    if at == 0 or mentions.tokens[at - 1].end != mentions.tokens[at].start:
        return False
    word = mentions.tokens[at].text
    before = mentions.tokens[at - 1].meanings
    return any(
        len(m.columns) == 1 and m.sort is Sort.VALUE and word in m.columns[0] for m in before
    )


def _read_yes_no(
    mentions: Mentions, named: Named, at: int, meaning: Meaning, *, two_sided: bool
) -> None:
    column, value = meaning.columns[0], meaning.value or YES
    before = mentions.near(at, -1)
    marked = before is not None and mentions.tokens[before].says(*MARKS)
    bound = read_threshold(mentions)
    measured = two_sided or (bound is not None and bool(bound[2]))  # below 85% on time
    if mentions.tokens[at].of(Sort.COLUMN) and (marked or not measured):
        return  # the column itself is named: 按是否准时
    if two_sided:
        named.rates.append(f"share:{column}={YES}")
    else:
        if is_left_out(mentions, at) or (value == YES and _denied(mentions, at)):
            value = NO if value == YES else YES
        named.values.append((at, Filter(column, "=", (value,))))
    named.used.add(at)


def both_answers(mentions: Mentions) -> bool:
    """Tell 复购了的比没复购的: who said yes stands against who said no."""
    said = [m for t in mentions.tokens if (m := t.of(Sort.YES_NO))]
    return any(
        one.columns == other.columns and one.value != other.value for one, other in pairwise(said)
    )


def _read_other_answer(mentions: Mentions, named: Named) -> None:
    """Tell 出过故障的比没出过的: the second answer is the other one to the same question."""
    answers = [(at, f) for at, f in named.values if mentions.tokens[at].of(Sort.YES_NO)]
    found = OTHER_ANSWER.search(mentions.text)
    if len(answers) != 1 or found is None:
        return
    ((at, one),) = answers
    first, last = found.span("no" if found["no"] else "yes")
    inside = [i for i, t in enumerate(mentions.tokens) if first <= t.start < last]
    known = any(mentions.tokens[i].of(*CONTENT) for i in inside)
    said, other = (YES, NO) if found["no"] else (NO, YES)
    if one.values == (said,) and mentions.tokens[at].end <= first and inside and not known:
        named.values.append((inside[0], Filter(one.column, "=", (other,))))


def _read_loose(mentions: Mentions, named: Named) -> None:
    """年轻人: which of the column's values are meant has to be asked."""
    for token in mentions.tokens:
        meaning = token.first
        if meaning is None or meaning.sort is not Sort.LOOSE or named.open_value:
            continue
        column = meaning.columns[0]
        said_beside = any(one.column == column for _, one in named.values)
        tiers = WHICH_MEMBERS.finditer(mentions.text)
        asked = any(m.start() < token.start or token.end < m.end() for m in tiers)
        if said_beside or asked:
            continue  # 年轻人(18-25岁): which is said beside it
        if _after_unexplained(mentions, token.start):
            continue  # 钻石会员: the word before picks them
        values = mentions.vocabulary.values.get(column, ())
        named.open_value = (token.text, tuple(f"{column}={value}" for value in values))


def _after_unexplained(mentions: Mentions, place: int) -> bool:
    """Tell whether what stands right before a place is explained by no word."""
    left = [(a, b) for a, b in mentions.scanned.left if mentions.text[a:b].strip()]
    return any(mentions.text[b:place].strip() == "" and a < place for a, b in left if b <= place)


WHICH_MEMBERS = re.compile(
    r"(?:哪(?:种|类|个|些)|各(?:类|种|级|等级)?|不同)的?会员|会员.{0,8}哪[种类]|会员等级"
    r"|\b(?:which|each|every) (?:\w+ of )?members?\b|(?<!-)\btiers?\b"
)
"""Their tiers are asked about, not all of them."""
DENIED = re.compile(
    r"(?:(?<!有)没有?|(?<![要是])不|未|没能|未能|(?:从来?|一直)?(?:没有?|未|不)曾?|\bnot|\bnever)\s*$"
)


def _denied(mentions: Mentions, at: int) -> bool:
    """Tell 没准时送到: what is written right before a word turns it round."""
    return DENIED.search(mentions.text[: mentions.tokens[at].start]) is not None
