"""A long vector of answers that another row gave too."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from huiyin.clean.facts import Facts
from huiyin.clean.repeats import comparable, comparable_rows, later_repeats
from huiyin.clean.rule import Rule
from huiyin.core.text import Text
from huiyin.engine.columns import in_turns

MIN_ANSWERS = 8
"""Answers in a row below which equality says nothing."""
MAX_EXPECTED_PAIRS = 0.05
"""Pairs of rows that would agree by chance, over the whole file, for the rule to speak."""
DEPENDENCE = 0.5
"""Exponent on the chance under independence: answers of one person hang together, so that the
chance of agreement is far larger than the plain product. Half the answers count."""
_SAMPLE_ROWS = 10_000
_MOST_VALUES = 1000


def _lacks(facts: Facts) -> Text | None:
    if len(facts.answers) < MIN_ANSWERS:
        return Text(
            "评分、多选、文字题只有 {n} 道，少于 {least} 道：答案相同可能只是巧合。",
            "Only {n} ratings, multi-selects and texts, fewer than {least}: equal answers may be "
            "chance.",
        ).format(n=len(facts.answers), least=MIN_ANSWERS)
    expected = expected_pairs(facts)
    if expected > MAX_EXPECTED_PAIRS:
        return Text(
            "按各题的分布，仅凭巧合就会有约 {n} 对答卷完全相同：相同说明不了问题。",
            "By the spread of the answers about {n} pairs would agree by chance: agreement tells "
            "nothing.",
        ).format(n=f"{float(f'{expected:.2g}'):,.15g}")
    return None


def expected_pairs(facts: Facts) -> float:
    """Expect how many pairs of rows agree on every answer by chance.

    The chance that two rows agree on one question is the sum of its squared shares; the product
    over the questions is raised to `DEPENDENCE`.
    """
    names = facts.answers
    n_sampled = min(facts.n_rows, _SAMPLE_ROWS)
    logs = []
    for some in in_turns(names, n_sampled):
        rows = _first_rows(facts, some)
        counted = (rows.column(name).drop_null().value_counts().field(1) for name in some)
        logs += [math.log(_agreement(_most(counts), n_sampled)) for counts in counted]
    return facts.n_rows * (facts.n_rows - 1) / 2 * math.exp(DEPENDENCE * sum(logs))


def _first_rows(facts: Facts, names: Sequence[str]) -> Any:
    if facts.n_rows <= _SAMPLE_ROWS:
        return comparable_rows(facts, names)
    sample = facts.engine.narrow(facts.table, names).limit(_SAMPLE_ROWS)
    return facts.engine.run(sample.select(**{name: comparable(sample[name]) for name in names}))


def _most(counts: Any) -> list[int]:
    return sorted((int(n) for n in counts.to_pylist()), reverse=True)[:_MOST_VALUES]


def _agreement(counts: list[int], n: int) -> float:
    shares = [count / n for count in counts] + [max(1 - sum(counts) / n, 0.0)]
    return max(sum(share * share for share in shares), 1 / n)


def _find(facts: Facts) -> Any:
    ratings = [facts.table[c.name] for c in facts.ratings]
    varied = _largest(ratings) > _smallest(ratings) if len(ratings) > 1 else None
    return later_repeats(facts, lambda: facts.answers, required=(), where=varied, least=MIN_ANSWERS)


def _largest(columns: list[Any]) -> Any:
    from huiyin.engine.startup import import_ibis

    return import_ibis().greatest(*columns)


def _smallest(columns: list[Any]) -> Any:
    from huiyin.engine.startup import import_ibis

    return import_ibis().least(*columns)


RULE = Rule(
    id="same_answers",
    version=1,
    title=Text("整份答案相同", "same answers throughout"),
    explanation=Text(
        "不同的答卷每一题都一样，而题目多到不像巧合（按各题分布估计，全表巧合相同的不足 0.05 对）。"
        "全部打同一分的不算。只提示，照常计入。",
        "Two responses agree on every question, with so many questions that chance is unlikely "
        "(by the spread of the answers, under 0.05 pairs in the whole file). Rows of one and the "
        "same rating are left aside. A warning only.",
    ),
    source=Text(
        "Kuriakose & Robbins (2016), Statistical Journal of the IAOS 32(3)；"
        "Slomczynski et al. (2017), Survey Research Methods 11(1)。",
        "Kuriakose & Robbins (2016), Statistical Journal of the IAOS 32(3); "
        "Slomczynski et al. (2017), Survey Research Methods 11(1).",
    ),
    excludes=False,
    lacks=_lacks,
    find_set=_find,
    parameters={
        "min_answers": MIN_ANSWERS,
        "max_expected_pairs": MAX_EXPECTED_PAIRS,
        "dependence": DEPENDENCE,
    },
)
