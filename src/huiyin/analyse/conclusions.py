"""The summary in plain sentences, in the order a reader asks; never more than the calls allow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

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
from huiyin.analyse.wording import difference_words, interval_words, list_words, short
from huiyin.clean.contracts import Ledger
from huiyin.codebook.contracts import Codebook
from huiyin.core.numbers import number, range_text
from huiyin.core.text import EN, ZH, Text
from huiyin.measure.contracts import Call, Cell, Definition, Result, Unit

MOST_LEVELS = 4
MOST_DIMENSIONS = 3
MOST_NAMED = 3
_HALF_SHARE = 0.5
_LITTLE_EXPLAINED = 0.1
_TWO_GROUPS = 2

LEVEL = Text(
    "{metric}：{value}（{interval}，{n:,} 份回答）{meaning}。",
    "{metric} is {value} ({interval}, {n:,} answers){meaning}.",
)
NO_LEVEL = Text("{metric}给不出：{reason}。", "{metric} cannot be given: {reason}.")
NOTHING_TO_SCORE = Text(
    "没有总体评分（总体满意度、NPS、意愿、费力度），给不出总分；可用 --set 指定哪一列是评分。",
    "There is no overall rating (satisfaction, NPS, intention, effort), so no overall score: say "
    "with --set which column is one.",
)
FEW = Text("，样本偏小，只能看个大概", ", a small sample, so only roughly")
MORE_PROMOTERS = Text("，推荐者确实多于贬损者", ", surely more promoters than detractors")
MORE_DETRACTORS = Text("，贬损者确实多于推荐者", ", surely more detractors than promoters")
MOST_SATISFIED = Text("，确实过半", ", surely more than half")
MINORITY = Text("，确实不到一半", ", surely less than half")

STEP = Text(
    "{metric}从 {period} 起{way}到新的水平：{before} → {after}，相差 {size}，真变化。",
    "{metric} {way} to a new level from {period} on: {before} → {after}, by {size}: a real change.",
)
LAST_REAL = Text(
    "最近一期（{period}）{metric}比上一期{way} {size}，真变化。",
    "In the last period ({period}) {metric} {way} by {size}: a real change.",
)
LAST_STABLE = Text(
    "最近一期（{period}）{metric}与上一期基本持平。",
    "In the last period ({period}) {metric} held steady.",
)
LAST_UNKNOWN = Text(
    "最近一期（{period}）{metric}与上一期相比无法判断有没有变{more}。",
    "Whether {metric} changed in the last period ({period}) cannot be told{more}.",
)
MORE_ANSWERS = Text("，约再收 {n:,} 份回答才够", "; about {n:,} more answers would do")
NO_STEP = Text(
    "{periods} 期以来，没有发现{metric}有持久的变化。",
    "No lasting change of {metric} was found over {periods} periods.",
)

DRIVERS = Text(
    "与“{target}”关系最密切的是{names}；全部 {k} 项合起来解释了它 {r2:.0%} 的差异。",
    "Most closely tied to “{target}” are {names}; all {k} together explain {r2:.0%} of its "
    "differences.",
)
ONE_DRIVER = Text(
    "能用来解释“{target}”的评分只有{name}一项，它解释了 {r2:.0%} 的差异。",
    "Only one rating could be set against “{target}”: {name} explains {r2:.0%} of its differences.",
)
DRIVER_SHARE = Text("{name}（占 {share:.0%}）", "{name} ({share:.0%})")
LEADER_UNSURE = Text(
    "第一名和第二名的先后分不清（区间重叠）。",
    "Which of the first two comes first cannot be told (their intervals overlap).",
)
FIX_FIRST = Text(
    "先改{names}：关系密切，得分又确实低于各方面平均。",
    "Mend {names} first: closely tied, and scoring really below the mean of the aspects.",
)
NO_FIX_FIRST = Text(
    "没有哪一项能确定既关系密切、得分又偏低，先改哪一项还无法判断。",
    "No aspect is surely both closely tied and low: what to mend first cannot be told.",
)
LITTLE = Text(
    "这些评分对“{target}”解释得很少，重要性排名只作参考。",
    "These ratings explain little of “{target}”: take their ranking as a hint.",
)
SAME_QUESTION = Text(
    "{names}与“{target}”几乎是同一个问题，它们排在前面说明不了多少。",
    "{names} nearly repeat the question “{target}”: that they lead says little.",
)
NO_DRIVERS = Text(
    "“{target}”的驱动因素给不出：{reason}。", "Drivers of “{target}” cannot be given: {reason}."
)

GROUP_WORST = Text(
    "按“{dimension}”看，{names}确实低于其余{size}（{metric}）。",
    "By “{dimension}”, {metric} of {names} is really below the rest{size}.",
)
GROUP_BEST = Text(
    "按“{dimension}”看，{names}确实高于其余{size}（{metric}）。",
    "By “{dimension}”, {metric} of {names} is really above the rest{size}.",
)
BY_SIZE = Text(" {size}", " (by {size})")
AND_MORE = Text("{names}等 {n} 组", "{names} ({n} groups in all)")
ONLY_REAL = Text(
    "其他组的高低都可能是偶然，不宜排名。",
    "Other highs and lows may be chance: better not rank them.",
)
NO_GROUPS = Text(
    "比较了 {n} 个维度，没有发现哪个组确实比其余更好或更差。",
    "Over {n} dimensions no group was found really better or worse than the rest.",
)
NO_GROUP_OF_ONE = Text(
    "比较了 1 个维度，没有发现哪个组确实比其余更好或更差。",
    "Over the one dimension no group was found really better or worse than the rest.",
)

LINK_REAL = Text(
    "“{rating}”打 {top} 分的客户，“{outcome}”为 {top_value}；打 {bottom} 分的为 {bottom_value}，"
    "确有差别（{size}）。两者相关，谁影响谁还说不准。",
    "“{outcome}” is {top_value} among customers rating “{rating}” {top}, {bottom_value} among "
    "those rating {bottom}: a real difference ({size}). They go together; which acts on which is "
    "open.",
)
LINK_STABLE = Text(
    "“{outcome}”在“{rating}”高分和低分客户之间基本持平。",
    "“{outcome}” is about the same among customers rating “{rating}” high and low.",
)
LINK_UNKNOWN = Text(
    "“{outcome}”在“{rating}”高分和低分客户之间有没有差别，无法判断。",
    "Whether “{outcome}” differs between customers rating “{rating}” high and low cannot be told.",
)

ROWS = Text(
    "{rows:,} 行里有 {out:,} 行按清洗规则未计入（{share:.1%}），数据本身没有删除。",
    "Of {rows:,} rows {out:,} were left out by cleaning rules ({share:.1%}); nothing was deleted.",
)
NO_ROWS_OUT = Text(
    "{rows:,} 行全部计入，没有一行触发“不计入”的清洗规则。",
    "All {rows:,} rows count: no excluding rule was met.",
)
RULE_MATTERS = Text(
    "清洗规则对结果有影响：{rule}，{metric}会从 {given} 变为 {without}。",
    "A cleaning rule matters: {rule}, {metric} goes from {given} to {without}.",
)
DOUBTS = Text(
    "有 {n} 列的含义没有把握，未用于计算，请核对：{names}。",
    "The meaning of {n} columns is not sure; they were not used, please check: {names}.",
)
MOST_DOUBTS = 5
AND_MORE = Text("{names}和另外 {n} 列", "{names} and {n} more")
AND_MORE_GROUPS = Text("{names}和另外 {n} 组", "{names} and {n} more")
DOUBT = Text(
    "有 1 列的含义没有把握，未用于计算，请核对：{names}。",
    "The meaning of 1 column is not sure; it was not used, please check: {names}.",
)
CHECK_CUTS = Text(
    "{names}的划线方式请核对（见方法页）。", "Please check the cuts of {names} (method page)."
)
RISE = Text("上升", "rose")
FALL = Text("下降", "fell")


def conclude(findings: Findings) -> tuple[Conclusion, ...]:
    """Write the summary: levels, changes, drivers, groups, linkage, quality, cautions.

    A difference or change is stated only where its call is real; where it cannot be told, the
    sentence says so.
    """
    labels = {d.metric: d for d in findings.definitions}
    found = (
        *_levels(findings.scorecard, labels),
        *_changes(findings.trends),
        *_drivers(findings.drivers),
        *_groups(findings.groups, labels),
        *_linkages(findings.linkages),
        *_quality(findings.ledger, findings.ledger_scores, labels),
        *_cautions(findings.codebook, findings.scorecard),
    )
    return tuple(replace(one, sentence=one.sentence.begun()) for one in found)


def _levels(scorecard: Result | None, labels: dict[str, Definition]) -> Iterator[Conclusion]:
    if scorecard is None:
        yield Conclusion("level", "unknown", NOTHING_TO_SCORE, "scorecard")
        return
    for cell in scorecard.cells[:MOST_LEVELS]:
        label = short(labels[cell.metric].label)
        if cell.estimate is None:
            if cell.not_estimable is not None:
                reason = Text.of({tag: cell.not_estimable.say(tag) for tag in label})
                sentence = NO_LEVEL.format(metric=label, reason=reason)
                yield Conclusion("level", "unknown", sentence, "scorecard")
            continue
        meaning, tone = _meaning(cell)
        sentence = LEVEL.format(
            metric=label,
            value=number(cell.estimate, cell.unit),
            interval=interval_words(cell),
            n=cell.n,
            meaning=meaning,
        )
        yield Conclusion("level", tone, sentence, "scorecard")


def _meaning(cell: Cell) -> tuple[Text, str]:
    if "small_sample" in cell.flags:
        return FEW, "unknown"
    if cell.low is None or cell.high is None:
        return Text("", ""), "unknown"
    if cell.unit is Unit.NPS and (cell.low > 0 or cell.high < 0):
        return (MORE_PROMOTERS, "good") if cell.low > 0 else (MORE_DETRACTORS, "bad")
    if cell.unit is Unit.SHARE and cell.metric.startswith(("satisfied", "easy", "intent")):
        if cell.low > _HALF_SHARE:
            return MOST_SATISFIED, "good"
        if cell.high < _HALF_SHARE:
            return MINORITY, "bad"
    return Text("", ""), "neutral"


def _changes(trends: Sequence[Trend]) -> Iterator[Conclusion]:
    for trend in trends[:1]:
        real = [c for c in trend.change_points if c.call is Call.REAL]
        for change in real:
            sentence = STEP.format(
                metric=short(trend.label),
                period=change.period,
                way=RISE if change.difference > 0 else FALL,
                before=number(change.before, trend.unit),
                after=number(change.after, trend.unit),
                size=difference_words(trend.unit, change.difference),
            )
            yield Conclusion("trend", "neutral", sentence, "trend")
        if not real:
            sentence = NO_STEP.format(periods=len(trend.cells), metric=short(trend.label))
            yield Conclusion("trend", "neutral", sentence, "trend")
        yield from _last_step(trend)


def _last_step(trend: Trend) -> Iterator[Conclusion]:
    last = trend.cells[-1]
    comparison = last.comparison
    if comparison is None or comparison.call is None or comparison.difference is None:
        return
    facts = {"period": str(last.by["period"]), "metric": short(trend.label)}
    if comparison.call is Call.REAL:
        way = RISE if comparison.difference > 0 else FALL
        size = difference_words(trend.unit, comparison.difference)
        sentence, tone = LAST_REAL.format(way=way, size=size, **facts), "neutral"
    elif comparison.call is Call.STABLE:
        sentence, tone = LAST_STABLE.format(**facts), "neutral"
    else:
        needed = comparison.n_more
        more = MORE_ANSWERS.format(n=needed) if needed else Text("", "")
        sentence, tone = LAST_UNKNOWN.format(more=more, **facts), "unknown"
    yield Conclusion("trend", tone, sentence, "trend")


def _drivers(result: DriverResult | None) -> Iterator[Conclusion]:
    if result is None:
        return
    if result.not_estimable is not None:
        absent = result.not_estimable
        reason = Text.of({tag: absent.say(tag) for tag in NO_DRIVERS})
        sentence = NO_DRIVERS.format(target=short(result.target_label), reason=reason)
        yield Conclusion("driver", "unknown", sentence, "drivers")
        return
    r2 = result.r2 or 0.0
    top = result.drivers[:MOST_NAMED]
    named = [DRIVER_SHARE.format(name=list_words((d.label,)), share=d.share) for d in top]
    names = Text("、".join(t.say(ZH) for t in named), ", ".join(t.say(EN) for t in named))
    facts = {
        "target": short(result.target_label),
        "names": names,
        "k": len(result.drivers),
        "r2": r2,
    }
    said = DRIVERS.format(**facts)
    if len(result.drivers) == 1:
        said = ONE_DRIVER.format(name=list_words((result.drivers[0].label,)), **facts)
    yield Conclusion("driver", "neutral", said, "drivers")
    if r2 < _LITTLE_EXPLAINED:
        yield Conclusion("caution", "unknown", LITTLE.format(**facts), "drivers")
    yield from _driver_order(result)


def _driver_order(result: DriverResult) -> Iterator[Conclusion]:
    first, *others = result.drivers
    second = others[0] if others else None
    if second and first.low is not None and second.high is not None and first.low < second.high:
        yield Conclusion("driver", "unknown", LEADER_UNSURE, "drivers")
    same = tuple(d.label for d in result.drivers if "same_as_target" in d.flags)
    if same:
        sentence = SAME_QUESTION.format(names=list_words(same), target=short(result.target_label))
        yield Conclusion("caution", "unknown", sentence, "drivers")
    urgent = [d for d in result.drivers if d.quadrant is Quadrant.FIX_FIRST and d.priority]
    urgent.sort(key=lambda d: d.priority or 0)
    if urgent:
        labels = tuple(d.label for d in urgent[:MOST_NAMED])
        sentence = FIX_FIRST.format(names=list_words(labels))
        yield Conclusion("driver", "bad", sentence, "drivers")
    elif second:
        yield Conclusion("driver", "unknown", NO_FIX_FIRST, "drivers")


def _no_groups(n: int) -> Text:
    return NO_GROUP_OF_ONE if n == 1 else NO_GROUPS.format(n=n)


def _groups(
    groups: Sequence[GroupDifferences], labels: dict[str, Definition]
) -> Iterator[Conclusion]:
    differing = [g for g in groups if g.best or g.worst]
    if groups and not differing:
        yield Conclusion("group", "neutral", _no_groups(len(groups)), "groups")
    for found in differing[:MOST_DIMENSIONS]:
        metric = labels[found.metric].label if found.metric in labels else Text.same(found.metric)
        for names, pattern, tone in (
            (found.worst, GROUP_WORST, "bad"),
            (found.best, GROUP_BEST, "good"),
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
        yield Conclusion("group", "neutral", ONLY_REAL, "groups")


def _few_of(names: Sequence[str]) -> Text:
    """Name the first few groups, and count them where there are more."""
    words = list_words(tuple(Text.same(name) for name in names[:MOST_NAMED]))
    if len(names) <= MOST_NAMED:
        return words
    return AND_MORE_GROUPS.format(names=words, n=len(names) - MOST_NAMED)


def _size_of(found: GroupDifferences, names: Sequence[str]) -> Text:
    """Say the size where one group is named; several differ by several sizes."""
    if len(names) != 1:
        return Text("", "")
    cell = next(c for c in found.cells if c.by[found.dimension] == names[0])
    if cell.comparison is None or cell.comparison.difference is None:
        return Text("", "")
    return BY_SIZE.format(size=difference_words(found.unit, cell.comparison.difference))


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
            yield Conclusion("linkage", "unknown", LINK_UNKNOWN.format(**facts), "linkage")
        elif comparison.call is Call.REAL:
            sentence = LINK_REAL.format(
                top=range_text(str(top.by["band"])),
                bottom=range_text(str(bottom.by["band"])),
                top_value=number(top.estimate or 0.0, link.unit),
                bottom_value=number(bottom.estimate or 0.0, link.unit),
                size=difference_words(link.unit, comparison.difference or 0.0),
                **facts,
            )
            yield Conclusion("linkage", "neutral", sentence, "linkage")
        elif comparison.call is Call.STABLE:
            yield Conclusion("linkage", "neutral", LINK_STABLE.format(**facts), "linkage")
        else:
            yield Conclusion("linkage", "unknown", LINK_UNKNOWN.format(**facts), "linkage")


def _quality(
    ledger: Ledger, scores: Sequence[LedgerScore], labels: dict[str, Definition]
) -> Iterator[Conclusion]:
    out = ledger.n_rows - ledger.n_valid
    if out > 0:
        share = out / ledger.n_rows
        sentence = ROWS.format(rows=ledger.n_rows, out=out, share=share)
    else:
        sentence = NO_ROWS_OUT.format(rows=ledger.n_rows)
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
            sentence = RULE_MATTERS.format(
                rule=score.label,
                metric=short(definition.label),
                given=number(before.estimate, before.unit),
                without=number(score.cell.estimate, before.unit),
            )
            yield Conclusion("quality", "unknown", sentence, "ledger")


def _cautions(codebook: Codebook, scorecard: Result | None) -> Iterator[Conclusion]:
    doubts = codebook.doubts
    if doubts:
        names = list_words(tuple(Text.same(c.name) for c in doubts[:MOST_DOUBTS]))
        if len(doubts) > MOST_DOUBTS:
            names = AND_MORE.format(names=names, n=len(doubts) - MOST_DOUBTS)
        words = DOUBT if len(doubts) == 1 else DOUBTS
        sentence = words.format(n=len(doubts), names=names)
        yield Conclusion("caution", "unknown", sentence, "method")
    unsure = tuple(d.label for d in scorecard.definition if d.please_check) if scorecard else ()
    if unsure:
        sentence = CHECK_CUTS.format(names=list_words(unsure[:MOST_NAMED]))
        yield Conclusion("caution", "unknown", sentence, "method")
