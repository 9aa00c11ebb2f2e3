"""The rules: for each kind of error its message, old and new, and what diagnoses it."""

import re
from collections.abc import Callable

from linreg_lib.hints._diagnosis import Diagnosis
from linreg_lib.hints._frames import Place

Rule = Callable[[BaseException, re.Match, list[Place]], Diagnosis | None]
Entry = tuple[type[BaseException] | tuple, re.Pattern, Rule]
# Those that look at the program come first; the others know the message alone.
RULES: list[Entry] = []
LAST: list[Entry] = []


def rule(types, *patterns: str, last: bool = False):
    """Register a function for errors of these types whose message begins like this."""

    def register(function: Rule) -> Rule:
        for pattern in patterns:
            (LAST if last else RULES).append((types, re.compile(pattern), function))
        return function

    return register
