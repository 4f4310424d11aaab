"""``python -m huiyin`` is the command ``huiyin``, also where the command is not on the path."""

from huiyin.app.cli.main import main

main()
