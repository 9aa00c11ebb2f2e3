"""The rules: for each kind of error its message, old and new, and what diagnoses it."""

import re
from collections.abc import Callable

from linreg_lib.hints._diagnosis import Diagnosis
from linreg_lib.hints._frames import Place

Rule = Callable[[BaseException, re.Match, list[Place]], Diagnosis | None]
RULES: list[tuple[type[BaseException] | tuple, re.Pattern, Rule]] = []


def rule(types, *patterns: str):
    """Register a function for errors of these types whose message begins like this."""

    def register(function: Rule) -> Rule:
        for pattern in patterns:
            RULES.append((types, re.compile(pattern), function))
        return function

    return register
