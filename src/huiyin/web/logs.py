"""Structured logs: one JSON object a line, a request id in each, no personal data."""

from __future__ import annotations

import logging
import sys

import structlog

SECRET_KEYS = frozenset(
    {"password", "token", "secret", "authorization", "cookie", "csrf", "email", "mobile", "login"}
)
HIDDEN = "[hidden]"


def set_up_logs(level: int = logging.INFO) -> None:
    """Write JSON lines to standard error; called once by the process."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            hide_secrets,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=StandardError,
        cache_logger_on_first_use=False,
    )


class StandardError:
    """Writes a line to whatever standard error is at that moment."""

    def __init__(self, *_: object) -> None:
        """Take what structlog gives a factory: nothing of use."""

    def msg(self, message: str) -> None:
        """Write one line."""
        sys.stderr.write(f"{message}\n")
        sys.stderr.flush()

    debug = info = warning = error = critical = exception = msg


def hide_secrets(
    logger: object, method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """Hide values whose names say that they are secret or personal."""
    del logger, method
    for key in event:
        if any(word in key.lower() for word in SECRET_KEYS):
            event[key] = HIDDEN
    return event
