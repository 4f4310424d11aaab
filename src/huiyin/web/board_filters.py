"""What acts on the tiles of a board: days, conditions, and marks that were chosen on its tiles."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from huiyin.analyse.views.contracts import Period
from huiyin.codebook.contracts import Role
from huiyin.core.text import Text
from huiyin.measure.bands import band_names
from huiyin.measure.condition_words import typed_text
from huiyin.measure.parse import parse_filter

if TYPE_CHECKING:
    from huiyin.analyse.views.definition import View
    from huiyin.codebook.contracts import Codebook

_DAYS = Text("{since} 至 {until}", "{since} to {until}")
_FROM_DAY = Text("{since} 起", "from {since}")
_TO_DAY = Text("至 {until}", "to {until}")
ALL_DAYS = Text("全部时间", "all days")


def days_words(since: date | None, until: date | None) -> Text:
    """Say which days are asked for; without an end all on that side."""
    if since is None and until is None:
        return ALL_DAYS
    words = _FROM_DAY if until is None else _TO_DAY if since is None else _DAYS
    return words.format(since=since, until=until)


@dataclass(frozen=True, slots=True)
class Pick:
    """A mark that was chosen on a tile: it filters the other tiles.

    Attributes
    ----------
    tile : str
        Where it was chosen: that tile goes on showing all its marks.
    where : tuple of str
        Its groups, as conditions in words.
    since, until : date or None
        The days of its period.
    """

    tile: str
    where: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None

    def words(self, language: str) -> tuple[str, ...]:
        """Say what it keeps to."""
        where = tuple(typed_text(words).say(language) for words in self.where)
        if self.since is None or self.until is None:
            return where
        return (*where, days_words(self.since, self.until).say(language))


@dataclass(frozen=True, slots=True)
class Filters:
    """What acts on all tiles: a period in place of their own, conditions in words, marks."""

    period: Period | None = None
    where: tuple[str, ...] = ()
    picks: tuple[Pick, ...] = ()

    def on(self, tile: str) -> Filters:
        """Give what acts on one tile: a mark does not filter the tile that it was chosen on."""
        return replace(self, picks=tuple(pick for pick in self.picks if pick.tile != tile))

    def chosen_on(self, tile: str, language: str) -> tuple[str, ...]:
        """Say which marks were chosen on a tile."""
        return tuple(
            words for pick in self.picks if pick.tile == tile for words in pick.words(language)
        )

    @property
    def any(self) -> bool:
        """Tell that something acts on the tiles."""
        return bool(self.period or self.where or self.picks)

    @property
    def conditions(self) -> tuple[str, ...]:
        """Every condition in words, each once."""
        picked = (words for pick in self.picks for words in pick.where)
        return tuple(dict.fromkeys((*self.where, *picked)))

    @property
    def days(self) -> dict[str, Any]:
        """What stands in place of a tile's own days; days of a mark go before a period."""
        for pick in reversed(self.picks):
            if pick.since is not None or pick.until is not None:
                since, until = (day and day.isoformat() for day in (pick.since, pick.until))
                return {"period": None, "since": since, "until": until}
        return {"period": self.period, "since": None, "until": None} if self.period else {}


@dataclass(frozen=True, slots=True)
class Unreached:
    """What does not act on a tile: its data have no such column, or bear no dates."""

    where: tuple[str, ...] = ()
    undated: bool = False


def filtered(view: View, filters: Filters, codebook: Codebook) -> tuple[View, Unreached]:
    """Put the filters of a board on a view; gives what its data have no column for.

    Days replace the view's own, except where the data bear no dates.

    Parameters
    ----------
    view : View
    filters : Filters
        As they act on its tile: see `Filters.on`.
    codebook : Codebook

    Raises
    ------
    QueryError
        A condition cannot be read.
    """
    groups = (column.group for column in codebook if column.group)
    names = (*(column.name for column in codebook), *groups, *band_names(codebook))
    fits = {words: parse_filter(words, names).column in names for words in filters.conditions}
    found, dated = view.query, codebook.first(Role.TIME) is not None
    where = (*found.where, *(words for words, fit in fits.items() if fit))
    changes: dict[str, Any] = {"where": tuple(dict.fromkeys(where))}
    if filters.days and dated:
        changes |= filters.days
        if filters.days["period"] is Period.ALL and found.compare == "previous" and not found.grain:
            changes["compare"] = None
    unfit = tuple(words for words, fit in fits.items() if not fit)
    query = found.model_copy(update=changes)
    unreached = Unreached(unfit, undated=bool(filters.days) and not dated)
    return view.model_copy(update={"query": query}), unreached
