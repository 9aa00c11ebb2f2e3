"""Where the book can be read: what the environment says, and the line that ends a message.

A built notebook sets `LINREG_BOOK_URL` in its first cell to the address of its own book.
"""

import os

from linreg_lib.words import words

VARIABLE = "LINREG_BOOK_URL"


def book_url(address: str) -> str:
    """Complete an address that is relative to the book's root; leave it where the root is unknown.

    The environment is read at each call: a notebook may set it after its first import.
    """
    root = os.environ.get(VARIABLE, "").strip()
    return f"{root.rstrip('/')}/{address}" if root else address


def where_to_read(address: str) -> str:
    """Give the line that ends a hint or a finding: nothing comes after the address."""
    url = book_url(address)
    return words("book")["read" if url != address else "read-within"].format(address=url)
