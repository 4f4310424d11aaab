"""Words of a board's files."""

from __future__ import annotations

from huiyin.core.text import Text

BOARD = Text("看板", "Board")
PERIOD = Text("时间", "Days")
OWN_PERIODS = Text("各块自己的时间", "each tile's own")
FILTERS = Text("筛选", "Filters")
NO_FILTERS = Text("没有筛选", "none")
MADE = Text("生成时间", "Made")
FOR_WHOM = Text("按谁的权限", "As seen by")
NUMBERS = Text("数字", "Numbers")
TILE = Text("看板块", "Tile")
BASIS = Text("时间和数据", "Days and data")
TARGET = Text("目标", "Target")
STANDING = Text("达标", "Standing")
TODO = Text("先做什么", "What to do first")
ACT = Text("做什么", "What to do")
WHY = Text("为什么", "Why")
VOICES = Text("客户原话", "Voices")
WHO = Text("谁说的", "Who")
RATED = Text("打 {rating} 分", "rated {rating}")
NOTHING_TO_DO = Text(
    "没有未达标的，也没有真的变差的。", "No target is missed, and nothing got worse for real."
)
ALL_SILENT = Text(
    "看板上还没有一块有数可看，说不出先做什么。",
    "No tile of this board has a number to look at yet: what to do first cannot be said.",
)
SILENT = Text(
    "另有 {n} 块没有数可看，不在其内。",
    "{n} more tiles have no number to look at and are not counted.",
)
GENERATED = Text("生成的示例数据，不是真实客户", "generated sample data, not real customers")
UNFILTERED = Text(
    "这块的数据里没有这一列，不受筛选影响：{which}",
    "Not filtered, since its data have no such column: {which}",
)
UNDATED = Text(
    "这块的数据没有日期，不受时间影响",
    "Days do not act here, since its data bear no dates",
)
CHOSEN_HERE = Text(
    "在这块选了“{which}”，只筛选其他块",
    "“{which}” was chosen here and filters the other tiles",
)
FORMULA = Text("口径：{formula}", "Definition: {formula}")
SOURCE = Text("数据：{name}", "Data: {name}")
FACT = Text("{name}：{value}", "{name}: {value}")
UNPRINTED = Text(
    "另有 {n} 组没有印出，都在 Excel 里。",
    "{n} more groups are not printed: the Excel file has them.",
)
