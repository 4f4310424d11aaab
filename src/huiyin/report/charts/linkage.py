"""An outcome by satisfaction band: bars from zero with whiskers."""

from __future__ import annotations

from dataclasses import replace

from huiyin.analyse.contracts import Linkage
from huiyin.measure.contracts import Call
from huiyin.report.charts.chart import Chart
from huiyin.report.charts.groups import group_name
from huiyin.report.charts.rows import Look, rows_height, rows_option
from huiyin.report.charts.scorecard import cell_row
from huiyin.report.numbers import estimate
from huiyin.report.words import word


def linkage_chart(linkage: Linkage, language: str) -> Chart | None:
    """Draw the bands, low to high; None where no band has a number."""
    if not any(band.estimate is not None for band in linkage.bands):
        return None
    rows = [
        replace(cell_row(b, group_name(b, language), language, None), tone="accent")
        for b in linkage.bands
    ]
    return Chart(
        "linkage",
        word(
            "linkage.title",
            language,
            outcome=linkage.outcome_label.say(language),
            satisfaction=linkage.satisfaction_label.say(language),
        ),
        linkage_caption(linkage, language),
        rows_option(rows, Look(linkage.unit, mark="bar"), language),
        rows_height(len(rows)),
    )


def linkage_caption(linkage: Linkage, language: str) -> str:
    """Set the top band against the bottom one."""
    known = [band for band in linkage.bands if band.estimate is not None]
    bottom, top = known[0], known[-1]
    comparison = linkage.bands[-1].comparison
    call = None if comparison is None else comparison.call
    key = {Call.REAL: "real", Call.STABLE: "same"}.get(call, "open") if call else "open"
    return word(
        f"caption.linkage_{key}",
        language,
        top=group_name(top, language),
        high=estimate(top, language),
        bottom=group_name(bottom, language),
        low=estimate(bottom, language),
        outcome=linkage.outcome_label.say(language),
    )
