"""Everything a report shows, its conclusions and actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from huiyin.analyse.contracts.differences import CrossTable, GroupDifferences, Linkage, Trend
from huiyin.analyse.contracts.drivers import DriverResult
from huiyin.analyse.contracts.questions import QuestionSummary, Verbatim
from huiyin.clean.contracts import Ledger
from huiyin.codebook.contracts import Codebook
from huiyin.core.text import Text
from huiyin.measure.contracts import Cell, Definition, Result

if TYPE_CHECKING:
    pass


class Purpose(StrEnum):
    """What the report is for: picks the target and the order of the chapters."""

    REPURCHASE = "repurchase"
    CHURN = "churn"
    PROCESS = "process"
    GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Action:
    """One line of the action table: weak aspect → suggested measure; owner and date stay open."""

    priority: int
    aspect: str
    label: Text
    evidence: Text
    measure: Text
    metric: str


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One plain sentence of the summary.

    `kind`: ``level``, ``trend``, ``driver``, ``group``, ``linkage``, ``quality``, ``caution``;
    `tone`: ``good``, ``bad``, ``neutral``, ``unknown``; `chapter` names where the evidence is.
    """

    kind: str
    tone: str
    sentence: Text
    chapter: str


@dataclass(frozen=True, slots=True)
class LedgerScore:
    """One headline score as given, and with one cleaning rule used the other way.

    `label` says which: as given; a rule that leaves rows out not used; the rows that a warning
    rule flags left out as well. `rule_id` is ``any_rule`` or ``all_warnings`` where all rules of
    a kind are used the other way at once.
    """

    metric: str
    rule_id: str | None
    cell: Cell
    label: Text


@dataclass(frozen=True, slots=True)
class Happened:
    """One event: what it is called, and its first and last day."""

    title: str
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything a report shows. `chapters` is their order for the purpose.

    `events` are drawn on the trends, oldest first; the pages ask for theirs as they are opened.
    """

    title: str
    purpose: Purpose
    target: str | None
    codebook: Codebook
    sources: tuple[str, ...]
    profile: str
    scorecard: Result | None
    definitions: tuple[Definition, ...]
    conclusions: tuple[Conclusion, ...]
    trends: tuple[Trend, ...]
    aspects: Result | None
    drivers: DriverResult | None
    groups: tuple[GroupDifferences, ...]
    linkages: tuple[Linkage, ...]
    cross_tables: tuple[CrossTable, ...]
    questions: tuple[QuestionSummary, ...]
    verbatims: tuple[Verbatim, ...]
    ledger: Ledger
    ledger_scores: tuple[LedgerScore, ...]
    actions: tuple[Action, ...]
    chapters: tuple[str, ...]
    generated_on: str
    level: float
    notes: tuple[Text, ...] = ()
    is_sample: bool = False
    events: tuple[Happened, ...] = ()
