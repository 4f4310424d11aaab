"""How long a question may take beyond the runs of the engine: what is reckoned in Python."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

from huiyin.engine.contracts import Limits
from huiyin.engine.faults import out_of_time
from huiyin.engine.halting import check_halt


@dataclass(frozen=True, slots=True)
class Deadline:
    """A question has as much time as one run of the engine.

    The engine stops its own runs; whoever reckons on with what it found asks here on the way.

    Parameters
    ----------
    limits : Limits
        Without seconds there is no end.
    began : float
        When the question did, by the monotonic clock; now by default.
    """

    limits: Limits
    began: float = field(default_factory=time.monotonic, compare=False)

    def check(self) -> None:
        """Go on while there is time and somebody waits.

        Raises
        ------
        EngineError
            The time is over, or the question was stopped.
        """
        check_halt()
        seconds = self.limits.seconds
        if seconds is not None and time.monotonic() - self.began > seconds:
            raise out_of_time(self.limits)


NO_END = Deadline(Limits())
"""For what is reckoned outside of any question."""
