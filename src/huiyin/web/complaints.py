"""Which datasets hold complaints on the customers or orders of another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.codebook.contracts import Codebook, Role
from huiyin.collect.datasets.contracts import VersionGoneError as NoSuchVersionError
from huiyin.collect.datasets.reading import fetch_codebook, fetch_version, snapshot_of
from huiyin.collect.links.contracts import Key, LinkPlan
from huiyin.collect.links.reading import fetch_models, plan_of
from huiyin.lake.contracts import VersionGoneError
from huiyin.measure.complaint_sources import ComplaintSource, holds_complaints, keeps_tickets
from huiyin.store.tables import DataModel, Dataset

if TYPE_CHECKING:
    from huiyin.web.system import System


def complaint_sources(
    session: Session, system: System, dataset_id: str, codebook: Codebook
) -> tuple[ComplaintSource, ...]:
    """Find the complaints that meet a dataset: by a data model, or by a shared customer or order.

    Parameters
    ----------
    session : Session
    system : System
    dataset_id : str
    codebook : Codebook
        Of that dataset.

    Returns
    -------
    tuple of ComplaintSource
        At the version that readers see; none where the dataset has no days, or no customers and
        no orders, or where it is the tickets themselves: who asked has not complained elsewhere.
    """
    keyed = codebook.first(Role.CUSTOMER) or codebook.first(Role.ORDER)
    if keyed is None or codebook.first(Role.TIME) is None:
        return ()
    links = _links_of(session, dataset_id)
    held = system.remembered.held("complaints", lambda: _held(session))
    if any(one.id == dataset_id and _are_tickets(one.codebook) for one in held):
        return ()
    found = (
        _source(session, system, one, codebook, links.get(one.id))
        for one in held
        if one.id != dataset_id
    )
    return tuple(one for one in found if one is not None)


@dataclass(frozen=True, slots=True)
class _Held:
    """A dataset in use that holds complaints; no row of a session, which may be rolled back."""

    id: str
    name: str
    version: int
    codebook: Codebook


def _are_tickets(codebook: Codebook) -> bool:
    """Tell whether a dataset that holds complaints keeps tickets, and no orders they are about."""
    return keeps_tickets(codebook) and codebook.first(Role.ORDER) is None


def _held(session: Session) -> tuple[_Held, ...]:
    """Find the datasets that hold complaints: imported ones, not those made from others."""
    made = select(DataModel.result_dataset_id)
    wanted = select(Dataset).where(
        Dataset.archived_at.is_(None),
        Dataset.current_version.is_not(None),
        Dataset.id.not_in(made),
    )
    found = []
    for row in session.scalars(wanted.order_by(Dataset.created_at, Dataset.id)):
        version = fetch_version(session, row.id)
        book = fetch_codebook(session, row.id, version.codebook_version).codebook
        if holds_complaints(row.name, book):
            found.append(_Held(row.id, row.name, version.version, book))
    return tuple(found)


def _links_of(session: Session, dataset_id: str) -> dict[str, Key]:
    """Give the datasets that a model links to this one, or this one to, by a single key."""
    found: dict[str, Key] = {}
    for model in fetch_models(session):
        plan = plan_of(model)
        if not isinstance(plan, LinkPlan):
            continue
        for link in plan.links:
            if len(link.keys) != 1:
                continue
            key = link.keys[0]
            if plan.base == dataset_id:
                found.setdefault(link.dataset_id, key)
            elif link.dataset_id == dataset_id:
                found.setdefault(plan.base, Key(key.other, key.base))
    return found


def _source(
    session: Session, system: System, held: _Held, codebook: Codebook, link: Key | None
) -> ComplaintSource | None:
    theirs = held.codebook
    key = _fitting(codebook, theirs, link) or _shared(codebook, theirs)
    if key is None:
        return None
    try:
        version = fetch_version(session, held.id, held.version)
        snapshot = snapshot_of(session, version, system.files_of(held.id, held.version))
    except (VersionGoneError, NoSuchVersionError):  # being erased: there again in a moment
        return None
    return ComplaintSource(
        held.id,
        held.name,
        held.version,
        snapshot,
        key.base,
        key.other,
        by_order=codebook[key.base].role is Role.ORDER,
        linked=key == link,
    )


def _fitting(mine: Codebook, theirs: Codebook, link: Key | None) -> Key | None:
    if link is None or link.base not in mine or link.other not in theirs:
        return None
    return link if mine[link.base].role in {Role.CUSTOMER, Role.ORDER} else None


def _shared(mine: Codebook, theirs: Codebook) -> Key | None:
    """Give the column that both sides have: of orders, else of customers."""
    for role in (Role.ORDER, Role.CUSTOMER):
        here, there = mine.first(role), theirs.first(role)
        if here is not None and there is not None:
            return Key(here.name, there.name)
    return None
