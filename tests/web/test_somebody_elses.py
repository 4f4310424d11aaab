"""What is somebody else's is refused as such where it is seen, and not found where it is not."""

import pytest
from connected import token_of
from importing import add_dataset

from huiyin.people.contracts import Role

API = "/api/v1"
BOARD = {"name": {"zh-CN": "板"}, "tiles": [{"id": "a", "kind": "text", "text": {"zh-CN": "看"}}]}


@pytest.fixture
def manager(cast):
    return cast.signed_in(Role.MANAGER, "owner")


def made_board(owner, *, shared):
    """A board with a comment, both its owner's."""
    board = owner.post(f"{API}/boards", json={"definition": BOARD}).json()
    place = f"{API}/boards/{board['id']}"
    body = {"revision": 1, "definition": board["definition"], "shared": shared}
    assert owner.put(place, json=body).status_code == 200
    said = owner.post(f"{place}/comments", json={"tile": "a", "words": "看这里"}).json()
    return f"{place}/comments/{said['id']}"


def made_view(owner, dataset_id, *, shared):
    view = {"dataset": dataset_id, "query": {"metrics": ["nps"]}}
    made = owner.post(f"{API}/views", json={"name": "图", "view": view, "shared": shared}).json()
    return f"{API}/views/{made['id']}?revision=1"


def made_groups(owner, dataset_id):
    groups = [{"name": "东部", "values": ["东"]}]
    body = {"name": "片区", "definition": {"kind": "groups", "column": "区域", "groups": groups}}
    made = owner.post(f"{API}/datasets/{dataset_id}/made", json=body)
    assert made.status_code == 201, made.text
    return f"{API}/datasets/{dataset_id}/made/片区?version=1"


def told(answer):
    error = answer.json()["error"]
    return answer.status_code, error["code"], error["sentence"]["zh-CN"]


@pytest.fixture
def regions(cast, tmp_path):
    rows = "\n".join(f"{i},{i % 11},{'东西'[i % 2]}" for i in range(40))
    path = tmp_path / "区域.csv"
    path.write_text(f"编号,您有多大可能推荐我们,区域\n{rows}\n", "utf-8")
    return add_dataset(cast, cast.signed_in(Role.ADMINISTRATOR, "root"), path)[0]


def test_what_others_share_is_refused_as_theirs(cast, manager, regions):
    places = [
        made_board(manager, shared=True),
        made_view(manager, regions, shared=True),
        made_groups(manager, regions),
    ]
    other = cast.signed_in(Role.MANAGER, "other")
    for place in places:
        status, code, sentence = told(other.delete(place))
        assert (status, code) == (403, "not_yours"), place
        assert "owner" in sentence
    board = f"{places[0].rpartition('/comments/')[0]}?revision=2"
    assert told(other.delete(board))[:2] == (403, "not_yours")
    assert "owner" in told(other.delete(board))[2]
    assert all(manager.delete(place).status_code == 200 for place in [*places, board])


def test_what_others_keep_for_themselves_is_not_there(cast, manager, regions):
    places = [made_board(manager, shared=False), made_view(manager, regions, shared=False)]
    for role in Role:
        other = cast.signed_in(role, f"other-{role}")
        assert [told(other.delete(place))[0] for place in places] == [404, 404]


def test_a_token_that_sees_scores_keeps_and_changes_nothing(cast, manager, regions):
    """What it may do is its scope, whatever belongs to its owner."""
    said, view = made_board(manager, shared=False), made_view(manager, regions, shared=False)
    board = said.rpartition("/comments/")[0]
    for scope, expected in ((("see_scores",), 403), (("see_scores", "keep_boards"), 200)):
        secret = token_of(manager, *scope)
        client = cast.browser(headers={"authorization": f"Bearer {secret}"})
        assert client.get(board).status_code == 200
        body = {"revision": 1, "definition": BOARD}
        calls = [client.put(board, json=body), client.delete(said), client.delete(view)]
        calls.append(client.delete(f"{board}?revision=1"))
        assert [one.status_code for one in calls] == [expected] * 4
        added = client.post(f"{API}/boards", json={"definition": BOARD})
        assert added.status_code == {403: 403, 200: 201}[expected]
        assert client.post(f"{API}/home/visit").status_code == 403  # nobody was here


def test_groups_of_a_dataset_that_is_not_there(manager):
    answer = manager.delete(f"{API}/datasets/none/made/片区?version=1")
    assert told(answer) == (404, "not_found", "找不到数据集“none”。")


def test_a_field_of_another_kind_is_refused_with_the_reason(manager):
    event = {"kind": "other", "title": "停电", "since": "昨天"}
    assert "body.since（要是日期" in told(manager.post(f"{API}/calendar", json=event))[2]
    view = {"dataset": "none", "query": {"metrics": "nps"}}
    said = told(manager.post(f"{API}/views/answer", json={"view": view}))[2]
    assert "body.view.query.metrics（要是列表）" in said
