"""Find an installed font that has Chinese characters."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from huiyin.core.errors import MissingPartError
from huiyin.core.text import Text

_PREFERRED = (
    "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "PingFang SC",
    "Microsoft YaHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei", "SimHei", "Hiragino Sans GB",
    "Droid Sans Fallback",
)  # fmt: skip
_FILES: dict[str, str] = {
    "/System/Library/Fonts/PingFang.ttc": "PingFang SC",
    "/System/Library/Fonts/Hiragino Sans GB.ttc": "Hiragino Sans GB",
    "/System/Library/Fonts/STHeiti Light.ttc": "Heiti SC",
    "Fonts/msyh.ttc": "Microsoft YaHei",
    "Fonts/simhei.ttf": "SimHei",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc": "Noto Sans CJK SC",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc": "Noto Sans CJK SC",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc": "Noto Sans CJK SC",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc": "WenQuanYi Micro Hei",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc": "WenQuanYi Zen Hei",
}
_TIMEOUT_SECONDS = 10

_NO_FONT = Text(
    "这台机器没有中文字体，画不出图片和 PDF。请安装：Debian/Ubuntu 用 apt install fonts-noto-cjk，"
    "Fedora 用 dnf install google-noto-sans-cjk-fonts；macOS 和 Windows 自带。"
    "HTML 和 XLSX 不受影响。",
    "This machine has no Chinese font, so pictures and PDF cannot be drawn. Install one: "
    "apt install fonts-noto-cjk (Debian, Ubuntu), dnf install google-noto-sans-cjk-fonts (Fedora); "
    "macOS and Windows have one. HTML and XLSX are not affected.",
)


@dataclass(frozen=True, slots=True)
class Font:
    """An installed font: family name and its files (regular and bold, say)."""

    family: str
    files: tuple[Path, ...]


@cache
def find_cjk_font() -> Font:
    """Give an installed font with Chinese characters.

    Returns
    -------
    Font
        By fontconfig where there is one, else from the known places of macOS, Windows, Linux.

    Raises
    ------
    MissingPartError
        There is none; the sentence names the package to install.
    """
    found = _by_fontconfig() or _by_place()
    if found is None:
        raise MissingPartError(_NO_FONT)
    return found


def _by_fontconfig() -> Font | None:
    command = shutil.which("fc-list")
    if command is None:
        return None
    listed = subprocess.run(  # noqa: S603 -- a fixed command
        [command, ":lang=zh-cn", "file", "family", "weight"],
        capture_output=True, check=False, timeout=_TIMEOUT_SECONDS, encoding="utf-8",
    ).stdout  # fmt: skip
    fonts = [font for font in map(_parsed, listed.splitlines()) if font is not None]
    known = {family for family, _ in fonts}
    family = next((name for name in _PREFERRED if name in known), fonts[0][0] if fonts else None)
    if family is None:
        return None
    return Font(family, tuple(sorted({path for name, path in fonts if name == family})))


def _parsed(line: str) -> tuple[str, Path] | None:
    path, _, rest = line.partition(":")
    families = rest.split(":")[0].strip().split(",")
    return (families[0], Path(path)) if families[0] else None


def _by_place() -> Font | None:
    root = os.environ.get("WINDIR", "C:\\Windows") if sys.platform == "win32" else "/"
    for name, family in _FILES.items():
        path = Path(root, name)
        if path.is_file():
            return Font(family, (path,))
    return None
