"""What numbers are counted in."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """What a number is counted in."""

    NPS = "nps"
    POINTS = "points"
    SHARE = "share"
    SCALE = "scale"
    AMOUNT = "amount"
