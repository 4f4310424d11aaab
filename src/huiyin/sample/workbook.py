"""A small workbook as 问卷星 exports it, by option text."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from huiyin.sample.comments import compose, phrasebook, tones
from huiyin.sample.draws import chance, pick, stream
from huiyin.sample.label import GENERATED, GENERATED_KEY
from huiyin.sample.months import moments
from huiyin.sample.places import CITIES
from huiyin.sample.ratings import Rated, aspect, overall, rate, recommend
from huiyin.sample.world import World

NAME = "问卷星导出_会员体验.xlsx"
N_ROWS = 400
LEVELS = ("很不满意", "不满意", "一般", "满意", "很满意")
_ASPECTS = (
    aspect("产品质量", "product quality", 0.35, 0.1, 0.0),
    aspect("服务态度", "service", 0.4, 0.1, 0.0),
    aspect("价格", "price", 0.25, -0.3, 0.0),
)
_QUESTIONS = (recommend(), overall(), *_ASPECTS)
_SOURCES = (("微信", "微信好友"), ("手机提交", "直接访问"), ("链接", "短信链接"))
_REASONS = ("朋友推荐", "路过", "社交媒体", "外卖平台", "老会员")
_HEADER = (
    "序号", "提交答卷时间", "所用时间", "来源", "来源详情", "来自IP",
    "1、您有多大可能把我们推荐给朋友或同事？", "2、您对我们的总体满意度是？",
    "3、请评价以下各项:产品质量", "3、请评价以下各项:服务态度", "3、请评价以下各项:价格",
    "4、您是怎么知道我们的？【多选题】", "5、您所在的城市是？", "6、您对我们有什么建议？",
)  # fmt: skip
_EMPTY = "(空)"


def write_workbook(world: World, folder: Path) -> Path:
    """Write the workbook; its properties carry the mark of generated data."""
    import xlsxwriter

    path = folder / NAME
    with xlsxwriter.Workbook(path, {"remove_timezone": True}) as book:
        book.set_properties({
            "keywords": GENERATED_KEY, "comments": GENERATED.say(), "created": _stamp(world)
        })  # fmt: skip
        sheet = book.add_worksheet("Sheet1")
        for i, row in enumerate((_HEADER, *_rows(world))):
            sheet.write_row(i, 0, row)
    return path


def _stamp(world: World) -> datetime:
    """Date the workbook by its data, so that equal settings give equal files."""
    return datetime.combine(world.months[-1].last, datetime.min.time())


def _rows(world: World) -> list[tuple[Any, ...]]:
    rng = stream(world.settings.seed, "workbook")
    month = world.months[-1]
    seconds = moments(rng, month, N_ROWS)
    rated = rate(rng, N_ROWS, _QUESTIONS)
    comments = _comments(world, rng, rated)
    taken = np.exp(4.4 + 0.4 * rng.standard_normal(N_ROWS)).astype(int)
    source = pick(rng, N_ROWS, (0.6, 0.25, 0.15))
    city = rng.integers(0, len(CITIES), N_ROWS)
    chosen = rng.random((N_ROWS, len(_REASONS))) < (0.35, 0.2, 0.4, 0.25, 0.3)
    found = []
    for i in range(N_ROWS):
        reasons = [r for r, c in zip(_REASONS, chosen[i], strict=True) if c]
        words = [LEVELS[rated.level[q.name][i] - 1] for q in _QUESTIONS[1:]]
        where = CITIES[city[i]]
        found.append(
            (i + 1, _written(int(seconds[i])), f"{taken[i]}秒", *_SOURCES[source[i]],
             f"192.0.2.{i % 250 + 1}({where})", int(rated.level["推荐意愿"][i]), *words,
             "┋".join(reasons) or _EMPTY, where, comments[i] or _EMPTY)
        )  # fmt: skip
    return found


def _written(seconds: int) -> str:
    moment = datetime(1970, 1, 1) + timedelta(seconds=seconds)  # noqa: DTZ001 -- local, as the export
    return f"{moment:%Y/%m/%d %H:%M:%S}".replace("/0", "/")


def _comments(world: World, rng: np.random.Generator, rated: Rated) -> list[str | None]:
    book = phrasebook(("产品质量", "服务体验", "价格感知"), world.settings.seed)
    about = rng.integers(0, len(book.aspects), N_ROWS)
    written = chance(rng, N_ROWS, 0.4)
    texts = compose(rng, book, about, tones(rated.level["总体满意度"]), written=written)
    return list(texts.to_pylist())
