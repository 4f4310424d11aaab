"""What made definitions share: their faults and limits."""

from __future__ import annotations

from huiyin.core.errors import BadInputError
from huiyin.core.text import Text

MOST_MADE = 200
"""Of one dataset."""
LONGEST_NAME = 60
MOST_GROUPS = 60
MOST_VALUES = 2_000
MOST_PARTS = 20
NOT_IN_NAMES = frozenset("=<>≠≤≥!|:/\\")
"""Signs that the words of a question are parted by."""
MADE = Text("分组或指标", "group or metric")


class MadeError(BadInputError):
    """A made dimension or metric cannot be read, or cannot be kept as it is."""
