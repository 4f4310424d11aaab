"""Huiyin 回音: hear every customer, and answer.

``import huiyin as hy`` costs nothing; the first use of a name loads what it needs.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from huiyin.app.dataset import Dataset, read
    from huiyin.client.server import connect

__version__ = "0.1.0"
__all__ = ["Dataset", "__version__", "connect", "read"]


def __getattr__(name: str) -> Any:
    if name in {"Dataset", "read"}:
        from huiyin.app import dataset

        return getattr(dataset, name)
    if name == "connect":
        from huiyin.client.server import connect

        return connect
    raise AttributeError(f"module 'huiyin' has no attribute {name!r}")
