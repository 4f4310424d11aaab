"""What a question most likely wants to know, by how thousands of others were put.

A second opinion beside the rules of `kinds`: a multinomial logistic regression on the words of a
question, with values, columns, metrics, numbers and periods each put as one sign. Where the rules
read what hardly anybody means by such words, it is asked about. The weights are those that
``python -m benchmarks.learn_kinds`` writes; the held-out questions have no part in them.

References
----------
Hastie, Tibshirani, Friedman (2009), The Elements of Statistical Learning, 4.4 and 18.4.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from huiyin.ask.contracts import Kind
from huiyin.ask.meanings import Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.scanning import Token

SIGNS: Mapping[Sort, str] = {
    Sort.VALUE: "Ⓥ",
    Sort.COLUMN: "Ⓒ",
    Sort.GENERIC: "Ⓒ",
    Sort.METRIC: "Ⓜ",
    Sort.RATING: "Ⓜ",
    Sort.AMOUNT: "Ⓜ",
    Sort.RATE: "Ⓜ",
    Sort.YES_NO: "Ⓨ",
}
PERIOD, NUMBER = "Ⓟ", "Ⓝ"
BOUNDS = ("gt", "ge", "lt", "le", "ge_after", "lt_after", "le_after")
PIECES = re.compile(r"[a-z]+|[^\sa-z]")
LONGEST_GRAM, MOST_COUNTED = 3, 3
SCALE = 100.0
FILE = "kind_weights.txt"


def likely_kinds(mentions: Mentions) -> dict[Kind, float]:
    """Give the probability of each kind.

    Parameters
    ----------
    mentions : Mentions
        Of a question that stands alone; of a follow-up it says little.

    Returns
    -------
    dict of Kind to float
        They sum to 1.
    """
    kinds, base, weights = _weights()
    known = [weights[one] for one in features(mentions) if one in weights]
    scale = 1 / math.sqrt(max(len(known), 1))
    sums = [b + scale * sum(w[i] for w in known) for i, b in enumerate(base)]
    most = max(sums)
    parts = [math.exp(one - most) for one in sums]
    return {kind: part / sum(parts) for kind, part in zip(kinds, parts, strict=True)}


def features(mentions: Mentions) -> set[str]:
    """List what a question is known by: pieces of up to three in a row, signals, and counts."""
    found = set(_grams(mentions))
    found |= {f"s:{name}" for name in mentions.signals}
    if any(name.startswith("grain_") for name in mentions.signals):
        found.add("s:grain")
    if mentions.says(*BOUNDS):
        numbers = any(token.number is not None for token in mentions.tokens)
        found.add(f"s:bound{numbers:d}")
    named = sum(1 for one in mentions.metrics() if one.metric)
    found.add(f"#m{min(named, MOST_COUNTED)}")
    return found


def _grams(mentions: Mentions) -> Iterator[str]:
    text = _in_signs(mentions)
    pieces = ["^", *PIECES.findall(text), "$"]
    for size in range(1, LONGEST_GRAM + 1):
        for at in range(len(pieces) - size + 1):
            yield " ".join(pieces[at : at + size])
    for sign in {*SIGNS.values(), PERIOD, NUMBER}:
        yield f"#{sign}{min(text.count(sign), MOST_COUNTED)}"


def _in_signs(mentions: Mentions) -> str:
    parts, at = [], 0
    for token in mentions.tokens:
        parts += [mentions.text[at : token.start], sign_of(token)]
        at = token.end
    return "".join([*parts, mentions.text[at:]])


def sign_of(token: Token) -> str:
    """Give the sign that a mention is put as; a word that is none stays as it is."""
    if token.period is not None:
        return PERIOD
    if token.number is not None:
        return NUMBER
    sort = token.first.sort if token.first else None
    known = SIGNS.get(sort) if sort and not token.of(Sort.SIGNAL) else None
    return known or token.text


Weights = tuple[tuple[Kind, ...], tuple[float, ...], dict[str, tuple[float, ...]]]


@cache
def _weights() -> Weights:
    return read_weights(resources.files("huiyin.ask").joinpath(FILE).read_text("utf-8"))


def read_weights(text: str) -> Weights:
    """Read kinds, intercepts and the weights of each feature as they are written."""
    head, base, *lines = text.splitlines()
    kinds = tuple(Kind(name) for name in head.split("\t")[1:])
    rows = (line.split("\t") for line in lines)
    return kinds, _row(base.split("\t")), {row[0]: _row(row) for row in rows}


def _row(cells: list[str]) -> tuple[float, ...]:
    return tuple(int(cell) / SCALE for cell in cells[1:])
