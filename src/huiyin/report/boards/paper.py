"""What a board's files are made of: its tiles as they were answered, and the filters that held."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from huiyin.analyse.boards.contracts import COLUMNS, TileKind
from huiyin.analyse.boards.todo import Light
from huiyin.codebook.bands import group_text
from huiyin.core.numbers import number
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell, Result
from huiyin.measure.definitions.contracts import ATTAINMENT_TEXT, Attainment
from huiyin.report.boards import words as w
from huiyin.report.charts.chart import Option
from huiyin.report.numbers import Chip, chip, evidence
from huiyin.report.views.words import sentences

_MARKS = {Attainment.REACHED: "✓", Attainment.MISSED: "✗", Attainment.CANNOT_TELL: "◌"}
TONE = {Attainment.REACHED: "good", Attainment.MISSED: "bad", Attainment.CANNOT_TELL: "unknown"}
_MOST_BESIDE = 5
"""Things to do that stand in half a page's width; more of them stand across it, side by side."""
_MOST_LINES = 12
_AGAINST = Text("{mark} {word}（目标 {goal}）", "{mark} {word} (target {goal})")


@dataclass(frozen=True, slots=True)
class Quote:
    """What a customer wrote, contact data masked, and who in groups."""

    text: str
    who: str


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing to do: why, and what."""

    sentence: str
    act: str


@dataclass(frozen=True, slots=True)
class PaperTile:
    """One tile as it is printed.

    Attributes
    ----------
    kind : TileKind
    title : str
    width : int
        Columns of the grid.
    result : Result or None
        The numbers of a number or a chart.
    names : mapping of str to Text
        What people call the columns of its dataset.
    n_printed : int or None
        How many of them, from the first, a page prints; None: as many as it has room for.
    caption : str
        The finding.
    option : dict or None
        The chart; None where the numbers stand as a table.
    height : int
        Of the chart, in pixels.
    table : mapping or None
        Of a pivot table: ``heads``, ``columns``, ``rows``.
    beside : mapping or None
        What a chart shows beside its numbers: ``heads``, ``rows``, all in words.
    light : Light or None
    quotes, duties : tuple
    heard, silent : int
        Tiles that what to do is drawn from: with a number, and without.
    text : str
        What stands there in words: a text tile, or why the tile cannot be shown.
    note : str
        Which filters did not reach it.
    """

    kind: TileKind
    title: str
    width: int
    result: Result | None = None
    names: Mapping[str, Text] = field(default_factory=dict)
    n_printed: int | None = None
    caption: str = ""
    option: Option | None = None
    height: int = 0
    table: Mapping[str, Any] | None = None
    beside: Mapping[str, Any] | None = None
    light: Light | None = None
    quotes: tuple[Quote, ...] = ()
    duties: tuple[Duty, ...] = ()
    heard: int = 0
    silent: int = 0
    text: str = ""
    note: str = ""

    @property
    def across(self) -> bool:
        """Tell that its words run in two columns over the whole page."""
        return self.width == COLUMNS and bool(self.quotes or self.duties)

    def nothing_to_do(self, language: str) -> str:
        """Say why there is no duty: nothing is amiss, or no tile has a number that could tell."""
        if self.silent and not self.heard:
            return w.ALL_SILENT.say(language)
        told = [w.NOTHING_TO_DO] + [w.SILENT.format(n=self.silent)] * bool(self.silent)
        return sentences([one.say(language) for one in told], language)

    @property
    def cell(self) -> Cell | None:
        """The one number of a number tile."""
        return self.result.cells[0] if self.result and self.result.cells else None

    @property
    def lines(self) -> tuple[Cell, ...]:
        """The numbers of a table that a page has room for; a group that is hidden has none."""
        cells = self.result.cells[: self.n_printed] if self.result else ()
        most = _MOST_LINES if self.n_printed is None else self.n_printed
        return tuple(cell for cell in cells if cell.estimate is not None)[:most]

    @property
    def unprinted(self) -> int:
        """Groups that the table of a page leaves out."""
        if self.n_printed is not None:
            return 0
        return len(self.result.cells) - len(self.lines) if self.result and self.lines else 0

    def evidence(self, language: str) -> str:
        """Give interval and answers of the one number; nothing where it has none to rest on."""
        if self.cell is None or self.cell.estimate is None:
            return ""
        return evidence(self.cell, language)

    def formula(self, language: str) -> str:
        """Say what the one number counts; empty where there is none."""
        return self.result.definition[0].formula.say(language) if self.result else ""

    @property
    def higher_is_better(self) -> bool:
        """Tell which end of the number is good."""
        return self.result.definition[0].higher_is_better if self.result else True

    def name(self, cell: Cell, language: str) -> str:
        """Name a row of the table: its groups, and its metric where there are several."""
        groups = "、".join(
            "—" if value is None else group_text(column, value).say(language)
            for column, value in cell.by.items()
        )
        several = len(self.result.definition) > 1 if self.result else False
        parts = (groups, cell.label.say(language) if several or not groups else "")
        return " · ".join(part for part in parts if part)

    def chip(self, language: str, cell: Cell | None = None) -> Chip | None:
        """Give the call on a number of the table, else on the one number."""
        found = cell or self.cell
        if found is None or self.result is None:
            return None
        better = {one.metric: one.higher_is_better for one in self.result.definition}
        return chip(found, language, higher_is_better=better.get(found.metric, True))

    def lamp(self, language: str) -> str:
        """Say where the number stands against its target; empty where it has none."""
        if self.light is None or self.cell is None:
            return ""
        stands = Attainment(self.light.attainment)
        said = _AGAINST.format(
            mark=_MARKS[stands],
            word=ATTAINMENT_TEXT[stands],
            goal=number(self.light.goal, self.cell.unit, language),
        )
        return said.say(language)

    @property
    def lamp_tone(self) -> str:
        """Give the tone of the light."""
        return TONE[Attainment(self.light.attainment)] if self.light else "neutral"


@dataclass(frozen=True, slots=True)
class BoardPaper:
    """A board as it is printed, in one language.

    `facts` are name and value: period, filters, when it was made and for whom; `tiles` in
    reading order.
    """

    name: str
    about: str
    language: str
    facts: tuple[tuple[str, str], ...]
    tiles: tuple[PaperTile, ...]
    generated: bool = False

    @property
    def rows(self) -> tuple[tuple[PaperTile, ...], ...]:
        """The tiles in rows that a page is wide enough for; each fills the first gap it fits.

        Words that would stand alone beside nothing, or be a tall pillar, run across the page.
        """
        rows: list[list[PaperTile]] = []
        for tile in self.tiles:
            one = _across(tile) if len(tile.duties) > _MOST_BESIDE else tile
            gaps = (row for row in rows[-2:] if _width(row) + one.width <= COLUMNS)
            row = next(gaps, None)
            if row is None:
                rows.append(row := [])
            row.append(one)
        return tuple(tuple(row) if len(row) > 1 else (_across(*row),) for row in rows)

    def of(self, *kinds: TileKind) -> tuple[PaperTile, ...]:
        """Give the tiles of some kinds."""
        return tuple(tile for tile in self.tiles if tile.kind in kinds)


def _width(row: Sequence[PaperTile]) -> int:
    return sum(one.width for one in row)


def _across(tile: PaperTile) -> PaperTile:
    return replace(tile, width=COLUMNS) if tile.quotes or tile.duties else tile
