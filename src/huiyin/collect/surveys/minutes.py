"""How long a questionnaire takes, before anybody has answered it.

Reading: Chinese 255 characters and English 228 words a minute, the means of the standardised texts
IReST (Trauzettel-Klosinski and Dietz 2012, IOVS 53:5452–5461, table 2). Answering: set so that a
question of usual length takes the 10 seconds that the Pew Research Center found for one that stands
alone, a line of a battery half of that, and an open question several times as much (Pew Research
Center 2022, “How we keep our online surveys from running too long”). Once there are answers, the
seconds really taken are known (column ``seconds``) and go before any estimate.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from huiyin.collect.surveys.classes import TooManyWaysError
from huiyin.collect.surveys.contracts import Ending, Kind
from huiyin.collect.surveys.definition import Definition, Words, say
from huiyin.collect.surveys.reach import explore
from huiyin.collect.surveys.references import words_of

CHARACTERS_A_MINUTE = 255
WORDS_A_MINUTE = 228
SECONDS: Mapping[Kind, float] = {
    Kind.NPS: 5.0,
    Kind.CSAT: 5.0,
    Kind.CES: 6.0,
    Kind.SINGLE: 4.0,
    Kind.MULTIPLE: 7.0,
    Kind.MATRIX: 2.0,
    Kind.RANKING: 6.0,
    Kind.SLIDER: 6.0,
    Kind.TEXT: 30.0,
    Kind.DATE: 8.0,
    Kind.FILE: 30.0,
    Kind.CONTACT: 6.0,
    Kind.CONSENT: 3.0,
    Kind.NOTE: 0.0,
}
"""Of the question as a whole."""
SECONDS_A_ROW = 3.5
SECONDS_A_PLACE = 3.0
SECONDS_A_CONTACT_FIELD = 6.0
SECONDS_SHORT_TEXT = 12.0
_IDEOGRAPH = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\uac00-\ud7af]")
_WORD = re.compile(r"[A-Za-z0-9À-ɏͰ-ӿ'’-]+")


@dataclass(frozen=True, slots=True)
class Minutes:
    """How long it takes whoever answers all that they are asked, in minutes.

    `shortest` and `longest` are of the ways that count as complete; `expected` lies between.
    """

    shortest: float
    longest: float

    @property
    def expected(self) -> float:
        """Give the middle between the shortest and the longest way."""
        return (self.shortest + self.longest) / 2

    @property
    def whole(self) -> int:
        """Give how many minutes people are told: whole ones, at least one."""
        return max(1, round(self.expected))


def expect_minutes(definition: Definition, language: str | None = None) -> Minutes:
    """Estimate how long a questionnaire takes.

    Parameters
    ----------
    definition : Definition
    language : str, optional
        In which it is read; the first of the questionnaire where none is given.

    Returns
    -------
    Minutes
    """
    tongue = language or definition.languages[0]

    def takes(question: Any) -> float:
        return _seconds(question, tongue)

    around = _reading([definition.intro, definition.privacy], tongue)
    try:
        endings = explore(definition, takes).endings
    except TooManyWaysError:
        endings = {Ending.COMPLETE: _bounds(definition, tongue)}
    low, high = endings.get(Ending.COMPLETE) or next(iter(endings.values()), (0.0, 0.0))
    return Minutes((low + around) / 60, (high + around) / 60)


def whole_minutes(definition: Definition, language: str) -> int:
    """Say how many minutes people are told that answering takes, in a language."""
    return expect_minutes(definition, language).whole


def _bounds(definition: Definition, tongue: str) -> tuple[float, float]:
    """Bound the time where not all ways can be walked: what all are asked, and everything."""
    always = 0.0
    everything = 0.0
    jumps = False
    for page in definition.pages:
        for question in page.questions:
            takes = _seconds(question, tongue)
            everything += takes
            always += 0.0 if jumps or page.show_if or question.show_if else takes
        jumps = jumps or bool(page.jumps)
    return always, everything


def _seconds(question: Any, tongue: str) -> float:
    return _reading(words_of(question), tongue) + _answering(question)


def _answering(question: Any) -> float:
    seconds = SECONDS[Kind(question.kind)]
    if question.kind == Kind.MATRIX:
        return seconds + SECONDS_A_ROW * len(question.rows)
    if question.kind == Kind.RANKING:
        return seconds + SECONDS_A_PLACE * min(len(question.options), question.most or 200)
    if question.kind == Kind.CONTACT:
        return seconds + SECONDS_A_CONTACT_FIELD * len(question.fields)
    if question.kind == Kind.TEXT and not question.long:
        return SECONDS_SHORT_TEXT
    return seconds


def _reading(words: Iterable[Words], tongue: str) -> float:
    text = " ".join(say(one, tongue) for one in words if one)
    characters = len(_IDEOGRAPH.findall(text))
    others = len(_WORD.findall(_IDEOGRAPH.sub(" ", text)))
    return 60 * (characters / CHARACTERS_A_MINUTE + others / WORDS_A_MINUTE)
