"""Record a program of one's own, and write a page in which to step through it.

python -m linreg_lib.autograd program.py -o program.html
"""

import argparse
import sys
from pathlib import Path

from linreg_lib.recording.sentences import say_end
from linreg_lib.widgets import AutogradStepper
from linreg_lib.widgets.standalone import standalone_page
from linreg_lib.words import words

WORDS = words("standalone")


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, record, write; return the exit status."""
    parser = argparse.ArgumentParser("python -m linreg_lib.autograd", description=WORDS["about"])
    parser.add_argument("program", type=Path, help=WORDS["program"])
    parser.add_argument("-o", "--out", type=Path, help=WORDS["out"])
    parser.add_argument("--max-steps", type=_positive(int), default=500, help=WORDS["max_steps"])
    parser.add_argument(
        "--max-seconds", type=_positive(float), default=60, help=WORDS["max_seconds"]
    )
    given = parser.parse_args(arguments)
    path = given.program
    try:
        code = _read(path)
        out = given.out or Path(path.with_suffix(".html").name)
        if out.resolve() == path.resolve():
            raise _Refused("same", other=path.with_suffix(".html"))
        stepper = _recorded(path, code, given)
        about = WORDS["recorded"].format(engine=stepper.engine)
        _write(out, standalone_page(stepper, path.name, about))
    except _Refused as refused:
        parser.exit(2, f"{parser.prog}: {refused}\n")
    recording = stepper.recordings[0]
    count = len(recording["steps"]) - 1
    print(WORDS["written"].format(out=out, count=count, address=out.resolve().as_uri()))
    if ended := say_end(recording):
        print(ended)
    return 0


class _Refused(Exception):
    def __init__(self, why: str, **values):
        super().__init__(WORDS[why].format(**values))


def _positive(kind):
    def read(text: str):
        value = kind(text)
        if not value > 0:
            raise argparse.ArgumentTypeError(WORDS["positive"])
        return value

    return read


def _read(path: Path) -> str:
    if path.is_dir():
        raise _Refused("folder", path=path)
    try:
        code = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise _Refused("missing", path=path) from None
    except UnicodeDecodeError:
        raise _Refused("not_text", path=path) from None
    except OSError as error:
        raise _Refused("unreadable", path=path, reason=error.strerror) from None
    if not code.strip():
        raise _Refused("empty", path=path)
    return code


def _recorded(path: Path, code: str, given) -> AutogradStepper:
    """Record it as if Python ran the file: its folder is searched for modules."""
    before = sys.argv, sys.path[:]
    sys.argv, sys.path[:0] = [str(path)], [str(path.resolve().parent)]
    try:
        return AutogradStepper(
            code,
            namespace={"__file__": str(path)},
            max_steps=given.max_steps,
            max_seconds=given.max_seconds,
        )
    finally:
        sys.argv, sys.path[:] = before


def _write(out: Path, page: str) -> None:
    try:
        out.write_text(page, encoding="utf-8")
    except OSError as error:
        raise _Refused("unwritable", path=out, reason=error.strerror) from None


if __name__ == "__main__":
    sys.exit(main())
