"""Open links have a funnel too: who touched the page, began, finished; as numbers, by day."""

import asyncio
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from respondent import PAGE, Respondent, asked_again
from sqlalchemy import select
from starlette.testclient import TestClient

from huiyin.collect.surveys.day_counts import Place, Step, add_counts
from huiyin.people.contracts import Role
from huiyin.store.contracts import StoreError
from huiyin.store.intake import Intake
from huiyin.store.tables import SurveyDay
from huiyin.web.answer.tally import Tally

LAST = {"id": "p2", "questions": [{"kind": "text", "id": "more", "title": {"zh-CN": "还有吗？"}}]}
OUT = {"when": {"question": "rec", "op": "is", "value": 0}, "end": "screened_out"}


def counted(cast):
    asyncio.run(cast.app.state.desk.tally.write())
    with cast.database.reading() as session:
        days = session.scalars(select(SurveyDay)).all()
        return [(one.opened, one.started, one.finished, one.screened_out) for one in days]


def test_opening_an_address_counts_nothing(cast):
    guest = Respondent(cast)
    for _ in range(3):
        guest.open()
    assert counted(cast) == []


def test_a_page_tells_that_it_was_touched_and_is_counted_once(cast_on_both):
    cast = cast_on_both
    guest = Respondent(cast)
    guest.open()
    token = guest.field("token")
    assert guest.browser.post("/s/-/seen", content="o" + token).status_code == 204
    assert counted(cast) == [(1, 0, 0, 0)]
    assert guest.browser.post("/s/-/seen", content="s" + token).status_code == 204
    guest.send(rec="9", noted="os")
    assert counted(cast) == [(1, 1, 1, 0)]
    assert "set-cookie" not in guest.browser.post("/s/-/seen", content="o" + token).headers


@pytest.mark.parametrize("words", ["", "o", "x", "oforged", "f{token}", "o" * 9_000])
def test_what_is_not_told_by_a_page_of_ours_counts_nothing(cast, words):
    guest = Respondent(cast)
    guest.open()
    sent = guest.browser.post("/s/-/seen", content=words.format(token=guest.field("token")))
    assert (sent.status_code, counted(cast)) == (204, [])


def test_without_scripts_a_page_that_is_sent_was_opened_and_begun(cast):
    guest = Respondent(cast, PAGE | {"jumps": [OUT]}, LAST, link={"options": {"repeat": True}})
    guest.open()
    guest.send(rec="9")
    assert guest.field("noted") == "os"
    noted = {"noted": "os"}
    guest.send(go="back", more="好", **noted)
    guest.send(rec="10", **noted)
    assert counted(cast) == [(1, 1, 0, 0)]
    guest.open()
    guest.send(more="好", noted=guest.field("noted"))
    assert counted(cast) == [(1, 1, 1, 0)]
    guest.open()
    guest.send(rec="0")
    guest.send(rec="0", why="太慢", noted=guest.field("noted"))
    assert counted(cast) == [(2, 2, 1, 1)]


def test_a_machine_that_is_asked_once_more_did_not_begin(cast):
    guest = Respondent(cast)
    guest.open()
    guest.send(again=False, rec="9", website="spam")
    assert counted(cast) == []


def test_the_funnel_names_each_open_way(cast):
    guest = Respondent(cast, PAGE, link={"options": {"repeat": True}})
    token = guest.open() and guest.field("token")
    form = {"token": asked_again(cast.system.key, token), "page": "p1", "seen": "rec,why"}
    for _ in range(2):
        guest.browser.post(guest.address, data=form | {"rec": "9"})
    counted(cast)
    analyst = cast.signed_in(Role.ANALYST)
    (item,) = analyst.get(f"/api/v1/surveys/{guest.survey.id}/open-funnel").json()["items"]
    assert (item["name"], item["kind"]) == ("一店", "qr")
    assert (item["opened"], item["started"], item["finished"]) == (2, 2, 1)
    viewer = cast.signed_in(Role.VIEWER)
    assert viewer.get(f"/api/v1/surveys/{guest.survey.id}/open-funnel").status_code == 403


def test_counts_of_several_processes_add_up(cast_on_both):
    guest = Respondent(cast_on_both)
    place = Place(guest.survey.id, "x" * 36, date(2026, 11, 26))
    intakes = [Intake(cast_on_both.database) for _ in range(4)]
    waiting = [
        one.keep(add_counts({place: {Step.OPENED: 2, Step.FINISHED: 1}}))
        for one in intakes
        for _ in range(5)
    ]
    for one in waiting:
        one.result(timeout=60)
    for one in intakes:
        one.close()
    with cast_on_both.database.reading() as session:
        day = session.scalars(select(SurveyDay)).one()
        assert (day.opened, day.started, day.finished) == (40, 0, 20)


def test_what_cannot_be_written_is_written_later(cast):
    guest = Respondent(cast)
    home = SimpleNamespace(survey_id=guest.survey.id)
    way = SimpleNamespace(guest=None, entered_by=None, home=home, link_id="x", zone="Asia/Shanghai")
    late = datetime(2026, 11, 26, 16, 30, tzinfo=UTC)

    async def count():
        shut = Intake(cast.database)
        shut.close()
        tally = Tally(shut)
        tally.count(way, late, [Step.OPENED])
        await tally.write()
        tally.count(way, late, [Step.OPENED, Step.STARTED])
        tally._intake = Intake(cast.database)
        await tally.write()
        tally._intake.close()

    asyncio.run(count())
    with cast.database.reading() as session:
        day = session.scalars(select(SurveyDay)).one()
        assert (day.day, day.opened, day.started) == (date(2026, 11, 27), 2, 1)


def test_a_server_that_ends_writes_what_it_counted_and_takes_nothing_more(cast):
    guest = Respondent(cast)
    with TestClient(cast.app) as browser:
        guest.browser = browser
        guest.open()
        guest.send(rec="9")
        desk = cast.app.state.desk
    with cast.database.reading() as session:
        assert session.scalars(select(SurveyDay)).one().finished == 1
    with pytest.raises(StoreError):
        desk.intake.keep(lambda _: None)
