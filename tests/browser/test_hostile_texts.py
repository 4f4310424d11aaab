"""Whatever a stranger writes stays words: on pages, in mails, in every file, in a real browser.

One list of texts (`hostile.TEXTS`) goes into every field that a stranger fills: names of files,
heads, cells, customers, answers, and what staff call their things.
"""

import csv
import io
import json
import re
from types import SimpleNamespace

import pytest
from cast import Cast
from guests import ALL_DAY
from hostile import (
    EVIL,
    ONE_LINE,
    PLAIN,
    TEXTS,
    faults_of_markup,
    faults_of_office,
    faults_of_pdf,
    faults_of_table,
)
from in_browser import Traffic, follow, visited
from respondent import Respondent
from sinks import mail_sink

from huiyin.app.wiring import build_worker
from huiyin.app.work.sending import order_sends
from huiyin.collect.sending.transport import MAIL_SETTING, MailSettings, do_set_transport
from huiyin.people.contracts import Role
from huiyin.people.settings import do_change_setting

pytestmark = pytest.mark.browser
API = "/api/v1"
SCRIPT, SHOP, SAID = TEXTS["script"], "门店", "意见"
NPS, RATING = "您有多大可能向朋友推荐我们", TEXTS["image"] + "服务态度满意度(1-5)"
HEADS = (
    "编号",
    "答题时间",
    NPS,
    RATING,
    SHOP,
    TEXTS["formula '='"],
    SAID,
    "客户编号",
    "邮箱",
    "称呼",
)
A_TEXT = 4
"""Answers that hold one text."""


def rows():
    for n, text in enumerate([*TEXTS.values()] * A_TEXT):
        day = f"2025-{1 + n % 3:02d}-{1 + n % 28:02d} 10:00"
        yield (
            n,
            day,
            n % 11,
            1 + n % 5,
            text,
            text,
            f"说{text}",
            f"C{n}",
            f"c{n}@example.com",
            text,
        )


def file_of_answers():
    out = io.StringIO()
    csv.writer(out).writerows([HEADS, *rows()])
    return out.getvalue().encode()


def questionnaire():
    """A questionnaire whose every word is a text; fields are filled from the customer's row.

    Braces that name no field are refused when it is published.
    """
    whole = [text for name, text in TEXTS.items() if name != "braces"]
    texts = iter(whole)
    page = {
        "id": "p1",
        "title": {"zh-CN": next(texts)},
        "questions": [
            {"kind": "nps", "id": "rec", "title": {"zh-CN": SCRIPT + "{{name}}"}, "required": True},
            {
                "kind": "single",
                "id": "pick",
                "title": {"zh-CN": next(texts)},
                "options": [
                    {"code": f"o{n}", "label": {"zh-CN": text}} for n, text in enumerate(whole)
                ],
            },
            {"kind": "text", "id": "why", "title": {"zh-CN": next(texts)}, "required": True},
        ],
    }
    return {"title": {"zh-CN": SCRIPT}, "pages": [page], "fields": ["name"]}


class House(SimpleNamespace):
    """An installation in which every name is a text, and one who may see everything."""

    def call(self, path, body=None, method="post", **more):
        given = {"json": body} if body is not None else {}
        answer = getattr(self.root, method)(API + path, **given, **more)
        assert answer.status_code < 300, (path, answer.text[:300])
        return answer

    def offer(self, path, bodies):
        """Send every text as a name; gives how many were taken: some are refused, none breaks."""
        codes = [self.root.post(API + path, json=body).status_code for body in bodies]
        assert set(codes) <= {200, 201, 404, 409, 422}, (path, codes)
        taken = sum(code < 300 for code in codes)
        assert taken >= len(PLAIN), (path, taken)

    def work(self):
        build_worker(self.cast.system).run_until_idle()


def open_house(databases, folder, sink):
    cast = Cast(databases.sqlite(folder / "store"), folder / "data")
    cast.show_small_groups()
    house = House(cast=cast, root=cast.signed_in(Role.ADMINISTRATOR, "root", name=SCRIPT))
    settings = MailSettings(
        host="127.0.0.1", port=sink.port, security="none", from_address="ask@example.com",
        from_name=SCRIPT,
    )  # fmt: skip
    with cast.uow() as uow:
        do_change_setting(uow, "public_address", "https://ask.example.com", 0)
        do_change_setting(uow, "allow_private_addresses", True, 0)
        do_set_transport(uow, b"k" * 32, MAIL_SETTING, settings, None, 0)
    return house


def bring_answers(house):
    name = TEXTS["image"].replace("/", "") + ".csv"
    sent = house.call("/uploads", files={"files": (name, file_of_answers())}).json()
    body = {"name": SCRIPT, "uploads": [sent["items"][0]["id"]], "load": True}
    made = house.call("/datasets", body).json()
    house.work()
    done = house.call(f"/imports/{made['import']['id']}", method="get").json()
    assert (done["status"], done["rows"]) == ("done", len(TEXTS) * A_TEXT), done
    house.dataset = made["id"]
    path = f"/datasets/{made['id']}/codebook"
    book = house.call(path, method="get").json()
    columns = [
        {"name": SHOP, "role": "dimension"},
        {"name": TEXTS["formula '='"], "role": "dimension"},
    ]
    house.call(path, {"version": book["version"], "columns": columns}, method="put")
    house.work()


def name_everything(house):
    """Call everything that has a name by each of the texts, as far as it is taken for one."""
    some = list(ONE_LINE.values())
    dataset = house.dataset
    house.offer("/units", [{"name": text} for text in some])
    house.offer("/staff", [{"login": f"p{n}", "name": text} for n, text in enumerate(some)])
    house.offer("/clients", [{"key": text, "name": text, "tier": text} for text in some])
    house.offer("/row-rules", [
        {"column": SHOP, "values": [text], "role": "front_line", "dataset_id": dataset}
        for text in some
    ])  # fmt: skip
    house.offer("/targets", [
        {"metric": "nps", "value": 40, "where": {SHOP: text}, "valid_from": "2025-01-01"}
        for text in some
    ])  # fmt: skip
    house.offer("/calendar", [
        {"kind": "incident", "title": text, "note": text, "since": f"2025-02-{n % 28 + 1:02}"}
        for n, text in enumerate(some)
    ])  # fmt: skip
    house.offer(
        "/tokens", [{"name": text, "scope": ["see_scores"], "days": 9} for text in some[:9]]
    )
    shared = {"kind": "query", "dataset_id": dataset, "payload": {"metrics": ["nps"], "by": [SHOP]}}
    house.shared = house.call("/share-links", shared | {"watermark": SCRIPT}).json()


def ask_and_answer(house):
    """Publish the questionnaire, answer it with a text, and send it to every customer."""
    made = house.call("/surveys", {"name": SCRIPT, "draft": questionnaire()}).json()
    house.survey = made["id"]
    house.call(f"/surveys/{made['id']}/publish", {"revision": made["revision"]})
    link = {"kind": "qr", "name": SCRIPT, "fields": {"name": SCRIPT}}
    house.code = house.call(f"/surveys/{made['id']}/links", link).json()["code"]
    interface = house.call(f"/surveys/{made['id']}/links", {"kind": "api", "name": "x"}).json()
    for n, text in enumerate(TEXTS.values()):
        given = {"rec": n % 11, "pick": "o1", "why": text}
        answer = house.root.post(f"{API}/answers/{interface['code']}", json={"answers": given})
        assert answer.status_code in {201, 422}, answer.text
    words = {"zh-CN": "{{name}}"}
    plan = {
        "channel": "mail",
        "window": ALL_DAY,
        "audience": {"dataset_id": house.dataset, "fields": {"name": SHOP}},
        "message": {"subject": words, "body": {"zh-CN": SCRIPT + "{{name}}"}},
    }
    path = f"/surveys/{made['id']}/mailings"
    mailing = house.call(path, {"name": SCRIPT, "plan": plan}).json()
    house.call(f"{path}/{mailing['id']}/state", {"do": "start", "revision": mailing["revision"]})
    house.work()
    order_sends(house.cast.system)
    house.work()


@pytest.fixture(scope="module")
def house(databases, tmp_path_factory):
    with mail_sink() as sink:
        made = open_house(databases, tmp_path_factory.mktemp("hostile"), sink)
        bring_answers(made)
        name_everything(made)
        ask_and_answer(made)
        made.mails = sink.mails
        yield made


def report_of(house, form):
    path = f"/datasets/{house.dataset}/report/{form}"
    if house.call(path, method="get").status_code == 202:
        house.work()
    answer = house.call(path, method="get")
    assert answer.status_code == 200
    return answer.content


def test_every_form_of_a_report_holds_words_only(house):
    page = report_of(house, "html").decode()
    assert faults_of_markup(page) == []
    assert f"&lt;script&gt;{EVIL}" in page
    assert faults_of_pdf(report_of(house, "pdf")) == []
    for form in ("xlsx", "pptx"):
        assert faults_of_office(report_of(house, form)) == []
    plain = report_of(house, "json").decode()
    assert EVIL in plain
    json.loads(plain)


LISTS = ("datasets", "datasets/{d}/imports", "jobs", "share-links", "tokens", "units", "targets",
         "customers", "clients", "calendar", "staff", "audit")  # fmt: skip


def test_every_list_and_every_answer_as_a_file_computes_nothing(house):
    asked = {"metrics": ["nps"], "by": [SHOP]}
    for form, faults in (
        ("csv", lambda b: faults_of_table(b.decode())),
        ("xlsx", faults_of_office),
    ):
        files = {
            name: house.root.get(f"{API}/{name.format(d=house.dataset)}", params={"format": form})
            for name in LISTS
        }
        files["query"] = house.call(
            f"/datasets/{house.dataset}/query", asked, params={"format": form}
        )
        for name, answer in files.items():
            assert answer.status_code == 200, (name, answer.text[:200])
            assert faults(answer.content) == [], name


def test_the_rows_of_an_answer_are_the_texts_themselves(house):
    cells = house.call(
        f"/datasets/{house.dataset}/query", {"metrics": ["nps"], "by": [SHOP]}
    ).json()["cells"]
    shown = {cell["by"][SHOP] for cell in cells}
    assert {TEXTS[name] for name in PLAIN} <= shown


def test_a_mail_holds_words_only_and_goes_to_one(house):
    assert len(house.mails) == len(TEXTS) * A_TEXT
    texts = set()
    for mail in house.mails:
        plain, page = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
        assert faults_of_markup(page) == []
        assert "49" not in mail["subject"]
        assert mail["bcc"] is None
        assert len(mail.get_all("to")) == len(mail.get_all("subject")) == 1
        assert mail["to"].addresses[0].domain == "example.com"
        texts.add(plain)
    assert any(SCRIPT in plain for plain in texts)


def test_a_page_of_a_respondent_holds_words_only(house):
    guest = Respondent.__new__(Respondent)
    guest.cast, guest.browser, guest.address = house.cast, house.cast.browser(), f"/s/{house.code}"
    for words in TEXTS.values():
        page = guest.open("?lang=zh-CN")
        assert faults_of_markup(page.text) == []
        again = guest.send(again=False, rec="99", why=words)  # refused, shown again as it was
        assert again.status_code < 500
        assert faults_of_markup(again.text) == []
    assert "&lt;script&gt;" in page.text
    assert "49" not in re.sub(r"<[^>]*>", " ", page.text)  # of {{7*7}}; codes in tags may hold it


def test_what_the_pages_read_is_never_taken_for_a_page(house):
    for name in LISTS:
        answer = house.root.get(f"{API}/{name.format(d=house.dataset)}")
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["x-content-type-options"] == "nosniff"


PAGES = (
    "/", "/datasets", "/datasets/{d}", "/datasets/{d}?tab=quality", "/datasets/{d}?tab=versions",
    "/datasets/{d}/codebook", "/report?dataset={d}", "/explore?dataset={d}&metric=nps&by=门店",
    "/drivers?dataset={d}", "/why?dataset={d}", "/metrics?tab=targets", "/customers",
    "/customers/{c}", "/clients", "/surveys", "/surveys/{s}", "/surveys/{s}/send",
    "/surveys/{s}/phone", "/surveys/{s}/results", "/settings/people", "/settings/units",
    "/settings/row-rules", "/settings/share-links", "/settings/tokens", "/settings/jobs",
    "/settings/audit", "/settings/sending",
)  # fmt: skip
LITERAL = {
    "/datasets": "script", "/explore?dataset={d}&metric=nps&by=门店": "entities",
    "/settings/units": "image",
    "/settings/people": "braces", "/clients": "quotes", "/surveys": "script",
}  # fmt: skip


def test_nothing_runs_in_a_browser_and_words_are_shown_as_they_are(house, visitor):
    someone = house.root.get(f"{API}/customers").json()["items"][0]["id"]
    names = {"d": house.dataset, "c": someone, "s": house.survey}
    report_of(house, "html")
    page = visitor(refused=(404, 422))
    page.add_init_script(f"window.{EVIL} = () => {{ window.ran = true }}")
    fetched = []
    page.context.on("request", lambda asked: fetched.append(asked.url.split("?")[0]))
    shared = "/shared/" + house.shared["url"].rsplit("/", 1)[1]
    others = (f"{API}/datasets/{{d}}/report/html", shared, f"/s/{house.code}?lang=zh-CN")
    traffic = Traffic(page)
    with visited(house.cast, page, house.root) as address:
        page.goto(address)
        for place in PAGES:
            follow(page, place.format(**names))
            traffic.settle()
            look_for_harm(page, place)
        for place in others:
            page.goto(address + place.format(**names))
            traffic.settle()
            look_for_harm(page, place)
    assert not [url for url in fetched if EVIL in url]


def look_for_harm(page, place):
    """Nothing ran, no tag was made of a text, and it is shown as it was written."""
    ran = [frame.url for frame in page.frames if frame.evaluate("() => window.ran === true")]
    assert not ran, place
    assert page.locator(f"[class={EVIL}], img[src={EVIL}]").count() == 0, place
    if place in LITERAL:
        words = TEXTS[LITERAL[place]]
        shown = page.get_by_text(words).or_(page.get_by_title(words))
        shown.first.wait_for(state="attached")
