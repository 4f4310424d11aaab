"""``huiyin outcomes``: what satisfied and dissatisfied customers did."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from huiyin.app.cli import options
from huiyin.app.cli.query import print_result


@options.reading
def outcomes(
    source: options.Reading,
    rating: Annotated[
        str | None, typer.Option(help="按哪列评分分档  rating to cut into bands")
    ] = None,
    where: options.Where = None,
    since: options.Since = None,
    until: options.Until = None,
    level: options.Level = 0.95,
) -> None:
    """按满意度看结果  Outcomes by band: conversion, cycle, repurchase, renewal, churn, referral."""
    from huiyin.analyse.outcomes import TOGETHER, find_outcomes

    with source.opened() as dataset:
        corridor = dataset.corridor()
        asked = options.asked_rows(corridor.codebook, where, since, until, level)
        found = find_outcomes(corridor, rating, asked)
    if source.as_json:
        options.print_json(found.to_json())
        return
    for table in found.tables:
        print_result(table, source.language)
        sys.stdout.write("\n")
    for one in found.absent:
        sys.stdout.write(f"– {one.metric}: {one.reason.say(source.language)}\n")
    sys.stdout.write(TOGETHER.say(source.language) + "\n")
