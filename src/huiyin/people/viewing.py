"""Which rows of a dataset a person may see.

Rules restrict. For one column the most specific rule counts: the person's own over their
unit's, a near unit's over a far one's, a unit's over the role's, the role's over everybody's;
rules of the same rank add their values up. Rules on different columns must all hold.

A manager sees the rows of their unit and those below it, a front-line person the rows that
carry their own name, login or key. Only a rule made for that very person, on that very column,
replaces this. What cannot be decided is not shown.

A dataset that is made from others shows no more than they do: the rules on each of those hold
there too, on columns of the same name.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from huiyin.people import contracts
from huiyin.people.contracts import Person, Right, Role, RowCondition
from huiyin.people.settings import fetch_setting
from huiyin.people.units import fetch_units, units_above, units_below
from huiyin.store.tables import DataModel, RowRule, Unit

_OWN = 0
_SHARED = "share_scores_with_everyone"


@dataclass(frozen=True, slots=True)
class DatasetShape:
    """What a dataset has that rules may name.

    Attributes
    ----------
    dataset_id : str
    columns : frozenset of str
        Its columns, by the names that rules use.
    unit_column, staff_column : str or None
        Where it says which unit, and which of our people, an answer is about.
    """

    dataset_id: str
    columns: frozenset[str]
    unit_column: str | None = None
    staff_column: str | None = None


def row_rule_for(session: Session, person: Person, shape: DatasetShape) -> contracts.RowRule:
    """Give the rows that a person may see: for rows, verbatims, customers, lists, exports, search.

    Parameters
    ----------
    session : Session
    person : Person
    shape : DatasetShape

    Returns
    -------
    RowRule
        `sees_nothing` without the right to see rows, where a rule names a column that is not
        there, where the role's own limit cannot be drawn, or where an API token is held to
        other datasets.
    """
    if not person.may(Right.SEE_ROWS):
        return contracts.RowRule.nothing()
    return _rule(session, person, shape)


def score_rule_for(session: Session, person: Person, shape: DatasetShape) -> contracts.RowRule:
    """Give the rows that a person's scores are made of.

    Those of everybody by default (setting ``share_scores_with_everyone``), else as for rows,
    whether or not they may see the rows themselves.
    """
    if _held_elsewhere(person, shape) or not fetch_setting(session, _SHARED):
        return _rule(session, person, shape)
    return contracts.RowRule.everything()


def ruled_by_name(session: Session) -> frozenset[str]:
    """Give the ids of the people who have rules of their own."""
    asked = select(RowRule.staff_id).where(RowRule.staff_id.is_not(None)).distinct()
    return frozenset(one for one in session.scalars(asked) if one is not None)


def kind_of_viewer(person: Person, ruled: frozenset[str]) -> Hashable:
    """Give all that the rows of a person hang on: who are of one kind see the same.

    Parameters
    ----------
    person : Person
    ruled : frozenset of str
        As `ruled_by_name` gives it.
    """
    if person.staff_id in ruled or person.role is Role.FRONT_LINE:
        names = person.staff_id, *_own_names(person)
        return person.role, person.rights, person.unit_id, person.dataset_ids, names
    return person.role, person.rights, person.unit_id, person.dataset_ids


def may_be_held_back(session: Session, person: Person) -> bool:
    """Say whether a person's scores of some dataset can be made of fewer rows than there are."""
    return person.dataset_ids is not None or not fetch_setting(session, _SHARED)


def _rule(session: Session, person: Person, shape: DatasetShape) -> contracts.RowRule:
    if _held_elsewhere(person, shape):
        return contracts.RowRule.nothing()
    units = fetch_units(session)
    above = units_above(units, person.unit_id) if person.unit_id else []
    conditions: list[RowCondition] = []
    own_columns: set[str] = set()
    for parent_id in sorted(_made_from(session, shape.dataset_id)) or [shape.dataset_id]:
        rules = _rules_on(session, person, above, {shape.dataset_id, parent_id})
        ranked = _ranked(rules, person, above)
        conditions += _conditions(ranked)
        own_columns |= {column for (column, rank) in ranked if rank == _OWN}
    conditions = list(dict.fromkeys(conditions))
    implied = _implied(person, shape, units, own_columns, ruled=bool(conditions))
    if implied is None or any(c.column not in shape.columns for c in conditions):
        return contracts.RowRule.nothing()
    return contracts.RowRule((*conditions, *implied))


def _held_elsewhere(person: Person, shape: DatasetShape) -> bool:
    return person.dataset_ids is not None and shape.dataset_id not in person.dataset_ids


def _made_from(session: Session, dataset_id: str) -> set[str]:
    """Give the datasets that one is made from, over however many models; none for imports."""
    asked = select(DataModel.result_dataset_id, DataModel.parents)
    made: dict[str | None, list[str]] = {row[0]: row[1] for row in session.execute(asked)}
    found: set[str] = set()
    waiting = list(made.get(dataset_id, []))
    while waiting:
        parent_id = waiting.pop()
        if parent_id not in found:
            found.add(parent_id)
            waiting += made.get(parent_id, [])
    return found


def _rules_on(
    session: Session, person: Person, above: list[str], dataset_ids: set[str]
) -> Iterable[RowRule]:
    everybody = RowRule.staff_id.is_(None) & RowRule.unit_id.is_(None) & RowRule.role.is_(None)
    return session.scalars(
        select(RowRule).where(
            or_(RowRule.dataset_id.is_(None), RowRule.dataset_id.in_(dataset_ids)),
            or_(
                RowRule.staff_id == person.staff_id,
                RowRule.unit_id.in_(above),
                RowRule.role == person.role.value,
                everybody,
            ),
        )
    )


def _ranked(
    rules: Iterable[RowRule], person: Person, above: list[str]
) -> dict[tuple[str, int], list[str]]:
    """Give the values by column and rank; rank 0 is the person's own."""
    found: dict[tuple[str, int], list[str]] = {}
    for rule in rules:
        if rule.staff_id == person.staff_id:
            rank = _OWN
        elif rule.unit_id is not None:
            rank = 1 + above.index(rule.unit_id)
        else:
            rank = 1 + len(above) + (rule.role is None)
        found.setdefault((rule.column, rank), []).extend(rule.values)
    return found


def _conditions(ranked: Mapping[tuple[str, int], list[str]]) -> list[RowCondition]:
    nearest: dict[str, int] = {}
    for column, rank in ranked:
        nearest[column] = min(rank, nearest.get(column, rank))
    return [
        RowCondition(column, tuple(dict.fromkeys(ranked[column, rank])))
        for column, rank in sorted(nearest.items())
    ]


def _implied(
    person: Person, shape: DatasetShape, units: list[Unit], own: set[str], *, ruled: bool
) -> tuple[RowCondition, ...] | None:
    """Give the limit of the role itself; None where it cannot be drawn."""
    if person.role == Role.MANAGER:
        column, values = shape.unit_column, _unit_names(units, person.unit_id)
    elif person.role == Role.FRONT_LINE:
        column, values = shape.staff_column, _own_names(person)
    else:
        return ()
    if column is None:
        return () if own or (ruled and person.role == Role.FRONT_LINE) else None
    if column in own:
        return ()
    return (RowCondition(column, values),) if values else None


def _unit_names(units: list[Unit], unit_id: str | None) -> tuple[str, ...]:
    below = units_below(units, unit_id) if unit_id else []
    names = [name for unit in below for name in (unit.name, unit.code) if name]
    return tuple(dict.fromkeys(names))


def _own_names(person: Person) -> tuple[str, ...]:
    names = (person.name, person.login, person.external_key)
    return tuple(dict.fromkeys(name for name in names if name))
