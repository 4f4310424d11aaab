"""``python -m huiyin.app.cli`` is the command ``huiyin``."""

from huiyin.app.cli.main import main

main()
