"""What customers said: a seeded sample of comments over bands and groups, contact data masked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from huiyin.analyse.bands import Band, band_of, satisfaction_bands
from huiyin.analyse.contracts import Verbatim
from huiyin.analyse.ports import Corridor
from huiyin.codebook.contracts import Column, Role
from huiyin.core.masking import mask_contacts, mask_numbers
from huiyin.measure.contracts import Filter, RowSample

MOST_COLUMNS = 3
PER_BAND = 6
SHORTEST, LONGEST = 4, 400
_ROWS_LOOKED_AT = 5_000
_MOST_GROUPS = 2


def sample_verbatims(
    corridor: Corridor,
    target: Column | None,
    dimensions: Sequence[Column] = (),
    *,
    aspects: Sequence[Column] = (),
    where: Sequence[Filter] = (),
    most: int = PER_BAND,
    seed: int = 0,
) -> tuple[Verbatim, ...]:
    """Draw comments: `most` from each satisfaction band, spread over the groups.

    Parameters
    ----------
    corridor : Corridor
    target : Column or None
        Whose bands the comments are spread over.
    dimensions : sequence of Column
        The first two are shown beside each comment; the draw goes round the groups of the first.
    aspects : sequence of Column
        Of these it is told which the same answer calls bad.
    where : sequence of Filter
        Only comments of rows that meet all of them.
    most : int
        From each band.
    seed : int

    Returns
    -------
    tuple of Verbatim
        Unhappy customers first. Equal comments count once; very short ones are left out.
    """
    found: list[Verbatim] = []
    rated = target if target is not None and target.scale is not None else None
    cut = [(one, satisfaction_bands(one, corridor.cuts)) for one in aspects]
    beside = _Beside(
        rated,
        satisfaction_bands(rated, corridor.cuts) if rated else (),
        tuple(dimensions[:_MOST_GROUPS]),
        tuple((one, bands[0]) for one, bands in cut if bands),
    )
    for column in corridor.codebook.with_role(Role.TEXT)[:MOST_COLUMNS]:
        said = (*where, Filter(column.name, ">=", ("",)))
        found.extend(_of_column(corridor, column, beside, said, (most, seed)))
    order = [one.words for one in beside.bands]
    found.sort(key=lambda one: order.index(one.band) if one.band in order else len(order))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Beside:
    """What is told beside each comment: a rating with its bands, groups, aspects called bad."""

    rated: Column | None
    bands: tuple[Band, ...]
    dimensions: tuple[Column, ...]
    worst: tuple[tuple[Column, Band], ...]

    @property
    def numbers(self) -> tuple[str, ...]:
        """Name the ratings: first the one whose bands the comments are spread over."""
        first = (self.rated.name,) if self.rated else ()
        return (*first, *(column.name for column, _ in self.worst if column.name not in first))

    def about(self, codes: Mapping[str, float]) -> tuple[str, ...]:
        """Name the aspects that an answer calls bad, the worst first."""
        bad = [one for one, band in self.worst if band.holds(codes[one.name])]  # NaN is in no band
        return tuple(
            one.name for one in sorted(bad, key=lambda one: goodness(one, codes[one.name]))
        )


def goodness(column: Column | None, code: float | None) -> float:
    """Give where a rating stands on its scale: 0 is the worst, 1 the best, or where none is."""
    scale = column.scale if column is not None else None
    if scale is None or code is None or scale.maximum <= scale.minimum:
        return 1.0
    share = (code - scale.minimum) / (scale.maximum - scale.minimum)
    return share if scale.direction > 0 else 1.0 - share


def _of_column(
    corridor: Corridor,
    column: Column,
    beside: _Beside,
    where: Sequence[Filter],
    how: tuple[int, int],
) -> list[Verbatim]:
    most, seed = how
    sample = corridor.row_sample(
        beside.numbers,
        texts=(column.name, *(d.name for d in beside.dimensions)),
        where=where,
        maximum=_ROWS_LOOKED_AT,
        seed=seed,
    )
    everyone = _comments(sample, column, beside)
    order = np.random.default_rng(seed).permutation(len(everyone))
    shuffled = [everyone[i] for i in order]
    chosen = []
    for band in (*(one.words for one in beside.bands), None):
        of_band = [comment for comment in shuffled if comment.band == band]
        chosen.extend(_round_the_groups(of_band, most))
    return chosen


def _comments(sample: RowSample, column: Column, beside: _Beside) -> list[Verbatim]:
    found: dict[str, Verbatim] = {}
    for i, words in enumerate(sample.texts[column.name]):
        text = " ".join((words or "").split())
        if len(text) < SHORTEST or text.casefold() in found:
            continue
        codes = dict(zip(beside.numbers, sample.values[i].tolist(), strict=True))
        code = codes[beside.rated.name] if beside.rated and beside.bands else np.nan
        rating = None if np.isnan(code) else code
        band = None if rating is None else band_of(beside.bands, rating)
        by = {
            d.name: mask_numbers(str(sample.texts[d.name][i]))
            for d in beside.dimensions
            if sample.texts[d.name][i]
        }
        shown = shortened(mask_contacts(text))
        where = band.words if band else None
        about = beside.about(codes)
        found[text.casefold()] = Verbatim(shown, column.name, rating, where, by, about)
    return list(found.values())


def shortened(text: str) -> str:
    """Cut a comment to `LONGEST` characters, and show that it was cut."""
    return text if len(text) <= LONGEST else text[:LONGEST].rstrip() + "…"


def _round_the_groups(comments: Sequence[Verbatim], most: int) -> list[Verbatim]:
    """Take one comment from each group of the first dimension in turn."""
    queues: dict[str, list[Verbatim]] = {}
    for comment in comments:
        queues.setdefault(next(iter(comment.by.values()), ""), []).append(comment)
    taken: list[Verbatim] = []
    while queues and len(taken) < most:
        for group in tuple(queues):
            taken.append(queues[group].pop(0))
            if not queues[group]:
                del queues[group]
            if len(taken) == most:
                break
    return taken
