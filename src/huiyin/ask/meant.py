"""Metrics that are not named but meant: 哪个渠道的客户最满意, late deliveries by carrier."""

from __future__ import annotations

import re

from huiyin.ask.kinds import read_threshold
from huiyin.ask.meanings import CONTENT, Sort
from huiyin.ask.mentions import Mention, Mentions
from huiyin.ask.named import Named
from huiyin.ask.scanning import Token
from huiyin.codebook.contracts import Role

MEASURED_BY = (
    "largest", "smallest", "best", "worst", "up", "down", "change", "why", "trend", "previous",
    "year_ago", "rank", "compare", "than", "versus",
)  # fmt: skip
"""What is only asked of a number: beside 复购 it is asked of how many did."""
HOW_MANY_DID = re.compile(
    r"(?:了|的)?(?:多少|几成)(?:[?？]|$)|得怎么样|得如何|[谁哪].{0,10}得更?[多少好差高低快]"
    r"|(?:^|[-,:;] )(?:repurchase|renewal)s?(?=\W*$|[,;:] | -)"
    r"|\b(?:repurchase|renewal|repurchases|renewals) (?:by|per|across|for each|in|among|of|for)\b"
    r"|(?:购|约|决|准时|点|故障|退)(?:的)?(?:情况|比例|占比|水平|表现)"
)
SATISFIED = re.compile(
    r"满意的?(?:客户|顾客|用户|人)?(?:占比|比例|人数)?最[多少高低大小]"
    r"|最[多少](?:客户|顾客|用户|人)?不?满意|\b(?:most|fewest) (?:un|dis)?(?:happy|satisfied)\b"
)
MADE_FEEL = re.compile(
    r"最(?:让|令|叫|使)(?:人|客户|顾客|客人|大家|用户|会员)?.{0,2}"
    r"(?:满意|不满|失望|头疼|恼火|生气|窝火|不爽|开心)"
)
"""哪类问题最让客户不满."""
HOW_HAPPY = re.compile(r"[谁更]更?满意|满意得多|\b(?:happier|more satisfied|less satisfied)\b")


MORE = re.compile(r"(?:更|最|谁|哪[家个边位])(?:能|会|爱|常|容易)?$")


class Meant:
    """Finds the metric that a question without one is about."""

    def __init__(self, mentions: Mentions) -> None:
        self._mentions = mentions
        self._vocabulary = mentions.vocabulary

    def meant(self, named: Named) -> list[Mention]:
        """Give the metrics that other words stand for."""
        if self._mentions.says("effort_most", "effort_least"):
            done = self._easily_done()
            counted = done and (self._share_of_yes(named) or self._share_of_choice(named))
            return counted or self._effort()
        if MADE_FEEL.search(self._mentions.text) and named.by:
            return self._people_meant(named, "score")
        if self._bounds_people() or self._counts_people(named):
            return self._people_meant(named)
        if self._begins_with_answer(named):
            return self._share_of_yes(named) or self._share_of_choice(named, grouped=False)
        bound = read_threshold(self._mentions)
        asks = self._mentions.says(*MEASURED_BY) or (bound and bound[2])
        if asks or self._done_more() or HOW_MANY_DID.search(self._mentions.text):
            told = self._share_of_yes(named)
            grouped = not self._pairs(named) and not self._moves()
            told = told or self._share_of_choice(named, grouped=grouped)
            if told:
                return told
        return self._felt(named)

    def _felt(self, named: Named) -> list[Mention]:
        """Give what is asked by how it is for customers: how happy, how hard."""
        if self._mentions.says("satisfied_word") or HOW_HAPPY.search(self._mentions.text):
            return self._overall_meant(named)
        return self._effort() if self._mentions.says("effort_word") else []

    def _moves(self) -> bool:
        """Tell 闪退有没有增多的趋势: how it went is asked, of no groups."""
        return self._mentions.says("trend", "previous", "year_ago") or (
            self._mentions.says("change", "up", "down") and self._sets_times_apart()
        )

    @staticmethod
    def _pairs(named: Named) -> bool:
        """Tell whether two values of a column are named: crashes in 5.0 and in 5.1."""
        columns = [one.column for _, one in named.values]
        return any(columns.count(column) == 2 for column in columns)  # noqa: PLR2004

    def _done_more(self) -> bool:
        """Tell 谁更准时, 最准时: how many did is what is compared."""
        done = (t for t in self._mentions.tokens if t.of(Sort.YES_NO))
        return any(MORE.search(self._mentions.text[: t.start]) for t in done)

    def _easily_done(self) -> bool:
        """Tell 最难解决, 最容易流失: how many did is what is ranked, no effort."""
        tokens = self._mentions.tokens
        hard = (t.end for t in tokens if t.says("effort_most", "effort_least"))
        done = [t.start for t in tokens if t.of(Sort.YES_NO) or self._is_choice(t)]
        return any(end in done for end in hard)

    def _share_of_yes(self, named: Named) -> list[Mention]:
        """哪个班组解决得最多: how many said yes is what is ranked."""
        answers = [
            (at, one)
            for at, one in named.values
            if (m := self._mentions.tokens[at].of(Sort.YES_NO)) and m.columns[0] == one.column
        ]
        ranked = self._mentions.says("largest", "smallest", "best", "worst")
        spoken = self._mentions.says("satisfied_word", "low", "high", "voices", "relation")
        if len(answers) != 1 or spoken or (ranked and not named.by):
            return []
        ((at, one),) = answers
        named.values = [other for other in named.values if other[0] != at]
        return [Mention(0, 0, f"share:{one.column}={one.values[0]}", one.column)]

    def _begins_with_answer(self, named: Named) -> bool:
        """Tell “late deliveries by carrier”: how many there were is meant."""
        content = [t for t in self._mentions.tokens if t.period is None and t.of(*CONTENT)]
        dated = any(t.period is not None for t in self._mentions.tokens)
        first = content[0] if content else None
        counted = first is not None and (first.of(Sort.YES_NO) or self._is_choice(first))
        english = first is not None and first.text[0].isascii() and first.text.endswith("s")
        plain = not self._mentions.says("voices", "relation", "low", "high")
        sides = self._mentions.says("compare", "than") and not self._sets_times_apart()
        return bool(counted and english and plain and not sides and (named.by or dated))

    def _sets_times_apart(self) -> bool:
        """Tell “login failures, Q1 vs Q2”: two times are set against each other, no groups."""
        return sum(token.period is not None for token in self._mentions.tokens) > 1

    def _is_choice(self, token: Token) -> bool:
        value = token.of(Sort.VALUE)
        book = self._vocabulary.codebook
        return value is not None and book[value.columns[0]].role is Role.CHOICE_SET

    def _share_of_choice(self, named: Named, *, grouped: bool = True) -> list[Mention]:
        """哪个版本闪退最多: how many met it is what is ranked."""
        book = self._vocabulary.codebook
        met = [one for one in named.values if book[one[1].column].role is Role.CHOICE_SET]
        if len(met) != 1 or (grouped and not named.by) or len(met[0][1].values) > 1:
            return []
        named.values = [other for other in named.values if other is not met[0]]
        one = met[0][1]
        return [Mention(0, 0, f"share:{one.column}={one.values[0]}", one.column)]

    def _bounds_people(self) -> bool:
        """Tell 八成以上顾客满意: a bound in percent on how many are satisfied."""
        found = read_threshold(self._mentions)
        return bool(found and found[2] and self._mentions.says("satisfied_word", "low", "high"))

    def _counts_people(self, named: Named) -> bool:
        """Tell 不满意的最少的门店: how many are satisfied is what is ranked."""
        ranked = self._mentions.says("largest", "smallest") and named.by
        told = SATISFIED.search(self._mentions.text) and self._mentions.says("low", "high")
        return bool(ranked and told)

    def _people_meant(self, named: Named, measure: str = "") -> list[Mention]:
        overall = self._vocabulary.overall()
        if overall is None:
            return []
        low = self._mentions.says("low")
        named.values = [one for one in named.values if one[1].column != overall.name]
        measure = measure or ("dissatisfied" if low else "satisfied")
        return [Mention(0, 0, f"{measure}:{overall.name}", overall.name)]

    def _overall_meant(self, named: Named) -> list[Mention]:
        """哪个渠道的客户最满意: the overall question is meant, unless 不满意 says whose."""
        overall = self._vocabulary.overall()
        whose = any(one.column == overall.name for _, one in named.values) if overall else True
        if overall is None or whose or any(m.missing for m in self._mentions.metrics()):
            return []
        measure = "satisfied" if self._mentions.says("share") else "score"
        return [Mention(0, 0, f"{measure}:{overall.name}", overall.name)]

    def _effort(self) -> list[Mention]:
        column = self._vocabulary.only(Role.CES)
        if column:
            return [Mention(0, 0, "ces", column.name)]
        at = self._mentions.saying("effort_most", "effort_least")[0]
        return [Mention(0, 0, None, missing=self._mentions.tokens[at].text)]
