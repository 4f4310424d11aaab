"""In one channel unhappy customers answer less: those with a recent fault, asked by 短信."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.months import Floats, Ints
from huiyin.sample.ratings import Bools
from huiyin.sample.truths.truth import Truth

CHANNELS = ("应用弹窗", "推送消息", "短信")
CHANNEL_WEIGHTS = (0.40, 0.30, 0.30)
ANSWERING = (0.36, 0.22, 0.26)
"""Chance of an invitation to be answered, relative; about one in four of all."""
SILENT_CHANNEL = 2
SILENCE = 0.35
"""Factor on that chance for the unhappy in the silent channel."""
FAULT_SHARE = 0.15
FAULT_PULL = -0.9


@dataclass(frozen=True, slots=True)
class SilentUnhappy:
    """Who answers how readily."""

    def answering(self, channel: Ints, fault: Bools) -> Floats:
        """Give the relative chance of each invitation to be answered."""
        silenced = (channel == SILENT_CHANNEL) & fault
        return np.array(ANSWERING)[channel] * np.where(silenced, SILENCE, 1.0)

    def truth(self) -> Truth:
        """Tell it."""
        channel = CHANNELS[SILENT_CHANNEL]
        return Truth(
            id="silent_unhappy",
            what=Text(
                f"近期出过故障、心里不满的客户，收到{channel}邀请后少答一大半；别的渠道没有这个差别。"
                f"{channel}渠道的分数因此偏高。",
                f"Customers with a recent fault answer far less when asked by {channel}; in other "
                "channels they do not. Scores of that channel are too high.",
            ),
            files=("invitations", "应用NPS"),
            where={"邀请渠道": channel},
            metric="response_rate",
            size=round(-(1 - SILENCE) * ANSWERING[SILENT_CHANNEL], 3),
            facts={"group": "近30天故障", "value": "是", "factor": SILENCE, "direction": -1},
        )
