"""How much room a text takes on a slide, estimated on the safe side.

Slides carry no layout engine: what does not fit is cut off on the wall. Widths are estimated
per character (a Chinese character is one em wide), line heights are set, not left to the font.
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import east_asian_width

LINE = 1.3
"""Line pitch over font size; written into every paragraph."""
_NARROW, _WIDE = frozenset("fijlrtI.,:;'|!()[]{} /"), frozenset("mwMW@%+−—…→")
_SLACK, _BOLD = 1.04, 1.07
_POINTS_PER_EMU = 1 / 12_700


def points(emu: int) -> float:
    """Turn EMU into points."""
    return emu * _POINTS_PER_EMU


def em_width(text: str, *, bold: bool = False) -> float:
    """Give the width of one line of text in ems."""
    return sum(map(_em, text)) * _SLACK * (_BOLD if bold else 1.0)


def _em(character: str) -> float:
    if east_asian_width(character) in "WFA":
        return 1.0
    if character in _NARROW:
        return 0.34
    if character in _WIDE or character.isupper():
        return 0.78
    return 0.57


def n_lines(text: str, size: float, width: float, *, bold: bool = False) -> int:
    """Count the lines of a text set in `size` points over `width` points."""
    ems = width / size / (_BOLD if bold else 1.0)
    return sum(_lines_of(part, ems) for part in text.split("\n"))


def _lines_of(paragraph: str, ems: float) -> int:
    lines, used = 1, 0.0
    for piece in _pieces(paragraph):
        wide = em_width(piece)
        if used + wide <= ems:
            used += wide
        elif wide <= ems:
            lines, used = lines + 1, wide
        else:  # a word longer than a line is broken anywhere
            for character in piece:
                wide = em_width(character)
                if used + wide > ems:
                    lines, used = lines + 1, 0.0
                used += wide
    return lines


def _pieces(paragraph: str) -> Iterator[str]:
    """Cut where a line may break: after blanks and around wide characters."""
    word = ""
    for character in paragraph:
        if east_asian_width(character) in "WFA":
            if word:
                yield word
            word = ""
            yield character
        else:
            word += character
            if character.isspace():
                yield word
                word = ""
    if word:
        yield word


def text_height(text: str, size: float, width: float) -> float:
    """Give the height of a text in points."""
    return n_lines(text, size, width) * size * LINE


def fitted(text: str, size: float, width: float, lines: int) -> str:
    """Cut a text, with an ellipsis, to what fits on so many lines."""
    if n_lines(text, size, width) <= lines:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if n_lines(text[:middle].rstrip() + "…", size, width) <= lines:
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"


def largest_size(text: str, sizes: tuple[float, ...], width: float, lines: int) -> float:
    """Give the first of `sizes` (large to small) in which the text fits, else the last."""
    return next((size for size in sizes if n_lines(text, size, width) <= lines), sizes[-1])
