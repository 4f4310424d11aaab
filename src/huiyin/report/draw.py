"""A chart as SVG or PNG, drawn on this machine: ECharts in a JS context, then resvg.

One context per process, made when first needed and closed at exit (a process would hang on an
open one); renewed every `RENEWED_AFTER` charts, because its heap only grows.
"""

from __future__ import annotations

import atexit
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from huiyin.core.errors import HuiyinError, MissingPartError
from huiyin.core.text import Text
from huiyin.report.charts.chart import WIDTH
from huiyin.report.fonts import find_cjk_font

if TYPE_CHECKING:
    from py_mini_racer import MiniRacer

RENEWED_AFTER = 500
TIME_LIMIT_SECONDS = 20
HEIGHT = 360
PICTURE_ZOOM = 2.0

_DRAW = """
function draw(option, width, height) {
  const chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width, height});
  try {
    delete option.media;
    option.animation = false;
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally { chart.dispose(); }
}
"""
_NO_JS = Text(
    "画图用的 JavaScript 引擎（mini-racer）在这台机器上用不了，PDF 和 PPTX 的图画不出来。"
    "请重新安装：pip install --force-reinstall mini-racer。HTML 不受影响。",
    "The JavaScript engine that draws charts (mini-racer) does not run here, so PDF and PPTX "
    "cannot be drawn. Reinstall it: pip install --force-reinstall mini-racer. HTML is unaffected.",
)


class DrawingError(HuiyinError):
    """A chart cannot be drawn."""


@dataclass(slots=True)
class _Studio:
    """The process' JS context, and how many charts it has drawn."""

    context: MiniRacer | None = None
    process: int = 0
    drawn: int = 0

    def open(self) -> MiniRacer:
        if self.drawn >= RENEWED_AFTER:
            self.close()
        if self.context is None or self.process != os.getpid():
            self.context, self.process, self.drawn = _new_context(), os.getpid(), 0
        self.drawn += 1
        return self.context

    def close(self) -> None:
        if self.context is not None and self.process == os.getpid():
            self.context.close()
        self.context = None


_STUDIO = _Studio()
atexit.register(_STUDIO.close)


def library_source() -> str:
    """Give the source of the bundled ECharts."""
    return files("huiyin.report").joinpath("assets/echarts.common.min.js").read_text("utf-8")


def draw_svg(option: Mapping[str, object], width: int = WIDTH, height: int = HEIGHT) -> str:
    """Draw an ECharts option as SVG.

    Parameters
    ----------
    option : mapping
        Plain JSON.
    width, height : int
        Pixels.

    Raises
    ------
    DrawingError
        ECharts rejects the option, or takes longer than `TIME_LIMIT_SECONDS`.
    MissingPartError
        No JS engine runs on this machine.
    """
    from py_mini_racer import JSEvalException, JSPromiseError

    context = _STUDIO.open()
    call = f"draw({_json(option)}, {width}, {height})"
    try:
        return str(context.eval(call, timeout_sec=TIME_LIMIT_SECONDS))
    except (JSEvalException, JSPromiseError) as error:
        _STUDIO.close()
        sentence = Text("这张图画不出来：{why}", "This chart cannot be drawn: {why}")
        raise DrawingError(sentence.format(why=str(error)[:300])) from error


def draw_png(
    option: Mapping[str, object],
    width: int = WIDTH,
    height: int = HEIGHT,
    *,
    zoom: float = PICTURE_ZOOM,
) -> bytes:
    """Draw an ECharts option as PNG on white, `zoom` times as many pixels.

    Raises
    ------
    MissingPartError
        No Chinese font is installed.
    DrawingError
        As `draw_svg`.
    """
    from resvg_py import svg_to_bytes

    font = find_cjk_font()
    svg = draw_svg({**option, "textStyle": _styled(option, font.family)}, width, height)
    return bytes(
        svg_to_bytes(
            svg_string=svg, zoom=zoom, background="#FFFFFF", font_family=font.family,
            sans_serif_family=font.family, skip_system_fonts=True,
            font_files=[str(path) for path in font.files],
        )
    )  # fmt: skip


def _styled(option: Mapping[str, object], family: str) -> dict[str, object]:
    style = option.get("textStyle")
    return {**(style if isinstance(style, Mapping) else {}), "fontFamily": family}


def _json(option: Mapping[str, object]) -> str:
    return json.dumps(option, ensure_ascii=True, allow_nan=False)


def _new_context() -> MiniRacer:
    try:
        from py_mini_racer import LibNotFoundError, MiniRacer
    except (ImportError, OSError) as error:
        raise MissingPartError(_NO_JS) from error
    try:
        context = MiniRacer()
    except (LibNotFoundError, OSError) as error:
        raise MissingPartError(_NO_JS) from error
    context.eval(library_source())
    context.eval(_DRAW)
    return context
