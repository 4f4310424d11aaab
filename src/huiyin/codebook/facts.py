# ruff: noqa: PLR2004 -- the shares and counts of the rules stand where they are explained
"""A column's profile, seen the way the rules ask about it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from huiyin.codebook.contracts import Column, ColumnHint, ColumnProfile, Role, Scale
from huiyin.codebook.headers import plain_words, question_stem
from huiyin.codebook.level_words import is_no_answer, tidy, without_letter
from huiyin.codebook.numerals import Comma, as_number
from huiyin.core.text import Text

NUMERIC = 0.9
"""Share of the answers from which a column counts as numbers."""
FEW_GROUPS = 60
"""More different values than this hardly make groups to compare."""
MANY = 20
_NO_HINT = ColumnHint()
_PLACEHOLDER = re.compile(r"unnamed.*|column \d+|第\d+列|col\d*|f\d+|field ?\d+", re.IGNORECASE)
_POSITIVE = frozenset(
    [
        "1",
        "yes",
        "y",
        "true",
        "t",
        "是",
        "√",
        "✓",
        "✔",
        "☑",
        "有",
        "会",
        "已",
        "对",
        "好",
        "checked",
        "selected",
        "churned",
        "left",
        "exited",
        "purchased",
        "bought",
        "流失",
        "已流失",
        "已购买",
        "购买",
        "复购",
        "已复购",
        "续约",
        "已续约",
        "投诉",
        "已投诉",
        "离网",
        "成交",
        "renewed",
        "returned",
        "satisfied",
        "resolved",
        "solved",
        "complained",
        "converted",
        "cancelled",
        "canceled",
    ]
)
_NEGATIVE = frozenset(
    [
        "0",
        "2",
        "-1",
        "no",
        "n",
        "false",
        "f",
        "否",
        "×",
        "✗",
        "✘",
        "☐",
        "无",
        "不会",
        "未",
        "没有",
        "错",
        "unchecked",
        "not selected",
        "stayed",
        "retained",
        "joined",
        "active",
        "未流失",
        "未购买",
        "未复购",
        "未续约",
        "未投诉",
        "在网",
        "未成交",
        "not renewed",
        "unresolved",
        "dissatisfied",
    ]
)


@dataclass(frozen=True, slots=True)
class Facts:
    """One column as the rules see it.

    Attributes
    ----------
    profile : ColumnProfile
    header, words : str
        Plain words of the header, and of question, option and header together.
    values : tuple of (str, int)
        Most frequent answers with counts, “no answer” words left out.
    missing_codes : tuple of str
        “No answer” words that occur.
    n_filled : int
        Answers, “no answer” words left out.
    numbers : tuple of (float, int)
        The numeric ones among `values`.
    all_listed : bool
        Whether `values` holds every different answer.
    numeric, whole : bool
        Whether nearly all answers are numbers, whole numbers.
    """

    profile: ColumnProfile
    header: str
    words: str
    values: tuple[tuple[str, int], ...]
    missing_codes: tuple[str, ...]
    n_filled: int
    numbers: tuple[tuple[float, int], ...]
    all_listed: bool
    numeric: bool
    whole: bool

    @property
    def name(self) -> str:
        """Give the column's name."""
        return self.profile.name

    @property
    def hint(self) -> ColumnHint:
        """Give what the layout says, empty if nothing."""
        return self.profile.hint or _NO_HINT

    @property
    def n_distinct(self) -> int:
        """Count distinct answers."""
        return self.profile.n_distinct - len(self.missing_codes)

    @property
    def unique_share(self) -> float:
        """Give distinct answers over answers."""
        return self.n_distinct / self.n_filled if self.n_filled else 0.0

    @property
    def empty(self) -> bool:
        """Tell whether nobody answered."""
        return self.n_filled == 0

    @property
    def constant(self) -> bool:
        """Tell whether all rows hold the same answer."""
        return self.n_distinct == 1 and self.profile.n_missing == 0 and not self.missing_codes

    @property
    def labels(self) -> tuple[str, ...]:
        """List the answers, most frequent first."""
        return tuple(value for value, _ in self.values)

    @property
    def nameless(self) -> bool:
        """Tell whether the header is a mere placeholder."""
        return _PLACEHOLDER.fullmatch(self.name.strip()) is not None

    @property
    def label(self) -> Text:
        """Give what a person reads: the question's wording, else the header."""
        hint = self.hint
        question = question_stem(hint.question or hint.group or self.name)
        if hint.option and hint.option not in question:
            return Text.same(f"{question} – {hint.option}")
        return Text.same(question)


def find_facts(profile: ColumnProfile) -> Facts:
    """See a profile the way the rules ask about it."""
    hint = profile.hint or _NO_HINT
    missing = _missing_values(profile, hint)
    n_words = sum(count for value, count in profile.top if value in missing)
    n_answers = profile.n - profile.n_missing
    n_filled = n_answers - n_words
    asked = " ".join(part for part in (hint.group, hint.question, hint.option) if part)
    header = plain_words(profile.name)
    # numbers among the missing codes (99, -1) count as numbers on both sides of the share
    n_coded = sum(c for v, c in profile.top if v in missing and as_number(v) is not None)
    numeric = profile.numeric_share * n_answers - n_coded
    whole = profile.integer_share * n_answers - n_coded
    values = tuple((value, count) for value, count in profile.top if value not in missing)
    return Facts(
        profile=profile,
        header=header,
        words=plain_words(asked) if asked else header,
        values=values,
        numbers=_numbers_of(values, profile.comma) if profile.numeric_share else (),
        missing_codes=tuple(missing),
        n_filled=max(0, n_filled),
        all_listed=len(profile.top) >= profile.n_distinct,
        numeric=n_filled > 0 and numeric >= NUMERIC * n_filled,
        whole=n_filled > 0 and whole >= NUMERIC * n_filled,
    )


def _numbers_of(values: Sequence[tuple[str, int]], comma: Comma) -> tuple[tuple[float, int], ...]:
    pairs = ((as_number(value, comma), count) for value, count in values)
    return tuple((number, count) for number, count in pairs if number is not None)


def _missing_values(profile: ColumnProfile, hint: ColumnHint) -> dict[str, None]:
    """List “no answer” values in file order; an answer list of nothing else keeps its words."""
    labelled = {code for code, label in hint.labels.items() if is_no_answer(label)}
    known = {*hint.missing_codes, *labelled}
    return {
        value: None
        for value, _ in profile.top
        if value in known or (value not in hint.labels and is_no_answer(value))
    }


@dataclass(frozen=True, slots=True)
class Guess:
    """What a rule makes of a column."""

    role: Role
    confidence: float
    reason: Text
    scale: Scale | None = None
    group: str | None = None
    option: str | None = None
    separator: str | None = None
    events: tuple[str, ...] = ()
    family: str = ""


def as_column(facts: Facts, guess: Guess) -> Column:
    """Write a guess down as a codebook column."""
    hint = facts.hint
    scale = guess.scale
    if scale is not None and facts.missing_codes:
        codes = tuple(dict.fromkeys((*scale.missing_codes, *facts.missing_codes)))
        scale = replace(scale, missing_codes=codes)
    return Column(
        name=facts.name,
        role=guess.role,
        label=facts.label,
        scale=scale,
        confidence=round(guess.confidence, 2),
        reason=guess.reason,
        group=guess.group or hint.group,
        option=guess.option or (hint.option if guess.role is Role.CHOICE_SET else None),
        separator=guess.separator,
        labels=hint.labels,
        events=guess.events,
        missing_codes=() if scale else facts.missing_codes,
    )


def positive_values(labels: Sequence[str]) -> tuple[str, ...]:
    """Find the values of a two-way column that mean “it happened”; empty where unclear."""
    yes = [label for label in labels if _leads(label, _POSITIVE)]
    no = [label for label in labels if _leads(label, _NEGATIVE)]
    if yes and (no or len(labels) == 1):
        return tuple(yes)
    return ()


def is_two_way(facts: Facts) -> bool:
    """Tell whether a column holds yes and no in some form."""
    two = facts.n_distinct == 2 and facts.all_listed
    return two and bool(positive_values(facts.labels))


def _leads(label: str, words: frozenset[str]) -> bool:
    text = without_letter(tidy(label))
    return (
        text in words
        or text.removesuffix(".0") in words
        or (text.partition(",")[0].partition(" ")[0] in words and not text[:1].isdigit())
    )


def by_name(zh: str, en: str) -> Text:
    """Give the reason where the name says it."""
    return Text(f"列名表示{zh}", f"the name says {en}")


def by_values(zh: str, en: str) -> Text:
    """Give the reason where the values show it."""
    return Text(f"取值是{zh}", f"the values are {en}")
