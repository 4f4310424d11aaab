"""Each command loads only what it needs: slow libraries stay out of the quick ones."""

import subprocess
import sys

import pytest

SLOW = {"pandas", "scipy.special", "scipy.stats", "weasyprint", "pptx", "xlsxwriter", "sklearn",
        "statsmodels", "polars", "py_mini_racer", "resvg_py", "rjieba", "ruptures", "pyreadstat",
        "numpy.ma", "numpy.f2py", "jinja2", "pydantic"}  # fmt: skip
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


COMMANDS = {
    ("codebook", "--json"): set(),
    ("check", "--json"): set(),
    ("query", "--metric", "nps", "--by", "门店", "--json"): set(),
    ("drivers", "--target", "总体满意度", "--bootstrap", "20", "--json"): {"pydantic"},
    ("report", "-o", "{folder}", "--json"): {"jinja2"},
}
"""What each command loads of the slow libraries."""


@pytest.mark.parametrize(("words", "needed"), COMMANDS.items(), ids=lambda w: next(iter(w), ""))
def test_a_command_loads_the_engine_and_no_more(words, needed, tmp_path):
    file = tmp_path / "a.csv"
    rows = "\n".join(
        f"{i},{i % 11},店{i % 3},{1 + i % 5},{1 + i * i % 5},{1 + i // 3 % 5}" for i in range(60)
    )
    header = "编号,您有多大可能向朋友推荐我们,门店,总体满意度,服务满意度,价格满意度"
    file.write_text(f"{header}\n{rows}\n", "utf-8")
    name, *options = (word.format(folder=tmp_path / "out") for word in words)
    code = (
        f"import sys; sys.argv={['huiyin', name, str(file), *options]!r};"
        "from huiyin.app.cli import main; main()"
    )
    loaded = modules_after(code)
    assert loaded >= ENGINE
    assert loaded & SLOW == needed
