"""What a report page is made of: the same blocks become HTML and PDF."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from huiyin.analyse.contracts import Findings
from huiyin.core.text import Text
from huiyin.report.charts.chart import Chart
from huiyin.report.numbers import Chip
from huiyin.report.words import word


@dataclass(frozen=True, slots=True)
class Datum:
    """One entry of a table: words, a small second line, a chip, what to sort it by."""

    text: str = ""
    small: str = ""
    chip: Chip | None = None
    sort: float | str | None = None
    number: bool = False
    strong: bool = False
    shade: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a heading for each column; `more` says that rows were left out."""

    header: tuple[str, ...]
    rows: tuple[tuple[Datum, ...], ...]
    caption: str = ""
    more: str = ""
    numeric: frozenset[int] = frozenset()
    sortable: bool = True
    kind: str = "table"


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its numbers as a table; `anchor` is unique on the page.

    `printed`: the table stands below the picture on paper too; `note` says below it what is drawn.
    """

    anchor: str
    chart: Chart
    table: Table | None = None
    printed: bool = False
    kind: str = "figure"
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; `tone` ``note`` is small and grey."""

    text: str
    tone: str = ""
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a chapter, with a line of facts below."""

    text: str
    small: str = ""
    anchor: str = ""
    kind: str = "heading"


@dataclass(frozen=True, slots=True)
class Tile:
    """One headline score."""

    label: str
    value: str
    small: str
    chip: Chip | None
    absent: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tiles:
    """The headline scores side by side."""

    tiles: tuple[Tile, ...]
    kind: str = "tiles"


@dataclass(frozen=True, slots=True)
class Quote:
    """One comment with what is known of who said it."""

    text: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quotes:
    """Comments."""

    quotes: tuple[Quote, ...]
    kind: str = "quotes"


@dataclass(frozen=True, slots=True)
class Toggle:
    """Two views of one matter; the reader switches between them."""

    label: str
    names: tuple[str, str]
    views: tuple[Table, Table]
    anchor: str
    kind: str = "toggle"


Block = Table | Figure | Paragraph | Heading | Tiles | Quotes | Toggle


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: an anchor, a title, a leading sentence, and its blocks."""

    anchor: str
    title: str
    lead: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Reader:
    """Who the report is written for: the language, and which metrics are better when low."""

    language: str
    lower_is_better: AbstractSet[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, findings: Findings, language: str) -> Reader:
        """Read the directions from the findings' definitions."""
        shown = [findings.scorecard, findings.aspects]
        definitions = [d for result in shown if result for d in result.definition]
        lower = {d.metric for d in definitions if not d.higher_is_better}
        lower |= {d.metric for d in findings.definitions if not d.higher_is_better}
        return cls(language, frozenset(lower))

    def say(self, text: Text) -> str:
        """Say a text."""
        return text.say(self.language)

    def word(self, key: str, **facts: object) -> str:
        """Say a word of the report."""
        return word(key, self.language, **facts)

    def header(self, *keys: str) -> tuple[str, ...]:
        """Name the columns of a table."""
        return tuple(self.word(f"col.{key}") for key in keys)


def notes(texts: tuple[Text, ...], reader: Reader) -> list[Block]:
    """Set notes as small paragraphs."""
    return [Paragraph(reader.say(text), "note") for text in texts]
