"""What English words say that a query cannot hold: such questions are asked back."""

from __future__ import annotations

import re

from huiyin.ask.contracts import Kind, Understood
from huiyin.ask.meanings import Sort
from huiyin.ask.mentions import Mentions
from huiyin.measure.contracts import Against

PLAIN = frozenset({Kind.NUMBER, Kind.TREND})
ASKS_WHERE = re.compile(r"^(?:so |and )?(?:in |on |at |for )?(?:where|which|what)\b")
VERY = re.compile(
    r"\b(?:very|extremely|completely|fully|totally|really) (?:un|dis)?(?:satisfied|happy)\b"
)
LEVEL_SHARES = ("satisfied:", "dissatisfied:")
"""They count two levels; very satisfied is one of them."""


WHO = re.compile(
    r"\b(?:customers|people|clients|users|those|members|shoppers|visitors) (?:who|that|whose)\b"
)


def _rated_in_clause(mentions: Mentions) -> bool:
    """Tell “spend of those who would come again”: a rating that only says whose number it is."""
    clause = WHO.search(mentions.text)
    return clause is not None and any(
        token.start >= clause.end() and token.of(Sort.RATING) for token in mentions.tokens
    )


WHICH_SEVERAL = re.compile(
    r"\bwhich (?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten) [a-z]"
)
"""Which five shops …: some are picked, and no word tells by which end."""
NUMBER_OF_BEST = re.compile(
    r"^(?:what is )?(?:the )?(?:satisfaction|nps|effort|spend|repurchase)(?: score| rate)?"
    r" (?:in|of|at|for|among) (?:the |our )"
    r"(?:(?:\d+ |two |three |five |ten )?(?:most|least|\w+est)\b"
    r"|\w+(?: \w+)? (?:with|having|that (?:has|have)) the (?:most|least|fewest|\w+est|worst)\b)"
)
"""Satisfaction in the least tidy shops: a number of groups that another number picks."""


NEXT_BEST = re.compile(
    r"\b(?:second|third|2nd|3rd|next)[- ](?:to[- ])?(?:best|worst|highest|lowest|most|least|last)\b"
)
"""The second best region: only the first ones are picked."""
DIFFER = re.compile(r"\bdiffer(?:s|ed)?\b|\b(?:furthest|farthest|most) apart\b")
"""Which two regions differ most: no end of a ranking."""
OR_NOT = re.compile(r"\b(?:by|per|depending on) (?:whether )?(?:\w+ ){1,4}or (?:not|un\w+)(?=\W*$)")
"""Split by solved or not: those of both answers are asked for."""
OF_EACH_YEAR = re.compile(r"\bq[1-4] (?:of|in) (?:each|every) year\b")
"""Parts of several years are no stretch of days."""


BOTH_SHARES = re.compile(r"\bsatisfied\b.{0,40}\band\b.{0,40}\bdissatisfied\b")
"""What share is satisfied and what share dissatisfied: two numbers."""


CARES_MORE = re.compile(
    r"\bcares? (?:\w+ )?(?:more|less|most|least)\b|\bmatters? (?:more|less) to\b"
)
"""How much a thing matters to a group is no number of it."""
OF_WHOM_ARE = re.compile(
    r"\b(?:share|portion|proportion|percent(?:age)?|part|fraction|many)\b.{0,6}? of "
    r"(?:the |our |all )?(?P<whole>[a-z0-9 -]{2,40}?) "
    r"(?:customers |users |people |members |clients )?(?:are|were|is|was)\b"
)
OF_ALL = re.compile(
    r"\bas (?:an? )?(?:share|percentage|proportion|part|fraction) of (?:all|the (?:total|whole))\b"
)
"""Dissatisfied gold members as a share of all: no share among some."""
MUCH_MORE = re.compile(r"\bhow much (?:more|less|higher|lower|better|worse)\b")
"""How much more do gold members spend: than whom is not said."""
GAP = re.compile(r"\b(?:gap|difference|spread|distance)s?\b")


def _share_of_the_whole(mentions: Mentions, understood: Understood) -> bool:
    """Tell “what portion of Apple users are promoters” from that of promoters who use Apple."""
    found = OF_WHOM_ARE.search(mentions.text)
    if found is None:
        return False
    first, last = found.span("whole")
    whole = {
        f"share:{meaning.columns[0]}={meaning.value}"
        for token in mentions.tokens
        if first <= token.start and token.end <= last and (meaning := token.of(Sort.VALUE))
    }
    return bool(understood.where) and not whole.isdisjoint(understood.metrics)


BUT_THE_OTHER = re.compile(
    r"(?:\b(?:but|while|whereas|though|although|yet)\b|,) [^,;]{2,40}\b"
    r"(?:is|are|was|were|does|do|did|has|have|stays|stayed)(?: not|n't)?\W*$"
)
"""NPS is below 40 but repurchase is not: two bounds."""
OF_THE_BEST = re.compile(
    r"\b(?:average|mean|combined|total|overall|sum)\b.{0,30} of (?:the |our )?"
    r"(?:top|bottom|best|worst|first|last) (?:\d+|two|three|four|five|ten|half)\b"
)
"""Average NPS of the top three regions: one number of groups that another number picks."""
ONLY_THEY = re.compile(r"^(?:is|are|was|were|did|does|do|has|have) (?:it |this |that )?only\b")
"""Is only the north falling: the others are asked about too."""
CHANGED_TOO = re.compile(
    r"\b(?:got|gotten|getting|became|fell|fallen|falling|dropped|rose|risen|rising|improved"
    r"|improving|worsened|declined|declining|slipped)\b.{0,30}\b(?:but|and|yet|while|though)\b"
)
"""Which stores got worse but are still above 50: the change is lost beside the bound."""
AS_ONE_OF_BEST = re.compile(r"\b(?:together|combined|pooled|overall|on average)\W*$")


def _compares_twice(mentions: Mentions, understood: Understood) -> bool:
    """Tell “A and B, this year versus last year”: groups and times at once."""
    compare = understood.compare
    if compare is None or compare.against is not Against.GROUP:
        return False
    dated = sum(token.period is not None for token in mentions.tokens)
    return dated > 1 or (dated == 1 and mentions.says("previous", "year_ago"))


def _asks_where_ahead(text: str, understood: Understood) -> bool:
    """Tell “where do we beat the competitor, by region”: groups picked by a difference."""
    compare = understood.compare
    of_groups = compare is not None and compare.against is Against.GROUP
    return of_groups and bool(understood.by) and ASKS_WHERE.search(text) is not None


TWO_QUESTIONS = re.compile(
    r"^(?:so |and )?(?:what|which|who|where|how)\b.{4,}?(?:\band\b|[,;?]) ?(?:and |also |then )*"
    r"(?:which|who|where|why|what (?:is|are|was|were)|how (?:many|much))\b"
)
"""What is NPS and which store is worst: only one of two questions is answered at once."""
PICKS_SOME = re.compile(r"^(?:so |and )?(?:which|who|where)\b")


def _asks_twice(text: str, kind: Kind) -> bool:
    """Tell two questions from one: why a number moved holds what it was."""
    return TWO_QUESTIONS.search(text) is not None and (
        kind is not Kind.WHY or PICKS_SOME.search(text) is not None
    )


TWO_AT_A_TIME = re.compile(
    r"\b(?:fortnightly|bi-?weekly|bi-?monthly|half-?yearly|by (?:fortnight|half-?year)"
    r"|every (?:two|other|second|three|four) (?:days|weeks?|months?))\b"
)
"""Steps that no series has."""
OF_LARGEST = re.compile(
    r"\b(?:for|in|of|across|among|do|does|did) (?:the |our )?(?:\d+ |two |three |four |five |ten )?"
    r"(?:largest|biggest|smallest|busiest) (?:provinces?|cit(?:y|ies)|regions?|shops?|stores?"
    r"|branch(?:es)?|channels?|segments?|teams?|industr(?:y|ies)|departments?|carriers?|brands?)\b"
)
"""NPS in the five largest provinces: no number that is asked for says how large they are."""


def _bounds_answers(understood: Understood) -> bool:
    """Tell “tellers with less than half satisfied”: the bound is on how many, no score."""
    answered = any(set(one.values) in ({"4", "5"}, {"1", "2"}) for one in understood.where)
    bound = understood.threshold
    return bound is not None and answered and understood.metrics[0].startswith("score:")


SAID_ABOUT = re.compile(r"\b(?:about|regarding|concerning|on the subject of)\b")


def _said_about(mentions: Mentions, understood: Understood) -> bool:
    """Tell “what do unhappy customers say about checkout”: comments are not told by what of."""
    about = SAID_ABOUT.search(mentions.text)
    chosen = {condition.column for condition in understood.where}
    return about is not None and any(
        token.start >= about.end() and meaning is not None and chosen.isdisjoint(meaning.columns)
        for token in mentions.tokens
        for meaning in [token.of(Sort.RATING)]
    )


SCOPES = frozenset({Sort.VALUE, Sort.YES_NO, Sort.COLUMN})


def _numbers_of_their_own(mentions: Mentions, understood: Understood) -> bool:
    """Tell “NPS in May and satisfaction in April”: each number has its own rows, days or groups."""
    asked = [m for m in mentions.metrics() if m.metric in understood.metrics]
    other = next((m for m in asked if m.metric != asked[0].metric), None)
    if other is None or understood.kind is Kind.RELATION:
        return False
    between = _scopes(mentions, asked[0].end, other.start)
    after = _scopes(mentions, other.end, len(mentions.text))
    return bool(between) and bool(after) and between != after


def _scopes(mentions: Mentions, start: int, end: int) -> set[str]:
    """Give the words between two places that say which rows, days or groups are meant."""
    return {
        token.text
        for token in mentions.tokens
        if start <= token.start
        and token.end <= end
        and (token.period is not None or (token.first and token.first.sort in SCOPES))
    }


def english_at_odds(mentions: Mentions, understood: Understood) -> bool:
    """Tell whether a turn of phrase says more than the query that was read.

    Parameters
    ----------
    mentions : Mentions
    understood : Understood
        Complete.
    """
    kind, text = understood.kind or Kind.NUMBER, mentions.text
    counts_levels = any(metric.startswith(LEVEL_SHARES) for metric in understood.metrics)
    odds = (
        _asks_where_ahead(text, understood),
        counts_levels and len(understood.metrics) == 1 and BOTH_SHARES.search(text),
        counts_levels and VERY.search(text),
        kind in PLAIN and WHICH_SEVERAL.search(text),
        kind in PLAIN and len(understood.metrics) > 1 and _rated_in_clause(mentions),
        kind is Kind.RANKING and NUMBER_OF_BEST.search(text),
        kind is Kind.RANKING and (NEXT_BEST.search(text) or DIFFER.search(text)),
        not understood.by and OR_NOT.search(text),
        OF_EACH_YEAR.search(text) and any(t.period is not None for t in mentions.tokens),
        _compares_twice(mentions, understood),
        _share_of_the_whole(mentions, understood),
        bool(understood.where) and OF_ALL.search(text),
        kind is Kind.RELATION and GAP.search(text),
        kind is Kind.NUMBER and bool(understood.where) and MUCH_MORE.search(text),
        kind in {Kind.COMPARE, Kind.RANKING} and CARES_MORE.search(text),
        kind is Kind.RANKING and (AS_ONE_OF_BEST.search(text) or OF_THE_BEST.search(text)),
        kind is Kind.THRESHOLD and CHANGED_TOO.search(text),
        kind in {Kind.NUMBER, Kind.COMPARE} and bool(understood.where) and ONLY_THEY.search(text),
        kind in {Kind.THRESHOLD, Kind.RANKING} and BUT_THE_OTHER.search(text),
        _asks_twice(text, kind),
        kind in PLAIN and TWO_AT_A_TIME.search(text),
        kind is Kind.RANKING and OF_LARGEST.search(text),
        _bounds_answers(understood),
        kind is Kind.VOICES and _said_about(mentions, understood),
        _numbers_of_their_own(mentions, understood),
    )
    return any(odds)
