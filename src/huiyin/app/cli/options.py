"""Options that several commands share, and what stands behind them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from huiyin.app.settings import Settings
from huiyin.core.errors import BadInputError
from huiyin.core.text import ZH, Text, language_tag

if TYPE_CHECKING:
    from huiyin.app.dataset import Dataset

Files = Annotated[
    list[Path],
    typer.Argument(
        help="一份问卷的一个或多个文件：CSV、XLSX、XLS、Parquet、SPSS  files of one survey",
        show_default=False,
    ),
]
SavedCodebook = Annotated[
    Path | None, typer.Option("--codebook", help="用保存过的码本  a saved codebook.yaml")
]
Overrides = Annotated[
    list[str] | None,
    typer.Option(
        "--set", help="改一列的含义，可多次  COLUMN=role[:min-max], repeatable", metavar="COL=ROLE"
    ),
]
Profile = Annotated[
    str | None, typer.Option("--profile", help="指定文件版式，不自动识别  force the file's layout")
]
Sheets = Annotated[
    list[str] | None, typer.Option("--sheet", help="要读的工作表，可多次  worksheet, repeatable")
]
Language = Annotated[
    str | None, typer.Option("--lang", help="zh 或 en，默认 zh  language, zh by default")
]
AsJson = Annotated[bool, typer.Option("--json", help="输出 JSON  print JSON")]
Weight = Annotated[str | None, typer.Option("--weight", help="权重列  column of weights")]
Margins = Annotated[
    Path | None,
    typer.Option("--margins", help="总体构成 CSV/YAML，用于加权  known margins for raking"),
]
Strata = Annotated[str | None, typer.Option("--strata", help="分层列  column of strata")]
Cluster = Annotated[str | None, typer.Option("--cluster", help="聚类列  column of clusters")]
Level = Annotated[float, typer.Option("--level", help="置信水平  confidence level")]

_chosen: list[str] = []


def chosen_language() -> str:
    """Give the language that the command line or the environment asked for."""
    return _chosen[-1] if _chosen else _environment_language()


def _environment_language() -> str:
    try:
        return Settings.from_environment().language
    except BadInputError:
        return ZH


def choose_language(short: str | None) -> str:
    """Take the ``--lang`` of a command, and remember it for error sentences.

    Raises
    ------
    BadOptionError
        The language is neither zh nor en.
    """
    if short is None:
        tag = Settings.from_environment().language
    else:
        try:
            tag = language_tag(short)
        except ValueError:
            raise BadOptionError("--lang", short, "zh, en") from None
    _chosen.append(tag)
    return tag


class BadOptionError(BadInputError):
    """An option has a value that is none of the possible ones."""

    def __init__(self, option: str, value: str, possible: str) -> None:
        super().__init__(
            Text(
                "选项 {option} 不接受“{value}”，可用：{possible}",
                "The option {option} does not take “{value}”; possible: {possible}",
            ).format(option=option, value=value, possible=possible)
        )


def check_level(level: float) -> float:
    """Refuse a confidence level that is none.

    Raises
    ------
    BadOptionError
        The level does not lie between 0.5 and 1.
    """
    if not 0.5 <= level < 1:  # noqa: PLR2004 -- below one half no interval makes sense
        raise BadOptionError("--level", str(level), "0.5 … 0.999")
    return level


@contextmanager
def opened(
    files: list[Path],
    *,
    how: dict[str, Any],
    language: str,
    quiet: bool = False,
) -> Iterator[Dataset]:
    """Read the files, show progress on stderr, and clean up at the end."""
    from huiyin.app.cli.progress import shown_progress
    from huiyin.app.dataset import Dataset, ReadSettings

    settings = replace(Settings.from_environment(), language=language)
    sheets, overrides = how.get("sheets"), how.get("overrides")
    read_settings = ReadSettings(
        profile=how.get("profile"),
        sheets=tuple(sheets) if sheets else None,
        codebook=how.get("codebook"),
        overrides=tuple(overrides or ()),
    )
    with (
        shown_progress(language, quiet=quiet) as progress,
        Dataset(files, read_settings, settings, progress) as dataset,
    ):
        yield dataset


def print_json(document: dict[str, Any]) -> None:
    """Print a documented JSON shape; NaN and infinity are faults, never output."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, allow_nan=False, indent=2) + "\n")


def show_version() -> None:
    """Print name and version."""
    from huiyin import __version__

    sys.stdout.write(f"huiyin {__version__}\n")


def say(text: Text, language: str, **facts: object) -> str:
    """Say a text of this command with its facts filled in."""
    return (text.format(**facts) if facts else text).say(language)
