"""`python -m linreg_lib`: what the package has, each with what it does."""

import inspect
from contextlib import suppress
from importlib.metadata import PackageNotFoundError, metadata

import linreg_lib
from linreg_lib._book import book_url
from linreg_lib.words import words


def overview() -> str:
    """Give the version, the functions, the parts with a command or an import, and the book."""
    say = words("overview")
    functions = {name: getattr(linreg_lib, name) for name in linreg_lib.__all__}
    return "\n".join(
        [
            say["title"].format(version=linreg_lib.__version__),
            "",
            *_table({name: _first_line(one) for name, one in functions.items()}),
            "",
            *_table(say["parts"]),
            "",
            _where_the_book_is(say),
        ]
    )


def _where_the_book_is(say) -> str:
    address = book_url("")
    if not address:
        with suppress(PackageNotFoundError):
            addresses = metadata("linreg_lib").get_all("Project-URL") or []
            address = dict(one.split(", ", 1) for one in addresses).get("Homepage", "")
    return say["book"].format(address=address) if address else say["book-unknown"]


def _table(rows: dict[str, str]) -> list[str]:
    width = max(map(len, rows))
    return [f"  {name:{width}}  {text}" for name, text in rows.items()]


def _first_line(one) -> str:
    return (inspect.getdoc(one) or "").split("\n")[0]


if __name__ == "__main__":
    print(overview())
