"""A number looks the same on a page and in a report."""

import itertools
import json
import subprocess

import pytest

from huiyin.core.text import LANGUAGES, Text
from huiyin.measure.contracts import Cell, Unit
from huiyin.report import numbers
from huiyin.report.words import word

VALUES = [
    None,
    0.0,
    -0.0,
    0.04,
    -0.04,
    31.25,
    -31.25,
    78.349,
    0.7123,
    1234.5,
    -99999.95,
    250.06,
    0.0004,
    5e6,
    1234567.5,
    1000.5,
    1001.5,
    0.125,
    0.0625,
]
SCRIPT = """
import * as format from {file}
const given = JSON.parse(process.argv[1])
format.tellIn({language})
const points = {points}
const none = (v) => (v === null ? null : v)
console.log(JSON.stringify(given.map(([kind, unit, a, b]) =>
  kind === 'number' ? format.number(none(a), unit)
  : kind === 'interval' ? format.interval(a, b, unit)
  : kind === 'own' ? format.ownInterval({{ low: a, high: b, unit }})
  : kind === 'difference' ? format.difference(a, unit, points) : format.count(a))))
"""


def cell(low, high, unit):
    return Cell({}, "x", Text.same("x"), unit, high, low, high, 0.95, 3, 3, None, "")


def cases(language):
    for unit, value in itertools.product(Unit, VALUES):
        yield "number", unit.value, value, None, numbers.number(value, unit, language)
        yield "difference", unit.value, value, None, numbers.difference(value, unit, language)
        low = None if value is None else value - 1.5
        yield "interval", unit.value, low, value, numbers.interval(low, value, unit, language)
        yield "own", unit.value, low, value, numbers.cell_interval(cell(low, value, unit), language)
    yield from (("count", "nps", n, None, numbers.count(n)) for n in (0, 12, 1842, 1_000_000))


def shown(source, node, language):
    file = json.dumps(str(source / "components" / "format.ts"))
    points = json.dumps(word("unit.share_points", language))
    script = SCRIPT.format(file=file, language=json.dumps(language), points=points)
    asked = json.dumps([case[:4] for case in cases(language)])
    command = [str(node), "--no-warnings", "--input-type=module", "-e", script, asked]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_and_reports_write_numbers_alike(source, node, language):
    written = zip(cases(language), shown(source, node, language), strict=True)
    assert not [(case, page) for case, page in written if page != case[4]]
