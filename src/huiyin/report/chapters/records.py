"""Actions, questions, comments, and the cleaning ledger."""

from __future__ import annotations

from collections.abc import Iterator

from huiyin.analyse.contracts import Action, Findings, LedgerScore, QuestionKind, QuestionSummary
from huiyin.clean.contracts import RuleUse
from huiyin.measure.contracts import Unit
from huiyin.report.charts.likert import likert_chart, same_scale
from huiyin.report.charts.options import question_chart
from huiyin.report.numbers import (
    absence,
    amount,
    count,
    estimate,
    evidence,
    interval,
    number,
    share,
)
from huiyin.report.page import (
    Block,
    Datum,
    Figure,
    Heading,
    Paragraph,
    Quote,
    Quotes,
    Reader,
    Table,
    Toggle,
)
from huiyin.report.rule_words import parameter_words

MAXIMUM_QUESTIONS = 150


def actions_blocks(findings: Findings, reader: Reader) -> Iterator[Block]:
    """List what to do, in order; owner and deadline are left blank."""
    if not findings.actions:
        return
    header = reader.header("priority", "aspect", "evidence", "measure", "owner", "deadline")
    rows = tuple(_action_row(action, reader) for action in findings.actions)
    yield Table(header, rows, numeric=frozenset({0}), sortable=False, kind="actions")


def _action_row(action: Action, reader: Reader) -> tuple[Datum, ...]:
    return (
        Datum(str(action.priority), number=True, strong=True),
        Datum(reader.say(action.label)),
        Datum(reader.say(action.evidence)),
        Datum(reader.say(action.measure)),
        Datum(),
        Datum(),
    )


def questions_blocks(findings: Findings, reader: Reader) -> Iterator[Block]:
    """Ratings of one scale together, then every question by itself."""
    shown = findings.questions[:MAXIMUM_QUESTIONS]
    for place, group in enumerate(same_scale(shown, findings.codebook)):
        chart = likert_chart(group, reader.language)
        yield Figure(f"likert-{place}", chart, _likert_table(group, reader))
    for place, question in enumerate(shown):
        yield from _question(question, f"question-{place}", reader)
    left = len(findings.questions) - len(shown)
    if left:
        yield Paragraph(reader.word("questions.more", n=left), "note")


def _likert_table(group: list[QuestionSummary], reader: Reader) -> Table:
    labels = [level.label for level in group[0].levels]
    rows = tuple(
        (
            Datum(reader.say(question.label)),
            *(Datum(share(level.share), count(level.n), sort=level.share, number=True)
              for level in question.levels),
            Datum(count(question.n_base), sort=question.n_base, number=True),
        )
        for question in group
    )  # fmt: skip
    header = (reader.word("col.aspect"), *labels, reader.word("col.n"))
    return Table(header, rows, numeric=frozenset(range(1, len(header))))


def _question(question: QuestionSummary, anchor: str, reader: Reader) -> Iterator[Block]:
    yield Heading(reader.say(question.label), _base(question, reader), anchor)
    if question.not_estimable is not None:
        yield Paragraph(absence(question.not_estimable, reader.language), "note")
    elif question.kind is QuestionKind.TEXT:
        yield Paragraph(reader.word("text.question", n=count(question.n_base)), "note")
    chart = question_chart(question, reader.language)
    if chart is not None:
        yield Figure(f"{anchor}-chart", chart.titled(""), _levels_table(question, reader))
    if question.quantiles:
        yield _quantiles_table(question)


def _base(question: QuestionSummary, reader: Reader) -> str:
    key = "base.multiple" if question.kind is QuestionKind.MULTIPLE else "base"
    parts = [reader.word(key, n=count(question.n_base), missing=count(question.n_missing))]
    mean = question.mean
    if mean is not None and mean.estimate is not None:
        ends = interval(mean.low, mean.high, mean.unit, reader.language)
        value = f"{number(mean.estimate, mean.unit, reader.language)} {ends}"
        parts.append(reader.word("mean", value=value.strip()))
    return " · ".join(parts)


def _levels_table(question: QuestionSummary, reader: Reader) -> Table:
    rows = tuple(
        (
            Datum(level.label, sort=level.code),
            Datum(share(level.share), sort=level.share, number=True, strong=True),
            Datum(
                interval(level.low, level.high, Unit.SHARE, reader.language),
                sort=level.low,
                number=True,
            ),
            Datum(count(level.n), sort=level.n, number=True),
        )
        for level in question.levels
    )
    header = reader.header("level", "share", "interval", "n")
    return Table(header, rows, numeric=frozenset({1, 2, 3}))


def _quantiles_table(question: QuestionSummary) -> Table:
    header = tuple(f"P{round(at * 100)}" for at in question.quantiles)
    row = tuple(Datum(amount(v), number=True) for v in question.quantiles.values())
    return Table(header, (row,), numeric=frozenset(range(len(header))), sortable=False)


def verbatims_blocks(findings: Findings, reader: Reader) -> Iterator[Block]:
    """Comments with rating and groups."""
    quotes = []
    for verbatim in findings.verbatims:
        facts = [value for value in verbatim.by.values() if value]
        if verbatim.rating is not None:
            facts.insert(0, reader.word("rating", value=f"{verbatim.rating:g}"))
        elif verbatim.band:
            facts.insert(0, verbatim.band)
        quotes.append(Quote(verbatim.text, tuple(facts)))
    if quotes:
        yield Quotes(tuple(quotes))


def ledger_blocks(findings: Findings, reader: Reader) -> Iterator[Block]:
    """Every rule with its count; every headline score with and without each rule."""
    rules = findings.ledger.rules
    if not rules:
        return
    header = reader.header("rule", "effect", "flagged", "why")
    rows = tuple(_rule_row(rule, reader) for rule in rules)
    yield Table(header, rows, numeric=frozenset({2}), kind="ledger")
    if not any(score.rule_id for score in findings.ledger_scores):
        yield Paragraph(reader.word("ledger.no_difference"))
    else:
        yield Heading(reader.word("ledger.scores"))
        yield _scores_toggle(findings, reader)


def _rule_row(rule: RuleUse, reader: Reader) -> tuple[Datum, ...]:
    effect = reader.word("ledger.excludes" if rule.excludes else "ledger.warns")
    if not rule.applicable:
        note = reader.say(rule.note) if rule.note else ""
        effect = reader.word("ledger.not_applicable", note=note)
    rows = ", ".join(str(row) for row in rule.rows[:5])
    small = [reader.say(rule.source)]
    if rule.parameters:
        parameters = reader.say(parameter_words(rule.parameters))
        small.append(reader.word("ledger.parameters", parameters=parameters))
    return (
        Datum(reader.say(rule.title), f"{rule.rule_id} v{rule.version}"),
        Datum(effect),
        Datum(
            count(rule.n_flagged) if rule.applicable else "—",
            reader.word("ledger.rows", rows=rows) if rows else "",
            sort=rule.n_flagged,
            number=True,
        ),
        Datum(reader.say(rule.explanation), " · ".join(small)),
    )


def _scores_toggle(findings: Findings, reader: Reader) -> Toggle:
    given = {score.metric: score for score in findings.ledger_scores if score.rule_id is None}
    by_rule: dict[str, dict[str, LedgerScore]] = {}
    for score in findings.ledger_scores:
        if score.rule_id is not None:
            by_rule.setdefault(score.rule_id, {})[score.metric] = score
    first = (
        Datum(reader.say(next(iter(given.values())).label)),
        *(_score(s, reader) for s in given.values()),
    )
    others = tuple(
        (
            Datum(reader.say(next(iter(scores.values())).label)),
            *(_score(scores.get(metric), reader) for metric in given),
        )
        for scores in by_rule.values()
    )
    header = (reader.word("col.rule"), *(reader.say(s.cell.label) for s in given.values()))
    numeric = frozenset(range(1, len(header)))
    views = tuple(
        Table(header, rows, numeric=numeric, sortable=False, kind="scores")
        for rows in ((first,), (first, *others))
    )
    return Toggle(
        reader.word("ledger.toggle"),
        (reader.word("ledger.as_given"), reader.word("ledger.without")),
        (views[0], views[1]),
        "ledger-scores",
    )


def _score(score: LedgerScore | None, reader: Reader) -> Datum:
    if score is None:
        return Datum("—", number=True)
    cell = score.cell
    small = "" if cell.estimate is None else evidence(cell, reader.language)
    return Datum(estimate(cell, reader.language), small, number=True, strong=True)
