"""Variance after raking: that of the residuals from the margins, summed up per PSU.

Residuals are taken from the plain average of the linearised values in the levels of the margins,
as R's ``survey::rake`` does it; averaging with the weights gives an error about 2 % smaller on
the reference data, R's jackknife lies between the two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from huiyin.measure.cell_rows import CLUSTER, JOINT, STRATUM, WEIGHT, CellSet, Design
from huiyin.measure.dataset import Dataset
from huiyin.measure.metric import Value
from huiyin.measure.moments import Key, Moments, key_word, stratum_codes, table_keys
from huiyin.measure.plan import plan_joint_psus
from huiyin.stats.contracts import Floats
from huiyin.stats.distributions import floats
from huiyin.stats.raking import calibration_fitted

Index = np.ndarray[Any, np.dtype[np.intp]]


@dataclass(frozen=True, slots=True)
class Entries:
    """Totals of one cell per PSU and joint cell: `sums` is (n, s, b, a) by value and entry.

    n answers, s = Σv, b = Σw, a = Σwv.
    """

    psu: Index
    joint: Index
    sums: Floats

    def without(self, part: Entries) -> Entries:
        """Take a part of the cell out again."""
        return Entries(
            np.concatenate([self.psu, part.psu]),
            np.concatenate([self.joint, part.joint]),
            np.concatenate([self.sums, -part.sums], axis=2),
        )


@dataclass(frozen=True, slots=True)
class Calibration:
    """The whole design after raking.

    Attributes
    ----------
    names : pyarrow.Array
        One word per PSU, stratum included.
    stratum : (psus,) array
    n_psu : (strata,) array
    psu, joint, weight : (entries,) arrays
        Total weight per PSU and joint cell, over all rows of the design; `n_rows` their number
        per joint cell.
    codes : tuple of (joint cells,) arrays
        As given to the raking.
    """

    names: Any
    stratum: Index
    n_psu: Floats
    psu: Index
    joint: Index
    weight: Floats
    n_rows: Floats
    codes: tuple[Any, ...]

    def residuals(
        self,
        places: tuple[int, ...],
        slopes: Sequence[float],
        entries: Entries,
        moments: Moments,
        cell: int,
    ) -> Floats:
        """Give the PSU totals of a metric's linearised value after raking: (psus,).

        `slopes` say how far the metric moves with the mean of each value.
        """
        weighted, plain = np.zeros(len(entries.psu)), np.zeros(len(entries.psu))
        for place, slope in zip(places, slopes, strict=True):
            total = moments.total("b", place)[cell]
            ratio = moments.total("a", place)[cell] / total
            n, s, b, a = entries.sums[:, place]
            weighted += slope * (a - ratio * b) / total
            plain += slope * (s - ratio * n) / total
        by_joint = np.bincount(entries.joint, plain, len(self.n_rows))
        fitted = calibration_fitted(by_joint, self.n_rows, self.codes)
        n_psu = len(self.stratum)
        own = np.bincount(entries.psu, weighted, n_psu)
        return floats(own - np.bincount(self.psu, self.weight * fitted[self.joint], n_psu))

    def covariance(self, first: Floats, second: Floats) -> float:
        """Give the covariance of two sums of PSU totals; a lonely PSU keeps its value."""
        n = self.n_psu
        products = np.bincount(self.stratum, first * second, len(n))
        sums = (np.bincount(self.stratum, part, len(n)) for part in (first, second))
        one, two = sums
        several = n > 1
        centred = products - np.where(several, one * two / np.maximum(n, 1), 0.0)
        scale = np.where(several, n / np.where(several, n - 1, 1.0), 1.0)
        return float(np.sum(scale * centred)) if several.any() else float("nan")


def calibration(
    dataset: Dataset, design: Design, strata: Sequence[str | None], codes: tuple[Any, ...]
) -> Calibration:
    """Fetch the weight totals of the whole design, per PSU and joint cell."""
    rows = design.rows
    keys = [*design.extra_keys, CLUSTER, JOINT]
    table = dataset.engine.run(
        rows.group_by(keys).aggregate(weight=rows[WEIGHT].sum(), n=rows.count())
    )
    words = _psu_words(table, design)
    names = words.unique()
    psu = _places(words, names)
    stratum_column = STRATUM if design.stratified else None
    stratum = np.zeros(len(names), dtype=np.intp)
    stratum[psu] = stratum_codes(table, stratum_column, strata)
    joint = table[JOINT].to_numpy().astype(np.intp)
    return Calibration(
        names=names,
        stratum=stratum,
        n_psu=np.bincount(stratum, minlength=len(strata)).astype(np.float64),
        psu=psu,
        joint=joint,
        weight=table["weight"].to_numpy(),
        n_rows=floats(np.bincount(joint, table["n"].to_numpy(), len(codes[0]))),
        codes=codes,
    )


def fetch_entries(
    dataset: Dataset, design: Design, cells: CellSet, values: Sequence[Value], whole: Calibration
) -> dict[Key, Entries]:
    """Fetch the PSU totals of every cell, parted by joint cell: the second scan."""
    table = dataset.engine.run(plan_joint_psus(dataset, design, cells, values))
    psu = _places(_psu_words(table, design), whole.names)
    joint = table[JOINT].to_numpy().astype(np.intp)
    sums = np.array(
        [
            [table[f"{part}{i}"].to_numpy().astype(np.float64) for i in range(len(values))]
            for part in "nsba"
        ]
    )
    members: dict[Key, list[int]] = {}
    for i, key in enumerate(table_keys(table, cells.keys)):
        members.setdefault(key, []).append(i)
    return {
        key: Entries(psu[at], joint[at], sums[:, :, at])
        for key, at in ((key, np.array(at, dtype=np.intp)) for key, at in members.items())
    }


def _psu_words(table: Any, design: Design) -> Any:
    import pyarrow as pa

    clusters = [key_word(value) for value in table[CLUSTER].to_pylist()]
    if not design.stratified:
        return pa.array(clusters)
    strata = [key_word(value) for value in table[STRATUM].to_pylist()]
    return pa.array([f"{s}\x00{c}" for s, c in zip(strata, clusters, strict=True)])


def _places(words: Any, names: Any) -> Index:
    import pyarrow.compute as pc

    found: Index = pc.index_in(words, names).to_numpy(zero_copy_only=False).astype(np.intp)
    return found
