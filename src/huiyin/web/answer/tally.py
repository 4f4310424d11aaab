"""Counts how far people come on open links: in memory, written every few seconds.

Opening an address counts nothing: mail scanners and previews open it too. Opened counts when
somebody touches the page, or sends it where no script runs; a number, and nothing of who.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError

from huiyin.collect.surveys.day_counts import Place, Step, add_counts
from huiyin.store.contracts import StoreError
from huiyin.store.intake import Intake

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from huiyin.web.answer.known import Entrance

EVERY_SECONDS = 5.0
_QUARTER_SECONDS = 900
"""In every zone a day begins with a quarter of an hour: counted by them, put into days later."""
_Key = tuple[str, str, str, int, Step]
SIGNS = {"o": Step.OPENED, "s": Step.STARTED}
"""What a page says of itself was counted already."""
ALL_NOTED = "".join(SIGNS)


class Tally:
    """The counts of one process that are not written yet.

    Parameters
    ----------
    intake : Intake
        Its writer adds them to the store.
    """

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._counts: dict[_Key, int] = {}
        self._writing: asyncio.Task[None] | None = None

    def count(self, entrance: Entrance, now: datetime, steps: Iterable[Step]) -> None:
        """Count steps of somebody who came by an open link; whoever was invited is known anyway."""
        if entrance.guest is not None or entrance.entered_by is not None:
            return
        quarter = int(now.timestamp() // _QUARTER_SECONDS)
        counts = self._counts
        for step in steps:
            key = (entrance.home.survey_id, entrance.link_id, entrance.zone, quarter, step)
            counts[key] = counts.get(key, 0) + 1
        if counts and (self._writing is None or self._writing.done()):
            self._writing = asyncio.get_running_loop().create_task(self._write_soon())

    async def _write_soon(self) -> None:
        await asyncio.sleep(EVERY_SECONDS)
        await self.write()

    async def write(self) -> None:
        """Write what was counted; what cannot be written now is written with what comes next."""
        counts, self._counts = self._counts, {}
        if not counts:
            return
        try:
            await self._intake.kept(add_counts(_by_day(counts)))
        except (StoreError, SQLAlchemyError):
            for key, n in counts.items():
                self._counts[key] = self._counts.get(key, 0) + n

    def close(self) -> None:
        """Order the last write; the intake does it before it closes."""
        if self._counts:
            self._intake.keep(add_counts(_by_day(self._counts)))
            self._counts = {}


def not_noted(noted: str) -> list[Step]:
    """Give the steps that a page did not tell of itself, though it was sent."""
    return [step for sign, step in SIGNS.items() if sign not in noted]


def _by_day(counts: Mapping[_Key, int]) -> dict[Place, Counter[Step]]:
    found: dict[Place, Counter[Step]] = {}
    for (survey_id, link_id, zone, quarter, step), n in counts.items():
        day = datetime.fromtimestamp(quarter * _QUARTER_SECONDS, ZoneInfo(zone)).date()
        found.setdefault(Place(survey_id, link_id, day), Counter())[step] += n
    return found
