"""Learns from hidden words which ones a question may be read without, and says how well.

``python -m benchmarks.learn_passing_over`` writes ``src/huiyin/ask/passing_weights.txt``. Strangers
use words that nobody wrote down. Here they are made: one known word after the other is hidden, and
questions of the sets that contain it are read again. Where it is asked back, the question is read
once more without the word; whether that is what was meant is the label. Names that are one
character away from a value, and what is asked back with nothing hidden, teach what must not be
passed over. How surprising a reading is comes from the half of the questions that it is not of.
The held-out questions are left out.
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple
from unittest.mock import patch
from zlib import crc32

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from benchmarks import learn_kinds, learn_readings
from benchmarks.learn_kinds import SETS, TODAY, Company, Question, call_of, mentioned, taught
from benchmarks.learn_readings import understood_of
from huiyin.ask import likely_kinds, likely_readings
from huiyin.ask.contracts import Answerable
from huiyin.ask.meanings import Vocabulary, stems_of
from huiyin.ask.passing_over import FILE, SCALE
from huiyin.ask.reading import Passed, ask, without_strays
from huiyin.ask.spelling import is_han

MOST_USES, FEWEST, PENALTY, FOLDS, ROUNDS = 7, 3, 3.0, 5, 200
NATURAL = 2.0
"""What is asked back with nothing hidden weighs twice."""
MISNAMED = 0.35
"""The share of the questions with a value of which that is misnamed once."""
OTHERS = (
    "乙丙丁白铂红蓝绿紫青新老旧东西南北中前后上下山海江河湖林石马龙凤春夏秋冬天地人木水火土日月星云"
)
VALUE = re.compile(r"!?=")
BOUNDS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.95, 0.97)


class Case(NamedTuple):
    """What a question that is asked back for a word is known by, and whether it may pass."""

    question: str
    words: frozenset[str]
    signs: Counter[str]
    right: bool
    weight: float


class Hiding:
    """Takes words out of a vocabulary for a while, with all their endings."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._indexed: defaultdict[str, list[tuple[Any, Any]]] = defaultdict(list)
        for index in (vocabulary.sound, vocabulary.slip, vocabulary.letters, vocabulary.stems):
            for key, known in index.items():
                for word in known:
                    self._indexed[word].append((index, key))

    @contextmanager
    def without(self, word: str) -> Iterator[None]:
        """Hide a word."""
        exact, stems = self._vocabulary.exact, self._vocabulary.stems
        family = {word, *stems.get(stems_of(word.replace("-", " ")), ())}
        saved = {one: exact.pop(one) for one in family if one in exact}
        for one in saved:
            for index, key in self._indexed[one]:
                index[key].discard(one)
                if not index[key]:
                    del index[key]
        try:
            yield
        finally:
            exact.update(saved)
            for one in saved:
                for index, key in self._indexed[one]:
                    index.setdefault(key, set()).add(one)


@contextmanager
def doubted_by_others(
    company: Company, questions: Sequence[Question], room: Path
) -> Iterator[Callable[[Question], None]]:
    """Let each question be doubted by what the other half of all questions taught."""
    known = []
    for half in (0, 1):
        part = [one for one in questions if _half_of(one) == half]
        kinds, readings = room / f"kinds{half}", room / f"readings{half}"
        learn_kinds.write(kinds, *learn_kinds.learned(learn_kinds.examples(company, part)))
        found = learn_readings.examples(company, part)
        learned = {what: learn_readings.learned(told) for what, told in found.items()}
        learn_readings.write(readings, learned)
        weights = likely_kinds.read_weights(kinds.read_text("utf-8"))
        known.append((weights, likely_readings.read_model(readings.read_text("utf-8"))))
    with (
        patch("huiyin.ask.likely_kinds._weights") as kinds_now,
        patch("huiyin.ask.likely_readings._model") as model_now,
    ):

        def choose(question: Question) -> None:
            kinds_now.return_value, model_now.return_value = known[1 - _half_of(question)]

        yield choose


def _half_of(question: Question) -> int:
    return crc32(f"{question['dataset']}{question['text']}".encode()) % 2


def cases(company: Company, questions: Sequence[Question], room: Path) -> Iterator[Case]:
    """Give what is learned from: hidden words, misnamed values, and what is asked back anyway."""
    rng = random.Random(0)  # noqa: S311 -- nothing secret
    hiding: dict[str, Hiding] = {}
    with doubted_by_others(company, questions, room) as choose:
        uses: defaultdict[str, list[tuple[Question, str]]] = defaultdict(list)
        for question in questions:
            choose(question)
            known = company.vocabulary(question["dataset"])
            yield from _case(question, known, NATURAL, ())
            if not _is_read(question, known):
                continue
            for word in _words_of(question["text"], known):
                uses[stems_of(word.replace("-", " ")) if word.isascii() else word].append(
                    (question, word)
                )
        for stem, found in sorted(uses.items()):
            for question, word in rng.sample(found, min(len(found), MOST_USES)):
                choose(question)
                known = company.vocabulary(question["dataset"])
                if question["dataset"] not in hiding:
                    hiding[question["dataset"]] = Hiding(known)
                with hiding[question["dataset"]].without(word):
                    yield from _case(question, known, 1.0, (stem,))
        for question in _misnamed(questions, rng):
            choose(question)
            yield from _case(question, company.vocabulary(question["dataset"]), NATURAL, ())


def _is_read(question: Question, known: Vocabulary) -> bool:
    found = ask(question["text"], known, TODAY)
    if isinstance(found, Answerable):
        return _is_meant(question, found, known)
    return question["answer"] != "query" and found.reason.value == question["reason"]


def _is_meant(question: Question, found: Answerable, known: Vocabulary) -> bool:
    if question["answer"] != "query":
        return False
    gold, read = understood_of(question["query"], known), found.understood
    return _plain(read) == _plain(gold)


def _plain(understood: Any) -> tuple[Any, ...]:
    where = [(one.column, one.operator, sorted(one.values)) for one in understood.where]
    compare = understood.compare
    against = compare and ((compare.column, compare.value) if compare.column else compare.against)
    return (
        understood.kind, sorted(understood.metrics), sorted(understood.by), where,
        understood.since, understood.until, understood.grain, against,
        understood.rank, understood.threshold,
    )  # fmt: skip


def _words_of(text: str, known: Vocabulary) -> set[str]:
    tokens = mentioned(text, known).tokens
    return {token.text for token in tokens if token.meanings and token.text in known.exact}


def _case(
    question: Question, known: Vocabulary, weight: float, words: Sequence[str]
) -> Iterator[Case]:
    passed = without_strays(question["text"], known, TODAY)
    if isinstance(passed, Passed):
        told = frozenset((*words, *passed.words))
        right = _is_meant(question, passed.found, known)
        yield Case(question["text"], told, passed.signs, right, weight)


def _misnamed(questions: Sequence[Question], rng: random.Random) -> Iterator[Question]:
    """Give questions with one character of a value changed: no such value is there."""
    for question in questions:
        rows = question["query"]["where"] if question["answer"] == "query" else ()
        values = [v for row in rows for v in VALUE.split(row, maxsplit=1)[1].split("|")]
        values = [v for v in values if len(v) > 1 and is_han(v[0]) and v in question["text"]]
        if values and rng.random() < MISNAMED:
            value = rng.choice(values)
            at = rng.randrange(len(value))
            other = value[:at] + rng.choice(OTHERS) + value[at + 1 :]
            if other != value:
                text = question["text"].replace(value, other)
                yield {**question, "text": text, "answer": "refuse", "reason": "no_such_value"}


def learned(known: Sequence[Case]) -> dict[str, float]:
    """Fit a logistic regression; the intercept is the weight of the empty sign."""
    counts = Counter(one for case in known for one in case.signs)
    signs = sorted(one for one, n in counts.items() if n >= FEWEST)
    rows = _rows(known, signs)
    truth = np.array([case.right for case in known], float)
    uses = Counter(min(case.words) for case in known)
    weights = np.array([case.weight / np.sqrt(uses[min(case.words)]) for case in known])
    weights *= len(weights) / weights.sum()

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        p = 1 / (1 + np.exp(-(rows @ w[1:] + w[0])))
        miss = truth * np.log(p + 1e-12) + (1 - truth) * np.log(1 - p + 1e-12)
        slope = weights * (p - truth)
        total = PENALTY * (w[1:] ** 2).sum() / 2 - (weights * miss).sum()
        return float(total), np.concatenate([[slope.sum()], rows.T @ slope + PENALTY * w[1:]])

    start = np.zeros(len(signs) + 1)
    found: Any = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS})
    return dict(zip(["", *signs], found.x.tolist(), strict=True))


def _rows(known: Sequence[Case], signs: Sequence[str]) -> Any:
    places = {name: at for at, name in enumerate(signs)}
    cells = [
        (i, places[s], n)
        for i, one in enumerate(known)
        for s, n in one.signs.items()
        if s in places
    ]
    at = np.array(cells).T
    return sparse.csr_matrix((at[2].astype(float), (at[0], at[1])), (len(known), len(signs)))


def cross_validated(known: Sequence[Case]) -> np.ndarray:
    """Give the probability of each case by models that saw neither its words nor its question."""
    found = np.zeros(len(known))
    folds = [crc32(min(case.words).encode()) % FOLDS for case in known]
    for fold in range(FOLDS):
        test = [case for case, one in zip(known, folds, strict=True) if one == fold]
        asked = {case.question for case in test}
        words = {word for case in test for word in case.words}
        others = [c for c in known if c.question not in asked and not c.words & words]
        weights = learned(others)
        sums = [sum(weights.get(s, 0) * n for s, n in c.signs.items()) for c in test]
        p = 1 / (1 + np.exp(-(np.array(sums) + weights[""])))
        found[[at for at, one in enumerate(folds) if one == fold]] = p
    return found


def write(path: Path, weights: dict[str, float]) -> None:
    """Write the weights in hundredths, a line each."""
    hundredths = {sign: round(SCALE * weight) for sign, weight in sorted(weights.items())}
    lines = [f"{sign}\t{weight}" for sign, weight in hundredths.items() if weight or not sign]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Learn, write, and say how well."""
    words = call_of(__doc__, FILE)
    with TemporaryDirectory() as room:
        company, questions = Company(Path(room)), taught(words.sets or SETS)
        known = list(cases(company, questions, Path(room)))
    write(words.out, learned(known))
    right = np.array([case.right for case in known])
    said = [f"{len(known)} cases, {right.sum()} of them right"]
    if words.check:
        p = cross_validated(known)
        said += [
            f"from {bound}: {right[p >= bound].sum()} right, {(~right)[p >= bound].sum()} wrong"
            for bound in BOUNDS
        ]
    sys.stdout.write("\n".join(said) + "\n")


if __name__ == "__main__":
    main()
