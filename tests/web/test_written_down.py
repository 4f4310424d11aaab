"""What is made, changed and removed for explore, boards and the calendar is in the audit log."""

from __future__ import annotations

from sqlalchemy import select

from huiyin.people.contracts import Role
from huiyin.store.tables import AuditRow

QUERY = {"metrics": ["score:总体满意度"]}
TILE = {"id": "a", "kind": "text", "text": {"en": "one"}}
SIDES = ["华东", "华南"]


def board(name, **more):
    return {"definition": {"name": {"zh-CN": name, "en": name}, "tiles": [TILE]}, **more}


def view(dataset_id, name, **more):
    return {"name": name, "view": {"dataset": dataset_id, "query": QUERY}, **more}


def groups(side, **more):
    sides = [{"name": side, "values": SIDES}]
    return {"definition": {"kind": "groups", "column": "大区", "groups": sides}, **more}


def event(title, **more):
    return {"kind": "release", "title": title, "since": "2025-02-01", **more}


def target(value, dataset_id, **more):
    day = {"valid_from": "2025-01-01"}
    return {"metric": QUERY["metrics"][0], "value": value, "dataset_id": dataset_id, **day, **more}


def walked(browser, path, first, second, made_id):
    """Add, change and remove one."""
    made = browser.post(path, json=first)
    assert made.status_code == 201, made.text
    place = f"{path}/{made_id(made.json())}"
    changed = browser.put(place, json=second)
    assert changed.status_code == 200, changed.text
    state = {"revision": 2} if "revision" in second else {"version": 2}
    removed = browser.delete(place, params=state)
    assert removed.json() == {"removed": True}, removed.text


def test_every_change_is_in_the_audit_log(cast, analyst, dataset_id):
    of_id, api = (lambda made: made["id"]), "/api/v1"
    made = f"{api}/datasets/{dataset_id}/made"
    again, later = {"revision": 1}, {"version": 1}
    walked(analyst, f"{api}/boards", board("一"), board("二", **again), of_id)
    walked(analyst, f"{api}/views", view(dataset_id, "一"), view(dataset_id, "二", **again), of_id)
    walked(analyst, made, groups("甲", name="分组"), groups("乙", **later), lambda one: one["name"])
    walked(analyst, f"{api}/calendar", event("一"), event("二", **again), of_id)
    first, second = target(70, dataset_id), target(80, dataset_id, **again)
    walked(analyst, f"{api}/targets", first, second, of_id)
    with cast.database.reading() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.actor_id == analyst.staff.id)).all()
    found = {(row.noun, row.action): row for row in rows}
    for noun in ("board", "view", "made", "event", "target"):
        removed = found.get((noun, "remove"))
        assert removed is not None, (noun, sorted(found))
        assert removed.before, noun
        assert {kind for of, kind in found if of == noun} > {"remove"}, noun


def test_a_change_that_changes_nothing_is_not_written_down(cast, analyst, dataset_id):
    root = cast.signed_in(Role.ADMINISTRATOR)
    one = {"key": "k1", "name": "公司"}
    person = {"login": "li", "name": "李", "role": "viewer", "email": "li@example.com"}
    for browser, path, body in (
        (analyst, "boards", board("一")),
        (analyst, "views", view(dataset_id, "一")),
        (analyst, "calendar", event("一")),
        (analyst, "targets", target(70, dataset_id)),
        (analyst, "clients", one),
        (root, "staff", person),
    ):
        made = browser.post(f"/api/v1/{path}", json=body)
        assert made.status_code == 201, made.text
        given = made.json().get("staff", made.json())
        again = body | {"revision": given["revision"]}
        same = browser.put(f"/api/v1/{path}/{given['id']}", json=again)
        assert same.status_code == 200, same.text
        assert same.json()["revision"] == given["revision"], path
    with cast.database.reading() as session:
        rows = session.scalars(select(AuditRow.noun).where(AuditRow.action == "change")).all()
    assert rows == []
