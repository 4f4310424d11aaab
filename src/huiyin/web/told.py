"""Numbers told to somebody: found once, kept, and noted as asked by whoever is told them.

Every surface that answers somebody's question calls `told`, so none is forgotten in the audit.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from huiyin.measure.standing import Standing
from huiyin.web.corridors import TwofoldCorridor, View, opened_corridor
from huiyin.web.kept_results import kept
from huiyin.web.near_queries import Noted, note_all, noted_of

if TYPE_CHECKING:
    from huiyin.people.contracts import Person
    from huiyin.web.system import System

Find = Callable[[TwofoldCorridor], Any]


@dataclass(frozen=True, slots=True)
class Found:
    """An answer, and what is to be noted of it by whoever tells it to somebody."""

    body: Any
    noted: tuple[Noted, ...]


def told(
    system: System,
    person: Person,
    view: View,
    key: str | None,
    find: Find,
    *,
    chosen: bool = True,
) -> Any:
    """Give an answer to somebody; what it stands on is noted as asked by them.

    Parameters
    ----------
    system : System
    person : Person
    view : View
    key : str or None
        A digest of everything the answer stands on; None: it is not kept.
    find : callable
        Asks a corridor; gives a JSON document where the answer is kept.
    chosen : bool
        False where a page asks by itself: see `Noted`.
    """
    found = found_over(system, view, key, find, chosen=chosen)
    note_all(system, person, found.noted)
    return found.body


def found_over(
    system: System, view: View, key: str | None, find: Find, *, chosen: bool = True
) -> Found:
    """Find an answer as `told` does; nobody is told it yet."""
    if key is None:
        body, stood = _asked(system, view, find)
        return Found(body, noted_of(view, stood, chosen=chosen))

    def compute() -> dict[str, Any]:
        body, stood = _asked(system, view, find)
        return {"body": body, "stood": [one.to_json() for one in stood]}

    document = kept(system.folders.cache, key, compute)
    stood = tuple(Standing.of_json(one) for one in document["stood"])
    return Found(document["body"], noted_of(view, stood, chosen=chosen))


def _asked(system: System, view: View, find: Find) -> tuple[Any, tuple[Standing, ...]]:
    with opened_corridor(system, view) as corridor:
        body = find(corridor)
    return body, corridor.scores.stood
