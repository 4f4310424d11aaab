"""Reference figures computed with R (see `source` in each file), and the data behind them."""

import csv
import gzip
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from huiyin.stats import design

HERE = Path(__file__).parent


class Table:
    """A CSV file as columns: numbers with NaN for empty fields, or codes of sorted words."""

    def __init__(self, path):
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8", newline="") as lines:
            self.rows = list(csv.DictReader(lines))

    def __len__(self):
        return len(self.rows)

    def numbers(self, *names):
        table = np.array(
            [[float(row[n]) if row[n] else np.nan for n in names] for row in self.rows]
        )
        return table[:, 0] if len(names) == 1 else table

    def words(self, name):
        return np.array([row[name] for row in self.rows])

    def codes(self, name):
        return np.unique(self.words(name), return_inverse=True)[1]


@dataclass
class Sampled:
    """Rows under a survey design, summed up per PSU the way the corridor does it in SQL."""

    psu: np.ndarray
    strata: np.ndarray
    weights: np.ndarray
    fraction: np.ndarray | None = None

    def __post_init__(self):
        self.n_psu = self.psu.max() + 1
        self.psu_strata = np.zeros(self.n_psu, dtype=int)
        self.psu_strata[self.psu] = self.strata

    def totals(self, values):
        return np.bincount(self.psu, weights=self.weights * values, minlength=self.n_psu)

    def sums(self, cells):
        """Sums for cells given as (values, rows) pairs."""
        a = np.column_stack([self.totals(np.where(rows, values, 0.0)) for values, rows in cells])
        b = np.column_stack([self.totals(rows.astype(float)) for _, rows in cells])
        sums = design.cluster_sums(a, b, self.psu_strata)
        return self._with_fraction(sums), a, b

    def _with_fraction(self, sums):
        parts = (sums.n_psu, sums.sum_a, sums.sum_b, sums.sum_aa, sums.sum_ab, sums.sum_bb)
        return design.ClusterSums(*parts, self.fraction)

    def estimate(self, values, rows=None):
        rows = ~np.isnan(values) if rows is None else rows
        return design.ratio_estimates(self.sums([(values, rows)])[0])

    def cross(self, a, b, first, second):
        count = self.psu_strata.max() + 1

        def by_stratum(x, y):
            return np.bincount(self.psu_strata, weights=x * y, minlength=count)[None]

        return design.CrossSums(
            by_stratum(a[:, first], a[:, second]),
            by_stratum(a[:, first], b[:, second]),
            by_stratum(b[:, first], a[:, second]),
            by_stratum(b[:, first], b[:, second]),
        )


@pytest.fixture(scope="session")
def figures():
    def load(name):
        return json.loads((HERE / "figures" / f"{name}.json").read_text("utf-8"))["cases"]

    return load


@pytest.fixture(scope="session")
def table():
    return lambda name: Table(HERE / "data" / name)


@pytest.fixture(scope="session")
def reference_table(shared):
    """Data that may not be bundled: read where it lies beside the checkout, else skip."""

    def load(path):
        file = shared / "reference" / path
        if not file.exists():
            pytest.skip(f"{path} is not here")
        return Table(file)

    return load


@pytest.fixture(scope="session")
def sampled():
    return Sampled
