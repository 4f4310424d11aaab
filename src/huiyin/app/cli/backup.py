"""``huiyin backup`` and ``huiyin restore``: the whole installation in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from huiyin.app.cli.options import chosen_language
from huiyin.app.cli.serve import Data, refuse_no_store, settings_with
from huiyin.core.errors import BadInputError
from huiyin.core.places import check_file, written_at
from huiyin.core.text import Text

WRITTEN = Text(
    "已备份到 {path}：{rows:,} 行记录、{datasets} 个数据集、{mb:.1f} MB，已读回核对。"
    "密钥文件不在其中，请另存：{key}",
    "Backed up to {path}: {rows:,} records, {datasets} datasets, {mb:.1f} MB, read back. "
    "The key file is not in it, keep it apart: {key}",
)
RESTORED = Text(
    "已恢复：{rows:,} 行记录、{datasets} 个数据集，已读回核对。",
    "Restored: {rows:,} records, {datasets} datasets, read back.",
)
EXISTS = Text(
    "{path} 已存在，没有覆盖。请换一个文件名。",
    "{path} is there already and was not replaced: choose another name.",
)


def backup(
    file: Annotated[Path, typer.Argument(help="写到哪个文件  file to write")],
    data: Data = None,
) -> None:
    """备份，服务器不用停  Back up while the server runs."""
    from huiyin.app.backup import backup as write
    from huiyin.app.cli.progress import shown_progress
    from huiyin.app.wiring import opened_system

    if file.exists():
        raise BadInputError(EXISTS.format(path=file))
    check_file(file)
    language, settings = chosen_language(), settings_with(data)
    refuse_no_store(settings)
    with (
        opened_system(settings) as system,
        shown_progress(language, quiet=False) as progress,
        written_at(file),
    ):
        done = write(system, file, progress)
    facts = {"path": file, "rows": done.rows, "datasets": done.datasets, "key": settings.key_file}
    typer.echo(WRITTEN.format(mb=done.bytes / 1e6, **facts).say(language))


def restore(
    file: Annotated[Path, typer.Argument(help="从哪个文件恢复  backup to bring back")],
    data: Data = None,
) -> None:
    """从备份恢复，服务器不用停  Bring a backup back while the server runs."""
    from huiyin.app.cli.progress import shown_progress
    from huiyin.app.restoring import restore as bring_back
    from huiyin.app.wiring import opened_system

    language = chosen_language()
    with (
        opened_system(settings_with(data)) as system,
        shown_progress(language, quiet=False) as progress,
    ):
        done = bring_back(system, file, progress)
    typer.echo(RESTORED.format(rows=done.rows, datasets=done.datasets).say(language))
