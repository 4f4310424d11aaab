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
    r" (?:in|of|at|for|among) (?:the |our )(?:\d+ |two |three |five |ten )?(?:most|least|\w+est)\b"
)
"""Satisfaction in the least tidy shops: a number of groups that another number picks."""


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
        counts_levels and VERY.search(text),
        kind in PLAIN and WHICH_SEVERAL.search(text),
        kind in PLAIN and len(understood.metrics) > 1 and _rated_in_clause(mentions),
        kind is Kind.RANKING and NUMBER_OF_BEST.search(text),
        _compares_twice(mentions, understood),
    )
    return any(odds)
