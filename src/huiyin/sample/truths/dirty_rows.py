"""Duplicates, speeders and bots among the answers."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from huiyin.core.text import Text
from huiyin.sample.draws import chance
from huiyin.sample.months import Floats
from huiyin.sample.ratings import Bools
from huiyin.sample.truths.truth import Truth

DUPLICATE_SHARE = 0.006
SPEEDER_SHARE = 0.025
BOT_SHARE = 0.012
BURST = 15
"""Answers of one bot within eight seconds."""
SECONDS_PER_BOT_ANSWER = 0.5
TYPICAL_SECONDS = 75.0
_SPREAD = 0.28
_FAST = (0.08, 0.35)


@dataclass(frozen=True, slots=True)
class DirtyRows:
    """How many rows of each kind were planted, counted while they are written, by file."""

    planted: dict[str, dict[str, int]] = field(default_factory=dict)

    def n_duplicates(self, n: int) -> int:
        """Count the rows of a piece that are to be repeats."""
        return int(n * DUPLICATE_SHARE)

    def n_bursts(self, n: int) -> int:
        """Count the bursts of a bot among `n` answers."""
        return max(round(n * BOT_SHARE / BURST), 1)

    def speeders(self, rng: np.random.Generator, n: int) -> Bools:
        """Draw who does not read the questions."""
        return chance(rng, n, SPEEDER_SHARE)

    def seconds_taken(self, rng: np.random.Generator, speeding: Bools) -> Floats:
        """Draw how long people take."""
        taken = TYPICAL_SECONDS * np.exp(_SPREAD * rng.standard_normal(len(speeding)))
        fast = TYPICAL_SECONDS * rng.uniform(*_FAST, len(speeding))
        return np.rint(np.where(speeding, fast, taken))

    def count(self, file: str, **kinds: int) -> None:
        """Take note of rows that were planted."""
        known = self.planted.setdefault(file, {})
        for kind, n in kinds.items():
            known[kind] = known.get(kind, 0) + n

    def truth(self) -> Truth:
        """Tell it."""
        return Truth(
            id="dirty_rows",
            what=Text(
                "答卷里混有重复提交、乱答过快和机器刷票。",
                "Among the answers are duplicates, speeders and bots.",
            ),
            files=tuple(self.planted),
            facts={"planted": {file: dict(kinds) for file, kinds in self.planted.items()}},
        )
