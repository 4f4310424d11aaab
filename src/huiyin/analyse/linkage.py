"""An outcome by satisfaction band: do happier customers buy again? Going together, not cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import inf, isnan

import numpy as np

from huiyin.analyse.bands import Band, satisfaction_bands, with_full_ends
from huiyin.analyse.contracts import Linkage
from huiyin.analyse.ports import Corridor
from huiyin.codebook.contracts import Codebook, Column, Role
from huiyin.core.absence import NotEstimable, Reason
from huiyin.core.text import Text
from huiyin.measure.contracts import Call, Cell, Comparison, Definition, Query, RowSample, Unit
from huiyin.stats.comparison import call, compare
from huiyin.stats.multiple import benjamini_hochberg
from huiyin.stats.ranks import spearman

MOST_OUTCOMES = 6
MOST_RATINGS = 2
MOST_ASPECTS = 8
"""Aspects to link where there is no rating of the whole."""
LEAK_CORRELATION = 0.9
_SURE_SHARE = 0.005
_FEWEST_ROWS = 10
_CLEAREST_FIRST = (Call.REAL, Call.STABLE, Call.CANNOT_TELL)

TOGETHER = Text(
    "只说明两者同向或反向变动，不说明谁影响谁。",
    "This says that the two go together, not that one makes the other.",
)
LEAK = Text(
    "注意：“{outcome}”几乎完全由“{rating}”决定，很可能是同一信息的两种记法（数据泄漏），不能当作证据。",
    "Careful: “{outcome}” is almost determined by “{rating}”: probably one fact recorded twice "
    "(a leak), no evidence.",
)
SAMPLED = Text(
    "秩相关由 {total:,} 行中随机抽取的 {n:,} 行算出。",
    "The rank correlation is from a random {n:,} of {total:,} rows.",
)
REPEATED = Text(
    "同一客户有多份答卷，秩相关的区间偏窄。",
    "Customers answered more than once: the interval of the rank correlation is too narrow.",
)


@dataclass(frozen=True, slots=True)
class _Pair:
    outcome: Column
    rating: Column
    bands: tuple[Band, ...]
    level: float


def find_linkages(
    corridor: Corridor, target: Column | None, *, level: float = 0.95
) -> tuple[Linkage, ...]:
    """Set every outcome against the main ratings, band by band.

    Parameters
    ----------
    corridor : Corridor
    target : Column or None
        Comes first among the ratings.
    level : float

    Returns
    -------
    tuple of Linkage
        One per outcome and rating; the trend tests and the top-against-bottom tests are each
        corrected together. An outcome that cannot be used carries the reason.
    """
    book = corridor.codebook
    outcomes = (*book.with_role(Role.OUTCOME), *book.with_role(Role.AMOUNT))[:MOST_OUTCOMES]
    ratings = _ratings(book, target)
    pairs = [
        _Pair(outcome, rating, satisfaction_bands(rating, corridor.cuts), level)
        for outcome in outcomes
        for rating in ratings
        if outcome.name != rating.name
    ]
    found = corrected([_linked(corridor, pair) for pair in pairs], level)
    return tuple(sorted(found, key=_clearness))


def _clearness(link: Linkage) -> int:
    """Order real differences first, then what is about equal, unknown, leaked, absent."""
    if link.not_estimable is not None:
        return len(_CLEAREST_FIRST) + 1
    comparison = link.bands[-1].comparison
    if comparison is None or comparison.call is None or is_leaked(link):
        return len(_CLEAREST_FIRST)
    return _CLEAREST_FIRST.index(comparison.call)


def _ratings(codebook: Codebook, target: Column | None) -> tuple[Column, ...]:
    named = [target] if target is not None and target.scale is not None else []
    others = codebook.with_role(Role.OVERALL, Role.NPS, Role.CSAT, Role.INTENT)
    found = {c.name: c for c in (*named, *others) if c.scale is not None}
    if found:
        return tuple(found.values())[:MOST_RATINGS]
    aspects = codebook.with_role(Role.ASPECT)
    return tuple(c for c in aspects if c.scale is not None)[:MOST_ASPECTS]


def _linked(corridor: Corridor, pair: _Pair) -> Linkage:
    sample = corridor.row_sample((pair.rating.name, pair.outcome.name))
    both = sample.values[np.isfinite(sample.values).all(axis=1)]
    if len(both) < _FEWEST_ROWS:
        return _absent(pair, NotEstimable(_few(len(both)), len(both)))
    if np.ptp(both[:, 0]) == 0 or np.ptp(both[:, 1]) == 0:
        return _absent(pair, NotEstimable(Reason.CONSTANT, len(both)))
    pair = replace(pair, bands=with_full_ends(pair.bands, both[:, 0].tolist()))
    binary = bool(np.isin(both[:, 1], (0.0, 1.0)).all())
    name = pair.outcome.name
    metric = f"share:{name}=1" if binary else f"mean:{name}"
    cells, definition = _band_cells(corridor, pair, metric)
    sign = -1.0 if pair.rating.scale and pair.rating.scale.direction < 0 else 1.0
    found = spearman(sign * both[:, 0], both[:, 1], pair.level)
    return Linkage(
        outcome=name,
        outcome_label=pair.outcome.label,
        satisfaction=pair.rating.name,
        satisfaction_label=pair.rating.label,
        unit=cells[0].unit,
        bands=_top_against_bottom(cells, definition, pair.level),
        correlation=_known(found.estimate),
        correlation_low=_known(found.low),
        correlation_high=_known(found.high),
        p=_known(found.p),
        q=None,
        n=sum(cell.n for cell in cells),
        notes=_notes(pair, sample, cells, found.estimate, binary=binary),
    )


def _few(n: int) -> Reason:
    return {0: Reason.NO_ANSWERS, 1: Reason.ONE_ANSWER}.get(n, Reason.TOO_FEW_ROWS)


def _known(value: float) -> float | None:
    return None if isnan(value) else float(value)


def _absent(pair: _Pair, reason: NotEstimable) -> Linkage:
    return Linkage(
        outcome=pair.outcome.name,
        outcome_label=pair.outcome.label,
        satisfaction=pair.rating.name,
        satisfaction_label=pair.rating.label,
        unit=Unit.AMOUNT,
        bands=(),
        correlation=None,
        correlation_low=None,
        correlation_high=None,
        p=None,
        q=None,
        n=reason.n,
        not_estimable=reason,
    )


def _band_cells(
    corridor: Corridor, pair: _Pair, metric: str
) -> tuple[tuple[Cell, ...], Definition]:
    cells, definition = [], None
    for band in pair.bands:
        result = corridor.answer(Query(metrics=(metric,), where=band.filters, level=pair.level))
        definition = result.definition[0]
        cells.append(replace(result.cells[0], by={"band": band.words}))
    if definition is None:
        raise AssertionError(pair.rating.name)  # a rating with a scale has at least two bands
    return tuple(cells), definition


def _top_against_bottom(
    cells: tuple[Cell, ...], definition: Definition, level: float
) -> tuple[Cell, ...]:
    """Compare the happiest band with the unhappiest, as independent groups."""
    bottom, top = cells[0], cells[-1]
    if bottom.estimate is None or top.estimate is None:
        return cells
    if bottom.standard_error is None or top.standard_error is None:
        return cells
    gap = top.estimate - bottom.estimate
    error = float(np.hypot(top.standard_error, bottom.standard_error))
    df = _welch_df(top, bottom)
    test = compare(gap, error, df, delta=definition.delta, level=level)
    known = bool(np.isfinite(test.p))
    inside = Call.STABLE if bool(test.inside_delta) else Call.CANNOT_TELL
    comparison = Comparison(
        against="group",
        reference=bottom.estimate,
        difference=gap,
        low=float(test.low) if known else None,
        high=float(test.high) if known else None,
        p=float(test.p) if known else None,
        q=None,
        delta=definition.delta,
        family=1,
        call=inside if known else None,
    )
    return (*cells[:-1], replace(top, comparison=comparison))


def _welch_df(first: Cell, second: Cell) -> float:
    parts = [((c.standard_error or 0.0) ** 2, c.degrees_of_freedom or inf) for c in (first, second)]
    total = sum(variance for variance, _ in parts)
    loss = sum((variance / total) ** 2 / df for variance, df in parts) if total > 0 else 0.0
    return 1 / loss if loss > 0 else inf


def _notes(
    pair: _Pair, sample: RowSample, cells: Sequence[Cell], correlation: float, *, binary: bool
) -> tuple[Text, ...]:
    notes = [TOGETHER]
    if is_leak(cells, correlation, binary=binary):
        notes.append(LEAK.format(outcome=pair.outcome.label, rating=pair.rating.label))
    if sample.n < sample.n_total:
        notes.append(SAMPLED.format(n=sample.n, total=sample.n_total))
    if sample.cluster is not None:
        notes.append(REPEATED)
    return tuple(notes)


def is_leak(cells: Sequence[Cell], correlation: float, *, binary: bool) -> bool:
    """Tell whether the outcome is all but decided by the rating.

    Either the rank correlation is at least `LEAK_CORRELATION`, or an outcome of yes and no is
    always “no” at one end of the scale and always “yes” at the other.
    """
    if abs(correlation) >= LEAK_CORRELATION:
        return True
    ends = sorted(c.estimate for c in (cells[0], cells[-1]) if c.estimate is not None)
    return binary and len(ends) > 1 and ends[0] <= _SURE_SHARE and ends[-1] >= 1 - _SURE_SHARE


def is_leaked(link: Linkage) -> bool:
    """Tell whether a linkage carries the leak warning."""
    warning = LEAK.format(outcome=link.outcome_label, rating=link.satisfaction_label)
    return warning in link.notes


def corrected(linkages: Sequence[Linkage], level: float) -> tuple[Linkage, ...]:
    """Correct the trend tests as one family, and the top-against-bottom tests as another."""
    q = benjamini_hochberg([np.nan if link.p is None else link.p for link in linkages])
    ends = [link.bands[-1].comparison if link.bands else None for link in linkages]
    p_ends = [np.nan if c is None or c.p is None else c.p for c in ends]
    q_ends = benjamini_hochberg(p_ends)
    family = int(np.isfinite(p_ends).sum())
    done = []
    for link, qi, comparison, q_end in zip(linkages, q, ends, q_ends, strict=True):
        bands = link.bands
        if comparison is not None and np.isfinite(q_end):
            word = Call(str(call(comparison.call is Call.STABLE, q_end, level)))
            settled = replace(comparison, q=float(q_end), family=family, call=word)
            bands = (*bands[:-1], replace(bands[-1], comparison=settled))
        done.append(replace(link, q=_known(float(qi)), bands=bands))
    return tuple(done)
