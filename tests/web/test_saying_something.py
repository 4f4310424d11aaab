"""A name, a purpose or a reason of spaces says nothing: it is refused, and nothing is done."""

import pytest
from importing import add_dataset

from huiyin.people.contracts import Role

API = "/api/v1"


@pytest.fixture
def root(cast):
    return cast.signed_in(Role.ADMINISTRATOR, "root")


@pytest.fixture
def dataset_id(cast, root, tmp_path):
    rows = "\n".join(f"{i},K{i:03d},{i % 11}" for i in range(40))
    path = tmp_path / "推荐.csv"
    path.write_text(f"编号,客户编号,您有多大可能推荐我们\n{rows}\n", "utf-8")
    return add_dataset(cast, root, path)[0]


def refused(answer, field):
    assert answer.status_code == 422, answer.text
    assert field in answer.json()["error"]["sentence"]["zh-CN"]


def test_customers_are_listed_for_a_purpose_and_a_space_is_none(root, dataset_id):
    view = {"dataset": dataset_id, "query": {"metrics": ["nps"]}}
    body = {"view": view, "metric": "nps", "by": {}}
    before = root.get(f"{API}/audit").json()["items"][0]["seq"]
    refused(root.post(f"{API}/views/customers", json=body | {"purpose": "  "}), "body.purpose")
    assert root.get(f"{API}/audit").json()["items"][0]["seq"] == before
    listed = root.post(f"{API}/views/customers", json=body | {"purpose": " 回访 "})
    assert listed.status_code == 200
    assert root.get(f"{API}/audit").json()["items"][0]["after"]["purpose"] == "回访"


def test_names_and_reasons_say_something(root, dataset_id):
    place = f"{API}/datasets/{dataset_id}"
    revision = root.get(place).json()["revision"]
    refused(root.patch(place, json={"name": " ", "revision": revision}), "body.name")
    refused(root.post(f"{API}/datasets", json={"name": " ", "uploads": ["x"]}), "body.name")
    blocked = {"addresses": ["a@example.com"], "reason": " "}
    refused(root.post(f"{API}/sending/do-not-contact", json=blocked), "body.reason")
    settings = {"url": "https://llm.example.com/v1", "model": " "}
    endpoint = {"revision": 0, "settings": settings}
    refused(root.put(f"{API}/ask/endpoint", json=endpoint), "body.settings.model")
    for name in ("", " "):
        board = {"definition": {"name": {"zh-CN": name}}}
        refused(root.post(f"{API}/boards", json=board), "看板要有名字")


@pytest.mark.parametrize(
    "place",
    [
        "surveys",
        "surveys/none/links",
        "surveys/none/mailings",
        "surveys/none/widgets",
        "survey-templates/none",
        "datasets/from-sql",
    ],
)
def test_surveys_and_what_they_are_sent_with_have_names(root, place):
    refused(root.post(f"{API}/{place}", json={"name": " "}), "body.name")
