"""Shares of a value: 家庭客占比, share of office workers who bought again."""

from __future__ import annotations

import re

from huiyin.ask.meanings import CONTENT, Meaning, Sort
from huiyin.ask.mentions import Mentions
from huiyin.ask.named import Named
from huiyin.ask.turns import LEVELS_EN
from huiyin.ask.valued import column_of, value_in
from huiyin.codebook.contracts import Role


def read_shares(mentions: Mentions, named: Named, hints: tuple[str, ...]) -> None:
    """Read 家庭客占比: the value beside the word is what is counted, not a condition."""
    for at in mentions.saying("share"):
        english = mentions.tokens[at].text[0].isascii()
        text = mentions.text
        if english and (SATISFIED_ARE.search(text) or LEVELS_EN.search(text)):
            continue
        if english and _intends(mentions, at):
            continue
        places = [
            place for place in _order(mentions, at) if _may_be_counted(mentions, named, place)
        ]
        open_ = english and places and _counted_as_told(mentions, at) is None
        met = _only_choice(mentions, named) if open_ else None
        if met is not None:
            places = [met]  # share of iOS users who ran into login trouble
        if _levels_counted(mentions, at):
            continue
        place = places[0] if places else None if english else _counted_among(mentions, at)
        place = _only_choice(mentions, named) if place is None and not english else place
        if place is None:
            continue
        token = mentions.tokens[place]
        column = column_of(token, mentions, place, hints, named)
        if column:
            for one in [*_listed_with(mentions, named, place, column), place]:
                named.rates.append(f"share:{column}={value_in(mentions.tokens[one], column)}")
                named.used.add(one)


EACH_SHARE = re.compile(r"各(?:是|有|自|为|占|多少|几)|分别|\brespectively\b|\beach\b")
JOINED = frozenset({"和", "、", "与", "及", "以及", "跟", ",", "，", "and"})


def _listed_with(mentions: Mentions, named: Named, place: int, column: str) -> list[int]:
    """Find the others in 家庭客、上班族和送礼客的占比分别多少: a share of each."""
    if not EACH_SHARE.search(mentions.text):
        return []
    found: list[int] = []
    for at in range(place - 1, -1, -1):
        token = mentions.tokens[at]
        between = mentions.text[token.end : mentions.tokens[(found or [place])[0]].start].strip()
        if token.of(Sort.FILLER) and token.text in JOINED:
            continue
        value = token.of(Sort.VALUE)
        if value is None or column not in value.columns or between not in JOINED:
            break
        if at in named.used:
            break
        found.insert(0, at)
    return found


WOULD = re.compile(r"\b(?:would|will|intend|intends|plan|plans|want|wants|likely)\b")


def _intends(mentions: Mentions, at: int) -> bool:
    """Tell “share of silver members who would come again”: an intent is a share by itself."""
    book, start = mentions.vocabulary.codebook, mentions.tokens[at].end
    return any(
        book[rating.columns[0]].role is Role.INTENT
        and WOULD.search(mentions.text[start : token.start]) is not None
        for token in mentions.tokens[at + 1 :]
        if (rating := token.of(Sort.RATING)) is not None and rating.columns
    )


def _order(mentions: Mentions, at: int) -> list[int]:
    """List the places where what is counted may stand, the likelier first."""
    each = mentions.text[: mentions.tokens[at].start].endswith(("各", "各自", "分别"))
    before = mentions.near(at, -1, *(("each",) if each else ()))
    after = mentions.near(at, 1, "yes_word")
    told = _counted_as_told(mentions, at)
    if told is not None:
        return told
    if not mentions.tokens[at].text[0].isascii():
        apart = after is not None and mentions.parted(at, after)
        order: tuple[int | None, ...] = (_past_column(mentions, before), None if apart else after)
        if mentions.text.startswith("的", mentions.tokens[at].end):
            order = (_told_last(mentions, at), *order)
    elif OF_NEXT.match(mentions.text, mentions.tokens[at].end):
        done = _counted_by_verb(mentions, at)
        order = (_counted_later(mentions, at), _counted_of(mentions, at), after, before, done)
    elif before is not None and mentions.tokens[before].says(*LEVELS):
        order = ()  # promoters share in the east: they are what is counted
    else:
        order = (_counted_later(mentions, at), before, after)
    return [place for place in order if place is not None]


OF_THEM = re.compile(r"(?:里面?|当?中|之中|内部?)(?:的|[,，])?(?:有|是)?$")


def _levels_counted(mentions: Mentions, at: int) -> bool:
    """Tell 闪退的用户里推荐者占几成: how they rated is what is counted."""
    before = mentions.near(at, -1)
    if before is None or mentions.tokens[at].text[0].isascii():
        return False
    rated = mentions.tokens[before]
    told = rated.says("promoters", "passives", "detractors")
    return told and OF_THEM.search(mentions.text[: rated.start]) is not None


def _told_last(mentions: Mentions, at: int) -> int | None:
    """Find what is counted in 华东有百分之几的客户是黑金: the last that is said of them."""
    told = [
        place
        for place, token in enumerate(mentions.tokens)
        if place > at and token.of(Sort.VALUE, Sort.YES_NO)
    ]
    return told[-1] if told else None


def _past_column(mentions: Mentions, at: int | None) -> int | None:
    """Tell 公众号渠道占…, 没解决的问题占比: what is counted stands before a column's name."""
    people = mentions.tokens[at].of(Sort.GENERIC) if at else None
    if at and people:
        return _who_they_are(mentions, at, people)
    column = mentions.tokens[at].of(Sort.COLUMN) if at else None
    if at is None or column is None or mentions.tokens[at - 1].end != mentions.tokens[at].start:
        return at
    if mentions.tokens[at - 1].text == "的" and at > 1 and mentions.tokens[at - 2].of(Sort.YES_NO):
        return at - 2
    value = mentions.tokens[at - 1].of(Sort.VALUE)
    return at - 1 if value and value.columns == column.columns else at


def _who_they_are(mentions: Mentions, at: int, people: Meaning) -> int:
    """Tell 26-35岁的人群占比, 金卡群体占几成: who they are stands before the word for them."""
    place = at - 2 if at > 1 and mentions.tokens[at - 1].text == "的" else at - 1
    value = mentions.tokens[place].of(Sort.VALUE)
    touches = mentions.text[mentions.tokens[place].end : mentions.tokens[at].start] in {"", "的"}
    told = value is not None and touches and not {*value.columns}.isdisjoint(people.columns)
    return place if told else at


def _may_be_counted(mentions: Mentions, named: Named, place: int) -> bool:
    told = mentions.tokens[place].of(Sort.VALUE, Sort.YES_NO)
    return place not in named.used and told is not None


def _only_choice(mentions: Mentions, named: Named) -> int | None:
    """Find what is counted in 登录不上 各系统占比: the only thing that anybody may have met."""
    book = mentions.vocabulary.codebook
    met = [
        at
        for at, token in enumerate(mentions.tokens)
        if (m := token.of(Sort.VALUE)) and book[m.columns[0]].role is Role.CHOICE_SET
    ]
    return met[0] if len(met) == 1 and met[0] not in named.used else None


AMONG = re.compile(r"(?:客户|顾客|用户|会员|人群)?(?:在|于)")


def _counted_among(mentions: Mentions, at: int) -> int | None:
    """Find what is counted in 送礼客在全部客户里占几成."""
    places = [p for p in range(at) if mentions.tokens[p].of(Sort.VALUE, Sort.YES_NO)]
    told = [p for p in places if AMONG.match(mentions.text, mentions.tokens[p].end)]
    return told[0] if len(told) == 1 else None


LEVELS = ("promoters", "passives", "detractors", "low", "high")
OF_NEXT = re.compile(r"\s*(?:of|who|that)\b")
SATISFIED_ARE = re.compile(
    r"\b(?:are|is|were|was|feel|felt|came away|come away|left|leave|end up|remain|stay) (?:very )?"
    r"(?:dis|un)?(?:satisfied|happy|unhappy)\b"
)
"""Of whom a share is satisfied: they are not what is counted."""


WHO = re.compile(
    r"\b(?:who|that|whose|which|with|having|complaining|reporting|mentioning|facing|experiencing"
    r"|encountering|affected)\b"
)


def _counted_of(mentions: Mentions, at: int) -> int | None:
    """Find what is counted in “share of iOS users who met crashes”: what is said of them."""
    who = WHO.search(mentions.text, mentions.tokens[at].end)
    if who is None:
        return None
    found = [
        place
        for place, token in enumerate(mentions.tokens)
        if token.start >= who.end() and token.of(Sort.VALUE, Sort.YES_NO)
    ]
    return found[0] if found else None


VERB = re.compile(
    r"\b(?:comes?|came|coming|are|is|was|were|goes?|went|uses?|used|using|made|placed|reported)\b"
)


def _counted_by_verb(mentions: Mentions, at: int) -> int | None:
    """Find what is counted in “share of orders that come from the mini program”."""
    known = [t for t in mentions.tokens if t.period is None and t.of(*CONTENT)]
    found = [place for place, t in enumerate(mentions.tokens) if t.of(Sort.VALUE)]
    if len(known) != 1 or len(found) != 1:
        return None
    gap = mentions.text[mentions.tokens[at].end : mentions.tokens[found[0]].start]
    return found[0] if VERB.search(gap) else None


ASKED = re.compile(
    r"\b(?:what|which|how many|how (?:big|large|high) an?) (?:share|proportion|percentage|per ?cent"
    r"|fraction)\b"
)
TELLS = re.compile(
    r"(?<!\bwho )(?<!\bthat )(?<!\bwhich )\b(?:are|is|were|was|use|uses|used|have|has|had|hold"
    r"|holds|held|owns?|owned|come|comes|came|go|goes|went|belong|belongs"
    r"|met|run into|ran into|experienced|encountered|faced|suffered|buy|shop|carry|carries)\b"
)


def _counted_as_told(mentions: Mentions, at: int) -> list[int] | None:
    """Find what is counted in “what share of customers in the east are families”.

    It is what the verb says of them; whoever is named before it is of whom a share is asked.
    """
    token = mentions.tokens[at]
    asked = next(
        (m for m in ASKED.finditer(mentions.text) if m.start() <= token.start < m.end()), None
    )
    verb = TELLS.search(mentions.text, asked.end()) if asked else None
    if verb is None:
        return None
    told = [one for one in enumerate(mentions.tokens) if one[1].start >= verb.end()]
    if any(one.says("promoters", "passives", "detractors") for _, one in told):
        return []  # how they rated is counted, no value
    return [place for place, one in told if one.of(Sort.VALUE, Sort.YES_NO)][:1] or None


def _counted_later(mentions: Mentions, at: int) -> int | None:
    """Find what is counted in “share of office workers who bought again”."""
    later = range(at + 1, len(mentions.tokens))
    found = [one for one in later if mentions.tokens[one].of(Sort.YES_NO)]
    return found[0] if len(found) == 1 else None
