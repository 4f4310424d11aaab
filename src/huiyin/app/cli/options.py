"""Options that several commands share, and what stands behind them."""

from __future__ import annotations

import inspect
import itertools
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Concatenate

import typer

from huiyin.app.settings import Settings
from huiyin.core.errors import BadInputError
from huiyin.core.text import ZH, Text, language_tag

if TYPE_CHECKING:
    from huiyin.app.dataset import Dataset
    from huiyin.codebook.contracts import Codebook
    from huiyin.measure.contracts import Query

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
Where = Annotated[list[str] | None, typer.Option("--where", help="筛选，如 地区=华东  filter")]
Since = Annotated[str | None, typer.Option("--since", help="起始日（含）  first day, 2024-01-01")]
Until = Annotated[str | None, typer.Option("--until", help="截止日（含）  last day")]

_chosen: list[str] = []


def chosen_language() -> str:
    """Give the language that the command line or the environment asked for."""
    return _typed_language() or (_chosen[-1] if _chosen else _environment_language())


def _typed_language() -> str | None:
    """Read ``--lang`` of a command line that could not be understood as a whole."""
    typed = " ".join(sys.argv[1:]).replace("--lang=", "--lang ").split()
    after = [word for before, word in itertools.pairwise(typed) if before == "--lang"]
    with suppress(ValueError):
        return language_tag(after[-1]) if after else None
    return None


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


@dataclass(frozen=True, slots=True)
class Reading:
    """What every command that reads files takes: the files, how to read them, how to answer.

    These are the options of the command line; `reading` adds them to a command.
    """

    files: Files
    saved: SavedCodebook = None
    overrides: Overrides = None
    profile: Profile = None
    sheet: Sheets = None
    lang: Language = None
    as_json: AsJson = False

    @property
    def language(self) -> str:
        """Give the language to answer in."""
        return chosen_language()

    @contextmanager
    def opened(self, *, notes_shown: bool = False) -> Iterator[Dataset]:
        """Read the files, show progress and warnings on stderr, and clean up at the end.

        How several files were put together is a warning, unless the command shows notes itself.
        """
        from huiyin.app.cli.progress import shown_progress
        from huiyin.app.dataset import Dataset
        from huiyin.app.understood import ReadSettings

        settings = replace(Settings.from_environment(), language=self.language)
        how = ReadSettings(
            profile=self.profile,
            sheets=tuple(self.sheet) if self.sheet else None,
            codebook=self.saved,
            overrides=tuple(self.overrides or ()),
        )
        with (
            shown_progress(self.language, quiet=self.as_json) as progress,
            Dataset(self.files, how, settings, progress) as dataset,
        ):
            yield dataset
            notes = dataset.staged.notes if len(self.files) > 1 and not notes_shown else ()
            warnings = [note.say(self.language) for note in (*notes, *dataset.warnings)]
        for warning in warnings:  # below the progress, which is over
            sys.stderr.write(f"{warning}\n")


def asked_rows(
    codebook: Codebook, where: list[str] | None, since: str | None, until: str | None, level: float
) -> Query:
    """Read which rows a command is about; it says itself what is measured."""
    from huiyin.measure.parse import parse_query

    return parse_query(
        codebook, (), where=where or (), since=since, until=until, level=check_level(level)
    )


def reading(command: Callable[Concatenate[Reading, ...], None]) -> Callable[..., None]:
    """Give a command the files and shared options of `Reading`: files first, shared ones last.

    The command takes a `Reading` first, and its own options by name.
    """
    own = list(inspect.signature(command, eval_str=True).parameters.values())[1:]
    shared = list(inspect.signature(Reading, eval_str=True).parameters.values())
    taken = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in (shared[0], *own, *shared[1:])]
    names = [field.name for field in fields(Reading)]

    @wraps(command)
    def run(**given: Any) -> None:
        choose_language(given["lang"])
        command(Reading(**{name: given.pop(name) for name in names}), **given)

    run.__signature__ = inspect.Signature(taken)  # type: ignore[attr-defined]  # read by Typer
    run.__annotations__ = {p.name: p.annotation for p in taken}
    return run


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
