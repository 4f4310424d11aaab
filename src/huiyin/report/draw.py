"""A chart as SVG or PNG, drawn on this machine: ECharts in a JS context, then resvg."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from huiyin.report.characters import printable
from huiyin.report.charts.chart import WIDTH
from huiyin.report.fonts import find_cjk_font
from huiyin.report.studio import STUDIO

HEIGHT = 360
PICTURE_ZOOM = 2.0
_FONT = re.compile(r'(?<=style=")font: ?(\w+) (\w+) ([\d.]+px) ')
"""The short form in which ECharts sets a line of a label: the PDF library leaves the line out."""


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
    svg = STUDIO.draw(f"draw({_json(option)}, {width}, {height})")
    svg = printable(svg)  # names may hold letters that XML forbids
    return _FONT.sub(r"font-style:\1;font-weight:\2;font-size:\3;font-family:", svg)


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
