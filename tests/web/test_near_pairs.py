"""Random pairs of questions: one is noted exactly where too few rows tell the two answers apart."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from importing import add_dataset
from sqlalchemy import select

from huiyin.measure.contracts import Filter, Grain, Query
from huiyin.people.contracts import ROLE_RIGHTS, Person, Role
from huiyin.store.tables import AuditRow
from huiyin.web.corridors import open_view
from huiyin.web.near_queries import NEAR
from huiyin.web.told import told

K = 10
FIRST = date(2024, 1, 1)
N_DAYS = 20
N_PAIRS = 150


@pytest.fixture(scope="module")
def rows():
    chance = random.Random(11)  # noqa: S311 -- data of a test
    return [
        {
            "城市": chance.choices(["上海", "北京", "成都", "昆明"], [8, 6, 2, 1])[0],
            "渠道": chance.choices(["门店", "网上", "电话"], [9, 5, 1])[0],
            "day": FIRST + timedelta(days=chance.randrange(N_DAYS)),
            "推荐": chance.randrange(11),
        }
        for _ in range(160)
    ]


@pytest.fixture
def dataset_id(cast, rows, tmp_path):
    lines = [f"{i},{r['推荐']},{r['城市']},{r['渠道']},{r['day']}" for i, r in enumerate(rows)]
    path = tmp_path / "答卷.csv"
    path.write_text("\n".join(["编号,您有多大可能推荐我们,城市,渠道,提交时间", *lines]), "utf-8")
    return add_dataset(cast, cast.signed_in(Role.ADMINISTRATOR, "root"), path)[0]


def any_query(chance, rows):
    where = []
    for column in ("城市", "渠道"):
        values = sorted({row[column] for row in rows})
        if chance.random() < 0.6:
            chosen = chance.sample(values, chance.randint(1, len(values)))
            where.append(Filter(column, chance.choice(["=", "!="]), tuple(chosen)))
    since, until = sorted(FIRST + timedelta(days=chance.randrange(N_DAYS)) for _ in range(2))
    return Query(
        ("nps",),
        by=("城市",) if chance.random() < 0.4 else (),
        where=tuple(where),
        since=since if chance.random() < 0.5 else None,
        until=until if chance.random() < 0.5 else None,
        grain=Grain.WEEK if chance.random() < 0.2 else None,
    )


def changed(chance, query):
    """Move one day, or take one value out, so that pairs are often close."""
    if query.since and chance.random() < 0.5:
        later = query.since + timedelta(days=1)
        until = query.until and max(query.until, later)
        return Query(query.metrics, where=query.where, since=later, until=until)
    where = [*query.where]
    if where and len(where[0].values) > 1:
        where[0] = Filter(where[0].column, where[0].operator, where[0].values[1:])
        return Query(query.metrics, where=tuple(where), since=query.since, until=query.until)
    return Query(query.metrics, where=query.where, since=query.since, until=query.until)


def met(row, query):
    return (
        all((row[one.column] in one.values) == (one.operator == "=") for one in query.where)
        and (query.since is None or row["day"] >= query.since)
        and (query.until is None or row["day"] <= query.until)
    )


def test_a_pair_is_noted_exactly_where_fewer_rows_than_the_smallest_group_tell_it_apart(
    cast, rows, dataset_id
):
    chance = random.Random(5)  # noqa: S311 -- pairs of a test
    expected, hidden = {}, set()
    for at in range(N_PAIRS):
        one = any_query(chance, rows)
        other = changed(chance, one) if chance.random() < 0.6 else any_query(chance, rows)
        apart = sum(met(row, one) != met(row, other) for row in rows)
        person = Person(f"p{at}", f"p{at}", f"p{at}", Role.VIEWER, ROLE_RIGHTS[Role.VIEWER])
        with cast.database.reading() as session:
            view = open_view(session, cast.system, person, dataset_id)
        for query in chance.sample([one, other], 2):
            answer = lambda own, query=query: own.answer(query)  # noqa: E731 -- asked at once
            found = told(cast.system, person, view, None, answer)
            if any(cell.not_estimable for cell in found.cells):
                hidden.add(person.name)
        expected[person.name] = 0 < apart < K
    with cast.database.reading() as session:
        entries = session.scalars(select(AuditRow).where(AuditRow.action == NEAR)).all()
    noted = [entry.actor for entry in entries]
    near = {name for name, is_near in expected.items() if is_near}
    assert sorted(noted) == sorted(near)
    assert len(near) > 20
    assert len(near & hidden) > 5
    assert len(expected) - len(near) > 20
