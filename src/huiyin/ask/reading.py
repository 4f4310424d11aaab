"""A question → a query, a question back, or a refusal."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from huiyin.ask import leftovers
from huiyin.ask.comparing import Times, compares, default_grain, read_grain, read_groups, read_times
from huiyin.ask.conditions import Named, read_names
from huiyin.ask.contracts import (
    Answerable,
    AskBack,
    Asked,
    Kind,
    Missing,
    Rank,
    Refusal,
    Understood,
    Why,
    sorted_conditions,
)
from huiyin.ask.following import follow
from huiyin.ask.kinds import (
    STRONG_VOICES,
    drives,
    explained_by_form,
    is_share,
    kind_of,
    read_rank,
    read_threshold,
    relates,
    threshold_of,
)
from huiyin.ask.mentions import Mention, Mentions
from huiyin.ask.periods import find_periods
from huiyin.ask.scanning import scan
from huiyin.ask.spelling import normal
from huiyin.ask.vocabulary import Sort, Vocabulary
from huiyin.ask.wording import ask_back, reading_of, refuse
from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Against, Compare, Filter

RATED_TARGETS = (Role.OVERALL, Role.NPS, Role.INTENT, Role.ASPECT, Role.CSAT)
CONTENT = frozenset({Sort.METRIC, Sort.RATING, Sort.AMOUNT, Sort.RATE, Sort.COLUMN, Sort.GENERIC, Sort.ASPECTS,
                     Sort.VALUE, Sort.YES_NO})  # fmt: skip
NUMBERED_PERSON = re.compile(r"^who (?:gave|wrote|said|rated|left|is|are)\b|(?<![a-z0-9])[a-z]\d{8,}(?!\d)|(?<!\d)1[3-9]\d{9}(?!\d)|[\w.]+@[\w.]+")
MORE_BY = re.compile(r"(?:高|低|多|少|涨|跌|升|降|增|减)(?:了|出)?\s*\d+(?:\.\d+)?\s*(?:%|成)|\bby \d+(?:\.\d+)?\s*(?:%|per ?cent)|\d\s*(?:%|per ?cent) (?:higher|lower|better|worse|more|less|up|down)")
HOW_MANY_PERCENT = re.compile(r"百分之(?:几|多少)|多少百分比|几成|what percent|how many percent|by what percentage")
CHANGES_DATA = re.compile(r"(?:改成|改为|设为|调成|调到|改到)\s*\d|把.{1,12}(?:删|清空|清掉)")
CAUSED = re.compile(r"^(?:would|could|might) |how much (?:did|has|have) .{1,40}(?:improve|raise|lift|increase|help)|did (?:the|our) .{1,40}(?:cause|help|pay off)|的电话(?:$|[是?号])")
WOULD = re.compile(r"会(?!员)|能(?!不能)|would|could|will|提高|提升|涨|raise|improve")


def ask(
    question: str, vocabulary: Vocabulary, today: date, before: Asked | None = None
) -> Asked:
    """Read a question.

    Parameters
    ----------
    question : str
        In Chinese or English, at most 500 characters; it never becomes more than words.
    vocabulary : Vocabulary
        Of the dataset, for who asks.
    today : date
        In the dataset's zone; what is asked ends yesterday at the latest.
    before : Asked, optional
        What the question before in the thread was read as: only what is said is changed.

    Returns
    -------
    Answerable, AskBack or Refusal
    """
    text = normal(question)
    last = before.understood if isinstance(before, (Answerable, AskBack)) else None
    mentions = Mentions(scan(text, vocabulary, find_periods(text, today)), vocabulary)
    refused = _refused(mentions, follows=last is not None)
    if refused:
        return refused
    return _Reader(mentions, today, last, before).asked()


def _refused(mentions: Mentions, *, follows: bool) -> Refusal | None:
    """Refuse what no data here can answer, whatever else is in the question."""
    text = mentions.text
    content = any(t.period or t.of(*CONTENT) for t in mentions.tokens)
    if NUMBERED_PERSON.search(text) or (mentions.says("personal") and not mentions.says("relation")):
        return refuse(Why.PERSONAL)
    if CAUSED.search(text):
        return refuse(Why.PERSONAL if "电话" in CAUSED.search(text)[0] else Why.CAUSAL)  # type: ignore[index]
    if CHANGES_DATA.search(text):
        return refuse(Why.OUT_OF_SCOPE)
    if mentions.says("causal") or (mentions.says("what_if") and WOULD.search(text) and not mentions.says("only")):
        return refuse(Why.CAUSAL)
    if _only(mentions, "future"):
        return refuse(Why.FUTURE)
    if _only(mentions, "scope"):
        return refuse(Why.OUT_OF_SCOPE)
    if content or follows:
        return None
    if mentions.says("greeting") or not re.search(r"\w", text):
        return refuse(Why.NOT_A_QUESTION)
    return None


def _only(mentions: Mentions, name: str) -> bool:
    """Tell whether a word gives this signal and can mean nothing else."""
    return any(
        all(m.sort is Sort.FILLER or m.name == name for m in mentions.tokens[at].meanings)
        for at in mentions.saying(name)
    )


@dataclass(slots=True)
class _Said:
    """What one question says by itself."""

    kind: Kind | None
    metrics: list[Mention]
    named: Named
    times: Times
    where: tuple[Filter, ...]
    compare: Compare | None
    all_aspects: bool


class _Reader:
    """Reads one question: its own words first, then those of its thread."""

    def __init__(
        self, mentions: Mentions, today: date, last: Understood | None, before: Asked | None
    ) -> None:
        self._mentions = mentions
        self._vocabulary = mentions.vocabulary
        self._today = today
        self._last = last
        self._before = before

    def asked(self) -> Asked:
        said = self._said()
        trouble = self._trouble(said)
        if trouble:
            return trouble
        own = self._understood(said)
        whole = follow(self._last, own, self._mentions) if self._last else own
        return self._complete(whole, said)

    def _said(self) -> _Said:
        mentions = self._mentions
        metrics = mentions.metrics()
        related = relates(mentions)
        hints = tuple(f.column for f in self._last.where) if self._last else ()
        hints += tuple(c for t in mentions.tokens if (m := t.of(Sort.COLUMN)) for c in m.columns)
        named = read_names(mentions, hints, two_sided=related and not mentions.says("voices", "why"))
        metrics += [Mention(0, 0, rate) for rate in named.rates]
        if related:
            metrics += self._satisfied_people(metrics, named)
            metrics += self._value_as_side(metrics, named)
        if not any(m.metric for m in metrics) and mentions.says("effort_most", "effort_least"):
            metrics += self._effort()
        if not any(m.metric for m in metrics) and mentions.says("satisfied_word"):
            metrics += self._overall_meant(named)
        if mentions.says("share"):
            metrics = self._share_of_levels(metrics, named)
        times = read_times(mentions, self._today)
        self._settle_value(named)
        group, kept = read_groups(mentions, named)
        where = replace_values(named, kept).where()
        if group is None:
            group, where = self._against_last(named, where)
        compare = group or times.compare
        aspects = not drives(mentions) and any(t.of(Sort.ASPECTS) for t in mentions.tokens) and not any(m.metric and m.column and not self._is_overall(m) for m in metrics)
        n_metrics = sum(1 for m in metrics if m.metric)
        kind = kind_of(
            mentions,
            n_metrics=n_metrics,
            compare=compare,
            grain=read_grain(mentions),
            days=(times.since, times.until),
            levels=any(one.column in self._rated() for _, one in named.values),
            grouped=bool(named.by or named.open_column or (self._last and self._last.by)),
        )
        return _Said(kind, metrics, named, times, where, compare, aspects)

    def _share_of_levels(self, metrics: list[Mention], named: Named) -> list[Mention]:
        """满意的人占多少: the share of the satisfied, not a number of theirs."""
        told = {"4": "satisfied", "1": "dissatisfied"}
        for at, one in named.values:
            measure = told.get(one.values[0]) if self._mentions.tokens[at].says("low", "high") else None
            if measure and all(m.bare for m in metrics if m.metric):
                column = next((m.column for m in metrics if m.metric and m.column), one.column)
                named.values = [other for other in named.values if other[0] != at]
                return [Mention(0, 0, f"{measure}:{column}", column)]
        return metrics

    def _rated(self) -> set[str]:
        return {column.name for column in self._vocabulary.codebook.with_role(*RATED_TARGETS)}

    def _overall_meant(self, named: Named) -> list[Mention]:
        """哪个渠道的客户最满意: the overall question is meant, unless 不满意 says whose."""
        overall = self._vocabulary.overall()
        whose = any(one.column == overall.name for _, one in named.values) if overall else True
        if overall is None or whose or any(m.missing for m in self._mentions.metrics()):
            return []
        return [Mention(0, 0, f"score:{overall.name}", overall.name)]

    def _settle_value(self, named: Named) -> None:
        """An answer to “省份 or 城市?” names the column of the value that was open."""
        before = self._before
        if not isinstance(before, AskBack) or before.reason is not Missing.VALUE or named.values:
            return
        chosen = [column for column in named.by if column in before.options]
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
        if self._last is None or len(named.values) != 1 or not compares(self._mentions):
            return None, where
        ((_, one),) = named.values
        same = [f for f in self._last.where if f.column == one.column and len(f.values) == 1]
        if not same or one.operator != "=" or len(one.values) > 1 or same[0].values == one.values:
            return None, where
        return Compare(Against.GROUP, column=one.column, value=one.values[0]), tuple(same)

    def _effort(self) -> list[Mention]:
        column = self._vocabulary.only(Role.CES)
        word = self._mentions.tokens[self._mentions.saying("effort_most", "effort_least")[0]].text
        return [Mention(0, 0, "ces", column.name)] if column else [Mention(0, 0, None, missing=word)]

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
        if not levels and not self._mentions.says("satisfied_word"):
            return []
        named.values = [one for one in named.values if one[0] not in levels]
        return [Mention(0, 0, f"score:{overall.name}", overall.name)]

    def _trouble(self, said: _Said) -> Asked | None:
        missing = next((m.missing for m in said.metrics if m.missing), None)
        last = self._last or Understood()
        if missing:
            return refuse(Why.NO_SUCH_METRIC, missing)
        absent = leftovers.absent(self._mentions, has_metric=any(m.metric for m in said.metrics))
        if absent:
            return refuse(*absent)
        if said.named.missing and not said.named.by and said.kind not in {Kind.VOICES, Kind.DRIVERS}:
            return refuse(*said.named.missing)
        if said.times.trouble:
            if isinstance(said.times.trouble, Why):
                return refuse(said.times.trouble)
            if self._says_nothing_else(said):
                return ask_back(Missing.WHAT, last, self._mentions.text)
            return ask_back(said.times.trouble, self._partly(said))
        if said.named.open_value:
            word, options = said.named.open_value
            return ask_back(Missing.VALUE, self._partly(said), word, options)
        if self._words_about(said):
            return ask_back(Missing.WHAT, self._partly(said), self._mentions.text)
        if self._bound_left(said) or self._both_ends():
            return ask_back(Missing.WHAT, self._partly(said), self._mentions.text)
        rated = self._rated_as_group()
        if rated:
            return refuse(Why.NO_SUCH_COLUMN, rated)
        left = leftovers.unexplained(self._mentions, explained_by_form(self._mentions)) or self._number_left(said)
        if left:
            reason, word = left
            if isinstance(reason, Why):
                return refuse(reason, word)
            return ask_back(reason, self._partly(said), word)
        return None

    def _words_about(self, said: _Said) -> bool:
        """客户怎么说交付: what was said about a theme cannot be picked out by rows."""
        ratings = any(m.bare and m.metric and m.column for m in said.metrics)
        about = STRONG_VOICES.search(self._mentions.text) and self._mentions.says("voices")
        return bool(ratings and about and said.kind is None)

    def _bound_left(self, said: _Said) -> bool:
        """低于平均: a bound without a number is none."""
        bounds = self._mentions.says("lt", "gt", "ge", "le")
        return bounds and said.compare is None and said.kind is None and not self._any_number()

    def _both_ends(self) -> bool:
        """最高和最低: two rankings at once."""
        mentions = self._mentions
        return mentions.says("best") and mentions.says("worst") and not mentions.says("rank")

    def _any_number(self) -> bool:
        return any(token.number is not None for token in self._mentions.tokens)

    def _rated_as_group(self) -> str | None:
        """按产品: where that is a rating, there is no such group."""
        mentions = self._mentions
        if mentions.says("rank") or mentions.says("grain_day"):
            return None
        for before, token in zip(mentions.tokens, mentions.tokens[1:], strict=False):
            tells = before.says("each") and before.text in {"按", "按照", "各", "每个", "每", "分", "by", "per"}
            if tells and before.end >= token.start - 1 and token.first and token.first.sort is Sort.RATING:
                return token.text
        return None

    def _number_left(self, said: _Said) -> tuple[Missing | Why, str] | None:
        """A number that nothing took, as in 6.0版本, is no part of the query: it is not left out."""
        mentions = self._mentions
        counts = said.kind in {Kind.RANKING, Kind.THRESHOLD, Kind.COMPARE, Kind.WHY}
        ranks = self._last is not None and self._last.rank is not None
        spots = {at for at, _ in said.named.values}
        for at, token in enumerate(mentions.tokens):
            if token.number is None or at in spots or at in said.named.used:
                continue
            if leftovers.touches_column(mentions, at):
                return Why.NO_SUCH_VALUE, token.text
            if not counts and not ranks and token.text.isascii():
                return Missing.WHAT, token.text
        return None

    def _says_nothing_else(self, said: _Said) -> bool:
        named = said.named
        return not (said.metrics or named.values or named.by or self._last or said.kind)

    def _partly(self, said: _Said) -> Understood:
        own = self._understood(said)
        return follow(self._last, own, self._mentions) if self._last else own

    def _understood(self, said: _Said) -> Understood:
        mentions = self._mentions
        metrics = tuple(dict.fromkeys(m.metric for m in said.metrics if m.metric))
        if said.all_aspects:
            measure = next((m.partition(":")[0] for m in metrics if ":" in m), "score")
            measure = measure if measure in {"score", "satisfied", "dissatisfied", "mean"} else "score"
            metrics = tuple(f"{measure}:{column.name}" for column in self._vocabulary.aspects())
        first = metrics[0] if metrics else (self._last.metrics[0] if self._last and self._last.metrics else "")
        by = said.named.by or self._by_of_values(said)
        found = read_threshold(mentions)
        kind = Kind.NUMBER if said.all_aspects and said.kind is Kind.RANKING else said.kind
        return Understood(
            kind=kind,
            metrics=metrics,
            by=tuple(by),
            where=said.where,
            since=said.times.since,
            until=said.times.until,
            grain=self._grain(said),
            compare=said.compare,
            rank=read_rank(mentions, first) if kind in {Kind.RANKING, None} else None,
            threshold=threshold_of(found, first) if found and kind is Kind.THRESHOLD else None,
        )

    def _by_of_values(self, said: _Said) -> list[str]:
        """Several values of one column that are not compared are shown apart."""
        if said.compare is not None or said.kind in {Kind.VOICES, Kind.DRIVERS, Kind.RELATION, Kind.WHY}:
            return []
        levels = {c.name for c in self._vocabulary.codebook.with_role(*RATED_TARGETS)}
        return [f.column for f in said.where if len(f.values) > 1 and f.operator == "=" and f.column not in levels][:1]

    def _grain(self, said: _Said):  # type: ignore[no-untyped-def]
        if said.kind is not Kind.TREND:
            return None
        return read_grain(self._mentions) or (None if self._last and self._last.grain and not said.times.given else default_grain(self._times_for_grain(said)))

    def _times_for_grain(self, said: _Said) -> Times:
        if said.times.given or self._last is None:
            return said.times
        return Times(self._last.since, self._last.until)

    def _complete(self, whole: Understood, said: _Said) -> Asked:
        """Ask for what is missing, else give the query."""
        for check in (self._metric_missing, self._column_missing, self._points_missing, self._days_missing):
            question = check(whole, said)
            if question:
                return question
        settled = self._settled(whole)
        return Answerable(settled, reading_of(settled))

    def _metric_missing(self, whole: Understood, said: _Said) -> Asked | None:
        if whole.kind is Kind.VOICES:
            return None
        if whole.kind is Kind.DRIVERS and not whole.metrics:
            return None if self._vocabulary.overall() else ask_back(Missing.METRIC, whole, options=self._metrics())
        if whole.kind is Kind.RELATION and len(whole.metrics) != 2:  # noqa: PLR2004
            return ask_back(Missing.METRIC, whole, options=self._metrics())
        if whole.metrics:
            return None
        content = [t for t in self._mentions.tokens if t.period or t.of(*CONTENT)]
        signals = said.kind is not None or any(m.bare for m in said.metrics) or whole.where or whole.by
        if not content and self._mentions.says("share"):
            return ask_back(Missing.METRIC, whole, options=self._metrics())
        if not content and not signals and not self._last:
            return self._nothing()
        if not signals and not said.named.open_column and all(t.period for t in content):
            return ask_back(Missing.WHAT, whole, self._mentions.text)
        return ask_back(Missing.METRIC, whole, options=self._metrics())

    def _nothing(self) -> Asked:
        mentions = self._mentions
        if mentions.says("what", "again", "number_word", "vague", "only") or leftovers.all_small(mentions):
            return ask_back(Missing.WHAT, Understood(), mentions.text)
        reason = leftovers.kind_of_nothing(mentions)
        if isinstance(reason, Missing):
            return ask_back(reason, Understood(), mentions.text)
        return refuse(reason)

    def _column_missing(self, whole: Understood, said: _Said) -> Asked | None:
        asks_groups = whole.kind not in {Kind.RELATION, Kind.VOICES, Kind.DRIVERS, Kind.WHY}
        if said.named.open_column and asks_groups:
            word, options = said.named.open_column
            return ask_back(Missing.COLUMN, whole, word, options)
        if whole.kind in {Kind.RANKING, Kind.THRESHOLD} and not whole.by:
            return ask_back(Missing.COLUMN, whole, self._mentions.text, self._columns())
        return None

    def _days_missing(self, whole: Understood, _said: _Said) -> Asked | None:
        times = whole.against_time or (whole.compare is None and whole.kind in {Kind.COMPARE, Kind.WHY})
        if times and not (whole.since and whole.until):
            return ask_back(Missing.PERIOD, whole)
        return None

    def _points_missing(self, whole: Understood, _said: _Said) -> Asked | None:
        """涨了30%: of the number, or in points? It changes the answer."""
        mentions = self._mentions
        told = mentions.says("up", "down") or MORE_BY.search(mentions.text) is not None
        changes = told and whole.kind in {Kind.COMPARE, Kind.WHY, Kind.NUMBER, None}
        settled = mentions.says("relative", "percent_points")
        percent = HOW_MANY_PERCENT.search(mentions.text) is not None or any(t.number is not None and t.unit in {"%", "％", "成", "percent", "per cent"} for t in mentions.tokens)
        amount = whole.metrics and whole.metrics[0].startswith("mean:") and whole.metrics[0][5:] in {
            c.name for c in self._vocabulary.codebook.with_role(Role.AMOUNT, Role.COST, Role.DURATION)
        }  # fmt: skip
        if changes and percent and not settled and not amount and read_threshold(mentions) is None:
            return ask_back(Missing.RELATIVE_OR_ABSOLUTE, whole)
        return None

    def _settled(self, whole: Understood) -> Understood:
        if whole.kind is Kind.DRIVERS and not whole.metrics:
            overall = self._vocabulary.overall()
            whole = replace(whole, metrics=(f"score:{overall.name}",) if overall else ())
        compares = whole.kind in {Kind.COMPARE, Kind.WHY}
        if compares and whole.compare is None:
            whole = replace(whole, compare=Compare(Against.PREVIOUS))
        keeps = whole.kind in {Kind.COMPARE, Kind.WHY, Kind.TREND}
        return replace(
            whole,
            kind=whole.kind or Kind.NUMBER,
            metrics=self._metrics_of(whole),
            by=whole.by if whole.kind not in {Kind.VOICES, Kind.DRIVERS, Kind.RELATION} else (),
            where=sorted_conditions(whole.where),
            grain=whole.grain if whole.kind is Kind.TREND else None,
            compare=whole.compare if keeps else None,
            rank=whole.rank if whole.kind is Kind.RANKING else None,
            threshold=whole.threshold if whole.kind is Kind.THRESHOLD else None,
        )

    @staticmethod
    def _metrics_of(whole: Understood) -> tuple[str, ...]:
        if whole.kind is Kind.VOICES:
            return ()
        return whole.metrics[:1] if whole.kind is Kind.DRIVERS else whole.metrics

    def _metrics(self) -> tuple[str, ...]:
        found = ["NPS"] if self._vocabulary.only(Role.NPS) else []
        overall = self._vocabulary.overall()
        if overall:
            found += ["满意度", "满意率"]
        return tuple(found + [column.name for column in self._vocabulary.aspects()])

    def _columns(self) -> tuple[str, ...]:
        return tuple(self._vocabulary.values)


def replace_values(named: Named, kept: list[tuple[int, Filter]]) -> Named:
    """Give the names with these conditions only."""
    return Named(values=kept, by=named.by, marked=named.marked, used=named.used)


__all__ = ["Rank", "ask", "is_share"]
