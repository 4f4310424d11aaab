"""The weights of the satisfaction index where the drivers give them."""

from __future__ import annotations

from dataclasses import replace

from huiyin.analyse.contracts import AnalysisError
from huiyin.analyse.drivers import find_drivers
from huiyin.analyse.ports import Corridor
from huiyin.codebook.contracts import Role
from huiyin.core.text import Text
from huiyin.measure.contracts import Query

NO_INDEX_WEIGHTS = Text(
    "推算不出综合指数的权重（{reason}），请直接给出权重。",
    "The weights of the index cannot be derived ({reason}): give them.",
)


def index_weights(corridor: Corridor) -> dict[str, float]:
    """Weigh the aspects for the satisfaction index by their shares as drivers.

    Returns
    -------
    dict of str to float
        Aspect column → weight; they sum to 1.

    Raises
    ------
    AnalysisError
        There is no target, no aspect, or too little data: give the weights instead.
    """
    aspects = [column.name for column in corridor.codebook.with_role(Role.ASPECT)]
    result = find_drivers(corridor, None, aspects, bootstrap=0)
    if result.not_estimable is not None:
        reason = Text.of(
            {tag: result.not_estimable.say(tag) for tag in result.target_label} or {"en": ""}
        )
        raise AnalysisError(NO_INDEX_WEIGHTS.format(reason=reason))
    return {driver.column: driver.share for driver in result.drivers}


def has_index_weights(corridor: Corridor, query: Query) -> bool:
    """Tell whether the index has its weights from the query or the rules, or is not asked for."""
    given = query.index_weights or corridor.index_weights
    return bool(given) or not any(m.split(":")[0] == "index" for m in query.metrics)


def with_index_weights(corridor: Corridor, query: Query) -> Query:
    """Let the drivers weigh the index of a query where neither it nor the metric rules do.

    Raises
    ------
    AnalysisError
        As for `index_weights`.
    """
    if has_index_weights(corridor, query):
        return query
    return replace(query, index_weights=index_weights(corridor))
