"""Sixty-four people send at one moment to two web processes: never one too many of any quota."""

import http.client
import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

from cast import Cast
from respondent import asked_again, open_rows
from site_of_processes import Site

from huiyin.collect.surveys.changes import LinkKind, do_create_survey, do_open_link, do_publish
from huiyin.collect.surveys.definition import Definition
from huiyin.people.contracts import Role

N = 64
HAPPY = {"question": "rec", "op": "at_least", "value": 9}
PLACES = {"east": 10, "west": 12, "happy": 20}
"""All are happy, half of them in the east: what is crossed leaves room for 22, happiness for 20."""


def quota(name, *conditions):
    words = {"zh-CN": f"{name}名额满了"}
    return {
        "id": name, "name": words, "words": words, "most": PLACES[name],
        "where": {"all": list(conditions)},
    }  # fmt: skip


def lives(region):
    return {"question": "region", "op": "is", "value": region}


REGIONS = [{"code": one, "label": {"zh-CN": one}} for one in ("east", "west")]
QUESTIONS = [
    {"kind": "single", "id": "region", "title": {"zh-CN": "哪里？"}, "options": REGIONS},
    {"kind": "nps", "id": "rec", "title": {"zh-CN": "推荐吗？"}},
]
DEFINITION = {
    "title": {"zh-CN": "试"},
    "pages": [{"id": "p1", "questions": QUESTIONS}],
    "quotas": [
        quota("east", lives("east"), HAPPY), quota("west", lives("west"), HAPPY),
        quota("happy", HAPPY),
    ],
}  # fmt: skip


def answer(site, path, number, at_once):
    """Open the page, wait for the others, send it; gives the words of the last page."""
    port = site.ports[number % len(site.ports)]
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {
        "x-forwarded-for": f"10.1.0.{number}", "content-type": "application/x-www-form-urlencoded",
    }  # fmt: skip

    def ask(method, body=None):
        connection.request(method, path, body, headers)
        got = connection.getresponse()
        return got.status, got.read().decode()

    _, page = ask("GET")
    form = {k: re.search(f'name="{k}" value="([^"]*)"', page)[1] for k in ("token", "page", "seen")}
    form["token"] = asked_again(site.cast.system.key, form["token"])
    form |= {"region": ("east", "west")[number // 2 % 2], "rec": 9 + number % 2}
    at_once.wait()
    status, page = ask("POST", urlencode(form))
    full = re.search(r"(east|west|happy)名额满了", page)
    return status, full[1] if full else "谢谢" in page


def test_two_processes_fill_crossed_quotas_to_the_last_place_and_no_further(databases, tmp_path):
    cast = Cast(databases.postgresql(), tmp_path / "data")
    with cast.uow() as work:
        survey = do_create_survey(work, "试", Definition.model_validate(DEFINITION))
        do_publish(work, survey.id, survey.revision)
        path = f"/s/{do_open_link(work, survey.id, LinkKind.LINK, '店').code}"
    site, at_once = Site(cast), threading.Barrier(N)
    try:
        with ThreadPoolExecutor(N) as crowd:
            told = list(crowd.map(lambda n: answer(site, path, n, at_once), range(N)))
    finally:
        site.close()
    kept = Counter(row["region"] for row in open_rows(cast, survey.dataset_id))
    assert {status for status, _ in told} == {200}
    said = Counter(words for _, words in told)
    assert (said[True], kept.total(), set(said) - {True} <= set(PLACES)) == (20, 20, True)
    assert kept["east"] <= PLACES["east"]
    assert kept["west"] <= PLACES["west"]
    root = cast.signed_in(Role.ADMINISTRATOR)
    shown = root.get(f"/api/v1/surveys/{survey.id}/quotas").json()["items"]
    assert {one["id"]: one["taken"] for one in shown} == {**kept, "happy": 20}
    cast.database.close()
