"""Sheets that record: comments, cleaning ledger, actions, method and definitions."""

from __future__ import annotations

from huiyin.analyse.contracts import Action, Findings, Verbatim
from huiyin.clean.contracts import RuleUse
from huiyin.codebook.contracts import Column, Scale
from huiyin.codebook.roles import ROLE_TEXT
from huiyin.core.text import Text
from huiyin.measure.condition_words import typed_texts
from huiyin.measure.contracts import DataFacts, Definition
from huiyin.report import workbook_words as w
from huiyin.report.design_words import design_words
from huiyin.report.rule_words import parameter_words
from huiyin.report.workbook_cells import PERCENT_FORMAT, Line, lead, number_fields
from huiyin.report.workbook_page import Book, Page
from huiyin.report.workbook_values import (
    NOTHING,
    Field,
    Shown,
    count,
    number,
    table_of,
    words,
)


def write_verbatims(book: Book, findings: Findings) -> None:
    """Write the sampled comments with their rating and groups."""
    if not findings.verbatims:
        return
    page, said = Page(book, w.VERBATIMS, w.SUMMARY), book.language
    groups = tuple(dict.fromkeys(key for v in findings.verbatims for key in v.by))

    def group(key: str) -> Field[Verbatim]:
        return Field(Text.same(key), lambda v: words(v.by.get(key), said))

    fields = (
        Field(w.WORDS, lambda v: words(v.text, said)),
        Field(w.RATING, lambda v: number(v.rating, "General"), optional=True),
        Field(w.BAND, lambda v: words(v.band, said), optional=True),
        *(group(key) for key in groups),
        Field(w.COLUMN, lambda v: words(v.column, said, "muted")),
    )
    page.table(table_of(fields, findings.verbatims, said))
    page.finish()


def write_ledger(book: Book, findings: Findings) -> None:
    """Write what each rule found and what the scores are without it."""
    page, said = Page(book, w.LEDGER, w.SUMMARY), book.language
    ledger = findings.ledger
    page.note(w.LEDGER_LINE.format(rows=f"{ledger.n_rows:,}", valid=f"{ledger.n_valid:,}"))
    page.table(table_of(_rule_fields(said), ledger.rules, said))
    _write_scores_without(page, findings)
    page.finish()


def _rule_fields(said: str) -> tuple[Field[RuleUse], ...]:
    return (
        Field(w.RULE, lambda r: words(r.title, said, "strong")),
        Field(w.EXCLUDES, lambda r: _treatment(r, said)),
        Field(w.FLAGGED, lambda r: count(r.n_flagged) if r.applicable else NOTHING),
        Field(w.NOTE, lambda r: words(r.note, said), optional=True),
        Field(w.EXAMPLES, lambda r: words(", ".join(map(str, r.rows)), said), optional=True),
        Field(w.EXPLANATION, lambda r: words(r.explanation, said)),
        Field(w.PARAMETERS, lambda r: words(parameter_words(r.parameters), said), optional=True),
        Field(w.SOURCE, lambda r: words(r.source, said)),
        Field(w.RULE_ID, lambda r: words(r.rule_id, said, "muted")),
        Field(w.VERSION, lambda r: count(r.version)),
    )


def _treatment(rule: RuleUse, said: str) -> Shown:
    if not rule.applicable:
        return words(w.NOT_APPLICABLE, said, "muted")
    return words(w.EXCLUDED if rule.excludes else w.WARNED, said)


def _write_scores_without(page: Page, findings: Findings) -> None:
    said = page.book.language
    lines = [
        Line(
            score.cell,
            (
                words(score.cell.label, said),
                words(score.label, said),
            ),
        )
        for score in findings.ledger_scores
    ]
    fields = (lead(w.METRIC, 0), lead(w.WITHOUT_RULE, 1), *number_fields(said))
    page.table(table_of(fields, lines, said), title=page.book.say(w.SCORES_WITHOUT))


def write_actions(book: Book, findings: Findings) -> None:
    """Write the suggested measures; owner and deadline are left for people to fill in."""
    if not findings.actions:
        return
    page, said = Page(book, w.ACTIONS, w.SUMMARY), book.language
    place = page.table(table_of(_action_fields(said), findings.actions, said))
    if place is not None:
        deadline = place.headers.index(w.DEADLINE.say(said))
        page.dates_only(place, deadline)
    page.note(w.FILL_IN)
    page.finish()


def _action_fields(said: str) -> tuple[Field[Action], ...]:
    return (
        Field(w.PRIORITY, lambda a: count(a.priority)),
        Field(w.WEAK_ASPECT, lambda a: words(a.label, said, "strong")),
        Field(w.EVIDENCE, lambda a: words(a.evidence, said)),
        Field(w.MEASURE, lambda a: words(a.measure, said)),
        Field(w.OWNER, lambda _: Shown(None, tone="open")),
        Field(w.DEADLINE, lambda _: Shown(None, tone="open")),
        Field(w.WATCH, lambda a: words(a.metric, said, "muted")),
    )


def write_method(book: Book, findings: Findings) -> None:
    """Write what every number means, which rows it stands on, and how columns were read."""
    page, said = Page(book, w.METHOD, w.SUMMARY), book.language
    page.table(
        table_of(_definition_fields(said), _definitions(findings), said),
        title=book.say(w.DEFINITIONS),
    )
    page.facts(_data_facts(findings, said), title=w.DATA_FACTS)
    page.table(
        table_of(_column_fields(said), findings.codebook.columns, said), title=book.say(w.CODEBOOK)
    )
    page.notes(findings.notes)
    page.finish()


def _definitions(findings: Findings) -> list[Definition]:
    """Every definition the numbers used, each once."""
    results = [r for r in (findings.scorecard, findings.aspects) if r is not None]
    found = [*findings.definitions, *(d for r in results for d in r.definition)]
    return list({(d.metric, d.version): d for d in found}.values())


def _definition_fields(said: str) -> tuple[Field[Definition], ...]:
    return (
        Field(w.METRIC, lambda d: words(d.label, said, "strong")),
        Field(w.FORMULA, lambda d: words(d.formula, said)),
        Field(w.DELTA, lambda d: number(d.delta, "General")),
        Field(w.BETTER, lambda d: words(w.HIGHER if d.higher_is_better else w.LOWER, said)),
        Field(w.PLEASE_CHECK, lambda d: _check(said, wanted=d.please_check), optional=True),
        Field(w.NOTE, lambda d: words(" ".join(n.say(said) for n in d.notes), said), optional=True),
        Field(w.METRIC_ID, lambda d: words(d.metric, said, "muted")),
        Field(w.VERSION, lambda d: count(d.version)),
    )


def _check(said: str, *, wanted: bool) -> Shown:
    return words(w.PLEASE_CHECK, said, "mark") if wanted else NOTHING


def _data_facts(findings: Findings, said: str) -> list[tuple[Text, Shown]]:
    data = findings.scorecard.data if findings.scorecard is not None else None
    return [
        (w.SOURCES, words("\n".join(findings.sources), said)),
        (w.PROFILE, words(findings.profile, said)),
        (w.GENERATED_ON, words(findings.generated_on, said)),
        (w.LEVEL, number(findings.level, PERCENT_FORMAT)),
        *(() if data is None else _row_facts(data, findings, said)),
    ]


def _row_facts(data: DataFacts, findings: Findings, said: str) -> tuple[tuple[Text, Shown], ...]:
    titles = {rule.rule_id: rule.title for rule in findings.ledger.rules}
    return (
        (w.ROWS, count(data.rows)),
        (w.USED, count(data.used)),
        *(
            (w.LEFT_OUT.format(rule=titles.get(rule, rule)), count(n))
            for rule, n in data.excluded.items()
        ),
        (w.SINCE, Shown(data.since)),
        (w.UNTIL, Shown(data.until)),
        (w.WEIGHTING, words(design_words(data.weighting or {}), said)),
        (w.DESIGN, words(design_words(data.design or {}), said)),
        (w.ROW_RULE, words(typed_texts(data.row_rule), said)),
        (w.SNAPSHOT, words(data.snapshot, said)),
    )


def _column_fields(said: str) -> tuple[Field[Column], ...]:
    return (
        Field(w.COLUMN, lambda c: words(c.name, said, "strong")),
        Field(w.ROLE, lambda c: words(ROLE_TEXT[c.role], said)),
        Field(w.SCALE, lambda c: words(_scale(c.scale), said), optional=True),
        Field(w.CONFIDENCE, lambda c: number(c.confidence, PERCENT_FORMAT)),
        Field(w.PLEASE_CHECK, lambda c: _check(said, wanted=not c.usable), optional=True),
        Field(w.QUESTION, lambda c: words(c.label, said)),
        Field(w.REASON, lambda c: words(c.reason, said), optional=True),
    )


def _scale(scale: Scale | None) -> Text | None:
    if scale is None:
        return None
    shown = w.SCALE_UP if scale.direction > 0 else w.SCALE_DOWN
    return shown.format(low=f"{scale.minimum:g}", high=f"{scale.maximum:g}")
