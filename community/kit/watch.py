"""Watching: logs as JSON lines, and a number for each request that the error page and the log share."""

import json
import logging
import secrets
import sys
from datetime import UTC, datetime
from typing import Any

from flask import Flask, g, has_request_context, request


class JsonLines(logging.Formatter):
    """One object a line; nothing a member typed is in it but the path."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if has_request_context():
            line |= {"request": request_id(), "method": request.method, "path": request.path}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def set_up_logging(level: int = logging.INFO) -> None:
    writer = logging.StreamHandler(sys.stderr)
    writer.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[writer], force=True)


def request_id() -> str:
    """This request's number: random, short enough to read out on the telephone."""
    if "request_id" not in g:
        g.request_id = secrets.token_hex(5)
    return str(g.request_id)


def init_app(app: Flask) -> None:
    app.logger.propagate = True
