"""What the store tells its callers: who acts, and what can go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from huiyin.core.errors import BadInputError, HuiyinError
from huiyin.core.text import Text

_ZONE = ZoneInfo("Asia/Shanghai")
SYSTEM = "system"
"""The name of whoever acts where nobody asked."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and from where.

    Attributes
    ----------
    name : str
        Shown in the audit log.
    staff_id : str or None
        None for the system itself.
    address : str or None
        Network address of the request.
    request_id : str or None
        Ties the audit row to the logs.
    """

    name: str
    staff_id: str | None = None
    address: str | None = None
    request_id: str | None = None

    @classmethod
    def system(cls) -> Actor:
        """Give the installation itself: schedules, workers, first start."""
        return cls(name=SYSTEM)


class StoreError(HuiyinError):
    """The store cannot be opened, read or written."""


class OldStoreError(BadInputError):
    """The store was made by a build before the first release that kept other columns."""

    def __init__(self, table: str) -> None:
        super().__init__(
            Text(
                "这份数据是首个正式版之前的旧版建的，表 {table} 的列不同，这一版打不开；"
                "没有改动任何内容。请用当时的版本打开并导出，或换一个新的数据目录重新导入。",
                "This data was made by a build before the first release: the table {table} has "
                "other columns, and this version cannot open it. Nothing was changed. Open it "
                "with that build and export, or import again into a new data folder.",
            ).format(table=table)
        )


class NotFoundError(BadInputError):
    """Something asked for by id is not there, or not for this person to see."""

    def __init__(self, noun: Text, key: str) -> None:
        super().__init__(
            Text("找不到{noun}“{key}”。", "There is no {noun} “{key}”.").format(noun=noun, key=key)
        )


class NotYoursError(HuiyinError):
    """It is there for this person to see, but somebody else's: they may not change it."""


def _said(who: str | None) -> Text | str:
    """Name who made a change: the system and somebody unknown have no name of their own."""
    if who is None:
        return Text("有人", "Somebody")
    return Text("系统", "The system") if who == SYSTEM else who


def _clock(at: datetime) -> Text:
    """Say a moment as people read it who edit at the same time: on the clock of the house."""
    local = f"{at.astimezone(_ZONE):%Y-%m-%d %H:%M}"
    return Text("{at}（北京时间）", "{at} (Beijing time)").format(at=local)


class EditConflictError(HuiyinError):
    """Somebody else has changed it since it was read: nothing is overwritten."""

    def __init__(self, who: str | None, at: datetime) -> None:
        super().__init__(
            Text(
                "{who} 在 {at}改过这一项。您的修改没有保存，请刷新后再改。",
                "{who} changed this at {at}. Your change was not saved: reload, then change it.",
            ).format(who=_said(who), at=_clock(at))
        )
        self.who = who
        self.at = at


class LeaseTakenError(HuiyinError):
    """Another process holds the lease: the work waits for its turn."""

    def __init__(self, name: str) -> None:
        super().__init__(
            Text("“{name}”正由另一个进程处理。", "Another process is at work on “{name}”.").format(
                name=name
            )
        )


class GivesWayError(LeaseTakenError):
    """Work that nobody waits for lets other work go first, and goes on after it."""

    def __init__(self) -> None:
        HuiyinError.__init__(
            self,
            Text("先让别人在等的任务做完。", "Work that somebody waits for goes first."),
        )
