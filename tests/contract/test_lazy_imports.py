"""Each command loads only what it needs: slow libraries stay out of the quick ones."""

import subprocess
import sys

import pytest

SLOW = {"pandas", "scipy.stats", "weasyprint", "pptx", "xlsxwriter", "sklearn", "statsmodels",
        "polars", "py_mini_racer", "resvg_py", "rjieba", "ruptures", "pyreadstat"}  # fmt: skip
ENGINE = {"duckdb", "ibis", "pyarrow", "numpy"}

SCRIPT = """
import sys
try:
    {code}
except SystemExit:
    pass
print("\\n".join(sorted(m for m in sys.modules)), file=sys.stderr)
"""


def modules_after(code):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(code=code)], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


@pytest.mark.parametrize(
    "code",
    [
        "import huiyin",
        "import sys; sys.argv=['huiyin','--help']; from huiyin.app.cli import main; main()",
        "import sys; sys.argv=['huiyin','query','--help']; from huiyin.app.cli import main; main()",
    ],
)
def test_help_loads_nothing_slow(code):
    assert not modules_after(code) & (SLOW | ENGINE)


def test_a_query_loads_the_engine_and_no_more(tmp_path):
    file = tmp_path / "a.csv"
    rows = "\n".join(f"{i},{i % 11},店{i % 3}" for i in range(60))
    file.write_text(f"编号,您有多大可能向朋友推荐我们,门店\n{rows}\n", "utf-8")
    code = (
        f"import sys; sys.argv=['huiyin','query',{str(file)!r},"
        "'--metric','nps','--by','门店','--json'];"
        "from huiyin.app.cli import main; main()"
    )
    loaded = modules_after(code) & SLOW
    assert not loaded
