"""What a truth says of itself in ``truth.yaml``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from huiyin.core.text import EN, ZH, Text


@dataclass(frozen=True, slots=True)
class Truth:
    """One planted truth.

    Attributes
    ----------
    id : str
        Name of the file in `truths`.
    what : Text
        The truth in one sentence.
    files : tuple of str
        Tables in which it can be seen, without ending.
    where : mapping
        Column → value or values it is limited to.
    since, until : date or None
        Days on which it holds, both included.
    metric : str or None
        As ``huiyin query --metric`` takes it.
    size : float or None
        Planted difference in the metric's unit (points, or shares as proportions).
    facts : mapping
        What else a test needs.
    """

    id: str
    what: Text
    files: tuple[str, ...]
    where: Mapping[str, Any] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    metric: str | None = None
    size: float | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    def as_yaml(self) -> dict[str, Any]:
        """Give what is known of it, ready to be written."""
        known = {
            "files": list(self.files),
            "where": dict(self.where),
            "since": self.since,
            "until": self.until,
            "metric": self.metric,
            "size": None if self.size is None else round(self.size, 4),
            "facts": dict(self.facts),
        }
        what = {ZH: self.what.say(ZH), EN: self.what.say(EN)}
        return {"id": self.id, "what": what} | {
            k: v for k, v in known.items() if v not in (None, {})
        }
