"""The whole report as pages: cover, conclusions, chapters in the purpose's order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from huiyin.analyse.contracts import Conclusion, Findings
from huiyin.codebook.contracts import Role
from huiyin.core.text import EN
from huiyin.report.chapters.causes import (
    cross_blocks,
    drivers_blocks,
    groups_blocks,
    linkage_blocks,
)
from huiyin.report.chapters.method import method_blocks
from huiyin.report.chapters.records import (
    actions_blocks,
    ledger_blocks,
    questions_blocks,
    verbatims_blocks,
)
from huiyin.report.chapters.scores import aspects_blocks, scorecard_blocks, trend_blocks
from huiyin.report.charts.chart import in_english
from huiyin.report.code_names import PURPOSE_NAME, TONE_MARK
from huiyin.report.numbers import count, share
from huiyin.report.page import Block, Chapter, Figure, Reader
from huiyin.report.telling import as_told
from huiyin.report.words import word

CHAPTERS: dict[str, Callable[[Findings, Reader], Iterator[Block]]] = {
    "scorecard": scorecard_blocks,
    "trend": trend_blocks,
    "aspects": aspects_blocks,
    "drivers": drivers_blocks,
    "groups": groups_blocks,
    "linkage": linkage_blocks,
    "cross_tables": cross_blocks,
    "actions": actions_blocks,
    "questions": questions_blocks,
    "verbatims": verbatims_blocks,
    "ledger": ledger_blocks,
    "method": method_blocks,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One conclusion: its mark, its sentence, the chapter that proves it (empty: none shown)."""

    tone: str
    mark: str
    sentence: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Content:
    """Everything a template needs, already in words."""

    language: str
    title: str
    kind: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    chapters: tuple[Chapter, ...]
    is_sample: bool
    generated_on: str

    def word(self, key: str, **facts: object) -> str:
        """Say a word of the report."""
        return word(key, self.language, **facts)


def content(findings: Findings, language: str) -> Content:
    """Set the findings as cover, conclusions and chapters.

    Parameters
    ----------
    findings : Findings
    language : str
        A language tag.

    Returns
    -------
    Content
        Chapters without anything to show are left out.
    """
    findings = as_told(findings, language)
    reader = Reader.of(findings, language)
    chapters = tuple(_chapters(findings, reader))
    anchors = {chapter.anchor for chapter in chapters}
    return Content(
        language=language,
        title=findings.title,
        kind=reader.word("cover.kind"),
        facts=tuple(_facts(findings, reader)),
        lines=tuple(_line(c, anchors, reader) for c in findings.conclusions),
        chapters=chapters,
        is_sample=findings.is_sample,
        generated_on=findings.generated_on,
    )


def _chapters(findings: Findings, reader: Reader) -> Iterator[Chapter]:
    for name in findings.chapters:
        blocks = tuple(_in_face(b, reader) for b in CHAPTERS[name](findings, reader))
        if blocks:
            yield Chapter(name, reader.word(name), _lead(name, findings, reader), blocks)


def _in_face(block: Block, reader: Reader) -> Block:
    """Draw charts of an English report in a Latin face."""
    if not isinstance(block, Figure) or reader.language != EN:
        return block
    return replace(block, chart=replace(block.chart, option=in_english(block.chart.option)))


def _lead(name: str, findings: Findings, reader: Reader) -> str:
    target = findings.drivers.target_label if findings.drivers else None
    return reader.word(
        f"{name}.lead",
        level=share(findings.level, 0),
        target=reader.say(target) if target else "",
        rows=count(findings.ledger.n_rows),
        valid=count(findings.ledger.n_valid),
    )


def _facts(findings: Findings, reader: Reader) -> Iterator[tuple[str, str]]:
    yield reader.word("cover.purpose"), reader.say(PURPOSE_NAME[findings.purpose])
    yield reader.word("cover.window"), _window(findings, reader)
    ledger = findings.ledger
    used = findings.scorecard.data.used if findings.scorecard else ledger.n_valid
    facts = {"used": count(used), "rows": count(ledger.n_rows)}
    yield reader.word("cover.answers"), reader.word("cover.of", **facts)
    if findings.target is not None:
        yield reader.word("cover.target"), reader.say(findings.codebook[findings.target].label)
    yield reader.word("cover.sources"), reader.word("list").join(findings.sources)
    yield reader.word("cover.made"), findings.generated_on


def _window(findings: Findings, reader: Reader) -> str:
    data = findings.scorecard.data if findings.scorecard else None
    if data is None or data.since is None or data.until is None:
        timed = findings.codebook.first(Role.TIME) is not None
        return reader.word("cover.all_time" if timed else "cover.no_window")
    return f"{data.since.isoformat()} – {data.until.isoformat()}"


def _line(conclusion: Conclusion, anchors: set[str], reader: Reader) -> Line:
    return Line(
        conclusion.tone,
        reader.say(TONE_MARK[conclusion.tone]),
        reader.say(conclusion.sentence),
        conclusion.chapter if conclusion.chapter in anchors else "",
    )
