"""A role's board arranged anew for another industry: what people added stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from huiyin.analyse.boards.definition import Board, Tile
from huiyin.analyse.boards.fitting import evened, placed


def rearranged(board: Board, before: Board, after: Board) -> Board:
    """Put the tiles of another arrangement in place of those of the one before.

    Parameters
    ----------
    board : Board
        As it stands; its name, filters and period stay.
    before : Board
        The arrangement that it began as: tiles that it does not have are people's own, and stand
        below the others.
    after : Board
        The arrangement that is wanted.

    Returns
    -------
    Board
        A tile that stands in both keeps its id, and so its comments; others get ids that none had.
    """
    began = [_shows(tile) for tile in before.tiles]
    own = [tile for tile in board.tiles if _shows(tile) not in began]
    standing = {_shows(tile): tile.id for tile in reversed(board.tiles)}
    fresh = _fresh(board.tiles)
    taken: set[str] = {tile.id for tile in own}
    made: list[Tile] = []
    for tile in after.tiles:
        kept = standing.get(_shows(tile))
        known = kept if kept is not None and kept not in taken else next(fresh)
        taken.add(known)
        made.append(tile.model_copy(update={"id": known}))
    return board.model_copy(
        update={
            "about": after.about,
            "industry": after.industry,
            "tiles": tuple(placed([*evened(made), *own])),
            "left_out": after.left_out,
        }
    )


def datasets_of(board: Board) -> tuple[str, ...]:
    """List the datasets of a board, those of most tiles first."""
    named = [tile.view.dataset for tile in board.tiles if tile.view is not None]
    return tuple(sorted(dict.fromkeys(named), key=lambda one: -named.count(one)))


def _shows(tile: Tile) -> tuple[str, str, str]:
    """Tell tiles apart by what they show, whatever their titles, goals and places."""
    view = "" if tile.view is None else tile.view.model_dump_json()
    return tile.kind.value, view, "" if tile.view is not None else repr(sorted(tile.text.items()))


def _fresh(tiles: Sequence[Tile]) -> Iterator[str]:
    held = {tile.id for tile in tiles}
    number = 0
    while True:
        number += 1
        if f"t{number}" not in held:
            yield f"t{number}"
