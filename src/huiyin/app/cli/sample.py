"""``huiyin sample``: make the generated sample company."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from huiyin.app.cli import options
from huiyin.core.places import check_folder, written_at
from huiyin.core.text import Text

TABLE = Text("表", "table")
ROWS = Text("行数", "rows")
MADE = Text(
    "生成的示例数据在 {folder}：{first} 说明有什么，{truths} 写着埋下的 {n} 条事实。",
    "The generated sample is in {folder}: {first} says what there is, {truths} holds the {n} "
    "planted truths.",
)


def sample(
    output: Annotated[Path, typer.Option("-o", "--output", help="放进哪个文件夹  folder to fill")],
    answers: Annotated[
        int, typer.Option("--answers", help="客户问卷一共多少份答卷  answers of customers")
    ] = 100_000,
    seed: Annotated[int, typer.Option("--seed", help="同一个种子得到同样的数据  seed")] = 0,
    until: Annotated[
        str | None,
        typer.Option("--until", help="最后一个月，如 2026-06，默认上个月  last month, 24 in all"),
    ] = None,
    lang: options.Language = None,
    as_json: options.AsJson = False,
) -> None:
    """生成示例公司的数据  Make the sample company: generated data with planted truths."""
    from huiyin.app.cli.progress import shown_progress
    from huiyin.sample.contracts import SampleSettings
    from huiyin.sample.write import write_sample

    language = options.choose_language(lang)
    settings = SampleSettings(answers, _last_month(until), seed)
    check_folder(output)
    with shown_progress(language, quiet=as_json) as progress, written_at(output):
        made = write_sample(output, settings, progress)
    if as_json:
        document = {"generated": True, "folder": str(output), "seed": seed, "rows": made.rows}
        options.print_json(document | {"truths": [truth.id for truth in made.truths]})
        return
    _print(made.rows, language)
    facts = {"folder": output, "first": "README.md", "truths": "truth.yaml"}
    sys.stdout.write("\n" + options.say(MADE, language, n=len(made.truths), **facts) + "\n")


def _last_month(words: str | None) -> date:
    if words is None:
        from huiyin.sample.contracts import last_complete_month

        return last_complete_month(datetime.now(tz=UTC).astimezone().date())
    try:
        return datetime.strptime(words.strip(), "%Y-%m").replace(tzinfo=UTC).date()
    except ValueError:
        raise options.BadOptionError("--until", words, "YYYY-MM") from None


def _print(rows: dict[str, int], language: str) -> None:
    from huiyin.app.cli.tables import print_table

    lines = [(name, f"{n:,}") for name, n in rows.items()]
    print_table([TABLE.say(language), ROWS.say(language)], lines, numbers=(1,))
