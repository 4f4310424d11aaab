"""From a mark of a figure deeper: what it stands for is kept, its days too; near is meant."""

import json
import subprocess

import pytest

DEEPER = """
import * as deeper from {file}
const answer = (grain, query = {{}}) => ({{ query, result: {{ query: {{ grain }} }} }})
const asked = {{ metrics: ['nps'], by: ['大区'], where: [], grain: 'month' }}
const drawn = {{ ...asked, compare: 'previous', chart: 'line' }}
const plain = {{ ...asked, grain: null, compare: '大区=华南' }}
const point = {{ by: {{ 大区: '华东', period: '2025-02-01' }} }}
const month = answer('month', {{ since: '2025-01-15' }})
const first = {{ by: {{ '@first_answer': '2025 Q1', period: '2025-04-01' }} }}
const columns = [
  {{ name: '总体满意度', role: 'overall', usable: true, scale: {{ min: 1, max: 3 }} }},
  {{ name: '服务态度', role: 'aspect', usable: true, scale: {{ min: 1, max: 5 }} }},
]
const aspects = [{{ id: 'score:服务体验', parts: ['score:服务态度'] }}, {{ id: 'churn' }}]
console.log(JSON.stringify({{
  only: deeper.onlyThis(drawn, point, month),
  down: deeper.downInto(drawn, point, month, '省份'),
  parts: deeper.partsOf(drawn, point, month, ['share:总体满意度=1']),
  made: ['score:服务体验', 'score:总体满意度', 'index', 'nps'].map((metric) =>
    deeper.madeOf(columns, aspects, metric)),
  begun: deeper.onlyThis(drawn, {{ by: {{ period: '2025-01-01' }} }}, month),
  undated: deeper.downInto(plain, {{ by: {{ 大区: '华东' }} }}, answer(null), '省份'),
  cohort: deeper.downInto({{ ...drawn, by: [] }}, first, answer('quarter'), '大区'),
  without: deeper.without(drawn, point),
  kept: [
    point, {{ by: {{}} }}, {{ by: {{ 大区: null }} }},
    {{ by: {{ 大区: '华东', period: null }} }}, {{ by: {{ 大区: 'a|b' }} }},
  ].map((one) => deeper.canBeKept(one, month)),
}}))
"""
NEAREST = """
import {{ nearestCell }} from {file}
const dots = [
  {{ value: [70, 0], cell: 5 }}, {{ value: ['-', 1], cell: 6 }}, {{ value: [72, 2], cell: 7 }},
  {{ value: [1, 3] }},
]
const points = [{{ value: 3, cell: 0 }}, null, {{ value: 5, cell: 2 }}]
const rows = {{
  xAxis: {{ type: 'value' }}, yAxis: [{{ type: 'category' }}, {{}}],
  series: [{{ type: 'scatter', data: dots }}],
}}
const line = {{
  xAxis: {{ type: 'category' }}, yAxis: {{ type: 'value' }},
  series: [{{ type: 'custom', data: [[0, 1, 2]] }}, {{ type: 'line', data: points }}],
}}
const toPixel = (series, [x, y]) => (x === '-' ? [NaN, 40 * y] : [10 * x, 40 * y])
const of = (option, ...at) => nearestCell(option, at, toPixel) ?? null
console.log(JSON.stringify({{
  rows: [[700, 0], [5, 10], [5, 38], [900, 85], [5, 60], [10, 120]].map((at) => of(rows, ...at)),
  line: [of(line, 4, 110), of(line, 30, 200), of(line, 60, 200)],
  none: of({{}}, 1, 1),
}}))
"""


def told(node, script, file):
    words = script.format(file=json.dumps(str(file)))
    command = [str(node), "--no-warnings", "--input-type=module", "-e", words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def found(source, node):
    return told(node, DEEPER, source / "pages" / "explore" / "deeper.ts")


EAST = {"column": "大区", "operator": "=", "values": ["华东"]}
FEBRUARY = {"since": "2025-02-01", "until": "2025-02-28", "grain": None}


def test_from_a_mark_in_time_its_days_are_kept_to(found):
    assert found["only"] == {"where": [EAST], **FEBRUARY, "chart": None}
    assert found["down"] == {"where": [EAST], **FEBRUARY, "chart": None, "by": ["省份"]}
    assert found["parts"] == {
        "where": [EAST], **FEBRUARY, "chart": None,
        "metrics": ["share:总体满意度=1"], "by": [], "compare": None, "sort": "data",
    }  # fmt: skip


def test_a_number_opens_into_what_it_is_made_of(found):
    levels = [f"share:总体满意度={level}" for level in (1, 2, 3)]
    assert found["made"] == [["score:服务态度"], levels, ["score:服务态度"], []]


def test_days_of_a_mark_lie_within_those_that_are_asked_for(found):
    assert found["begun"]["since"] == "2025-01-15"
    assert found["begun"]["until"] == "2025-01-31"


def test_a_mark_without_a_period_keeps_to_its_groups_only(found):
    assert found["undated"] == {"where": [EAST], "by": ["省份"], "chart": None, "compare": "rest"}
    assert found["without"] == {"where": [EAST | {"operator": "!="}]}


def test_the_period_of_first_answers_stays_told_by_its_grain(found):
    assert found["cohort"]["where"][0]["values"] == ["2025 Q1"]
    assert found["cohort"]["grain"] == "quarter"
    assert (found["cohort"]["since"], found["cohort"]["until"]) == ("2025-04-01", "2025-06-30")


def test_what_no_condition_can_say_is_not_opened(found):
    assert found["kept"] == [True, True, False, False, False]


def test_a_row_is_meant_wherever_it_is_clicked_and_a_point_within_reach(source, node):
    file = source / "components" / "view" / "nearest.ts"
    near = told(node, NEAREST, file)
    assert near["rows"] == [5, 5, 6, 7, None, None]
    assert near["line"] == [0, 2, None]
    assert near["none"] is None
