"""What a questionnaire is made of, and what can be wrong with one."""

from __future__ import annotations

from enum import StrEnum

from huiyin.core.errors import BadInputError
from huiyin.core.text import Text

SURVEY = Text("问卷", "questionnaire")
LINK = Text("链接", "link")
MOST_PAGES = 100
MOST_QUESTIONS = 300
MOST_OPTIONS = 500
MOST_RANKED = 200
"""Options that can be put in order: each is drawn with all places."""
MOST_SPREAD = 30
"""Options that are drawn one below the other; more are a list to pull down, or to scroll."""
MOST_ROWS = 50
MOST_JUMPS = 50
MOST_QUOTAS = 100
MOST_TESTS = 100
"""Comparisons in one condition."""
DEEPEST = 6
"""Brackets within brackets in one condition."""
LONGEST_WORDS = 4_000
LONGEST_ANSWER = 10_000
"""Characters of one text answer."""
OTHER = "other"
"""Code of the option beside which a respondent writes their own."""
NOT_APPLICABLE = "na"
"""Answer of somebody whom a rating does not concern: kept, and never part of a score."""


class Kind(StrEnum):
    """What is asked for."""

    NPS = "nps"
    CSAT = "csat"
    CES = "ces"
    SINGLE = "single"
    MULTIPLE = "multiple"
    MATRIX = "matrix"
    RANKING = "ranking"
    SLIDER = "slider"
    TEXT = "text"
    DATE = "date"
    FILE = "file"
    CONTACT = "contact"
    CONSENT = "consent"
    NOTE = "note"


class Look(StrEnum):
    """How the levels of a rating are drawn."""

    NUMBERS = "numbers"
    STARS = "stars"
    FACES = "faces"
    WORDS = "words"


class Ending(StrEnum):
    """How a way through a questionnaire ends."""

    COMPLETE = "complete"
    SCREENED_OUT = "screened_out"


class Op(StrEnum):
    """What a condition compares."""

    IS = "is"
    IS_NOT = "is_not"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    INCLUDES = "includes"
    EXCLUDES = "excludes"
    ANSWERED = "answered"
    UNANSWERED = "unanswered"


class SurveyError(BadInputError):
    """A questionnaire cannot be used as it stands; the sentence says where."""


class AnswerError(BadInputError):
    """An answer does not fit its question.

    Parameters
    ----------
    question : str
        Id of the question.
    sentence : Text
        For the respondent.
    """

    def __init__(self, question: str, sentence: Text) -> None:
        super().__init__(sentence)
        self.question = question
