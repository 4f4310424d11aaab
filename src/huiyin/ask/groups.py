"""By which columns: 各大区, 按渠道, which shops."""

from __future__ import annotations

import re

from huiyin.ask.contracts import Why
from huiyin.ask.kinds import CHANGES_MOST, read_threshold
from huiyin.ask.meanings import CONTENT, Meaning, Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.named import Named
from huiyin.ask.scanning import Token
from huiyin.ask.turns import MOST_MOVED, explained_by_form, within
from huiyin.codebook.contracts import Role

PICKS = (
    "worst", "best", "largest", "smallest", "rank",
    "lt", "gt", "ge", "le", "ge_after", "lt_after", "le_after",
)  # fmt: skip
PICKED = re.compile(f"{CHANGES_MOST.pattern}|{MOST_MOVED.pattern}")
MARKS = ("each", "which", "which_many", "rank")


def read_columns(mentions: Mentions, named: Named) -> None:
    """Read the columns that a question goes by."""
    picks = mentions.says(*PICKS)
    known = {one.column for _, one in named.values if one.operator == "=" or not picks}
    chained = False
    phrases = explained_by_form(mentions)
    for at, token in enumerate(mentions.tokens):
        meaning = token.of(Sort.COLUMN, Sort.GENERIC, Sort.NO_COLUMN)
        if _names_nothing(mentions, at, phrases) or _is_object(mentions, at):
            continue
        if NOT_BY.search(mentions.text[: token.start]):
            named.used.add(at)
            continue
        more = meaning is not None and _means_more(token, meaning)
        if meaning is None or at in named.used or more:
            chained = chained and (
                token.says("conj", "of", "each") or token.of(Sort.FILLER) is not None
            )
            continue
        listed = chained and not _says_what_value_is(mentions, at, meaning)
        marked = listed or token.text[0] in "各每" or _marked(mentions, at)
        if meaning.sort is Sort.COLUMN:
            _take_column(mentions, named, at, meaning.columns[0], known, marked=marked)
        elif meaning.sort is Sort.GENERIC:
            _take_generic(mentions, named, at, meaning, marked=marked)
        elif marked or (token.of(Sort.FILLER) is None and len(token.text) > 1):
            named.missing = named.missing or (Why.NO_SUCH_COLUMN, token.text)
        if marked:
            named.told += [column for column in named.by if column in meaning.columns]
        named.marked = named.marked or marked
        chained = marked
    _leave_out_modifiers(mentions, named)
    if not named.by:
        _column_inside(mentions, named)


def _leave_out_modifiers(mentions: Mentions, named: Named) -> None:
    """店铺卫生最好的城市: shops only tell whose tidiness it is; 的 stands before what is ranked."""
    if named.told or not mentions.says(*PICKS):
        named.by = [column for column in named.by if column in (named.told or named.by)]
        return
    heads, modifiers = [], []
    for at, token in enumerate(mentions.tokens):
        meaning = token.of(Sort.COLUMN)
        if meaning is None or meaning.columns[0] not in named.by:
            continue
        after = mentions.tokens[at + 1] if at + 1 < len(mentions.tokens) else None
        beside = after is not None and after.start == token.end
        if beside and after is not None and after.of(Sort.RATING, Sort.METRIC):
            modifiers.append(meaning.columns[0])
        elif mentions.text[: token.start].endswith("的"):
            heads.append(meaning.columns[0])
    if heads:
        named.by = [column for column in named.by if column in heads or column not in modifiers]


KINDS_OF_VALUES = frozenset(
    {
        "阶段", "环节", "场景", "类型", "类别", "渠道", "业务", "行业", "板块", "流程", "节点",
        "方式", "系统", "平台", "牌子",
        "stage", "scenario", "channel", "industry", "system", "platform",
    }
)  # fmt: skip
"""What sort of thing a value is, said after it."""


def _names_nothing(mentions: Mentions, at: int, phrases: list[tuple[int, int]]) -> bool:
    """Tell 项目交付阶段: what sort of thing the value before is, or a word of a turn of phrase."""
    token, place = mentions.tokens[at], at - 1
    while place > 0 and (mentions.tokens[place].text == "个" or mentions.tokens[place].number):
        place -= 1  # 苹果、小米、华为三个牌子
    before = mentions.tokens[place] if place >= 0 else None
    meaning = token.of(Sort.COLUMN, Sort.GENERIC, Sort.NO_COLUMN)
    if meaning is None or meaning.sort is not Sort.NO_COLUMN:
        return False
    beside = before is not None and before.of(Sort.VALUE) is not None
    return within(token, phrases) or (beside and token.text in KINDS_OF_VALUES)


def _says_what_value_is(mentions: Mentions, at: int, meaning: Meaning) -> bool:
    """Tell “for version 5.2”: the name of the column right before its value."""
    after = mentions.tokens[at + 1] if at + 1 < len(mentions.tokens) else None
    value = after.of(Sort.VALUE) if after is not None else None
    touches = value is not None and mentions.between(at, at + 1).strip() == ""
    return touches and value is not None and not set(value.columns).isdisjoint(meaning.columns)


NOT_BY = re.compile(
    r"(?:(?:不用?|别|无需|不必|甭)再?(?:分|按|区分|拆|管|论)(?:成|到|开)?|(?:不论|不管|无论)是?哪?个?)$"
)
"""不分大区, 不论哪个城市: all of them as one."""


HANDLES = re.compile(r"(?:办|办理|办个)$")


def _is_object(mentions: Mentions, at: int) -> bool:
    """Tell 把问题解决掉: what the verb of a yes or no does something to."""
    token = mentions.tokens[at]
    if HANDLES.search(mentions.text[: token.start]) and not _marked(mentions, at):
        return True  # 办业务麻烦不麻烦
    after = mentions.tokens[at + 1] if at + 1 < len(mentions.tokens) else None
    touches = after is not None and after.start == token.end and after.of(Sort.YES_NO)
    return bool(touches) and token.of(Sort.FILLER) is not None and not _marked(mentions, at)


def _column_inside(mentions: Mentions, named: Named) -> None:
    """哪个柜员态度最好: whose attitude is asked after stands in the rating's own name."""
    picks = mentions.says(*PICKS)
    for at, token in enumerate(mentions.tokens):
        before = mentions.tokens[at - 1] if at else None
        beside = before is not None and before.end == token.start
        asked = beside and before is not None and before.says("which", "each")
        begins = picks and (beside or before is None)
        if not (token.of(Sort.RATING, Sort.RATE) and (asked or begins)):
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
        if token.says(*MARKS) or token.text == "any":
            return True
        if not (small or token.number is not None or token.says("of", "worst", "best", "conj")):
            break
        before -= 1
    counting = mentions.near(at, -1)
    if counting is not None and mentions.tokens[counting].of(Sort.VALUE):
        counting = counting - 1 if counting else None  # our 2 Harbin stores
    counted = counting is not None and mentions.tokens[counting].number is not None
    if counted and counting is not None:
        told = (*PICKS, "compare", "than", "versus")
        several = (mentions.tokens[counting].number or 0) > 1 and not mentions.says(*told)
        if several or EACH_OF.search(mentions.text):
            return True
    if SEEN_BY.match(mentions.text, mentions.tokens[at].end):
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
        "划分",
    }


SEEN_BY = re.compile(r"的?(?:角度|维度|层面|口径)")
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
        told = mentions.tokens[place].of(Sort.VALUE)
        counted = told is not None and column in told.columns
        if counted or any(spot == place and f.column == column for spot, f in named.values):
            named.used.add(at)
            return
    if not marked and (column in known or _only_says_people(mentions, at)):
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
        and not (mentions.says(*PICKS) or PICKED.search(mentions.text))
        and read_threshold(mentions) is None
        and not _alone(mentions, at)
        and not _set_apart(mentions, named, at)
    ):
        return
    if column not in named.by:
        named.by.append(column)
    named.used.add(at)


def _only_says_people(mentions: Mentions, at: int) -> bool:
    """Tell 18-25岁客群: a word for people right after a value that says which they are."""
    before = mentions.tokens[at - 1] if at else None
    touches = before is not None and before.end == mentions.tokens[at].start
    of_value = touches and before is not None and before.of(Sort.VALUE) is not None
    return of_value and mentions.tokens[at].text.endswith("群") and not mentions.says(*PICKS)


SET_APART = re.compile(r"对比|比较|差异|差别|差距")


def _set_apart(mentions: Mentions, named: Named, at: int) -> bool:
    """Tell 门店满意度对比: with no group named, all of them are set apart."""
    after = mentions.near(at, 1)
    measured = after is not None and mentions.tokens[after].of(Sort.METRIC, Sort.RATING, Sort.RATE)
    return bool(measured) and not named.values and SET_APART.search(mentions.text) is not None


def _alone(mentions: Mentions, at: int) -> bool:
    """Tell 门店的呢: a column that all of a question is about is what it goes by."""
    others = [token for place, token in enumerate(mentions.tokens) if place != at]
    return not any(token.period or token.of(*CONTENT) for token in others)


def _listed(named: Named, token: Token, meaning: Meaning) -> bool:
    """Tell 华东、华南、华北三个区: the column is that of the values before."""
    columns = [one.column for _, one in named.values]
    of_one = len(set(columns)) == 1 and columns[0] in meaning.columns
    return of_one and len(columns) > 1 and token.text.startswith(("个", "哪"))


ONE_OF_TWO = frozenset({"哪家", "哪一家", "哪个", "哪一个", "哪边", "谁"})


def _one_of_two(mentions: Mentions, named: Named, at: int) -> bool:
    """Tell vivo和荣耀哪家低: which of the two that are named, no group of theirs."""
    columns = [one.column for place, one in named.values if place < at]
    of_one = len(columns) == TWO and len(set(columns)) == 1
    return of_one and mentions.tokens[at].text in ONE_OF_TWO and not mentions.says(*PICKS)


TWO = 2
SEVERAL = re.compile(
    r"\b(?:groups|levels|tiers|grades|types|kinds|sorts|(?:each|every"
    r"|per|by) group)\b"
)
"""How do levels differ: each of them is asked for."""
ASKING = ("哪", "谁", "什么", "各", "which", "where")


def _take_generic(
    mentions: Mentions, named: Named, at: int, meaning: Meaning, *, marked: bool
) -> None:
    if _one_of_two(mentions, named, at):
        return
    token = mentions.tokens[at]
    several = SEVERAL.search(token.text) is not None and not mentions.says("voices")
    asks = marked or several or any(word in token.text for word in ASKING)
    if len(meaning.columns) == 1:
        if asks and meaning.columns[0] not in named.by:
            named.by.append(meaning.columns[0])
    elif asks and named.open_column is None and not _listed(named, token, meaning):
        named.open_column = (token.text, meaning.columns)
