"""A number looks the same on a page and in a report."""

import itertools
import json
import subprocess

import pytest

from huiyin.core.text import Text
from huiyin.measure.contracts import Cell, Unit
from huiyin.report import numbers

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
const none = (v) => (v === null ? null : v)
console.log(JSON.stringify(given.map(([kind, unit, a, b]) =>
  kind === 'number' ? format.number(none(a), unit)
  : kind === 'interval' ? format.interval(a, b, unit)
  : kind === 'own' ? format.ownInterval({{ low: a, high: b, unit }})
  : kind === 'difference' ? format.difference(a, unit, ' pp') : format.count(a))))
"""


def cell(low, high, unit):
    return Cell({}, "x", Text.same("x"), unit, high, low, high, 0.95, 3, 3, None, "")


def cases():
    for unit, value in itertools.product(Unit, VALUES):
        yield "number", unit.value, value, None, numbers.number(value, unit)
        yield "difference", unit.value, value, None, numbers.difference(value, unit, "en")
        low = None if value is None else value - 1.5
        yield "interval", unit.value, low, value, numbers.interval(low, value, unit)
        yield "own", unit.value, low, value, numbers.cell_interval(cell(low, value, unit))
    yield from (("count", "nps", n, None, numbers.count(n)) for n in (0, 12, 1842, 1_000_000))


@pytest.fixture(scope="module")
def shown(source, node):
    script = SCRIPT.format(file=json.dumps(str(source / "components" / "format.ts")))
    asked = json.dumps([case[:4] for case in cases()])
    command = [str(node), "--no-warnings", "--input-type=module", "-e", script, asked]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


def test_pages_and_reports_write_numbers_alike(shown):
    wanted = [case[4] for case in cases()]
    differing = [(c[:4], s, w) for c, s, w in zip(cases(), shown, wanted, strict=True) if s != w]
    assert not differing
