"""Recordings compared: structure and text exactly, numbers as far as hardware decides them."""

import math
import re

NUMBER = re.compile(r"-?\d+\.?\d*(?:e[+-]?\d+)?")
PADDED = re.compile(r" *" + NUMBER.pattern)  # numbers stand in columns
ADDRESS = re.compile(r"0x[0-9a-f]+")
# Where a failing node was made: PyTorch names the frames of whoever runs the program, too.
FRAMES = re.compile(r'  File "(?!<program>").*\n(    .*\n)*')


def alike(real: str, mini: str) -> bool:
    """The same text, numbers to what float32 arithmetic in another order may change."""
    real, mini = (FRAMES.sub("", ADDRESS.sub("0x", text)) for text in (real, mini))
    if real == mini:
        return True
    if PADDED.sub("#", real) != PADDED.sub("#", mini):
        return False
    return all(map(_close, NUMBER.findall(real), NUMBER.findall(mini)))


def _close(a: str, b: str) -> bool:
    """The same number, but for the last of at least four digits."""
    if math.isclose(float(a), float(b), rel_tol=2e-4, abs_tol=2e-6):
        return True
    digits = a.lstrip("-0.").partition("e")[0].replace(".", "")
    unit = 10.0 ** -len(a.partition("e")[0].partition(".")[2])
    return "e" not in a and len(digits) >= 4 and abs(float(a) - float(b)) < 1.01 * unit


def unlike(real, mini, where: str = "") -> list[str]:
    """Say where two recordings differ, but for who recorded them."""
    if isinstance(real, dict) and isinstance(mini, dict):
        if real.keys() != mini.keys():
            return [f"{where}: {sorted(real.keys() ^ mini.keys())} in one alone"]
        return [
            found
            for key in real
            if key != "engine" and not key.endswith("digest")  # a hash of bits
            for found in unlike(real[key], mini[key], f"{where}.{key}")
        ]
    if isinstance(real, list) and isinstance(mini, list):
        if len(real) != len(mini):
            return [f"{where}: {len(real)} / {len(mini)} elements"]
        return [
            found
            for i, (a, b) in enumerate(zip(real, mini, strict=True))
            for found in unlike(a, b, f"{where}[{i}]")
        ]
    if isinstance(real, float) and isinstance(mini, float | int):
        same = real == mini or math.isclose(real, mini, rel_tol=2e-4, abs_tol=2e-6)
    elif isinstance(real, str) and isinstance(mini, str):
        same = alike(real, mini)
    else:
        same = real == mini
    return [] if same else [f"{where}: {real!r} / {mini!r}"]
