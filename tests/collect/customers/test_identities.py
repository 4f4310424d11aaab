"""Who is who in a load, and in which order new customers come."""

from itertools import pairwise

import pytest

from huiyin.collect.customers import identities
from huiyin.collect.customers.identities import find_identities
from huiyin.collect.customers.keys import blind_indexer
from huiyin.store.database import Database

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


def test_nobody_is_nobody(session):
    found = find_identities(session, BLIND, [], [])
    assert (found.owners.num_rows, found.keys.num_rows) == (0, 0)
