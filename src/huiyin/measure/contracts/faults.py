"""What can be wrong with a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huiyin.core.errors import BadInputError

if TYPE_CHECKING:
    pass


class QueryError(BadInputError):
    """The question names something that does not exist or does not fit."""


class AmbiguousMetricError(QueryError):
    """A bare metric id fits several columns: they are listed."""


class UnsuitableScaleError(QueryError):
    """The metric is not defined on this scale (NPS on five levels)."""
