"""Customers: contact data never enters the lake; people see, change and forget what they may."""

import pyarrow.parquet as pq
import pytest
from importing import add_dataset, ask

import huiyin as hy
from huiyin.app.wiring import build_worker
from huiyin.collect.customers.boxes import Boxes
from huiyin.people.contracts import Role
from huiyin.store.tables import Customer, CustomerField, CustomerKey, Setting

NAMES = ("欧阳测试", "上官试验", "司徒样本")
HEAD = "编号,客户编号,姓名,手机号,邮箱,总体满意度,您有多大可能向朋友推荐我们,门店,答题时间,意见"


def write_people(path, n=300, n_people=120, *, numbered=True, first=0):
    """Write answers of people who come again; each row carries who gave it."""
    rows = []
    for i in range(n):
        who = (i * 7) % n_people
        name = f"{NAMES[who % 3]}{who}"
        day = f"2026-0{1 + i % 6}-1{i % 9} 10:00:00"
        own = f"C{who:05d}," if numbered else ""
        rows.append(
            f"{first + i},{own}{name},1390000{who:04d},p{who}@example.com,{1 + i % 5},{i % 11},"
            f"店{who % 4},{day},我的电话 1390000{who:04d} 请{name}回电第{i}条"
        )
    head = HEAD if numbered else HEAD.replace("客户编号,", "")
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return path


def lake_rows(cast, dataset_id):
    files = cast.system.lake.snapshot(dataset_id).files
    return [row for file in files for row in pq.read_table(file).to_pylist()]


@pytest.fixture
def analyst(cast_on_both):
    with cast_on_both.uow() as uow:
        uow.session.add(Setting(key="minimum_n", value=1))
    return cast_on_both.signed_in(Role.ANALYST)


def counts(cast):
    with cast.system.database.reading() as session:
        return {
            t.__name__: session.query(t).count() for t in (Customer, CustomerKey, CustomerField)
        }


def test_contact_data_never_enters_the_lake(cast_on_both, analyst, tmp_path):
    cast = cast_on_both
    path = write_people(tmp_path / "回访.csv")
    dataset_id, made = add_dataset(cast, analyst, path)
    assert made["status"] == "done", made
    rows = lake_rows(cast, dataset_id)
    assert len(rows) == 300
    assert not {"姓名", "手机号", "邮箱"} & set(rows[0])
    assert len({row["客户编号"] for row in rows}) == 120
    assert all(row["客户编号"] == row["_customer"] for row in rows)
    everything = str(rows)
    assert not any(word in everything for word in (*NAMES, "C00", "1390000", "@example"))
    assert "我的电话 *** 请***回电" in everything
    assert counts(cast) == {"Customer": 120, "CustomerKey": 360, "CustomerField": 480}
    words = {"metrics": ["nps"], "by": ["门店"]}
    with hy.read(path) as survey:
        theirs = survey.query("nps", by=["门店"]).to_json()
    mine = ask(analyst, dataset_id, **words)
    assert [(c["n"], c["n_customers"]) for c in mine["cells"]] == [
        (c["n"], c["n_customers"]) for c in theirs["cells"]
    ]
    assert [c["low"] for c in mine["cells"]] == pytest.approx([c["low"] for c in theirs["cells"]])


def test_fields_are_sealed_and_open_with_the_key(cast_on_both, analyst, tmp_path):
    cast = cast_on_both
    add_dataset(cast, analyst, write_people(tmp_path / "回访.csv", n=30, n_people=10))
    boxes = Boxes(cast.system.key)
    with cast.system.database.reading() as session:
        found = set()
        for field in session.query(CustomerField):
            customer = session.get(Customer, field.customer_id)
            box = boxes.of(customer.id, customer.wrapped_key)
            found.add((field.field, box.open(field.field, field.ciphertext)))
    assert ("手机号", "13900000003") in found
    assert ("客户编号", "C00003") in found
    assert ("姓名", f"{NAMES[0]}3") in found
    assert len(found) == 40


def test_the_same_people_stay_the_same_whatever_names_them(cast_on_both, analyst, tmp_path):
    cast = cast_on_both
    first, _ = add_dataset(
        cast, analyst, write_people(tmp_path / "a.csv", numbered=False), name="甲"
    )
    assert counts(cast)["Customer"] == 120
    second, _ = add_dataset(cast, analyst, write_people(tmp_path / "b.csv"), name="乙")
    assert counts(cast)["Customer"] == 120
    one, other = ({row["_customer"] for row in lake_rows(cast, d)} for d in (first, second))
    assert one == other
    before = counts(cast)
    with cast.uow() as work:
        work.enqueue("rebuild_dataset", {"dataset_id": second})
    build_worker(cast.system).run_until_idle()
    assert counts(cast) == before
    assert {row["_customer"] for row in lake_rows(cast, second)} == one


def test_nothing_rests_in_clear(cast_on_both, analyst, tmp_path):
    cast = cast_on_both
    path = write_people(tmp_path / "回访.csv", n=30, n_people=10)
    add_dataset(cast, analyst, path)
    path.unlink()
    for path in cast.system.folders.root.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            for word in ("13900000003", f"{NAMES[0]}3", "p3@example"):
                assert word.encode() not in raw, path
