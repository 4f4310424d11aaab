"""The finding about a gap to a competitor in plain sentences: how far, on what, in which groups."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.analyse.why.sentences import (
    GROUP_CALLS,
    INTERVAL,
    MOST_ALSO,
    MOST_NAMED,
    group_words,
    groups_listed,
    mirrors,
    signed_words,
    span_words,
)
from huiyin.analyse.why.shapes import Contributor, Gap
from huiyin.analyse.wording import difference_words, short
from huiyin.core.numbers import difference_text, number_text, share
from huiyin.core.text import EN, ZH, Text
from huiyin.measure.contracts import Call, Cell, Definition

Named = tuple[Cell, Text]
"""A number, and what is rated in it."""
NO_GAP = Text("{metric}和{rival}比不了：{why}。", "{metric} cannot be set beside {rival}: {why}.")
NOBODY_BOTH = Text("没有人两家都评过", "nobody rated both")
ALIKE = Text("每个人给两家打的差都一样，算不出误差", "everybody rates them equally far apart")
TOO_FEW = Text("两家都评过的人太少，不能说", "too few rated both to be told")
WHOLE = Text(
    "两家都评过的 {n} 份答卷里，{metric}：我们 {ours}、{rival} {theirs}，"
    "我们{way} {size}{span}，{call}。",
    "Of {n} answers that rated both, {metric} is {ours} for us and {theirs} for {rival}: {size} "
    "{way}{span}, {call}.",
)
SAME = Text(
    "两家都评过的 {n} 份答卷里，{metric}：我们和{rival}都是 {ours}{span}，{call}。",
    "Of {n} answers that rated both, {metric} is {ours} for us and for {rival}{span}, {call}.",
)
LOWER, HIGHER = Text("低", "lower"), Text("高", "higher")
MORE_BEHIND = Text("真的不如{rival}的还有{list}。", "We are really behind {rival} on {list} too.")
NONE_BEHIND = Text(
    "没有哪一项真的不如{rival}。", "There is nothing on which we are really behind {rival}."
)
AHEAD = Text("真的比{rival}好的是{list}。", "We are really ahead of {rival} on {list}.")
LEVEL = Text("{list}和{rival}大致相同。", "We are about level with {rival} on {list}.")
OPEN = Text("{list}还无法判断。", "It cannot be told yet for {list}.")
TOP = Text(
    "差距最集中在{group}：占这些答卷的 {share}，那里我们 {ours}、{rival} {theirs}，"
    "给总差距带来 {part}{span}。",
    "The gap sits most in {group}: {share} of these answers, there we have {ours} and {rival} "
    "{theirs}; it brings {part}{span} of the whole gap.",
)
ALSO = Text("{groups}的差距也比所有人大。", "The gap is wider in {groups} too.")
NARROW = Text("{group}的差距比所有人小。", "In {group} the gap is narrower than among all.")
EVEN = Text(
    "没有哪一组的差距确实比所有人大：各组差不多，或答卷还不够多。",
    "In no group is the gap surely wider than among all: groups are alike, or there are too few "
    "answers.",
)
NO_MIX = Text(
    "两边是同一批人，所以没有“人群构成”这一层，各组带来的加起来就是总差距。",
    "Both sides are the same people, so there is no mix effect: what the groups bring adds up to "
    "the gap.",
)
NOT_A_CAUSE = Text(
    "这里说的是差在哪里，不是为什么会差。",
    "This says where the gap is, not what brought it about.",
)


def gap_finding(
    whole: Cell,
    gap: Gap,
    definitions: Sequence[Definition],
    contributors: Sequence[Contributor],
) -> Text:
    """Say how far we are apart from a competitor, on what and where; no more than the calls allow.

    Parameters
    ----------
    whole : Cell
        The metric that is taken apart.
    gap : Gap
    definitions : sequence of Definition
        Of all aspects: which end is the good one.
    contributors : sequence of Contributor
        Empty where nothing was taken apart.
    """
    if whole.comparison is None or whole.comparison.difference is None:
        return NO_GAP.format(metric=short(whole.label), rival=gap.rival, why=_absent(whole))
    sentences = [_whole(whole, gap), *_aspects(whole, gap, definitions)]
    if contributors:
        sentences += [*_where(whole, gap, contributors), NO_MIX, NOT_A_CAUSE]
    return Text.of({ZH: "".join(s.say(ZH) for s in sentences),
                    EN: " ".join(s.say(EN) for s in sentences)})  # fmt: skip


def _absent(whole: Cell) -> Text:
    absent = whole.not_estimable
    if absent is not None:
        return Text(absent.say(ZH), absent.say(EN))
    if whole.comparison is None:
        return NOBODY_BOTH
    return ALIKE if (whole.comparison.n_pairs or 0) > 1 else TOO_FEW


def _whole(whole: Cell, gap: Gap) -> Text:
    compared = whole.comparison
    if compared is None or compared.difference is None or compared.reference is None:
        return Text("", "")
    ours, theirs = (
        number_text(value, whole.unit) for value in (gap.ours(whole), compared.reference)
    )
    span = Text("", "")
    if compared.low is not None and compared.high is not None:
        low, high = (difference_text(end, whole.unit) for end in (compared.low, compared.high))
        span = INTERVAL.format(level=whole.level, low=low, high=high)
    return (SAME if ours == theirs else WHOLE).format(
        n=f"{compared.n_pairs or 0:,}",
        metric=short(whole.label),
        ours=ours,
        theirs=theirs,
        rival=gap.rival,
        way=LOWER if compared.difference < 0 else HIGHER,
        size=difference_words(whole.unit, compared.difference),
        span=span,
        call=GROUP_CALLS[compared.call],
    )


def _aspects(whole: Cell, gap: Gap, definitions: Sequence[Definition]) -> list[Text]:
    better = {one.metric: 1.0 if one.higher_is_better else -1.0 for one in definitions}
    found: dict[str, list[Named]] = {"behind": [], "ahead": [], "level": [], "open": []}
    for cell, name in zip(gap.aspects, gap.names, strict=True):
        found[_standing(cell, better[cell.metric])].append((cell, name))
    made = [] if found["behind"] else [NONE_BEHIND.format(rival=gap.rival)]
    others = {key: [n for n in some if n[0].metric != whole.metric] for key, some in found.items()}
    if others["behind"]:
        made.append(MORE_BEHIND.format(rival=gap.rival, list=_listed(others["behind"], sizes=True)))
    if others["ahead"]:
        ahead = list(reversed(others["ahead"]))
        made.append(AHEAD.format(rival=gap.rival, list=_listed(ahead, sizes=True)))
    if others["level"]:
        made.append(LEVEL.format(rival=gap.rival, list=_listed(others["level"])))
    if others["open"]:
        made.append(OPEN.format(list=_listed(others["open"])))
    return made


def _standing(cell: Cell, better: float) -> str:
    """Tell how we stand on an aspect: behind or ahead for real, level, or open."""
    compared = cell.comparison
    if compared is None or compared.difference is None or compared.call is None:
        return "open"
    if compared.call is Call.REAL:
        return "behind" if better * compared.difference < 0 else "ahead"
    return "level" if compared.call is Call.STABLE else "open"


def _listed(cells: Sequence[Named], *, sizes: bool = False) -> Text:
    named = [_named(cell, name, sizes=sizes) for cell, name in cells[:MOST_NAMED]]
    words = Text("、".join(one.say(ZH) for one in named), ", ".join(one.say(EN) for one in named))
    if len(cells) <= MOST_NAMED:
        return words
    return Text("{named}等 {n} 项", "{named} and others, {n} in all").format(
        named=words, n=len(cells)
    )


def _named(cell: Cell, name: Text, *, sizes: bool) -> Text:
    difference = cell.comparison.difference if cell.comparison else None
    if not sizes or difference is None:
        return short(name)
    return Text("{name}（{size}）", "{name} ({size})").format(
        name=short(name), size=signed_words(cell.unit, difference)
    )


def _where(whole: Cell, gap: Gap, contributors: Sequence[Contributor]) -> list[Text]:
    real = [one for one in contributors if one.call is Call.REAL]
    wider = [one for one in real if one.pushes]
    narrower = [one for one in real if not one.pushes]
    if not wider:
        return [EVEN, *(NARROW.format(group=group_words(one)) for one in narrower[:1])]
    top = wider[0]
    found = [
        TOP.format(
            group=group_words(top),
            share=share(top.share_after),
            ours=number_text(top.after, whole.unit),
            theirs=number_text(top.before, whole.unit),
            rival=gap.rival,
            part=signed_words(whole.unit, top.contribution.estimate),
            span=span_words(top.contribution, whole),
        )
    ]
    more = [one for one in wider[1:] if one.dimension == top.dimension][:MOST_ALSO]
    if more:
        found.append(ALSO.format(groups=groups_listed(more)))
    against = [o for o in narrower if o.dimension == top.dimension and not mirrors(o, top)]
    return found + [NARROW.format(group=group_words(one)) for one in against[:1]]
