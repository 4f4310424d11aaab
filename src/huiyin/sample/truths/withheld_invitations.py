"""One agent invites almost nobody to the survey whose matter was not solved."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.months import Floats, Ints
from huiyin.sample.ratings import Bools
from huiyin.sample.truths.truth import Truth

INVITED_SHARE = 0.95
WITHHELD_INVITED_SHARE = 0.08


@dataclass(frozen=True, slots=True)
class WithheldInvitations:
    """Which agent."""

    agent: int
    name: str

    def invited_share(self, agent: Ints, solved: Bools) -> Floats:
        """Give the chance of each call to end with an invitation."""
        withheld = (agent == self.agent) & ~solved
        return np.where(withheld, WITHHELD_INVITED_SHARE, INVITED_SHARE)

    def truth(self) -> Truth:
        """Tell it."""
        return Truth(
            id="withheld_invitations",
            what=Text(
                f"{self.name}遇到没解决的来电就不发满意度邀请，所以自己的分数好看。",
                f"{self.name} does not invite callers whose matter was not solved, and scores "
                "well for it.",
            ),
            files=("calls", "售后回访"),
            where={"坐席": self.name, "是否解决": "否"},
            metric="share:是否邀请=否",
            size=INVITED_SHARE - WITHHELD_INVITED_SHARE,
            facts={"compare": "rest", "direction": 1},
        )
