"""A link that can be forwarded shows what was frozen, and only that."""

from datetime import timedelta

import pytest
from fastapi.responses import PlainTextResponse

from huiyin.people.contracts import LinkExpiredError, Role, RowCondition, RowRule
from huiyin.people.share_links import Frozen, fetch_share_link, shared_view

WORD = "长安街1号"


class Notes:
    """A kind for tests: shows its own payload and rule."""

    name = "notes"

    def freeze(self, _session, _person, _dataset_id, payload):
        rule = RowRule((RowCondition("地区", ("华东",)),))
        return Frozen(self.name, None, 7, payload, rule)

    def show(self, _system, view, part):
        if part is not None:
            return PlainTextResponse(part)
        return {"payload": view.frozen.payload, "rule": view.frozen.row_rule.conditions[0].column}


@pytest.fixture
def sharer(cast):
    cast.app.state.shared["notes"] = Notes()
    return cast.signed_in(Role.MANAGER, "bob", name="Bob")


def make(sharer, **facts):
    body = {"kind": "notes", "payload": {"purpose": "general"}, "days": 3, **facts}
    answer = sharer.post("/api/v1/share-links", json=body)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    return made, "/api/v1/shared/" + made["link"].rsplit("/", 1)[1]


def test_anybody_who_holds_it_sees_what_was_frozen(cast, sharer):
    _, address = make(sharer)
    anybody = cast.browser()
    assert anybody.get(address).json()["needs_password"] is False
    opened = anybody.post(address, json={}).json()
    assert opened["content"] == {"payload": {"purpose": "general"}, "rule": "地区"}
    assert opened["version"] == 7
    assert opened["by"] == "Bob"
    assert opened["watermark"].startswith("Bob 2")
    assert anybody.post(address + "/xlsx", json={}).text == "xlsx"
    listed = sharer.get("/api/v1/share-links")
    assert listed.json()["items"][0]["n_opened"] == 2
    assert address.rsplit("/", 1)[1] not in listed.text


def test_a_password_is_asked_for_and_guessing_is_throttled(cast, sharer):
    _, address = make(sharer, password=WORD, watermark="仅供内部")
    anybody = cast.browser()
    assert anybody.get(address).json()["needs_password"] is True
    assert anybody.post(address, json={}).status_code == 401
    assert anybody.post(address, json={"password": WORD}).json()["watermark"] == "仅供内部"
    codes = [anybody.post(address, json={"password": f"{n}"}).status_code for n in range(7)]
    assert codes == [401] * 6 + [429]


def test_it_ends_when_voided_when_old_and_when_its_maker_is_shut_out(cast, sharer):
    made, address = make(sharer)
    assert sharer.delete(f"/api/v1/share-links/{made['id']}").status_code == 200
    assert cast.browser().post(address, json={}).status_code == 410

    _, address = make(sharer)
    secret = address.rsplit("/", 1)[1]
    with cast.database.reading() as session:
        row, maker = fetch_share_link(session, secret, cast.system.clock())
        assert shared_view(row, maker).minimum_n == 10
        with pytest.raises(LinkExpiredError):
            fetch_share_link(session, secret, row.expires_at)
        fetch_share_link(session, secret, row.expires_at - timedelta(seconds=1))

    root = cast.signed_in(Role.ADMINISTRATOR)
    bob = root.get(f"/api/v1/staff/{sharer.staff.id}").json()
    root.post(f"/api/v1/staff/{bob['id']}/disable", json={"revision": bob["revision"]})
    assert cast.browser().post(address, json={}).status_code == 410


def test_only_its_maker_or_a_keeper_voids_it_and_only_sharers_make_one(cast, sharer):
    made, _ = make(sharer)
    other = cast.signed_in(Role.MANAGER, "eve")
    assert other.delete(f"/api/v1/share-links/{made['id']}").status_code == 404
    assert other.get("/api/v1/share-links").json()["total"] == 0
    root = cast.signed_in(Role.ADMINISTRATOR)
    assert root.get("/api/v1/share-links").json()["total"] == 1
    assert root.delete(f"/api/v1/share-links/{made['id']}").status_code == 200
    viewer = cast.signed_in(Role.VIEWER)
    assert viewer.post("/api/v1/share-links", json={"kind": "notes"}).status_code == 403


@pytest.mark.parametrize(
    "facts",
    [{"days": 0}, {"days": 400}, {"password": "abc"}, {"watermark": "x" * 81}, {"kind": "none"}],
)
def test_what_does_not_fit_is_refused(sharer, facts):
    body = {"kind": "notes", "days": 3, **facts}
    assert sharer.post("/api/v1/share-links", json=body).status_code == 422


def test_an_unknown_link_says_so(cast):
    answer = cast.browser().post("/api/v1/shared/unknown", json={})
    assert answer.status_code == 410
    assert "链接" in answer.json()["error"]["sentence"]["zh-CN"]
