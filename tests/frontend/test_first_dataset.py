"""A page opens on the dataset looked at last; where the data ends, its last days are offered."""

import json
import subprocess

SCRIPT = """
import {{ firstOf }} from {datasets}
import {{ isEmpty, lastDays }} from {ending}
const today = '2026-11-29'
const all = [
  {{ id: 'contracts', last_month: '2027-10-01' }},
  {{ id: 'garden', last_month: null }}, {{ id: 'shops', last_month: '2026-10-01' }},
  {{ id: 'orders', last_month: '2026-10-01' }}, {{ id: 'old', last_month: '2025-12-01' }},
]
console.log(JSON.stringify({{
  first: [undefined, 'old', 'gone'].map((last) => firstOf(all, last, today).id),
  undated: firstOf(['a', 'b'].map((id) => ({{ id, last_month: null }})), undefined, today).id,
  none: firstOf([], undefined, today) ?? null,
  days: ['2026-10-31', '2026-11-01', '2028-02-29'].map(lastDays),
  empty: [[], [{{}}], [{{ estimate: 0 }}]].map(isEmpty),
}}))
"""


def test_it_is_the_last_one_or_the_one_with_the_newest_answers(node, source):
    code = SCRIPT.format(
        datasets=json.dumps((source / "components" / "datasets.ts").as_uri()),
        ending=json.dumps((source / "components" / "ending.ts").as_uri()),
    )
    told = subprocess.run(
        [node, "--no-warnings", "--input-type=module", "-e", code],
        capture_output=True, text=True, check=True, cwd=source.parent,
    )  # fmt: skip
    found = json.loads(told.stdout)
    assert found["first"] == ["shops", "old", "shops"]
    assert (found["undated"], found["none"]) == ("a", None)
    assert found["days"] == [
        {"since": "2026-10-01", "until": "2026-10-31"},
        {"since": "2026-10-03", "until": "2026-11-01"},
        {"since": "2028-02-01", "until": "2028-02-29"},
    ]
    assert found["empty"] == [True, True, False]
