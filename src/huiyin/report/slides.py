"""The slides: native titles, tables and texts, pictures for the charts, one finding a slide."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from huiyin.analyse.contracts import Findings
from huiyin.core.text import language_tag
from huiyin.report.characters import printable
from huiyin.report.slides_deck import Deck
from huiyin.report.slides_evidence import (
    actions,
    cross_tables,
    drivers,
    ledger,
    method,
    verbatims,
)
from huiyin.report.slides_questions import questions
from huiyin.report.slides_scores import (
    aspects,
    conclusions,
    cover,
    groups,
    linkage,
    scorecard,
    trend,
)
from huiyin.report.telling import as_told

CHAPTERS: dict[str, Callable[[Deck], None]] = {
    "scorecard": scorecard, "trend": trend, "aspects": aspects, "drivers": drivers,
    "groups": groups, "linkage": linkage, "cross_tables": cross_tables, "actions": actions,
    "questions": questions, "verbatims": verbatims, "ledger": ledger, "method": method,
}  # fmt: skip


def write_pptx(findings: Findings, path: Path, language: str) -> None:
    """Write the findings as a PowerPoint deck, 16:9, in the order of the purpose.

    Every slide's title says what was found; tables and texts are native, charts are pictures
    with alternative text; source, n and page number stand at the foot. Chapters without
    content are left out; what does not fit on one slide goes on over several.

    Parameters
    ----------
    findings : Findings
        Everything the report shows.
    path : Path
        File to write, replaced if it exists.
    language : str
        ``zh`` or ``en`` (or the full tag).

    Raises
    ------
    ValueError
        The language is neither Chinese nor English.
    MissingPartError
        The machine cannot draw charts: no Chinese font, or no JS engine.
    OSError
        The file cannot be written.
    """
    tag = language_tag(language)
    deck = Deck(as_told(findings, tag), tag)
    deck.file.core_properties.title = printable(findings.title)
    deck.file.core_properties.author = "Huiyin"
    cover(deck)
    conclusions(deck)
    for chapter in findings.chapters:
        if chapter in CHAPTERS:
            CHAPTERS[chapter](deck)
    deck.appendix()
    buffer = BytesIO()
    deck.file.save(buffer)
    path.write_bytes(buffer.getvalue())
