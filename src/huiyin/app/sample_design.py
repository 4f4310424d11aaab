"""How the sample behind a report was drawn."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from huiyin.measure.contracts import Weighting

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class Design:
    """How the sample was drawn, for a whole report: weights or known margins, strata, clusters."""

    weight: str | None = None
    margins: Path | None = None
    strata: str | None = None
    cluster: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """List the columns that the design names."""
        return tuple(name for name in (self.weight, self.strata, self.cluster) if name)

    def weighting(self) -> Weighting | None:
        """Read the weighting; None where there is none."""
        if self.weight is None and self.margins is None:
            return None
        from huiyin.measure.outside import read_margins

        return Weighting(self.weight, read_margins(self.margins) if self.margins else ())
