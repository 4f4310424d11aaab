"""A list of staff against what is known here: what would change. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from huiyin.core.text import Text
from huiyin.people.contracts import BadRosterError, Role
from huiyin.people.roster_units import KnownUnits, UnitPath, note_unit


@dataclass(frozen=True, slots=True)
class RosterPerson:
    """One line of the list; None: the list says nothing about it.

    Attributes
    ----------
    where : str
        Sheet and row, for messages.
    left : bool
        The list says that they are gone.
    """

    login: str
    name: str
    email: str | None = None
    mobile: str | None = None
    role: Role | None = None
    unit: UnitPath | None = None
    external_key: str | None = None
    left: bool = False
    where: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """A list of staff, and the units it names: path → code, if it has one."""

    people: tuple[RosterPerson, ...]
    units: Mapping[UnitPath, str | None]


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person as they are known here."""

    staff_id: str
    login: str
    name: str
    email: str | None
    mobile: str | None
    role: Role
    unit: UnitPath | None
    external_key: str | None
    source: str
    disabled: bool


@dataclass(frozen=True, slots=True)
class PersonChange:
    """What would happen to one person.

    Attributes
    ----------
    kind : str
        ``added``, ``changed``, ``moved``, ``disabled``, ``enabled``.
    staff_id : str or None
        None for one who is added.
    before, after : mapping of str to str or None
        Only what differs.
    """

    kind: str
    staff_id: str | None
    login: str
    name: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RosterChanges:
    """All that would happen; `unit_codes` are those that new and known units would get."""

    units_added: tuple[UnitPath, ...]
    unit_codes: Mapping[UnitPath, str]
    people: tuple[PersonChange, ...]
    n_unchanged: int

    @property
    def fingerprint(self) -> str:
        """Name exactly these changes: what is applied is what was looked at."""
        document = {
            "units": self.units_added,
            "codes": sorted(self.unit_codes.items()),
            "people": [asdict(one) for one in self.people],
        }
        words = json.dumps(document, ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(words.encode()).hexdigest()


def roster_changes(
    roster: Roster,
    known: Sequence[KnownPerson],
    units: Mapping[UnitPath, str | None],
    *,
    source: str,
    disable_missing: bool,
) -> RosterChanges:
    """Compare a list with what is known.

    Somebody is known by the directory's key, else by login. What the list does not say stays
    as it is: a missing role column changes no role.

    Parameters
    ----------
    roster : Roster
    known : sequence of KnownPerson
    units : mapping of UnitPath to str or None
        The units that exist, and their codes. Where the list gives the end of a path or a code
        of one of them, that one is meant.
    source : str
        Where the list comes from.
    disable_missing : bool
        People of this source who are not on the list are shut out. People who were added by
        hand never are.

    Raises
    ------
    BadRosterError
        Two lines are the same person, a login belongs to somebody else, or several units are
        called as the list says.
    """
    _check(roster)
    roster = placed_roster(roster, units)
    by_key = {person.external_key: person for person in known if person.external_key}
    by_login = {person.login: person for person in known}
    changes: list[PersonChange] = []
    met: dict[str, str] = {}
    n_unchanged = 0
    for line in roster.people:
        owner = by_login.get(line.login)
        person = by_key.get(line.external_key or "") or owner
        if person is not None and (owner not in {None, person} or person.staff_id in met):
            raise BadRosterError(_TAKEN.format(where=line.where, login=line.login))
        if person is not None:
            met[person.staff_id] = line.where
        change = _change(line, person)
        n_unchanged += change is None and person is not None
        changes += [change] if change else []
    if disable_missing:
        changes += [
            _disabled(person)
            for person in known
            if person.staff_id not in met and person.source == source and not person.disabled
        ]
    added = sorted({path for path in _wanted_units(roster) if path not in units}, key=_by_depth)
    listed = roster.units.items()
    codes = {path: code for path, code in listed if code and units.get(path) != code}
    return RosterChanges(tuple(added), codes, tuple(changes), n_unchanged)


def placed_roster(roster: Roster, units: Mapping[UnitPath, str | None]) -> Roster:
    """Give a list with the whole path of each unit that it names.

    Raises
    ------
    BadRosterError
        Several units are called as the list says, or it gives one unit two codes.
    """
    known = KnownUnits(units)
    listed: dict[UnitPath, str | None] = {}
    for path, code in roster.units.items():
        note_unit(listed, known.placed(path, " / ".join(path)), code)
    for path, code in listed.items():
        known.add(path, code)
    said = {line.unit: line.where for line in reversed(roster.people) if line.unit}
    whole: dict[UnitPath | None, UnitPath | None] = {None: None, (): None}
    for path in sorted(said, key=_by_depth, reverse=True):  # the longer tell what the shorter mean
        whole[path] = found = known.placed(path, said[path])
        known.add(found)
    people = tuple(replace(line, unit=whole[line.unit]) for line in roster.people)
    return Roster(people, listed)


_TAKEN = Text(
    "{where}：账号“{login}”与另一个人重复，请核对账号和工号。",
    "{where}: the login “{login}” is also somebody else's: check logins and staff numbers.",
)


def _check(roster: Roster) -> None:
    for field in ("login", "external_key"):
        seen: dict[str, str] = {}
        for line in roster.people:
            value = getattr(line, field)
            if value and value in seen:
                raise BadRosterError(
                    Text(
                        "{where} 和 {other} 是同一个“{value}”，请删去一行。",
                        "{where} and {other} are both “{value}”: remove one of them.",
                    ).format(where=line.where, other=seen[value], value=value)
                )
            seen[value] = line.where


def _change(line: RosterPerson, person: KnownPerson | None) -> PersonChange | None:
    if person is None:
        return None if line.left else PersonChange(
            "added", None, line.login, line.name, {}, _facts(line, None)
        )  # fmt: skip
    if line.left:
        return None if person.disabled else _disabled(person)
    before = {name: getattr(person, name) for name in _facts(line, person)}
    after = _facts(line, person)
    differs = [name for name in after if after[name] != before[name]]
    kind = _kind(differs, person)
    if kind is None:
        return None
    return PersonChange(
        kind,
        person.staff_id,
        person.login,
        line.name,
        {name: before[name] for name in differs},
        {name: after[name] for name in differs},
    )


def _kind(differs: Sequence[str], person: KnownPerson) -> str | None:
    if person.disabled:
        return "enabled"
    if not differs:
        return None
    return "moved" if "unit" in differs else "changed"


def _facts(line: RosterPerson, person: KnownPerson | None) -> dict[str, Any]:
    said = {
        "login": line.login,
        "name": line.name,
        "email": line.email,
        "mobile": line.mobile,
        "role": line.role or (None if person else Role.VIEWER),
        "unit": line.unit,
        "external_key": line.external_key,
    }
    return {name: value for name, value in said.items() if value is not None}


def _disabled(person: KnownPerson) -> PersonChange:
    return PersonChange("disabled", person.staff_id, person.login, person.name, {}, {})


def _wanted_units(roster: Roster) -> Iterable[UnitPath]:
    paths = [*roster.units, *(p.unit for p in roster.people if p.unit and not p.left)]
    for path in paths:
        yield from (path[: depth + 1] for depth in range(len(path)))


def _by_depth(path: UnitPath) -> tuple[int, UnitPath]:
    return len(path), path
