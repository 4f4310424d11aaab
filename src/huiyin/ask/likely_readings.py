"""How likely a whole reading is, by how thousands of other questions are meant.

The rules say what a question means; a log-linear model that has seen only questions and their
queries says how likely that is: that it can be answered at all, its kind, what its query holds
given its kind, and what each mention does in it. Where both agree a reading can be trusted. The
weights are those that ``python -m benchmarks.learn_readings`` writes.

References
----------
Hastie, Tibshirani, Friedman (2009), The Elements of Statistical Learning, 4.4.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from huiyin.ask.contracts import Kind, Understood
from huiyin.ask.likely_kinds import SCALE, likely_kinds
from huiyin.ask.likely_parts import (
    NOTHING,
    holds,
    part_of,
    signs_of_part,
    signs_of_query,
    signs_of_question,
    told,
)
from huiyin.ask.mentions import Mentions

FILE = "reading_weights.txt"
ANSWER, PART, QUERY = "answer", "part", "query"
SETTLED = frozenset({"bound", "grain"})
"""Which of < and <=, of days and months it is the rules know better than how often it was meant."""
WEIGHT = re.compile(r"([A-Za-z])(-?\d+)")
LEAST = 1e-5
"""Nothing is held to be less likely than this: few questions were learned from."""


class Model(NamedTuple):
    """Letter of each label by what is told, intercepts, and the weights of a sign as written."""

    letters: dict[str, dict[str, str]]
    base: dict[str, float]
    weights: dict[str, str]


def surprise(mentions: Mentions, understood: Understood) -> float:
    """Give the surprise at a reading: 0 where nothing else could be meant.

    Parameters
    ----------
    mentions : Mentions
        Of a question that stands alone.
    understood : Understood
        What the rules read, complete.

    Returns
    -------
    float
        Minus the natural logarithm of its probability, beside the question.
    """
    kind = understood.kind or Kind.NUMBER
    found = [
        _likely(ANSWER, _summed(signs_of_question(mentions))).get(QUERY, LEAST),
        likely_kinds(mentions)[kind],
    ]
    of_query = _summed(signs_of_query(mentions, kind))
    for what, label in holds(mentions, understood).items():
        likely = _likely(what, of_query)
        if what in SETTLED and label != NOTHING:
            found.append(1 - likely[NOTHING])
        else:
            found.append(likely.get(label, LEAST))
    for at in told(mentions):
        likely = _likely(PART, _summed(signs_of_part(mentions, at, kind)))
        found.append(likely.get(part_of(mentions.tokens[at], mentions, understood), LEAST))
    return -sum(math.log(max(one, LEAST)) for one in found)


def _summed(signs: Collection[str]) -> dict[str, float]:
    """Add up the weights of signs by the letters of labels, whatever they are labels of."""
    weights = _model().weights
    sums: defaultdict[str, float] = defaultdict(float)
    for one in signs:
        for letter, weight in WEIGHT.findall(weights.get(one, "")):
            sums[letter] += int(weight)
    scale = 1 / (SCALE * math.sqrt(len(signs)))
    return {letter: scale * value for letter, value in sums.items()}


def _likely(what: str, sums: Mapping[str, float]) -> dict[str, float]:
    """Give the probability of each label of what is told."""
    model = _model()
    letters = model.letters[what]
    raw = {one: model.base[one] + sums.get(one, 0.0) for one in letters.values()}
    most = max(raw.values())
    parts = {letter: math.exp(value - most) for letter, value in raw.items()}
    whole = sum(parts.values())
    return {label: parts[letter] / whole for label, letter in letters.items()}


@cache
def _model() -> Model:
    return read_model(resources.files("huiyin.ask").joinpath(FILE).read_text("utf-8"))


def read_model(text: str) -> Model:
    """Read a model as it is written."""
    head, _, rest = text.partition("\n\n")
    letters: dict[str, dict[str, str]] = {}
    base = {}
    for line in head.splitlines():
        letter, what, label, intercept = line.split("\t")
        letters.setdefault(what, {})[label] = letter
        base[letter] = int(intercept) / SCALE
    return Model(letters, base, dict(line.split("\t") for line in rest.splitlines()))
