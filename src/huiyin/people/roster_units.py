"""Finds which unit a list means: a path from the top, the end of one, or a code. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from huiyin.core.text import Text
from huiyin.people.contracts import BadRosterError

UnitPath = tuple[str, ...]
"""Names from the top down."""


class KnownUnits:
    """Units by all that a list may call them.

    Parameters
    ----------
    units : mapping of UnitPath to str or None
        Paths and codes; what stands above a unit is known too.

    Examples
    --------
    >>> known = KnownUnits({("East", "Shanghai"): "SH"})
    >>> known.placed(("Shanghai", "Shop 1"), "row 2")
    ('East', 'Shanghai', 'Shop 1')
    >>> known.placed(("SH",), "row 3")
    ('East', 'Shanghai')
    """

    def __init__(self, units: Mapping[UnitPath, str | None]) -> None:
        self._paths: set[UnitPath] = set()
        self._called: defaultdict[UnitPath, set[UnitPath]] = defaultdict(set)
        for path, code in units.items():
            self.add(path, code)

    def add(self, path: UnitPath, code: str | None = None) -> None:
        """Know a unit and those above it."""
        for depth in range(1, len(path) + 1):
            whole = path[:depth]
            self._paths.add(whole)
            for first in range(depth):
                self._called[whole[first:]].add(whole)
        if code:
            self._called[(code,)].add(path)

    def placed(self, path: UnitPath, where: str) -> UnitPath:
        """Give the whole path of a unit, known or new.

        The longest beginning that is known decides: as it stands from the top, else as the end
        of one known path only. A path of which nothing is known begins at the top.

        Raises
        ------
        BadRosterError
            Several units could be meant.
        """
        for depth in range(len(path), 0, -1):
            begins, below = path[:depth], path[depth:]
            meant = {begins} if begins in self._paths else self._called.get(begins, set())
            if len(meant) > 1:
                raise _several(where, begins, meant)
            if meant:
                return (*next(iter(meant)), *below)
        return path


def note_unit(units: dict[UnitPath, str | None], path: UnitPath, code: str | None) -> None:
    """Put a unit of a list beside the others; what says nothing of its code changes none.

    Raises
    ------
    BadRosterError
        The list gives the unit two codes.
    """
    other = units.get(path)
    if code and other and code != other:
        raise BadRosterError(
            Text(
                "单位“{unit}”有两个编号：{other} 和 {code}，请只留一个。",
                "The unit “{unit}” has two codes, {other} and {code}: keep one of them.",
            ).format(unit=" / ".join(path), other=other, code=code)
        )
    units[path] = code or other


def _several(where: str, called: UnitPath, meant: set[UnitPath]) -> BadRosterError:
    listed = [" / ".join(path) for path in sorted(meant)[:3]]
    return BadRosterError(
        Text(
            "{where}：叫“{called}”的单位有几个（{listed}），请从最上级写起，如 {first}。",
            "{where}: several units are called “{called}” ({listed}): write it from the top, "
            "say {first}.",
        ).format(where=where, called=" / ".join(called), listed="; ".join(listed), first=listed[0])
    )
