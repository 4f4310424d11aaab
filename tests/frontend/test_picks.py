"""A mark of a tile as a filter of its board: what it keeps to, and how the address says it."""

import json
import subprocess

import pytest

SCRIPT = """
import * as picks from {file}
const answer = (grain, query) => ({{ query, result: {{ query: {{ grain }} }} }})
const of = (by, grain = null, days = {{}}) => picks.pickOf('t1', {{ by }}, answer(grain, days))
const part = {{ since: '2025-01-10', until: '2025-02-20' }}
const east = of({{ 大区: '华东' }})
const shop = {{ ...of({{ 大区: '华南', 门店: '店1' }}), tile: 't2' }}
const days = {{ ...of({{ period: '2025-03-01' }}, 'month'), tile: 't3' }}
console.log(JSON.stringify({{
  east,
  cell: of({{ 大区: '华东', 渠道: '官网' }}),
  month: of({{ period: '2025-02-01' }}, 'month'),
  quarter: of({{ period: '2025-01-01' }}, 'quarter', part),
  both: of({{ 大区: '华东', period: '2025-03-03' }}, 'week'),
  none: [
    of({{}}), of({{ 大区: null }}), of({{ 大区: 'a|b' }}), of({{ period: null }}, 'month'),
    of({{ 大区: '华东', period: null }}, 'month'), of({{ '@first_answer': '2025-01-01' }}),
  ],
  again: picks.readPicks(picks.pickAddress([east, days])),
  address: picks.pickAddress([shop, days]),
  named: picks.readPicks(['t1:列:a=b=c', ':x=1', 'nothing']),
  next: picks.withPick([east, days], shop).map(({{ tile }}) => tile),
  third: picks.withPick([east, days], {{ ...days, tile: 't9' }}).map(({{ tile }}) => tile),
  without: picks.withoutPick([east, days], 't1').map(({{ tile }}) => tile),
  same: [of({{ 大区: '华东' }}), shop, undefined].map((one) => picks.samePick(east, one)),
}}))
"""


def pick(where=(), since=None, until=None, tile="t1"):
    return {"tile": tile, "where": list(where), "since": since, "until": until}


@pytest.fixture(scope="module")
def found(source, node):
    file = str(source / "pages" / "boards" / "board" / "picks.ts")
    script = SCRIPT.format(file=json.dumps(file))
    command = [str(node), "--no-warnings", "--input-type=module", "-e", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


def test_a_mark_keeps_to_its_groups_and_the_days_of_its_period(found):
    assert found["east"] == pick(["大区=华东"])
    assert found["cell"] == pick(["大区=华东", "渠道=官网"])
    assert found["month"] == pick([], "2025-02-01", "2025-02-28")
    assert found["both"] == pick(["大区=华东"], "2025-03-03", "2025-03-09")


def test_days_of_a_mark_lie_within_the_days_of_its_tile(found):
    assert found["quarter"] == pick([], "2025-01-10", "2025-02-20")


def test_what_no_condition_can_say_is_no_filter(found):
    assert found["none"] == [None] * 6


def test_the_address_says_marks_and_is_read_back(found):
    assert found["address"] == [
        "t2:大区=华南", "t2:门店=店1", "t3:2025-03-01..2025-03-31",
    ]  # fmt: skip
    assert found["again"] == [
        pick(["大区=华东"]),
        pick([], "2025-03-01", "2025-03-31", "t3"),
    ]
    assert found["named"] == [pick(["列:a=b=c"])]


def test_a_new_mark_takes_the_place_of_marks_of_its_tile_and_of_its_columns(found):
    assert found["next"] == ["t3", "t2"]
    assert found["third"] == ["t1", "t9"]
    assert found["without"] == ["t3"]
    assert found["same"] == [True, False, False]
