"""The OpenAPI document is true: who may call, how faults look, what comes as a file."""

import re

from connected import token_of

from huiyin.people.api_tokens import SESSION_ONLY
from huiyin.web.application import build_application
from huiyin.web.system import System

DOCUMENT = build_application(System(None, None, b"")).openapi()
OPERATIONS = [
    (path, method, operation)
    for path, methods in DOCUMENT["paths"].items()
    for method, operation in methods.items()
]
METRIC = "score:总体满意度"


def named(path, method):
    return DOCUMENT["paths"][path][method]


def kinds(path, method):
    return set(named(path, method)["responses"]["200"]["content"])


def test_every_name_in_it_is_there():
    named_schemas = set(re.findall(r"#/components/schemas/([^'\"]+)", str(DOCUMENT)))
    assert named_schemas <= set(DOCUMENT["components"]["schemas"])
    ways = {way for *_, one in OPERATIONS for given in one["security"] for way in given}
    assert ways == set(DOCUMENT["components"]["securitySchemes"])


def test_every_fault_has_the_one_shape():
    for path, method, operation in OPERATIONS:
        faults = {s: a for s, a in operation["responses"].items() if s[0] in "45d"}
        assert "default" in faults, (path, method)
        for answer in faults.values():
            schema = answer["content"]["application/json"]["schema"]
            assert schema == {"$ref": "#/components/schemas/Fault"}, (path, method)
    assert "HTTPValidationError" not in DOCUMENT["components"]["schemas"]


def test_by_what_one_may_come_follows_from_the_right():
    assert named("/healthz", "get")["security"] == []
    never = {right.value for right in SESSION_ONLY}
    for path, method, operation in OPERATIONS:
        right, ways = operation.get("x-right"), operation["security"]
        assert (ways == []) == (right is None), (path, method)
        if right is not None:
            assert ({"token": []} in ways) == (right not in never), (path, method)
            assert ("csrf" in ways[-1]) == (method != "get"), (path, method)


def test_files_are_what_it_says(analyst, dataset_id):
    asked = {"metrics": [METRIC]}
    for form in ("json", "csv", "xlsx"):
        answer = analyst.post(f"/api/v1/datasets/{dataset_id}/query?format={form}", json=asked)
        assert answer.headers["content-type"] in kinds(
            "/api/v1/datasets/{dataset_id}/query", "post"
        )
    tile = {"id": "t", "kind": "number", "x": 0, "y": 0, "w": 3, "h": 2,
            "view": {"dataset": dataset_id, "query": asked}}  # fmt: skip
    board = {"name": {"zh-CN": "板", "en": "Board"}, "tiles": [tile]}
    made = analyst.post("/api/v1/boards", json={"definition": board})
    assert made.status_code == 201, made.text
    path = f"/api/v1/boards/{made.json()['id']}/file"
    found = {
        analyst.post(f"{path}?format={form}", json={}).headers["content-type"]
        for form in ("pdf", "pptx", "xlsx")
    }
    assert found == kinds("/api/v1/boards/{board_id}/file", "post")
    view = {"name": "看法", "view": {"dataset": dataset_id, "query": asked}}
    view_id = analyst.post("/api/v1/views", json=view).json()["id"]
    given = analyst.get(f"/api/v1/views/{view_id}/yaml").headers["content-type"]
    assert kinds("/api/v1/views/{view_id}/yaml", "get") == {given.partition(";")[0]}
    assert "application/pdf" in kinds("/api/v1/datasets/{dataset_id}/report/{form}", "get")


def test_a_fault_is_what_it_says(analyst, dataset_id):
    shape = DOCUMENT["components"]["schemas"]["Fault"]["properties"]["error"]
    answers = [
        analyst.post(f"/api/v1/datasets/{dataset_id}/query", json={"metrics": 5}),
        analyst.post(f"/api/v1/datasets/{dataset_id}/query", json={"metrics": ["nps:无"]}),
        analyst.get("/api/v1/views/none"),
        analyst.get("/api/v1/datasets", headers={"authorization": "Bearer hy_none"}),
    ]
    assert [answer.status_code for answer in answers] == [422, 422, 404, 401]
    for answer in answers:
        assert set(answer.json()["error"]) == set(shape["required"])


def test_a_token_made_as_it_says_gets_in(analyst, dataset_id):
    operation = named("/api/v1/datasets/{dataset_id}/query", "post")
    secret = token_of(analyst, operation["x-right"])
    analyst.cookies.clear()
    answer = analyst.post(
        f"/api/v1/datasets/{dataset_id}/query",
        json={"metrics": [METRIC]},
        headers={"authorization": f"Bearer {secret}"},
    )
    assert answer.status_code == 200, answer.text
