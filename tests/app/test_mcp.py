"""Assistants ask over MCP: tools that only read, the numbers of the pages, faults as sentences."""

import asyncio
import json
import os
import sys

import pytest
from connected import token_of
from importing import ask
from mcp import Client, StdioServerParameters
from serving import served

from huiyin.app.mcp.server import build_server
from huiyin.app.mcp.shortened import MOST_DIMENSIONS, MOST_GROUPS, shortened_ask, shortened_why
from huiyin.client.server import connect

TOOLS = {"list_datasets", "describe_dataset", "query", "ask", "why", "drivers", "what_if"}
QUESTION = {"metrics": ["score:总体满意度"], "by": ["大区"]}


@pytest.fixture
def asking(cast, analyst):
    """Call a tool in this process; gives whether it failed, and what it said."""

    async def call(address, name, words):
        with connect(address, token_of(analyst, "see_scores")) as server:
            async with Client(build_server(server, "test")) as client:
                return await client.call_tool(name, words)

    with served(cast.app) as address:
        yield lambda name, **words: asyncio.run(call(address, name, words))


def test_a_program_finds_the_tools_and_asks(cast, analyst, dataset_id):
    async def talk(address, secret):
        command = StdioServerParameters(
            command=sys.executable,
            args=["-m", "huiyin", "mcp", "--server", address],
            env={**os.environ, "HUIYIN_TOKEN": secret},
        )
        async with Client(command) as client:
            tools = (await client.list_tools()).tools
            answer = await client.call_tool(
                "query", {"dataset": "门店满意度", "question": QUESTION}
            )
            return tools, answer

    with served(cast.app) as address:
        tools, answer = asyncio.run(talk(address, token_of(analyst, "see_scores")))
    assert {tool.name for tool in tools} == TOOLS
    assert all(tool.annotations.read_only_hint for tool in tools)
    seen = ask(analyst, dataset_id, **QUESTION)
    assert answer.structured_content["cells"] == seen["cells"]


def test_each_tool_answers(asking, analyst, dataset_id):
    place = {"dataset": dataset_id}
    assert asking("list_datasets").structured_content["datasets"][0]["id"] == dataset_id
    told = asking("describe_dataset", **place).structured_content
    assert {column["name"] for column in told["columns"]} >= {"大区", "总体满意度"}
    book = analyst.get(f"/api/v1/datasets/{dataset_id}/codebook").json()
    assert told["operations"] == book["operations"]
    assert asking("ask", **place, question="满意度是多少").structured_content["result"]["cells"]
    told = asking("drivers", **place, target="总体满意度").structured_content
    assert told["drivers"][0]["column"] == "服务满意度"
    assert asking("what_if", **place, aspect="服务满意度", points=5).structured_content
    month = {"since": "2025-03-01", "until": "2025-03-31"}
    assert asking("why", **place, metric="score:总体满意度", **month).structured_content


def test_why_tells_the_groups_that_count_and_all_of_them_where_asked(asking, dataset_id):
    words = {"metric": "score:总体满意度", "since": "2025-03-01", "until": "2025-03-31"}
    short = asking("why", dataset=dataset_id, **words).structured_content
    whole = asking("why", dataset=dataset_id, **words, everything=True).structured_content
    assert short["finding"] == whole["finding"]
    assert short["whole"] == whole["whole"]
    assert "contributors" not in short
    for told, all_of_it in zip(short["dimensions"], whole["dimensions"], strict=True):
        (first,) = told["groups"][:1]
        same = next(g for g in all_of_it["groups"] if g["value"] == first["value"])
        assert first.items() <= same.items()
        assert len(told["groups"]) + told["left_out"] == len(all_of_it["groups"])


def test_of_a_ranking_the_groups_that_it_lists_are_told():
    cells = [{"by": {"门店": f"{n}店"}, "estimate": n} for n in range(60)]
    places = [{"by": {"门店": f"{n}店"}} for n in (3, 7)]
    told = shortened_ask({"ranking": {"places": places}, "result": {"cells": cells, "data": 1}})
    assert [cell["estimate"] for cell in told["result"]["cells"]] == [3, 7]
    assert (told["result"]["left_out"], told["result"]["data"]) == (58, 1)
    assert shortened_ask({"answer": "refuse"}) == {"answer": "refuse"}


def test_of_many_groups_and_dimensions_few_are_told_and_the_rest_counted():
    def group(column, n, call):
        return {"dimension": column, "value": f"{column}{n}", "folded": 0, "call": call, "mix": 0.0}

    columns = [f"列{n}" for n in range(MOST_DIMENSIONS + 1)]
    groups = {
        one: [group(one, n, "real" if n > 47 else "cannot_tell") for n in range(50)]
        for one in columns
    }
    folded = {"dimension": "列0", "value": None, "folded": 7, "call": None}
    dimensions = [{"column": c, "groups": g} for c, g in groups.items()]
    dimensions[0]["groups"] = [*groups["列0"], folded]
    everyone = sorted((g for some in groups.values() for g in some), key=lambda g: g["call"])[::-1]
    found = {"dimensions": dimensions, "contributors": everyone, "finding": {}}
    first, *_, last = shortened_why(found)["dimensions"]
    assert [one["value"] for one in first["groups"]][:2] == ["列049", "列048"]
    assert (len(first["groups"]), first["left_out"]) == (MOST_GROUPS, 57 - MOST_GROUPS)
    assert first["calls"] == {"real": 2, "cannot_tell": 48}
    assert (last["groups"], last["left_out"], last["calls"]["real"]) == ([], 50, 2)
    assert len(json.dumps(shortened_why(found))) < len(json.dumps(found)) / 5


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"question": {**QUESTION, "filters": ["大区=华东"]}}, "question.filters（没有这一项）"),
        ({"question": QUESTION, "where": ["大区=华东"]}, "where（没有这一项）"),
        ({"question": {**QUESTION, "where": "大区=华东"}}, "question.where（要是列表）"),
        ({"question": {"metrics": []}}, "question.metrics（至少 1 项）"),
        ({}, "question（没有给）"),
        ({"question": {**QUESTION, "where": ["大区=" + "东" * 9_000]}}, "body.where.0（最多"),
    ],
)
def test_what_a_tool_does_not_know_is_refused_and_not_left_out(asking, dataset_id, words, said):
    answer = asking("query", dataset=dataset_id, **words)
    assert answer.is_error
    (told,) = answer.content
    assert said in told.text
    assert " / " in told.text
    assert "pydantic" not in told.text


def test_more_cells_than_can_be_kept_in_mind_are_refused(asking, dataset_id, monkeypatch):
    monkeypatch.setattr("huiyin.app.mcp.server.MOST_CELLS", 2)
    answer = asking("query", dataset=dataset_id, question=QUESTION)
    assert "3 cells, more than 2" in answer.content[0].text


def test_a_fault_is_a_sentence_in_both_languages(asking, dataset_id):
    answer = asking("query", dataset=dataset_id, question={"metrics": ["nps"]})
    assert answer.is_error
    assert " / " in answer.content[0].text
    unknown = asking("query", dataset="没有", question={"metrics": ["nps"]})
    assert "没有叫“没有”的数据集" in unknown.content[0].text
    assert "There is no dataset" in unknown.content[0].text
