# ruff: noqa: E501, PLR0911, PLR2004 -- a rule is a list of cases; the shares and counts of the rules stand where they are explained
"""Rules that say what one column is for, first come first served.

A rule sees one column alone. What only the neighbours tell (matrices, multi-selects spread over
columns, which satisfaction question is the overall one) is left to ``blocks``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from huiyin.codebook import names
from huiyin.codebook.code_rules import contact, design, identity, place, postal
from huiyin.codebook.contracts import RATING_ROLES, Role
from huiyin.codebook.doubtful import (
    counted_moment,
    day_without_year,
    lost_digits,
    numbers_with_words,
    percent,
    rate,
    with_comma_doubt,
)
from huiyin.codebook.facts import (
    FEW_GROUPS,
    MANY,
    Facts,
    Guess,
    by_name,
    by_values,
    is_two_way,
    positive_values,
)
from huiyin.codebook.moment_rules import lapse, moment
from huiyin.codebook.ratings import rate_numbers, rate_words
from huiyin.codebook.values import (
    find_separator,
    is_code,
    is_long,
    is_prose,
    is_varied_wording,
    tells_contacts,
)
from huiyin.core.patterns import later
from huiyin.core.text import Text

Rule = Callable[[Facts], Guess | None]
_YEAR = (1900, 2100)


def guess_role(facts: Facts) -> Guess:
    """Say what a column is for, from itself alone.

    Parameters
    ----------
    facts : Facts

    Returns
    -------
    Guess
        Never fails: a column nobody knows becomes a doubtful dimension or meta column.
    """
    guess = next((found for rule in RULES if (found := rule(facts)) is not None), None)
    return with_comma_doubt(facts, guess or _fallback(facts))


def _hinted(facts: Facts) -> Guess | None:
    hint = facts.hint
    if hint.role is None or (hint.role is Role.TEXT and facts.numeric):
        return None
    if facts.empty and hint.role is not Role.CHOICE_SET:
        return None
    reason = hint.reason or Text("文件格式注明", "the file's layout says so")
    scale = hint.scale
    if hint.role in RATING_ROLES and scale is None:
        rated = rate_words(facts) or rate_numbers(facts, named=True)
        if rated is None or rated.scale is None:
            return None
        scale = rated.scale
    separator = hint.separator or (find_separator(facts) if hint.role is Role.CHOICE_SET else None)
    return Guess(hint.role, 0.95, reason, scale=scale, separator=separator,
                 events=positive_values(facts.labels) if hint.role is Role.OUTCOME else ())  # fmt: skip


def _empty(facts: Facts) -> Guess | None:
    if not facts.empty:
        return None
    return Guess(Role.IGNORE, 0.95, Text("整列没有值", "the column is empty"))


def _options(facts: Facts) -> Guess | None:
    hint = facts.hint
    if hint.separator and not facts.numeric:
        reason = Text("多选题，选项写在一格里", "several options in one cell")
        return Guess(Role.CHOICE_SET, 0.9, reason, separator=hint.separator)
    flags = facts.n_distinct <= 2 and facts.all_listed and not facts.constant
    if hint.option and hint.group and flags and _is_flag(facts):
        reason = Text("多选题的一个选项", "one option of a multi-select question")
        return Guess(Role.CHOICE_SET, 0.9, reason, group=hint.group, option=hint.option)
    return None


def _is_flag(facts: Facts) -> bool:
    if facts.n_distinct == 1:
        return True
    return is_two_way(facts) or (facts.numeric and {n for n, _ in facts.numbers} <= {0, 1, -1, 2})


def _constant(facts: Facts) -> Guess | None:
    if not facts.constant:
        return None
    if names.SURVEY_META.name(facts.header):
        return Guess(Role.META, 0.85, by_name("答题过程信息", "facts of the interview"))
    return Guess(Role.IGNORE, 0.75, Text("整列只有一个值", "all rows hold the same value"))


def _survey_meta(facts: Facts) -> Guess | None:
    if names.SURVEY_META.name(facts.header) and not names.STATUS.name(facts.header):
        return Guess(Role.META, 0.8, by_name("答题过程信息", "facts of the interview"))
    return None


def _prose(facts: Facts) -> Guess | None:
    asked = names.SEVERAL.stand_in(facts.words)
    choices = find_separator(facts, asked=asked)
    if choices and (asked or not _free_list(facts, choices)):
        return _choices(facts, choices)
    if is_prose(facts) and (is_long(facts) or not _is_named_group(facts)):
        return Guess(Role.TEXT, 0.85, by_values("自由填写的文字", "free text"))
    if (
        names.TEXT.name(facts.words)
        and not facts.numeric
        and facts.n_distinct > MANY
        and (facts.unique_share > 0.1 and not names.PRODUCT.name(facts.header))
    ):
        return Guess(Role.TEXT, 0.8, by_name("文字意见", "free text"))
    if names.TEXT.name(facts.words) and _few_of_their_own(facts):
        return Guess(Role.TEXT, 0.7, by_name("文字意见", "free text"))
    return None


def _few_of_their_own(facts: Facts) -> bool:
    """Tell whether hardly anybody answered, each in other words: no groups to compare."""
    return not facts.numeric and 1 < facts.n_distinct == facts.n_filled <= MANY


def _choices(facts: Facts, separator: str) -> Guess:
    """Take a cell as several options; a comma inside an option would cut it, so look for one."""
    pieces = [p.strip() for v in facts.labels for p in v.split(separator) if p.strip()]
    cut = sum(p[:1].islower() or p.startswith(("such as", "or ", "and ")) for p in pieces)
    if separator.strip() == "," and cut > 0.1 * len(pieces):
        reason = Text(
            "多选题，但选项里也有逗号，请核对",
            "several options per cell, but options hold commas too; check",
        )
        return Guess(Role.CHOICE_SET, 0.55, reason, separator=separator)
    reason = Text("一格里有多个选项，以“{s}”分开", "several options per cell, separated by “{s}”")
    return Guess(Role.CHOICE_SET, 0.7, reason.format(s=separator), separator=separator)


def _free_list(facts: Facts, separator: str) -> bool:
    """Tell prose with commas from a list of options."""
    loose = separator in {", ", "，", ",", "、", "/", "\n"}
    return loose and (names.TEXT.name(facts.words) or _is_named_group(facts))


def _is_named_group(facts: Facts) -> bool:
    grouped = any(words.name(facts.header) for words in names.GROUP_WORDS.values())
    return (grouped or _ends_as_dimension(facts)) and facts.unique_share < 0.9


def _ends_as_dimension(facts: Facts) -> bool:
    """Tell whether a header is, or ends in, the name of a group: ``customer city``."""
    if names.DIMENSION.name(facts.words):
        return True
    words = facts.header.split()
    return 1 < len(words) <= 4 and names.DIMENSION.name(words[-1])


def _told(facts: Facts) -> Guess | None:
    """Keep contact data that customers wrote into an answer out of tables: comments are masked."""
    if facts.numeric or not tells_contacts(facts):
        return None
    return Guess(Role.TEXT, 0.7, by_values("带联系方式的文字", "words that hold contact data"))


def _rating(facts: Facts) -> Guess | None:
    return rate_words(facts) or rate_numbers(facts, named=False)


def _outcome(facts: Facts) -> Guess | None:
    if facts.n_distinct < 2:
        return None
    if names.INTENT.name(facts.words) and is_two_way(facts):
        reason = Text(
            "列名是意愿，答案只有是与否，按结果看待",
            "named an intent, answered yes or no: taken as an outcome",
        )
        return Guess(Role.OUTCOME, 0.6, reason, events=positive_values(facts.labels))
    if not names.OUTCOME.name(facts.words):
        return None
    if is_two_way(facts):
        events = positive_values(facts.labels)
        return Guess(Role.OUTCOME, 0.85, by_name("结果（发生与否）", "an outcome"), events=events)
    counted = names.OUTCOME_COUNT.stand_in(facts.words) and not _WHETHER.search(facts.words)
    if counted and facts.numeric and facts.whole and (facts.profile.minimum or 0) >= 0:
        return Guess(Role.OUTCOME, 0.65, by_name("结果（次数）", "an outcome, counted"))
    return None


_WHETHER = later(r"是否|有没有|\bwhether\b")
"""Asks for yes or no: three different numbers are codes, not how often."""


def _is_judged(facts: Facts) -> bool:
    """Tell whether whole numbers stand under a header that ends in a judgement: 产品评价."""
    return facts.whole and names.JUDGED.search(facts.header) is not None and facts.n_distinct <= 13


def _named_group(facts: Facts) -> Guess | None:
    if _is_judged(facts):
        return None
    many = facts.n_distinct > max(FEW_GROUPS, 0.5 * facts.n_filled)
    counted = facts.numeric and (not facts.whole or names.MEASURE.in_chinese(facts.header))
    for role, words in names.GROUP_WORDS.items():
        if words.names_group(facts.header) and not counted:
            sure = 0.6 if many and role not in {Role.PRODUCT, Role.UNIT, Role.STAFF} else 0.8
            return Guess(role, sure, by_name("分组", "a group"))
    for role, words in ((Role.CUSTOMER, names.CUSTOMER), (Role.ACCOUNT, names.ACCOUNT)):
        if words.name(facts.header) and facts.n_distinct > 2 and not is_two_way(facts):
            return Guess(role, 0.65, by_name("客户", "customers"))
    return None


def _money(facts: Facts) -> Guess | None:
    if names.CURRENCY.name(facts.words) and not facts.numeric:
        return Guess(Role.CURRENCY, 0.9, by_name("币种", "currencies"))
    if not facts.numeric or facts.n_distinct < 5 or names.AGE.name(facts.words):
        return None
    if _looks_coded(facts) or _is_judged(facts):
        return None
    if names.COST.name(facts.words):
        return Guess(Role.COST, 0.75, by_name("成本", "costs"))
    if (
        names.AMOUNT.name(facts.words)
        and not names.NOT_A_RATING.name(facts.words)
        and ("time" not in facts.words)
    ):
        return Guess(Role.AMOUNT, 0.8, by_name("金额", "amounts of money"))
    return None


def _looks_coded(facts: Facts) -> bool:
    """Tell whether whole numbers run 1, 2, 3… as option codes do and amounts do not."""
    low, high = facts.profile.minimum, facts.profile.maximum
    if not facts.whole or low is None or high is None or not 0 <= low <= 1:
        return False
    return high <= MANY and facts.n_distinct >= 0.6 * (high - low + 1)


def _dimension(facts: Facts) -> Guess | None:
    if names.AGE.name(facts.words):
        return Guess(Role.DIMENSION, 0.75, by_name("年龄", "age"))
    if _is_years(facts):
        return Guess(Role.DIMENSION, 0.65, by_values("年份", "years"))
    few = facts.n_distinct <= FEW_GROUPS or facts.unique_share < 0.5
    if _ends_as_dimension(facts) and few and not _is_continuous(facts):
        return Guess(Role.DIMENSION, 0.8, by_name("分组", "a group"))
    return None


def _is_years(facts: Facts) -> bool:
    low, high = facts.profile.minimum, facts.profile.maximum
    if not facts.whole or low is None or high is None or facts.n_distinct > 130:
        return False
    inside = sum(c for n, c in facts.numbers if _YEAR[0] <= n <= _YEAR[1])
    return inside >= 0.9 * facts.n_filled


def _is_continuous(facts: Facts) -> bool:
    return facts.numeric and facts.n_distinct > MANY


def _measure(facts: Facts) -> Guess | None:
    if facts.numeric and (names.MEASURE.name(facts.words) or _is_continuous(facts)):
        sure = 0.75 if names.MEASURE.name(facts.words) else 0.65
        return Guess(Role.META, sure, by_values("数值，不是评分", "numbers that are no rating"))
    return None


_FEW_COMMENTS = Text(
    "像开放题的原话，只是写法不多；要当原话读，请改成“开放题原话”",
    "like comments, of which few differ: set it to open text to read them",
)
_FEWEST_COMMENTS = 6
"""Fewer different sentences are rather the options of a question."""


def _may_be_comments(facts: Facts) -> bool:
    """Tell of words that repeat, yet are asked for as comments are."""
    return facts.n_distinct >= _FEWEST_COMMENTS and names.COMMENTS.name(facts.words)


def _fallback(facts: Facts) -> Guess:
    if facts.numeric and facts.hint.labels:
        return Guess(Role.DIMENSION, 0.75, Text("有选项标签的代码", "codes with labels"))
    if facts.numeric:
        if is_two_way(facts):
            return Guess(Role.DIMENSION, 0.6, by_values("两种取值", "two values"))
        reason = Text("数字代码，含义不明", "number codes whose meaning is unclear")
        return Guess(Role.DIMENSION, 0.5, reason)
    if facts.n_distinct <= FEW_GROUPS and not is_varied_wording(facts):
        if _may_be_comments(facts):
            return Guess(Role.DIMENSION, 0.55, _FEW_COMMENTS)
        return Guess(Role.DIMENSION, 0.7, by_values("类别不多", "few different values"))
    if is_varied_wording(facts):
        if is_code(facts):
            return Guess(Role.META, 0.55, by_values("代码", "codes"))
        return Guess(Role.TEXT, 0.65, by_values("各写各的文字", "wording that varies"))
    return Guess(Role.DIMENSION, 0.6, by_values("类别较多", "many different values"))


RULES: Sequence[Rule] = (
    _hinted, _empty, _options, lost_digits, contact, place, moment, counted_moment,
    day_without_year, lapse, design, postal, identity, _constant, _told, _prose, _outcome, percent, rate, _rating,
    numbers_with_words, _money, _named_group, _survey_meta, _dimension, _measure,
)  # fmt: skip
"""In order; the first that has an answer decides."""
