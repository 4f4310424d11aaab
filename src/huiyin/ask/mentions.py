"""Tokens → what a question mentions: metrics, columns, values, and the signals around them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from huiyin.ask.meanings import OWN_METRIC, Meaning, Sort, Vocabulary
from huiyin.ask.scanning import Scanned, Token
from huiyin.codebook.contracts import Role

MODIFIERS = frozenset({"score", "satisfied", "dissatisfied", "mean", "plain"})
SOFT_MEAN = frozenset({"平均", "均值", "平均值", "average", "mean", "avg", "on average"})
AS_A_WHOLE = frozenset({"总体", "整体", "overall", "综合"})
NOT_PLAIN = ("score", "satisfied", "dissatisfied", "mean")


@dataclass(frozen=True, slots=True)
class Mention:
    """A metric that is named: its id and column as in `Query.metrics`, or what there is not."""

    start: int
    end: int
    metric: str | None
    column: str | None = None
    missing: str | None = None
    bare: bool = False


WITH_WHAT = re.compile(
    r"^ [^,;:]+ (?:on|with|about|for|regarding|concerning) (?:the |our |its |their )?$"
)


class Mentions:
    """What a question mentions, in the order of its words."""

    def __init__(self, scanned: Scanned, vocabulary: Vocabulary) -> None:
        self.scanned = scanned
        self.text = scanned.text
        self.tokens = _groups_rated(
            _which_item(_most(_bounds(_counted_ends(_during(_doing(_channels(scanned)))))))
        )
        self.vocabulary = vocabulary
        self.signals = {
            one.name for token in self.tokens for one in token.meanings if one.sort is Sort.SIGNAL
        }

    def says(self, *names: str) -> bool:
        """Tell whether one of these signals is given."""
        return not self.signals.isdisjoint(names)

    def saying(self, *names: str) -> list[int]:
        """List the places of tokens that give one of these signals."""
        return [at for at, token in enumerate(self.tokens) if token.says(*names)]

    def near(self, at: int, step: int, *passing: str) -> int | None:
        """Give the next token that is more than a small word, before or after `at`."""
        at += step
        while 0 <= at < len(self.tokens):
            token = self.tokens[at]
            if not (_is_small(token) or token.says("of", *passing)):
                return at
            at += step
        return None

    def between(self, first: int, last: int) -> str:
        """Give the words between two tokens."""
        return self.text[self.tokens[first].end : self.tokens[last].start]

    def counts_all(self, at: int) -> bool:
        """Tell 三家承运: the number is that of all groups there are."""
        number = None if "." in self.tokens[at].text else self.tokens[at].number
        after = self.near(at, 1)
        column = self.tokens[after].of(Sort.COLUMN) if after is not None else None
        values = self.vocabulary.values.get(column.columns[0], ()) if column else ()
        return number is not None and number > 1 and number == len(values)

    def metrics(self) -> list[Mention]:
        """List the metrics that are named, a rating and its measure as one."""
        parts = [(at, self._part(token)) for at, token in enumerate(self.tokens)]
        named = [(at, meaning) for at, meaning in parts if meaning is not None]
        named = self._without_as_a_whole(named)
        groups = self._grouped(named)
        measured = [self._measured(group) for group in self._rejoined(groups)]
        return [mention for group in _with_shared_measure(measured, self) for mention in group]

    def _part(self, token: Token) -> Meaning | None:
        first = token.of(Sort.RATING, Sort.AMOUNT, Sort.RATE, Sort.METRIC)
        if first is None or token.of(Sort.VALUE, Sort.YES_NO):
            return None
        return first

    def _without_as_a_whole(self, named: list[tuple[int, Meaning]]) -> list[tuple[int, Meaning]]:
        others = [one for one in named if self.tokens[one[0]].text not in AS_A_WHOLE]
        kept = []
        for at, meaning in named:
            if self.tokens[at].text in AS_A_WHOLE:
                after = self.near(at, 1)
                measure = self.tokens[after].of(Sort.METRIC) if after is not None else None
                if (others and (measure is None or measure.name not in MODIFIERS)) or not others:
                    continue
            kept.append((at, meaning))
        return kept

    def _grouped(self, named: list[tuple[int, Meaning]]) -> list[list[tuple[int, Meaning]]]:
        groups: list[list[tuple[int, Meaning]]] = []
        for at, meaning in named:
            if groups and self._belong(groups[-1], at, meaning):
                groups[-1].append((at, meaning))
            else:
                groups.append([(at, meaning)])
        return groups

    def _rejoined(self, groups: list[list[tuple[int, Meaning]]]) -> list[list[tuple[int, Meaning]]]:
        """Join 收银效率这块,五月均分: one rating and its measure after a comma."""
        if len(groups) != 2:  # noqa: PLR2004
            return groups
        first, second = groups
        rated = [m for _, m in first if m.sort is Sort.RATING]
        measures = all(m.sort is Sort.METRIC and m.name in MODIFIERS for _, m in second)
        start, end = first[-1][0], second[0][0]
        listed = any(t.says("conj", "versus", "relation") for t in self.tokens[start + 1 : end])
        apart = "," in self.text[self.tokens[start].end : self.tokens[end].start]
        joined = len(first) == 1 and rated and measures and apart and not listed
        led = len(first) == 1 and first[0][1].name == "mean" and len(second) == 1
        after = second[0][1].sort is Sort.RATING  # 均分最高的三个省,按售后支持
        return [first + second] if joined or (led and after and apart and not listed) else groups

    def _belong(self, group: list[tuple[int, Meaning]], at: int, meaning: Meaning) -> bool:
        """Tell whether a rating and its measure stand side by side: 收银效率的满意率."""
        last, before = group[-1]
        if meaning.sort is Sort.RATING and self._said_with(last, at):
            return not any(one.sort is Sort.RATING for _, one in group)
        apart = meaning.sort is Sort.METRIC and self._by_more(group[0][0], at)
        if apart or not self._beside(last, at) or self.parted(last, at):
            return False
        ratings = sum(one.sort is Sort.RATING for _, one in group)
        if meaning.sort is Sort.RATING:
            first = before.sort is Sort.METRIC and before.name in MODIFIERS
            return (ratings == 0 and first) or self._same_again(last, at)
        if meaning.sort is not Sort.METRIC:
            return before.sort is Sort.METRIC and before.name == "mean"
        if before.sort in {Sort.AMOUNT, Sort.RATE}:
            return meaning.name in {"mean", "plain"}
        return meaning.name in MODIFIERS or (before.sort is Sort.METRIC and before.name == "mean")

    def _same_again(self, last: int, at: int) -> bool:
        """Tell 环境的干净程度: one rating by two words."""
        first, second = (self.tokens[one].of(Sort.RATING) for one in (last, at))
        return (
            first is not None
            and second is not None
            and first.columns == second.columns
            and self.between(last, at) in {"", "的"}
        )

    def _by_more(self, first: int, at: int) -> bool:
        """Tell 环境越干净满意度越高: a rating and a measure are the two sides of a relation."""
        more = self.text.rfind("越", 0, self.tokens[at].start)
        return more >= 0 and more + 1 >= self.tokens[first].start

    def _said_with(self, last: int, at: int) -> bool:
        """Tell “satisfaction of families with the price”: whose it is stands in between."""
        measure = self.tokens[last].of(Sort.METRIC)
        gap = self.text[self.tokens[last].end : self.tokens[at].start]
        told = measure is not None and measure.name in MODIFIERS and WITH_WHAT.search(gap)
        return (
            bool(told)
            and not self.says("relation", "compare")
            and all(
                self._says_which_rows(place)
                or self.tokens[place].of(Sort.FILLER)
                or self.tokens[place].says("of", "conj")
                for place in range(last + 1, at)
            )
        )

    def _beside(self, last: int, at: int) -> bool:
        """Tell 处理结果上季度满意率: days and rows may stand between a rating and its measure."""
        place = self.near(last, 1)
        rated = self.tokens[last].of(Sort.RATING) is not None
        while rated and place is not None and place < at and self._says_which_rows(place):
            place = self.near(place, 1)
        return place == at

    def _says_which_rows(self, at: int) -> bool:
        token = self.tokens[at]
        return token.period is not None or token.of(Sort.VALUE) is not None

    def parted(self, first: int, last: int) -> bool:
        """Tell whether two tokens are two things: 和, a comma between them."""
        gap = self.between(first, last)
        if not {"、", ","}.isdisjoint(gap) or (gap == " " and self.says("relation")):
            return True
        between = self.tokens[first + 1 : last]
        return any(
            token.text in {"对", "对于"}
            or (token.says("conj") and not token.text.startswith(("with", "to")))
            for token in between
        )

    def _measured(
        self, group: list[tuple[int, Meaning]]
    ) -> tuple[list[tuple[int, Meaning]], Mention]:
        tokens = [self.tokens[at] for at, _ in group]
        start, end = tokens[0].start, tokens[-1].end
        rating = next((m for _, m in group if m.sort is not Sort.METRIC), None)
        names = [m.name for _, m in group if m.sort is Sort.METRIC]
        if rating and self._in_stars(rating, tokens[0]):
            names.append("mean")
        mention = self._of_rating(rating, names) if rating else self._alone(names, tokens)
        return group, replace(mention, start=start, end=end)

    def _in_stars(self, rating: Meaning, token: Token) -> bool:
        """Tell “under 3.5 stars”: a bound in stars is one of their mean."""
        at = self.tokens.index(token)
        counted = at > 0 and self.tokens[at - 1].number is not None
        book = self.vocabulary.codebook
        return counted and bool(rating.columns) and book[rating.columns[0]].role is Role.CSAT

    def _of_rating(self, rating: Meaning, names: list[str]) -> Mention:
        column = rating.columns[0] if rating.columns else None
        if column is None:
            return Mention(0, 0, None, missing=rating.name)
        if rating.sort is Sort.RATE:
            return Mention(0, 0, f"share:{column}={rating.value}", column)
        if rating.sort is Sort.AMOUNT:
            return Mention(0, 0, f"mean:{column}", column)
        measure = next((n for n in ("dissatisfied", "satisfied", "mean") if n in names), None)
        role = self.vocabulary.codebook[column].role
        if role is Role.CES and measure == "mean":
            measure = None
        if measure is None and role in OWN_METRIC and "score" not in names:
            return Mention(0, 0, OWN_METRIC[role], column)
        return Mention(
            0, 0, f"{measure or 'score'}:{column}", column, bare=measure is None and not names
        )

    def _alone(self, names: list[str], tokens: list[Token]) -> Mention:
        strong = [n for n in names if n not in {"plain", "mean"}]
        name = strong[0] if strong else names[0]
        if "mean" in names and "score" in names and not _softly(tokens):
            name = "mean"
        if name == "plain" or (name == "mean" and not strong):
            return Mention(0, 0, None, bare=True)
        if name in self.vocabulary.operations or name in self.vocabulary.calculated:
            return Mention(0, 0, name)
        return self._by_id(name, tokens[0].text)

    def _by_id(self, name: str, said: str) -> Mention:
        vocabulary = self.vocabulary
        roles = {"nps": Role.NPS, "ces": Role.CES, "easy": Role.CES, "intent": Role.INTENT}
        if name in roles:
            found = vocabulary.codebook.with_role(roles[name])
            column = found[0].name if len(found) == 1 else None
            if len(found) > 1:
                return Mention(0, 0, None, bare=True)
            return Mention(0, 0, name if column else None, column, None if column else said)
        if name == "index":
            return Mention(0, 0, "index")
        if name == "response_rate":
            there = vocabulary.codebook.with_role(Role.STATUS)
            return Mention(0, 0, name if there else None, missing=None if there else said)
        overall = vocabulary.overall()
        if overall is None:
            return Mention(0, 0, None, missing=said)
        return Mention(0, 0, f"{name}:{overall.name}", overall.name)


def _doing(tokens: Sequence[Token]) -> list[Token]:
    """Take 办理 of 办理贷款的客户 as a verb: it rates nothing right before a value."""
    found = list(tokens)
    for at, (token, after) in enumerate(pairwise(tokens)):
        rates = token.first is not None and token.first.sort is Sort.RATING
        touches = token.end == after.start and after.of(Sort.VALUE) is not None
        if rates and touches and token.of(Sort.FILLER):
            found[at] = replace(token, meanings=(Meaning(Sort.FILLER),))
    return found


DURING = frozenset({"over", "to", "up to", "across"})


def _during(tokens: Sequence[Token]) -> list[Token]:
    """Take over, right before a period, as during it: no bound is named."""
    found = list(tokens)
    for at, token in enumerate(tokens):
        after = next((one for one in tokens[at + 1 :] if one.text != "the"), None)
        if token.text in DURING and after is not None and after.period is not None:
            found[at] = replace(token, meanings=(Meaning(Sort.FILLER),))
    return found


BARE_ENDS = frozenset({"前", "后", "最后", "last", "first", "头"})


def _counted_ends(tokens: Sequence[Token]) -> list[Token]:
    """Take 前, 后, last as an end of a ranking only beside a number: 前三, not 活动前."""
    found = []
    for at, token in enumerate(tokens):
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        counted = after is not None and after.number is not None
        if token.text in BARE_ENDS and not counted:
            kept = tuple(m for m in token.meanings if m.name not in {"best", "worst"})
            found.append(replace(token, meanings=kept))
        else:
            found.append(token)
    return found


def _which_item(tokens: Sequence[Token]) -> list[Token]:
    """Take 哪项, 各项 right before a column as asking which, or for each: 哪项业务, 几组最差."""
    found = list(tokens)
    for at, (token, after) in enumerate(pairwise(tokens)):
        if token.of(Sort.ASPECTS) and token.end == after.start and after.of(Sort.COLUMN):
            name = "which" if token.text.startswith("哪") else "each"
            found[at] = replace(token, meanings=(Meaning(Sort.SIGNAL, name),))
        before = tokens[at - 1] if at else None
        opens = before is None or before.period is not None or before.end < token.start
        if token.text == "几" and opens and token.end == after.start and after.of(Sort.COLUMN):
            found[at] = replace(token, meanings=(Meaning(Sort.SIGNAL, "which"),))
    return found


CONTACT = re.compile(
    r"\be-?mails? (?:of|address(?:es)?)\b|\b(?:his|her|their|whose|customer'?s?|the|an) e-?mails?\b"
    r"(?! (?:channel|respondents|answers))|\bwith (?:\w+ )?e-?mails?\b"
)
"""E-mail addresses are asked for, no channel is named."""


def _channels(scanned: Scanned) -> list[Token]:
    """Take “NPS by email” as the channel where it is one; contact data is asked for otherwise."""
    if CONTACT.search(scanned.text):
        return list(scanned.tokens)
    return [
        replace(token, meanings=tuple(one for one in token.meanings if one.name != "personal"))
        if token.of(Sort.VALUE) and token.says("personal")
        else token
        for token in scanned.tokens
    ]


def _groups_rated(tokens: Sequence[Token]) -> list[Token]:
    """Take a rating's word for a group: NPS by teller, tellers below 70 on attitude."""
    found = list(tokens)
    ranked = any(token.says("best", "worst", "rank") for token in tokens)
    listed = any(token.text in {"and", "or"} or token.says("relation") for token in tokens)
    for at, token in enumerate(tokens):
        column = token.of(Sort.COLUMN)
        if column is None or token.of(Sort.RATING) is None:
            continue
        before = tokens[at - 1] if at else None
        asked = before is not None and (before.text == "which" or before.says("each"))
        others = (one for one in tokens if one is not token)
        beside = any(one.of(Sort.RATING, Sort.METRIC) and not one.of(Sort.COLUMN) for one in others)
        one_of = token.text.endswith("s") or (ranked and not listed)
        if asked or (one_of and beside):
            less = (one for one in token.meanings if one.sort not in {Sort.RATING, Sort.COLUMN})
            found[at] = replace(token, meanings=(column, *less))
    return found


COMPLAINS = re.compile(r"不|嫌|太?贵|偏贵|觉得贵|脏|乱|卡|难用|埋汰|邋遢|肉疼|坑")
"""Words that name a rating by its bad end: 最不划算, 最嫌贵."""


def _most(tokens: Sequence[Token]) -> list[Token]:
    """Take 最 right before what is rated as the best end of a ranking: 最专业, 最不整洁."""
    found = list(tokens)
    for at, token in enumerate(tokens[:-1]):
        after = tokens[at + 1]
        denied = after.text == "不" and at + 2 < len(tokens)
        rated = tokens[at + 2] if denied else after
        touches = token.end == after.start and (not denied or after.end == rated.start)
        recent = rated.text.startswith("近")  # 最近30天出过故障
        if token.text == "最" and touches and rated.of(Sort.RATING, Sort.YES_NO) and not recent:
            bad = denied or COMPLAINS.match(rated.text) is not None
            found[at] = replace(token, meanings=(Meaning(Sort.SIGNAL, "worst" if bad else "best"),))
    return found


BOUND_OR_MOOD = frozenset({"不满"})


def _bounds(tokens: Sequence[Token]) -> list[Token]:
    """Take 不满 right before a number as a bound, else as a mood: 不满七成, 不满的客户."""
    found = []
    for at, token in enumerate(tokens):
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        bound = after is not None and after.number is not None
        kept = tuple(m for m in token.meanings if (m.name == "lt") == bound)
        known = token.text in BOUND_OR_MOOD
        found.append(replace(token, meanings=kept) if known else token)
    return found


def _softly(tokens: Sequence[Token]) -> bool:
    means = [t for t in tokens if any(m.name == "mean" for m in t.meanings)]
    led = bool(means) and means[0] is tokens[0]  # 平均满意度, but 满意度均值
    return led and all(token.text in SOFT_MEAN for token in means)


def _is_small(token: Token) -> bool:
    first = token.first
    return first is not None and first.sort is Sort.FILLER


def _with_shared_measure(
    measured: list[tuple[list[tuple[int, Meaning]], Mention]], mentions: Mentions
) -> Iterator[list[Mention]]:
    """In “服务体验和产品质量的满意率” the measure is that of both."""
    out = [mention for _, mention in measured]
    for at in range(len(measured) - 1, 0, -1):
        before, this = out[at - 1], out[at]
        first, last = measured[at - 1][0][-1][0], measured[at][0][0][0]
        listed = mentions.near(first, 1, "conj") == last and mentions.parted(first, last)
        rated = any(m.sort is Sort.RATING for _, m in measured[at][0])
        if listed and rated and this.metric and this.column and before.bare and before.column:
            measure = this.metric.partition(":")[0]
            own = mentions.vocabulary.codebook[before.column].role
            if measure in NOT_PLAIN and not this.bare and own not in OWN_METRIC:
                out[at - 1] = replace(before, metric=f"{measure}:{before.column}")
    for at in range(1, len(measured)):
        before, this = out[at - 1], out[at]
        first, last = measured[at - 1][0][-1][0], measured[at][0][0][0]
        listed = mentions.near(first, 1, "conj") == last and mentions.parted(first, last)
        column = before.column
        rated = column is not None and (before.metric or "").partition(":")[0] in MEASURES
        if listed and rated and not before.bare and _only_measure(measured[at][0]):
            out[at] = replace(this, metric=f"{(this.metric or '').partition(':')[0]}:{column}")
    yield out


def _only_measure(group: list[tuple[int, Meaning]]) -> bool:
    """Tell the second of 售后支持的满意率和不满意率: a measure without a rating of its own."""
    return len(group) == 1 and group[0][1].sort is Sort.METRIC and group[0][1].name in MEASURES


MEASURES = frozenset({"satisfied", "dissatisfied"})
