"""Nearly the same question asked twice: who does that could learn of the few between them.

Of each answer to somebody who may not list the rows it is kept for a day, in a folder per person
and dataset, on which rows it stood: nobody looks through other people's. Where two answers stand
among the same rows, and some, but fewer than the smallest group, are of only one of the two, the
audit log says so, whatever was hidden of either. What a page asks by itself, nobody having chosen
the rows, is kept too, but two such questions are held against nobody.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from huiyin.measure.conditions import contains
from huiyin.measure.standing import Standing
from huiyin.store.tables import Dataset
from huiyin.store.unit_of_work import UnitOfWork, unit_of_work
from huiyin.web.corridors import opened_corridor
from huiyin.web.kept_questions import KeptQuestions, asked_folder

if TYPE_CHECKING:
    from huiyin.people.contracts import Person
    from huiyin.web.corridors import View
    from huiyin.web.system import System

WINDOW = timedelta(days=1)
MOST_KNOWN = 20_000
"""Questions that a process keeps in mind as noted, of all people together."""
NEAR = "ask_nearly_the_same"


@dataclass(frozen=True)
class Noted:
    """What is noted of an answer: which rows of which version of a dataset it stood on.

    `chosen` is False where a page asks by itself: who opens it has not chosen the rows.
    """

    view: View
    standing: Standing
    chosen: bool = True

    @property
    def dataset_id(self) -> str:
        """The dataset."""
        return self.view.version.dataset_id

    @cached_property
    def digest(self) -> str:
        """Name it by what it says of the rows of its dataset; how many follows from that."""
        return _digest(self.entry(""))

    def entry(self, moment: str) -> dict[str, Any]:
        """Give the line that is kept of it."""
        rule = [[one.column, one.operator, *one.values] for one in self.view.scores.rows]
        return {
            "at": moment,
            "version": self.view.version.version,
            "rule": rule,
            "chosen": self.chosen,
            "standing": self.standing.to_json(),
        }


def noted_of(view: View, stood: Iterable[Standing], *, chosen: bool = True) -> tuple[Noted, ...]:
    """Give what is to be noted of the rows that answers stand on.

    Nothing of whoever may list the rows, or sees groups of one: they learn nothing by it.
    """
    if view.scores.sees_rows or view.minimum_n <= 1:
        return ()
    found = (Noted(view, one, chosen) for one in stood)
    return tuple({one.digest: one for one in found}.values())


def note_all(system: System, person: Person, noted: Iterable[Noted]) -> None:
    """Keep what somebody asks at once, and write down which of it is nearly the same as another.

    Parameters
    ----------
    system : System
    person : Person
    noted : iterable of Noted
    """
    by_dataset: dict[str, dict[str, Noted]] = {}
    for one in noted:
        by_dataset.setdefault(one.dataset_id, {})[one.digest] = one
    for dataset_id, some in by_dataset.items():
        _note(system, person, dataset_id, some)


def _note(system: System, person: Person, dataset_id: str, some: Mapping[str, Noted]) -> None:
    now, name = system.clock(), _name(person, dataset_id)
    since = (now - WINDOW).isoformat()
    folder = asked_folder(system)
    if _KNOWN.hold(folder / name, some, since):
        return
    kept = KeptQuestions(folder, name)
    earlier, added, near = kept.since(since), [], []
    there = {_digest(one): one["at"] for one in earlier}
    for digest, one in some.items():
        if digest in there:
            continue
        entry = one.entry(now.isoformat())
        before = _nearest(system, one, entry, earlier)
        near += [] if before is None else [(before, entry)]
        earlier.append(entry)
        added.append(entry)
        there[digest] = entry["at"]
    if added:
        kept.add(*added)
    if near:
        with unit_of_work(system.database, person.actor, clock=system.clock) as work:
            for before, after in near:
                _write_down(work, dataset_id, before, after)
    _KNOWN.note(folder / name, {digest: there[digest] for digest in some})


def _nearest(
    system: System, one: Noted, entry: Mapping[str, Any], earlier: Sequence[Mapping[str, Any]]
) -> Mapping[str, Any] | None:
    """Give the last earlier entry that some, but too few rows tell apart from one; None if none.

    Where the conditions of one contain those of the other the numbers of rows tell how many;
    elsewhere the rows are asked, and only where the numbers leave it open.
    """
    minimum, used = one.view.minimum_n, one.standing.used
    alike = [
        other
        for other in earlier
        if (one.chosen or other.get("chosen", True))
        and all(other[name] == entry[name] for name in ("version", "rule"))
        and other["standing"]["rows"] == one.standing.rows
        and abs(other["standing"]["used"] - used) < minimum
    ]
    within = [_one_inside(other["standing"], entry["standing"]) for other in alike]
    near = [
        other
        for other, inside in zip(alike, within, strict=True)
        if inside and other["standing"]["used"] != used
    ]
    if near:
        return near[-1]
    unsure = [other for other, inside in zip(alike, within, strict=True) if not inside]
    if not unsure:
        return None
    with opened_corridor(system, one.view) as corridor:
        sides = [Standing.of_json(other["standing"]) for other in unsure]
        apart = corridor.scores.rows_apart(one.standing, sides)
    near = [other for other, n in zip(unsure, apart, strict=True) if 0 < n < minimum]
    return near[-1] if near else None


def _one_inside(first: Mapping[str, Any], second: Mapping[str, Any]) -> bool:
    """Tell whether the rows of one surely are among those of the other."""
    if first["weekdays"] or second["weekdays"]:
        return False
    wide, narrow = sorted((first, second), key=lambda one: -one["used"])
    return contains(wide["asked"], narrow["asked"]) or (
        wide["used"] == narrow["used"] and contains(narrow["asked"], wide["asked"])
    )


class _Known:
    """Questions that this process has found among those kept, for as long as no file changes.

    Whoever opens the same board again asks nothing new; to see that takes one look at a folder.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._found: OrderedDict[tuple[Path, str], tuple[int, str]] = OrderedDict()
        self._turn = threading.Lock()

    def hold(self, folder: Path, digests: Iterable[str], since: str) -> bool:
        """Say whether all of them are kept, none from before a moment."""
        stamp = self._stamp(folder)
        with self._turn:
            found = [self._found.get((folder, digest)) for digest in digests]
        return all(one is not None and one[0] == stamp and one[1] >= since for one in found)

    def note(self, folder: Path, moments: Mapping[str, str]) -> None:
        """Keep in mind when each was asked, by its digest."""
        stamp = self._stamp(folder)
        with self._turn:
            for digest, moment in moments.items():
                self._found[folder, digest] = stamp, moment
                self._found.move_to_end((folder, digest))
            while len(self._found) > self._most:
                self._found.popitem(last=False)

    @staticmethod
    def _stamp(folder: Path) -> int:
        try:
            return folder.stat().st_mtime_ns
        except FileNotFoundError:  # emptied: nothing is kept
            return 0


_KNOWN = _Known(MOST_KNOWN)
_ROWS_SAID = ("where", "since", "until", "include_flagged", "exclude_flagged", "weight")
"""What of a question says which rows it is about; beside it whether it cuts them into periods."""


def _digest(entry: Mapping[str, Any]) -> str:
    standing = entry["standing"]
    asked = standing["asked"]
    said = [asked[name] for name in _ROWS_SAID] + [asked["grain"] is not None]
    chosen = entry.get("chosen", True)
    facts = [entry["version"], entry["rule"], chosen, standing["rows"], standing["weekdays"], said]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _name(person: Person, dataset_id: str) -> str:
    return hashlib.sha256(f"{person.staff_id}:{dataset_id}".encode()).hexdigest()


def _write_down(
    work: UnitOfWork, dataset_id: str, earlier: Mapping[str, Any], later: Mapping[str, Any]
) -> None:
    row = work.session.get(Dataset, dataset_id)
    name = {} if row is None else {"dataset": row.name}
    before, after = name | _shown(earlier), name | _shown(later)
    work.audit(NEAR, "dataset", dataset_id, before=before, after=after)


def _shown(entry: Mapping[str, Any]) -> dict[str, Any]:
    standing = entry["standing"]
    asked = standing["asked"]
    said = {name: asked[name] for name in _ROWS_SAID}
    return {"rows": standing["used"], "metrics": asked["metrics"], **said}
