"""Run a reader's notebook and note what its checks say. Started by `_grade`, in its own process.

    python -m linreg_lib.exercises._grading notebook.ipynb results.jsonl seconds-per-cell

A line of results is written for each check as soon as it is done: what was checked before the
process is ended from outside still counts.
"""

import json
import linecache
import re
import signal
import sys
from pathlib import Path

import linreg_lib.exercises as bank

MAGIC = re.compile(r"^(\s*)[%!].*$", re.MULTILINE)


class TooLong(BaseException):
    """Ends a cell that does not end."""


def _too_long(signum, frame):
    raise TooLong


def runnable(source: str) -> str:
    """Leave out what only a notebook's kernel understands; a block keeps a statement."""
    return "" if source.lstrip().startswith("%%") else MAGIC.sub(r"\1pass", source)


def recorder(results):
    """Give `check` with a line in the results for each call."""
    check = bank.check

    def recorded(name, answer, **options):
        feedback = check(name, answer, **options)
        row = {"exercise": name, "passed": feedback.passed, "mistake": feedback.mistake}
        results.write(json.dumps(row | {"message": feedback.message}) + "\n")
        results.flush()
        return feedback

    return recorded


def run(notebook: Path, results, seconds: float) -> None:
    """Run the cells in order; one that fails is left behind, as a reader would go on."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    bank.check = recorder(results)
    names = {"__name__": "__main__"}
    # Processor time: a busy machine takes nothing from a reader. (A check has an alarm of its own.)
    signal.signal(signal.SIGPROF, _too_long)
    for number, cell in enumerate(cells):
        if cell["cell_type"] != "code":
            continue
        source = runnable("".join(cell["source"]))
        filename = f"<cell {number}>"
        linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            exec(compile(source, filename, "exec"), names)
        except (Exception, SystemExit, TooLong):
            continue
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)


if __name__ == "__main__":
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        run(Path(sys.argv[1]), file, float(sys.argv[3]))
