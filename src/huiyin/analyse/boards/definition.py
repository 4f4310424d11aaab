"""A board: one frozen document, the same in the store, over HTTP and as YAML."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from huiyin.analyse.boards.contracts import (
    COLUMNS,
    LONGEST_NAME,
    LONGEST_TEXT,
    LOWEST_ROW,
    MOST_FILTERS,
    MOST_TILES,
    TALLEST,
    BoardError,
    TileKind,
)
from huiyin.analyse.documents import Document, DocumentFaults, Part, read_document, read_yaml
from huiyin.analyse.views.contracts import Period
from huiyin.analyse.views.definition import View
from huiyin.core.text import LANGUAGES, Text

LONGEST_YAML = 400_000
_NO_BOARD = Text("这不是一个看板：要有 name 和 tiles。", "This is no board: give name and tiles.")
_WIDE = "tile {id} reaches over the edge of the grid"
_TWICE = "two tiles are called {id}"
_NO_VIEW = "tile {id} needs a view"

Name = dict[Annotated[str, Field(max_length=20)], Annotated[str, Field(max_length=LONGEST_NAME)]]
Prose = dict[Annotated[str, Field(max_length=20)], Annotated[str, Field(max_length=LONGEST_TEXT)]]
Words = Annotated[str, Field(max_length=LONGEST_TEXT)]


class Tile(Part):
    """One tile: what it shows, and where it stands on a grid of twelve columns.

    Attributes
    ----------
    id : str
        Never changes; comments hang on it.
    kind : TileKind
    title : dict of str to str
        Language tag → words; empty: what the numbers are called.
    view : View or None
        The question of a number or a chart; whose voices, of `VOICES`; which log, of `STAGES`.
    text : dict of str to str
    act : dict of str to str
        What to do where the number misses its target or got worse for real.
    advises : bool
        Whether its groups that are really below are listed under what to do: not where another's
        weakness is nobody's job, as in a chart of us beside a competitor.
    goal : float or None
        What the number should reach where the company has no target for it; shares as proportions.
    x, y, w, h : int
        Column, row, width and height in cells of the grid.
    """

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]
    kind: TileKind
    title: Name = Field(default_factory=dict, max_length=20)
    view: View | None = None
    text: Prose = Field(default_factory=dict, max_length=20)
    act: Prose = Field(default_factory=dict, max_length=20)
    advises: bool = True
    goal: Annotated[float, Field(allow_inf_nan=False)] | None = None
    x: int = Field(default=0, ge=0, lt=COLUMNS)
    y: int = Field(default=0, ge=0, le=LOWEST_ROW)
    w: int = Field(default=3, ge=1, le=COLUMNS)
    h: int = Field(default=2, ge=1, le=TALLEST)

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.x + self.w > COLUMNS:
            raise ValueError(_WIDE.format(id=self.id))
        if self.view is None and self.kind not in {TileKind.TEXT, TileKind.TODO}:
            raise ValueError(_NO_VIEW.format(id=self.id))
        return self


class Board(Document):
    """A board: its tiles, and the filters and period that act on all of them.

    Attributes
    ----------
    name, about : dict of str to str
        Language tag → words.
    role : str or None
        The template it began as.
    industry : str or None
        The industry that the template was arranged for.
    period : Period or None
        In place of each tile's own days; None: each keeps its own.
    where : tuple of str
        Conditions in the words of a query, added to each tile whose data have such a column.
    tiles : tuple of Tile
    left_out : tuple of dict
        What the template has and the data cannot fill, in words.
    """

    name: Name = Field(min_length=1, max_length=20)
    about: Prose = Field(default_factory=dict, max_length=20)
    role: Annotated[str, Field(max_length=40)] | None = None
    industry: Annotated[str, Field(max_length=40)] | None = None
    period: Period | None = None
    where: tuple[Words, ...] = Field(default=(), max_length=MOST_FILTERS)
    tiles: tuple[Tile, ...] = Field(default=(), max_length=MOST_TILES)
    left_out: tuple[Prose, ...] = Field(default=(), max_length=MOST_TILES)

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        seen: set[str] = set()
        for tile in self.tiles:
            if tile.id in seen:
                raise ValueError(_TWICE.format(id=tile.id))
            seen.add(tile.id)
        return self

    @property
    def called(self) -> str:
        """Give the name as lists show it: in the first of our languages that it has."""
        return next((self.name[tag] for tag in LANGUAGES if self.name.get(tag)), "") or next(
            iter(self.name.values())
        )


_FAULTS = DocumentFaults(
    BoardError,
    no_yaml=_NO_BOARD,
    no_document=_NO_BOARD,
    unreadable=Text(
        "这个看板看不懂：{where}{fault}。", "This board cannot be read: {where}{fault}."
    ),
)


def read_board(words: str) -> Board:
    """Read a board from YAML.

    Parameters
    ----------
    words : str
        Whoever wrote it need not be trusted.

    Raises
    ------
    BoardError
        One sentence that names what cannot be read.
    """
    return read_yaml(Board, words, LONGEST_YAML, _FAULTS)


def board_of(document: object) -> Board:
    """Read a board from what JSON or YAML gave.

    Raises
    ------
    BoardError
        One sentence that names what cannot be read.
    """
    return read_document(Board, document, _FAULTS)
