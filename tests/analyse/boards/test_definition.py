"""A board is read from words and written as words, and loses nothing on the way."""

from __future__ import annotations

import pytest

from huiyin.analyse.boards.contracts import BoardError, TileKind
from huiyin.analyse.boards.definition import Board, Tile, board_of, read_board
from huiyin.analyse.views.contracts import Period
from huiyin.analyse.views.definition import Question, View

NPS = View(dataset="d1", query=Question(metrics=("nps",), compare="previous"))
FULL = Board(
    name={"zh-CN": "客服", "en": "service"},
    about={"zh-CN": "问题有没有解决"},
    role="service",
    period=Period.LAST_QUARTER,
    where=("大区=华东|华南",),
    tiles=(
        Tile(id="t1", kind=TileKind.NUMBER, view=NPS, goal=30.0, act={"zh-CN": "回电话"}, w=3, h=3),
        Tile(id="t2", kind=TileKind.TEXT, text={"zh-CN": "每周一看"}, x=3, y=0, w=9, h=3),
    ),
    left_out=({"zh-CN": "没有放上", "en": "left out"},),
)


@pytest.mark.parametrize("board", [FULL, Board(name={"en": "empty"})])
def test_yaml_gives_the_same_board_back(board):
    assert read_board(board.to_yaml()) == board
    assert board_of(board.to_document()) == board


@pytest.mark.parametrize(
    "fault",
    [
        "- 1",
        "name: {}",
        "name: {en: a}\ncolour: red",
        "name: {en: a}\ntiles: [{id: t1, kind: pie}]",
        "name: {en: a}\ntiles: [{id: t1, kind: number}]",
        "name: {en: a}\ntiles: [{id: t1, kind: text, x: 8, w: 5}]",
        "name: {en: a}\ntiles: [{id: t1, kind: text}, {id: t1, kind: todo}]",
    ],
)
def test_what_is_no_board_is_refused_with_a_sentence(fault):
    with pytest.raises(BoardError) as refused:
        read_board(fault)
    assert refused.value.sentence.say("en")
