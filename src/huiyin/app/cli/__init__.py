"""The command ``huiyin``: one file a command, each loads only what it needs."""

from huiyin.app.cli.main import main

__all__ = ["main"]
