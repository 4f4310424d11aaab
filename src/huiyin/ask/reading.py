"""A question → a query, a question back, or a refusal."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from huiyin.ask import leftovers, nothing
from huiyin.ask.chinese_turns import in_plain_chinese
from huiyin.ask.completing import PERCENTS, Completing
from huiyin.ask.contracts import (
    Answerable,
    AskBack,
    Asked,
    Kind,
    Missing,
    Refusal,
    Understood,
    Why,
)
from huiyin.ask.corrected import corrected, instead
from huiyin.ask.doubting import Doubting
from huiyin.ask.echoing import echoed
from huiyin.ask.following import follow, stands_alone, taken_off, turns_away
from huiyin.ask.likely_readings import surprise
from huiyin.ask.meanings import Sort, Vocabulary
from huiyin.ask.mentions import Mentions
from huiyin.ask.of_records import band_of, banded, in_words_of_records
from huiyin.ask.passing_over import may_belong, may_doubt, may_pass, may_pick
from huiyin.ask.periods import Found, find_periods
from huiyin.ask.refusing import refused, to_come
from huiyin.ask.saying import Said, Saying
from huiyin.ask.scanning import scan
from huiyin.ask.second_look import is_told, is_unlikely, is_whole, second_kind
from huiyin.ask.several import questions_in
from huiyin.ask.slips import in_characters, in_right_letters
from huiyin.ask.spelling import normal
from huiyin.ask.stray_signs import signs_of_passing
from huiyin.ask.turns import SUPPOSES, explained_by_form
from huiyin.ask.wording import ask_back, reading_of, refuse


def ask(question: str, vocabulary: Vocabulary, today: date, before: Asked | None = None) -> Asked:
    """Read a question.

    Parameters
    ----------
    question : str
        In Chinese or English, at most 500 characters; it never becomes more than words.
    vocabulary : Vocabulary
        Of the dataset, for who asks.
    today : date
        In the dataset's zone; what is asked ends yesterday at the latest.
    before : Asked, optional
        What the question before in the thread was read as: only what is said is changed.

    Returns
    -------
    Answerable, AskBack or Refusal
    """
    text = _in_plain_words(question, vocabulary)
    halves = corrected(text)
    if halves:
        said = _asked(halves[0], vocabulary, today, before)
        asked = _asked(halves[1], vocabulary, today, before if isinstance(said, Refusal) else said)
    else:
        asked = _by_band(text, vocabulary, today) or _asked(text, vocabulary, today, before)
    return echoed(asked, question, text, vocabulary.codebook)


def _in_plain_words(question: str, vocabulary: Vocabulary) -> str:
    names = vocabulary.exact.keys() | vocabulary.letters.keys()
    written = in_characters(in_right_letters(question, names), vocabulary)
    return in_plain_chinese(in_words_of_records(normal(written), vocabulary), vocabulary)


def _by_band(text: str, vocabulary: Vocabulary, today: date) -> Answerable | None:
    """Read 按满意度看成交周期: an operational number by the satisfaction bands of a rating."""
    found = banded(text, vocabulary)
    asked = _asked(found[0], vocabulary, today, None) if found else None
    if found is None or not isinstance(asked, Answerable):
        return None
    told = asked.understood
    if (
        asked.kind is not Kind.NUMBER
        or told.by
        or not vocabulary.operations.issuperset(told.metrics)
    ):
        return None
    told = replace(told, by=(band_of(found[1]),))
    return replace(
        asked, understood=told, reading=reading_of(told, vocabulary.codebook, asked.unused)
    )


class Passed(NamedTuple):
    """What a question is read as without the words that nothing explains."""

    found: Answerable
    strays: tuple[tuple[int, int], ...]
    words: tuple[str, ...]
    signs: Counter[str]


def without_strays(question: str, vocabulary: Vocabulary, today: date) -> Passed | None:
    """Read a question that is asked back for words that nothing explains as if they were not there.

    Parameters
    ----------
    question : str
        One that stands alone.
    vocabulary : Vocabulary
    today : date

    Returns
    -------
    Passed or None
        None where it is asked back, or refused, for something else too, or answered as it is.
    """
    begun = _begun(_in_plain_words(question, vocabulary), vocabulary, today, None)
    if not isinstance(begun, tuple) or isinstance(_read(*begun, None), Answerable):
        return None
    return _without_strays(*begun)


def _asked(text: str, vocabulary: Vocabulary, today: date, before: Asked | None) -> Asked:
    begun = _begun(text, vocabulary, today, before)
    if not isinstance(begun, tuple):
        return begun
    saying, said = begun
    found = _read(saying, said, before)
    if saying.last is not None:
        return found
    if isinstance(found, Answerable):
        return _seconded(found, saying, before)
    passed = _without_strays(saying, said)
    return found if passed is None else _passed_over(passed, saying.mentions) or found


def _begun(
    text: str, vocabulary: Vocabulary, today: date, before: Asked | None
) -> tuple[Saying, Said] | Asked:
    """Look at what a question mentions and says, unless no reading of it could be answered."""
    text = instead(text, vocabulary, today)
    if len(questions_in(text)) > 1:
        return ask_back(Missing.WHAT, Understood(), text)
    periods = [one for one in find_periods(text, today) if not _in_a_name(one, text, vocabulary)]
    mentions = Mentions(scan(text, vocabulary, periods), vocabulary)
    saying = Saying(mentions, today, before)
    refusal = refused(
        mentions,
        follows=saying.last is not None,
        grouped=saying.last is not None and bool(saying.last.by),
    )
    if refusal:
        return refusal
    said = saying.said()
    if to_come(mentions, _since(mentions, said), today):
        return refuse(Why.FUTURE)
    return saying, said


def _without_strays(saying: Saying, said: Said) -> Passed | None:
    mentions = saying.mentions
    strays = tuple(leftovers.strays_that_count(mentions, explained_by_form(mentions)))
    if not strays or SUPPOSES.search(mentions.text):
        return None
    found = _read(saying, said, None, passing=True)
    if isinstance(found, Answerable):
        found = _seconded(found, saying, None, passing=True)
    if not isinstance(found, Answerable):
        return None
    odd = surprise(mentions, found.understood)
    signs = signs_of_passing(mentions, strays, found.understood, odd)
    return Passed(found, strays, tuple(mentions.text[a:b] for a, b in strays), signs)


def _passed_over(passed: Passed, mentions: Mentions) -> Answerable | None:
    """Give the reading without its strays; one in doubt names them, None where it is asked."""
    sure = may_pass(passed.signs)
    if not may_doubt(passed.signs) or may_pick(mentions, passed.strays, passed.found.understood):
        return None
    if not sure and may_belong(mentions, passed.strays):
        return None
    words = dict.fromkeys(word.strip() for word in passed.words)
    return replace(passed.found, doubted=() if sure else tuple(words))


WHICH_SIDE = re.compile(
    r"(?:谁|哪一?[边个家方])(?:更|要|稍微|比较)?(?:[高低好差强弱快慢]|占优|领先|落后|厉害)"
)
"""哪边差, after two were compared: the answer is the same once more."""
LONGEST_NAME = 40
NAMES = frozenset({Sort.VALUE, Sort.YES_NO})
NUMBERED = re.compile(r"\d+(?:\.\d+)+|\d+")


def _is_value(word: str, vocabulary: Vocabulary) -> bool:
    return any(one.sort is Sort.VALUE for one in vocabulary.meanings(word)[:1])


def _in_a_name(found: Found, text: str, vocabulary: Vocabulary) -> bool:
    """Tell 五一 of 长沙五一广场店, 4.9到5.2 of versions: values hold it."""
    written = text[found.start : found.end]
    ends = NUMBERED.findall(written)
    if ends and "." in ends[0] and all(_is_value(one, vocabulary) for one in ends):
        return True
    for start in range(max(0, found.start - LONGEST_NAME), found.start + 1):
        for end in range(found.end, min(len(text), found.end + LONGEST_NAME) + 1):
            known = (
                vocabulary.exact.get(text[start:end])
                if end - start > found.end - found.start
                else None
            )
            if known and known[0].sort in NAMES:
                return True
    return False


def _read(saying: Saying, said: Said, before: Asked | None, *, passing: bool = False) -> Asked:
    mentions = saying.mentions
    own = saying.understood(said)
    alone = stands_alone(own, mentions) or turns_away(before, own, mentions)
    follows = saying.last is not None and not alone
    whole = follow(saying.last, own, mentions) if saying.last and follows else own
    answered = isinstance(before, Answerable)
    less = taken_off(saying.last, mentions) if saying.last and answered else None
    if less:
        return Answerable(less, reading_of(less, mentions.vocabulary.codebook))
    names = own.metrics or own.by or own.where or own.since or own.until
    unchanged = whole == saying.last and not names and said.named.open_value is None
    unchanged = unchanged and not (whole.compare and WHICH_SIDE.search(mentions.text))
    if follows and answered and unchanged and nothing.all_small(mentions):
        return ask_back(Missing.WHAT, whole, mentions.text)
    doubt = Doubting(mentions, said, whole, saying.last, passing=passing).doubt()
    completing = Completing(mentions, said, follows=saying.last is not None)
    if isinstance(doubt, AskBack) and doubt.reason is Missing.PERIOD and own.metrics:
        return completing.points_missing(whole) or doubt
    return doubt or completing.complete(whole)


def _seconded(
    found: Answerable, saying: Saying, before: Asked | None, *, passing: bool = False
) -> Asked:
    """Ask back where hardly anybody means by such words what the rules read."""
    mentions = saying.mentions
    second = second_kind(mentions, found.kind)
    if second is not None and is_told(mentions, second):
        again = _read(saying, saying.said(second), before, passing=passing)
        if isinstance(again, Answerable) and is_whole(again.understood):
            found, second = again, None
    unlikely = is_unlikely(mentions, found.understood)
    if unlikely and second is None and _moved_by_part(mentions, found.understood):
        return found
    if second is not None or unlikely:
        opened = saying.said().named.open_column
        if opened:
            return ask_back(Missing.COLUMN, found.understood, *opened)
        return ask_back(Missing.WHAT, found.understood, mentions.text)
    return found


def _moved_by_part(mentions: Mentions, understood: Understood) -> bool:
    """Tell 客单价5月涨了10%吗: an amount moves by a part of itself."""
    plain = understood.kind is Kind.COMPARE and understood.metrics[:1] != ()
    amount = plain and understood.metrics[0].startswith("mean:")
    return amount and any(token.unit in PERCENTS for token in mentions.tokens)


def _since(mentions: Mentions, said: Said) -> date | None:
    """Give the first day that is named, even of a period that is not settled."""
    named = (t.period.since for t in mentions.tokens if t.period is not None)
    return said.times.since or next((day for day in named if day is not None), None)
