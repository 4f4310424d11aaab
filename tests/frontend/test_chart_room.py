"""Figures keep room for what is drawn beside their names and numbers."""

import json
import subprocess

import pytest

LOWEST = """
import {{ lowestOf }} from {file}
console.log(JSON.stringify(["heat", "bar"].map((chart) => lowestOf(chart, {option}))))
"""
SCRIPT = """
import {{ hasRoom }} from {file}
console.log(JSON.stringify(hasRoom({option}, {width})))
"""


@pytest.mark.parametrize(
    ("grid", "width", "room"),
    [
        ({"left": 110, "right": 380}, 560, False),  # a big screen of 1280 pixels: dots on a heap
        ({"left": 110, "right": 380}, 760, True),
        ([{"left": "5%"}], 300, True),
        (None, 300, True),
    ],
)
def test_the_wide_form_is_drawn_only_where_it_leaves_room(source, node, grid, width, room):
    assert run(source, node, SCRIPT, option=json.dumps({"grid": grid}), width=width) is room


def test_a_map_of_shades_is_as_tall_as_calls_above_numbers(source, node):
    option = json.dumps({"yAxis": {"data": ["site"] * 7}})
    heat, bar = run(source, node, LOWEST, option=option)
    assert heat >= 7 * 30 + 84  # two lines of 15 pixels a row, and upright names
    assert bar < heat


def run(source, node, script, **facts):
    file = json.dumps(str(source / "components" / "option.ts"))
    words = script.format(file=file, **facts)
    command = [str(node), "--no-warnings", "--input-type=module", "-e", words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)
