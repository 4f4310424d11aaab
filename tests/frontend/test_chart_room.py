"""Figures keep room for what is drawn beside their names and numbers."""

import json
import subprocess

import pytest

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
    file = json.dumps(str(source / "components" / "option.ts"))
    script = SCRIPT.format(file=file, option=json.dumps({"grid": grid}), width=width)
    command = [str(node), "--no-warnings", "--input-type=module", "-e", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(done.stdout) is room
