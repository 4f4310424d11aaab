"""Customers: contact data never enters the lake; people see, change and forget what they may."""

import threading
import time

import pyarrow.parquet as pq
import pytest
from importing import add_dataset, ask, upload

import huiyin as hy
from huiyin.app.wiring import build_worker
from huiyin.app.work import erasing
from huiyin.app.work.shrinking import publish_shrunk
from huiyin.collect.customers.boxes import Boxes
from huiyin.collect.customers.enrolling import Enroller
from huiyin.core.text import Text
from huiyin.engine.duck import Engine
from huiyin.people.contracts import Role
from huiyin.store.contracts import StoreError
from huiyin.store.tables import Customer, CustomerField, CustomerKey
from huiyin.web import seen
from huiyin.web.customer_views import parts_of

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
    cast_on_both.show_small_groups()
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


def test_a_later_import_asks_who_is_who_of_its_own_rows_only(cast_on_both, analyst, tmp_path):
    cast = cast_on_both
    first = write_people(tmp_path / "一月.csv", n=60, n_people=20)
    dataset_id, _ = add_dataset(cast, analyst, first)
    before = {row["编号"]: row["_customer"] for row in lake_rows(cast, dataset_id)}
    with cast.uow() as work:
        work.session.query(CustomerKey).delete()  # by its keys nobody is recognised any more
    again = upload(analyst, write_people(tmp_path / "二月.csv", n=30, n_people=10, first=60))
    analyst.post(f"/api/v1/datasets/{dataset_id}/imports", json={"uploads": again})
    build_worker(cast.system).run_until_idle()
    after = {row["编号"]: row["_customer"] for row in lake_rows(cast, dataset_id)}
    not_again = [str(i) for i in range(60) if (i * 7) % 20 >= 10]
    assert [after[key] for key in not_again] == [before[key] for key in not_again]
    new = {after[str(key)] for key in range(60, 90)}
    assert len(new) == 10
    assert not new & set(before.values())


def test_no_version_names_a_customer_who_could_not_be_kept(cast, tmp_path, monkeypatch):
    def full(*_):
        raise StoreError(Text.same("full"))

    monkeypatch.setattr(Enroller, "do_enrol", full)
    analyst = cast.signed_in(Role.ANALYST)
    uploads = upload(analyst, write_people(tmp_path / "a.csv", n=30, n_people=10))
    body = {"name": "甲", "uploads": uploads, "load": True}
    made = analyst.post("/api/v1/datasets", json=body).json()
    build_worker(cast.system).run_until_idle()
    assert cast.system.lake.table(made["id"]).version() is None
    assert counts(cast)["Customer"] == 0


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


def test_one_list_across_datasets_and_everything_known_of_one(cast_on_both, analyst, tmp_path):
    cast = cast_on_both
    for name in ("甲", "乙"):
        add_dataset(cast, analyst, write_people(tmp_path / f"{name}.csv"), name=name)
    listed = analyst.get("/api/v1/customers?limit=50").json()
    assert (listed["total"], len(listed["items"]), listed["next"]) == (120, 50, "50")
    first = listed["items"][0]
    assert first["datasets"] == 2
    assert first["rows"] in {4, 6}  # half of them came three times, half twice
    assert first["last_on"] >= listed["items"][-1]["last_on"]
    assert "1390000" not in str(listed).replace(first["id"], "")
    for words in ("13900000003", "+86 139-0000-0003", "p3@example.com", "C00003", f"{NAMES[0]}3"):
        found = analyst.get("/api/v1/customers", params={"search": words}).json()
        assert found["total"] == 1, words
    assert analyst.get("/api/v1/customers?search=1390000000").json()["total"] == 0
    one = found["items"][0]
    masked = {field["name"]: field["masked"] for field in one["fields"]}
    assert masked["手机号"] == "139****0003"
    assert masked["邮箱"] == "p***@example.com"
    page = analyst.get(f"/api/v1/customers/{one['id']}").json()
    assert [d["name"] for d in page["datasets"]] == ["乙", "甲"]
    row = page["datasets"][0]["rows"][0]
    assert {s["column"] for s in row["scores"]} == {"总体满意度", "您有多大可能向朋友推荐我们"}
    assert "***" in row["texts"][0]["value"]
    assert analyst.get("/api/v1/customers/nobody").status_code == 404
    late = analyst.get("/api/v1/customers?seen_since=2027-01-01").json()
    assert late["total"] == 0
    taken = analyst.get("/api/v1/customers?format=csv&limit=5").text
    assert len(taken.strip().splitlines()) == 6
    assert taken.splitlines()[0].endswith("客户编号,记录,数据集,最早,最近,客户单位,联系方式,特征")
    english = analyst.get("/api/v1/customers?format=csv&limit=5&lang=en").text
    assert english.splitlines()[0].endswith("First,Latest,Account,Contact data,Attributes")


def write_moves(path, *rows):
    """Write answers of one customer: number, day, shop, answer."""
    head = "编号,客户编号,答题时间,门店,总体满意度"
    lines = [f"{n},C1,2026-{day} 10:00:00,{shop},{rate}" for n, day, shop, rate in rows]
    others = [f"{n},C{n},2026-01-01 10:00:00,店9,3" for n in range(100, 130)]
    path.write_text("\n".join([head, *lines, *others]) + "\n", "utf-8")
    return path


def test_the_newest_row_of_all_datasets_tells_of_a_customer(cast_on_both, analyst, tmp_path):
    from huiyin.people.row_rules import RowRuleFields, do_add_row_rule

    cast = cast_on_both
    add_dataset(cast, analyst, write_moves(tmp_path / "a.csv", (1, "05-01", "店1", 5)), name="甲")
    later = write_moves(tmp_path / "b.csv", (1, "06-01", "店2", 4))
    second, _ = add_dataset(cast, analyst, later, name="乙")

    def told(browser):
        (found,) = browser.get("/api/v1/customers?search=C1").json()["items"]
        page = browser.get(f"/api/v1/customers/{found['id']}").json()
        assert page["attributes"] == found["attributes"]
        return [(one["column"], one["value"], one["on"]) for one in found["attributes"]]

    assert told(analyst) == [("门店", "店2", "2026-06-01")]
    held = cast.signed_in(Role.ANALYST, "held")
    with cast.uow() as work:
        do_add_row_rule(work, RowRuleFields(column="门店", values=("店1",), staff_id=held.staff.id))
    assert told(held) == [("门店", "店1", "2026-05-01")]
    again = upload(analyst, write_moves(tmp_path / "c.csv", (2, "07-01", "店3", 4)))
    analyst.post(f"/api/v1/datasets/{second}/imports", json={"uploads": again})
    build_worker(cast.system).run_until_idle()
    assert told(analyst) == [("门店", "店3", "2026-07-01")]


def test_a_list_asks_as_few_questions_however_many_datasets(cast, tmp_path, monkeypatch):
    analyst = cast.signed_in(Role.ANALYST)
    questions = []

    def noted(work):
        return lambda *given, **named: questions.append(work) or work(*given, **named)

    def asked():
        analyst.get("/api/v1/customers")  # what is kept is made
        with monkeypatch.context() as patch:
            for owner, name in ((Engine, "run"), (seen, "open_dataset")):
                patch.setattr(owner, name, noted(getattr(owner, name)))
            questions.clear()
            assert analyst.get("/api/v1/customers").json()["items"][0]["attributes"]
        return len(questions)

    add_dataset(cast, analyst, write_moves(tmp_path / "a.csv", (1, "05-01", "店1", 5)), name="甲")
    of_one = asked()
    for name in ("乙", "丙"):
        path = write_moves(tmp_path / f"{name}.csv", (1, "06-01", "店2", 4))
        add_dataset(cast, analyst, path, name=name)
    assert 0 < asked() <= of_one


def test_a_file_holds_everybody_whom_the_list_has(cast_on_both, analyst, tmp_path):
    add_dataset(cast_on_both, analyst, write_people(tmp_path / "a.csv"))
    assert len(analyst.get("/api/v1/customers").json()["items"]) == 50
    taken = analyst.get("/api/v1/customers?format=csv").text.splitlines()
    assert len(taken) == 1 + 120
    assert all("139****" in line and "店" in line for line in taken[1:])
    late = analyst.get("/api/v1/customers?format=csv&cursor=100").text.splitlines()
    assert late[1:] == taken[101:]


def test_a_file_that_would_lack_customers_is_refused(cast, tmp_path, monkeypatch):
    analyst = cast.signed_in(Role.ANALYST)
    add_dataset(cast, analyst, write_people(tmp_path / "a.csv"))
    monkeypatch.setattr("huiyin.web.routers.customers.EXPORT_ROWS", 119)
    refused = analyst.get("/api/v1/customers?format=xlsx")
    assert refused.status_code == 422
    assert "120" in refused.json()["error"]["sentence"]["en"]
    assert analyst.get("/api/v1/customers?format=csv&cursor=1").status_code == 200


def test_a_search_finds_everybody_who_shares_a_telephone(cast_on_both, analyst, tmp_path):
    rows = ["1,C1,13900000001,5", "2,C2,13900000001,4", "3,C3,13900000003,3"]
    path = tmp_path / "同住.csv"
    path.write_text("\n".join(["编号,客户编号,手机号,总体满意度", *rows]) + "\n", "utf-8")
    add_dataset(cast_on_both, analyst, path)
    for words, n in (("13900000001", 2), ("13900000003", 1), ("C1", 1)):
        found = analyst.get("/api/v1/customers", params={"search": words}).json()
        assert found["total"] == n, words


def test_a_person_sees_only_customers_with_rows_they_may_see(cast_on_both, analyst, tmp_path):
    from huiyin.people.row_rules import RowRuleFields, do_add_row_rule

    cast = cast_on_both
    add_dataset(cast, analyst, write_people(tmp_path / "a.csv"))
    everybody = analyst.get("/api/v1/customers?limit=500").json()["items"]
    other = cast.signed_in(Role.ANALYST, "limited")
    with cast.uow() as work:
        fields = RowRuleFields("门店", ("店1",), staff_id=other.staff.id)
        do_add_row_rule(work, fields)
    mine = other.get("/api/v1/customers?limit=500").json()
    assert mine["total"] == 30
    hidden = {c["id"] for c in everybody} - {c["id"] for c in mine["items"]}
    assert len(hidden) == 90
    assert other.get(f"/api/v1/customers/{hidden.pop()}").status_code == 404
    assert other.get("/api/v1/customers?search=13900000002").json()["total"] == 0
    assert other.get("/api/v1/customers?search=13900000001").json()["total"] == 1


def test_unmasking_needs_the_right_and_a_reason_and_is_logged(cast_on_both, analyst, tmp_path):
    from huiyin.store.tables import AuditRow

    cast = cast_on_both
    add_dataset(cast, analyst, write_people(tmp_path / "a.csv", n=30, n_people=10))
    one = analyst.get("/api/v1/customers?search=13900000003").json()["items"][0]
    address = f"/api/v1/customers/{one['id']}"
    assert analyst.post(f"{address}/unmask", json={"reason": "回访"}).status_code == 403
    boss = cast.signed_in(Role.ADMINISTRATOR)
    assert boss.post(f"{address}/unmask", json={"reason": ""}).status_code == 422
    assert boss.post(f"{address}/unmask", json={"reason": "  "}).status_code == 422
    shown = boss.post(f"{address}/unmask", json={"reason": "回访"}).json()["fields"]
    own = {"C00003", f"{NAMES[0]}3", "13900000003", "p3@example.com"}
    assert {f["value"] for f in shown} == own
    with cast.system.database.reading() as session:
        noted = session.query(AuditRow).filter_by(action="unmask").one()
        assert (noted.noun_id, noted.after["reason"]) == (one["id"], "回访")
        assert "1390000" not in str(noted.after)


def test_consent_is_changed_by_one_and_told_to_the_other(cast_on_both, analyst, tmp_path):
    cast = cast_on_both
    add_dataset(cast, analyst, write_people(tmp_path / "a.csv", n=30, n_people=10))
    one = analyst.get("/api/v1/customers?search=13900000003").json()["items"][0]
    field = next(f for f in one["fields"] if f["name"] == "手机号")
    address = f"/api/v1/customers/{one['id']}/fields/{field['id']}"
    was = {"purpose": None, "consent": "unknown"}
    body = {"purpose": "回访", "consent": "given", "was": was}
    assert analyst.put(address, json=body).json()["consent"] == "given"
    for role in (Role.MANAGER, Role.FRONT_LINE):
        assert cast.signed_in(role).put(address, json=body).status_code == 403
    told = analyst.put(address, json=body)
    assert told.status_code == 409
    said = told.json()["error"]["sentence"]
    assert (said["zh-CN"].split(" ")[0], said["en"].split(" ")[0]) == ("有人", "Somebody")


def test_own_data_is_given_as_a_zip_whose_cells_are_no_formulas(cast_on_both, analyst, tmp_path):
    import io
    import zipfile

    cast = cast_on_both
    path = tmp_path / "a.csv"
    said = "<script>{}</script>很好很好"
    rows = [f"{i},=X({i}),1390000{i:04d},{1 + i % 5},{said.format(i)}" for i in range(30)]
    path.write_text("\n".join(["编号,姓名,手机号,总体满意度,意见", *rows]) + "\n", "utf-8")
    add_dataset(cast, analyst, path)
    boss = cast.signed_in(Role.ADMINISTRATOR)
    one = boss.get("/api/v1/customers?search=13900000003").json()["items"][0]
    taken = boss.get(f"/api/v1/customers/{one['id']}/export")
    pack = zipfile.ZipFile(io.BytesIO(taken.content))
    fields = pack.read("fields.csv").decode("utf-8-sig")
    assert "13900000003" in fields
    assert "'=X(3)" in fields
    assert "<script>3</script>" in pack.read("answers-1.csv").decode("utf-8-sig")
    assert "13900000003" in pack.read("data.json").decode()
    assert analyst.get(f"/api/v1/customers/{one['id']}/export").status_code == 403


def test_whoever_reads_while_an_erasure_ends_a_version_gets_the_next(
    cast_on_both, analyst, tmp_path, monkeypatch
):
    cast, seen = cast_on_both, []
    dataset_id, _ = add_dataset(cast, analyst, write_people(tmp_path / "a.csv"))
    boss = cast.signed_in(Role.ADMINISTRATOR)
    one = boss.get("/api/v1/customers?search=C00003").json()["items"][0]
    boss.post(f"/api/v1/customers/{one['id']}/erase", json={"reason": "本人要求"})

    def read():
        seen.append(boss.get("/api/v1/customers?search=C00004").status_code)
        body = {"metrics": ["nps"]}
        seen.append(analyst.post(f"/api/v1/datasets/{dataset_id}/query", json=body).status_code)

    def published_late(*facts, **named):
        reader = threading.Thread(target=read)
        reader.start()
        time.sleep(0.5)
        publish_shrunk(*facts, **named)
        reader.join()

    monkeypatch.setattr("huiyin.app.work.erasing.publish_shrunk", published_late)
    build_worker(cast.system).run_until_idle()
    assert seen == [200, 200]


def test_whoever_reads_while_an_erasure_takes_the_files_is_answered_from_the_next_version(
    cast_on_both, analyst, tmp_path, monkeypatch
):
    cast = cast_on_both
    add_dataset(cast, analyst, write_people(tmp_path / "a.csv"))
    boss = cast.signed_in(Role.ADMINISTRATOR)
    one = boss.get("/api/v1/customers?search=C00003").json()["items"][0]
    boss.post(f"/api/v1/customers/{one['id']}/erase", json={"reason": "本人要求"})

    taken = threading.Event()
    end = erasing._Eraser.end

    def ended(*given):
        again = end(*given)
        if not again:
            taken.set()
        return again

    worker = threading.Thread(target=build_worker(cast.system).run_until_idle)

    def taken_meanwhile(*whose):
        parts = parts_of(*whose)
        if not taken.is_set():
            worker.start()
            assert taken.wait(60)
        return parts

    monkeypatch.setattr(erasing._Eraser, "end", ended)
    monkeypatch.setattr("huiyin.web.routers.customers.parts_of", taken_meanwhile)
    assert boss.get("/api/v1/customers?search=C00003").json()["items"] == []
    worker.join()
    assert len(boss.get("/api/v1/customers?search=C00004").json()["items"]) == 1


def test_an_erased_customer_is_in_no_byte_of_the_data_folder(cast_on_both, analyst, tmp_path):
    from huiyin.store.tables import AuditRow, Erasure, Upload

    cast = cast_on_both
    source = tmp_path / "source"
    source.mkdir()
    dataset_id, _ = add_dataset(cast, analyst, write_people(source / "a.csv"))
    again = upload(analyst, write_people(source / "b.csv", n=100, first=280))
    analyst.post(f"/api/v1/datasets/{dataset_id}/imports", json={"uploads": again})
    build_worker(cast.system).run_until_idle()
    boss = cast.signed_in(Role.ADMINISTRATOR)
    one = boss.get("/api/v1/customers?search=C00003").json()["items"][0]
    boss.post(f"/api/v1/customers/{one['id']}/unmask", json={"reason": "欧阳测试3来电"})
    ask(analyst, dataset_id, metrics=["nps"])
    before = len(lake_rows(cast, dataset_id))
    address = f"/api/v1/customers/{one['id']}/erase"
    assert analyst.post(address, json={"reason": "本人要求"}).status_code == 403
    assert boss.post(address, json={"reason": "本人要求"}).status_code == 200
    assert boss.get(f"/api/v1/customers/{one['id']}").status_code == 404
    for words in ("C00003", "13900000003", one["id"]):
        found = boss.get("/api/v1/customers", params={"search": words}).json()
        assert (found["total"], found["items"]) == (0, []), "gone before the rows are"
    build_worker(cast.system).run_until_idle()
    for file in source.iterdir():
        file.unlink()
    with cast.system.database.reading() as session:
        record = session.query(Erasure).one()
        assert record.finished_at
        assert record.facts["rows"] == before - len(lake_rows(cast, dataset_id)) > 0
        assert session.query(Upload).filter(Upload.deleted_at.is_(None)).count() == 0
        assert session.query(AuditRow).filter_by(noun_id=one["id"]).count() == 0
        assert one["id"] not in str([(r.before, r.after) for r in session.query(AuditRow)])
    assert counts(cast) == {"Customer": 119, "CustomerKey": 357, "CustomerField": 476}
    words = (one["id"], "13900000003", "C00003", "p3@example.com", f"{NAMES[0]}3来电")
    for path in cast.system.folders.root.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            for word in words:
                assert word.encode() not in raw, (path, word)
    shown = analyst.get(f"/api/v1/datasets/{dataset_id}").json()["version"]
    assert (shown["rows"], shown["reason"]) == (before - record.facts["rows"], "erase")
    assert ask(analyst, dataset_id, metrics=["nps"])["data"]["rows"] == shown["rows"]
    with cast.uow() as work:
        work.enqueue("rebuild_dataset", {"dataset_id": dataset_id})
    build_worker(cast.system).run_until_idle()
    assert len(lake_rows(cast, dataset_id)) == shown["rows"]
    assert counts(cast)["Customer"] == 119


def test_a_restore_erases_again_whom_the_backup_brings_back(cast_on_both, analyst, tmp_path):
    from huiyin.app.backup import backup
    from huiyin.app.restoring import restore

    cast = cast_on_both
    source = write_people(tmp_path / "a.csv", n=60, n_people=10)
    dataset_id, _ = add_dataset(cast, analyst, source)
    boss = cast.signed_in(Role.ADMINISTRATOR)
    one = boss.get("/api/v1/customers?search=C00003").json()["items"][0]
    backup(cast.system, tmp_path / "before.tar")
    boss.post(f"/api/v1/customers/{one['id']}/erase", json={"reason": "本人要求"})
    build_worker(cast.system).run_until_idle()
    restore(cast.system, tmp_path / "before.tar")
    assert len(lake_rows(cast, dataset_id)) == 60
    assert counts(cast) == {"Customer": 10, "CustomerKey": 30, "CustomerField": 36}
    build_worker(cast.system).run_until_idle()
    assert len(lake_rows(cast, dataset_id)) == 54
    assert counts(cast) == {"Customer": 9, "CustomerKey": 27, "CustomerField": 36}


def test_clients_stand_above_their_people(cast_on_both, analyst, tmp_path):
    cast = cast_on_both
    path = tmp_path / "b2b.csv"
    rows = [f"{i},C{i % 40:03d},公司{i % 40 % 4},{1 + i % 5},{i % 11}" for i in range(200)]
    head = "编号,客户编号,企业名称,总体满意度,您有多大可能向朋友推荐我们"
    path.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    dataset_id, _ = add_dataset(cast, analyst, path)
    book = analyst.get(f"/api/v1/datasets/{dataset_id}/codebook").json()
    assert {c["name"]: c["role"] for c in book["columns"]}["企业名称"] == "account"
    listed = analyst.get("/api/v1/clients").json()
    assert [(c["name"], c["customers"]) for c in listed["items"]] == [
        (f"公司{i}", 10) for i in range(4)
    ]
    one = listed["items"][1]
    page = analyst.get(f"/api/v1/clients/{one['id']}").json()
    cells = page["scores"][0]["cells"]
    theirs = ask(analyst, dataset_id, metrics=["nps"], where=["企业名称=公司1"])["cells"]
    assert cells[0]["n"] == theirs[0]["n"] == 50
    assert cells[0]["estimate"] == pytest.approx(theirs[0]["estimate"])
    assert analyst.get(f"/api/v1/customers?client_id={one['id']}").json()["total"] == 10
    change = {
        "key": "公司1",
        "name": "一号",
        "tier": "金牌",
        "renewal_on": "2027-03-01",
        "revision": 1,
    }
    assert analyst.put(f"/api/v1/clients/{one['id']}", json=change).json()["tier"] == "金牌"
    assert analyst.put(f"/api/v1/clients/{one['id']}", json=change).status_code == 409
    again = change | {"key": "公司2", "revision": 2}
    assert analyst.put(f"/api/v1/clients/{one['id']}", json=again).status_code == 422
