"""Whom a comment on a tile calls upon: who is named, nobody whose name hers begins with."""

import json
import subprocess

import pytest

PEOPLE = [
    {"id": "a", "name": "王芳"}, {"id": "b", "name": "王芳芳"}, {"id": "c", "name": "Lee"},
    {"id": "d", "name": "Lee"},
]  # fmt: skip
SCRIPT = """
import {{ mentioned }} from {file}
console.log(JSON.stringify(mentioned({words}, {people})))
"""


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("@王芳芳 看一下", ["b"]),
        ("@王芳 看一下", ["a"]),
        ("@王芳芳 和 @王芳 都看一下", ["a", "b"]),
        ("@Lee, please", ["c", "d"]),
        ("王芳 看一下", []),
    ],
)
def test_the_one_who_is_named_is_called(source, node, words, ids):
    file = json.dumps(str(source / "pages" / "boards" / "board" / "mentions.ts"))
    script = SCRIPT.format(file=file, words=json.dumps(words), people=json.dumps(PEOPLE))
    command = [str(node), "--no-warnings", "--input-type=module", "-e", script]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert json.loads(done.stdout) == ids
