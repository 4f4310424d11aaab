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
from collections.abc import Mapping
from datetime import timedelta
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
NEAR = "ask_nearly_the_same"
FOLDER = "asked"
_CONDITIONS = ("where", "since", "until", "include_flagged", "exclude_flagged", "weight")
Conditions = Mapping[str, Any]


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
    used = result["data"]["used"]
    if used is None or view.scores.sees_rows or view.scores.minimum_n <= 1:
        return
    now = system.clock()
    asked = {name: result["query"][name] for name in _CONDITIONS}
    entry = {"at": now.isoformat(), "version": view.version.version, "used": used, "asked": asked}
    kept = KeptQuestions(asked_folder(system), _name(person, view.version.dataset_id))
    earlier = kept.since((now - WINDOW).isoformat())
    if any(_facts(one) == _facts(entry) for one in earlier):
        return
    kept.add(entry)
    near = [one for one in earlier if is_near(one, entry, view.scores.minimum_n)]
    if near:
        with unit_of_work(system.database, person.actor, clock=system.clock) as work:
            _write_down(work, view.version.dataset_id, near[-1], entry)


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


def _facts(entry: Mapping[str, Any]) -> Any:
    return entry["version"], entry["used"], entry["asked"]


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

    def add(self, entry: Mapping[str, Any]) -> None:
        """Add a question; begin the next file where the last one is full."""
        self._folder.mkdir(exist_ok=True)
        os.utime(self._folder)  # who tidies up sees that it is used
        with self._last().open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
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
