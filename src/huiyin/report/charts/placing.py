"""Where the name of a point goes, so that names cover neither points nor each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiyin.report.charts.labels import columns

_COLUMN_WIDTH, _LINE_HEIGHT, _GAP = 6.6, 15, 9
_RISE = 11
SIDES = ("right top", "left top", "right bottom", "left bottom")
"""Beside the point and off its whiskers; further away it would seem another point's name."""
_TOLERATED = 60.0


@dataclass(frozen=True, slots=True)
class Frame:
    """A plot: what its axes span, and its size in pixels."""

    x_ends: tuple[float, float]
    y_ends: tuple[float, float]
    width: float
    height: float

    def pixel(self, point: tuple[float, float]) -> tuple[float, float]:
        """Give where a point stands, from the left and from the top."""
        (x_low, x_high), (y_low, y_high) = self.x_ends, self.y_ends
        x = (point[0] - x_low) / (x_high - x_low) * self.width
        y = (y_high - point[1]) / (y_high - y_low) * self.height
        return x, y


Box = tuple[float, float, float, float]
Point = tuple[float, float]


def place_labels(
    points: Sequence[Point],
    names: Sequence[str],
    frame: Frame,
    lines: Sequence[tuple[Point, Point]] = (),
    kept: Sequence[Box] = (),
) -> list[str | None]:
    """Give each name the side of its point where it covers least; None where all are taken.

    Greedy in the given order; a side that leaves the frame counts as covered. Between free sides
    the one that crosses fewest of `lines` (level or upright, from one point to another) is taken.
    `kept` are boxes in pixels where other words stand: avoided like the lines.
    """
    pixels = [frame.pixel(point) for point in points]
    strokes = [*kept, *(_stroke(frame.pixel(start), frame.pixel(end)) for start, end in lines)]
    taken: list[Box] = [(x - 7, y - 7, x + 7, y + 7) for x, y in pixels]
    sides: list[str | None] = []
    for pixel, name in zip(pixels, names, strict=True):
        boxes = {side: _box(pixel, name, side) for side in SIDES}
        costs = {side: _cost(boxes[side], taken, frame) for side in SIDES}
        clear = [side for side in SIDES if costs[side] <= _TOLERATED]
        best = min(
            clear or SIDES,
            key=lambda side: (sum(_overlap(boxes[side], s) for s in strokes), costs[side]),
        )
        free = costs[best] <= _TOLERATED
        sides.append(best if free else None)
        if free:
            taken.append(boxes[best])
    return sides


def _stroke(start: Point, end: Point) -> Box:
    """Give the box of a line, a pixel to each side."""
    (x, y), (other_x, other_y) = start, end
    return min(x, other_x) - 1, min(y, other_y) - 1, max(x, other_x) + 1, max(y, other_y) + 1


def _box(pixel: tuple[float, float], name: str, side: str) -> Box:
    x, y = pixel
    width = columns(name) * _COLUMN_WIDTH
    horizontal, rise = _parts(side)
    left = x + _GAP if horizontal == "right" else x - _GAP - width
    middle = y + rise
    return left, middle - _LINE_HEIGHT / 2, left + width, middle + _LINE_HEIGHT / 2


def label_at(side: str | None) -> dict[str, object]:
    """Give the option of a label that stands on `side`; without one it is left to the tooltip."""
    if side is None:
        return {"show": False}
    horizontal, rise = _parts(side)
    return {"position": horizontal, "offset": [0, rise]}


def _parts(side: str) -> tuple[str, int]:
    horizontal, vertical = side.split()
    return horizontal, -_RISE if vertical == "top" else _RISE


def _cost(box: Box, taken: Sequence[Box], frame: Frame) -> float:
    outside = max(0.0, -box[0]) + max(0.0, box[2] - frame.width)
    outside += max(0.0, -box[1]) + max(0.0, box[3] - frame.height)
    return outside * _LINE_HEIGHT + sum(_overlap(box, other) for other in taken)


def _overlap(one: Box, other: Box) -> float:
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, width) * max(0.0, height)
