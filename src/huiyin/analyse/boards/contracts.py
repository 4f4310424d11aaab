"""What a board may hold, and what can go wrong."""

from __future__ import annotations

from enum import StrEnum

from huiyin.core.errors import BadInputError
from huiyin.core.text import Text

COLUMNS = 12
"""Columns of the grid; a phone shows the tiles one below the other in reading order."""
MOST_TILES = 40
MOST_FILTERS = 20
LOWEST_ROW = 500
TALLEST = 40
LONGEST_NAME = 120
LONGEST_TEXT = 4000
LONGEST_COMMENT = 2000
MOST_MENTIONS = 20

BOARD = Text("看板", "board")
VERSION = Text("看板版本", "board version")
COMMENT = Text("评论", "comment")
TEMPLATE = Text("看板模板", "board template")
INDUSTRY = Text("行业", "industry")


class TileKind(StrEnum):
    """What a tile shows."""

    NUMBER = "number"
    VIEW = "view"
    TEXT = "text"
    TODO = "todo"
    VOICES = "voices"
    STAGES = "stages"


class BoardError(BadInputError):
    """A board cannot be read or kept as it is."""
