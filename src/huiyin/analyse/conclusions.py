"""The summary in plain sentences, in the order a reader asks; never more than the calls allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from huiyin.analyse import conclusion_words as w
from huiyin.analyse.contracts import (
    Conclusion,
    DriverResult,
    Findings,
    GroupDifferences,
    LedgerScore,
    Linkage,
    Quadrant,
    Trend,
)
from huiyin.analyse.linkage import LEAK, is_leaked
from huiyin.analyse.main_answers import main_answers
from huiyin.analyse.wording import (
    difference_words,
    interval_words,
    list_words,
    short,
    what_it_lacks,
)
from huiyin.clean.contracts import Ledger
from huiyin.codebook.contracts import Codebook
from huiyin.core.numbers import number_text, range_text
from huiyin.core.text import EN, ZH, Text
from huiyin.core.units import COUNTED_TEXT
from huiyin.measure.contracts import Call, Cell, Definition, Result, Unit

MOST_LEVELS = 4
MOST_DIMENSIONS = 3
MOST_NAMED = 3
_HALF_SHARE = 0.5
_LITTLE_EXPLAINED = 0.1
_TWO_GROUPS = 2
MOST_DOUBTS = 5


def conclude(findings: Findings) -> tuple[Conclusion, ...]:
    """Write the summary: levels, changes, drivers, groups, linkage, quality, cautions.

    Where nothing is rated the main answers stand in the place of the levels.

    A difference or change is stated only where its call is real; where it cannot be told, the
    sentence says so.
    """
    labels = {d.metric: d for d in findings.definitions}
    found = (
        *_levels(findings, labels),
        *_changes(findings.trends),
        *_drivers(findings.drivers),
        *_groups(findings.groups, labels),
        *_linkages(findings.linkages),
        *_quality(findings.ledger, findings.ledger_scores, labels),
        *_cautions(findings.codebook, findings.scorecard),
    )
    return tuple(replace(one, sentence=one.sentence.begun()) for one in found)


def _levels(findings: Findings, labels: dict[str, Definition]) -> Iterator[Conclusion]:
    if findings.scorecard is None:
        yield from main_answers(findings.questions, findings.level)
        return
    for cell in findings.scorecard.cells[:MOST_LEVELS]:
        label = short(labels[cell.metric].label)
        if cell.estimate is None:
            if cell.not_estimable is not None:
                reason = Text.of({tag: cell.not_estimable.say(tag) for tag in label})
                sentence = w.NO_LEVEL.format(metric=label, reason=reason)
                yield Conclusion("level", "unknown", sentence, "scorecard")
            continue
        meaning, tone = _meaning(cell)
        sentence = w.LEVEL.format(
            metric=label,
            value=number_text(cell.estimate, cell.unit),
            interval=interval_words(cell),
            n=cell.n,
            of=COUNTED_TEXT[cell.counted],
            meaning=meaning,
        )
        yield Conclusion("level", tone, sentence, "scorecard")


def _meaning(cell: Cell) -> tuple[Text, str]:
    if "small_sample" in cell.flags:
        return w.FEW, "unknown"
    if cell.low is None or cell.high is None:
        return Text("", ""), "unknown"
    if cell.unit is Unit.NPS and (cell.low > 0 or cell.high < 0):
        return (w.MORE_PROMOTERS, "good") if cell.low > 0 else (w.MORE_DETRACTORS, "bad")
    if cell.unit is Unit.SHARE and cell.metric.startswith(("satisfied", "easy", "intent")):
        if cell.low > _HALF_SHARE:
            return w.MOST_SATISFIED, "good"
        if cell.high < _HALF_SHARE:
            return w.MINORITY, "bad"
    return Text("", ""), "neutral"


def _changes(trends: Sequence[Trend]) -> Iterator[Conclusion]:
    for trend in trends[:1]:
        real = [c for c in trend.change_points if c.call is Call.REAL]
        for change in real:
            sentence = w.STEP.format(
                metric=short(trend.label),
                period=change.period,
                way=w.RISE if change.difference > 0 else w.FALL,
                before=number_text(change.before, trend.unit),
                after=number_text(change.after, trend.unit),
                size=difference_words(trend.unit, change.difference),
            )
            yield Conclusion("trend", "neutral", sentence, "trend")
        if not real:
            sentence = w.NO_STEP.format(periods=len(trend.cells), metric=short(trend.label))
            yield Conclusion("trend", "neutral", sentence, "trend")
        yield from _last_step(trend)


def _last_step(trend: Trend) -> Iterator[Conclusion]:
    last = trend.cells[-2 if trend.begun else -1]
    comparison = last.comparison
    if comparison is None or comparison.call is None or comparison.difference is None:
        return
    which = w.LAST_WHOLE if trend.begun else w.LAST
    facts = {"which": which, "period": str(last.by["period"]), "metric": short(trend.label)}
    if comparison.call is Call.REAL:
        way = w.RISE if comparison.difference > 0 else w.FALL
        size = difference_words(trend.unit, comparison.difference)
        sentence, tone = w.LAST_REAL.format(way=way, size=size, **facts), "neutral"
    elif comparison.call is Call.STABLE:
        sentence, tone = w.LAST_STABLE.format(**facts), "neutral"
    else:
        more = what_it_lacks(comparison, last)
        sentence, tone = w.LAST_UNKNOWN.format(more=more, **facts), "unknown"
    yield Conclusion("trend", tone, sentence, "trend")


def _drivers(result: DriverResult | None) -> Iterator[Conclusion]:
    if result is None:
        return
    if result.not_estimable is not None:
        absent = result.not_estimable
        reason = Text.of({tag: absent.say(tag) for tag in w.NO_DRIVERS})
        sentence = w.NO_DRIVERS.format(target=short(result.target_label), reason=reason)
        yield Conclusion("driver", "unknown", sentence, "drivers")
        return
    r2 = result.r2 or 0.0
    top = result.drivers[:MOST_NAMED]
    named = [w.DRIVER_SHARE.format(name=list_words((d.label,)), share=d.share) for d in top]
    names = Text("、".join(t.say(ZH) for t in named), ", ".join(t.say(EN) for t in named))
    facts = {
        "target": short(result.target_label),
        "names": names,
        "k": len(result.drivers),
        "r2": r2,
    }
    said = w.DRIVERS.format(**facts)
    if len(result.drivers) == 1:
        said = w.ONE_DRIVER.format(name=list_words((result.drivers[0].label,)), **facts)
    yield Conclusion("driver", "neutral", said, "drivers")
    if r2 < _LITTLE_EXPLAINED:
        yield Conclusion("caution", "unknown", w.LITTLE.format(**facts), "drivers")
    yield from _driver_order(result)


def _driver_order(result: DriverResult) -> Iterator[Conclusion]:
    first, *others = result.drivers
    second = others[0] if others else None
    if second and first.low is not None and second.high is not None and first.low < second.high:
        yield Conclusion("driver", "unknown", w.LEADER_UNSURE, "drivers")
    same = tuple(d.label for d in result.drivers if "same_as_target" in d.flags)
    if same:
        sentence = w.SAME_QUESTION.format(names=list_words(same), target=short(result.target_label))
        yield Conclusion("caution", "unknown", sentence, "drivers")
    urgent = [d for d in result.drivers if d.quadrant is Quadrant.FIX_FIRST and d.priority]
    urgent.sort(key=lambda d: d.priority or 0)
    if urgent:
        labels = tuple(d.label for d in urgent[:MOST_NAMED])
        sentence = w.FIX_FIRST.format(names=list_words(labels))
        yield Conclusion("driver", "bad", sentence, "drivers")
    elif second:
        yield Conclusion("driver", "unknown", w.NO_FIX_FIRST, "drivers")


def _no_groups(n: int) -> Text:
    return w.NO_GROUP_OF_ONE if n == 1 else w.NO_GROUPS.format(n=n)


def _groups(
    groups: Sequence[GroupDifferences], labels: dict[str, Definition]
) -> Iterator[Conclusion]:
    differing = [g for g in groups if g.best or g.worst]
    if groups and not differing:
        yield Conclusion("group", "neutral", _no_groups(len(groups)), "groups")
    for found in differing[:MOST_DIMENSIONS]:
        metric = labels[found.metric].label if found.metric in labels else Text.same(found.metric)
        for names, pattern, tone in (
            (found.worst, w.GROUP_WORST, "bad"),
            (found.best, w.GROUP_BEST, "good"),
        ):
            mirrored = tone == "good" and len(found.cells) == _TWO_GROUPS
            if names and not mirrored:
                sentence = pattern.format(
                    dimension=short(found.label),
                    names=_few_of(names),
                    metric=short(metric),
                    size=_size_of(found, names),
                )
                yield Conclusion("group", tone, sentence, "groups")
    if differing:
        yield Conclusion("group", "neutral", w.ONLY_REAL, "groups")


def _few_of(names: Sequence[str]) -> Text:
    """Name the first few groups, and count them where there are more."""
    words = list_words(tuple(Text.same(name) for name in names[:MOST_NAMED]))
    if len(names) <= MOST_NAMED:
        return words
    return w.AND_MORE_GROUPS.format(names=words, n=len(names) - MOST_NAMED)


def _size_of(found: GroupDifferences, names: Sequence[str]) -> Text:
    """Say the size where one group is named; several differ by several sizes."""
    if len(names) != 1:
        return Text("", "")
    cell = next(c for c in found.cells if c.by[found.dimension] == names[0])
    if cell.comparison is None or cell.comparison.difference is None:
        return Text("", "")
    return w.BY_SIZE.format(size=difference_words(found.unit, cell.comparison.difference))


def _linkages(linkages: Sequence[Linkage]) -> Iterator[Conclusion]:
    for link in linkages[:MOST_NAMED]:
        facts = {"outcome": short(link.outcome_label), "rating": short(link.satisfaction_label)}
        if link.not_estimable is not None or not link.bands:
            continue
        if is_leaked(link):
            yield Conclusion("caution", "unknown", LEAK.format(**facts), "linkage")
            continue
        bottom, top = link.bands[0], link.bands[-1]
        comparison = top.comparison
        if comparison is None or comparison.call is None:
            yield Conclusion("linkage", "unknown", w.LINK_UNKNOWN.format(**facts), "linkage")
        elif comparison.call is Call.REAL:
            sentence = w.LINK_REAL.format(
                top=range_text(str(top.by["band"])),
                bottom=range_text(str(bottom.by["band"])),
                top_value=number_text(top.estimate or 0.0, link.unit),
                bottom_value=number_text(bottom.estimate or 0.0, link.unit),
                size=difference_words(link.unit, comparison.difference or 0.0),
                **facts,
            )
            yield Conclusion("linkage", "neutral", sentence, "linkage")
        elif comparison.call is Call.STABLE:
            yield Conclusion("linkage", "neutral", w.LINK_STABLE.format(**facts), "linkage")
        else:
            yield Conclusion("linkage", "unknown", w.LINK_UNKNOWN.format(**facts), "linkage")


def _quality(
    ledger: Ledger, scores: Sequence[LedgerScore], labels: dict[str, Definition]
) -> Iterator[Conclusion]:
    out = ledger.n_rows - ledger.n_valid
    if out > 0:
        share = out / ledger.n_rows
        sentence = w.ROWS.format(rows=ledger.n_rows, out=out, share=share)
    else:
        sentence = w.NO_ROWS_OUT.format(rows=ledger.n_rows)
    yield Conclusion("quality", "neutral", sentence, "ledger")
    given = {s.metric: s.cell for s in scores if s.rule_id is None}
    for score in scores:
        before = given.get(score.metric)
        definition = labels.get(score.metric)
        if score.rule_id is None or before is None or definition is None:
            continue
        if before.estimate is None or score.cell.estimate is None:
            continue
        if abs(score.cell.estimate - before.estimate) > definition.delta > 0:
            sentence = w.RULE_MATTERS.format(
                rule=score.label,
                metric=short(definition.label),
                given=number_text(before.estimate, before.unit),
                without=number_text(score.cell.estimate, before.unit),
            )
            yield Conclusion("quality", "unknown", sentence, "ledger")


def _cautions(codebook: Codebook, scorecard: Result | None) -> Iterator[Conclusion]:
    doubts = codebook.doubts
    if doubts:
        names = list_words(tuple(Text.same(c.name) for c in doubts[:MOST_DOUBTS]))
        if len(doubts) > MOST_DOUBTS:
            names = w.AND_MORE.format(names=names, n=len(doubts) - MOST_DOUBTS)
        words = w.DOUBT if len(doubts) == 1 else w.DOUBTS
        sentence = words.format(n=len(doubts), names=names)
        yield Conclusion("caution", "unknown", sentence, "method")
    unsure = tuple(d.label for d in scorecard.definition if d.please_check) if scorecard else ()
    if unsure:
        sentence = w.CHECK_CUTS.format(names=list_words(unsure[:MOST_NAMED]))
        yield Conclusion("caution", "unknown", sentence, "method")
