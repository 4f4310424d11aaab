"""The action table: weak aspects, why they are on it, what is suggested; owner and date open."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.analyse.contracts import Action, Driver, DriverResult, Quadrant
from huiyin.analyse.measures import suggested_measure
from huiyin.analyse.wording import short
from huiyin.codebook.contracts import Codebook
from huiyin.core.text import Text
from huiyin.core.units import BOUNDS, Unit, within
from huiyin.measure.contracts import Cell, Result

MOST_ACTIONS = 6
_NOT_ACTED_ON = frozenset({Quadrant.KEEP_UP, Quadrant.POSSIBLE_OVERKILL})

DRIVER_EVIDENCE = Text(
    "得分 {score:.1f}{interval}，{against}；"
    "在可解释的“{target}”差异里占 {share:.1%}{share_interval}。",
    "Scores {score:.1f}{interval}, {against}; holds {share:.1%}{share_interval} of the explained "
    "differences in “{target}”.",
)
ALONE = Text(
    "得分 {score:.1f}{interval}；没有别的评分可以相比。",
    "Scores {score:.1f}{interval}; there is no other rating to set it against.",
)
ASPECT_EVIDENCE = Text(
    "得分 {score:.1f}{interval}，{against}。", "Scores {score:.1f}{interval}, {against}."
)
SURELY_BELOW = Text("确实低于各方面平均 {cut:.1f}", "really below the aspects' mean of {cut:.1f}")
ABOUT_MEAN = Text("与各方面平均 {cut:.1f} 分不开", "not clearly off the aspects' mean of {cut:.1f}")
ABOVE_MEAN = Text(
    "虽高于各方面平均 {cut:.1f}，仍有提升空间",
    "above the aspects' mean of {cut:.1f}, with room left",
)
INTERVAL = "（{low:.1f}–{high:.1f}）"
SHARE_INTERVAL = "（{low:.1%}–{high:.1%}）"


def suggest_actions(
    codebook: Codebook, drivers: DriverResult | None, aspects: Result | None
) -> tuple[Action, ...]:
    """List what to mend first.

    With drivers: those ranked by importance × room left, without what already does well; without
    drivers: the aspects whose score really lies below the mean of all.
    """
    if drivers is not None and drivers.drivers and drivers.performance_cut is not None:
        ranked = [d for d in drivers.drivers if d.priority is not None]
        ranked = [d for d in ranked if d.quadrant not in _NOT_ACTED_ON]
        ranked.sort(key=lambda d: (d.quadrant is not Quadrant.FIX_FIRST, d.priority or 0))
        return tuple(
            _of_driver(place, driver, drivers)
            for place, driver in enumerate(ranked[:MOST_ACTIONS], start=1)
        )
    return _of_aspects(codebook, aspects.cells) if aspects is not None else ()


def _of_driver(place: int, driver: Driver, result: DriverResult) -> Action:
    score, cut = driver.performance or 0.0, result.performance_cut or 0.0
    interval = _interval(INTERVAL, driver.performance_low, driver.performance_high, Unit.POINTS)
    evidence = DRIVER_EVIDENCE.format(
        score=score,
        interval=interval,
        against=_against(score, driver.performance_high, driver.performance_low, cut),
        target=short(result.target_label),
        share=driver.share,
        share_interval=_interval(SHARE_INTERVAL, driver.low, driver.high, Unit.SHARE),
    )
    if len(result.drivers) == 1:
        evidence = ALONE.format(score=score, interval=interval)
    return Action(
        priority=place,
        aspect=driver.column,
        label=driver.label,
        evidence=evidence,
        measure=suggested_measure(driver.column, driver.label),
        metric=f"score:{driver.column}",
    )


def _interval(pattern: str, low: float | None, high: float | None, unit: Unit) -> Text:
    if low is None or high is None:
        return Text("", "")
    bounds = BOUNDS[unit]
    zh = pattern.format(low=within(low, bounds), high=within(high, bounds))
    return Text(zh, zh.replace("（", " (").replace("）", ")"))


def _against(score: float, high: float | None, low: float | None, cut: float) -> Text:
    if high is not None and high < cut:
        return SURELY_BELOW.format(cut=cut)
    if low is not None and low > cut:
        return ABOVE_MEAN.format(cut=cut)
    if high is None and score < cut:
        return SURELY_BELOW.format(cut=cut)
    return ABOUT_MEAN.format(cut=cut)


def _of_aspects(codebook: Codebook, cells: Sequence[Cell]) -> tuple[Action, ...]:
    scored = [(c, c.estimate) for c in cells if c.estimate is not None]
    if len(scored) < 2:  # noqa: PLR2004 -- a mean of one is no yardstick
        return ()
    cut = sum(estimate for _, estimate in scored) / len(scored)
    weak = [(e, c) for c, e in scored if c.high is not None and c.high < cut]
    weak.sort(key=lambda pair: pair[0])
    actions = []
    for place, (estimate, cell) in enumerate(weak[:MOST_ACTIONS], start=1):
        name = cell.metric.partition(":")[2]
        label = codebook[name].label
        evidence = ASPECT_EVIDENCE.format(
            score=estimate,
            interval=_interval(INTERVAL, cell.low, cell.high, Unit.POINTS),
            against=SURELY_BELOW.format(cut=cut),
        )
        measure = suggested_measure(name, label)
        actions.append(Action(place, name, label, evidence, measure, cell.metric))
    return tuple(actions)
