"""With one app release a theme rises: crashes (闪退)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.company import RELEASE_MONTHS, RELEASES, Company
from huiyin.sample.months import DAY, Floats, Ints, seconds_of
from huiyin.sample.truths.truth import Truth

VERSION = "5.0"
THEME = "闪退"
USUAL_SHARE = 0.04
RISEN_SHARE = 0.18
CRASH_PULL = -1.3
"""What a crash does to the leaning on 稳定流畅."""


@dataclass(frozen=True, slots=True)
class ReleaseTheme:
    """Since when."""

    since: date
    until: date
    month: str

    def crash_share(self, seconds: Ints) -> Floats:
        """Give the chance that an answer is about crashes."""
        after = seconds >= seconds_of(self.since)
        return np.where(after, RISEN_SHARE, USUAL_SHARE)

    def truth(self) -> Truth:
        """Tell it."""
        return Truth(
            id="release_theme",
            what=Text(
                f"应用 {VERSION} 版（{self.since}）发布后，说“{THEME}”的人"
                f"从 {USUAL_SHARE:.0%} 升到 "
                f"{RISEN_SHARE:.0%}，此后没有回落。",
                f"After release {VERSION} ({self.since}) those who mention crashes ({THEME}) rise "
                f"from {USUAL_SHARE:.0%} to {RISEN_SHARE:.0%} and stay there.",
            ),
            files=("应用NPS", "incidents"),
            where={},
            since=self.since,
            until=self.until,
            metric=f"share:遇到的问题={THEME}",
            size=RISEN_SHARE - USUAL_SHARE,
            facts={"text_column": "原因", "theme": THEME, "version": VERSION, "direction": 1},
        )


def plan_release_theme(company: Company) -> ReleaseTheme:
    """Take the day of the release."""
    position = RELEASES.index(VERSION)
    month = company.months[RELEASE_MONTHS[position]]
    return ReleaseTheme(company.release_day(position), company.months[-1].last, str(month))


def released(company: Company, seconds: Ints) -> Ints:
    """Give the position of the newest release at each moment."""
    starts = [seconds_of(company.release_day(i)) for i in range(len(RELEASES))]
    starts[0] -= 10 * DAY
    return (np.searchsorted(starts, seconds, side="right") - 1).astype(np.int64)
