"""Seeded draws: every table and chunk has its own stream, so that order and size change nothing."""

from __future__ import annotations

from collections.abc import Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from huiyin.sample.months import Floats, Ints

_GOLDEN = 0x9E3779B97F4A7C15
_PER_SEED = 0xD1342543DE82EF95
"""No multiple of the step from number to number, else a seed would only shift the customers."""
_MIX = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))
_LAST_SHIFT = 31
_MANTISSA = 11


def stream(seed: int, *names: str | int) -> np.random.Generator:
    """Give the generator of one table, month and chunk."""
    words = [n if isinstance(n, int) else crc32(n.encode()) for n in names]
    return np.random.default_rng([seed, *words])


def lasting(numbers: Ints, seed: int, trait: str) -> Floats:
    """Give a number in [0, 1) that stays with a customer: their number, hashed (splitmix64)."""
    start = (seed * _PER_SEED + crc32(trait.encode())) % 2**64
    with np.errstate(over="ignore"):
        z = (numbers.astype(np.uint64) + np.uint64(1)) * np.uint64(_GOLDEN) + np.uint64(start)
        for shift, factor in _MIX:
            z = (z ^ (z >> np.uint64(shift))) * np.uint64(factor)
        z ^= z >> np.uint64(_LAST_SHIFT)
    return np.asarray((z >> np.uint64(_MANTISSA)) / 2.0**53, dtype=np.float64)


def placed(uniform: Floats, weights: Sequence[float] | Floats) -> Ints:
    """Turn numbers in [0, 1) into positions, as often as their weights say."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    found = np.searchsorted(edges[:-1] / edges[-1], uniform, side="right")
    return found.astype(np.int64)


def pick(rng: np.random.Generator, n: int, weights: Sequence[float] | Floats) -> Ints:
    """Draw `n` positions with the given weights."""
    return placed(rng.random(n), weights)


def split(total: int, weights: Sequence[float] | Floats) -> Ints:
    """Split a whole number by weights: parts are whole and add up (largest remainders)."""
    shares = np.asarray(weights, dtype=np.float64)
    exact = total * shares / shares.sum()
    parts = np.floor(exact).astype(np.int64)
    order = np.argsort(parts - exact, kind="stable")
    parts[order[: total - int(parts.sum())]] += 1
    return np.asarray(parts, dtype=np.int64)


def keep_exactly(rng: np.random.Generator, chances: Floats, n: int) -> Ints:
    """Choose exactly `n` positions, each about as likely as its chance (weighted, no repeats).

    The n earliest of exponential arrival times with these rates (Efraimidis & Spirakis 2006).
    """
    arrival = rng.exponential(size=len(chances)) / chances
    return np.sort(np.argpartition(arrival, n - 1)[:n]) if n else np.zeros(0, dtype=np.int64)


def spread(number: Ints, size: int) -> Ints:
    """Walk through 0 … size−1 without repeats, in an order that looks random."""
    step = 1_000_003 if size % 1_000_003 else 1_000_033
    return (number * step + 17) % size


def chance(rng: np.random.Generator, n: int, share: float | Floats) -> NDArray[np.bool_]:
    """Draw yes or no."""
    return rng.random(n) < share
