"""An answer that is held or kept is for those who may see it now, and for nobody else."""

from datetime import timedelta

import pytest
from importing import add_dataset

from huiyin.app.wiring import build_worker
from huiyin.app.work.shrinking import empty_results
from huiyin.people.contracts import Role
from huiyin.people.sessions import do_close_all_sessions
from huiyin.store.tables import Staff


@pytest.fixture
def shops(cast_on_both, tmp_path):
    """A dataset of three shops, its report made for whoever sees all rows; nobody is cast twice."""
    cast = cast_on_both
    root = cast.signed_in(Role.ADMINISTRATOR, "root")
    cast.show_small_groups()
    rows = "\n".join(
        f"{i},{1 + i % 5},店{i % 3},店{i % 3}的排队实在太久了希望改进第{i}次说" for i in range(150)
    )
    path = tmp_path / "门店.csv"
    path.write_text(f"编号,总体满意度,门店,意见\n{rows}\n", "utf-8")
    dataset_id, _ = add_dataset(cast, root, path)
    address = f"/api/v1/datasets/{dataset_id}/report/json"
    assert root.get(address).status_code == 202
    build_worker(cast.system).run_until_idle()
    return cast, root, address


def test_a_report_is_sent_packed_and_only_to_those_who_do_not_have_it(shops):
    _cast, root, address = shops
    first = root.get(address)
    assert first.headers["content-encoding"] == "gzip"
    assert "店1的排队" in first.text
    again = root.get(address, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    plain = root.get(address, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.text == first.text
    assert root.get(address, headers={"if-none-match": '"of another"'}).status_code == 200
    assert first.headers["cache-control"] == "private, no-cache"
    page = root.get(address.replace("json", "html"))
    assert "sandbox" in page.headers["content-security-policy"]


def test_who_is_held_to_some_rows_gets_no_bytes_of_the_others_any_more(shops):
    cast, root, address = shops
    ana = cast.signed_in(Role.ANALYST, "ana")
    tag = ana.get(address).headers["etag"]
    rule = {"column": "门店", "values": ["店1"], "staff_id": ana.staff.id}
    assert root.post("/api/v1/row-rules", json=rule).status_code == 201
    for headers in ({}, {"if-none-match": tag}):
        answer = ana.get(address, headers=headers)
        assert answer.status_code == 202
        assert "的排队" not in answer.text
    build_worker(cast.system).run_until_idle()
    theirs = ana.get(address, headers={"if-none-match": tag})
    assert theirs.status_code == 200
    assert "店1的排队" in theirs.text
    assert "店2的排队" not in theirs.text


def test_a_role_taken_away_counts_with_the_next_request(shops):
    cast, _root, address = shops
    ana = cast.signed_in(Role.ANALYST, "ana")
    assert "的排队" in ana.get(address).text
    with cast.uow() as work:
        work.session.get(Staff, ana.staff.id).role = Role.VIEWER.value
    assert ana.get(address).status_code == 202
    with cast.uow() as work:
        work.session.get(Staff, ana.staff.id).disabled_at = work.now
    assert ana.get(address).status_code == 401
    assert ana.get("/api/v1/datasets").status_code == 401


def test_signed_out_everywhere_is_signed_out_at_once(shops):
    cast, root, address = shops
    assert root.get(address).status_code == 200
    with cast.uow() as work:
        do_close_all_sessions(work, root.staff.id)
    assert root.get(address).status_code == 401


def test_a_session_ends_by_the_clock_though_nothing_was_written(shops):
    cast, root, address = shops
    assert root.get(address).status_code == 200
    start = cast.system.clock()
    object.__setattr__(cast.system, "clock", lambda: start + timedelta(minutes=721))
    assert root.get(address).status_code == 401


def test_what_an_erasure_deleted_is_not_sent_from_memory(shops):
    cast, root, address = shops
    tag = root.get(address).headers["etag"]
    empty_results(cast.system)
    for headers in ({}, {"if-none-match": tag}):
        answer = root.get(address, headers=headers)
        assert answer.status_code == 202
        assert "的排队" not in answer.text


def test_the_list_of_datasets_is_that_of_now(shops):
    _cast, root, address = shops
    (one,) = root.get("/api/v1/datasets").json()["items"]
    assert one == {k: v for k, v in root.get(f"/api/v1/datasets/{one['id']}").json().items()
                   if k in one}  # fmt: skip
    body = {"revision": one["revision"], "name": "新名字"}
    assert root.patch(f"/api/v1/datasets/{one['id']}", json=body).status_code == 200
    assert [row["name"] for row in root.get("/api/v1/datasets").json()["items"]] == ["新名字"]
    report = root.get(address.replace("json", "xlsx"))
    assert report.status_code == 202


def test_a_new_version_is_seen_at_once(shops):
    cast, root, address = shops
    place = address.removesuffix("/json")
    before = root.get(place).json()
    dataset_id = before["dataset_id"]
    book = root.get(f"/api/v1/datasets/{dataset_id}/codebook").json()
    text = book["text"].replace("label: 总体满意度", "label: 总满意", 1)
    assert text != book["text"]
    body = {"version": book["version"], "text": text}
    assert root.put(f"/api/v1/datasets/{dataset_id}/codebook", json=body).status_code == 200
    build_worker(cast.system).run_until_idle()
    assert root.get(place).json()["version"] > before["version"]
    assert root.get(f"{place}?version={before['version']}").json()["version"] == before["version"]
