"""Many rows at once are the same rows, however they are cut into statements."""

import pytest
from sqlalchemy import select

from huiyin.store import bulk
from huiyin.store.bulk import insert_columns
from huiyin.store.contracts import Actor
from huiyin.store.tables import Customer
from huiyin.store.unit_of_work import unit_of_work


@pytest.mark.parametrize("n_rows", [1, 6, 7])
def test_every_row_comes_in_with_what_is_its_own_and_what_all_share(database, monkeypatch, n_rows):
    monkeypatch.setattr(bulk, "_ROWS_OF_STATEMENT", 3)
    ids = [f"customer-{n}" for n in range(n_rows)]
    keys = [bytes([n]) * 5 for n in range(n_rows)]
    with unit_of_work(database, Actor.system()) as work:
        now = work.now
        columns = {
            "first_seen_at": now,
            "id": ids,
            "attributes": {"城市": "上海"},
            "wrapped_key": keys,
            "last_seen_at": now,
        }
        insert_columns(work.session, Customer, columns)
    with database.reading() as session:
        found = session.scalars(select(Customer).order_by(Customer.id)).all()
        assert [(one.id, bytes(one.wrapped_key)) for one in found] == list(
            zip(ids, keys, strict=True)
        )
        assert all(one.attributes == {"城市": "上海"} for one in found)
        assert all((one.first_seen_at, one.last_seen_at) == (now, now) for one in found)
