"""Write a report's files: all of them whole, or none."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from huiyin.analyse.contracts import Findings
from huiyin.core.errors import BadInputError
from huiyin.core.places import written_at
from huiyin.core.text import Text, language_tag
from huiyin.core.work_folders import WorkFolder

NAME = "report"

Writer = Callable[[Findings, Path, str], None]


class UnknownFormatError(BadInputError):
    """A format is asked for that there is none of."""


_UNKNOWN = Text(
    "不认识格式“{name}”。可用的格式：{known}。",
    "There is no format “{name}”. Formats: {known}.",
)


def write_report(
    findings: Findings, folder: Path, *, formats: Sequence[str], language: str
) -> list[Path]:
    """Write the findings as files in each of `formats`.

    Parameters
    ----------
    findings : Findings
    folder : Path
        Made if it is not there. Files of the same name are replaced.
    formats : sequence of str
        Some of ``html``, ``pdf``, ``xlsx``, ``pptx``, ``json`` (what the HTML shows, for other
        programs to draw).
    language : str
        ``zh`` or ``en``, or a language tag.

    Returns
    -------
    list of Path
        One file a format, in the order asked for.

    Raises
    ------
    UnknownFormatError
        A format is none of these.
    PlaceError
        The folder cannot be written to: nothing is left behind then.
    NoRoomError
        The disk is full: nothing is left behind then.
    MissingPartError
        The machine lacks a font or library that one of the formats needs.
    """
    wanted = list(dict.fromkeys(formats))
    for name in wanted:
        if name not in WRITERS:
            raise UnknownFormatError(_UNKNOWN.format(name=name, known=", ".join(WRITERS)))
    with written_at(folder):
        folder.mkdir(parents=True, exist_ok=True)
        return _write_all(findings, folder, wanted, language_tag(language))


def _write_all(findings: Findings, folder: Path, formats: list[str], language: str) -> list[Path]:
    """Write beside, on the same disk, and rename only when every file is whole."""
    with WorkFolder(f".{NAME}-", folder) as beside:
        drafts = [beside.path / f"{NAME}.{name}" for name in formats]
        for name, draft in zip(formats, drafts, strict=True):
            WRITERS[name](findings, draft, language)
            _settle(draft)
        return [draft.replace(folder / draft.name) for draft in drafts]


def _settle(path: Path) -> None:
    """Wait until a file is on the disk, so that a rename never outruns its content."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _html(findings: Findings, path: Path, language: str) -> None:
    from huiyin.report.html import render_html

    path.write_text(render_html(findings, language), "utf-8", newline="\n")


def _pdf(findings: Findings, path: Path, language: str) -> None:
    from huiyin.report.pdf import render_pdf

    path.write_bytes(render_pdf(findings, language))


def _xlsx(findings: Findings, path: Path, language: str) -> None:
    from huiyin.report.workbook import write_xlsx

    write_xlsx(findings, path, language)


def _pptx(findings: Findings, path: Path, language: str) -> None:
    from huiyin.report.slides import write_pptx

    write_pptx(findings, path, language)


def _json(findings: Findings, path: Path, language: str) -> None:
    from huiyin.report.json_page import page_json

    page = page_json(findings, language)
    text = json.dumps(page, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    path.write_text(text, "utf-8", newline="\n")


WRITERS: Mapping[str, Writer] = {
    "html": _html,
    "pdf": _pdf,
    "xlsx": _xlsx,
    "pptx": _pptx,
    "json": _json,
}
