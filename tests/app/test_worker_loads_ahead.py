"""A worker has loaded what imports need before the first answers come."""

import subprocess
import sys

SCRIPT = """
import sys
from huiyin.app.worker import load_ahead
before = "ibis.backends.duckdb" in sys.modules
load_ahead()
import pyarrow as pa
loaded = set(sys.modules)
pa.array(["x"], pa.string())
print(before, "ibis.backends.duckdb" in loaded, "deltalake" in loaded, set(sys.modules) - loaded)
"""


def test_what_imports_need_is_there_before_the_first():
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.split(maxsplit=3) == ["False", "True", "True", "set()\n"]
