"""How often the 95 % intervals of a change taken apart hold the truth: quick, and in full.

The full run (`-m soak`) writes docs/methods/changes.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import md5

import numpy as np
import pytest

from huiyin.measure.comparing.two_sides import PARTS
from huiyin.stats.distributions import t_quantile
from huiyin.stats.mix_rate import mix_and_rate
from huiyin.stats.multiple import benjamini_hochberg

GROUPS = 4
DIGEST = np.array([int(md5(str(i).encode()).hexdigest()[:2], 16) for i in range(40_000)])  # noqa: S324 -- spreads rows, hides nothing


@dataclass(frozen=True)
class World:
    """Two periods of n answers, by customers of `repeats` answers who agree with themselves."""

    name: str
    n: int
    repeats: int = 1
    within: float = 0.0
    both: bool = False
    shares: tuple[float, ...] = (0.4, 0.3, 0.2, 0.1)
    moved: tuple[float, ...] = (0.4, 0.3, 0.2, 0.1)
    shift: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)
    level: tuple[float, ...] = (1.0, 0.0, 0.0, -1.0)
    bar: float | None = None

    def truth(self):
        """Give contribution, beyond and change of the whole population."""
        means = np.array([self._means(0), self._means(1)])
        b = np.array([self.shares, self.moved])[..., None]
        found = mix_and_rate(b, b * means[..., None])
        return found.contribution.estimate, found.beyond.estimate, found.change.estimate

    def _means(self, side):
        centre = np.array(self.level) + side * np.array(self.shift)
        if self.bar is None:
            return centre
        from scipy.stats import norm

        return norm.sf(self.bar - centre)

    def draw(self, rng):
        """Draw one sample: (2, groups, resampling groups) of weights and sums."""
        b, a = np.zeros((2, GROUPS, PARTS)), np.zeros((2, GROUPS, PARTS))
        customers = self.n // self.repeats
        mood = rng.normal(size=(2, customers)) * np.sqrt(self.within)
        for side, shares in enumerate((self.shares, self.moved)):
            kept = mood[0] if self.both else mood[side]
            group = rng.choice(GROUPS, customers, p=shares)
            first = 0 if self.both else side * customers
            part = DIGEST[(first + np.arange(customers)) % len(DIGEST)]
            centre = np.array(self.level)[group] + side * np.array(self.shift)[group] + kept
            y = centre + rng.normal(size=(self.repeats, customers)) * np.sqrt(1 - self.within)
            y = y if self.bar is None else (y > self.bar).astype(float)
            np.add.at(b[side], (group, part), float(self.repeats))
            np.add.at(a[side], (group, part), y.sum(axis=0))
        return b, a


WORLDS = (
    World("even", 400),
    World("even", 2000),
    World("one group falls", 400, shift=(0.0, 0.0, -0.8, 0.0)),
    World("one group falls", 2000, shift=(0.0, 0.0, -0.8, 0.0)),
    World("mix moves", 400, moved=(0.25, 0.3, 0.2, 0.25)),
    World("mix moves, one falls", 2000, moved=(0.25, 0.3, 0.2, 0.25), shift=(0.0, -0.5, 0.0, 0.0)),
    World("share of 16 %", 400, bar=1.0, shift=(0.0, 0.0, -0.8, 0.0)),
    World("share of 16 %", 2000, bar=1.0, shift=(0.0, 0.0, -0.8, 0.0)),
    World("customers answer 5 times", 1000, repeats=5, within=0.5),
    World("customers answer 5 times", 4000, repeats=5, within=0.5, shift=(0.0, 0.0, -0.8, 0.0)),
    World("the same customers on both sides", 1000, within=0.6, both=True),
    World("small groups", 100, shares=(0.7, 0.1, 0.1, 0.1), moved=(0.7, 0.1, 0.1, 0.1)),
)


def covered(world, runs, seed):
    """Give the share of intervals that hold the truth: contribution, beyond, change."""
    rng = np.random.default_rng(seed)
    contribution, beyond, change = world.truth()
    hits = np.zeros(3)
    for _ in range(runs):
        found = mix_and_rate(*world.draw(rng))
        half = t_quantile(np.full(GROUPS, 0.975), found.degrees_of_freedom)
        for k, (part, truth) in enumerate(
            ((found.contribution, contribution), (found.beyond, beyond))
        ):
            hits[k] += np.mean(np.abs(part.estimate - truth) <= half * part.standard_error)
        whole = float(t_quantile(0.975, found.whole_degrees_of_freedom))
        gap = abs(float(found.change.estimate) - float(change))
        hits[2] += gap <= whole * float(found.change.standard_error)
    return hits / runs


def false_families(world, runs, seed):
    """Give the share of samples in which any group of an unmoved world is called real."""
    rng = np.random.default_rng(seed)
    wrong = 0
    for _ in range(runs):
        found = mix_and_rate(*world.draw(rng))
        from huiyin.stats.distributions import t_two_sided_p

        p = t_two_sided_p(
            found.beyond.estimate / found.beyond.standard_error, found.degrees_of_freedom
        )
        wrong += bool((benjamini_hochberg(p) < 0.05).any())
    return wrong / runs


@pytest.mark.parametrize("world", [WORLDS[2], WORLDS[4], WORLDS[8], WORLDS[10]], ids=str)
def test_intervals_hold_the_truth(world):
    runs = 400
    margin = 4 * np.sqrt(0.95 * 0.05 / runs)
    assert (np.abs(covered(world, runs, seed=11) - 0.95) < margin + 0.01).all()


def test_nothing_moved_names_hardly_ever_a_group():
    runs = 400
    assert false_families(WORLDS[0], runs, seed=12) < 0.05 + 4 * np.sqrt(0.05 * 0.95 / runs)


HEAD = """\
# How often the intervals of “why” hold the truth

Simulated; written by `pytest tests/soundness/test_change_coverage.py -m soak`, {runs:,} samples a
line. Two periods of n answers each, four groups. A change is taken apart as in Kitagawa (1955); the
errors are those of the delete-a-group jackknife (Kott 2001) over 256 groups of whole customers;
up to 4,096 customers each is a group of its own, which is finer than what is simulated here.
*Contribution*: what a group brought; *beyond*: what it brought beyond its size, the number that is
tested and ranked; *change*: the whole. *False*: samples in which any group is called real where
none moved (at most 5 % is asked for). Simulation itself moves these numbers by up to 0.007.

| world | n | contribution | beyond | change | false |
|---|---|---|---|---|---|
"""


@pytest.mark.soak
def test_full_coverage_page(root):
    runs = 4000
    lines = []
    for seed, world in enumerate(WORLDS):
        hits = covered(world, runs, seed)
        still = world.shift == (0.0,) * GROUPS and world.shares == world.moved
        false = f"{false_families(world, runs, 100 + seed):.3f}" if still else ""
        numbers = " | ".join(f"{hit:.3f}" for hit in hits)
        lines.append(f"| {world.name} | {world.n} | {numbers} | {false} |")
        assert (hits > 0.93).all(), world
        assert not false or float(false) < 0.06, world
    page = root / "docs" / "methods" / "changes.md"
    page.write_text(HEAD.format(runs=runs) + "\n".join(lines) + "\n", "utf-8")
