"""The main job on two real datasets that come along, then the server with them in it."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import huiyin as hy

HERE = Path(__file__).parent
REPORTS = HERE.parent / "reports"
EV = HERE / "ev_test_drive"
GARDEN = HERE / "garden_nps"


def main() -> None:
    """Write both reports and say where they are."""
    start = time.monotonic()
    print("回音 Huiyin: 正在出两份报告 / writing two reports …", flush=True)
    formats = _formats()
    written = _report(EV / "test_drive.xlsx", "电动汽车试驾满意度", formats)
    written += _report(GARDEN / "nps.csv", "园艺连锁店 NPS", ("html",))
    print(f"\n完成 / done: {time.monotonic() - start:.0f} s. 用浏览器打开 / open in a browser:\n")
    for path in written:
        print(f"  {path}")
    _serve(sys.argv[1:])


def _serve(options: list[str]) -> None:
    """Start the server with the sample company and the two real datasets."""
    print(
        "\n正在准备示例公司，通常几分钟，电脑忙时更久 / "
        "preparing the sample company: some minutes, more on a busy machine …",
        flush=True,
    )
    own = [
        f"电动汽车试驾={EV / 'test_drive.xlsx'}={EV / 'codebook.yaml'}",
        f"园艺连锁店 NPS={GARDEN / 'nps.csv'}={GARDEN / 'codebook.yaml'}",
    ]
    command = [sys.executable, "-m", "huiyin", "demo", *own, *options]
    sys.stdout.flush()
    os.execv(sys.executable, command)  # noqa: S606 -- our own command


def _formats() -> tuple[str, ...]:
    """All formats; PDF and pictures only where the machine has what they need."""
    from huiyin.app.doctor import examine

    lacking = [check for check in examine() if not check.ok]
    for check in lacking:
        print(f"  – {check.needed_for.say()}: {check.advice.say() if check.advice else ''}")
    names = {check.name for check in lacking}
    return tuple(
        f
        for f, needs in {
            "html": set(),
            "xlsx": set(),
            "pdf": {"pdf", "font"},
            "pptx": {"charts", "font"},
        }.items()
        if not needs & names
    )


def _report(file: Path, title: str, formats: tuple[str, ...]) -> list[Path]:
    with hy.read(file, codebook=file.parent / "codebook.yaml") as dataset:
        return dataset.report(REPORTS / file.parent.name, formats=formats, title=title)


if __name__ == "__main__":
    sys.exit(main())
