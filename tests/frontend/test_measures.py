"""What a dataset can be asked for: an outcome is told as the share with it, never as a mean."""

import json
import subprocess

SCRIPT = """
import * as measures from {file}
const t = (key, facts = {{}}) => `${{key}} ${{facts.name ?? ''}}`.trim()
const say = (text) => text.zh ?? ''
const plain = {{ label: {{}}, usable: true, scale: null, events: [] }}
const columns = [
  {{ ...plain, name: '90天内复购', role: 'outcome', events: ['是'] }},
  {{ ...plain, name: '来过几次', role: 'outcome' }},
]
console.log(JSON.stringify({{
  offered: measures.measureChoices(columns, t, say).map(({{ value }}) => value),
  levels: measures.levelChoices(['share:90天内复购=是', 'share:90天内复购=否'], columns, t, say)
    .map(({{ value }}) => value),
  asked: measures.asAsked(
    [
      {{ value: 'nps', label: 'NPS · 推荐' }},
      {{ value: 'renewal_rate', label: '续约率' }},
      {{ value: 'mean:来过几次', label: '均分' }},
    ],
    ['nps:推荐', 'renewal_rate:是否续约', 'mean:来过几次', 'score:推荐'],
    [{{ ...plain, name: '推荐', role: 'nps' }}, {{ ...plain, name: '是否续约', role: 'outcome' }}],
    say,
  ),
}}))
"""


def test_an_outcome_of_yes_and_no_is_offered_once_as_its_share(source, node):
    file = json.dumps(str(source / "components" / "measures.ts"))
    command = [str(node), "--no-warnings", "--input-type=module", "-e", SCRIPT.format(file=file)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    found = json.loads(done.stdout)
    assert found["offered"] == ["share:90天内复购=是", "mean:来过几次"]
    assert found["levels"] == ["share:90天内复购=否"]
    assert [(one["value"], one["label"]) for one in found["asked"]] == [
        ("nps:推荐", "NPS · 推荐"),
        ("renewal_rate", "续约率"),
        ("mean:来过几次", "均分"),
        ("renewal_rate:是否续约", "续约率 · 是否续约"),
    ]
