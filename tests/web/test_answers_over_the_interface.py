"""An app asks by itself and sends what was answered: kept once, checked like a page."""

import pytest
from respondent import open_rows

from huiyin.collect.surveys.changes import LinkKind, do_create_survey, do_open_link, do_publish
from huiyin.collect.surveys.definition import Definition
from huiyin.people.contracts import Role

NPS = {"kind": "nps", "id": "rec", "title": {"zh-CN": "您会推荐我们吗？"}, "required": True}
DEFINITION = {
    "title": {"zh-CN": "试"},
    "fields": ["shop", "order"],
    "pages": [{"id": "p1", "questions": [NPS]}],
}


class Till:
    """A program that sends answers."""

    def __init__(self, cast, kind=LinkKind.API, **more):
        self.cast, self.browser = cast, cast.browser()
        with cast.uow() as work:
            draft = Definition.model_validate(DEFINITION | more)
            self.survey = do_create_survey(work, "试", draft)
            do_publish(work, self.survey.id, self.survey.revision)
            link = do_open_link(work, self.survey.id, kind, "收银", {"shop": "一店"})
            self.address = f"/api/v1/answers/{link.code}"

    def send(self, answers, **more):
        return self.browser.post(self.address, json={"answers": answers, **more})

    def rows(self):
        return open_rows(self.cast, self.survey.dataset_id)


def test_an_answer_is_kept_once(cast_on_both):
    till = Till(cast_on_both)
    asked = till.browser.get(till.address).json()
    assert asked["open"]
    assert asked["definition"]["pages"][0]["questions"][0]["id"] == "rec"
    sent = till.send(
        {"rec": 9}, id="A1", fields={"order": "77", "shop": "别店", "x": "y"}, seconds=5
    )
    assert (sent.status_code, sent.json()["outcome"]) == (201, "kept")
    again = till.send({"rec": 2}, id="A1")
    assert (again.status_code, again.json()["outcome"]) == (200, "already")
    (row,) = till.rows()
    facts = {name: row[name] for name in ("rec", "shop", "order", "mode", "channel", "seconds")}
    assert facts == {
        "rec": "9", "shop": "一店", "order": "77",
        "mode": "api", "channel": "api", "seconds": "5.0",
    }  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        b"", b"[]", b"{}", b'{"answers": {"rec": 11}}', b'{"answers": {"x": 1}}',
        b'{"answers": {}}', b'{"answers": {"rec": 5}, "seconds": -1}',
        b'{"answers": {"rec": 5}, "seconds": NaN}', b'{"answers": {"rec": 5}, "more": 1}',
        b'{"answers": {"rec": 5}, "fields": {"shop": 1}}', b'{"answers": {"rec": 5}, "id": ""}',
        b'{"answers": {"\\ud800": 5}}', b'{"answers": {"rec": 5}, "own": {"\\ud800": "x"}}',
        b"\xff", b"[" * 100_000, b'{"answers": {"rec": "%s"}}' % (b"9" * 5_000),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(cast, body):
    till = Till(cast)
    sent = till.browser.post(till.address, content=body)
    assert sent.status_code == 422, sent.text
    assert sent.json()["error"]["sentence"]["zh-CN"]
    assert till.rows() == []


def test_signs_that_no_database_keeps_are_left_out(cast_on_both):
    pages = [{"id": "p", "questions": [{"kind": "text", "id": "why", "title": {"zh-CN": "为何"}}]}]
    till = Till(cast_on_both, pages=pages)
    body = b'{"answers": {"why": "a\\u0000b\\ud800"}, "fields": {"order": "\\u0000\\udfff1"}}'
    assert till.browser.post(till.address, content=body).status_code == 201
    (row,) = till.rows()
    assert (row["why"], row["order"]) == ("ab?", "?1")


def test_a_link_for_programs_opens_no_page_and_a_text_is_asked_for_as_one(cast):
    pages = [{"id": "p", "questions": [{"kind": "text", "id": "why", "title": {"zh-CN": "为何"}}]}]
    till = Till(cast, pages=pages)
    refused = till.send({"why": 5})
    assert refused.status_code == 422
    assert "文字" in refused.json()["error"]["sentence"]["zh-CN"]
    page = till.address.replace("/api/v1/answers/", "/s/")
    assert till.browser.get(page).status_code == 404


@pytest.mark.parametrize("nested", [True, False])
def test_a_draft_that_is_none_says_why(cast, nested):
    again = {"question": "rec", "op": "answered"}
    for _ in range(7 if nested else 0):
        again = {"no": again}
    page = {"id": "p1", "questions": [NPS], "jumps": [{"to": "p1", "when": again}]}
    if nested:
        page = {"id": "p1", "questions": [NPS | {"show_if": again}]}
    browser = cast.signed_in(Role.ANALYST)
    body = {"name": "试", "draft": DEFINITION | {"pages": [page]}}
    said = browser.post("/api/v1/surveys", json=body)
    words = "嵌套超过 6 层" if nested else "只能往后跳"
    assert (said.status_code, words in said.json()["error"]["sentence"]["zh-CN"]) == (422, True)


def test_a_full_group_and_other_links_take_nothing(cast):
    where = {"question": "rec", "op": "answered"}
    quota = {"id": "q", "name": {"zh-CN": "x"}, "where": where, "most": 1}
    till = Till(cast, quotas=[quota])
    assert till.send({"rec": 1}).status_code == 201
    assert till.send({"rec": 1}).status_code == 422
    assert len(till.rows()) == 1
    page = Till(cast, kind=LinkKind.LINK)
    assert page.send({"rec": 1}).status_code == 404
    assert page.browser.get(page.address).status_code == 404
