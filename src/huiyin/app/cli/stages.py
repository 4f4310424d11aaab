"""``huiyin stages``: how long each stage of a log takes, and which is the bottleneck."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from huiyin.app.cli import options
from huiyin.app.cli.query import print_result


@options.reading
def stages(
    source: options.Reading,
    target: Annotated[
        str | None, typer.Option(help="每个环节的时限，如 4h、2d  target of each stage")
    ] = None,
    where: options.Where = None,
    since: options.Since = None,
    until: options.Until = None,
    level: options.Level = 0.95,
) -> None:
    """看环节  Stages of a log: median, P90, in target, waiting and work, the bottleneck."""
    from huiyin.analyse.stages import find_stages

    with source.opened() as dataset:
        corridor = dataset.corridor()
        asked = options.asked_rows(corridor.codebook, where, since, until, level)
        found = find_stages(corridor, asked, target)
    if source.as_json:
        options.print_json(found.to_json())
        return
    print_result(found.times, source.language)
    if found.shares:
        sys.stdout.write("\n")
        print_result(found.shares, source.language)
    if found.bottleneck:
        sys.stdout.write("\n" + found.bottleneck.sentence.say(source.language) + "\n")
