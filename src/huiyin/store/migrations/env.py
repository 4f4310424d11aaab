"""What Alembic runs: the migrations over the connection that it was given."""

from typing import Any, Literal

from alembic import context

from huiyin.store import types
from huiyin.store.tables import Table


def render(kind: str, item: Any, _: object) -> str | Literal[False]:
    """Write our own column types by their names."""
    if kind == "type" and item is types.Json:
        return "types.Json"
    if kind == "type" and isinstance(item, types.UtcDateTime):
        return "types.UtcDateTime()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=render,
)
with context.begin_transaction():
    context.run_migrations()
