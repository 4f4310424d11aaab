"""A web process has loaded what questions need before the first one comes."""

import subprocess
import sys
from pathlib import Path

SCRIPT = """
import sys
from pathlib import Path
from huiyin.app.warming import _made_up, warm_up
from huiyin.codebook.contracts import Role
from huiyin.measure.contracts import Query
from huiyin.store.database import Database
from huiyin.store.folders import Folders
from huiyin.web.corridors import View, opened_corridor
from huiyin.measure.contracts import Viewer
from huiyin.web.system import System
from datetime import date
from huiyin.ask.contracts import ColumnValues
from huiyin.ask.reading import ask
from huiyin.ask.vocabulary import build_vocabulary
from huiyin.report.views.draw import propose
import huiyin.web.application

root = Path(sys.argv[1])
system = System(Database.in_folder(root), Folders(root), b"k" * 32)
before = "ibis.backends.duckdb" in sys.modules
warm_up(system)
loaded = set(sys.modules)
view = View(None, _made_up(root), Viewer.owner(), Viewer.owner())
with opened_corridor(system, view) as corridor:
    result = corridor.answer(Query(metrics=("nps:nps",)))
    (cell,) = result.cells
    assert propose(result)
    assert corridor.level_counts("channel")
    ask("上个月外地的NPS", build_vocabulary(corridor.codebook, ColumnValues()), date(2026, 5, 1))
print(before, cell.n, set(sys.modules) - loaded, list(system.folders.work.iterdir()))
"""


def test_what_a_question_needs_is_there_before_the_first(tmp_path: Path):
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path)],
        capture_output=True, text=True, check=True, timeout=120,
    )  # fmt: skip
    assert done.stdout == "False 4 set() []\n"
