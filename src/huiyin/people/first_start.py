"""The first administrator: by a one-time link that the first start prints."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.core.text import ZH
from huiyin.people.contracts import LinkExpiredError, Role
from huiyin.people.staff import StaffFields, do_add_staff
from huiyin.people.tokens import new_secret, same_secret, secret_hash
from huiyin.store.tables import Setting, Staff
from huiyin.store.unit_of_work import UnitOfWork

SETUP_KEY = "setup_token_hash"


def setup_needed(session: Session) -> bool:
    """Say whether nobody is here yet."""
    return session.scalar(select(Staff.id).limit(1)) is None


def do_prepare_setup(uow: UnitOfWork) -> str | None:
    """Make the one-time secret for the first administrator.

    Returns
    -------
    str or None
        The secret, for the link that is printed; None where somebody is here already. Each
        start without anybody makes a new one, and the old one is void.
    """
    if not setup_needed(uow.session):
        return None
    secret = new_secret()
    row = uow.session.get(Setting, SETUP_KEY)
    if row is None:
        uow.session.add(Setting(key=SETUP_KEY, value=secret_hash(secret)))
    else:
        row.value = secret_hash(secret)
    return secret


def do_setup(
    uow: UnitOfWork, secret: str, *, name: str, email: str, password: str, language: str = ZH
) -> Staff:
    """Make the first administrator.

    Parameters
    ----------
    uow : UnitOfWork
    secret : str
        Of the printed link; it is void afterwards.
    name, email, password, language : str

    Raises
    ------
    LinkExpiredError
        The link is wrong or was used, or somebody is here already.
    PeopleRuleError, WeakPasswordError
        What was given does not fit.
    """
    row = uow.session.get(Setting, SETUP_KEY)
    if row is None or not setup_needed(uow.session):
        raise LinkExpiredError
    if not same_secret(secret_hash(secret), row.value):
        raise LinkExpiredError
    fields = StaffFields(
        login=email, name=name, email=email, role=Role.ADMINISTRATOR, language=language
    )
    staff = do_add_staff(uow, fields, password)
    uow.session.delete(row)
    uow.session.flush()
    return staff
