"""Who is who in a load, and in which order new customers come."""

from itertools import pairwise

import pytest

from huiyin.collect.customers import identities
from huiyin.collect.customers.identities import find_identities
from huiyin.collect.customers.keys import blind_indexer
from huiyin.store.contracts import Actor
from huiyin.store.database import Database
from huiyin.store.tables import Customer, CustomerKey
from huiyin.store.unit_of_work import unit_of_work

BLIND = blind_indexer(b"k" * 32)
GROUP = 50


@pytest.fixture
def session(tmp_path):
    database = Database.in_folder(tmp_path)
    database.migrate()
    with database.reading() as session:
        yield session
    database.close()


@pytest.mark.parametrize("also", [[], [("phone:13800138000", "number:7")]])
def test_new_customers_come_in_groups_of_neighbouring_blind_indexes(session, monkeypatch, also):
    monkeypatch.setattr(identities, "PEOPLE_TOGETHER", GROUP)
    words = [f"number:{n}" for n in range(4 * GROUP)]
    found = find_identities(session, BLIND, words, also)
    owner = {row["key"]: row["owner"] for row in found.owners.to_pylist()}
    by_index = [owner[word] for word in sorted(words, key=BLIND)]
    groups = [by_index[i : i + GROUP] for i in range(0, len(words), GROUP)]
    assert all(max(one) < min(other) for one, other in pairwise(groups))
    assert not any(group == sorted(group) for group in groups)


def test_keys_stand_in_the_order_of_their_owners(session):
    words = [f"number:{n}" for n in range(30)]
    found = find_identities(session, BLIND, words, [("phone:13800138000", "number:7")])
    keys = found.keys.to_pylist()
    assert [key["owner"] for key in keys] == sorted(key["owner"] for key in keys)
    owner = {row["key"]: row["owner"] for row in found.owners.to_pylist()}
    by_phone = [key["owner"] for key in keys if key["kind"] == "phone"]
    assert by_phone == [owner["number:7"]]
    assert all(row["is_new"] for row in found.owners.to_pylist())


@pytest.mark.parametrize("also", [[], [("phone:13800138000", "number:7")]])
def test_who_is_known_by_a_key_stays_who_they_are(database, also):
    with unit_of_work(database, Actor.system()) as work:
        work.session.add(
            Customer(id="known", attributes={}, first_seen_at=work.now, last_seen_at=work.now)
        )
        work.session.flush()
        work.session.add(
            CustomerKey(customer_id="known", kind="number", blind_index=BLIND("number:2"))
        )
    with database.reading() as session:
        found = find_identities(session, BLIND, [f"number:{n}" for n in range(9)], also)
    people = {row["key"]: row for row in found.owners.to_pylist()}
    assert len(people) == 9
    assert people["number:2"] == {"key": "number:2", "owner": "known", "is_new": False}
    assert all(row["is_new"] for key, row in people.items() if key != "number:2")
    noted = {(key["owner"], key["kind"], key["blind_index"]) for key in found.keys.to_pylist()}
    assert noted == {
        (people[key]["owner"], "number", BLIND(key)) for key in people if key != "number:2"
    } | {(people[key]["owner"], "phone", BLIND(other)) for other, key in also}


def test_nobody_is_nobody(session):
    found = find_identities(session, BLIND, [], [])
    assert (found.owners.num_rows, found.keys.num_rows) == (0, 0)
