"""Run the command in this process, and small survey files to run it on."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from huiyin.app.cli import main


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def huiyin(capsys, monkeypatch):
    def run(*words):
        monkeypatch.setattr(sys, "argv", ["huiyin", *map(str, words)])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code or 0
        shown = capsys.readouterr()
        return Outcome(code, shown.out, shown.err)

    return run


RATINGS = (
    "编号,提交时间,渠道,您有多大可能向朋友推荐我们(0-10),总体满意度(1-5),"
    "服务态度满意度(1-5),价格满意度(1-5),建议"
)


@pytest.fixture
def survey(tmp_path) -> Path:
    """Give 240 answers over six months; 门店 is planted to be the happier channel."""
    lines = [RATINGS]
    for i in range(240):
        shop = i % 2 == 0
        nps = (10, 9, 9, 8, 10, 7)[i // 2 % 6] if shop else (3, 9, 6, 8, 5, 10)[i // 2 % 6]
        overall = 5 if nps > 8 else 4 if nps > 6 else 2
        service = max(1, min(5, overall + (i // 7) % 2))
        price = 1 + (i * 7) % 5
        words = ("", f"等了{i}分钟没人理", "", f"店员帮我找到了第{i}号商品，很满意")[i % 4]
        day = f"2024-{1 + i // 40:02d}-{1 + i % 28:02d} 10:{i % 60:02d}:00"
        channel = "门店" if shop else "电话"
        lines.append(f"A{i:04d},{day},{channel},{nps},{overall},{service},{price},{words}")
    file = tmp_path / "满意度.csv"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    return file
