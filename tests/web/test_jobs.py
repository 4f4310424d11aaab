"""The list of jobs over HTTP: page by page, newest first, however many come in meanwhile."""

from __future__ import annotations

API = "/api/v1/jobs"


def enqueue(cast, n, start=0):
    with cast.uow() as work:
        return [work.enqueue("test_walk", {"n": i}, key=f"walk:{i}") for i in range(start, n)]


def test_each_page_says_where_the_next_begins(cast, analyst):
    mine = set(enqueue(cast, 7))
    first = analyst.get(API, params={"limit": 3}).json()
    assert len(first["items"]) == 3
    assert first["total"] >= 7
    enqueue(cast, 9, start=7)
    seen, following = [one["id"] for one in first["items"]], first["next"]
    while following:
        page = analyst.get(API, params={"limit": 3, "cursor": following}).json()
        seen += [one["id"] for one in page["items"]]
        following = page["next"]
    assert len(seen) == len(set(seen))
    assert mine <= set(seen)
    assert len(seen) == first["total"]


def test_a_cursor_that_no_page_gave_is_refused_in_a_sentence(analyst):
    for cursor in ("7", "2026-99-99~x", ""):
        answer = analyst.get(API, params={"cursor": cursor})
        assert answer.status_code == 422, cursor
        assert "next" in answer.json()["error"]["sentence"]["en"]
