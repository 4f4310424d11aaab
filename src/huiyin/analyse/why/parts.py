"""Dimensions taken apart, and their groups tested as one family."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite

import numpy as np

from huiyin.analyse.why.shapes import Contributor, Dimension, Span
from huiyin.codebook.contracts import Column
from huiyin.measure.contracts import Call, SideSums
from huiyin.stats.comparison import Comparisons, call, compare
from huiyin.stats.contracts import Floats
from huiyin.stats.distributions import t_quantile, t_two_sided_p
from huiyin.stats.mix_rate import MixRate, Part, mix_and_rate
from huiyin.stats.multiple import benjamini_hochberg

SMALL_N = 50
"""A group with fewer answers on a side is flagged as a small sample."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One dimension taken apart, before its groups are tested."""

    column: Column
    sums: SideSums
    parts: MixRate

    @property
    def n_shown(self) -> int:
        """Count the groups that are shown by name; one more may be folded."""
        return len(self.sums.labels)


def taken_apart(column: Column, sums: SideSums) -> Taken | None:
    """Take a change apart by one dimension; None where it has fewer than two groups."""
    if sums.weights.shape[1] < 2:  # noqa: PLR2004 -- one group explains nothing
        return None
    return Taken(column, sums, mix_and_rate(sums.weights, sums.sums))


def says_the_same(found: Taken) -> bool:
    """Tell whether a dimension is a share by another name: its groups hold all hits or none.

    “On time: no” holds every late delivery; to say that the change sits there says nothing.
    """
    sums, weights = found.sums.sums.sum(axis=2), found.sums.weights.sum(axis=2)
    met = weights > 0
    shares = sums[met] / weights[met]
    ends = np.round(shares)
    alike = np.allclose(shares, ends, rtol=0.0, atol=1e-9)
    return bool(alike and set(ends.tolist()) == {0.0, 1.0})


def each_once(found: Sequence[Taken]) -> tuple[list[Taken], list[tuple[Column, Column]]]:
    """Keep one of the dimensions that part the answers alike: the last, which is the finest.

    A site that is the only one of its region brings what the region brings; told twice, one of
    the two would stand first by chance, and both would be tested.

    Returns
    -------
    list of Taken
    list of (Column, Column)
        What was left out, and what stands for it.
    """
    last = {_groups_of(one.sums): one for one in found}
    stands_for = [(one, last[_groups_of(one.sums)]) for one in found]
    left_out = [(one.column, kept.column) for one, kept in stands_for if kept is not one]
    return [one for one, kept in stands_for if kept is one], left_out


def _groups_of(sums: SideSums) -> tuple[tuple[float, ...], ...]:
    """Tell the groups by their answers and sums on both sides, whatever they are called."""
    totals = np.vstack([sums.n, sums.weights.sum(axis=2), sums.sums.sum(axis=2)])
    return tuple(sorted(tuple(float(f"{x:.9g}") for x in group) for group in totals.T))


def tested(found: Sequence[Taken], level: float) -> tuple[tuple[Dimension, ...], int]:
    """Test every shown group of every dimension, corrected together.

    A group's margin of indifference is that of the metric times its share of the answers: what
    its own change by that margin would bring.

    Returns
    -------
    tuple of Dimension
        Those first in which groups stand out most.
    int
        Tests in the family.
    """
    tests = [_tests(one, level) for one in found]
    if not tests:
        return (), 0
    p = np.concatenate([t.p for t in tests])
    q = benjamini_hochberg(p)
    ends = np.cumsum([len(t.p) for t in tests])[:-1]
    simes = np.array([_simes(t.p) for t in tests])
    whole = np.column_stack(
        [simes, benjamini_hochberg(simes), benjamini_hochberg([_mix_p(one.parts) for one in found])]
    )
    made = [
        _dimension(one, t, part, tuple(known), level)
        for one, t, part, known in zip(found, tests, np.split(q, ends), whole, strict=True)
    ]
    made.sort(key=lambda d: (-d.spread, d.q if d.q is not None else inf))
    return tuple(made), int(np.isfinite(p).sum())


def ranked(dimensions: Sequence[Dimension]) -> tuple[Contributor, ...]:
    """List the groups of all dimensions: real ones first, then by how much they stand out.

    Where two stand out alike (the two groups of one dimension) the one that pushes comes first.
    """
    everyone = [g for d in dimensions for g in d.groups if not g.folded]
    return tuple(sorted(everyone, key=_rank))


def _rank(group: Contributor) -> tuple[bool, float, bool]:
    size = float(f"{abs(group.beyond.estimate):.9g}")
    return group.call is not Call.REAL, -size, not group.pushes


def _tests(taken: Taken, level: float) -> Comparisons:
    parts, k = taken.parts, taken.n_shown
    delta = taken.sums.definition.delta * parts.share.mean(axis=0)[:k]
    beyond = parts.beyond
    with np.errstate(invalid="ignore", divide="ignore"):
        return compare(
            beyond.estimate[:k],
            np.where(beyond.standard_error[:k] > 0, beyond.standard_error[:k], np.nan),
            parts.degrees_of_freedom[:k],
            delta=delta,
            level=level,
        )


def _simes(p: Floats) -> float:
    """Test that nothing stands out at all (Simes 1986, Biometrika 73(3):751-754)."""
    known = np.sort(p[np.isfinite(p)])
    if not known.size:
        return np.nan
    return float(min(1.0, (known * known.size / np.arange(1, known.size + 1)).min()))


def _mix_p(parts: MixRate) -> float:
    """Test that the groups' shares brought nothing; NaN where no group stands on both sides."""
    error = float(parts.total_mix.standard_error)
    if not (parts.share > 0).all(axis=0).any() or not error > 0:
        return np.nan
    t = float(parts.total_mix.estimate) / error
    return float(t_two_sided_p(t, parts.whole_degrees_of_freedom))


def _dimension(
    taken: Taken, tests: Comparisons, q: Floats, whole: tuple[float, ...], level: float
) -> Dimension:
    parts = taken.parts
    rate = _span(parts.total_rate, parts.whole_degrees_of_freedom, level)
    change = float(parts.change.estimate)
    groups = [_group(taken, tests, q, i, level) for i in range(len(parts.beyond.estimate))]
    groups.sort(key=lambda g: (bool(g.folded), -abs(g.contribution.estimate)))
    p, corrected, mix_q = (float(value) if isfinite(value) else None for value in whole)
    return Dimension(
        column=taken.column.name,
        label=taken.column.label,
        mix=_span(parts.total_mix, parts.whole_degrees_of_freedom, level),
        rate=rate,
        spread=parts.spread,
        p=p,
        q=corrected,
        mix_q=mix_q,
        reversed=_reversed(change, rate),
        groups=tuple(groups),
    )


def _reversed(change: float, rate: Span) -> bool:
    """Tell whether the metric went the other way within the groups, for sure."""
    if rate.low is None or rate.high is None:
        return False
    return (change < 0 < rate.low) or (rate.high < 0 < change)


def _group(taken: Taken, tests: Comparisons, q: Floats, i: int, level: float) -> Contributor:
    parts, sums = taken.parts, taken.sums
    shown = i < taken.n_shown
    known = shown and isfinite(tests.p[i])
    df = float(parts.degrees_of_freedom[i])
    n = [int(sums.n[side, i]) for side in (0, 1)]
    means = [_number(parts.means[side, i]) for side in (0, 1)]
    beyond = float(parts.beyond.estimate[i])
    return Contributor(
        dimension=taken.column.name,
        label=taken.column.label,
        value=sums.labels[i] if shown else None,
        folded=0 if shown else sums.n_folded,
        n_before=n[0],
        n_after=n[1],
        share_before=float(parts.share[0, i]),
        share_after=float(parts.share[1, i]),
        before=means[0],
        after=means[1],
        mix=float(parts.mix.estimate[i]),
        rate=float(parts.rate.estimate[i]),
        contribution=_span(parts.contribution, df, level, i),
        beyond=_span(parts.beyond, df, level, i),
        p=float(tests.p[i]) if known else None,
        q=float(q[i]) if known else None,
        call=Call(str(call(tests.inside_delta[i], q[i], level))) if known else None,
        pushes=beyond * float(parts.change.estimate) > 0,
        flags=_flags(n),
    )


def _flags(n: Sequence[int]) -> tuple[str, ...]:
    if not n[0]:
        return ("new", "small_sample") if n[1] < SMALL_N else ("new",)
    if not n[1]:
        return ("gone", "small_sample") if n[0] < SMALL_N else ("gone",)
    return ("small_sample",) if min(n) < SMALL_N else ()


def _number(value: float) -> float | None:
    return float(value) if isfinite(value) else None


def _span(part: Part, df: float, level: float, at: int | None = None) -> Span:
    estimate = float(part.estimate if at is None else part.estimate[at])
    error = float(part.standard_error if at is None else part.standard_error[at])
    if not isfinite(error) or error <= 0 or df <= 0:
        return Span(estimate, None, None)
    half = float(t_quantile((1.0 + level) / 2.0, df)) * error
    return Span(estimate, estimate - half, estimate + half)
