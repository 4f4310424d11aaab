"""What most people answered: it leads the summary of a survey that rates nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from huiyin.analyse import conclusion_words as w
from huiyin.analyse.contracts import Conclusion, LevelShare, QuestionKind, QuestionSummary
from huiyin.analyse.wording import list_words
from huiyin.core.numbers import share
from huiyin.core.text import Text

MOST_QUESTIONS = 4
FEW_ANSWERS = 50
"""Below this a cell carries ``small_sample`` too."""
_CLOSED = frozenset({QuestionKind.CHOICE, QuestionKind.MULTIPLE, QuestionKind.SCALE})
_TWO = 2


def main_answers(questions: Sequence[QuestionSummary], level: float) -> Iterator[Conclusion]:
    """Say the answer chosen most, with share and interval, of the first closed questions.

    Parameters
    ----------
    questions : sequence of QuestionSummary
        In file order. Open questions, and those that nobody answered, are passed over.
    level : float
        Confidence level of the intervals.

    Yields
    ------
    Conclusion
        One a question, `MOST_QUESTIONS` at most. Where the interval of the first answer meets that
        of the second, the sentence says that their order cannot be told.

    Notes
    -----
    However two shares of one sample depend on each other, their difference has at most the sum of
    their standard errors (Cauchy and Schwarz), so intervals that do not meet are a sound test; of
    two answers that exclude each other and leave no third it is the exact one. That the first is
    the largest found does no harm: against the runner-up the two-sided test holds its level (Hung
    and Fithian 2019, Rank verification for exponential families).
    """
    asked = ((q, _by_count(q)) for q in questions if q.kind in _CLOSED)
    led = [(question, answers) for question, answers in asked if answers]
    for question, answers in led[:MOST_QUESTIONS]:
        yield _said(question, answers, level)


def _by_count(question: QuestionSummary) -> list[LevelShare]:
    """Sort the answers people gave, most chosen first; what was put together is none of them."""
    given = [one for one in question.levels if one.n and (one.said is None or one.code is not None)]
    return sorted(given, key=lambda one: -one.share)


def _said(question: QuestionSummary, answers: Sequence[LevelShare], level: float) -> Conclusion:
    first = answers[0]
    few = question.n_base < FEW_ANSWERS
    sentence = w.MAIN_ANSWER.format(
        question=list_words((question.label,)),
        answer=list_words((first.said or Text.same(first.label),)),
        share=share(first.share),
        level=f"{level:.0%}",
        low=share(first.low),
        high=share(first.high),
        n=question.n_base,
        meaning=w.FEW if few else _order(answers),
    )
    return Conclusion("level", "unknown" if few else "neutral", sentence, "questions")


def _order(answers: Sequence[LevelShare]) -> Text:
    if len(answers) < _TWO or answers[0].low > answers[1].high:
        return Text("", "")
    second = answers[1]
    return w.SECOND_AS_MUCH.format(
        answer=list_words((second.said or Text.same(second.label),)),
        share=share(second.share),
    )
