"""Results of the analyses: frozen, complete, ready to be shown without arithmetic."""

from huiyin.analyse.contracts.differences import (
    ChangePoint,
    CrossTable,
    GroupDifferences,
    Linkage,
    Trend,
)
from huiyin.analyse.contracts.drivers import (
    DRIVER_FLAG_TEXT,
    QUADRANT_TEXT,
    Driver,
    DriverResult,
    Quadrant,
)
from huiyin.analyse.contracts.faults import AnalysisError
from huiyin.analyse.contracts.findings import (
    Action,
    Conclusion,
    Findings,
    Happened,
    LedgerScore,
    Purpose,
)
from huiyin.analyse.contracts.questions import LevelShare, QuestionKind, QuestionSummary, Verbatim

__all__ = [
    "DRIVER_FLAG_TEXT",
    "QUADRANT_TEXT",
    "Action",
    "AnalysisError",
    "ChangePoint",
    "Conclusion",
    "CrossTable",
    "Driver",
    "DriverResult",
    "Findings",
    "GroupDifferences",
    "Happened",
    "LedgerScore",
    "LevelShare",
    "Linkage",
    "Purpose",
    "Quadrant",
    "QuestionKind",
    "QuestionSummary",
    "Trend",
    "Verbatim",
]
