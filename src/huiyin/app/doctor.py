"""Look at the machine: versions, fonts, system libraries, memory, disk."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass

from huiyin.core.errors import HuiyinError
from huiyin.core.text import Text

SMALLEST_DISK_BYTES = 1 << 30
SMALLEST_MEMORY_BYTES = 2 << 30
GIB = 1 << 30


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: is it well, what was seen, what to do."""

    name: str
    needed_for: Text
    ok: bool
    fact: str
    advice: Text | None = None


def examine() -> tuple[Check, ...]:
    """Look at everything the commands may need.

    Returns
    -------
    tuple of Check
        In the order a person would mend them.
    """
    return (_python(), _memory(), _disk(), _engine(), _charts(), _font(), _pdf())


def _python() -> Check:
    return Check("python", Text("Python", "Python"), ok=True, fact=platform.python_version())


def _memory() -> Check:
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if _has_sysconf() else None
    return Check(
        "memory",
        Text("内存", "Memory"),
        ok=total is None or total >= SMALLEST_MEMORY_BYTES,
        fact="?" if total is None else f"{total / GIB:.1f} GiB",
        advice=Text(
            "内存不足 2 GiB，大文件会慢；可用 HUIYIN_MEMORY 调低引擎上限",
            "Under 2 GiB large files are slow; HUIYIN_MEMORY lowers the engine's limit",
        ),
    )


def _has_sysconf() -> bool:
    return hasattr(os, "sysconf") and "SC_PHYS_PAGES" in os.sysconf_names


def _disk() -> Check:
    free = shutil.disk_usage(tempfile.gettempdir()).free
    return Check(
        "disk",
        Text("临时空间", "Temporary space"),
        ok=free >= SMALLEST_DISK_BYTES,
        fact=f"{free / GIB:.1f} GiB ({tempfile.gettempdir()})",
        advice=Text(
            "临时空间不足 1 GiB：清理磁盘，或用 HUIYIN_WORK 换一个地方",
            "Under 1 GiB: free some disk, or set HUIYIN_WORK to another place",
        ),
    )


def _engine() -> Check:
    import duckdb

    return Check("engine", Text("计算引擎", "Engine"), ok=True, fact=f"DuckDB {duckdb.__version__}")


def _charts() -> Check:
    return _tried("charts", Text("图表", "Charts"), _draw_one)


def _font() -> Check:
    return _tried("font", Text("中文字体（PDF、PPTX 用）", "CJK font (PDF, PPTX)"), _find_font)


def _pdf() -> Check:
    return _tried("pdf", Text("PDF", "PDF"), _load_pdf)


def _draw_one() -> str:
    from huiyin.report.draw import draw_svg

    draw_svg({"series": [{"type": "bar", "data": [1]}], "xAxis": {"data": ["a"]}, "yAxis": {}})
    return "ECharts"


def _find_font() -> str:
    from huiyin.report.fonts import find_cjk_font

    return find_cjk_font().family


def _load_pdf() -> str:
    from huiyin.report.pdf import pdf_library

    return pdf_library()


def _tried(name: str, needed_for: Text, attempt: Callable[[], str]) -> Check:
    try:
        return Check(name, needed_for, ok=True, fact=attempt())
    except HuiyinError as error:
        return Check(name, needed_for, ok=False, fact="—", advice=error.sentence)
