"""``huiyin check``: the cleaning ledger."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from huiyin.app.cli import options
from huiyin.core.text import Text

if TYPE_CHECKING:
    from huiyin.analyse.contracts import LedgerScore
    from huiyin.clean.contracts import Ledger, RuleUse

SUMMARY = Text(
    "共 {rows} 行，其中有效 {valid} 行。标记不等于删除：每一行都在，随时可以算回来。",
    "{rows} rows, {valid} of them valid. A flag deletes nothing: every row can be counted again.",
)
HEADERS = (
    Text("规则", "rule"),
    Text("标记行数", "rows flagged"),
    Text("处理", "effect"),
    Text("例", "examples"),
    Text("说明", "note"),
)
EXCLUDED = Text("默认不计入", "left out by default")
WARNED = Text("只提示", "warning only")
NOT_APPLICABLE = Text("不适用", "not applicable")
SCORE_HEADERS = (
    Text("得分", "score"),
    Text("口径", "counted"),
    Text("数值", "estimate"),
    Text("区间", "interval"),
    Text("答卷", "answers"),
)


@options.reading
def check(
    source: options.Reading,
) -> None:
    """检查答卷质量  Check the answers: duplicates, speeders, straight-lining and more."""
    with source.opened() as dataset:
        scores, ledger = dataset.ledger_scores(), dataset.ledger  # both over the same typed files
    if source.as_json:
        options.print_json(ledger_json(ledger, scores, source.language))
    else:
        _print(ledger, source.language)
        _print_scores(scores, source.language)


def ledger_json(ledger: Ledger, scores: Sequence[LedgerScore], language: str) -> dict[str, Any]:
    """Give the documented JSON shape of a ledger."""
    from huiyin.measure.present import cell_json

    return {
        "rows": ledger.n_rows,
        "valid": ledger.n_valid,
        "rules": [
            {
                "id": rule.rule_id,
                "version": rule.version,
                "title": rule.title.say(language),
                "source": rule.source.say(language),
                "excludes": rule.excludes,
                "parameters": dict(rule.parameters),
                "applicable": rule.applicable,
                "note": rule.note.say(language) if rule.note else None,
                "flagged": rule.n_flagged,
                "rows": list(rule.rows),
            }
            for rule in ledger.rules
        ],
        "scores": [{"without": score.rule_id, **cell_json(score.cell)} for score in scores],
    }


def _print(ledger: Ledger, language: str) -> None:
    from huiyin.app.cli.tables import print_table

    facts = {"rows": f"{ledger.n_rows:,}", "valid": f"{ledger.n_valid:,}"}
    sys.stdout.write(options.say(SUMMARY, language, **facts) + "\n\n")
    rows = [_row(rule, language) for rule in ledger.rules]
    print_table([header.say(language) for header in HEADERS], rows, numbers=(1,))


def _print_scores(scores: Sequence[LedgerScore], language: str) -> None:
    from huiyin.app.cli.tables import print_table
    from huiyin.report import numbers

    rows = [
        (
            score.cell.label.say(language),
            score.label.say(language),
            numbers.estimate(score.cell, language),
            numbers.cell_interval(score.cell, language),
            numbers.count(score.cell.n),
        )
        for score in scores
    ]
    if rows:
        sys.stdout.write("\n")
        print_table([header.say(language) for header in SCORE_HEADERS], rows, numbers=(2, 3, 4))


def _row(rule: RuleUse, language: str) -> tuple[str, ...]:
    effect = EXCLUDED if rule.excludes else WARNED
    return (
        f"{rule.title.say(language)} ({rule.rule_id})",
        f"{rule.n_flagged:,}" if rule.applicable else "—",
        (effect if rule.applicable else NOT_APPLICABLE).say(language),
        ", ".join(str(row) for row in rule.rows[:5]),
        rule.note.say(language) if rule.note else "",
    )
