"""A person's view of a dataset, held while neither the store nor the lake has changed."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from functools import partial

from starlette.concurrency import run_in_threadpool

from huiyin.collect.datasets.reading import fetch_dataset
from huiyin.measure.definitions.words import day_of
from huiyin.people.contracts import Person
from huiyin.people.viewing import kind_of_viewer, ruled_by_name
from huiyin.web.corridors import Opened, View, open_dataset, view_of
from huiyin.web.system import System


@dataclass(frozen=True, slots=True)
class Asked:
    """Which dataset, at which version, by the metric rules of which version; None: those now."""

    dataset_id: str
    version: int | None = None
    rules_version: int | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A view, the name of its dataset, and the state of the lake's log it was made from."""

    view: View
    name: str
    stamp: int


@dataclass(frozen=True, slots=True)
class _Common:
    """What is the same for all who see a dataset."""

    opened: Opened
    name: str
    stamp: int


async def seen_by(system: System, person: Person, asked: Asked) -> Seen:
    """Give what `open_view` gives, made anew where a right, a rule, a setting or a row changed.

    Raises
    ------
    NotFoundError, NoDataYetError, VersionGoneError
        There is nothing to see.
    """
    key, read = _reading(system, person, asked)
    found: Seen = await system.remembered.soon(key, read)
    if found.stamp == _stamp(system, found.view.version.dataset_id):
        return found
    return await run_in_threadpool(lambda: _seen(system, person, _common(system, asked)))


def view_seen(system: System, person: Person, asked: Asked) -> View:
    """Give what `seen_by` gives, in a thread that may wait.

    Raises
    ------
    NotFoundError, NoDataYetError, VersionGoneError
        There is nothing to see.
    """
    found: Seen = system.remembered.held(*_reading(system, person, asked))
    if found.stamp == _stamp(system, found.view.version.dataset_id):
        return found.view
    return _seen(system, person, _common(system, asked)).view


def _reading(system: System, person: Person, asked: Asked) -> tuple[Hashable, Callable[[], Seen]]:
    """Give by what a view is held, and what reads it."""
    day = day_of(system.clock())
    whoever = replace(person, session_id=None, address=None, request_id=None)

    def read() -> Seen:
        common = system.remembered.held(("dataset", asked, day), partial(_common, system, asked))
        kind = kind_of_viewer(person, system.remembered.held("ruled", partial(_ruled, system)))
        found: Seen = system.remembered.held(
            ("rights", kind, asked, day), partial(_seen, system, person, common)
        )
        return replace(found, view=found.view.named(person.login))

    return ("view", whoever, asked, day), read


def _ruled(system: System) -> frozenset[str]:
    with system.database.reading() as session:
        return ruled_by_name(session)


def _stamp(system: System, dataset_id: str) -> int:
    return system.lake.table(dataset_id).stamp()


def _common(system: System, asked: Asked) -> _Common:
    with system.database.reading() as session:
        dataset = fetch_dataset(session, asked.dataset_id)
        stamp = _stamp(system, dataset.id)
        opened = open_dataset(
            session, system, dataset.id, asked.version, rules_version=asked.rules_version
        )
        return _Common(opened, dataset.name, stamp)


def _seen(system: System, person: Person, common: _Common) -> Seen:
    with system.database.reading() as session:
        return Seen(view_of(session, person, common.opened), common.name, common.stamp)
