"""The time, given from outside, so that a test can hold it still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Gives an aware UTC time."""


def system_clock() -> datetime:
    """Give the time of this machine, aware, in UTC."""
    return datetime.now(UTC)
