"""A web process answers a made-up question before anybody asks: the first page waits for nothing.

The engine, what plans its work, the kinds of charts and the libraries behind them take a second to
load; whoever opens the first results of the day would wait for it.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from huiyin.codebook.contracts import Codebook
    from huiyin.engine.contracts import Snapshot
    from huiyin.web.system import System

_ROWS: dict[str, Any] = {"nps": [10.0, 0.0, 7.0, 10.0], "channel": ["a", "b", "a", "b"]}


def warm_up(system: System) -> None:
    """Open an engine of the pool and let it answer a question about four made-up rows.

    Where the engine stops it, by the time limit of questions say, what was loaded is loaded.
    """
    import deltalake  # noqa: F401 -- to be there
    import pyarrow.parquet  # noqa: F401 -- to be there

    from huiyin.engine.contracts import EngineError
    from huiyin.measure.contracts import Against, Compare, Query, Viewer
    from huiyin.measure.run import CorridorOverSnapshot
    from huiyin.report.views.draw import all_kinds

    all_kinds()
    with (
        TemporaryDirectory(prefix="warm-", dir=system.folders.work) as folder,
        system.engines.lent() as engine,
    ):
        corridor = CorridorOverSnapshot(engine, _made_up(Path(folder)), Viewer.owner())
        asked = Query(metrics=("nps:nps",), by=("channel",), compare=Compare(Against.REST))
        with suppress(EngineError):
            corridor.answer(asked)
            corridor.level_counts("channel")
    _ask_something(corridor.codebook)


def _ask_something(codebook: Codebook) -> None:
    """Read a question: the words, the forms of periods and the parts of speech are loaded."""
    from datetime import date

    from huiyin.ask.contracts import ColumnValues
    from huiyin.ask.reading import ask
    from huiyin.ask.strays import tagged
    from huiyin.ask.vocabulary import build_vocabulary

    values = ColumnValues({"channel": ("a", "b")})
    ask("去年国庆各渠道的 NPS 是多少", build_vocabulary(codebook, values), date(2026, 1, 2))
    tagged("去年国庆各渠道的满意度是多少")


def _made_up(folder: Path) -> Snapshot:
    from datetime import date

    import pyarrow as pa
    import pyarrow.parquet as pq

    from huiyin.codebook.contracts import Codebook, Column, Role, Scale
    from huiyin.core.text import Text
    from huiyin.engine.contracts import (
        ANSWERED_ON_COLUMN,
        FLAGS_COLUMN,
        ROW_COLUMN,
        SOURCE_COLUMN,
        Snapshot,
    )

    n = len(_ROWS["nps"])
    own: dict[str, Any] = {
        ROW_COLUMN: pa.array(range(1, n + 1), pa.int64()),
        SOURCE_COLUMN: pa.array([0] * n, pa.int32()),
        FLAGS_COLUMN: pa.array([0] * n, pa.int64()),
        ANSWERED_ON_COLUMN: pa.array([date(2026, 1, 1)] * n),
    }
    file = folder / "rows.parquet"
    pq.write_table(pa.table({**_ROWS, **own}), file)
    columns = (
        Column("nps", Role.NPS, Text.same("nps"), scale=Scale(0, 10)),
        Column("channel", Role.DIMENSION, Text.same("channel")),
    )
    return Snapshot("warm", (file,), Codebook(columns), n)
