"""Nearly the same question asked twice: who does that could learn of the few between them.

Each question of somebody who may not list the rows is kept for a day, in a folder per person and
dataset that every process of the server shares: nobody looks through other people's. A full file
is followed by the next, and only the last two stay: nobody locks, no line is lost, and however
much is asked they do not grow. Where two questions differ by some rows, but fewer than the smallest
group, and the conditions of one contain those of the other, the audit log says so.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from huiyin.people.contracts import Person
from huiyin.store.unit_of_work import UnitOfWork, unit_of_work
from huiyin.web.corridors import View
from huiyin.web.system import System

WINDOW = timedelta(days=1)
MOST_KEPT = 500
"""Questions looked back at, of one person about one dataset; so many make a file full."""
FULL_BYTES = 1_000_000
MOST_KNOWN = 20_000
"""Questions that a process keeps in mind as noted, of all people together."""
NEAR = "ask_nearly_the_same"
FOLDER = "asked"
_CONDITIONS = ("where", "since", "until", "include_flagged", "exclude_flagged", "weight")
Conditions = Mapping[str, Any]


@dataclass(frozen=True)
class Noted:
    """What is noted of a question: which rows of which version of a dataset it was about.

    Attributes
    ----------
    dataset_id : str
    version : int
    minimum_n : int
        The smallest group that whoever asks may see.
    used : int
        Rows.
    asked : mapping
        The conditions.
    """

    dataset_id: str
    version: int
    minimum_n: int
    used: int
    asked: Conditions

    @classmethod
    def of(cls, view: View, result: Mapping[str, Any]) -> Noted | None:
        """Give what is to be noted of an answer as ``huiyin query --json`` gives it.

        None of whoever may list the rows, or sees groups of one: they learn nothing by it.
        """
        used = result["data"]["used"]
        if used is None or view.scores.sees_rows or view.scores.minimum_n <= 1:
            return None
        asked = {name: result["query"][name] for name in _CONDITIONS}
        version = view.version
        return cls(version.dataset_id, version.version, view.scores.minimum_n, used, asked)

    @cached_property
    def digest(self) -> str:
        """Name it by what it says of the rows of its dataset."""
        return _digest(self.entry(""))

    def entry(self, moment: str) -> dict[str, Any]:
        """Give the line that is kept of it."""
        return {"at": moment, "version": self.version, "used": self.used, "asked": self.asked}


def note_question(system: System, person: Person, view: View, result: Mapping[str, Any]) -> None:
    """Keep a question, and write down which earlier one it is nearly the same as.

    Parameters
    ----------
    system : System
    person : Person
    view : View
        Whoever may list the rows, or sees groups of one, learns nothing by it: not kept.
    result : mapping
        As ``huiyin query --json`` gives it.
    """
    found = Noted.of(view, result)
    note_all(system, person, () if found is None else (found,))


def note_all(system: System, person: Person, noted: Iterable[Noted]) -> None:
    """Keep questions that somebody asks at once, as `note_question` does each."""
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
        alike = [other for other in earlier if is_near(other, entry, one.minimum_n)]
        near += [(alike[-1], entry)] if alike else []
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


def is_near(first: Mapping[str, Any], second: Mapping[str, Any], minimum: int) -> bool:
    """Tell whether two questions on the same rows tell apart some, but fewer than `minimum`."""
    if first["version"] != second["version"]:
        return False
    if not 0 < abs(first["used"] - second["used"]) < minimum:
        return False
    wide, narrow = sorted((first, second), key=lambda one: -one["used"])
    return contains(wide["asked"], narrow["asked"])


def contains(wide: Conditions, narrow: Conditions) -> bool:
    """Tell whether whatever meets `narrow` meets `wide`, as far as the conditions show it."""
    return (
        all(any(_implies(n, w) for n in narrow["where"]) for w in wide["where"])
        and (wide["since"] is None or (narrow["since"] or "") >= wide["since"])
        and (wide["until"] is None or (narrow["until"] or "9999") <= wide["until"])
        and _takes_in(wide["include_flagged"], narrow["include_flagged"])
        and set(wide["exclude_flagged"]) <= set(narrow["exclude_flagged"])
        and wide["weight"] in {None, narrow["weight"]}
    )


def _implies(narrow: Mapping[str, Any], wide: Mapping[str, Any]) -> bool:
    if narrow["column"] != wide["column"]:
        return False
    mine, others = narrow["values"], wide["values"]
    operator = wide["operator"]
    if operator == "=" and narrow["operator"] == "=":
        return set(mine) <= set(others)
    if operator == "!=":
        return (narrow["operator"] == "!=" and set(others) <= set(mine)) or (
            narrow["operator"] == "=" and not set(mine) & set(others)
        )
    if operator[0] != narrow["operator"][0]:
        return narrow["operator"] == "=" and all(_beyond(operator, one, others[0]) for one in mine)
    return _beyond(operator, mine[0], others[0])


def _beyond(operator: str, value: str, bound: str) -> bool:
    """Tell whether a value lies on the inner side of a bound, or on it."""
    try:
        inner: Any = float(value)
        outer: Any = float(bound)
    except ValueError:
        inner, outer = value, bound
    return bool(inner >= outer if operator[0] == ">" else inner <= outer)


def _takes_in(wide: bool | list[str], narrow: bool | list[str]) -> bool:  # noqa: FBT001 -- a query
    if wide is True or narrow is False:
        return True
    return narrow is not True and set(narrow) <= set(wide or ())


def _digest(entry: Mapping[str, Any]) -> str:
    facts = [entry["version"], entry["used"], entry["asked"]]
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _name(person: Person, dataset_id: str) -> str:
    return hashlib.sha256(f"{person.staff_id}:{dataset_id}".encode()).hexdigest()


def asked_folder(system: System) -> Path:
    """Give where questions are kept; what nobody added to for a while may go."""
    folder = system.folders.cache / FOLDER
    folder.mkdir(exist_ok=True)
    return folder


class KeptQuestions:
    """The questions of one person about one dataset, in numbered files of a folder."""

    def __init__(self, folder: Path, name: str) -> None:
        self._folder = folder / name
        self._files = sorted(self._folder.glob("*.jsonl"))
        self._lines = [self._read(path) for path in self._files[-2:]]

    @staticmethod
    def _read(path: Path) -> list[str]:
        try:
            return path.read_text("utf-8").splitlines()
        except FileNotFoundError:  # another process has removed it
            return []

    def since(self, moment: str) -> list[dict[str, Any]]:
        """Give the latest questions; a line that a stop cut short is none."""
        lines = [line for some in self._lines for line in some][-MOST_KEPT:]
        found = [json.loads(line) for line in lines if line.endswith("}}")]
        return [entry for entry in found if entry["at"] >= moment]

    def add(self, *entries: Mapping[str, Any]) -> None:
        """Add questions; begin the next file where the last one is full."""
        self._folder.mkdir(exist_ok=True)
        os.utime(self._folder)  # who tidies up sees that it is used
        with self._last().open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in entries)
        for path in self._files[:-2]:
            path.unlink(missing_ok=True)

    def _last(self) -> Path:
        lines = self._lines[-1] if self._lines else []
        full = len(lines) >= MOST_KEPT or sum(map(len, lines)) >= FULL_BYTES
        if not self._files or full:
            number = int(self._files[-1].stem) + 1 if self._files else 0
            self._files.append(self._folder / f"{number:08d}.jsonl")
        return self._files[-1]


def _write_down(
    work: UnitOfWork, dataset_id: str, earlier: Mapping[str, Any], later: Mapping[str, Any]
) -> None:
    work.audit(NEAR, "dataset", dataset_id, before=_shown(earlier), after=_shown(later))


def _shown(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {"rows": entry["used"], **entry["asked"]}
