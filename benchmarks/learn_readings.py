"""Learns how questions are read from the question sets, and says how well it does.

``python -m benchmarks.learn_readings`` writes ``src/huiyin/ask/reading_weights.txt``: what a query
holds and what each mention does in it, as `huiyin.ask.likely_parts` has it. The held-out questions
are left out.
"""

from __future__ import annotations

import string
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse

from benchmarks.learn_kinds import (
    FOLDS,
    SETS,
    Company,
    Question,
    call_of,
    fitted,
    mentioned,
    taught,
)
from huiyin.ask.contracts import Kind, Rank, Threshold, Understood, sorted_conditions
from huiyin.ask.likely_kinds import SCALE
from huiyin.ask.likely_parts import (
    holds,
    part_of,
    signs_of_part,
    signs_of_query,
    signs_of_question,
    told,
)
from huiyin.ask.likely_readings import ANSWER, FILE, PART, QUERY
from huiyin.ask.meanings import Vocabulary
from huiyin.measure.parse import parse_query

FEWEST, ROUNDS = 2, 100
LEAST = 40
"""Hundredths: smaller weights are left out; it changes nothing."""


class Example(NamedTuple):
    """What a label is known by, and the label."""

    signs: set[str]
    label: str


class Learned(NamedTuple):
    """Signs and labels, and their weights: intercepts first."""

    signs: list[str]
    labels: list[str]
    weights: np.ndarray


Examples = dict[str, list[Example]]


def examples(company: Company, questions: Sequence[Question]) -> Examples:
    """Give the labels of questions, by what is told."""
    found: Examples = defaultdict(list)
    for question in questions:
        known = company.vocabulary(question["dataset"])
        mentions = mentioned(question["text"], known)
        answered = QUERY if question["answer"] == "query" else "none"
        found[ANSWER].append(Example(signs_of_question(mentions), answered))
        if answered != QUERY:
            continue
        gold = understood_of(question["query"], known)
        kind = gold.kind or Kind.NUMBER
        signs = signs_of_query(mentions, kind)
        for what, label in holds(mentions, gold).items():
            found[what].append(Example(signs, label))
        for at in told(mentions):
            label = part_of(mentions.tokens[at], mentions, gold)
            found[PART].append(Example(signs_of_part(mentions, at, kind), label))
    return found


def understood_of(query: Question, known: Vocabulary) -> Understood:
    """Write a gold query as what is understood."""
    plain = {key: query[key] for key in ("by", "where", "since", "until", "grain", "compare")}
    asked = parse_query(known.codebook, query["metrics"], **plain)
    rank, bound = query["rank"], query["threshold"]
    operator = (bound or "").rstrip("-.0123456789")
    return Understood(
        kind=Kind(query["kind"]),
        metrics=tuple(asked.metrics),
        by=tuple(asked.by),
        where=sorted_conditions(tuple(asked.where)),
        since=asked.since,
        until=asked.until,
        grain=asked.grain,
        compare=asked.compare,
        rank=Rank("best" in rank, next(iter(rank.values()))) if rank else None,
        threshold=Threshold(operator, float(bound[len(operator) :])) if bound else None,
    )


def learned(known: Sequence[Example]) -> Learned:
    """Fit one multinomial logistic regression."""
    counts = Counter(one for found, _ in known for one in found)
    signs = sorted(one for one, n in counts.items() if n >= FEWEST)
    labels = sorted({one.label for one in known})
    rows = _rows(known, signs)
    truth = np.array([[one.label == label for label in labels] for one in known], float)
    return Learned(signs, labels, fitted(rows, truth, ROUNDS))


def _rows(known: Sequence[Example], signs: list[str]) -> Any:
    places = {name: at for at, name in enumerate(signs)}
    cells = [(i, places[s]) for i, (found, _) in enumerate(known) for s in found if s in places]
    scales = np.array([1 / np.sqrt(len(known[i].signs)) for i, _ in cells])
    at = np.array(cells).T
    return sparse.csr_matrix((scales, (at[0], at[1])), (len(known), len(signs)))


def cross_validated(company: Company, questions: Sequence[Question]) -> dict[str, float]:
    """Give the share of labels that are found by what other questions taught."""
    order = np.random.default_rng(0).permutation(len(questions))
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for fold in range(FOLDS):
        test = set(order[fold::FOLDS].tolist())
        taught = examples(company, [q for at, q in enumerate(questions) if at not in test])
        asked = examples(company, [questions[at] for at in sorted(test)])
        for what, known in asked.items():
            signs, labels, w = learned(taught[what])
            best = (_rows(known, signs) @ w[1:] + w[0]).argmax(1)
            right[what] += sum(labels[k] == one.label for k, one in zip(best, known, strict=True))
            total[what] += len(known)
    return {what: right[what] / n for what, n in total.items()}


def write(path: Path, models: Mapping[str, Learned]) -> None:
    """Write a letter for each label, then each sign with its weights in hundredths."""
    letters = iter(string.ascii_letters)
    head, weights = [], defaultdict(str)
    for what, (signs, labels, w) in models.items():
        of_labels = [next(letters) for _ in labels]
        hundredths = np.rint(SCALE * w).astype(int)
        for letter, label, base in zip(of_labels, labels, hundredths[0], strict=True):
            head.append(f"{letter}\t{what}\t{label}\t{base}")
        for sign, row in zip(signs, hundredths[1:], strict=True):
            for letter, one in zip(of_labels, row, strict=True):
                if abs(one) >= LEAST:
                    weights[sign] += f"{letter}{one}"
    lines = [f"{sign}\t{weights[sign]}" for sign in sorted(weights)]
    path.write_text("\n".join([*head, "", *lines]) + "\n", "utf-8")


def main() -> None:
    """Learn, write, and say how well."""
    words = call_of(__doc__, FILE)
    questions = taught(words.sets or SETS)
    with TemporaryDirectory() as room:
        company = Company(Path(room))
        found = examples(company, questions)
        write(words.out, {what: learned(known) for what, known in found.items()})
        said = [f"{len(questions)} questions"]
        if words.check:
            checked = cross_validated(company, questions)
            said += [
                f"{what}: {share:.1%} of those not learned from" for what, share in checked.items()
            ]
    sys.stdout.write("\n".join(said) + "\n")


if __name__ == "__main__":
    main()
