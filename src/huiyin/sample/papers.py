"""What lies beside the tables: codebooks, benchmarks, ``truth.yaml``, ``README.md``."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from huiyin.core.text import Text
from huiyin.sample.label import GENERATED
from huiyin.sample.tables import Table, TableFile
from huiyin.sample.truths.bank_opening import BENCHMARK_N, BENCHMARK_SCORE
from huiyin.sample.truths.truth import Truth
from huiyin.sample.world import World

BENCHMARKS, RETAIL_BENCHMARKS = "银行基准.csv", "零售基准.csv"
RETAIL = (
    ("nps:推荐意愿", 24), ("score:总体满意度", 72), ("satisfied:总体满意度", 0.7),
    ("score:产品质量", 72), ("score:服务体验", 71), ("score:价格感知", 66),
    ("score:交付效率", 74), ("score:售后支持", 70), ("score:收银效率", 69), ("score:环境整洁", 77),
)  # fmt: skip
"""What shops of the made-up trade get: better service than ours, slower tills."""
RETAIL_N, RETAIL_SOURCE = 12_000, "生成的示例数据"
ENOUGH = Text(
    "四万份答卷起，每一条都看得出来；更少时，有的会被偶然淹没。",
    "From 40,000 answers on each of them can be found; with fewer, some drown in chance.",
)
BACKGROUND = Text(
    "没有列为事实、但确实存在的差别：门店、店员、坐席各有高低，客户单位各有好恶；"
    "出过故障、没解决问题、送晚了的客户更不满意；竞品的价格更好、服务更差；满意的客户单位更愿意续约；"
    "商机里满意的、老客户介绍的更容易成交，满意的也更快；快运乙出的差错多。",
    "Differences that are real though not listed: shops, their staff and agents vary, and so do "
    "accounts; customers with faults, unsolved matters or late parcels are less satisfied; the "
    "competitor is better in price and worse in service; satisfied accounts rather renew; leads "
    "that are satisfied or introduced by a client are rather won, the satisfied ones sooner; the "
    "carrier 快运乙 makes more errors.",
)


def codebook_name(table: Table) -> str:
    """Name the codebook file of a table."""
    return f"{table.name}.codebook.yaml"


def write_codebook(folder: Path, table: Table) -> None:
    """Write a table's codebook, as ``--codebook`` takes it."""
    document = {
        "profile": "plain",
        "language": "zh-CN",
        "columns": [field.as_yaml() for field in table.fields],
    }
    head = f"# {table.title.say()}：每一列是什么。{GENERATED.say('zh-CN')}\n"
    _write_yaml(folder / codebook_name(table), head, document)


def write_benchmarks(folder: Path, world: World) -> None:
    """Write made-up benchmarks of the bank's business and of the trade, for ``--benchmarks``."""
    lines = [
        "metric,value,year,source,n",
        f"score:总体满意度,{BENCHMARK_SCORE:g},,生成的示例基准,{BENCHMARK_N}",
    ]
    (folder / BENCHMARKS).write_text("\n".join(lines) + "\n", "utf-8")
    year = world.months[-1].first.year - 1
    of_trade = [f"{name},{value:g},{year},{RETAIL_SOURCE},{RETAIL_N}" for name, value in RETAIL]
    (folder / RETAIL_BENCHMARKS).write_text("\n".join([lines[0], *of_trade]) + "\n", "utf-8")


def write_truths(folder: Path, world: World, truths: Iterable[Truth]) -> None:
    """Write what was planted, for people and for tests."""
    first, last = world.months[0].first, world.months[-1].last
    document = {
        "generated": True,
        "note": {"zh-CN": GENERATED.say("zh-CN"), "en": GENERATED.say("en")},
        "answers": world.settings.answers,
        "seed": world.settings.seed,
        "since": first,
        "until": last,
        "background": {"zh-CN": BACKGROUND.say("zh-CN"), "en": BACKGROUND.say("en")},
        "truths": [truth.as_yaml() for truth in truths],
    }
    _write_yaml(folder / "truth.yaml", f"# {GENERATED.say('zh-CN')}\n", document)


def _write_yaml(path: Path, head: str, document: dict[str, Any]) -> None:
    import yaml

    class Plain(yaml.SafeDumper):
        """Writes equal values again instead of pointing at the first."""

        def ignore_aliases(self, data: object) -> bool:
            del data
            return True

    body = yaml.dump(document, Dumper=Plain, allow_unicode=True, sort_keys=False, width=100)
    path.write_text(head + body, "utf-8")


def write_readme(
    folder: Path, world: World, files: Iterable[TableFile], truths: Iterable[Truth]
) -> None:
    """Write what this folder is."""
    settings = world.settings
    again = f"huiyin sample --answers {settings.answers} --seed {settings.seed}"
    again += f" --until {world.months[-1]} -o DIR"
    rows = [
        f"| `{f.table.name}.parquet` | {f.table.title.say('zh-CN')} / {f.table.title.say('en')} "
        f"| {f.n_rows:,} | `{codebook_name(f.table)}` |"
        for f in files
    ]
    found = [f"- `{t.id}`：{t.what.say('zh-CN')}  {t.what.say('en')}" for t in truths]
    text = "\n".join(
        [
            "# 示例公司 · 生成的数据 / sample company · generated data",
            "",
            f"**{GENERATED.say('zh-CN')}** {GENERATED.say('en')}",
            "",
            f"{world.months[0]} – {world.months[-1]}，{settings.answers:,} 份答卷 / answers。",
            "",
            f"同样的命令得到同样的数据 / the same command gives the same data: `{again}`",
            "",
            "| 文件 file | 内容 | 行 rows | 码本 codebook |",
            "| --- | --- | ---: | --- |",
            *rows,
            "",
            "## 埋下的事实 / planted truths（`truth.yaml`）",
            "",
            ENOUGH.say("zh-CN") + " " + ENOUGH.say("en"),
            "",
            *found,
            "",
        ]
    )
    (folder / "README.md").write_text(text, "utf-8")
