"""Answers without code: a number, a choice, an order of lines; the page does this in JavaScript."""

import math
import re
from numbers import Number
from reprlib import Repr

from linreg_lib.exercises._exercise import Exercise
from linreg_lib.exercises._feedback import Feedback
from linreg_lib.exercises._show import plain
from linreg_lib.words import words

_SHORT = Repr()
_SHORT.maxstring = 40


def check_number(exercise: Exercise, answer) -> Feedback:
    """Compare with the accepted value, then with the values that known mistakes give."""
    number = _number(answer)
    if number is None:
        return _not_an_answer(exercise, "number", answer)
    shown = f"{number:.6g}"
    if _near(number, exercise.right):
        return exercise.right_answer()
    for name, told in exercise.mistakes.items():
        if _near(number, told):
            return exercise.mistake(name, answer=shown)
    table = words("exercises")["number"]
    text = exercise.unknown.get("value") or table["unknown"]
    return Feedback(False, None, text.format(answer=shown), exercise.address)


def _number(answer) -> float | None:
    if isinstance(answer, list | tuple) and len(answer) == 1:
        (answer,) = answer
    if hasattr(answer, "item") and getattr(answer, "numel", lambda: answer.size)() == 1:
        answer = answer.item()
    if isinstance(answer, str):
        number = _read(answer)
    elif isinstance(answer, Number) and not isinstance(answer, bool | complex):
        number = float(answer)
    else:
        return None
    return None if number is None or math.isnan(number) else number


def _read(text: str) -> float | None:
    """Read a number as people type it: 0,5, 1,000, 2/3, 50 %, 10^-3, "w = 1.8", "16 rows"."""
    text = re.sub("[\u2212\u2013]", "-", text.strip())
    text = re.sub(r"^(?:[A-Za-z]\w*\s*=|[~\u2248=])\s*", "", text)
    text = re.sub(r"(?<=\d)\s+[A-Za-z][A-Za-z ]*$", "", text).replace(" ", "")
    if re.fullmatch(r"-?(?!0,)\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    text = text.replace(",", ".").removesuffix(".")
    text = re.sub(
        r"^(?:(.+)[*\u00d7\u00b7])?10\^\(?(-?\d+)\)?$", lambda m: f"{m[1] or 1}e{m[2]}", text
    )
    share = 100 if text.endswith("%") else 1
    over, _, under = text.removesuffix("%").partition("/")
    try:
        return float(over) / float(under or 1) / share
    except (ValueError, ZeroDivisionError):
        return None


def _near(number: float, told: dict) -> bool:
    if "range" in told:
        low, high = told["range"]
        return low <= number <= high
    return abs(number - told["value"]) <= told["tolerance"]


def check_choice(exercise: Exercise, answer) -> Feedback:
    """Tell the reason of the wrong choice, or of what is missing."""
    keys = _chosen(exercise, answer)
    if not keys or None in keys or (len(keys) > 1 and not exercise.several):
        kind = "several" if exercise.several else "choice"
        return _not_an_answer(exercise, kind, answer)
    for key in keys:
        if "mistake" in exercise.choices[key]:
            return exercise.mistake(exercise.choices[key]["mistake"], answer=_text(exercise, key))
    for key, choice in exercise.choices.items():
        if choice.get("right") and key not in keys:
            if "missing" in choice:
                return exercise.mistake(choice["missing"], answer=_text(exercise, key))
            text = words("exercises")["choice"]["missing"]
            return Feedback(False, None, text, exercise.address)
    return exercise.right_answer()


def _chosen(exercise: Exercise, answer) -> list[str | None]:
    """Find the keys: of one choice, or of several in a list or in a text with commas."""
    whole = _key(exercise.choices, tuple(answer) if isinstance(answer, list | tuple) else answer)
    if whole:
        return [whole]
    if isinstance(answer, str) and exercise.several:
        answer = re.split(r"\s*(?:,|;|\n|\band\b)\s*", answer.strip())
    chosen = [answer] if isinstance(answer, str | bool | Number) else _listed(answer)
    return [_key(exercise.choices, one) for one in chosen]


def _text(exercise: Exercise, key: str) -> str:
    return exercise.choices[key]["text"]


def _listed(answer) -> list:
    try:
        return list(answer)
    except TypeError:
        return [answer]


def _key(table: dict, one) -> str | None:
    """Find a choice or a line by its key or by its text."""
    if not isinstance(one, str):
        one = str(one)
    texts = {
        key: entry["text"] if isinstance(entry, dict) else entry for key, entry in table.items()
    }
    for key, text in texts.items():
        if one in (key, text, text.replace("`", "")):
            return key
    for key, text in texts.items():
        if plain(one) in (plain(key), plain(text)):
            return key
    return None


def check_order(exercise: Exercise, answer) -> Feedback:
    """Tell what comes of this order: the first mistake whose lines stand as it says."""
    rows = answer.splitlines() if isinstance(answer, str) else _listed(answer)
    keys = [_key(exercise.lines, row) for row in rows if str(row).strip()]
    if None in keys or sorted(keys) != sorted(exercise.lines):
        return _not_an_answer(exercise, "order", answer)
    place = {key: i for i, key in enumerate(keys)}
    for name, told in exercise.mistakes.items():
        if all(place[first] < place[second] for first, second in told["before"]):
            return exercise.mistake(name)
    return exercise.right_answer()


def _not_an_answer(exercise: Exercise, kind: str, answer) -> Feedback:
    if answer is None or answer is ... or (isinstance(answer, str | list | tuple) and not answer):
        return exercise.state("not-answered")
    choices = ", ".join(choice["text"] for choice in exercise.choices.values())
    wanted = words("exercises")["wanted"][kind].format(choices=choices)
    came = words("exercises")["came"]["text" if isinstance(answer, str) else "thing"]
    came = came.format(text=_SHORT.repr(answer), type=type(answer).__name__)
    return exercise.state("not-text", wanted=wanted, came=came)
