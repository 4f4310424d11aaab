"""What one question says by itself, before the thread and what is missing are thought of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from huiyin.ask.comparing import Times, default_grain, read_grain, read_times
from huiyin.ask.conditions import both_answers, read_names
from huiyin.ask.contracts import Answerable, AskBack, Asked, Kind, Missing, Understood
from huiyin.ask.echoing import names_option
from huiyin.ask.kinds import kind_of, read_rank, read_threshold, threshold_of
from huiyin.ask.meanings import NO, RATED_TARGETS, YES, Sort
from huiyin.ask.meant import Meant
from huiyin.ask.mentions import Mention, Mentions
from huiyin.ask.named import Named
from huiyin.ask.opposites import compares, pair_of, read_groups
from huiyin.ask.rivals import is_paired, sided
from huiyin.ask.turns import AS_ONE, SAYS_WHAT, WEIGHED, drives, relates
from huiyin.codebook.contracts import Role
from huiyin.codebook.rivals import GAP
from huiyin.measure.contracts import Against, Compare, Filter, Grain

AMONG_THEM = re.compile(r"(?:的)?(?:人|客户|顾客|用户)?(?:里|中|当中|之中|里面)")
"""不满意的人里送礼客占多少: they are the whole, not what is counted."""
OUTCOME_NOUNS = frozenset(
    {
        "repurchase", "repurchases", "repeat purchase", "repeat purchases", "repeat business",
        "repeat buying", "renewal", "renewals", "churn", "resolution",
    }
)  # fmt: skip
EACH_ONE = re.compile(
    r"各(?:是|有|为|占)?(?:多少|几)|分别|各自|都(?:是|有|在|为)?(?:多少|几|什么水平|啥水平|怎么样|怎样|如何)"
)
"""除了普通会员,其他会员各多少: of those that are left each is asked for."""
LISTS = re.compile(r"^\s*,\s*$")
AS_COMPARED = frozenset({Kind.NUMBER, Kind.RANKING, Kind.THRESHOLD})
"""What is asked beside a competitor is how far apart both are, in each group that is named."""
NO_GROUPS = frozenset({Kind.VOICES, Kind.DRIVERS, Kind.RELATION, Kind.WHY})
MEASURES = frozenset({"score", "satisfied", "dissatisfied", "mean"})
SIDES = 2
THESE_TWO = re.compile(
    r"(?:[这那它他她]们?|其)?(?:俩|两(?:个|家|者|组|边|店|区|类|种|拨)?|二者|双方|彼此|之间)"
    r"[^,，]{0,6}(?:差|比|相差|谁|哪[个家边]|pk|一样)"
)


@dataclass(slots=True)
class Said:
    """What one question says by itself; `own` as far as it can be asked."""

    kind: Kind | None
    metrics: list[Mention]
    named: Named
    times: Times
    where: tuple[Filter, ...]
    compare: Compare | None
    all_aspects: bool

    @property
    def n_metrics(self) -> int:
        """Count the metrics that there are."""
        return len({m.metric for m in self.metrics if m.metric})


class Saying:
    """Reads the words of one question; the thread only settles what they leave open."""

    def __init__(self, mentions: Mentions, today: date, before: Asked | None) -> None:
        self.mentions = mentions
        self._vocabulary = mentions.vocabulary
        self._today = today
        self._before = before
        self.last: Understood | None = None
        if isinstance(before, (Answerable, AskBack)):
            self.last = before.understood

    def said(self, likely: Kind | None = None) -> Said:
        """Read kind, metrics, rows, groups, days and comparison; `likely` settles the kind."""
        mentions = self.mentions
        metrics, named = self._metrics()
        days = (self.last.since, self.last.until) if self.last else (None, None)
        times = read_times(mentions, self._today, days)
        self._settle_value(named)
        group, kept = read_groups(mentions, named, likely)
        beside_rest = group is not None and group.against is Against.REST
        where = Named(values=kept).where(beside_rest=beside_rest)
        if group is None:
            group, where = self._against_last(named, where)
        compare = group or times.compare
        kind = likely or kind_of(
            mentions,
            n_metrics=len({m.metric for m in metrics if m.metric}),
            compare=compare,
            grain=read_grain(mentions),
            days=(times.since, times.until),
            levels=any(one.column in self._rated() for _, one in named.values),
            grouped=bool(named.by or named.open_column or (self.last and self.last.by)),
        )
        if kind in AS_COMPARED and group is not None and group.against is Against.COMPETITOR:
            kind = Kind.COMPARE
        rated = [m.column for m in metrics if m.metric and m.column]
        asked = self._asks_words() and len(rated) == 1 and is_paired(self._vocabulary, rated[0])
        whose = sided(mentions) if asked else None
        if whose is not None:
            of_them = Filter(f"{GAP}{rated[0]}", whose, ("0",))
            return Said(
                Kind.VOICES, metrics, named, times, (*where, of_them), None, all_aspects=False
            )
        if kind is Kind.TREND and group is not None and group.against is Against.GROUP:
            where, compare = Named(values=named.values).where(), times.compare
        return Said(kind, metrics, named, times, where, compare, self._all_aspects(metrics))

    def _asks_words(self) -> bool:
        return self.mentions.says("voices") or SAYS_WHAT.search(self.mentions.text) is not None

    def _metrics(self) -> tuple[list[Mention], Named]:
        """Read the metrics that are named, and those that other words stand for."""
        mentions = self.mentions
        metrics = mentions.metrics()
        related = relates(mentions)
        two_sided = related and not mentions.says("voices", "why") and not both_answers(mentions)
        named = read_names(mentions, self._hints(), two_sided=two_sided)
        metrics = self._without_levels(metrics, named)
        metrics += [Mention(0, 0, rate) for rate in named.rates]
        if related:
            metrics += self._satisfied_people(metrics, named)
            metrics += self._value_as_side(metrics, named)
        metrics += self._listed_outcome(metrics, named)
        if not any(m.metric for m in metrics):
            metrics += Meant(self.mentions).meant(named)
        if mentions.says("share") or self._counts_one_level(metrics, named):
            metrics = self._share_of_levels(metrics, named)
        self._counted_once(metrics, named)
        return metrics, named

    def _without_levels(self, metrics: list[Mention], named: Named) -> list[Mention]:
        """Tell “return intent of people unhappy with the price”: the price only says who."""
        tokens = self.mentions.tokens
        levels = {one.column for at, one in named.values if tokens[at].says("low", "high")}
        others = [m for m in metrics if not (m.bare and m.column in levels)]
        return others if any(m.metric for m in others) else metrics

    def _listed_outcome(self, metrics: list[Mention], named: Named) -> list[Mention]:
        """Tell “NPS, satisfaction and repurchase by region”: one more number, no condition."""
        mentions = self.mentions
        listed = any(m.metric for m in metrics)
        for at, one in named.values if listed else ():
            token = mentions.tokens[at]
            before = mentions.tokens[at - 1] if at else None
            joined = before is not None and (
                before.says("conj") or LISTS.search(mentions.between(at - 1, at))
            )
            further = mentions.near(at, -1, "conj")
            beside = further is not None and mentions.tokens[further].of(Sort.METRIC, Sort.RATING)
            if token.text in OUTCOME_NOUNS and joined and beside:
                named.values = [other for other in named.values if other[0] != at]
                return [Mention(0, 0, f"share:{one.column}={one.values[0]}", one.column)]
        return []

    def _counted_once(self, metrics: list[Mention], named: Named) -> None:
        """哪类问题解决得最差,按解决率: who said yes is what is counted, no condition on it."""
        shares = [m.metric.removeprefix("share:") for m in metrics if m.metric]
        counted = {one.partition("=")[0] for one in shares if "=" in one}
        named.values = [
            (at, one)
            for at, one in named.values
            if one.column not in counted or self.mentions.tokens[at].of(Sort.VALUE)
        ]

    def _hints(self) -> tuple[str, ...]:
        """List the columns that are spoken of: they settle a value of several."""
        columns = [f.column for f in self.last.where] if self.last else []
        columns += [c for t in self.mentions.tokens if (m := t.of(Sort.COLUMN)) for c in m.columns]
        return tuple(columns)

    def _all_aspects(self, metrics: list[Mention]) -> bool:
        own = any(m.metric and m.column and not self._is_overall(m) for m in metrics)
        asked = any(token.of(Sort.ASPECTS) for token in self.mentions.tokens)
        return asked and not own and not drives(self.mentions)

    def _share_of_levels(self, metrics: list[Mention], named: Named) -> list[Mention]:
        """满意的人占多少: the share of the satisfied, not a number of theirs."""
        told = {"4": "satisfied", "1": "dissatisfied"}
        counted_level = self._share_of_one_level(metrics, named)
        if counted_level:
            return counted_level
        if not all(m.bare or self._is_overall(m) for m in metrics if m.metric):
            return metrics
        for at, one in named.values:
            if AMONG_THEM.match(self.mentions.text, self.mentions.tokens[at].end):
                continue
            measure = told.get(one.values[0])
            counted = one.values in {("4", "5"), ("1", "2")} and one.column in self._rated()
            if measure and (counted or self.mentions.tokens[at].says("low", "high")):
                column = next((m.column for m in metrics if m.metric and m.column), one.column)
                named.values = [other for other in named.values if other[0] != at]
                return [Mention(0, 0, f"{measure}:{column}", column)]
        return metrics

    def _counts_one_level(self, metrics: list[Mention], named: Named) -> bool:
        """Tell 非常满意的占比: how many gave the last level alone is asked."""
        rated = {f.column for _, f in named.values if f.column in self._rated()}
        boxes = [m for m in metrics if (m.metric or "").startswith(("satisfied:", "dissatisfied:"))]
        return bool(boxes) and all(m.column in rated for m in boxes)

    def _share_of_one_level(self, metrics: list[Mention], named: Named) -> list[Mention]:
        """打3分的占几成: how many gave just this level of the rating that is named."""
        levels = [(at, f) for at, f in named.values if f.column in self._rated()]
        if len(levels) != 1 or len(levels[0][1].values) > 1:
            return []
        ((at, one),) = levels
        of_it = all(m.column == one.column for m in metrics if m.metric)
        if not of_it or AMONG_THEM.match(self.mentions.text, self.mentions.tokens[at].end):
            return []
        named.values.remove((at, one))
        return [Mention(0, 0, f"share:{one.column}={one.values[0]}", one.column)]

    def _rated(self) -> set[str]:
        return {column.name for column in self._vocabulary.codebook.with_role(*RATED_TARGETS)}

    def _settle_value(self, named: Named) -> None:
        """Take an answer to “省份 or 城市?” as the column of the value that was open."""
        before = self._before
        if not isinstance(before, AskBack) or before.reason is not Missing.VALUE or named.values:
            return
        book = self._vocabulary.codebook
        chosen = [column for column in named.by if names_option(column, before, book)]
        if len(chosen) == 1:
            named.by = [column for column in named.by if column not in chosen]
            named.values = [(0, Filter(chosen[0], "=", (before.word,)))]

    def _is_overall(self, mention: Mention) -> bool:
        overall = self._vocabulary.overall()
        return overall is not None and mention.column == overall.name

    def _against_last(
        self, named: Named, where: tuple[Filter, ...]
    ) -> tuple[Compare | None, tuple[Filter, ...]]:
        """跟华南比呢: the group of the thread is compared with the one that is named."""
        other = self._other_pair(named) or (None if named.values else self._these_two())
        if other is not None:
            return other
        if self.last is None or not compares(self.mentions):
            return None, where
        one_group = any(f.operator == "=" for f in self.last.where)
        if self.mentions.says("rest") and not named.values and one_group:
            return Compare(Against.REST), where
        if len(named.values) != 1:
            return None, where
        ((_, one),) = named.values
        same = [f for f in self.last.where if f.column == one.column and len(f.values) == 1]
        if not same or one.operator != "=" or len(one.values) > 1 or same[0].values == one.values:
            return None, where
        return Compare(Against.GROUP, column=one.column, value=one.values[0]), tuple(same)

    def _these_two(self) -> tuple[Compare, tuple[Filter, ...]] | None:
        """这俩差多少: the two groups that the thread shows are compared."""
        shown = [f for f in self.last.where if len(f.values) == SIDES] if self.last else []
        if len(shown) != 1 or shown[0].operator != "=" or not THESE_TWO.search(self.mentions.text):
            return None
        first, second = shown[0].values
        compare = Compare(Against.GROUP, column=shown[0].column, value=second)
        return compare, (Filter(shown[0].column, "=", (first,)),)

    def _other_pair(self, named: Named) -> tuple[Compare, tuple[Filter, ...]] | None:
        """换成五组跟二组: two others are compared, where the thread is about two groups."""
        before = self.last.compare if self.last else None
        if before is None or before.against is not Against.GROUP:
            return None
        equal = [(at, f) for at, f in named.values if f.operator == "=" and len(f.values) == 1]
        same = [f.values for _, f in equal if f.column == before.column]
        if len(same) != SIDES or len(set(same)) != SIDES or AS_ONE.search(self.mentions.text):
            return None
        group, kept = pair_of(self.mentions, named, equal)
        return (group, Named(values=kept).where()) if group else None

    def _value_as_side(self, metrics: list[Mention], named: Named) -> list[Mention]:
        """闪退和NPS有关系吗: how many met it is one side of the relation."""
        if sum(1 for m in metrics if m.metric) != 1 or len(named.values) != 1:
            return []
        ((_, one),) = named.values
        choices = self._vocabulary.codebook[one.column].role is Role.CHOICE_SET
        if not choices or one.operator != "=" or len(one.values) > 1:
            return []
        named.values = []
        return [Mention(0, 0, f"share:{one.column}={one.values[0]}")]

    def _satisfied_people(self, metrics: list[Mention], named: Named) -> list[Mention]:
        """满意的客户更会复购吗: how satisfied they are is one side of the relation."""
        overall = self._vocabulary.overall()
        if overall is None or sum(1 for m in metrics if m.metric) != 1:
            return []
        nps = self._vocabulary.only(Role.NPS)
        of_nps = [at for at, one in named.values if nps and one.column == nps.name]
        if of_nps and nps:
            named.values = [one for one in named.values if one[0] not in of_nps]
            return [Mention(0, 0, "nps", nps.name)]
        levels = [at for at, one in named.values if one.column == overall.name]
        if not levels and not self.mentions.says("satisfied_word"):
            return []
        named.values = [one for one in named.values if one[0] not in levels]
        return [Mention(0, 0, f"score:{overall.name}", overall.name)]

    def understood(self, said: Said) -> Understood:
        """Write what is said as a query's parts."""
        metrics = self._ids(said)
        first = next(iter(metrics or (self.last.metrics if self.last else ())), "")
        found = read_threshold(self.mentions)
        weighed = WEIGHED.search(self.mentions.text)
        if said.kind is Kind.DRIVERS and len(metrics) > 1 and weighed:
            named = any(one.start >= weighed.start() for one in said.metrics)
            metrics = metrics[-1:] if named else ()  # 价格和服务哪个影响更大: on the whole
            first = next(iter(metrics), "")
        kind = Kind.NUMBER if said.all_aspects and said.kind is Kind.RANKING else said.kind
        ranks = kind in {Kind.RANKING, None}
        by = tuple(said.named.by or self._by_of_values(said))
        return Understood(
            kind=kind,
            metrics=metrics,
            by=by,
            where=self._some_of(said.where, by),
            since=said.times.since,
            until=said.times.until,
            grain=self._grain(said),
            compare=said.compare,
            rank=read_rank(self.mentions, first) if ranks else None,
            threshold=threshold_of(found, first, self._vocabulary)
            if found and kind is Kind.THRESHOLD
            else None,
        )

    def _some_of(self, where: tuple[Filter, ...], by: tuple[str, ...]) -> tuple[Filter, ...]:
        """Leave out a condition that all groups of a breakdown meet: 复购没复购各自."""
        known = self._vocabulary.values
        both = {c for c in by if {*known.get(c, ())} == {YES, NO}}
        return tuple(one for one in where if one.column not in both or {*one.values} != {YES, NO})

    def _ids(self, said: Said) -> tuple[str, ...]:
        ids = tuple(dict.fromkeys(m.metric for m in said.metrics if m.metric))
        if not said.all_aspects:
            return ids
        measures = [one.partition(":")[0] for one in ids]
        said_mean = any(m.bare and m.metric is None for m in said.metrics) and self._says_mean()
        measure = next(
            (one for one in measures if one in MEASURES), "mean" if said_mean else "score"
        )
        return tuple(f"{measure}:{column.name}" for column in self._vocabulary.aspects())

    def _says_mean(self) -> bool:
        """Tell 各方面的均分: no rating is named beside the measure."""
        measured = (token.of(Sort.METRIC) for token in self.mentions.tokens)
        return any(one is not None and one.name == "mean" for one in measured)

    def _by_of_values(self, said: Said) -> list[str]:
        """Show several values of one column apart, unless they are compared."""
        if said.compare is not None or said.kind in NO_GROUPS or AS_ONE.search(self.mentions.text):
            return []
        others = [f.column for f in said.where if f.operator == "!="]
        if len(others) == 1 and EACH_ONE.search(self.mentions.text):
            return others
        several = [f for f in said.where if len(f.values) > 1 and f.operator == "="]
        whole = self._rated() | (
            set() if EACH_ONE.search(self.mentions.text) else said.named.ranged
        )
        return [f.column for f in several if f.column not in whole][:1]

    def _grain(self, said: Said) -> Grain | None:
        if said.kind is not Kind.TREND:
            return None
        grain = read_grain(self.mentions)
        if grain or (self.last and self.last.grain and not said.times.given):
            return grain
        if said.times.given or self.last is None:
            return default_grain(said.times)
        return default_grain(Times(self.last.since, self.last.until))
