"""Settings from the environment; every one is in the manual."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from huiyin.core.errors import BadInputError
from huiyin.core.text import ZH, Text, language_tag

ENVIRONMENT = {
    "HUIYIN_ANSWER_AHEAD": Text(
        "数据更新后是否先算好看板：1（默认）或 0",
        "whether boards are answered ahead when data changes: 1 (usual) or 0",
    ),
    "HUIYIN_DATA": Text("服务器的数据目录", "data folder of the server"),
    "HUIYIN_DATABASE_URL": Text(
        "数据库地址，如 postgresql://…；不设则用数据目录里的 SQLite",
        "address of the database, say postgresql://…; SQLite in the data folder if not set",
    ),
    "HUIYIN_KEY_FILE": Text(
        "密钥文件，务必单独备份；联系方式靠它加密",
        "key file, to be backed up apart; contact data is encrypted by it",
    ),
    "HUIYIN_LANG": Text("界面语言：zh 或 en", "language of messages: zh or en"),
    "HUIYIN_MEMORY": Text("引擎可用内存上限，如 4GB", "memory limit of the engine, say 4GB"),
    "HUIYIN_QUERY_SECONDS": Text(
        "一次计算最多多少秒，超过就停下并说明；服务器默认 60，命令行读文件默认不限",
        "seconds that one answer may take before it is stopped with a sentence: 60 on the server; "
        "no limit for files on the command line, if not set",
    ),
    "HUIYIN_THREADS": Text("引擎可用线程数", "threads of the engine"),
    "HUIYIN_WORK": Text(
        "临时文件放在哪里（运行结束即删除）", "where temporary files go (removed at the end)"
    ),
}
"""Every setting and what it is for; the manual's table is made from this."""

DEFAULT_MEMORY = "4GB"
DEFAULT_DATA = Path("huiyin-data")
DEFAULT_KEY_FILE = Path("~/.config/huiyin/key")


@dataclass(frozen=True, slots=True)
class Settings:
    """What the environment asks for."""

    language: str = ZH
    memory: str = DEFAULT_MEMORY
    threads: int | None = None
    query_seconds: float | None = None
    work: Path | None = None
    data: Path = DEFAULT_DATA
    database_url: str | None = None
    key_file: Path = DEFAULT_KEY_FILE
    answers_ahead: bool = True

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings.

        Raises
        ------
        BadSettingError
            A value cannot be understood.
        """
        given = os.environ if environment is None else environment
        threads = given.get("HUIYIN_THREADS")
        seconds = given.get("HUIYIN_QUERY_SECONDS")
        work = given.get("HUIYIN_WORK")
        return cls(
            language=_language(given.get("HUIYIN_LANG", "zh")),
            memory=given.get("HUIYIN_MEMORY", DEFAULT_MEMORY),
            threads=_threads(threads) if threads else None,
            query_seconds=_seconds(seconds) if seconds else None,
            work=Path(work) if work else None,
            data=Path(given.get("HUIYIN_DATA") or DEFAULT_DATA),
            database_url=given.get("HUIYIN_DATABASE_URL") or None,
            key_file=Path(given.get("HUIYIN_KEY_FILE") or DEFAULT_KEY_FILE).expanduser(),
            answers_ahead=_yes_or_no(given.get("HUIYIN_ANSWER_AHEAD", "1")),
        )


class BadSettingError(BadInputError):
    """A setting in the environment cannot be understood."""

    def __init__(self, name: str, value: str) -> None:
        super().__init__(
            Text(
                "环境变量 {name} 的值“{value}”无法识别。{help}",
                "The environment variable {name} has the value “{value}”, "
                "which is not understood: {help}",
            ).format(name=name, value=value, help=ENVIRONMENT[name])
        )


def _language(value: str) -> str:
    try:
        return language_tag(value)
    except ValueError:
        raise BadSettingError("HUIYIN_LANG", value) from None


def _threads(value: str) -> int:
    if not value.isdecimal() or int(value) < 1:
        raise BadSettingError("HUIYIN_THREADS", value)
    return int(value)


def _seconds(value: str) -> float:
    try:
        seconds = float(value)
    except ValueError:
        raise BadSettingError("HUIYIN_QUERY_SECONDS", value) from None
    if not 0 < seconds < math.inf:
        raise BadSettingError("HUIYIN_QUERY_SECONDS", value)
    return seconds


def _yes_or_no(value: str) -> bool:
    if value not in {"0", "1"}:
        raise BadSettingError("HUIYIN_ANSWER_AHEAD", value)
    return value == "1"
