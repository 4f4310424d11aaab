"""A board on a big screen: each screenful begins with a tile; after the last the first comes."""

import json
import subprocess

SCRIPT = """
import {{ nextTop }} from {file}
const tiles = {tiles}
const whole = tiles.at(-1)[1] + 24
const seen = []
let top = 0
for (let i = 0; i < 12; i += 1) {{ top = nextTop(top, 1000, whole, tiles); seen.push(top) }}
console.log(JSON.stringify(seen))
"""


def tops(source, node, tiles):
    file = json.dumps(str(source / "pages" / "boards" / "board" / "turning.ts"))
    script = SCRIPT.format(file=file, tiles=json.dumps(tiles))
    command = [str(node), "--no-warnings", "--input-type=module", "-e", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return json.loads(done.stdout)


def test_the_next_screenful_begins_with_the_first_tile_that_was_not_wholly_seen(source, node):
    rows = [[100 + 300 * i, 380 + 300 * i] for i in range(8)]  # the last ends at 2480
    assert tops(source, node, rows)[:4] == [976, 1504, 0, 976]


def test_what_fits_stays_and_a_tile_taller_than_the_screen_is_passed_through(source, node):
    assert set(tops(source, node, [[100, 400], [420, 900]])) == {0}
    seen = tops(source, node, [[100, 400], [420, 3000]])
    assert seen[:4] == [396, 1296, 2024, 0]
