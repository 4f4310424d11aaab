"""Some of many: by chance, or the same share of each group; the same seed gives the same ones."""

from __future__ import annotations

import random
from collections.abc import Sequence

from huiyin.collect.sending.contracts import Sample
from huiyin.collect.sending.planning import Candidate


def draw(candidates: Sequence[Candidate], sample: Sample | None) -> list[Candidate]:
    """Draw a sample without replacement.

    Parameters
    ----------
    candidates : sequence of Candidate
    sample : Sample or None
        None takes all. With `by`, each stratum gets its proportional share of the size (largest
        remainders), so that no group is missed by chance.

    Returns
    -------
    list of Candidate
        In the order of `candidates`.
    """
    if sample is None or sample.size >= len(candidates):
        return list(candidates)
    chance = random.Random(sample.seed)  # noqa: S311 -- a sample, no secret
    groups: dict[str, list[int]] = {}
    for place, one in enumerate(candidates):
        groups.setdefault(one.stratum if sample.by else "", []).append(place)
    sizes = _shares({name: len(own) for name, own in groups.items()}, sample.size)
    taken = sorted(p for name in sorted(groups) for p in chance.sample(groups[name], sizes[name]))
    return [candidates[place] for place in taken]


def _shares(sizes: dict[str, int], wanted: int) -> dict[str, int]:
    total = sum(sizes.values())
    exact = {name: size * wanted / total for name, size in sizes.items()}
    given = {name: int(share) for name, share in exact.items()}
    rest = sorted(exact, key=lambda name: (given[name] - exact[name], name))
    for name in rest[: wanted - sum(given.values())]:
        given[name] += 1
    return given
