"""What can be wrong with an analysis that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from huiyin.core.errors import BadInputError

if TYPE_CHECKING:
    pass


class AnalysisError(BadInputError):
    """An analysis is asked for columns it cannot use."""
