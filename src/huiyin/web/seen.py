"""A person's view of a dataset, held while neither the store nor the lake has changed."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace

from starlette.concurrency import run_in_threadpool

from huiyin.collect.datasets.reading import fetch_dataset
from huiyin.measure.definitions.words import day_of
from huiyin.people.contracts import Person
from huiyin.web.corridors import View, open_view
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


async def seen_by(system: System, person: Person, asked: Asked) -> Seen:
    """Give what `open_view` gives, made anew where a right, a rule, a setting or a row changed.

    Raises
    ------
    NotFoundError, NoDataYetError, VersionGoneError
        There is nothing to see.
    """

    def read() -> Seen:
        return _read(system, person, asked)

    key = _key(system, person, asked)
    found: Seen = await system.remembered.soon(key, read)
    if found.stamp != _stamp(system, found.view.version.dataset_id):
        found = await run_in_threadpool(read)
    return found


def _key(system: System, person: Person, asked: Asked) -> Hashable:
    whoever = replace(person, session_id=None, address=None, request_id=None)
    return "view", whoever, asked, day_of(system.clock())


def _stamp(system: System, dataset_id: str) -> int:
    return system.lake.table(dataset_id).stamp()


def _read(system: System, person: Person, asked: Asked) -> Seen:
    with system.database.reading() as session:
        dataset = fetch_dataset(session, asked.dataset_id)
        stamp = _stamp(system, dataset.id)
        view = open_view(
            session,
            system,
            person,
            asked.dataset_id,
            asked.version,
            rules_version=asked.rules_version,
        )
    return Seen(view, dataset.name, stamp)
