"""Two people edit the same thing: the second is told, and what the first wrote stays.

From the route table: whatever changes something that is there needs a case below, or a reason.
"""

from dataclasses import dataclass

import pytest
from cast import Cast
from fastapi.routing import iter_route_contexts
from office import Office
from sqlalchemy import select

from huiyin.people.contracts import Role
from huiyin.people.settings import do_change_setting
from huiyin.store import tables
from huiyin.web.application import build_application
from huiyin.web.system import System

PAGE = {"kind": "nps", "id": "rec", "title": {"zh-CN": "您会推荐我们吗？"}}
DRAFT = {
    "title": {"zh-CN": "试"}, "languages": ["zh-CN"], "pages": [{"id": "p1", "questions": [PAGE]}],
}  # fmt: skip
SITES = ["https://shop.example.com"]
GUARDS = {"revision", "version", "base_version", "was"}
"""What a body says of the state that its edit began with."""

NO_STATE = {
    "PATCH /api/v1/me": "one's own language and password, which asks for the old one",
}
"""Routes that change something and ask for no state, with the reason."""

BESIDE = {
    "POST /api/v1/metric-rules",
    "POST /api/v1/weight-sets",
    "POST /api/v1/staff/{staff_id}/disable",
    "POST /api/v1/surveys/{survey_id}/publish",
    "POST /api/v1/surveys/{survey_id}/mailings/{mailing_id}/state",
    "POST /api/v1/surveys/{survey_id}/widgets/{link_id}/secret",
}
"""Edits that are asked for by POST."""


@dataclass(frozen=True)
class Edit:
    """An edit of a first and of a second person, both of whom read the same state."""

    path: str
    first: dict
    second: dict
    method: str = "put"


class Stage:
    """Something to edit of each kind, fresh for each edit."""

    def __init__(self, cast, tmp_path):
        self.cast, self.office = cast, Office(cast, tmp_path, n=4)
        self.browser = self.office.keeper
        with cast.uow() as uow:
            do_change_setting(uow, "source_hosts", "example.com", 0)
        self.other = cast.signed_in(Role.ADMINISTRATOR, "second")

    def post(self, path, body, expect=(200, 201)):
        return self.office.call(path, body, browser=self.browser, expect=expect).json()

    def get(self, path):
        return self.office.call(path, method="get", browser=self.browser).json()

    def everything(self):
        """All rows of the store except what reading itself leaves."""
        beside = {"audit", "sessions", "jobs", "staff_sessions"}
        with self.cast.database.reading() as session:
            return {
                table.name: sorted(map(repr, session.execute(select(table)).all()))
                for table in tables.Table.metadata.sorted_tables
                if table.name not in beside
            }

    def edit(self, path, body, **changes):
        """Give an edit of something just made: each person changes a field to their own."""
        one, two = ({k: v[n] for k, v in changes.items()} for n in (0, 1))
        return Edit(path, body | one, body | two)

    def unit(self):
        made = self.post("/units", {"name": "店"})
        body = {"revision": made["revision"]}
        return self.edit(f"/units/{made['id']}", body, name=("甲", "乙"))

    def event(self):
        body = {"kind": "other", "title": "上线", "since": "2026-01-05"}
        made = self.post("/calendar", body)
        body |= {"revision": made["revision"]}
        return self.edit(f"/calendar/{made['id']}", body, title=("甲", "乙"))

    def view(self):
        view = {"dataset": self.office.dataset, "query": {"metrics": ["nps"]}}
        made = self.post("/views", {"name": "图", "view": view, "shared": True})
        body = {"view": view, "shared": True, "revision": made["revision"]}
        return self.edit(f"/views/{made['id']}", body, name=("甲", "乙"))

    def made(self):
        groups = [{"name": "东部", "values": ["东"]}]
        made = {"kind": "groups", "column": "区域", "groups": groups}
        sides = [{**made, "rest": rest} for rest in ("其他", "其余", "别处")]
        path = f"/datasets/{self.office.dataset}/made"
        made = self.post(path, {"name": "片区", "definition": sides[0]})
        body = {"version": made["version"]}
        return self.edit(f"{path}/片区", body, definition=(sides[1], sides[2]))

    def board(self):
        made = self.post("/boards", {"definition": {"name": {"en": "board"}}})
        place = f"/boards/{made['id']}"
        body = {"revision": 1, "definition": made["definition"], "shared": True}
        self.office.call(place, body, method="put", browser=self.browser)
        definitions = [{"name": {"en": name}} for name in ("one", "two")]
        return self.edit(place, {"revision": 2}, definition=definitions)

    def client(self):
        made = self.post("/clients", {"key": "甲公司", "name": "甲公司"})
        body = {"key": "甲公司", "revision": made["revision"]}
        return self.edit(f"/clients/{made['id']}", body, name=("甲", "乙"))

    def customer(self):
        found = self.get("/customers")["items"][0]
        ids = [self.post("/clients", {"key": k, "name": k})["id"] for k in ("丙", "丁")]
        body = {"was": {"client_id": None}}
        return self.edit(f"/customers/{found['id']}", body, client_id=ids)

    def field(self):
        one = self.get("/customers")["items"][0]["id"]
        field = self.get(f"/customers/{one}")["fields"][0]
        body = {"purpose": "回访", "was": {k: field[k] for k in ("purpose", "consent")}}
        path = f"/customers/{one}/fields/{field['id']}"
        return self.edit(path, body, consent=("given", "refused"))

    def dataset(self):
        path = f"/datasets/{self.office.dataset}"
        body = {"revision": self.get(path)["revision"]}
        return self.edit(path, body, name=("甲", "乙"))

    def codebook(self):
        path = f"/datasets/{self.office.dataset}/codebook"
        body = {"version": self.get(path)["version"]}
        column = [[{"name": "区域", "role": role}] for role in ("dimension", "ignore")]
        return self.edit(path, body, columns=column)

    def retention(self):
        path = f"/datasets/{self.office.dataset}/retention"
        body = {"rows": 0, "revision": self.get(path)["revision"]}
        return self.edit(path, body, days=(3000, 2000))

    def refresh(self):
        path = f"/datasets/{self.office.dataset}/refreshes"
        body = {"kind": "url", "source": {"url": "https://example.com/a.csv"}}
        made = self.post(path, body)
        body |= {"revision": made["revision"]}
        return self.edit(
            f"{path}/{made['id']}", body, source=[{"url": f"https://example.com/{n}"} for n in "12"]
        )

    def model(self):
        one = self.office.dataset
        union = {"sources": [{"dataset_id": one}, {"dataset_id": one, "name": "再"}]}
        made = self.post("/models", {"name": "合", "union": union})
        body = {"union": union, "revision": made["revision"]}
        return self.edit(f"/models/{made['id']}", body, name=("甲", "乙"))

    def row_rule(self):
        body = {"column": "区域"}
        made = self.post("/row-rules", body | {"values": ["东"]})
        body |= {"revision": made["revision"]}
        return self.edit(f"/row-rules/{made['id']}", body, values=(["西"], ["南"]))

    def target(self):
        body = {"metric": "nps", "valid_from": "2026-01-01"}
        made = self.post("/targets", body | {"value": 10})
        body |= {"revision": made["revision"]}
        return self.edit(f"/targets/{made['id']}", body, value=(20, 30))

    def setting(self):
        known = self.get("/settings")["items"]
        revision = next(one["revision"] for one in known if one["key"] == "minimum_n")
        return self.edit("/settings/minimum_n", {"revision": revision}, value=(6, 7))

    def provider(self):
        fields = [{"corp_id": c, "agent_id": "1", "secret": "s"} for c in "12"]
        body = {"enabled": True, "revision": 0}
        return self.edit("/settings/sign-in/wecom", body, fields=fields)

    def ask_words(self):
        some = [[{"word": f"词{n}", "means": "大区"}] for n in "12"]
        return self.edit("/ask/words", {"version": 0}, entries=some)

    def ask_endpoint(self):
        some = [{"url": f"https://{n}.example.com/v1", "model": "m"} for n in "12"]
        return self.edit("/ask/endpoint", {"revision": 0}, settings=some)

    def mail(self):
        some = [{"host": f"{n}.example.com", "from_address": "a@example.com"} for n in "12"]
        return self.edit("/sending/mail", {"revision": 0}, settings=some)

    def bounces(self):
        some = [{"host": f"{n}.example.com", "user": "ask"} for n in "12"]
        return self.edit("/sending/bounces", {"revision": 0}, settings=some)

    def sms(self):
        some = [{"url": f"https://{n}.example.com"} for n in "12"]
        return self.edit("/sending/sms", {"revision": 0}, settings=some)

    def frequency(self):
        body = {"revision": self.get("/sending/frequency")["revision"]}
        rules = [{"limits": [{"most": n, "days": 30}]} for n in (2, 3)]
        return self.edit("/sending/frequency", body, rule=rules)

    def staff(self):
        body = {"login": "carol", "name": "C"}
        made = self.post("/staff", body)
        body |= {"revision": made["revision"]}
        return self.edit(f"/staff/{made['id']}", body, name=("甲", "乙"))

    def disabled(self):
        made = self.post("/staff", {"login": "dave", "name": "D"})
        body = {"revision": made["revision"]}
        return Edit(f"/staff/{made['id']}/disable", body, body)

    def survey(self):
        made = self.post("/surveys", {"name": "问", "draft": DRAFT})
        body = {"draft": DRAFT, "revision": made["revision"]}
        return self.edit(f"/surveys/{made['id']}", body, name=("甲", "乙"))

    def survey_state(self):
        made = self.post("/surveys", {"name": "问", "draft": DRAFT})
        body = {"revision": made["revision"], "archived": True}
        return Edit(f"/surveys/{made['id']}", body, body)

    def times(self):
        made = self.post("/surveys", {"name": "问", "draft": DRAFT})
        body = {"revision": made["revision"]}
        times = [f"2027-0{n}-01T00:00:00Z" for n in (1, 2)]
        return self.edit(f"/surveys/{made['id']}/times", body, closes_at=times)

    def published(self):
        made = self.post("/surveys", {"name": "问", "draft": DRAFT})
        body = {"revision": made["revision"]}
        return Edit(f"/surveys/{made['id']}/publish", body, body)

    def link(self):
        path = f"/surveys/{self.office.survey}/links"
        made = self.post(path, {"name": "门口"})
        return self.edit(f"{path}/{made['id']}", {"revision": made["revision"]}, closed=(1, 0))

    def widget(self):
        path = f"/surveys/{self.office.survey}/widgets"
        made = self.post(path, {"name": "站", "widget": {"sites": SITES}})
        some = [{"sites": SITES, "look": look} for look in ("inline", "popup")]
        return self.edit(f"{path}/{made['id']}", {"revision": made["revision"]}, widget=some)

    def secret(self):
        path = f"/surveys/{self.office.survey}/widgets"
        made = self.post(path, {"name": "站", "widget": {"sites": SITES}})
        body = {"revision": made["revision"]}
        return Edit(f"{path}/{made['id']}/secret", body, body)

    def mailing(self):
        path = f"/surveys/{self.office.survey}/mailings"
        plan = self.office.plan()
        made = self.post(path, {"name": "发", "plan": plan})
        body = {"plan": plan, "revision": made["revision"]}
        return self.edit(f"{path}/{made['id']}", body, name=("甲", "乙"))

    def mailing_state(self):
        path = f"/surveys/{self.office.survey}/mailings"
        made = self.post(path, {"name": "发", "plan": self.office.plan()})
        body = {"revision": made["revision"]}
        return self.edit(f"{path}/{made['id']}/state", body, do=("start", "stop"))

    def rules(self):
        kept = self.get("/metric-rules")["items"][0]["version"]
        text = self.get(f"/metric-rules/{kept}")["text"]
        texts = [f"{text}\n# {word}\n" for word in "甲乙"]
        return self.edit("/metric-rules", {"base_version": kept}, text=texts)

    def weights(self):
        body = {"scene": "shop", "base_version": 0}
        return self.edit("/weight-sets", body, weights=({"服务": 1}, {"服务": 2}))


CASES = {
    "PUT /api/v1/boards/{board_id}": Stage.board,
    "PUT /api/v1/calendar/{event_id}": Stage.event,
    "PUT /api/v1/clients/{client_id}": Stage.client,
    "PATCH /api/v1/customers/{customer_id}": Stage.customer,
    "PUT /api/v1/customers/{customer_id}/fields/{field_id}": Stage.field,
    "PATCH /api/v1/datasets/{dataset_id}": Stage.dataset,
    "PUT /api/v1/datasets/{dataset_id}/codebook": Stage.codebook,
    "PUT /api/v1/datasets/{dataset_id}/retention": Stage.retention,
    "PUT /api/v1/datasets/{dataset_id}/refreshes/{refresh_id}": Stage.refresh,
    "PUT /api/v1/surveys/{survey_id}/mailings/{mailing_id}": Stage.mailing,
    "POST /api/v1/surveys/{survey_id}/mailings/{mailing_id}/state": Stage.mailing_state,
    "POST /api/v1/metric-rules": Stage.rules,
    "POST /api/v1/weight-sets": Stage.weights,
    "PUT /api/v1/models/{model_id}": Stage.model,
    "PUT /api/v1/row-rules/{rule_id}": Stage.row_rule,
    "PUT /api/v1/ask/words": Stage.ask_words,
    "PUT /api/v1/ask/endpoint": Stage.ask_endpoint,
    "PUT /api/v1/sending/mail": Stage.mail,
    "PUT /api/v1/sending/bounces": Stage.bounces,
    "PUT /api/v1/sending/sms": Stage.sms,
    "PUT /api/v1/sending/frequency": Stage.frequency,
    "PUT /api/v1/settings/{key}": Stage.setting,
    "PUT /api/v1/settings/sign-in/{provider}": Stage.provider,
    "PUT /api/v1/staff/{staff_id}": Stage.staff,
    "POST /api/v1/staff/{staff_id}/disable": Stage.disabled,
    "PUT /api/v1/surveys/{survey_id}": Stage.survey,
    "PATCH /api/v1/surveys/{survey_id}": Stage.survey_state,
    "PUT /api/v1/surveys/{survey_id}/times": Stage.times,
    "POST /api/v1/surveys/{survey_id}/publish": Stage.published,
    "PATCH /api/v1/surveys/{survey_id}/links/{link_id}": Stage.link,
    "PUT /api/v1/surveys/{survey_id}/widgets/{link_id}": Stage.widget,
    "POST /api/v1/surveys/{survey_id}/widgets/{link_id}/secret": Stage.secret,
    "PUT /api/v1/targets/{target_id}": Stage.target,
    "PUT /api/v1/units/{unit_id}": Stage.unit,
    "PUT /api/v1/datasets/{dataset_id}/made/{name}": Stage.made,
    "PUT /api/v1/views/{view_id}": Stage.view,
}


def edits():
    app = build_application(System(None, None, b""))
    found = [
        f"{method} {route.path}"
        for route in iter_route_contexts(app.routes)
        for method in sorted(getattr(route, "methods", None) or ())
    ]
    changing = {one for one in found if one.startswith(("PUT ", "PATCH "))}
    return sorted((changing | (BESIDE & set(found))) - set(NO_STATE)), set(found)


EDITS, ROUTES = edits()


def test_every_route_that_edits_is_tried():
    assert set(EDITS) == set(CASES)
    assert set(NO_STATE) <= ROUTES


@pytest.fixture(scope="module")
def stage(databases, tmp_path_factory):
    folder = tmp_path_factory.mktemp("two")
    database = databases.sqlite(folder)
    yield Stage(Cast(database, folder), folder)
    database.close()


@pytest.mark.parametrize("name", EDITS)
def test_the_second_of_two_is_told_and_nothing_is_overwritten(stage, name):
    method = name.split()[0].lower()
    edit = CASES[name](stage)
    own = GUARDS & set(edit.first)
    assert own, f"{name} asks for no state"
    blind = {key: value for key, value in edit.first.items() if key not in own}
    assert getattr(stage.browser, method)(f"/api/v1{edit.path}", json=blind).status_code == 422
    stage.office.call(edit.path, edit.first, method=method, browser=stage.browser)
    kept = stage.everything()
    told = getattr(stage.other, method)(f"/api/v1{edit.path}", json=edit.second)
    assert told.status_code == 409, told.text
    assert told.json()["error"]["sentence"]["zh-CN"]
    assert stage.everything() == kept
