"""Grade notebooks from the command line.

python -m linreg_lib.exercises grade notebooks/*.ipynb --out grades.csv
"""

import argparse
import sys
from pathlib import Path

from linreg_lib.exercises._grade import write_grades


def main(arguments: list[str] | None = None) -> None:
    """Read the command line and write the table."""
    parser = argparse.ArgumentParser(prog="python -m linreg_lib.exercises")
    commands = parser.add_subparsers(required=True, metavar="command")
    command = commands.add_parser("grade", help="run notebooks; write who passed what, as CSV")
    command.add_argument("notebooks", nargs="+", type=Path)
    command.add_argument("--out", type=Path, help="the table; without it, it is printed")
    command.add_argument("--seconds", type=float, default=300, help="for a notebook (300)")
    command.add_argument("--megabytes", type=int, default=4096, help="of address space (4096)")
    given = parser.parse_args(arguments)
    limits = {"seconds": given.seconds, "megabytes": given.megabytes}
    if given.out is None:
        write_grades(given.notebooks, sys.stdout, **limits)
        return
    with open(given.out, "w", newline="", encoding="utf-8") as file:
        write_grades(given.notebooks, file, **limits)


if __name__ == "__main__":
    main()
