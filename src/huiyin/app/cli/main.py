"""Build the command, and turn every fault into one sentence and an exit code."""

from __future__ import annotations

import gc
import os
import signal
import sys

import typer

from huiyin.app.cli import (
    ask,
    backup,
    check,
    codebook,
    doctor,
    drivers,
    mcp,
    metrics,
    outcomes,
    query,
    report,
    sample,
    serve,
    stages,
    why,
)
from huiyin.app.cli.options import chosen_language, show_version
from huiyin.app.cli.plain_types import QuickCommand, QuickGroup
from huiyin.core.errors import BadInputError, HuiyinError

BAD_INPUT = 2
FAILED = 1
INTERRUPTED = 130
TERMINATED = 143
OBJECTS_BETWEEN_COLLECTIONS = 400_000
"""A command lives for seconds and builds many small plans: collecting as seldom as this saves a
tenth of its time, and its memory is that of the engine all the same."""

app = typer.Typer(
    name="huiyin",
    cls=QuickGroup,
    help=(
        "回音：把问卷变成可信的满意度报告。  "
        "Turn any survey file into a satisfaction report that can be trusted."
    ),
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
)
for name, command in (
    ("report", report.report),
    ("query", query.query),
    ("ask", ask.ask),
    ("drivers", drivers.drivers),
    ("why", why.why),
    ("stages", stages.stages),
    ("outcomes", outcomes.outcomes),
    ("check", check.check),
    ("codebook", codebook.codebook),
    ("doctor", doctor.doctor),
    ("sample", sample.sample),
    ("serve", serve.serve),
    ("migrate", serve.migrate),
    ("demo", serve.demo),
    ("mcp", mcp.mcp),
    ("backup", backup.backup),
    ("restore", backup.restore),
):
    app.command(name, cls=QuickCommand)(command)
app.add_typer(metrics.app, name="metrics")


def _version(wanted: bool) -> None:
    if wanted:
        show_version()
        raise typer.Exit


@app.callback()
def _root(
    version: bool = typer.Option(
        False, "--version", callback=_version, is_eager=True, help="版本号  version"
    ),
) -> None:
    """Take options that stand before the command."""


def main() -> None:
    """Run the command; a fault a person can mend ends in one sentence, never a traceback."""
    signal.signal(signal.SIGTERM, _terminate)
    gc.set_threshold(OBJECTS_BETWEEN_COLLECTIONS)
    try:
        app()
    except BadInputError as error:
        _end(error.say(chosen_language()), BAD_INPUT)
    except HuiyinError as error:
        _end(error.say(chosen_language()), FAILED)
    except RuntimeError as fault:  # Python wraps what a signal raises while a class is made
        if isinstance(fault.__cause__, SystemExit):
            raise fault.__cause__ from None
        raise
    except KeyboardInterrupt:
        _end("已取消  cancelled", INTERRUPTED)
    except BrokenPipeError:  # the reader (head, less) has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _terminate(number: int, frame: object) -> None:  # noqa: ARG001 -- as signal wants it
    """End as Ctrl-C does: whatever is open is closed and temporary files are removed."""
    sys.exit(TERMINATED)


def _end(sentence: str, code: int) -> None:
    sys.stdout.flush()
    sys.stderr.write(f"{' '.join(sentence.split())}\n")
    sys.exit(code)
