"""Learns what a question wants to know from the question sets, and says how well it does.

``python -m benchmarks.learn_kinds`` writes ``src/huiyin/ask/kind_weights.txt``. The held-out
questions are left out. A set is a ``*.yaml`` of `tests/ask`.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import yaml
from scipy import sparse
from scipy.optimize import minimize

from huiyin.ask.contracts import ColumnValues, Kind
from huiyin.ask.likely_kinds import FILE, SCALE, features
from huiyin.ask.meanings import Vocabulary
from huiyin.ask.mentions import Mentions
from huiyin.ask.periods import find_periods
from huiyin.ask.scanning import scan
from huiyin.ask.spelling import normal
from huiyin.ask.vocabulary import asked_columns, build_vocabulary
from huiyin.codebook.files import load_codebook
from huiyin.sample.contracts import SampleSettings
from huiyin.sample.write import write_sample

ROOT = Path(__file__).parents[1]
ASKED = ROOT / "tests/ask"
SETS = (
    *(
        ASKED / f"questions/{name}.yaml"
        for name in ("open", "wide", "fresh", "later", "english", "chinese", "people")
    ),
    ASKED / "lessons.yaml",
    ASKED / "forms.yaml",
)
"""Whatever is known but the held-out questions."""
TODAY = date(2026, 6, 15)
KINDS = tuple(Kind)
FEWEST, PENALTY, FOLDS, ROUNDS = 2, 0.02, 5, 200
Question = Mapping[str, Any]
NOTHING_SAID: Mapping[str, Any] = {"metrics": [], "by": [], "where": []} | dict.fromkeys(
    ("since", "until", "grain", "compare", "rank", "threshold")
)
Examples = list[tuple[set[str], Kind]]


class Company:
    """The vocabularies of the sample company."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        write_sample(folder, SampleSettings(10_000, date(2026, 10, 1), 0))
        self.vocabulary = cache(self._built)

    def _built(self, dataset: str) -> Vocabulary:
        import pyarrow.parquet as pq

        book = load_codebook(self._folder / f"{dataset}.codebook.yaml")
        values = {}
        for column in asked_columns(book):
            table = pq.read_table(self._folder / f"{dataset}.parquet", columns=[column.name])
            words = [str(v) for v in table[column.name].to_pylist() if v is not None]
            parts = (p for w in words for p in w.split(column.separator or "\0"))
            values[column.name] = tuple(word for word, _ in Counter(parts).most_common())
        return build_vocabulary(book, ColumnValues(values))


def taught(sets: Sequence[Path]) -> list[Question]:
    """Read questions that stand alone, with whole queries: of sets, or of one put in many ways."""
    found: list[Question] = []
    for path in sets:
        for one in yaml.safe_load(path.read_text("utf-8")):
            if "follows" in one:
                continue
            question = {"answer": "query"} | one
            if "query" in one:
                question["query"] = NOTHING_SAID | one["query"]
            found += [question | {"text": text} for text in one.get("asked", [one.get("text")])]
    return found


def examples(company: Company, questions: Sequence[Question]) -> Examples:
    """Give what each question is known by, and its kind."""
    found = []
    for question in questions:
        if question["answer"] == "query":
            mentions = mentioned(question["text"], company.vocabulary(question["dataset"]))
            found.append((features(mentions), Kind(question["query"]["kind"])))
    return found


def mentioned(question: str, known: Vocabulary) -> Mentions:
    """Give what a question mentions."""
    text = normal(question)
    return Mentions(scan(text, known, find_periods(text, TODAY)), known)


def learned(known: Examples) -> tuple[list[str], np.ndarray]:
    """Fit the weights, intercepts first.

    Returns
    -------
    (list of str, ndarray of shape (1 + features, kinds))
    """
    counts = Counter(one for found, _ in known for one in found)
    names = sorted(one for one, n in counts.items() if n >= FEWEST)
    rows = _rows(known, names)
    truth = np.array([[kind is one for one in KINDS] for _, kind in known], float)
    return names, fitted(rows, truth, ROUNDS)


def fitted(rows: Any, truth: np.ndarray, rounds: int) -> np.ndarray:
    """Fit a multinomial logistic regression, intercepts first.

    Parameters
    ----------
    rows : sparse matrix of shape (n, features)
    truth : ndarray of shape (n, labels)
        1 where a row has a label, else 0.
    rounds : int
        Most steps of the search.

    Returns
    -------
    ndarray of shape (1 + features, labels)
    """
    shape = (rows.shape[1] + 1, truth.shape[1])

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        w = flat.reshape(shape)
        p = softmax(rows @ w[1:] + w[0])
        slope = np.vstack([(p - truth).sum(0), rows.T @ (p - truth) + PENALTY * w[1:]])
        miss = -np.log((p * truth).sum(1) + 1e-12).sum()
        return float(miss + PENALTY * (w[1:] ** 2).sum() / 2), slope.ravel()

    start = np.zeros(shape).ravel()
    found: Any = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": rounds})
    return found.x.reshape(shape)


def _rows(known: Examples, names: list[str]) -> Any:
    places = {name: at for at, name in enumerate(names)}
    cells = [(i, places[one]) for i, (found, _) in enumerate(known) for one in found & {*places}]
    at = np.array(cells).T
    rows = sparse.csr_matrix((np.ones(len(cells)), (at[0], at[1])), (len(known), len(names)))
    sizes = np.maximum(np.asarray(rows.sum(1)).ravel(), 1)
    return sparse.diags(1 / np.sqrt(sizes)) @ rows


def softmax(z: np.ndarray) -> np.ndarray:
    """Give the shares of each row, as e to the power of them."""
    e = np.exp(z - z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def cross_validated(known: Examples) -> float:
    """Give the share of questions whose kind is found by what the others taught."""
    order = np.random.default_rng(0).permutation(len(known))
    right = 0
    for fold in range(FOLDS):
        test = set(order[fold::FOLDS].tolist())
        names, w = learned([one for at, one in enumerate(known) if at not in test])
        asked = [known[at] for at in sorted(test)]
        p = _rows(asked, names) @ w[1:] + w[0]
        right += sum(KINDS[k] is kind for k, (_, kind) in zip(p.argmax(1), asked, strict=True))
    return right / len(known)


def write(path: Path, names: list[str], w: np.ndarray) -> None:
    """Write the weights in hundredths, a line each."""
    lines = ["\t".join(["", *KINDS])]
    for name, row in zip(["", *names], np.rint(SCALE * w).astype(int), strict=True):
        if name == "" or row.any():
            lines.append("\t".join([name, *map(str, row)]))
    path.write_text("\n".join(lines) + "\n", "utf-8")


def call_of(what: str | None, file: str) -> argparse.Namespace:
    """Read which sets teach, where the weights are written, and whether they are checked."""
    parser = argparse.ArgumentParser(description=what)
    parser.add_argument("sets", nargs="*", type=Path)
    parser.add_argument("--out", type=Path, default=ROOT / "src/huiyin/ask" / file)
    parser.add_argument("--check", action="store_true", help="cross-validate")
    return parser.parse_args()


def main() -> None:
    """Learn, write, and say how well."""
    words = call_of(__doc__, FILE)
    with TemporaryDirectory() as room:
        known = examples(Company(Path(room)), taught(words.sets or SETS))
    write(words.out, *learned(known))
    said = f"{len(known)} questions"
    if words.check:
        said += f", kind found in {cross_validated(known):.1%} of those not learned from"
    sys.stdout.write(said + "\n")


if __name__ == "__main__":
    main()
