"""The key file belongs to the store: another one is refused before anything is sealed with it.

The store keeps a mark of its key, from which the key cannot be had. Stores of before that are
told by a customer's data key, which opens with the right key only.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from huiyin.app.key import load_or_make_key
from huiyin.collect.customers.boxes import BoxError, Boxes
from huiyin.core.errors import BadInputError
from huiyin.core.text import Text
from huiyin.store.contracts import Actor
from huiyin.store.database import Database
from huiyin.store.keys import derived_key
from huiyin.store.tables import Customer, Setting, Staff
from huiyin.store.unit_of_work import unit_of_work

MARK = "key_mark"


class KeyGoneError(BadInputError):
    """The store holds sealed data, and its key file is not there."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text(
                "找不到密钥文件 {path}，而数据是用原来的密钥封存的。请放回原来的密钥文件，"
                "或用 HUIYIN_KEY_FILE 指明它在哪里；没有另造一把新的。",
                "There is no key file {path}, and the data was sealed with one. Put it back, or "
                "say where it is with HUIYIN_KEY_FILE; no new one was made.",
            ).format(path=path)
        )


class WrongKeyError(BadInputError):
    """The key is not the one that the store was sealed with."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            Text(
                "密钥文件 {path} 不是这份数据原来用的那一把，用它解不开联系方式。"
                "请换上原来的密钥文件，或用 HUIYIN_KEY_FILE 指明它在哪里。",
                "The key file {path} is not the one that this data was sealed with: contact data "
                "would stay closed. Put that one in its place, or say where it is with "
                "HUIYIN_KEY_FILE.",
            ).format(path=path)
        )


def held_key(database: Database, path: Path) -> bytes:
    """Give the key of an installation; a new one is made only where nothing was sealed yet.

    Parameters
    ----------
    database : Database
        Brought to this version.
    path : Path
        The key file.

    Returns
    -------
    bytes

    Raises
    ------
    KeyGoneError, WrongKeyError
        Something is sealed already: with a key that is not there, or with another.
    BadKeyFileError
        The file holds no key.
    """
    with database.reading() as session:
        if is_sealed(session) and not path.exists():
            raise KeyGoneError(path)
        key, _ = load_or_make_key(path)
        if not fits(session, key):
            raise WrongKeyError(path)
        unmarked = _mark(session) is None and session.scalar(select(Staff.id).limit(1)) is not None
    if unmarked:
        with unit_of_work(database, Actor.system()) as work:
            if _mark(work.session) is None:
                work.session.add(Setting(key=MARK, value=mark_of(key)))
    return key


def is_sealed(session: Session) -> bool:
    """Tell whether a store was opened with a key that it cannot do without."""
    return _mark(session) is not None or _a_customer(session) is not None


def fits(session: Session, key: bytes) -> bool:
    """Tell whether a key is the one that a store was sealed with; any fits where nothing is."""
    kept = _mark(session)
    if kept is not None:
        return kept == mark_of(key)
    customer = _a_customer(session)
    if customer is None:
        return True
    try:
        Boxes(key).of(*customer)
    except BoxError:
        return False
    return True


def mark_of(key: bytes) -> str:
    """Give the mark of a key: equal for equal keys, and nothing can be opened with it."""
    return hashlib.sha256(derived_key(key, "mark of the key")).hexdigest()


def _mark(session: Session) -> str | None:
    row = session.get(Setting, MARK)
    return None if row is None else str(row.value)


def _a_customer(session: Session) -> tuple[str, bytes] | None:
    """Give the id and the wrapped data key of some customer who was not erased."""
    asked = select(Customer.id, Customer.wrapped_key).where(Customer.wrapped_key.is_not(None))
    row = session.execute(asked.limit(1)).first()
    return None if row is None else (row.id, row.wrapped_key)
