"""``huiyin report``: from a file to a report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from huiyin.app.cli import options
from huiyin.core.places import check_folder
from huiyin.core.text import Text

FORMATS = ("html", "pdf", "xlsx", "pptx")
PURPOSES = ("repurchase", "churn", "process", "general")
READ_AS = Text(
    "{rows} 行 · {columns} 列 · 版式 {profile}",
    "{rows} rows · {columns} columns · layout {profile}",
)
DOUBTS = Text(
    "有 {n} 列拿不准，没有用来计算：{names}。用 huiyin codebook 查看，用 --set 更正。",
    "{n} columns are in doubt and were not used: {names}. "
    "See them with huiyin codebook, mend them with --set.",
)
DOUBT = Text(
    "有 1 列拿不准，没有用来计算：{names}。用 huiyin codebook 查看，用 --set 更正。",
    "1 column is in doubt and was not used: {names}. "
    "See it with huiyin codebook, mend it with --set.",
)
WRITTEN = Text("报告：{path}", "Report: {path}")
SHOWN_DOUBTS = 8


@options.reading
def report(
    source: options.Reading,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="放报告的文件夹  folder for the report")
    ] = Path("reports"),
    formats: Annotated[
        str, typer.Option("--format", help="html,pdf,xlsx,pptx，逗号分隔  comma separated")
    ] = "html",
    purpose: Annotated[
        str,
        typer.Option(help="用途：repurchase、churn、process、general  what the report is for"),
    ] = "general",
    title: Annotated[
        str | None, typer.Option("--title", help="报告标题，默认文件名  title of the report")
    ] = None,
    weight: options.Weight = None,
    margins: options.Margins = None,
    strata: options.Strata = None,
    cluster: options.Cluster = None,
    level: options.Level = 0.95,
) -> None:
    """出报告  Write a satisfaction report."""
    from huiyin.app.sample_design import Design
    from huiyin.report.run import write_report

    wanted = _checked_formats(formats)
    if purpose not in PURPOSES:
        raise options.BadOptionError("--purpose", purpose, ", ".join(PURPOSES))
    level = options.check_level(level)
    check_folder(output)
    design = Design(weight, margins, strata, cluster)
    with source.opened() as dataset:
        findings = dataset.findings(purpose=purpose, level=level, title=title, design=design)
        paths = write_report(findings, output, formats=wanted, language=source.language)
        doubts = [column.name for column in dataset.codebook.doubts]
        facts = {
            "rows": f"{dataset.staged.n_rows:,}",
            "columns": len(dataset.staged.columns),
            "profile": dataset.staged.profile,
        }
    if source.as_json:
        options.print_json({"files": [str(path) for path in paths], "please_check": doubts})
        return
    lines = [options.say(READ_AS, source.language, **facts)]
    if doubts:
        comma = options.say(Text("、", ", "), source.language)
        words = DOUBT if len(doubts) == 1 else DOUBTS
        names = comma.join(doubts[:SHOWN_DOUBTS]) + ("…" if len(doubts) > SHOWN_DOUBTS else "")
        lines.append(options.say(words, source.language, n=len(doubts), names=names))
    lines += [options.say(WRITTEN, source.language, path=path) for path in paths]
    sys.stdout.write("\n".join(lines) + "\n")


def _checked_formats(formats: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(f.strip().lower() for f in formats.split(",") if f.strip()))
    bad = [f for f in wanted if f not in FORMATS]
    if bad or not wanted:
        raise options.BadOptionError("--format", formats, ", ".join(FORMATS))
    return wanted
