"""A measure that does nothing: smile training in 12 other shops, no change in 服务体验."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.core.text import Text
from huiyin.sample.months import Month
from huiyin.sample.places import SHOPS
from huiyin.sample.truths.truth import Truth


@dataclass(frozen=True, slots=True)
class IdleMeasure:
    """In which shops and since when; it changes no answer."""

    shops: tuple[int, ...]
    start: Month
    end: Month

    def truth(self) -> Truth:
        """Tell it."""
        return Truth(
            id="idle_measure",
            what=Text(
                f"{self.start} 起 {len(self.shops)} 家门店做微笑服务培训，服务体验没有变化。",
                f"Smile training in {len(self.shops)} shops since {self.start} changes nothing in "
                "服务体验.",
            ),
            files=("门店满意度", "measures"),
            where={"门店": [SHOPS[i].shop for i in self.shops]},
            since=self.start.first,
            until=self.end.last,
            metric="score:服务体验",
            size=0.0,
            facts={"compare": "year_ago", "direction": 0},
        )
