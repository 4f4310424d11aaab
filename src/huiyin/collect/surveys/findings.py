"""A remark on a questionnaire: what is wrong or doubtful, where, and what to do."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from huiyin.core.text import Text


class Severity(StrEnum):
    """How bad it is: with an error a questionnaire cannot be published."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark.

    Attributes
    ----------
    code : str
        What kind of remark.
    severity : Severity
    sentence : Text
        What is the matter, naming the place; a full sentence.
    page, question, quota : str or None
        Ids of where it is; none of them: the questionnaire as a whole.
    advice : Text or None
        What to do.
    """

    code: str
    severity: Severity
    sentence: Text
    page: str | None = None
    question: str | None = None
    quota: str | None = None
    advice: Text | None = None

    def at(
        self, *, page: str | None = None, question: str | None = None, quota: str | None = None
    ) -> Finding:
        """Give the same remark at a place."""
        return replace(
            self,
            page=page or self.page,
            question=question or self.question,
            quota=quota or self.quota,
        )


def error(code: str, sentence: Text, advice: Text | None = None) -> Finding:
    """Remark on what must be mended before publishing."""
    return Finding(code, Severity.ERROR, sentence, advice=advice)


def warning(code: str, sentence: Text, advice: Text | None = None) -> Finding:
    """Remark on what is better mended."""
    return Finding(code, Severity.WARNING, sentence, advice=advice)
