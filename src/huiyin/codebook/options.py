# ruff: noqa: E501, PLR0911, PLR2004 -- patterns and sentences read best unbroken; the shares and counts of the rules stand where they are explained
"""Multi-select questions whose options stand in columns of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from huiyin.codebook.contracts import Role
from huiyin.codebook.facts import Facts, Guess
from huiyin.codebook.headers import question_stem
from huiyin.codebook.level_words import tidy
from huiyin.core.patterns import later
from huiyin.core.text import Text

LEAST_OPTIONS = 3
_REPLACED = frozenset({Role.DIMENSION, Role.IGNORE, Role.META, Role.TEXT, Role.OUTCOME, Role.PRODUCT,
                       Role.CHANNEL, Role.STATUS, Role.UNIT, Role.STAFF, Role.STAGE, Role.ASPECT})  # fmt: skip
_STEM = later(
    r"^(.+?)\s*(?:[\[(（【](.+)[\])）】]|[:：]\s*(.+)|\s[-–—]\s(.+)|[_.](\d+|[A-Za-z]+\d+))\s*$"
)
_WORDED = later(r"[\u4e00-\u9fff ]")
_REPEAT = later(r"(?: \(\d+\)|(?<=[^\d\s])\.\d)$")
_FLAG_WORDS = frozenset(
    [
        "0",
        "1",
        "yes",
        "no",
        "y",
        "n",
        "true",
        "false",
        "是",
        "否",
        "checked",
        "unchecked",
        "selected",
        "选中",
        "未选中",
        "√",
        "x",
        "✓",
        "ja",
        "nee",
        "nein",
    ]
)
_REASON = Text(
    "多选题的一个选项，每个选项一列", "one option of a multi-select question, a column each"
)


@dataclass(frozen=True, slots=True)
class _Flag:
    """One column that may be an option: its question, its option, what it holds."""

    at: int
    kind: str
    stem: str | None
    option: str
    code: float = 0.0


def spread_choices(facts: Sequence[Facts], guesses: list[Guess]) -> list[Guess]:
    """Find runs of columns that are the options of one question.

    Parameters
    ----------
    facts : sequence of Facts
    guesses : list of Guess
        Each column's own guess, in file order.

    Returns
    -------
    list of Guess
        With role `choice_set`, group and option where a run was found.
    """
    mended = list(guesses)
    for run in _runs(facts, guesses):
        group = _group_name(run, facts)
        if group is None:
            continue
        sure = 0.8 if run[0].stem or run[0].kind == "label" else 0.7
        for flag in run:
            mended[flag.at] = replace(guesses[flag.at], role=Role.CHOICE_SET, confidence=sure,
                                      reason=_REASON, group=group, option=flag.option,
                                      scale=None, separator=None, events=())  # fmt: skip
    return mended


def _runs(facts: Sequence[Facts], guesses: Sequence[Guess]) -> Iterator[list[_Flag]]:
    run: list[_Flag] = []
    for at, (fact, guess) in enumerate(zip(facts, guesses, strict=True)):
        flag = _as_flag(at, fact) if _may_be(fact, guess) else None
        if flag is not None and run and not _belongs(run, flag, facts):
            yield run
            run = []
        if flag is not None:
            run.append(flag)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _may_be(facts: Facts, guess: Guess) -> bool:
    return guess.role in _REPLACED and not facts.hint.role and not facts.hint.option


def _as_flag(at: int, facts: Facts) -> _Flag | None:
    if facts.empty or not facts.all_listed or facts.n_distinct > 2:
        return None
    stem, option = _split(facts.name)
    blank = facts.profile.n_missing > 0 or bool(facts.missing_codes)
    if facts.n_distinct == 1:
        only = facts.labels[0]
        if not blank:
            return None
        worded = not facts.numeric and tidy(only) not in _FLAG_WORDS
        return _Flag(at, "label" if worded else "mark", stem, only if worded else option)
    if {tidy(label) for label in facts.labels} <= _FLAG_WORDS:
        return _Flag(at, "yes or no", stem, option)
    numbers = sorted(n for n, _ in facts.numbers)
    if facts.numeric and numbers[0] in {-1.0, 0.0} and numbers[1] > 0:
        return _Flag(at, "code", stem, option, numbers[1])
    return None


def _split(name: str) -> tuple[str | None, str]:
    plain = _REPEAT.sub("", question_stem(name))
    found = _STEM.match(plain)
    if not found:
        return _split_at_underscore(plain)
    option = next(part for part in found.groups()[1:] if part)
    return found.group(1).strip(), option.strip()


def _split_at_underscore(plain: str) -> tuple[str | None, str]:
    """Split ``why us_price``; bare identifiers such as ``has_email`` are no question."""
    stem, line, option = plain.rpartition("_")
    asked = bool(line) and len(stem) >= 4 and _WORDED.search(stem) is not None
    if asked and option and not stem.startswith("是否"):
        return stem, option
    return None, plain


def _belongs(run: list[_Flag], flag: _Flag, facts: Sequence[Facts]) -> bool:
    """Tell whether a column continues the run before it."""
    last = run[-1]
    if flag.kind == "label" and last.kind == "label":
        if flag.stem and last.stem:
            return flag.stem == last.stem
        return facts[flag.at].nameless or (
            flag.stem is None and last.stem is None and _sure_label(facts, run, flag)
        )
    if (
        {flag.kind, last.kind} <= {"code", "mark", "yes or no"}
        and flag.stem is None
        and last.stem is None
    ):
        return ({flag.kind, last.kind} == {"code"} and flag.code > last.code) or _coded(last, flag)
    return flag.stem is not None and flag.stem == last.stem


def _sure_label(facts: Sequence[Facts], run: list[_Flag], flag: _Flag) -> bool:
    """Tell whether headers repeat their only value: an option column without a question."""
    return all(tidy(facts[f.at].name) == tidy(f.option) for f in (*run, flag))


def _coded(last: _Flag, flag: _Flag) -> bool:
    """Tell whether a yes-or-no column with codes 1, 2, 3… starts or goes on."""
    return (
        last.kind in {"yes or no", "code"}
        and flag.kind == "code"
        and flag.code == max(2.0, last.code + 1)
    )


def _group_name(run: list[_Flag], facts: Sequence[Facts]) -> str | None:
    if len(run) < 2:
        return None
    first = run[0]
    if first.kind == "label":
        if first.stem and run[1].stem == first.stem:
            return first.stem
        return question_stem(facts[first.at].name)
    if len(run) < LEAST_OPTIONS:
        return None
    if first.stem:
        return first.stem
    codes = [flag for flag in run if flag.kind == "code"]
    if len(codes) >= LEAST_OPTIONS - 1:
        return f"{first.option}…{run[-1].option}"
    return None
