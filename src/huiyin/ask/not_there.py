"""Values that there are not, told by what stands around them: 客服9组, D级, 拼多多渠道."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from huiyin.ask.meanings import GROUPS, Sort, Vocabulary
from huiyin.ask.mentions import Mentions
from huiyin.ask.spelling import is_han, normal

MOST_VALUES_OF = 100
"""Values of one column whose writing is looked at."""
NUMBER_OR_LETTER = re.compile(r"\d+|(?<![a-z])[a-z](?![a-z])")
NOT_COUNTED = r"(?![0-9.个名位人家强%分月年日号天周季后])"
SMALL_BESIDE = frozenset(
    "的各每哪这那下一了看按吗呢是在有把给和跟与或我你他请从由用被对比分及都还查来种类条项几两"
)
"""Characters that lead to a column's name and are no part of a value: 看下渠道, 各渠道."""


def value_not_there(mentions: Mentions) -> str | None:
    """Find a name written as those of a column are, with another number or in other characters.

    Parameters
    ----------
    mentions : Mentions

    Returns
    -------
    str or None
        What is not there; None where nothing of the kind is named.
    """
    return (
        _otherwise_numbered(mentions) or _before_column(mentions) or _latin_before_column(mentions)
    )


def _otherwise_numbered(mentions: Mentions) -> str | None:
    """Tell 客服9组 where there are 客服1组 to 客服5组, D级 where there are A 级 to C 级."""
    known = [(t.start, t.end) for t in mentions.tokens if t.period or t.of(Sort.VALUE)]
    for pattern in mentions.vocabulary.numbered:
        for found in pattern.finditer(mentions.text):
            first, last = found.span()
            if not any(a < last and first < b for a, b in known):
                return found[0]
    return None


def numbered_forms(vocabulary: Vocabulary) -> tuple[re.Pattern[str], ...]:
    """Give how the values of a dataset with one number or letter are written, with any other.

    Parameters
    ----------
    vocabulary : Vocabulary
        Its values are asked for once, when it is built: there may be thousands.
    """
    found = {
        form
        for column, values in vocabulary.values.items()
        if vocabulary.codebook[column].role in GROUPS and len(values) <= MOST_VALUES_OF
        for form in _forms([normal(value) for value in values])
    }
    return tuple(map(re.compile, sorted(found)))


def _forms(values: Sequence[str]) -> Iterator[str]:
    if any(len(re.findall(r"\d+", value)) > 1 for value in values):
        return  # 46-55岁: what lies between is read as a range
    for value in values:
        found = list(NUMBER_OR_LETTER.finditer(value))
        if len(found) != 1 or not any(map(is_han, value)):
            continue
        before, after = value[: found[0].start()].strip(), value[found[0].end() :].strip()
        many = r"\d+" if found[0][0].isdigit() else r"(?<![a-z0-9])[a-z]"
        ends = "" if after else NOT_COUNTED
        yield f"{re.escape(before)} ?{many} ?{re.escape(after)}{ends}"


def _before_column(mentions: Mentions) -> str | None:
    """Tell 拼多多渠道: of a name only some characters happen to be small words."""
    for at, token in enumerate(mentions.tokens):
        if token.of(Sort.COLUMN) is None or not is_han(token.text[0]):
            continue
        start = _run_before(mentions, at)
        name = mentions.text[start : token.start]
        parts = [t for t in mentions.tokens if start <= t.start < token.start]
        if parts and len(name) > sum(len(t.text) for t in parts) and len(name) > 2:  # noqa: PLR2004
            return name + token.text
    return None


LATIN = re.compile(r"[a-z]{2,}$")
ANY_NAME = frozenset({"id", "by", "per", "vs", "top", "pk", "nps", "and", "or", "ces"})
"""What stands before the name of a column without being a value of it."""


def _latin_before_column(mentions: Mentions) -> str | None:
    """Tell IT行业, POS渠道: letters right before a column's name are one of its values."""
    if mentions.text.isascii():
        return None
    for at, token in enumerate(mentions.tokens):
        found = LATIN.search(mentions.text, 0, token.start)
        if token.of(Sort.COLUMN) is None or not is_han(token.text[0]) or found is None:
            continue
        parts = [t for t in mentions.tokens[:at] if t.end > found.start()]
        known = any(t.first is not None and t.first.sort is not Sort.FILLER for t in parts)
        of_app = found[0] == "app" and token.text.startswith("版")
        if not (known or of_app or found[0] in ANY_NAME):
            return found[0] + token.text
    return None


def _run_before(mentions: Mentions, at: int) -> int:
    """Give where the run of unknown and small characters right before a word begins."""
    start = mentions.tokens[at].start
    ends = {t.end: t for t in mentions.tokens[:at]}
    while start > 0:
        token, char = ends.get(start), mentions.text[start - 1]
        small = token is None or (
            len(token.text) == 1 and token.first is not None and token.first.sort is Sort.FILLER
        )
        covered = token is None and any(t.start < start <= t.end for t in mentions.tokens[:at])
        if not small or covered or not is_han(char) or char in SMALL_BESIDE:
            break
        start -= 1
    return start
