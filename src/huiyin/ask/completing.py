"""What a question leaves open is asked back; what says all becomes the query."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from huiyin.ask import leftovers, nothing
from huiyin.ask.accounting import at_odds, forgotten
from huiyin.ask.contracts import (
    Answerable,
    Asked,
    Kind,
    Missing,
    Understood,
    Why,
    sorted_conditions,
)
from huiyin.ask.doubting import COUNTS, WHO_REACHES
from huiyin.ask.kinds import is_share, read_threshold
from huiyin.ask.meanings import CONTENT, RATED_TARGETS, Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.rivals import counts_people, paired_scores, without_rival
from huiyin.ask.saying import NO_GROUPS, OUTCOME_NOUNS, Said
from huiyin.ask.turns import SAYS_WHAT, WEIGHED, explained_by_form
from huiyin.ask.vocabulary import AS_A_WHOLE
from huiyin.ask.wording import WHICH_DAYS, ask_back, reading_of, refuse
from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Against, Compare

MORE_BY = re.compile(
    r"(?:高|低|多|少|涨|跌|升|降|增|减)(?:了|出)?\s*\d+(?:\.\d+)?\s*(?:%|成)"
    r"|(?:变化|变动|浮动|幅度|差距|相差|差了?)[^,，]{0,6}\d+(?:\.\d+)?\s*(?:%|成)"
    r"|\d+(?:\.\d+)?\s*(?:%|成)的?(?:幅度|差距|变化|涨幅|跌幅|降幅|增幅|增长|提升|下降|下滑)"
    r"|\bby \d+(?:\.\d+)?\s*(?:%|per ?cent)"
    r"|\d\s*(?:%|per ?cent) (?:higher|lower|better|worse|more|less|up|down"
    r"|(?:un)?happier|[a-z]{3,}er (?=than))"
)
BY_PERCENT = re.compile(r"\bby (?:about |around |more than |over )?\d+(?:\.\d+)?\s*(?:%|per ?cent)")
HOW_MANY_PERCENT = re.compile(
    r"百分之(?:几|多少)|多少百分比|几成|what percent|how many percent|by what percentage"
)
WHICH_IS_MORE = re.compile(
    r"^(?:so |and )?(?:who|which(?: (?:ones?|of (?:them|these|those)))?)"
    r" (?:is|are|was|were|has|does|did|gets?)"
    r" (?:the )?(?:more |less |[a-z]{3,}er\b)[^,]*$"
)
"""Who is happier: of which groups is not said."""
BY_BARE_NUMBER = re.compile(
    r"\bby (?:[2-9]|\d\d)(?:\.\d+)?(?= (?:in|since|over|during|from"
    r"|last|this|between|on|compared|vs)\b|\W*$)"
)
"""Dropped by 5: of a hundred, or points?"""
MOVED_BARELY = re.compile(
    r"\b(?:up|down|rise|rose|risen|fall|fell|fallen|drop|dropped|climb|climbed|gain|gained|lost"
    r"|improved?|slipped|grew|grown|increased|decreased|declined) \d\d?(?:\.\d+)?"
    r"(?= (?:in|since|on|over|from|last|this|during|between|compared|vs|versus)\b|\W*$)"
)
"""A share that is up 5: of a hundred, or points?"""
PERCENTS = frozenset({"%", "％", "成", "percent", "per cent"})
SMALL_TALK = ("what", "again", "number_word", "vague", "event", "only")
SIDES = 2
WHO_DID = re.compile(
    r"的(?!(?:最?(?:大|主要|核心|关键|根本|决定性)的?)?(?:关键|原因|因素|重点|核心|主因|前提|抓手|要素|诀窍|动力|驱动|决定)(?!会员|客户|顾客|用户))"
    r"| customers"
)
"""续约的客户 are a condition; 续约的关键 is what is asked about."""
WHETHER = re.compile(r"\b(?:whether|if)\b[^,;]{1,40}$")
"""What decides whether people buy again."""
ASPECT_ASKED = re.compile(
    r"哪(?:一|几)?(?:项|方面|个?维度|个?指标)|\b(?:aspect|dimension|rating|measure)s?\b"
)
"""食堂之外哪项最差: which number is asked, no group."""
WHO_LAGS = re.compile(
    r"谁[^,，]{0,3}(?:拖|拉低|拉胯)|^who (?:is|are|was|were) "
    r"(?:dragg|pull|hold|weigh|lett)ing\b"
)
"""谁在拖后腿: groups are asked for, no aspects."""
LOWERS_IT = re.compile(r"谁[^,，]{0,3}(?:拖[了着]?(?!后腿)|拉低)")
"""谁拖了五月NPS的后腿: what is lowered is named, so what lowers it is asked."""
WHO_ELSE = re.compile(r"\b(?:who|which|where) else\b|还有(?:谁|哪)")
WHO_OF_THEM = re.compile(r"谁|哪一?[个家]|\b(?:who|which(?: (?:one|of them))?)\b")
IN_WHICH = re.compile(r"^(?:so |and )?(?:in |during )?(?:which|what|whichever)\b")
WHO_MOVED = re.compile(r"^(?:so |and )?who (?!is|are).*\b(?:the )?(?:most|least)\b")
"""Who improved the most: which groups are meant is not said."""
IS_IT_THE_MOST = re.compile(
    r"(?:是不是|是否|算不算|总是|是|真的?|该)[^,，]{0,16}(?:最|垫底|倒数|第一|末位)"
    r"|(?:最|垫底|倒数|第一|末位)[^,，]{0,8}[,，]?(?:是不是|是否|对不对|对吗|吗|么|没错吧|吧)"
)
"""东北是不是满意率最低的大区, 华北垫底吗."""
BARE_END = re.compile(r"\b(?:is|are) (?:the )?(?:worst|best)\W*$|最(?:差|好)的?\W*$")
"""Which customers are worst: on what is asked first."""
RATED_END = re.compile(r"(?:评价|口碑|反响|反馈|风评)(?:做得|得)?最?(?:差|好|高|低|糟)")
"""哪些用户评价最差: a rating is meant, whichever it is."""
NO_TARGETS = frozenset({"ces", "easy", "mean", "share"})
"""Metrics of which no drivers are found."""
SCORED = re.compile(r"[打得给评](?:了|过|到)?(?:多少|几)分")
"""上季度打了多少分: of which score it is is all that is missing."""
ENGLISH = re.compile(r"\b[a-z]{2,} [a-z]{2,}\b")


def _as_target(whole: Understood, column: str) -> Understood:
    """Take an outcome for what is asked about, and for no condition, whatever is said next."""
    said = [one for one in whole.where if one.column == column]
    where = tuple(one for one in whole.where if one.column != column)
    metrics = tuple(f"share:{column}={one.values[0]}" for one in said)
    return replace(whole, where=where, metrics=metrics or whole.metrics)


class Completing:
    """Asks for what a question does not say, else gives the query."""

    def __init__(self, mentions: Mentions, said: Said, *, follows: bool) -> None:
        self._mentions = mentions
        self._vocabulary = mentions.vocabulary
        self._said = said
        self._follows = follows

    def complete(self, whole: Understood) -> Asked:
        """Ask for what is missing first, else give the query."""
        whole = self._of_the_others(self._ranked_among(whole))
        checks: tuple[Callable[[Understood], Asked | None], ...] = (
            self._metric_missing,
            self._rival_missing,
            self._column_missing,
            self._mover_missing,
            self.points_missing,
            self._days_missing,
        )
        missing = next((found for check in checks if (found := check(whole))), None)
        if missing:
            return missing
        settled = self._settled(whole)
        lost = forgotten(self._mentions, settled)
        if lost:
            return ask_back(Missing.WHAT, settled, lost)
        if at_odds(self._mentions, settled):
            return ask_back(Missing.WHAT, settled, self._mentions.text)
        beside = leftovers.unused(self._mentions, explained_by_form(self._mentions))
        return Answerable(
            settled, reading_of(settled, self._mentions.vocabulary.codebook, beside), beside
        )

    def _ranked_among(self, whole: Understood) -> Understood:
        """Tell 东北是不是满意率最低的: it stands among the others of its column."""
        if whole.kind is not Kind.RANKING or whole.by or len(whole.where) != 1:
            return whole
        (one,) = whole.where
        levels = {column.name for column in self._vocabulary.codebook.with_role(*RATED_TARGETS)}
        if one.operator != "=" or one.column in levels or self._said.named.open_column:
            return whole
        if len(one.values) > 1:
            return replace(whole, by=(one.column,))
        if not IS_IT_THE_MOST.search(self._mentions.text):
            return whole
        return replace(whole, by=(one.column,), where=())

    def _of_the_others(self, whole: Understood) -> Understood:
        """Tell 除华东外谁最低: one of the groups that are left."""
        less = {one.column for one in whole.where if one.operator == "!="}
        text, open_ = self._mentions.text, self._said.named.open_column
        if whole.by or len(less) != 1 or open_ is not None:
            return whole
        named = any(
            (column := token.of(Sort.COLUMN)) is not None and less.issuperset(column.columns)
            for token in self._mentions.tokens
        )
        ranked = whole.kind is Kind.RANKING and (named or WHO_OF_THEM.search(text))
        return replace(whole, by=tuple(less)) if ranked or WHO_ELSE.search(text) else whole

    def _metric_missing(self, whole: Understood) -> Asked | None:
        if whole.kind is Kind.VOICES or self._of_all_that_is_asked_of_both(whole):
            return None
        weighed = WEIGHED.search(self._mentions.text) is not None
        if whole.kind is Kind.DRIVERS and self._said.n_metrics > 1 and not weighed:
            return ask_back(Missing.WHAT, whole, self._mentions.text)
        if whole.kind is Kind.DRIVERS and (self._vocabulary.overall() or whole.metrics):
            return self._other_target(whole) or self._outcome_as_target(whole)
        if whole.kind is Kind.RELATION and len(whole.metrics) > SIDES:
            return ask_back(Missing.WHAT, whole, self._mentions.text)
        enough = len(whole.metrics) == SIDES if whole.kind is Kind.RELATION else whole.metrics
        if enough:
            return None
        return self._no_metric(whole)

    def _rival_missing(self, whole: Understood) -> Asked | None:
        """Tell 竞品的NPS where a competitor is rated on other things; only gaps are told."""
        if whole.compare is None or whole.compare.against is not Against.COMPETITOR:
            return None
        alone = without_rival(self._vocabulary.codebook, whole.metrics)
        set_beside = whole.kind in {Kind.COMPARE, Kind.TREND, Kind.WHY}
        if set_beside and alone:
            return refuse(Why.NO_SUCH_METRIC, alone)
        other = (
            self._mentions.says("voices")
            or SAYS_WHAT.search(self._mentions.text) is not None
            or counts_people(self._mentions)
        )
        if set_beside and not other:
            return None
        return ask_back(Missing.WHAT, whole, self._mentions.text)

    def _of_all_that_is_asked_of_both(self, whole: Understood) -> bool:
        """Tell 为什么不如竞品, 和竞品比我们差在哪: on what is not said, so all is looked at."""
        rival = whole.compare is not None and whole.compare.against is Against.COMPETITOR
        named = whole.metrics or whole.by or self._said.metrics
        return rival and whole.kind in {Kind.COMPARE, Kind.WHY} and not named

    def _other_target(self, whole: Understood) -> Asked | None:
        """Tell “what drives effort”: drivers are found of ratings only. 谁在拖后腿: of groups."""
        text = self._mentions.text
        if WHO_LAGS.search(text) and not (whole.metrics and LOWERS_IT.search(text)):
            columns = tuple(self._vocabulary.values)
            reason = Missing.COLUMN if whole.metrics else Missing.METRIC
            return ask_back(reason, whole, options=columns if whole.metrics else self._metrics())
        other = any(metric.partition(":")[0] in NO_TARGETS for metric in whole.metrics)
        return ask_back(Missing.METRIC, whole, options=self._metrics()) if other else None

    def _outcome_as_target(self, whole: Understood) -> Asked | None:
        """哪些因素影响续约, what drives renewal: drivers are found of ratings only.

        续约的客户 is a condition.
        """
        mentions = self._mentions
        for token in mentions.tokens if not whole.metrics else ():
            outcome = token.of(Sort.YES_NO)
            end = token.end - token.text.endswith("的")
            condition = WHO_DID.match(mentions.text, end) is not None
            whole_noun = token.text[0] > "z" or token.text in OUTCOME_NOUNS
            whole_noun = whole_noun or WHETHER.search(mentions.text[: token.start]) is not None
            if outcome and not condition and whole_noun:
                target = _as_target(whole, outcome.columns[0])
                return ask_back(Missing.METRIC, target, options=self._metrics())
        return None

    def _no_metric(self, whole: Understood) -> Asked:
        rate = leftovers.rate_of_nothing(self._mentions)
        if rate:
            return refuse(Why.NO_SUCH_METRIC, rate)
        content = [t for t in self._mentions.tokens if t.period or t.of(*CONTENT)]
        bare = any(m.bare for m in self._said.metrics)
        if content and all(token.text in AS_A_WHOLE for token in content):
            return ask_back(Missing.WHAT, whole, self._mentions.text)
        kind = self._said.kind or (whole.kind if self._follows else None)
        opened = self._said.named.open_column
        text = self._mentions.text
        rated = bare or RATED_END.search(text) is not None
        counts = whole.kind in COUNTS and (rated or not BARE_END.search(text))
        if opened and counts and not whole.by:
            return ask_back(Missing.COLUMN, whole, *opened)
        told = kind is not None or bare or whole.where or whole.by
        if not told and not (content and self._said.named.open_column):
            if not content and not self._follows and not self._mentions.says("share"):
                return self._nothing()
            if content and all(token.period for token in content):
                scored = SCORED.search(self._mentions.text) is not None
                reason = Missing.METRIC if scored else Missing.WHAT
                return ask_back(reason, whole, self._mentions.text)
        return ask_back(Missing.METRIC, whole, options=self._metrics())

    def _nothing(self) -> Asked:
        mentions = self._mentions
        measure = nothing.measure_of_nothing(mentions)
        if measure:
            return refuse(Why.NO_SUCH_METRIC, measure)
        platform = nothing.SAID_ON.match(mentions.text)
        if platform:
            return refuse(Why.NO_SUCH_VALUE, platform[1])
        if mentions.says(*SMALL_TALK) or nothing.all_small(mentions):
            return ask_back(Missing.WHAT, Understood(), mentions.text)
        reason = nothing.kind_of_nothing(mentions)
        if isinstance(reason, Missing):
            return ask_back(reason, Understood(), mentions.text)
        return refuse(reason)

    def _column_missing(self, whole: Understood) -> Asked | None:
        if self._said.named.open_column and whole.kind not in NO_GROUPS and not self._places():
            word, options = self._said.named.open_column
            several = self._said.n_metrics > 1 and whole.kind is Kind.RANKING
            reason = Missing.WHAT if several else Missing.COLUMN
            return ask_back(reason, whole, word, options)
        who = (
            whole.kind in {Kind.NUMBER, None}
            and not whole.by
            and WHICH_IS_MORE.search(self._mentions.text)
        )
        if (who and whole.compare is None) or self._who_reaches(whole):
            columns = tuple(self._vocabulary.values)
            return ask_back(Missing.COLUMN, whole, self._mentions.text, columns)
        days = WHICH_DAYS.search(self._mentions.text)
        if whole.kind in {Kind.RANKING, Kind.THRESHOLD} and not whole.by:
            if days:
                return ask_back(Missing.WHAT, whole, self._mentions.text)
            if ASPECT_ASKED.search(self._mentions.text):
                return ask_back(Missing.WHAT, whole, self._mentions.text)
            columns = tuple(self._vocabulary.values)
            return ask_back(Missing.COLUMN, whole, self._mentions.text, columns)
        return None

    def _who_reaches(self, whole: Understood) -> bool:
        """Tell “who has an NPS below 20”, 谁的满意率不到七成: of which groups is not said."""
        plain = whole.kind in {Kind.NUMBER, None} and not whole.by and len(whole.where) < SIDES
        bounded = plain and read_threshold(self._mentions) is not None
        return bounded and WHO_REACHES.search(self._mentions.text) is not None

    def _mover_missing(self, whole: Understood) -> Asked | None:
        """Tell “who improved the most”, “in which months did it dip”: a change of nothing named."""
        text = self._mentions.text
        if whole.kind is not Kind.COMPARE or whole.by:
            return None
        if IN_WHICH.search(text) and WHICH_DAYS.search(text):
            return ask_back(Missing.WHAT, whole, text)
        columns = tuple(self._vocabulary.values)
        moved = WHO_MOVED.search(text) is not None
        return ask_back(Missing.COLUMN, whole, text, columns) if moved else None

    def _places(self) -> bool:
        """Tell “where …, by store”: what the places are is said beside it."""
        named = self._said.named
        word = named.open_column[0] if named.open_column else ""
        return bool(named.by) and word.startswith(("where", "哪里", "哪儿", "什么地方"))

    def _days_missing(self, whole: Understood) -> Asked | None:
        by_default = whole.compare is None and whole.kind in {Kind.COMPARE, Kind.WHY}
        dated = whole.since and whole.until
        if by_default and not dated and len(whole.metrics) > 1 and self._mentions.says("versus"):
            return ask_back(Missing.WHAT, whole, self._mentions.text)  # one number against another
        if (whole.against_time or by_default) and not dated:
            return ask_back(Missing.PERIOD, whole)
        return None

    def points_missing(self, whole: Understood) -> Asked | None:
        """涨了30%: of the number, or in points? It changes the answer."""
        mentions = self._mentions
        told = mentions.says("up", "down") or MORE_BY.search(mentions.text) is not None
        told = told or (mentions.says("change") and BY_PERCENT.search(mentions.text) is not None)
        changes = told and whole.kind in {Kind.COMPARE, Kind.WHY, Kind.NUMBER, None}
        settled = mentions.says("relative", "percent_points") or self._is_amount(whole)
        bounded = read_threshold(mentions) is not None and bool(whole.by)
        share = bool(whole.metrics) and is_share(whole.metrics[0])
        barely = share and MOVED_BARELY.search(mentions.text) is not None
        if changes and (self._in_percent() or barely) and not settled and not bounded:
            return ask_back(Missing.RELATIVE_OR_ABSOLUTE, whole)
        return None

    def _in_percent(self) -> bool:
        numbers = (t for t in self._mentions.tokens if t.number is not None)
        text = self._mentions.text
        asked = HOW_MANY_PERCENT.search(text) is not None or BY_BARE_NUMBER.search(text) is not None
        return asked or any(token.unit in PERCENTS for token in numbers)

    def _is_amount(self, whole: Understood) -> bool:
        """Tell whether it changes by a share of itself: nothing is open there."""
        amounts = self._vocabulary.codebook.with_role(Role.AMOUNT, Role.COST, Role.DURATION)
        means = {f"mean:{column.name}" for column in amounts}
        return bool(whole.metrics) and whole.metrics[0] in means

    def _settled(self, whole: Understood) -> Understood:
        if whole.kind is Kind.DRIVERS and not whole.metrics:
            overall = self._vocabulary.overall()
            whole = replace(whole, metrics=(f"score:{overall.name}",) if overall else ())
        compares = whole.kind in {Kind.COMPARE, Kind.WHY}
        if compares and whole.compare is None:
            whole = replace(whole, compare=Compare(Against.PREVIOUS))
        if self._of_all_that_is_asked_of_both(whole):
            whole = replace(whole, metrics=paired_scores(self._vocabulary.codebook))
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
        """Name metrics to choose from, in the language of the question."""
        found = ["NPS"] if self._vocabulary.only(Role.NPS) else []
        if self._vocabulary.overall():
            english = ENGLISH.search(self._mentions.text) is not None
            found += ["satisfaction", "satisfied share"] if english else ["满意度", "满意率"]
        return tuple(found + [column.name for column in self._vocabulary.aspects()])
