"""A respondent opens a link, answers, and is thanked; the answer is in the store exactly once."""

import gzip
import json
import re
from dataclasses import replace
from datetime import timedelta

import pytest
from importing import ask
from respondent import NPS, PAGE, WHY, Respondent, asked_again
from sqlalchemy import select

from huiyin.app.wiring import build_worker
from huiyin.app.work.sweeping import order_syncs
from huiyin.collect.surveys.contracts import MOST_OPTIONS
from huiyin.core.clock import system_clock
from huiyin.people.contracts import Role
from huiyin.store.database import Database
from huiyin.store.tables import AnswerDraft, QuotaPlaces, Submission

LAST = {"id": "p2", "questions": [{"kind": "text", "id": "more", "title": {"zh-CN": "还有吗？"}}]}

RANKED = {
    "kind": "ranking", "id": "top", "title": {"zh-CN": "排序"}, "required": True,
    "options": [{"code": code, "label": {"zh-CN": code}} for code in "ab"],
}  # fmt: skip


def test_an_answer_is_kept_once_however_often_it_is_sent(cast):
    guest = Respondent(cast, link={"fields": {"shop": "一店"}}, fields=["shop"])
    assert "您会推荐我们吗" in guest.open().text
    token = guest.field("token")
    assert "谢谢" in guest.send(rec="9").text
    (row,) = guest.rows()
    assert (row["rec"], row["shop"], row["channel"], row["finished"]) == ("9", "一店", "qr", "yes")
    form = {"token": asked_again(cast.system.key, token), "page": "p1", "rec": "3"}
    repeated = guest.browser.post(guest.address, data=form | {"why": "x", "seen": "rec,why"})
    assert "谢谢" in repeated.text
    assert len(guest.rows()) == 1


def test_a_score_of_thousands_of_digits_is_no_score(cast):
    guest = Respondent(cast, {"id": "p1", "questions": [NPS, RANKED]})
    assert guest.open(f"?rec={'9' * 5_000}").status_code == 200
    page = guest.send(rec="9" * 5_000, **{"top.place.a": "1" * 5_000})
    assert (page.status_code, page.text.count('aria-invalid="true"')) == (200, 2)
    assert guest.rows() == []


def test_opening_a_page_keeps_nothing(cast):
    guest = Respondent(cast)
    guest.open("?rec=9")
    assert re.search(r'value="9" checked', guest.page.text)
    assert guest.rows() == []


def test_what_an_answer_leads_to_is_asked_before_it_is_taken(cast):
    guest = Respondent(cast)
    guest.open()
    page = guest.send(rec="3")
    assert "还有几道题" in page.text
    assert guest.rows() == []
    page = guest.send(rec="3", why=" ")
    assert "必答" in page.text
    assert 'aria-invalid="true"' in page.text
    guest.send(rec="3", why="太慢")
    assert guest.rows()[0]["why"] == "太慢"


def test_pages_go_forth_and_back_and_on_again_later(cast):
    guest = Respondent(cast, PAGE, LAST)
    guest.open()
    assert "还有吗" in guest.send(rec="9").text
    assert "您会推荐我们吗" in guest.send(go="back", more="好").text
    assert re.search(r'value="9" checked', guest.page.text)
    assert "还有吗" in guest.send(rec="10").text
    assert "接着上次继续" in guest.open().text
    assert guest.rows() == []
    guest.send(more="没有了")
    (row,) = guest.rows()
    assert (row["rec"], row["more"]) == ("10", "没有了")
    with cast.database.reading() as session:
        assert session.scalar(select(AnswerDraft)) is None
    assert "已经答过" in guest.open().text
    assert "您会推荐我们吗" in guest.open("?again=1").text


def test_who_goes_on_later_in_another_language_reads_that_one(cast):
    two = {"zh-CN": "还有吗？", "en": "Anything else?"}
    last = {"id": "p2", "questions": [{"kind": "text", "id": "more", "title": two}]}
    guest = Respondent(cast, PAGE, last, languages=["zh-CN", "en"])
    guest.open("?lang=zh-CN")
    assert "还有吗" in guest.send(rec="9").text
    assert "Anything else?" in guest.open("?lang=en").text
    assert "Back" in guest.page.text
    assert "还有吗" in guest.open("?lang=xx").text
    guest.open("?lang=en")
    guest.send(more="no")
    assert (guest.rows()[0]["rec"], guest.rows()[0]["language"]) == ("9", "en")


@pytest.mark.parametrize("kind", ["single", "multiple"])
def test_a_list_as_long_as_there_may_be_is_answered_without_scripts(cast, kind):
    options = [{"code": f"c{k}", "label": {"zh-CN": f"国家{k}"}} for k in range(MOST_OPTIONS)]
    long = {"kind": kind, "id": "land", "title": {"zh-CN": "哪里？"}, "options": options}
    guest = Respondent(cast, {"id": "p1", "questions": [long]})
    page = guest.open()
    assert len(gzip.compress(page.content)) < 20_000
    drawn = '<select id="land-in"' if kind == "single" else '<div class="options scrolled">'
    assert drawn in page.text
    assert "谢谢" in guest.send(land="c248").text
    assert "c248" in str(guest.rows()[0])


def test_a_draft_cannot_be_read_in_the_store(cast):
    guest = Respondent(cast, PAGE, LAST)
    guest.open()
    for _ in range(2):
        guest.send(rec="2", why="机密的话")
    with cast.database.reading() as session:
        draft = session.scalar(select(AnswerDraft))
        assert draft.page == "p2"
        assert "机密" not in draft.sealed


def test_a_quota_takes_as_many_as_it_has_places(cast):
    quota = {"id": "q", "name": {"zh-CN": "x"}, "where": NPS_GIVEN, "most": 2}
    guest = Respondent(cast, quotas=[quota], link={"options": {"repeat": True}})
    for _ in range(3):
        guest.open()
        guest.send(rec="9")
    assert "名额已经满了" in guest.page.text
    assert len(guest.rows()) == 2
    with cast.database.reading() as session:
        assert session.get(QuotaPlaces, (guest.survey.id, "q")).taken == 2


NPS_GIVEN = {"question": "rec", "op": "answered"}
UNHAPPY = {"question": "rec", "op": "at_most", "value": 6}


def test_who_belongs_to_a_full_group_hears_it_before_the_other_pages(cast):
    words = {"zh-CN": "这一组已经收满。"}
    quota = {"id": "q", "name": words, "where": UNHAPPY, "most": 1, "words": words}
    free = {"id": "p1", "questions": [NPS]}
    guest = Respondent(cast, free, LAST, quotas=[quota], link={"options": {"repeat": True}})
    for rec in ("3", "4", "9"):
        guest.open("?again=1")
        page = guest.send(rec=rec).text
        assert ("这一组已经收满" in page) is (rec == "4")
        assert ("还有吗" in page) is (rec != "4")
        if rec == "3":
            guest.send(more="没有")
    assert len(guest.rows()) == 1
    with cast.database.reading() as session:
        assert len(list(session.scalars(select(AnswerDraft)))) == 1


def test_who_finishes_as_usual_beyond_a_quota_is_led_on_as_usual(cast):
    quota = {"id": "q", "name": {"zh-CN": "x"}, "where": NPS_GIVEN, "most": 0, "full": "complete"}
    guest = Respondent(cast, quotas=[quota], redirect="https://example.com/done")
    guest.open()
    page = guest.send(rec="9")
    assert page.headers["refresh"] == "3;url=https://example.com/done"
    assert 'href="https://example.com/done">example.com</a>' in page.text
    assert guest.rows() == []


@pytest.mark.parametrize("token", ["", "x", "AAAA" * 30])
def test_a_page_without_our_mark_is_asked_again_with_its_answers(cast, token):
    guest = Respondent(cast)
    sent = guest.browser.post(
        guest.address, data={"token": token, "page": "p1", "seen": "rec", "rec": "9"}
    )
    assert sent.status_code == 409
    assert re.search(r'value="9" checked', sent.text)
    assert guest.rows() == []


def test_a_machine_that_fills_the_trap_confirms_first(cast):
    guest = Respondent(cast)
    guest.open()
    page = guest.send(again=False, rec="9", website="spam")
    assert "确认" in page.text
    assert guest.rows() == []


def test_a_client_s_own_word_does_not_pass_for_a_tap(cast):
    guest = Respondent(cast)
    guest.open()
    page = guest.send(again=False, rec="9", confirmed="yes", asked_again="true")
    assert "确认" in page.text
    assert guest.rows() == []
    assert "谢谢" in guest.send(again=False, rec="9").text
    assert len(guest.rows()) == 1


def test_a_page_that_was_open_for_a_month_can_still_be_sent(cast):
    guest = Respondent(cast)
    guest.open()
    desk = cast.app.state.desk
    desk.system = replace(desk.system, clock=lambda: system_clock() + timedelta(days=31))
    page = guest.send(again=False, rec="9")
    assert (page.status_code, guest.rows()) == (409, [])
    assert "放得太久" in page.text
    assert re.search(r'value="9" checked', page.text)
    assert "谢谢" in guest.send(again=False, rec="9").text
    assert len(guest.rows()) == 1


def test_who_sends_too_much_is_told_to_wait_before_the_store_is_asked(cast, monkeypatch):
    guest = Respondent(cast)
    guest.open()
    hidden = {name: guest.field(name) for name in ("token", "page", "seen")}
    form = hidden | {"token": asked_again(cast.system.key, hidden["token"]), "rec": "9"}
    cast.app.state.desk.throttle.per_minute = 0
    with monkeypatch.context() as patch:
        patch.setattr(Database, "reading", lambda _: pytest.fail("the store was asked"))
        for path in (guest.address, "/s/nowhere", "/i/nobody"):
            page = guest.browser.post(path, data=form | {"why": '"><b>x'})
            assert (page.status_code, page.headers["retry-after"]) == (429, "60")
    assert "<b>x" not in page.text
    cast.app.state.desk.throttle.per_minute = 99
    sent = dict(re.findall(r'type="hidden" name="([^"]*)" value="([^"]*)"', page.text))
    assert "谢谢" in guest.browser.post(guest.address, data=sent).text
    assert guest.rows()[0]["rec"] == "9"


def test_an_address_in_chinese_is_led_to_after_the_thanks(cast):
    guest = Respondent(cast, redirect="https://例子.cn/谢谢?店=一;b")
    guest.open()
    page = guest.send(rec="9")
    assert "谢谢" in page.text
    place = "https://xn--fsqu00a.cn/%E8%B0%A2%E8%B0%A2?%E5%BA%97=%E4%B8%80;b"
    assert page.headers["refresh"] == f"3;url={place}"
    assert f'href="{place}">xn--fsqu00a.cn</a>' in page.text


def test_no_word_of_an_answer_stands_in_the_store(cast_on_both):
    guest = Respondent(cast_on_both, fields=["shop"], link={"fields": {"shop": "西单店"}})
    guest.open()
    guest.send(rec="3")
    guest.send(rec="3", why="收银台的老王")
    assert guest.rows()[0]["why"] == "收银台的老王"
    with cast_on_both.database.reading() as session:
        kept = session.execute(select(Submission.__table__)).one()
    bytes_kept = json.dumps([str(one) for one in kept], ensure_ascii=False)
    assert not [one for one in ("老王", "西单店", "rec", r"\u8001") if one in bytes_kept]


def test_script_in_words_stays_words(cast):
    nasty = "<script>alert(1)</script>"
    page = {"id": "p1", "questions": [NPS | {"title": {"zh-CN": nasty}}, WHY]}
    guest = Respondent(cast, page, title={"zh-CN": nasty})
    assert nasty not in guest.open().text
    guest.send(rec="3", why=nasty)
    assert nasty not in guest.page.text
    assert "script-src 'self'" in guest.page.headers["content-security-policy"]


def test_what_is_closed_or_unknown_says_so(cast):
    guest = Respondent(cast)
    assert guest.browser.get("/s/nowhere").status_code == 404
    assert guest.browser.post("/s/nowhere").status_code == 404
    assert guest.browser.get("/s/-/answer.css").status_code == 200
    assert guest.browser.get("/s/-/pages.py").status_code == 404


def test_the_first_page_is_light(cast):
    guest = Respondent(cast)
    page = guest.open()
    assets = [
        guest.browser.get(one).content
        for one in re.findall(r'(?:href|src)="(/s/-/[^"]+)"', page.text)
    ]
    assert len(assets) <= 3
    assert sum(len(gzip.compress(one)) for one in (page.content, *assets)) < 30_000


@pytest.mark.parametrize(("taken", "packed"), [("gzip", True), ("gzip;q=0", False)])
def test_who_refuses_gzip_gets_the_page_plain(cast, taken, packed):
    guest = Respondent(cast)
    page = guest.browser.get(guest.address, headers={"accept-encoding": taken})
    assert ("content-encoding" in page.headers) == packed
    assert 'name="token"' in page.text


def test_answers_are_counted(cast):
    guest = Respondent(cast, fields=["shop"], link={"fields": {"shop": "一店"}})
    for score in ["10"] * 6 + ["8"] * 3 + ["0"] * 3:
        guest.open("?again=1")
        while 'name="token"' in guest.page.text:
            guest.send(rec=score, why="慢")
    assert order_syncs(cast.system) == 1
    build_worker(cast.system).run_until_idle()
    assert order_syncs(cast.system) == 0
    analyst = cast.signed_in(Role.ANALYST)
    (cell,) = ask(analyst, guest.survey.dataset_id, metrics=["nps"])["cells"]
    assert (cell["n"], cell["estimate"]) == (12, 25)


def test_the_first_page_says_how_long_it_takes_and_what_the_ends_mean(cast):
    ends = {"low": {"zh-CN": "完全不会"}, "high": {"zh-CN": "非常愿意"}}
    guest = Respondent(cast, {"id": "p1", "questions": [NPS | ends]}, LAST)
    text = guest.open().text
    assert "约 1 分钟" in text
    assert "<b>0</b> 完全不会" in text
    assert "<b>10</b> 非常愿意" in text
    assert "分钟" not in guest.send(rec="9").text


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"kind": "multiple", "most": 2}, "最多选 2 项"),
        ({"kind": "multiple", "least": 1}, "至少选 1 项"),
        ({"kind": "multiple", "least": 1, "most": 2}, "选 1–2 项"),
        ({"kind": "multiple", "least": 2, "most": 2}, "选 2 项"),
        ({"kind": "ranking", "most": 2}, "选出前 2 位"),
        ({"kind": "multiple", "most": 3}, None),
    ],
)
def test_how_many_may_be_chosen_is_said_before_anybody_chooses(cast, asked, says):
    options = [{"code": code, "label": {"zh-CN": code}} for code in "abc"]
    question = {"id": "top", "title": {"zh-CN": "哪些？"}, "options": options}
    text = Respondent(cast, {"id": "p1", "questions": [question | asked]}).open().text
    found = re.search(
        r'aria-describedby="top-many .*<p class="help" id="top-many">(.*?)</p>', text, re.DOTALL
    )
    assert (found and found[1]) == says


def test_pages_that_a_jump_passes_over_are_not_counted(cast):
    jump = {"jumps": [{"when": {"question": "rec", "op": "at_most", "value": 3}, "to": "p3"}]}
    last = {"id": "p3", "questions": [NPS | {"id": "last"}]}
    guest = Respondent(cast, PAGE | jump, LAST, last)
    assert "共约 3 页" in guest.open().text
    guest.send(rec="2")
    assert "第 2 页，共约 2 页" in guest.send(rec="2", why="慢").text


def test_a_consent_is_read_once_and_then_agreed_to(cast):
    consent = {"kind": "consent", "id": "ok", "title": {"zh-CN": "我同意为回访联系我"}}
    text = Respondent(cast, {"id": "p1", "questions": [consent]}).open().text
    assert text.count("我同意为回访联系我") == 1
    assert "<span>同意</span>" in text


@pytest.mark.parametrize("anonymous", [False, True])
def test_who_edits_sees_how_many_places_are_taken(cast, anonymous):
    quota = {"id": "q", "name": {"zh-CN": "x"}, "where": NPS_GIVEN, "most": 2}
    link = {"options": {"repeat": True}}
    guest = Respondent(cast, quotas=[quota], anonymous=anonymous, link=link)
    path = f"/api/v1/surveys/{guest.survey.id}/quotas"
    editor = cast.signed_in(Role.ANALYST)
    for n in range(3):
        (places,) = editor.get(path).json()["items"]
        taken = None if anonymous else n
        assert places == {"id": "q", "most": 2, "taken": taken, "full": n == 2}
        guest.open()
        guest.send(rec="9")
    assert cast.signed_in(Role.VIEWER).get(path).status_code == 403
