"""``huiyin metrics export`` and ``huiyin metrics import``: the metric rules as a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from huiyin.app.cli import options
from huiyin.app.cli.serve import Data, refuse_no_store, settings_with
from huiyin.core.errors import BadInputError
from huiyin.core.places import whole_file
from huiyin.core.text import Text
from huiyin.core.text_files import read_raw

if TYPE_CHECKING:
    from huiyin.store.contracts import Actor
    from huiyin.web.system import System

app = typer.Typer(
    help="指标规则：导出成文件，改好后导入  The metric rules as a file",
    no_args_is_help=True,
    rich_markup_mode=None,
)
NO_BASE = Text(
    "文件没写是从哪个版本改的。请加 --base：现在的版本是 {n}",
    "The file does not say which version it was made from. Add --base; the newest is {n}",
)
EXPORTED = Text("指标规则版本 {n} 已写入 {path}", "Version {n} of the metric rules is in {path}")
IMPORTED = Text(
    "已存为指标规则版本 {n}，{day} 起有效", "Kept as version {n} of the metric rules, from {day} on"
)
Lang = options.Language


@app.command("export")
def export(
    file: Annotated[Path, typer.Argument(help="写到哪里  where to")],
    rules_version: Annotated[
        int | None,
        typer.Option("--rules-version", help="版本号，默认最新  version, newest by default"),
    ] = None,
    data: Data = None,
    lang: Lang = None,
) -> None:
    """把指标规则写成文件  Write the metric rules to a file."""
    language = options.choose_language(lang)
    from huiyin.measure.definitions.files import file_text
    from huiyin.measure.definitions.rules import metric_rules

    with _store(data) as system, system.database.reading() as session:
        found = metric_rules(session, rules_version)
    with whole_file(file) as draft:
        draft.write_bytes(file_text(found).encode())
    typer.echo(EXPORTED.format(n=found.version, path=file).say(language))


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="改好的文件  the edited file")],
    base: Annotated[
        int | None, typer.Option("--base", help="从哪个版本改的  version it was made from")
    ] = None,
    valid_from: Annotated[
        str | None, typer.Option("--valid-from", help="从哪天起有效，默认今天  first day it holds")
    ] = None,
    note: Annotated[str, typer.Option("--note", help="为什么改  why it was changed")] = "",
    data: Data = None,
    lang: Lang = None,
) -> None:
    """把改好的指标规则存为新版本  Keep edited metric rules as a new version."""
    language = options.choose_language(lang)
    from huiyin.measure.definitions.files import decoded, read_file_text
    from huiyin.measure.definitions.rules import do_save_metric_rules, metric_rules
    from huiyin.measure.parse import parse_day
    from huiyin.store.unit_of_work import unit_of_work

    named, text = read_file_text(decoded(read_raw(file)))
    with _store(data) as system:
        chosen = base if base is not None else named
        if chosen is None:
            with system.database.reading() as session:
                raise BadInputError(NO_BASE.format(n=metric_rules(session).version))
        with unit_of_work(system.database, _person(), clock=system.clock) as work:
            made = do_save_metric_rules(
                work,
                text,
                base_version=chosen,
                note=note,
                valid_from=parse_day(valid_from, last=False),
            )
    typer.echo(IMPORTED.format(n=made.version, day=made.valid_from).say(language))


@contextmanager
def _store(data: Path | None) -> Iterator[System]:
    """Open the store of an installation that is there."""
    from huiyin.app.wiring import opened_system

    settings = settings_with(data)
    refuse_no_store(settings)
    with opened_system(settings) as system:
        yield system


def _person() -> Actor:
    """Give who runs the command, by the name of their account on this machine."""
    import getpass

    from huiyin.store.contracts import Actor

    try:
        return Actor(getpass.getuser())
    except (KeyError, OSError):  # a container without accounts
        return Actor("command line")
