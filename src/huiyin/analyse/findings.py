"""Everything a report shows, chapter by chapter; what cannot be given is left out with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime

from huiyin.analyse.contracts import Findings, Purpose
from huiyin.analyse.drivers import find_drivers
from huiyin.analyse.ports import Corridor
from huiyin.analyse.purposes import CHAPTERS, pick_drivers, pick_target, scorecard_metrics
from huiyin.analyse.scorecard import answer_what_fits, aspect_scores, ledger_scores
from huiyin.clean.contracts import Ledger
from huiyin.core.progress import Progress, no_progress
from huiyin.measure.contracts import Query


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
    progress: Progress = no_progress,
) -> Findings:
    """Run every analysis that the dataset allows."""
    book = corridor.codebook
    target = pick_target(book, purpose)
    metrics = scorecard_metrics(book)
    scorecard, notes = answer_what_fits(corridor, Query(metrics=metrics, level=level))
    aspects, more = aspect_scores(corridor, level)
    drivers = None
    if target is not None and pick_drivers(book, target):
        drivers = find_drivers(corridor, target.name, level=level)
    return Findings(
        title=title,
        purpose=purpose,
        target=target.name if target else None,
        codebook=book,
        sources=tuple(sources),
        profile=profile,
        scorecard=scorecard,
        definitions=scorecard.definition if scorecard else (),
        conclusions=(),
        trends=(),
        aspects=aspects,
        drivers=drivers,
        groups=(),
        linkages=(),
        cross_tables=(),
        questions=(),
        verbatims=(),
        ledger=ledger,
        ledger_scores=ledger_scores(corridor, ledger, metrics, level),
        actions=(),
        chapters=CHAPTERS[purpose],
        generated_on=(generated_on or datetime.now(tz=UTC).date()).isoformat(),
        level=level,
        notes=(*notes, *more),
    )
