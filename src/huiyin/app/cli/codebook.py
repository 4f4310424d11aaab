"""``huiyin codebook``: what each column means, and what should be checked."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from huiyin.app.cli import options
from huiyin.core.places import check_file
from huiyin.core.text import Text

if TYPE_CHECKING:
    from huiyin.app.dataset import Dataset
    from huiyin.codebook.contracts import Codebook, Scale

HEADERS = (
    Text("列", "column"),
    Text("角色", "role"),
    Text("量表", "scale"),
    Text("把握", "sure"),
    Text("理由", "reason"),
)
FOUND = Text("版式：{profile}（{reason}）", "Layout: {profile} ({reason})")
DOUBTS = Text(
    '请核对以下 {n} 列，核对前不会用来计算。改法：--set "列名=角色:最小-最大"',
    'Please check these {n} columns; until then they are not used. Mend with --set "COLUMN=role:min-max"',  # noqa: E501
)
UNSURE_TIMES = Text(
    "另请核对：{column}（已用来计算）。{reason}。",
    "Please check too: {column} (used). {reason}.",
)
SAVED = Text("码本已保存：{path}", "Codebook saved: {path}")


@options.reading
def codebook(
    source: options.Reading,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="保存为 codebook.yaml  save here")
    ] = None,
) -> None:
    """辨认每一列是什么  Say what each column means."""
    if output:
        check_file(output)
    with source.opened(notes_shown=True) as dataset:
        if output:
            from huiyin.codebook.files import save_codebook

            save_codebook(dataset.codebook, output)
        if source.as_json:
            options.print_json(codebook_json(dataset, source.language))
        else:
            _print(dataset, source.language)
    if output and not source.as_json:
        sys.stdout.write(options.say(SAVED, source.language, path=output) + "\n")


def codebook_json(dataset: Dataset, language: str) -> dict[str, Any]:
    """Give the documented JSON shape of a codebook."""
    return {
        "profile": dataset.staged.profile,
        "columns": [
            {
                "name": c.name,
                "role": str(c.role),
                "scale": _scale_json(c.scale),
                "confidence": round(c.confidence, 3),
                "reason": c.reason.say(language),
                "label": c.label.say(language),
                "group": c.group,
                "please_check": c.please_check,
            }
            for c in dataset.codebook
        ],
        "notes": [note.say(language) for note in dataset.staged.notes],
    }


def _scale_json(scale: Scale | None) -> dict[str, Any] | None:
    if scale is None:
        return None
    return {"min": scale.minimum, "max": scale.maximum, "direction": scale.direction}


def _print(dataset: Dataset, language: str) -> None:
    staged, book = dataset.staged, dataset.codebook
    facts = {"profile": staged.profile, "reason": staged.profile_reason}
    sys.stdout.write(options.say(FOUND, language, **facts) + "\n")
    for note in staged.notes:
        sys.stdout.write(f"· {note.say(language)}\n")
    print_codebook(book, language)
    if book.doubts:
        sys.stdout.write("\n" + options.say(DOUBTS, language, n=len(book.doubts)) + "\n")
        print_codebook(book, language, doubts_only=True)
    for column in book.unsure_times:
        told = {"column": column.name, "reason": column.reason.begun().say(language)}
        sys.stdout.write("\n" + options.say(UNSURE_TIMES, language, **told) + "\n")


def print_codebook(book: Codebook, language: str, *, doubts_only: bool = False) -> None:
    """Print the columns as a table; those that are sure enough, or only the doubtful ones."""
    from huiyin.app.cli.tables import print_table

    rows = [
        (
            c.name,
            str(c.role),
            _scale_words(c.scale),
            f"{c.confidence:.0%}",
            c.reason.say(language),
        )
        for c in book
        if c.usable is not doubts_only
    ]
    print_table([header.say(language) for header in HEADERS], rows, numbers=(3,))


def _scale_words(scale: Scale | None) -> str:
    if scale is None:
        return ""
    arrow = "" if scale.direction > 0 else " ↓"
    return f"{scale.minimum:g}–{scale.maximum:g}{arrow}"
