"""Everything a report shows, chapter by chapter; what cannot be given is left out with a reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from huiyin.analyse.actions import suggest_actions
from huiyin.analyse.conclusions import conclude
from huiyin.analyse.contracts import DriverResult, Findings, Purpose
from huiyin.analyse.crosstabs import report_tables
from huiyin.analyse.drivers import find_drivers
from huiyin.analyse.groups import comparable_dimensions, group_differences
from huiyin.analyse.linkage import find_linkages
from huiyin.analyse.ports import Corridor
from huiyin.analyse.purposes import (
    CHAPTERS,
    pick_drivers,
    pick_target,
    scorecard_metrics,
)
from huiyin.analyse.questions import list_questions, question_summariser
from huiyin.analyse.scorecard import answer_what_fits, aspect_scores, ledger_scores
from huiyin.analyse.trends import find_trends
from huiyin.analyse.verbatims import sample_verbatims
from huiyin.clean.contracts import Ledger
from huiyin.codebook.contracts import Column, Role
from huiyin.core.progress import Progress, no_progress
from huiyin.core.text import Text
from huiyin.measure.contracts import Query, Result

BOOTSTRAP = 1000
INDEX = "index"
_FEWEST_ASPECTS = 2

NO_DRIVER_COLUMNS = Text(
    "没有分项评分，做不了驱动因素分析。", "There are no aspect ratings, so no driver analysis."
)
NO_TARGET = Text(
    "没有总体评分或结果列，驱动因素、分组比较和交叉表从缺。",
    "There is no overall rating or outcome: drivers, groups and cross-tables are left out.",
)
NO_RATING = Text(
    "没有找到总体评分题（总体满意度、NPS、意愿、费力度），所以没有总分，结论先说各题最多的回答。"
    "如果其实有，请在码本里指明是哪一列。",
    "No overall rating was found (satisfaction, NPS, intention, effort), so there is no overall "
    "score and the conclusions begin with the main answers. If there is one, say in the codebook "
    "which column it is.",
)
NO_OUTCOME = Text(
    "没有结果列（复购、流失、金额），做不了满意度与结果的对照。",
    "There is no outcome column (repurchase, churn, amount) to set satisfaction against.",
)
NO_TEXT = Text("没有开放题，没有原话可看。", "There is no open question, so no comments.")


@dataclass(frozen=True, slots=True)
class _Run:
    """What every chapter starts from."""

    corridor: Corridor
    level: float
    target: Column | None
    dimensions: tuple[Column, ...]


def find_everything(  # noqa: PLR0913 -- the facts on the cover come one by one
    corridor: Corridor,
    ledger: Ledger,
    *,
    purpose: Purpose = Purpose.GENERAL,
    title: str,
    sources: Sequence[str],
    profile: str,
    level: float = 0.95,
    generated_on: date | None = None,
    is_sample: bool = False,
    progress: Progress = no_progress,
) -> Findings:
    """Run every analysis that the dataset allows.

    Parameters
    ----------
    corridor : Corridor
    ledger : Ledger
        What the cleaning rules found.
    purpose : Purpose
        Picks the target and the order of the chapters.
    title : str
    sources : sequence of str
        Names of the files or sheets.
    profile : str
        Layout the file was recognised as.
    level : float
        Confidence level.
    generated_on : date, optional
        Today by default.
    is_sample : bool
        The data is generated, and every page has to say so.
    progress : Progress
        Told which part is under way.

    Returns
    -------
    Findings
        A chapter that cannot be given is empty, or carries its reason; `notes` says why.
    """
    book = corridor.codebook
    target = pick_target(book, purpose)
    dimensions, notes = comparable_dimensions(corridor, target)
    run = _Run(corridor, level, target, dimensions)
    today = generated_on or datetime.now(tz=UTC).astimezone().date()
    findings = Findings(
        title=title,
        purpose=purpose,
        target=target.name if target else None,
        codebook=book,
        sources=tuple(sources),
        profile=profile,
        scorecard=None,
        definitions=(),
        conclusions=(),
        trends=(),
        aspects=None,
        drivers=None,
        groups=(),
        linkages=(),
        cross_tables=(),
        questions=(),
        verbatims=(),
        ledger=ledger,
        ledger_scores=(),
        actions=(),
        chapters=CHAPTERS[purpose],
        generated_on=today.isoformat(),
        level=level,
        notes=notes if target else (*notes, NO_TARGET),
        is_sample=is_sample,
    )
    for done, (stage, chapter) in enumerate(STAGES):
        progress(stage, done, len(STAGES))
        findings = chapter(run, findings)
    progress(STAGES[-1][0], len(STAGES), len(STAGES))
    return findings


def _noted(findings: Findings, *notes: Text) -> tuple[Text, ...]:
    return tuple(dict.fromkeys((*findings.notes, *notes)))


def _with_drivers(run: _Run, findings: Findings) -> Findings:
    target = run.target
    if target is None:
        return findings
    if not pick_drivers(run.corridor.codebook, target):
        return replace(findings, notes=_noted(findings, NO_DRIVER_COLUMNS))
    drivers = find_drivers(run.corridor, target.name, bootstrap=BOOTSTRAP, level=run.level)
    return replace(findings, drivers=drivers)


def _with_scores(run: _Run, findings: Findings) -> Findings:
    metrics = scorecard_metrics(run.corridor.codebook, run.target)
    weights = _index_weights(run, findings.drivers)
    if weights:
        metrics = (*metrics, INDEX)
    query = Query(metrics=metrics, level=run.level, index_weights=weights)
    scorecard, refused = answer_what_fits(run.corridor, query)
    unrated = () if scorecard else (NO_RATING,)
    aspects, more = aspect_scores(run.corridor, run.level)
    defined = [d for result in (scorecard, aspects) if result for d in result.definition]
    return replace(
        findings,
        scorecard=scorecard,
        aspects=aspects,
        definitions=tuple({d.metric: d for d in defined}.values()),
        ledger_scores=ledger_scores(run.corridor, findings.ledger, _plain(scorecard), run.level),
        notes=_noted(findings, *unrated, *refused, *more),
    )


def _index_weights(run: _Run, drivers: DriverResult | None) -> dict[str, float]:
    """Weigh as the metric rules do, else by shares as drivers, where there are at least two."""
    if run.corridor.index_weights:
        return dict(run.corridor.index_weights)
    if drivers is None:
        return {}
    aspects = {column.name for column in run.corridor.codebook.with_role(Role.ASPECT)}
    weights = {d.column: d.share for d in drivers.drivers if d.column in aspects}
    return weights if len(weights) >= _FEWEST_ASPECTS else {}


def _plain(scorecard: Result | None) -> tuple[str, ...]:
    """List the scorecard's metrics that need no weights."""
    return tuple(m for m in scorecard.query.metrics if m != INDEX) if scorecard else ()


def _with_trends(run: _Run, findings: Findings) -> Findings:
    trends, why = find_trends(run.corridor, _plain(findings.scorecard), level=run.level)
    return replace(findings, trends=trends, notes=_noted(findings, *why))


def _with_groups(run: _Run, findings: Findings) -> Findings:
    if run.target is None:
        return findings
    groups = group_differences(run.corridor, run.target, run.dimensions, level=run.level)
    return replace(findings, groups=groups)


def _with_linkages(run: _Run, findings: Findings) -> Findings:
    linkages = find_linkages(run.corridor, run.target, level=run.level)
    notes = findings.notes if linkages else _noted(findings, NO_OUTCOME)
    return replace(findings, linkages=linkages, notes=notes)


def _with_cross_tables(run: _Run, findings: Findings) -> Findings:
    if run.target is None or run.target.scale is None:
        return findings
    clearest = [run.corridor.codebook[group.dimension] for group in findings.groups]
    tables = report_tables(
        run.corridor, clearest, run.target, level=run.level, family=len(run.dimensions)
    )
    return replace(findings, cross_tables=tables)


def _with_questions(run: _Run, findings: Findings) -> Findings:
    questions = list_questions(run.corridor.codebook.columns)
    summariser = question_summariser(run.corridor, questions, level=run.level)
    return replace(findings, questions=tuple(summariser.summary(q) for q in questions))


def _with_verbatims(run: _Run, findings: Findings) -> Findings:
    verbatims = sample_verbatims(run.corridor, run.target, run.dimensions)
    notes = findings.notes if verbatims else _noted(findings, NO_TEXT)
    return replace(findings, verbatims=verbatims, notes=notes)


def _with_conclusions(run: _Run, findings: Findings) -> Findings:
    actions = suggest_actions(run.corridor.codebook, findings.drivers, findings.aspects)
    return replace(findings, actions=actions, conclusions=conclude(findings))


STAGES: tuple[tuple[Text, Callable[[_Run, Findings], Findings]], ...] = (
    (Text("找驱动因素", "finding drivers"), _with_drivers),
    (Text("算总分", "scoring"), _with_scores),
    (Text("看趋势", "following the trend"), _with_trends),
    (Text("比较各组", "comparing groups"), _with_groups),
    (Text("对照结果指标", "linking outcomes"), _with_linkages),
    (Text("做交叉表", "crossing"), _with_cross_tables),
    (Text("逐题汇总", "going through the questions"), _with_questions),
    (Text("抽取原话", "sampling comments"), _with_verbatims),
    (Text("写结论", "concluding"), _with_conclusions),
)
"""The chapters in the order they are computed: each adds its part to the findings."""
