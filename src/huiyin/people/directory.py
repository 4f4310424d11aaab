"""The staff list as the LDAP directory has it."""

from __future__ import annotations

import re

from huiyin.core.text import Text
from huiyin.people.contracts import BadRosterError
from huiyin.people.provider import Config
from huiyin.people.providers.ldap import Entry, search, searching
from huiyin.people.roster import Roster, RosterPerson
from huiyin.people.roster_units import UnitPath

SOURCE = "ldap"
_OU = re.compile(r"(?i)(?:^|,)\s*ou=((?:\\.|[^,\\])+)")
_ESCAPED = re.compile(r"\\(.)")


def read_directory(config: Config) -> Roster:
    """Read everybody below the search base.

    The unit is the unit attribute where there is one, else the organisational units of the DN.

    Raises
    ------
    OutgoingError, ProviderNotReadyError
        The directory cannot be reached, or does not let us search.
    BadRosterError
        It has nobody there.
    """
    with searching(config) as connection:
        entries = search(connection, config)
    people = tuple(
        _person(entry, config) for entry in entries if entry[1].get(config["login_attribute"])
    )
    if not people:
        raise BadRosterError(
            Text(
                "目录里没有找到人员，请检查搜索起点和人员筛选。",
                "Nobody was found in the directory: check the search base and the filter.",
            )
        )
    return Roster(people, {})


def unit_of(dn: str, base: str) -> UnitPath | None:
    """Give the organisational units of a DN below the base, from the top down.

    Examples
    --------
    >>> unit_of("cn=a,ou=一店,ou=华东,dc=example,dc=com", "dc=example,dc=com")
    ('华东', '一店')
    """
    below = dn[: -len(base)] if base and dn.lower().endswith(base.lower()) else dn
    names = [_ESCAPED.sub(r"\1", name).strip() for name in _OU.findall(below)]
    return tuple(reversed(names)) or None


def _person(entry: Entry, config: Config) -> RosterPerson:
    dn, said = entry
    login = said[config["login_attribute"]]
    attribute = config.get("unit_attribute") or ""
    named = said.get(attribute, "") if attribute else ""
    return RosterPerson(
        login=login.lower(),
        name=said.get(config["name_attribute"]) or login,
        email=(said.get(config["mail_attribute"]) or "").lower() or None,
        unit=(named,) if named else unit_of(dn, config["base"]),
        external_key=login,
        where=dn,
    )
