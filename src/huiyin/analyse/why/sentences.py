"""The finding in plain sentences: what changed, where it sits, and what cannot be said."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.analyse.why.shapes import Contributor, Dimension, Span
from huiyin.analyse.wording import difference_words, short
from huiyin.codebook.spoken import spoken
from huiyin.core.numbers import MINUS, difference_text, number_text, share
from huiyin.core.text import EN, ZH, Text
from huiyin.measure.contracts import WINDOW_MARK, Against, Call, Cell, Compare, Unit

ROSE = Text("上升", "rose")
FELL = Text("下降", "fell")
HIGHER = Text("高出", "is higher")
LOWER = Text("低了", "is lower")
OVER_TIME = Text(
    "{metric}从 {before} {way}到 {after}，相差 {size}，{call}。",
    "{metric} {way} from {before} to {after}, by {size}: {call}.",
)
AMONG_GROUPS = Text(
    "{metric}：{after}，{against}是 {before}，{way} {size}，{call}。",
    "{metric} is {after}, {against} is {before}; it {way} by {size}: {call}.",
)
SAME_OVER_TIME = Text(
    "{metric}前后都是 {after}，{call}。", "{metric} is {after} both times: {call}."
)
SAME_AMONG_GROUPS = Text(
    "{metric}：{after}，{against}也是 {before}，{call}。",
    "{metric} is {after}, {against} is {before} too: {call}.",
)
CALLS: dict[Call | None, Text] = {
    Call.REAL: Text("真变化", "a real change"),
    Call.STABLE: Text("基本持平", "no meaningful change"),
    Call.CANNOT_TELL: Text("无法判断是不是真的变了", "whether it really changed cannot be told"),
    None: Text("无法检验", "cannot be tested"),
}
GROUP_CALLS: dict[Call | None, Text] = CALLS | {
    Call.REAL: Text("真差异", "a real difference"),
    Call.STABLE: Text("大致相同", "about the same"),
    Call.CANNOT_TELL: Text("无法判断是不是真有差别", "whether they really differ cannot be told"),
}
TOP = Text(
    "最突出的是{group}：占 {share}，带来 {part}{span}{ratio}。",
    "What stands out most is {group}: {share} of all, it brings {part}{span}{ratio}.",
)
RATIO = Text("，相当于全部变化的 {ratio:.0%}", ", {ratio:.0%} of the whole change")
BY_RATE = Text(
    "那里的{metric}从 {before} 变到 {after}。", "There {metric} went from {before} to {after}."
)
BY_MIX = Text(
    "主要是它的占比变了：从 {before} 到 {after}。",
    "It is mostly its share that changed: from {before} to {after}.",
)
NEW = Text("它是新出现的一组。", "The group is new.")
GONE = Text("这一组后来没有了。", "The group is there no more.")
ALSO = Text("{groups}也很突出。", "{groups} stand out too.")
NO_OTHER_SIDE = Text("{metric}没有可比的另一方。", "{metric} has no other side to compare with.")
NO_NUMBER = Text("{metric}拆不开：{why}。", "{metric} cannot be taken apart: {why}.")
HOLDS = Text("{group}在往反方向拉。", "{group} pulls the other way.")
NOBODY = Text(
    "没有哪一组确实格外突出：变化摊在各组上，或答卷还不够多。",
    "No group surely stands out: the change is spread over all of them, or there are too few "
    "answers.",
)
PARADOX = Text(
    "按“{dimension}”看，组内其实是反着走的：总数变了，是因为各组的占比变了（辛普森悖论）。",
    "By “{dimension}” it went the other way within the groups: the total moved because their "
    "shares did (Simpson's paradox).",
)
REPLACED = Text(
    "“{dimension}”前后没有一组相同（之前是{before}，之后是{after}）：变化和这次更换分不开。",
    "No group of “{dimension}” stands on both sides ({before} before, {after} after): the change "
    "cannot be told from this changeover.",
)
BY_SHARES = Text(
    "按“{dimension}”看，变化的 {ratio:.0%} 来自各组占比变了{new}，不是组内变了。",
    "By “{dimension}” {ratio:.0%} of the change comes from other shares of the groups{new}, not "
    "from within them.",
)
WITH_NEW = Text("（新出现{groups}）", " ({groups} are new)")
WITH_ONE_NEW = Text("（新出现{groups}）", " ({groups} is new)")
NOT_A_CAUSE = Text(
    "这里说的是变化落在哪里，不是为什么发生。",
    "This says where the change sits, not what brought it about.",
)
INTERVAL = Text("（{level:.0%} 区间 {low} 至 {high}）", " ({level:.0%} interval {low} to {high})")
MOST_ALSO = 2
MOST_NAMED = 3
_MOSTLY = 0.5
"""From this part of the change on, other shares of the groups are what it mostly comes from."""
_WHOLE = 1.5
"""Beyond this part of the change a ratio only confuses: others pull back."""


def finding(
    whole: Cell,
    compare: Compare,
    dimensions: Sequence[Dimension],
    contributors: Sequence[Contributor],
) -> Text:
    """Say what changed, and where it sits; never more than the calls allow."""
    if whole.comparison is None or whole.comparison.difference is None:
        return _absent(whole)
    shares = _shares(whole, dimensions)
    where = _where(whole, contributors)
    sentences = [_change(whole, compare), *(one for one in where if not shares or one != NOBODY)]
    sentences += shares
    sentences += [
        PARADOX.format(dimension=short(spoken(d.label))) for d in dimensions if d.reversed
    ][:1]
    if shares or any(c.call is Call.REAL for c in contributors):
        sentences.append(NOT_A_CAUSE)
    return Text.of({ZH: "".join(s.say(ZH) for s in sentences),
                    EN: " ".join(s.say(EN) for s in sentences)})  # fmt: skip


def _absent(whole: Cell) -> Text:
    """Say why nothing is taken apart: the number itself is not there, or its other side."""
    metric, absent = short(whole.label), whole.not_estimable
    if absent is None:
        return NO_OTHER_SIDE.format(metric=metric)
    return NO_NUMBER.format(metric=metric, why=Text(absent.say(ZH), absent.say(EN)))


def _change(whole: Cell, compare: Compare) -> Text:
    compared = whole.comparison
    if compared is None or compared.difference is None or whole.estimate is None:
        return NO_OTHER_SIDE.format(metric=short(whole.label))
    groups = compare.against is Against.GROUP
    up = compared.difference >= 0
    words = (HIGHER, LOWER) if groups else (ROSE, FELL)
    before = number_text(compared.reference, whole.unit)
    after = number_text(whole.estimate, whole.unit)
    return _change_words(groups=groups, same=before == after).format(
        metric=short(whole.label),
        before=before,
        after=after,
        way=words[0] if up else words[1],
        size=difference_words(whole.unit, compared.difference),
        call=(GROUP_CALLS if groups else CALLS)[compared.call],
        against=f"“{compare.value}”" if groups else WINDOW_MARK,
    )


def _change_words(*, groups: bool, same: bool) -> Text:
    """Choose the sentence: what shows as the same number twice neither rose nor fell."""
    if same:
        return SAME_AMONG_GROUPS if groups else SAME_OVER_TIME
    return AMONG_GROUPS if groups else OVER_TIME


def _where(whole: Cell, contributors: Sequence[Contributor]) -> list[Text]:
    real = [c for c in contributors if c.call is Call.REAL]
    pushing = [c for c in real if c.pushes]
    holding = [c for c in real if not c.pushes]
    if not pushing:
        return [NOBODY, *(HOLDS.format(group=group_words(c)) for c in holding[:1])]
    top = pushing[0]
    found = [_top(whole, top), *_how(whole, top)]
    more = [c for c in pushing[1:] if c.dimension == top.dimension][:MOST_ALSO]
    if more:
        found.append(ALSO.format(groups=groups_listed(more)))
    against = [c for c in holding if c.dimension == top.dimension and not mirrors(c, top)]
    return found + [HOLDS.format(group=group_words(c)) for c in against[:1]]


def _shares(whole: Cell, dimensions: Sequence[Dimension]) -> list[Text]:
    """Say where a real change comes with other groups, or with other shares of the same ones."""
    compared = whole.comparison
    if compared is None or compared.call is not Call.REAL or not compared.difference:
        return []
    found = [_replaced_words(one) for one in dimensions if one.replaced][:1]
    for one in dimensions:
        ratio = one.mix.estimate / compared.difference
        sure = one.mix_q is not None and one.mix_q < 1 - whole.level
        if sure and _MOSTLY <= ratio <= _WHOLE and not one.reversed:
            return [*found, _shares_words(one, ratio)]
    return found


def _replaced_words(one: Dimension) -> Text:
    before, after = (
        _values([g for g in one.groups if (g.n_after if new else g.n_before)])
        for new in (False, True)
    )
    return REPLACED.format(dimension=short(spoken(one.label)), before=before, after=after)


def _shares_words(one: Dimension, ratio: float) -> Text:
    new = [g for g in one.groups if "new" in g.flags and not g.folded]
    words = WITH_ONE_NEW if len(new) == 1 else WITH_NEW
    said = words.format(groups=_values(new)) if new else Text("", "")
    return BY_SHARES.format(dimension=short(spoken(one.label)), ratio=ratio, new=said)


def _values(groups: Sequence[Contributor]) -> Text:
    """Name groups without their dimension, the largest first; of many it is said how many."""
    largest = sorted(groups, key=lambda g: -(g.n_before + g.n_after))
    said = [_value(g) for g in largest[:MOST_NAMED]]
    named = Text(
        "、".join(f"“{one.say(ZH)}”" for one in said), ", ".join(f"“{one.say(EN)}”" for one in said)
    )
    if len(groups) <= MOST_NAMED:
        return named
    return Text("{named}等 {n} 组", "{named} and others, {n} groups").format(
        named=named, n=len(groups)
    )


def _value(group: Contributor) -> Text:
    return Text("未填", "not given") if group.value is None else short(Text.same(group.value))


def mirrors(one: Contributor, top: Contributor) -> bool:
    """Tell whether a group is only the other side of the first: what one has beyond, it lacks."""
    return abs(one.beyond.estimate + top.beyond.estimate) < abs(top.beyond.estimate) / 2


def _top(whole: Cell, top: Contributor) -> Text:
    change = whole.comparison.difference if whole.comparison else None
    ratio = top.contribution.estimate / change if change else 0.0
    shown = 0 < ratio <= _WHOLE
    return TOP.format(
        group=group_words(top),
        share=share((top.share_before + top.share_after) / 2),
        part=signed_words(whole.unit, top.contribution.estimate),
        span=span_words(top.contribution, whole),
        ratio=RATIO.format(ratio=ratio) if shown else Text("", ""),
    )


def _how(whole: Cell, top: Contributor) -> list[Text]:
    if "new" in top.flags or "gone" in top.flags:
        return [NEW if "new" in top.flags else GONE]
    if abs(top.mix) > abs(top.rate):
        return [BY_MIX.format(before=share(top.share_before), after=share(top.share_after))]
    before, after = (number_text(v, whole.unit) for v in (top.before, top.after))
    return [BY_RATE.format(metric=short(whole.label), before=before, after=after)]


def span_words(span: Span, whole: Cell) -> Text:
    """Write an interval in brackets; nothing where there is none."""
    if span.low is None or span.high is None:
        return Text("", "")
    low, high = (difference_text(v, whole.unit) for v in (span.low, span.high))
    return INTERVAL.format(level=whole.level, low=low, high=high)


def signed_words(unit: Unit, difference: float) -> Text:
    """Write a difference with its sign."""
    mark = MINUS if difference < 0 else "+"
    size = difference_words(unit, difference)
    return Text.of({tag: mark + words for tag, words in size.items()})


def group_words(group: Contributor) -> Text:
    """Name a group with its dimension."""
    return Text("“{d}＝{v}”", "“{d} = {v}”").format(d=short(spoken(group.label)), v=_value(group))


def groups_listed(groups: Sequence[Contributor]) -> Text:
    """Name groups with their dimensions, in a row."""
    said = [group_words(g) for g in groups]
    return Text("、".join(s.say(ZH) for s in said), ", ".join(s.say(EN) for s in said))
