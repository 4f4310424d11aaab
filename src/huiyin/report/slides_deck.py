"""The deck as a whole: slides are added at the end, each with chapter, source and number."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from huiyin.analyse.contracts import Findings
from huiyin.report.characters import one_line
from huiyin.report.charts.chart import WIDTH as CHART_WIDTH
from huiyin.report.charts.chart import Chart
from huiyin.report.draw import draw_png
from huiyin.report.numbers import answers, share
from huiyin.report.slides_measure import points
from huiyin.report.slides_page import GRID_SIZES, Area, Grid, Slide, Words
from huiyin.report.slides_theme import new_deck
from huiyin.report.slides_words import say
from huiyin.report.words import word

_LEAD_SIZE = 13.0
_ZOOM, _STRETCH = 2.0, 1.4
_BETWEEN = " · "
_GAP = 200_000
_NUMBER_ID = 3
_EMU_PER_POINT = 12_700
SIDE, _SIDE_PIXELS = 0.58, 660
"""Part of the width a picture takes beside a table, and the pixels it is drawn on there."""


class Deck:
    """The presentation being written.

    Parameters
    ----------
    findings : Findings
    language : str
        Language tag.
    """

    def __init__(self, findings: Findings, language: str) -> None:
        self.findings = findings
        self.language = language
        self.file: Any = new_deck()
        definitions = [
            *findings.definitions,
            *(findings.scorecard.definition if findings.scorecard else ()),
            *(findings.aspects.definition if findings.aspects else ()),
        ]
        self.lower_is_better = frozenset(d.metric for d in definitions if not d.higher_is_better)
        self._source = self._footnote()
        self._appendix: list[tuple[str, str, Grid]] = []

    def word(self, key: str, **facts: object) -> str:
        """Say a word of the report."""
        return word(key, self.language, **facts)

    def cover(self) -> Slide:
        """Add the cover."""
        return Slide(self.file.slides.add_slide(self.file.slide_layouts[0]), self.language)

    def page(self, chapter: str, title: str, *, note: str = "", kicker: str = "") -> Slide:
        """Add a slide: the chapter above, what was found as its title, the source below."""
        layout = self.file.slide_layouts[1]
        made = self.file.slides.add_slide(layout)
        add_number(made, layout)
        slide = Slide(made, self.language)
        slide.kicker(kicker or self.word(chapter))
        slide.title(title)
        slide.footnote(self._labelled([note or self._source]))
        return slide

    def finding(self, chapter: str, otherwise: str = "") -> str:
        """Give the chapter's conclusion, else another sentence, else the chapter's name."""
        for conclusion in self.findings.conclusions:
            if conclusion.chapter == chapter:
                return conclusion.sentence.say(self.language)
        return otherwise or self.word(chapter)

    def tables(self, chapter: str, title: str, grid: Grid, lead: str = "") -> None:
        """Add as many slides as a table needs."""
        area = self._under(lead)
        pages = grid.sized(area).pages(area)
        for i, part in enumerate(pages, start=1):
            slide = self.page(chapter, self.counted(title, i, len(pages)))
            self._lead(slide, lead)
            slide.table(area, part)

    def together(self, chapter: str, parts: Sequence[tuple[str, Grid]], lead: str = "") -> None:
        """Put tables on one slide, under the first one's title, where they fit; else apart."""
        stacked = _stacked([grid for _, grid in parts], self._under(lead))
        if stacked:
            slide = self.page(chapter, parts[0][0])
            self._lead(slide, lead)
            for area, grid in stacked:
                slide.table(area, grid)
            return
        for title, grid in parts:
            self.tables(chapter, title, grid, lead)
            lead = ""

    def counted(self, title: str, place: int, n: int) -> str:
        """Give the title of a slide that goes on over several, with its number."""
        return title if n == 1 else say("counted", self.language, title=title, i=place, n=n)

    def chart_and_table(
        self, chapter: str, title: str, chart: Chart, grid: Grid, *, lead: str = "",
        beside: bool = False,
    ) -> None:  # fmt: skip
        """Add a picture with its numbers: below it, beside it, else in the appendix."""
        lead = "" if one_line(lead) == one_line(title) else lead
        area = self._under(lead)
        slide = self.page(chapter, title)
        self._lead(slide, lead)
        description = f"{chart.title}. {chart.caption}"
        tall = round(area.width * chart.height / CHART_WIDTH)
        beneath = area.below(tall, _GAP)
        left, right = area.split(SIDE)
        if beneath.height > 0 and len(grid.pages(beneath)) == 1:
            top = Area(area.left, area.top, area.width, tall)
            slide.picture(top, drawn(chart, top), description)
            slide.table(beneath, grid.sized(beneath))
        elif beside and len(grid.pages(right)) == 1:
            slide.picture(left, drawn(chart, left, _SIDE_PIXELS), description)
            slide.table(right, grid.sized(right))
        else:
            slide.picture(area, drawn(chart, area), description)
            self._appendix.append((chapter, chart.title, grid))

    def chart_alone(self, chapter: str, title: str, chart: Chart, *, lead: str = "") -> None:
        """Add a picture that says all by itself."""
        area = self._under(lead)
        slide = self.page(chapter, title)
        self._lead(slide, lead)
        slide.picture(area, drawn(chart, area), f"{chart.title}. {chart.caption}")

    def appendix(self) -> None:
        """Add the numbers of the pictures that had no room for them."""
        for chapter, title, grid in self._appendix:
            self.tables(chapter, say("appendix", self.language, title=title), grid)

    def _lead(self, slide: Slide, lead: str) -> None:
        if lead:
            area = Area()
            height = round(self._lead_height(lead) * _EMU_PER_POINT)
            slide.text(Area(area.left, area.top, area.width, height), [_lead_words(lead)])

    def _under(self, lead: str) -> Area:
        """Give the body of a slide, below its lead."""
        if not lead:
            return Area()
        return Area().below(round(self._lead_height(lead) * _EMU_PER_POINT))

    @staticmethod
    def _lead_height(lead: str) -> float:
        return _lead_words(lead).height(points(Area().width))

    def _footnote(self) -> str:
        findings = self.findings
        data = findings.scorecard.data if findings.scorecard is not None else None
        used = data.used if data is not None else findings.ledger.n_valid
        facts = [
            say("source", self.language, files=self.word("list").join(findings.sources)),
            answers(used, self.language),
            say("level", self.language, level=share(findings.level, 0)),
        ]
        return _BETWEEN.join(facts)

    def _labelled(self, facts: list[str]) -> str:
        """Say on every slide where the data is generated."""
        label = [self.word("cover.sample")] if self.findings.is_sample else []
        return _BETWEEN.join([*label, *facts])


def _stacked(grids: Sequence[Grid], area: Area) -> list[tuple[Area, Grid]]:
    """Lay tables below each other in the largest size in which all fit; nothing where none does."""
    for size in GRID_SIZES:
        places, rest = [], area
        for grid in grids:
            sized = replace(grid, size=size)
            header, heights = sized.heights(area.width)
            used = header + sum(heights)
            fits = used <= rest.height and sized.keeps_words(area.width)
            places += [(rest, sized)] if fits else []
            rest = rest.below(used, 2 * _GAP)
        if len(places) == len(grids):
            return places
    return []


def drawn(chart: Chart, area: Area, least: int = CHART_WIDTH) -> bytes:
    """Draw a chart as PNG in the shape of the area, sharp enough for a wall."""
    shape = area.height / area.width
    width = max(least, round(chart.height / shape))
    height = min(round(width * shape), round(chart.height * _STRETCH))
    return draw_png(chart.option, width, max(height, chart.height), zoom=_ZOOM)


def _lead_words(lead: str) -> Words:
    return Words(lead, _LEAD_SIZE, "soft")


def add_number(slide: Any, layout: Any) -> None:
    """Copy the layout's page number onto the slide: layouts show it only there."""
    from pptx.enum.shapes import PP_PLACEHOLDER as KIND

    for shape in layout.placeholders:
        if shape.placeholder_format.type == KIND.SLIDE_NUMBER:
            copy = deepcopy(shape._element)  # noqa: SLF001 -- no API for page numbers
            copy.nvSpPr.cNvPr.set("id", str(_NUMBER_ID))
            slide.shapes._spTree.append(copy)  # noqa: SLF001 -- the same
