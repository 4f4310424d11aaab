"""Tables on the terminal."""

from __future__ import annotations

from collections.abc import Sequence


def print_table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], *, numbers: Sequence[int] = ()
) -> None:
    """Print rows under headers; columns whose index is in `numbers` are aligned right.

    Text is shown as it is: nothing in it is read as markup.
    """
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Plain

    console = Console(highlight=False, soft_wrap=False)
    if not console.is_terminal:
        console.width = max(console.width, 160)
    table = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for index, header in enumerate(headers):
        table.add_column(Plain(header), justify="right" if index in numbers else "left")
    for row in rows:
        table.add_row(*(Plain(cell) for cell in row))
    console.print(table)
