"""At the bank, opening an account (开户) is below the benchmark; other business is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.months import Floats, Ints
from huiyin.sample.ratings import Question, shift_of_whole
from huiyin.sample.truths.truth import Truth

BUSINESS = ("开户", "存取款", "贷款", "理财", "信用卡")
BUSINESS_WEIGHTS = (0.30, 0.28, 0.12, 0.15, 0.15)
OVERALL, PAPERS = "总体满意度", "资料要求"
OPENING_PULL = -0.5
"""On the whole and on the papers asked for, in standard deviations of a leaning."""
BENCHMARK_SCORE = 70.0
"""The made-up benchmark on the 0–100 score; other business lies at about 72."""
BENCHMARK_N = 5000


@dataclass(frozen=True, slots=True)
class BankOpening:
    """How far opening an account lies below."""

    def pulls(self, business: Ints) -> Floats:
        """Give the shift of each answer's leaning on the whole, and on the papers."""
        return np.where(business == 0, OPENING_PULL, 0.0)

    def truth(self, questions: Sequence[Question]) -> Truth:
        """Tell it, with the expected gap of the question about the whole."""
        pulls = {OVERALL: OPENING_PULL, PAPERS: OPENING_PULL}
        overall = next(question for question in questions if question.name == OVERALL)
        score = overall.expected_score(shift_of_whole(questions, OVERALL, pulls))
        return Truth(
            id="bank_opening",
            what=Text(
                f"银行{BUSINESS[0]}的总体满意度低于同业基准 {BENCHMARK_SCORE:g} 分，"
                "其他业务略高于基准。",
                f"Opening an account ({BUSINESS[0]}) scores below the benchmark of "
                f"{BENCHMARK_SCORE:g}; other business is a little above.",
            ),
            files=("银行开户", "银行基准"),
            where={"业务": BUSINESS[0]},
            metric="score:总体满意度",
            size=score - BENCHMARK_SCORE,
            facts={"compare": "benchmark", "benchmarks": "银行基准.csv", "direction": -1},
        )
