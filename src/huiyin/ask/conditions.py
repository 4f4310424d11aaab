"""Which rows, and by which columns: values and columns that a question names."""

from __future__ import annotations

import re

from huiyin.ask.contracts import Why
from huiyin.ask.kinds import read_threshold
from huiyin.ask.levels import read_levels
from huiyin.ask.mentions import Mentions
from huiyin.ask.named import Named
from huiyin.ask.ranges import read_ranges
from huiyin.ask.scanning import Token
from huiyin.ask.turns import explained_by_form, within
from huiyin.ask.vocabulary import CONTENT, NO, YES, Meaning, Sort
from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Filter

PICKS = ("worst", "best", "rank", "lt", "gt", "ge", "le", "ge_after", "lt_after", "le_after")
MARKS = ("each", "which", "which_many", "rank")


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
    _read_shares(mentions, named, hints)
    _read_values(mentions, named, hints, two_sided=two_sided)
    read_ranges(mentions, named)
    read_levels(mentions, named)
    _read_columns(mentions, named)
    _read_loose(mentions, named)
    return named


def _read_shares(mentions: Mentions, named: Named, hints: tuple[str, ...]) -> None:
    """家庭客占比: the value beside the word is what is counted, not a condition."""
    for at in mentions.saying("share"):
        before, after = mentions.near(at, -1), mentions.near(at, 1)
        english = mentions.tokens[at].text[0].isascii()
        if english and SATISFIED_ARE.search(mentions.text):
            continue
        order = (_counted_later(mentions, at), after, before) if english else (before, after)
        if english and not OF_NEXT.match(mentions.text, mentions.tokens[at].end):
            order = (_counted_later(mentions, at), before, after)
        for place in order:
            if place is None or place in named.used:
                continue
            if place == after and not english and mentions.parted(at, after):
                continue
            token = mentions.tokens[place]
            meaning = token.of(Sort.VALUE, Sort.YES_NO)
            if meaning is None:
                continue
            column = _column_of(token, mentions, place, hints, named)
            if column:
                _take_share(named, token, column, place)
            break
        else:
            place = _counted_among(mentions, at)
            if place is not None and not english:
                token = mentions.tokens[place]
                column = _column_of(token, mentions, place, hints, named)
                if column:
                    _take_share(named, token, column, place)


def _take_share(named: Named, token: Token, column: str, place: int) -> None:
    named.rates.append(f"share:{column}={_value_in(token, column)}")
    named.used.add(place)


AMONG = re.compile(r"(?:客户|顾客|用户|会员|人群)?(?:在|于)")


def _counted_among(mentions: Mentions, at: int) -> int | None:
    """Find what is counted in 送礼客在全部客户里占几成."""
    places = [p for p in range(at) if mentions.tokens[p].of(Sort.VALUE, Sort.YES_NO)]
    told = [p for p in places if AMONG.match(mentions.text, mentions.tokens[p].end)]
    return told[0] if len(told) == 1 else None


OF_NEXT = re.compile(r"\s*(?:of|who|that)\b")
SATISFIED_ARE = re.compile(
    r"\b(?:are|is|were|was|who are|feel) (?:very )?"
    r"(?:dis|un)?(?:satisfied|happy|unhappy)\b"
)
"""Of whom a share is satisfied: they are not what is counted."""


def _counted_later(mentions: Mentions, at: int) -> int | None:
    """Find what is counted in “share of office workers who bought again”."""
    later = range(at + 1, len(mentions.tokens))
    found = [one for one in later if mentions.tokens[one].of(Sort.YES_NO)]
    return found[0] if len(found) == 1 else None


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
        column = _column_of(token, mentions, at, hints, named)
        if column:
            operator = "!=" if _excluded(mentions, at) else "="
            named.values.append((at, Filter(column, operator, (_value_in(token, column),))))
            named.used.add(at)


def _begins_next(mentions: Mentions, at: int) -> bool:
    """Tell 成都的春熙路店: the city is part of the shop's own name."""
    after = mentions.near(at, 1)
    if after is None:
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
    if mentions.tokens[at].of(Sort.COLUMN) and (marked or not two_sided):
        return  # the column itself is named: 按是否准时
    if two_sided:
        named.rates.append(f"share:{column}={YES}")
    else:
        if _excluded(mentions, at) or (value == YES and _denied(mentions, at)):
            value = NO if value == YES else YES
        named.values.append((at, Filter(column, "=", (value,))))
    named.used.add(at)


def _column_of(
    token: Token, mentions: Mentions, at: int, hints: tuple[str, ...], named: Named
) -> str | None:
    """Find the column of a value; one that several columns have is left open."""
    columns = tuple(
        dict.fromkeys(
            c for m in token.meanings if m.sort in {Sort.VALUE, Sort.YES_NO} for c in m.columns
        )
    )
    if len(columns) == 1:
        return columns[0]
    beside = [mentions.near(at, 1), mentions.near(at, -1)]
    for place in beside:
        column = mentions.tokens[place].of(Sort.COLUMN) if place is not None else None
        if column and column.columns[0] in columns and _touching(mentions, at, place):
            return column.columns[0]
    settled = [c for c in columns if c in hints or c in _columns_of_others(mentions, at)]
    if len(settled) == 1:
        return settled[0]
    if not token.exact and len({m.value for m in token.meanings if m.sort is Sort.VALUE}) > 1:
        named.open_value = (
            token.text,
            tuple(f"{m.columns[0]}={m.value}" for m in token.meanings if m.columns),
        )
        return None
    named.open_value = named.open_value or (_value_in(token, columns[0]), columns)
    return None


def _touching(mentions: Mentions, at: int, place: int | None) -> bool:
    if place is None:
        return False
    first, last = sorted((at, place))
    gap = mentions.between(first, last).strip()
    return gap in {"", "=", ":", "是", "为", "of", "the"} or (place < at and gap in {"是", "为"})


def _columns_of_others(mentions: Mentions, at: int) -> set[str]:
    sure = set()
    for place, token in enumerate(mentions.tokens):
        columns = {c for m in token.meanings if m.sort is Sort.VALUE for c in m.columns}
        if place != at and len(columns) == 1:
            listed = mentions.near(min(place, at), 1, "conj", "versus", "than", "compare")
            if listed == max(place, at):
                sure |= columns
    return sure


def _value_in(token: Token, column: str) -> str:
    return next(
        m.value for m in token.meanings
        if m.sort in {Sort.VALUE, Sort.YES_NO} and column in m.columns and m.value is not None
    )  # fmt: skip


def _excluded(mentions: Mentions, at: int) -> bool:
    before = mentions.near(at, -1, "conj")
    if before is not None and mentions.tokens[before].says("except"):
        return True
    if at and mentions.tokens[at - 1].says("except"):
        return True
    if before is not None and _listed_with(mentions, before, at) and _excluded(mentions, before):
        return True
    after = mentions.near(at, 1)
    if after is None or not mentions.tokens[after].says("except"):
        return False
    return mentions.tokens[after].text in {"以外", "之外", "除外"}


def _read_loose(mentions: Mentions, named: Named) -> None:
    """年轻人: which of the column's values are meant has to be asked."""
    for token in mentions.tokens:
        meaning = token.first
        if meaning is None or meaning.sort is not Sort.LOOSE or named.open_value:
            continue
        column = meaning.columns[0]
        if any(one.column == column for _, one in named.values):
            continue  # 年轻人(18-25岁): which is said beside it
        values = mentions.vocabulary.values.get(column, ())
        named.open_value = (token.text, tuple(f"{column}={value}" for value in values))


DENIED = re.compile(r"(?:(?<!有)没有?|(?<![要是])不|未|没能|未能|\bnot|n't|\bnever)\s*$")


def _denied(mentions: Mentions, at: int) -> bool:
    """Tell 没准时送到: what is written right before a word turns it round."""
    return DENIED.search(mentions.text[: mentions.tokens[at].start]) is not None


def _listed_with(mentions: Mentions, before: int, at: int) -> bool:
    """Tell whether two values of one column stand in one list: 不含黑金和金卡."""
    first, second = (mentions.tokens[one].of(Sort.VALUE) for one in (before, at))
    if first is None or second is None or set(first.columns).isdisjoint(second.columns):
        return False
    return mentions.between(before, at).strip() in {
        "和",
        "、",
        "与",
        "及",
        "以及",
        "跟",
        "and",
        "or",
        "或",
    }


def _read_columns(mentions: Mentions, named: Named) -> None:
    picks = mentions.says(*PICKS)
    known = {one.column for _, one in named.values if one.operator == "=" or not picks}
    chained = False
    phrases = explained_by_form(mentions)
    for at, token in enumerate(mentions.tokens):
        meaning = token.of(Sort.COLUMN, Sort.GENERIC, Sort.NO_COLUMN)
        if meaning and meaning.sort is Sort.NO_COLUMN and within(token, phrases):
            continue
        if meaning is None or at in named.used or _means_more(token, meaning):
            chained = chained and (
                token.says("conj", "of", "each") or token.of(Sort.FILLER) is not None
            )
            continue
        marked = chained or _marked(mentions, at)
        if meaning.sort is Sort.COLUMN:
            _take_column(mentions, named, at, meaning.columns[0], known, marked=marked)
        elif meaning.sort is Sort.GENERIC:
            _take_generic(named, token, meaning, marked=marked)
        elif marked or (token.of(Sort.FILLER) is None and len(token.text) > 1):
            named.missing = named.missing or (Why.NO_SUCH_COLUMN, token.text)
        if marked:
            named.told += [column for column in named.by if column in meaning.columns]
        named.marked = named.marked or marked
        chained = marked
    if named.told:
        named.by = [column for column in named.by if column in named.told]
    if not named.by:
        _column_inside(mentions, named)


def _column_inside(mentions: Mentions, named: Named) -> None:
    """哪个柜员态度最好: whose attitude is asked after stands in the rating's own name."""
    for at, token in enumerate(mentions.tokens[1:], 1):
        before = mentions.tokens[at - 1]
        if not (
            before.says("which", "each") and token.of(Sort.RATING) and before.end == token.start
        ):
            continue
        for end in range(len(token.text) - 1, 1, -1):
            found = [
                m for m in mentions.vocabulary.meanings(token.text[:end]) if m.sort is Sort.COLUMN
            ]
            if found:
                named.by.append(found[0].columns[0])
                return


def _means_more(token: Token, meaning: Meaning) -> bool:
    """Tell whether a word is taken for something else first."""
    first = token.first
    if first is None or first == meaning:
        return False
    return first.sort not in {Sort.YES_NO, Sort.COLUMN, Sort.SIGNAL} and first.sort is not Sort.RATE


def _marked(mentions: Mentions, at: int) -> bool:
    before = at - 1
    while before >= 0:
        token = mentions.tokens[before]
        small = (
            token.of(Sort.FILLER) is not None
            and token.first is not None
            and token.first.sort is Sort.FILLER
        )
        if token.says(*MARKS):
            return True
        if not (small or token.number is not None or token.says("of", "worst", "best", "conj")):
            break
        before -= 1
    counting = mentions.near(at, -1)
    counted = counting is not None and mentions.tokens[counting].number is not None
    if counted and counting is not None:
        all_of = mentions.counts_all(counting) and not mentions.says(*PICKS)
        if all_of or EACH_OF.search(mentions.text):
            return True
    after = mentions.near(at, 1)
    if after is None:
        return False
    follows = mentions.tokens[after]
    return follows.text in {
        "之间",
        "分布",
        "分别",
        "各自",
        "排名",
        "排行",
        "排序",
        "分组",
        "拆分",
        "拆开",
        "细分",
        "分开",
    }


EACH_OF = re.compile(r"各(?:是|有|自|为|多少)|分别|\beach\b|respectively")
"""Of counted groups each is asked for: 两家店各是多少."""
NEWEST = re.compile(
    r"(?:最新|最近|上一?个|上一|前一?个|新|老|旧|latest|newest|previous|current|last|newer|older|old)\s*的?$"
)
"""What picks a value by its age: which one it is has to be asked."""


def _take_column(
    mentions: Mentions, named: Named, at: int, column: str, known: set[str], *, marked: bool
) -> None:
    for place in (mentions.near(at, -1), mentions.near(at, 1)):
        if place is None or place not in named.used or marked:
            continue
        if any(spot == place and one.column == column for spot, one in named.values):
            named.used.add(at)
            return
    if not marked and column in known:
        return
    newest = NEWEST.search(mentions.text[: mentions.tokens[at].start])
    if newest and not marked:
        values = mentions.vocabulary.values.get(column, ())
        word = newest[0].strip() + mentions.tokens[at].text
        named.open_value = (word, tuple(f"{column}={value}" for value in values))
        return
    role = mentions.vocabulary.codebook[column].role
    if (
        not marked
        and role in {Role.UNIT, Role.STAFF, Role.ACCOUNT}
        and not mentions.says(*PICKS)
        and read_threshold(mentions) is None
        and not _alone(mentions, at)
    ):
        return
    if column not in named.by:
        named.by.append(column)
    named.used.add(at)


def _alone(mentions: Mentions, at: int) -> bool:
    """Tell 门店的呢: a column that all of a question is about is what it goes by."""
    others = [token for place, token in enumerate(mentions.tokens) if place != at]
    return not any(token.period or token.of(*CONTENT) for token in others)


ASKING = ("哪", "谁", "什么", "各", "which", "where")


def _take_generic(named: Named, token: Token, meaning: Meaning, *, marked: bool) -> None:
    asks = marked or any(
        word in token.text for word in ("哪", "谁", "什么", "各", "which", "where")
    )
    if len(meaning.columns) == 1:
        if asks and meaning.columns[0] not in named.by:
            named.by.append(meaning.columns[0])
    elif asks and named.open_column is None:
        named.open_column = (token.text, meaning.columns)
