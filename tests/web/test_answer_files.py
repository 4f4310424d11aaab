"""A respondent sends a file: checked by what it is, sealed, for those alone who see the answer."""

import os
import re
from collections import namedtuple
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from cast import Cast
from guests import KEY, add_customer, add_mailing, invite, plan
from respondent import NPS, Respondent
from sqlalchemy import select

from huiyin.app import backup as whole
from huiyin.app import restoring
from huiyin.app.wiring import build_worker
from huiyin.app.work.sweeping import order_syncs
from huiyin.collect.customers.changes import do_order_erasure
from huiyin.collect.customers.contracts import RETENTION_JOB
from huiyin.collect.datasets.removal import DELETE_JOB
from huiyin.collect.sending.tokens import token_of
from huiyin.collect.surveys.changes import LinkKind, do_open_link
from huiyin.collect.surveys.halves import HAND_ON_JOB
from huiyin.core.clock import system_clock
from huiyin.core.ids import moment_of
from huiyin.people.contracts import Role
from huiyin.store.tables import AnswerFile, AuditRow, Dataset, Setting, Survey, SurveyInvitation

PNG = b"\x89PNG\r\n\x1a\n" + os.urandom(3_000_000)
PDF = b"%PDF-1.7\n" + b"x" * 500
ZIP = b"PK\x03\x04" + b"x" * 500
PHOTO = {"kind": "file", "id": "photo", "title": {"zh-CN": "拍一张照片"}, "required": True}
PAGE = {"id": "p1", "questions": [NPS, PHOTO]}
LAST = {"id": "p2", "questions": [{"kind": "text", "id": "more", "title": {"zh-CN": "还有吗？"}}]}
SHOP = {"fields": ["shop"], "link": {"fields": {"shop": "一店"}}}


def photo(content=PNG, name="破损.png", field="photo"):
    return {field: (name, content, "application/octet-stream")}


def on_disk(cast):
    return sorted(path.name for path in cast.system.folders.answer_files.iterdir())


def noted(cast):
    with cast.database.reading() as session:
        return list(session.scalars(select(AnswerFile)))


def loaded(cast):
    with cast.uow() as uow:
        if uow.session.get(Setting, "minimum_n") is None:
            uow.session.add(Setting(key="minimum_n", value=1))
    order_syncs(cast.system)
    build_worker(cast.system).run_until_idle()


def housekeeping(cast, **later):
    later_on = replace(cast.system, clock=lambda: system_clock() + timedelta(**later))
    with cast.uow() as uow:
        uow.enqueue(HAND_ON_JOB, {})
    build_worker(later_on).run_until_idle()


def test_a_file_comes_with_its_answer_and_is_offered_to_who_sees_it(cast_on_both):
    cast = cast_on_both
    guest = Respondent(cast, PAGE, **SHOP)
    assert 'enctype="multipart/form-data"' in guest.open().text
    assert "最大 5 MB" in guest.page.text
    assert "谢谢" in guest.send(rec="2", files=photo()).text
    (row,) = guest.rows()
    assert (row["photo"], row["photo_bytes"]) == ("破损.png", str(len(PNG)))
    (file,) = noted(cast)
    assert on_disk(cast) == [file.id]
    sealed = (cast.system.folders.answer_files / file.id).read_bytes()
    assert PNG[100:140] not in sealed
    assert "破损" not in file.sealed
    loaded(cast)
    analyst = cast.signed_in(Role.ANALYST)
    files = f"/api/v1/surveys/{guest.survey.id}/files"
    (item,) = analyst.get(files).json()["items"]
    assert (item["name"], item["kind"], item["size"]) == ("破损.png", "image/png", len(PNG))
    got = analyst.get(f"{files}/{item['id']}")
    assert got.content == PNG
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"].startswith("attachment; filename*=UTF-8''%E7%A0%B4")
    assert got.headers["x-content-type-options"] == "nosniff"
    with cast.database.reading() as session:
        audit = session.scalars(select(AuditRow).where(AuditRow.action == "download")).one()
        assert (audit.noun_id, audit.after["answer"]) == (file.id, row["response_id"])


def test_a_file_of_an_anonymous_answer_tells_no_hour_either(cast):
    guest = Respondent(cast, PAGE, anonymous=True)
    guest.open()
    desk, late = cast.app.state.desk, datetime(2026, 5, 1, 22, 15, 23, 456789, tzinfo=UTC)
    desk.system = replace(desk.system, clock=lambda: late)
    guest.open()
    guest.send(rec="2", files=photo())
    (file,) = noted(cast)
    morning = datetime(2026, 5, 2, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert moment_of(file.id) == file.created_at == file.kept_at == morning
    loaded(cast)
    (item,) = (
        cast.signed_in(Role.ANALYST).get(f"/api/v1/surveys/{guest.survey.id}/files").json()["items"]
    )
    assert datetime.fromisoformat(item["sent_at"]) == morning


@pytest.mark.parametrize("anonymous", [False, True])
def test_versions_tell_no_hour_of_anonymous_answers(cast, anonymous):
    guest = Respondent(cast, PAGE, anonymous=anonymous)
    guest.open()
    guest.send(rec="2", files=photo())
    loaded(cast)
    with cast.database.reading() as session:
        dataset_id = session.get_one(Survey, guest.survey.id).dataset_id
    analyst, address = cast.signed_in(Role.ANALYST), f"/api/v1/datasets/{dataset_id}/versions"
    items = analyst.get(address).json()["items"]
    newest = items[0]["version"]
    compared = analyst.get(f"{address}/compare", params={"a": newest, "b": newest}).json()
    for told in (*items, compared["a"], compared["b"]):
        made = datetime.fromisoformat(told["created_at"]).astimezone(ZoneInfo("Asia/Shanghai"))
        assert (made.time() == time()) is anonymous


def test_a_file_of_a_half_finished_anonymous_answer_tells_no_hour(cast):
    guest = Respondent(cast, PAGE, LAST, anonymous=True)
    guest.open()
    guest.send(rec="2", files=photo())
    housekeeping(cast, days=2)
    loaded(cast)
    (item,) = (
        cast.signed_in(Role.ANALYST).get(f"/api/v1/surveys/{guest.survey.id}/files").json()["items"]
    )
    sent_at = datetime.fromisoformat(item["sent_at"]).astimezone(ZoneInfo("Asia/Shanghai"))
    assert item["finished"] is False
    assert sent_at.time() == time()


def test_a_file_of_an_answer_that_the_row_rule_hides_is_not_there(cast):
    guest = Respondent(cast, PAGE, **SHOP)
    guest.open()
    guest.send(rec="2", files=photo())
    loaded(cast)
    boss = cast.signed_in(Role.ADMINISTRATOR)
    files = f"/api/v1/surveys/{guest.survey.id}/files"
    (item,) = boss.get(files).json()["items"]
    other = cast.signed_in(Role.ANALYST, "other")
    rule = {"staff_id": other.staff.id, "dataset_id": guest.survey.dataset_id, "column": "shop"}
    made = boss.post("/api/v1/row-rules", json=rule | {"values": ["二店"]})
    assert made.is_success, made.text
    assert other.get(files).json()["items"] == []
    assert other.get(f"{files}/{item['id']}").status_code == 404
    viewer = cast.signed_in(Role.VIEWER)
    assert viewer.get(files).status_code == 403
    assert viewer.get(f"{files}/{item['id']}").status_code == 403
    elsewhere = Respondent(cast, PAGE)
    assert boss.get(f"/api/v1/surveys/{elsewhere.survey.id}/files/{item['id']}").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (ZIP, "照片.png", "这里只收图片"),
        (PDF, "照片.jpg", "这里只收图片"),
        (b"<svg onload=alert(1)>" + b" " * 40, "a.svg", "这里只收图片"),
        (b"", "空.png", "这个文件是空的"),
        (PNG + bytes(3 << 20), "大.png", "文件太大：最多 5 MB"),
    ],
)
def test_what_is_no_picture_or_too_large_costs_nothing_else_that_was_entered(
    cast, content, name, said
):
    guest = Respondent(cast, PAGE, LAST)
    guest.open()
    page = guest.send(rec="9", files=photo(content, name)).text
    assert said in page
    assert re.search(r'value="9" checked', page)
    assert (on_disk(cast), noted(cast)) == ([], [])
    assert "还有吗" in guest.send(rec="9", files=photo()).text


def test_a_full_disk_costs_nothing_else_that_was_entered(cast, monkeypatch):
    guest = Respondent(cast, PAGE)
    guest.open()
    usage = namedtuple("usage", "free")  # noqa: PYI024 -- as the library gives it
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage(1_000_000))
    page = guest.send(rec="2", files=photo()).text
    assert "文件暂时存不下" in page
    assert re.search(r'value="2" checked', page)
    assert (on_disk(cast), noted(cast), guest.rows()) == ([], [], [])


def test_a_file_stays_when_something_else_is_wrong_and_can_be_changed_and_removed(cast):
    guest = Respondent(cast, PAGE)
    guest.open()
    page = guest.send(files=photo()).text
    assert "已收到：破损.png" in page
    assert "必答" in page
    page = guest.send(rec="", **{"photo.removed": "yes"}).text
    assert "已收到" not in page
    guest.send(files=photo(name="二.png"))
    assert "谢谢" in guest.send(rec="8").text
    (row,) = guest.rows()
    assert row["photo"] == "二.png"
    assert len(noted(cast)) == 2
    housekeeping(cast, hours=23)
    assert len(on_disk(cast)) == 2
    housekeeping(cast, hours=25)
    (kept,) = noted(cast)
    assert on_disk(cast) == [kept.id]
    assert kept.kept_at is not None


def test_a_file_goes_forth_and_back_with_the_pages_and_ends_with_its_draft(cast):
    guest = Respondent(cast, PAGE, LAST)
    guest.open()
    assert "还有吗" in guest.send(rec="9", files=photo()).text
    assert "已收到：破损.png" in guest.send(go="back").text
    assert "还有吗" in guest.send(rec="9").text
    housekeeping(cast, days=2)
    assert len(on_disk(cast)) == 1
    housekeeping(cast, days=31)
    assert (on_disk(cast), noted(cast)) == ([], [])


def test_a_file_that_is_gone_is_asked_for_again(cast):
    guest = Respondent(cast, PAGE)
    guest.open()
    guest.send(files=photo())
    housekeeping(cast, hours=25)
    page = guest.send(rec="7").text
    assert "这个文件没有留住" in page
    assert re.search(r'value="7" checked', page)
    assert guest.rows() == []
    assert "谢谢" in guest.send(rec="7", files=photo()).text


def test_a_file_serves_one_answer_and_one_question_only(cast):
    guest = Respondent(cast, PAGE)
    guest.open()
    guest.send(files=photo())
    words = guest.field("photo.kept")
    guest.send(rec="7")
    thief = Respondent(cast, PAGE)
    thief.address = guest.address
    thief.open()
    assert "这个文件没有留住" in thief.send(rec="7", **{"photo.kept": words}).text
    other = Respondent(cast, PAGE)
    other.open()
    for forged in (words, "v1.AAAA", '{"id": "x"}'):
        page = other.send(rec="7", **{"photo.kept": forged}).text
        assert "需要回答" in page
    assert len(guest.rows()) + len(other.rows()) == 1


def test_a_page_that_is_not_ours_writes_nothing_to_the_disk(cast):
    guest = Respondent(cast, PAGE)
    form = {"token": "forged", "page": "p1", "seen": "rec,photo", "rec": "3"}
    page = guest.browser.post(guest.address, data=form, files=photo())
    assert page.status_code == 409
    assert re.search(r'value="3" checked', page.text)
    guest.open()
    guest.send(rec="3", files=photo(field="rec2"))
    assert (on_disk(cast), noted(cast)) == ([], [])


def test_over_the_interface_a_file_is_sent_first_and_named_in_the_answer(cast):
    guest = Respondent(cast, PAGE)
    with cast.uow() as uow:
        code = do_open_link(uow, guest.survey.id, LinkKind.API, "收银台").code
    address, app = f"/api/v1/answers/{code}", cast.browser()
    sent = app.post(f"{address}/files?question=photo&name=a.jpg", content=PNG)
    assert sent.status_code == 201, sent.text
    answers = {"rec": 3, "photo": sent.json()["file"]}
    made = app.post(address, json={"answers": answers, "id": "1"})
    assert made.status_code == 201, made.text
    (row,) = guest.rows()
    assert row["photo"] == "a.jpg.png"
    assert app.post(address, json={"answers": answers, "id": "1"}).status_code == 200
    again = app.post(address, json={"answers": answers, "id": "2"})
    assert (again.status_code, "没有留住" in again.text) == (422, True)
    for bad in ("a.jpg", {"id": "x", "name": "x"}, 3):
        refused = app.post(address, json={"answers": {"rec": 3, "photo": bad}})
        assert refused.status_code == 422
    assert app.post(f"{address}/files?question=rec&name=a", content=PNG).status_code == 422
    zipped = app.post(f"{address}/files?question=photo&name=a.png", content=ZIP)
    assert (zipped.status_code, "只收图片" in zipped.text) == (422, True)
    assert len(on_disk(cast)) == 1


def personal(cast):
    """Somebody invited, with a link of their own."""
    guest = Respondent(cast, PAGE)
    with cast.uow() as uow:
        guest.customer = add_customer(uow, "13800138000")
        made = plan(channel="link")
        invite(uow, add_mailing(uow, guest.survey, made), made, guest.customer)
    with cast.database.reading() as session:
        (invitation,) = session.scalars(select(SurveyInvitation.id))
    guest.address = f"/i/{token_of(KEY, invitation)}"
    return guest


@pytest.mark.parametrize("counted", [False, True])
def test_an_erased_customer_s_file_is_erased(cast, counted):
    guest = personal(cast)
    guest.open()
    assert "谢谢" in guest.send(rec="2", files=photo()).text
    if counted:
        loaded(cast)
    assert len(on_disk(cast)) == 1
    with cast.uow() as uow:
        do_order_erasure(uow, guest.customer, "本人要求")
    build_worker(cast.system).run_until_idle()
    assert (on_disk(cast), noted(cast)) == ([], [])


def test_files_go_when_the_answers_of_a_questionnaire_are_deleted(cast):
    guest, other = Respondent(cast, PAGE), Respondent(cast, PAGE)
    for one in (guest, other):
        one.open()
        one.send(rec="2", files=photo())
    loaded(cast)
    (stays,) = (one.id for one in noted(cast) if one.survey_id == other.survey.id)
    with cast.uow() as uow:
        uow.enqueue(DELETE_JOB, {"dataset_ids": [guest.survey.dataset_id]})
    build_worker(cast.system).run_until_idle()
    assert on_disk(cast) == [stays]
    assert [one.id for one in noted(cast)] == [stays]


def test_files_go_with_answers_whose_time_is_over(cast):
    guest = Respondent(cast, PAGE)
    guest.open()
    guest.send(rec="2", files=photo())
    loaded(cast)
    with cast.uow() as uow:
        uow.session.get_one(Dataset, guest.survey.dataset_id).retention_days = 30
        uow.enqueue(RETENTION_JOB, {})
    build_worker(cast.system).run_until_idle()
    assert len(on_disk(cast)) == 1
    with cast.uow() as uow:
        uow.enqueue(RETENTION_JOB, {})
    later_on = replace(cast.system, clock=lambda: system_clock() + timedelta(days=40))
    build_worker(later_on).run_until_idle()
    assert (on_disk(cast), noted(cast)) == ([], [])


def test_what_the_store_knows_nothing_of_is_swept(cast):
    stray = cast.system.folders.answer_files / ".half.part"
    stray.write_bytes(b"x")
    housekeeping(cast, hours=1)
    assert on_disk(cast) == [".half.part"]
    housekeeping(cast, days=3)
    assert on_disk(cast) == []


def test_a_backup_holds_the_files(sqlite_database, tmp_path):
    cast = Cast(sqlite_database, tmp_path / "data")
    guest = Respondent(cast, PAGE)
    guest.open()
    guest.send(rec="2", files=photo())
    loaded(cast)
    (file,) = noted(cast)
    whole.backup(cast.system, tmp_path / "b.tar")
    (cast.system.folders.answer_files / file.id).unlink()
    restoring.restore(cast.system, tmp_path / "b.tar")
    boss = cast.signed_in(Role.ADMINISTRATOR)
    got = boss.get(f"/api/v1/surveys/{guest.survey.id}/files/{file.id}")
    assert got.content == PNG


def test_a_file_that_was_exchanged_on_the_disk_is_not_given_out(cast):
    guest = Respondent(cast, PAGE, link={"options": {"repeat": True}})
    for name in ("一.png", "二.png"):
        guest.open()
        guest.send(rec="2", files=photo(PNG + name.encode(), name))
    loaded(cast)
    first, second = (cast.system.folders.answer_files / one for one in on_disk(cast))
    first.write_bytes(second.read_bytes())
    boss = cast.signed_in(Role.ADMINISTRATOR)
    got = boss.get(f"/api/v1/surveys/{guest.survey.id}/files/{first.name}")
    assert got.status_code == 400
    assert "已损坏" in got.text


def test_a_preview_goes_on_without_a_file(cast):
    analyst = cast.signed_in(Role.ANALYST)
    draft = {"title": {"zh-CN": "试"}, "pages": [PAGE, LAST]}
    form = {"page": ["p1"], "seen": ["rec,photo"], "rec": ["9"]}
    asked = {"draft": draft, "language": "zh-CN", "form": form}
    shown = analyst.post("/api/v1/surveys/preview", json=asked)
    assert "还有吗" in shown.json()["html"], shown.text


def test_without_a_boundary_or_with_too_many_parts_nothing_is_taken(cast):
    guest = Respondent(cast, PAGE)
    guest.open()
    kind = {"content-type": "multipart/form-data"}
    assert guest.browser.post(guest.address, content=b"x", headers=kind).status_code == 400
    both = [("photo", ("a.png", PNG[:200])), ("photo", ("b.png", PNG[:200]))]
    form = {"token": guest.field("token"), "page": "p1", "seen": "rec,photo", "rec": "3"}
    assert guest.browser.post(guest.address, data=form, files=both).status_code == 400
    assert (on_disk(cast), noted(cast)) == ([], [])
