"""What a layout profile sees and what it says; profiles are found by scanning this package."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Protocol, runtime_checkable

from huiyin.codebook.contracts import ColumnHint
from huiyin.collect.contracts import UnknownProfileError
from huiyin.collect.files.table import Cells
from huiyin.core.text import Text

SURE = 0.95
LIKELY = 0.8
POSSIBLE = 0.5
FALLBACK = 0.1
"""How sure a profile is; the surest wins."""


@dataclass(frozen=True, slots=True)
class Head:
    """The first rows of a table, all of one width, and where it came from."""

    rows: tuple[Cells, ...]
    path: Path
    kind: str
    width: int
    hints: Mapping[str, ColumnHint] = field(default_factory=dict)

    def row(self, number: int) -> Cells:
        """Give row `number`, filled with empty cells to full width; empty beyond the end."""
        cells = self.rows[number] if number < len(self.rows) else ()
        return cells + (None,) * (self.width - len(cells))


@dataclass(frozen=True, slots=True)
class Recognition:
    """How sure a profile is that the table is its own (0 to 1), and why."""

    confidence: float
    reason: Text


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the data start and what the columns are.

    Attributes
    ----------
    n_header_rows : int
        Records before the first data row.
    columns : tuple of str
        Unique names, one for each column of the table.
    hints : mapping of str to ColumnHint
    notes : tuple of Text
    """

    n_header_rows: int
    columns: tuple[str, ...]
    hints: Mapping[str, ColumnHint] = field(default_factory=dict)
    notes: tuple[Text, ...] = ()


@runtime_checkable
class Profile(Protocol):
    """One layout that files come in."""

    name: str
    title: Text

    def recognise(self, head: Head) -> Recognition | None:
        """Say whether the table has this layout; None where it has not."""

    def lay_out(self, head: Head) -> Layout:
        """Say what the rows and columns are."""


@cache
def profiles() -> dict[str, Profile]:
    """Collect the ``PROFILES`` of every module in this package, by name."""
    package = __name__.rpartition(".")[0]
    folder = str(Path(__file__).parent)
    modules = [
        importlib.import_module(f"{package}.{m.name}") for m in pkgutil.iter_modules([folder])
    ]
    found = [p for module in modules for p in getattr(module, "PROFILES", ())]
    return {profile.name: profile for profile in found}


def choose_profile(head: Head, forced: str | None = None) -> tuple[Profile, Text]:
    """Pick the surest profile, or the one a person named.

    Raises
    ------
    UnknownProfileError
        `forced` names none.
    """
    if forced is not None:
        if forced not in profiles():
            raise UnknownProfileError(
                Text(
                    "没有名为“{name}”的版式。可用的有：{known}。",
                    "There is no profile “{name}”. There are: {known}.",
                ).format(name=forced, known=", ".join(sorted(profiles())))
            )
        return profiles()[forced], Text("按指定的版式读", "as asked for")
    seen = [(p, r) for p in profiles().values() if (r := p.recognise(head)) is not None]
    profile, recognition = max(seen, key=lambda pair: pair[1].confidence)
    return profile, recognition.reason
