"""``huiyin stages``: how long each stage of a log takes, and which is the bottleneck."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from huiyin.app.cli import options
from huiyin.app.cli.query import print_result

if TYPE_CHECKING:
    from huiyin.analyse.stages import Bottleneck


@options.reading
def stages(
    source: options.Reading,
    target: Annotated[
        str | None, typer.Option(help="每个环节的时限，如 4h、2d  target of each stage")
    ] = None,
    where: Annotated[
        list[str] | None, typer.Option("--where", help="筛选，如 地区=华东  filter")
    ] = None,
    since: Annotated[str | None, typer.Option(help="起始日（含）  first day, 2024-01-01")] = None,
    until: Annotated[str | None, typer.Option(help="截止日（含）  last day")] = None,
    level: options.Level = 0.95,
) -> None:
    """看环节  Stages of a log: median, P90, in target, waiting and work, the bottleneck."""
    from huiyin.analyse.stages import find_stages
    from huiyin.measure.parse import parse_query

    with source.opened() as dataset:
        corridor = dataset.corridor()
        asked = parse_query(
            corridor.codebook,
            (),
            where=where or (),
            since=since,
            until=until,
            level=options.check_level(level),
        )
        found = find_stages(corridor, asked, target)
    if source.as_json:
        options.print_json(
            {
                "stage_column": found.stage_column,
                "times": found.times.to_json(),
                "shares": found.shares.to_json() if found.shares else None,
                "bottleneck": _json(found.bottleneck),
            }
        )
        return
    print_result(found.times, source.language)
    if found.shares:
        sys.stdout.write("\n")
        print_result(found.shares, source.language)
    if found.bottleneck:
        sys.stdout.write("\n" + _said(found.bottleneck, source.language) + "\n")


def _json(found: Bottleneck | None) -> dict[str, object] | None:
    if found is None:
        return None
    return {
        "stage": found.stage,
        "share": found.share,
        "low": found.low,
        "high": found.high,
        "sure": found.sure,
        "other": found.other,
    }


def _said(found: Bottleneck, language: str) -> str:
    from huiyin.analyse.stages import BOTTLENECK, NOT_TOLD
    from huiyin.report.numbers import share

    facts = {
        "stage": found.stage,
        "share": share(found.share),
        "low": share(found.low),
        "high": share(found.high),
        "other": found.other or "",
    }
    return (BOTTLENECK if found.sure else NOT_TOLD).format(**facts).say(language)
