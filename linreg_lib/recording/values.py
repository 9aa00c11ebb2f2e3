"""A tensor's value as short text, and a digest that changes whenever the value does.

An array is what `Probe.array` gives.
"""

import zlib

EDGE_ITEMS = 3  # shown at each end of an axis that is too long
MAX_SHOWN = 12  # elements shown in full
MAX_DIGEST_BYTES = 4_000_000  # above this only a sample of the elements is compared


def digest(array) -> str:
    """Return 8 hexadecimal digits of a checksum of all elements; "0" if every one is zero."""
    if not array.any():
        return "0"
    if array.nbytes > MAX_DIGEST_BYTES:
        array = array.reshape(-1)[:: array.nbytes // MAX_DIGEST_BYTES + 1]
    return f"{zlib.crc32(array.tobytes()):08x}"


def short(array) -> str:
    """Write an array as nested lists with 4 significant digits, long axes with their ends only."""
    limit = None if array.size <= MAX_SHOWN else EDGE_ITEMS
    return _write(array, limit)


def _write(array, limit) -> str:
    if array.ndim == 0:
        return _number(array.item())
    n = len(array)
    if limit is None or n <= 2 * limit:
        return "[" + ", ".join(_write(part, limit) for part in array) + "]"
    if array.ndim == 1:
        head, tail = array[:limit], array[-limit:]
    else:  # rows are long: fewer of them
        head, tail = array[:2], array[-1:]
    parts = [_write(part, limit) for part in head]
    parts.append(f"… {n - len(head) - len(tail):,} more …")
    parts += [_write(part, limit) for part in tail]
    return "[" + ", ".join(parts) + "]"


def _number(x) -> str:
    if isinstance(x, float):
        text = f"{x:.4g}"
        return text if any(c in text for c in ".en") else text + "."
    return str(x)
