"""What the staff pages of questionnaires ask: findings, a preview, files, templates, counts."""

from datetime import UTC, datetime

import pytest
from importing import ask
from respondent import NPS, PAGE, Respondent

from huiyin.app.wiring import build_worker
from huiyin.app.work.sweeping import order_syncs
from huiyin.collect.surveys.changes import LinkKind, do_open_link
from huiyin.collect.surveys.counting import first_id
from huiyin.core.ids import new_id
from huiyin.people.contracts import Role

LAST = {"id": "p2", "questions": [{"kind": "text", "id": "more", "title": {"zh-CN": "还有吗？"}}]}
DRAFT = {"title": {"zh-CN": "试"}, "pages": [PAGE, LAST]}


def test_a_draft_is_looked_over_in_sentences(analyst):
    never = {"question": "rec", "op": "at_least", "value": 11}
    impossible = LAST["questions"][0] | {"show_if": never}
    quota = {
        "id": "low",
        "name": {"zh-CN": "差评"},
        "where": PAGE["questions"][1]["show_if"],
        "most": 5,
    }
    pages = [PAGE | {"jumps": [{"end": "complete"}]}, LAST | {"questions": [impossible]}]
    said = analyst.post(
        "/api/v1/surveys/review", json={"draft": DRAFT | {"pages": pages, "quotas": [quota]}}
    ).json()
    assert {one["question"] for one in said["findings"] if one["severity"] == "error"} >= {"more"}
    assert "0–6" in said["sentences"]["questions"]["why"]["zh-CN"]
    assert said["sentences"]["pages"]["p1"]["jumps"]
    assert "5" in said["sentences"]["quotas"]["low"]["en"]
    assert said["minutes"]["longest"] > 0
    refused = analyst.post("/api/v1/surveys/review", json={"draft": {"pages": []}})
    assert refused.status_code == 422
    assert refused.json()["error"]["code"] == "survey"


def test_a_preview_goes_the_way_of_the_answers_and_keeps_nothing(analyst):
    def look(**more):
        return analyst.post("/api/v1/surveys/preview", json={"draft": DRAFT, **more}).json()

    first = look()
    assert first["page"] == "p1"
    assert "您会推荐我们吗" in first["html"]
    form = {"page": ["p1"], "seen": ["rec"], "rec": ["9"], "go": ["on"]}
    second = look(form=form, answers=first["answers"])
    assert (second["page"], second["answers"]) == ("p2", {"rec": 9})
    more = look(form=form | {"rec": ["3"]})
    assert "还有几道题" in more["html"]
    last = look(form={"page": ["p2"], "seen": ["more"], "more": ["好"]}, answers=second["answers"])
    assert last["page"] is None
    assert "谢谢" in last["html"]
    assert look(answers={"rec": "nonsense", "gone": 1})["answers"] == {}


def test_a_template_becomes_a_draft(analyst):
    listed = analyst.get("/api/v1/survey-templates").json()["items"]
    one = next(one for one in listed if one["competitor"])
    address = f"/api/v1/survey-templates/{one['id']}"
    plain, rival = (
        analyst.get(address, params={"competitor": c}).json() for c in ("false", "true")
    )
    assert len(rival["pages"]) > len(plain["pages"])
    made = analyst.post(address, json={"name": "从模板来", "competitor": True})
    assert made.status_code == 201
    assert made.json()["draft"]["pages"] == rival["pages"]
    assert made.json()["template"] == one["id"]
    assert analyst.post("/api/v1/survey-templates/none", json={"name": "x"}).status_code == 422


def test_a_file_goes_out_and_comes_back_the_same(analyst):
    made = analyst.post("/api/v1/surveys", json={"name": "门店", "draft": DRAFT}).json()
    address = f"/api/v1/surveys/{made['id']}"
    out = analyst.get(f"{address}/export", params={"format": "json"})
    back = analyst.post("/api/v1/surveys/read", files={"file": ("门店.json", out.content)}).json()
    assert back == {"draft": made["draft"], "left": []}
    losses = analyst.get(f"{address}/exports").json()["items"]
    assert {one["format"]: bool(one["left"]) for one in losses} == {
        "json": False, "qsf": False, "lss": False, "txt": True,
    }  # fmt: skip
    text = "1. 您满意吗？[单选题]\n○满意\n○不满意\n".encode()
    read = analyst.post("/api/v1/surveys/read", files={"file": ("问卷.txt", text)})
    assert read.json()["draft"]["pages"]
    bad = analyst.post("/api/v1/surveys/read", files={"file": ("x.json", b"{")})
    assert bad.status_code == 422


def test_what_a_draft_changes_is_said(analyst):
    made = analyst.post("/api/v1/surveys", json={"name": "门店", "draft": DRAFT}).json()
    address = f"/api/v1/surveys/{made['id']}"
    assert analyst.get(f"{address}/changes").json()["items"] == []
    out = analyst.post(f"{address}/publish", json={"revision": made["revision"]}).json()
    draft = DRAFT | {"pages": [PAGE]}
    analyst.put(address, json={"name": "门店", "draft": draft, "revision": out["revision"]})
    (change,) = analyst.get(f"{address}/changes").json()["items"]
    assert (change["kind"], change["question"]) == ("removed", "more")
    assert analyst.get(f"{address}/changes", params={"version": 1}).json()["items"] == []
    for thanks in ("谢谢", "多谢"):
        draft |= {"thanks": {"zh-CN": thanks}}
        now = analyst.get(address).json()["revision"]
        saved = analyst.put(address, json={"name": "门店", "draft": draft, "revision": now}).json()
        analyst.post(f"{address}/publish", json={"revision": saved["revision"]})
    said = {}
    for since in (1, 2):
        items = analyst.get(f"{address}/changes", params={"version": 3, "since": since}).json()
        said[since] = [one["sentence"]["zh-CN"] for one in items["items"]]
    assert said[2] == ["感谢语由“谢谢”改成了“多谢”。"]
    assert said[1][0].startswith("删掉了")
    assert said[1][1:] == ["加了感谢语：“多谢”。"]


def test_answers_are_counted_by_day_and_channel(cast, analyst):
    guest = Respondent(cast, {"id": "p1", "questions": [NPS]})
    address = f"/api/v1/surveys/{guest.survey.id}/results"
    assert analyst.get(address).json()["n"] == 0
    for _ in range(11):
        guest.open("?again=1")
        guest.send(rec="9")
    before = analyst.get(address).json()
    assert (before["n"], before["n_waiting"], before["counted_at"]) == (11, 11, None)
    assert before["measure"] == "nps:rec"
    order_syncs(cast.system)
    build_worker(cast.system).run_until_idle()
    after = analyst.get(address).json()
    assert (after["n"], after["n_waiting"]) == (11, 0)
    assert sum(day["n"] for day in after["days"]) == 11
    assert after["counted_at"]
    assert after["measures"] == ["nps:rec"]
    assert after["channels"] == [{"channel": "qr", "n": 11}]
    (row,) = analyst.get("/api/v1/survey-counts").json()["items"]
    assert (row["id"], row["n"], len(row["days"])) == (guest.survey.id, 11, 7)
    fresh = analyst.post("/api/v1/surveys", json={"name": "新", "draft": DRAFT}).json()
    assert analyst.get(f"/api/v1/surveys/{fresh['id']}/results").json()["days"] == []


def test_a_question_that_nobody_has_answered_yet_stops_no_report(cast, analyst):
    aspects = [
        NPS | {"kind": "csat", "id": one, "role": "aspect", "aspect": one, "required": False}
        for one in ("service", "price")
    ]
    guest = Respondent(cast, {"id": "p1", "questions": [NPS, *aspects]})
    for k in range(12):
        guest.open("?again=1")
        guest.send(rec=str(k % 11), service=str(1 + k % 5))
    order_syncs(cast.system)
    build_worker(cast.system).run_until_idle()
    drivers = f"/api/v1/datasets/{guest.survey.dataset_id}/drivers"
    answer = analyst.post(drivers, json={"target": "rec", "drivers": ["service", "price"]})
    assert answer.status_code == 200, answer.text
    nobody = ask(analyst, guest.survey.dataset_id, metrics=["score:price"])["cells"][0]
    assert (nobody["n"], nobody["not_estimable"]) == (0, "no_answers")


@pytest.fixture
def two_channels(cast):
    """30 answers by a code, 4 by a link; 34 together."""
    guest = Respondent(cast, {"id": "p1", "questions": [NPS]})
    with cast.uow() as uow:
        link = do_open_link(uow, guest.survey.id, LinkKind.LINK, "公开链接")
        ways = [guest.address] * 30 + [f"/s/{link.code}"] * 4
    for guest.address in ways:
        guest.open("?again=1")
        guest.send(rec="9")
    order_syncs(cast.system)
    build_worker(cast.system).run_until_idle()
    return guest.survey.id


def test_a_small_channel_cannot_be_found_by_subtraction(cast, two_channels):
    viewer = cast.signed_in(Role.VIEWER)
    found = viewer.get(f"/api/v1/surveys/{two_channels}/results").json()
    assert found["n"] == 34
    assert found["channels"] == [{"channel": "qr", "n": None}, {"channel": "link", "n": None}]
    analyst = cast.signed_in(Role.ANALYST)
    cast.show_small_groups()
    found = analyst.get(f"/api/v1/surveys/{two_channels}/results").json()
    assert [one["n"] for one in found["channels"]] == [30, 4]


@pytest.mark.parametrize(("channel", "n"), [("qr", 30), ("link", None)])
def test_who_is_held_back_gets_the_number_of_their_own_answers(cast, two_channels, channel, n):
    keeper = cast.signed_in(Role.ADMINISTRATOR)
    keeper.put("/api/v1/settings/share_scores_with_everyone", json={"value": False, "revision": 0})
    held = cast.signed_in(Role.VIEWER, "held")
    rule = {"column": "channel", "values": [channel], "staff_id": held.staff.id}
    assert keeper.post("/api/v1/row-rules", json=rule).status_code == 201
    found = held.get(f"/api/v1/surveys/{two_channels}/results").json()
    assert (found["n"], found["n_waiting"], found["days"]) == (n, None, [])
    assert found["channels"] == [{"channel": channel, "n": n}]
    (row,) = held.get("/api/v1/survey-counts").json()["items"]
    assert (row["n"], row["days"]) == (n, [])
    (row,) = keeper.get("/api/v1/survey-counts").json()["items"]
    assert row["n"] == 34


def test_ids_sort_by_the_moment_they_were_made():
    before = first_id(datetime.now(UTC))
    assert before <= new_id() < first_id(datetime(2100, 1, 1, tzinfo=UTC))
