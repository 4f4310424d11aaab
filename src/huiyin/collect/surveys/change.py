"""One change between two versions of a questionnaire, as a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from huiyin.core.text import Text


class ChangeKind(StrEnum):
    """What became of a part."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    RESCALED = "rescaled"
    MOVED = "moved"
    OPTIONS = "options"
    LOGIC = "logic"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True)
class Change:
    """One change.

    Attributes
    ----------
    kind : ChangeKind
    sentence : Text
    question : str or None
        Its id; None for the questionnaire as a whole.
    comparable : bool
        False where answers before and after stand in different columns.
    """

    kind: ChangeKind
    sentence: Text
    question: str | None = None
    comparable: bool = True
