"""Say once more, as the last lines of a build, what is to be mended and where.

Jupyter Book ends a failed build with a traceback of its own, and "look above for the cause".
"""

import atexit
import logging
import os
import sys
from pathlib import Path

from sphinx.util.logging import NAMESPACE, WarningStreamHandler

_problems: list[str] = []


def note(record: logging.LogRecord) -> bool:
    """Keep a warning or an error that Sphinx shows, its file as seen from here; pass it on."""
    line = record.getMessage().removeprefix(f"{Path.cwd()}{os.sep}")
    if line not in _problems:
        _problems.append(line)
    return True


def show() -> None:
    """Print what was kept."""
    if _problems:
        print("To be mended:", *_problems, sep="\n", file=sys.stderr, flush=True)


def setup(app):
    """Listen to Sphinx's warnings, those that it leaves out excepted."""
    for handler in logging.getLogger(NAMESPACE).handlers:
        if isinstance(handler, WarningStreamHandler):
            handler.addFilter(note)  # after Sphinx's own filters, so that it sees what they let by
    atexit.register(show)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
