"""Errors whose message alone says what is certain; of the program nothing is asked.

Each has a key of its sentences in the table of hints: `happened`, and `general` for its cure.
"""

from linreg_lib.hints import _messages_data, _messages_graph, _messages_modules, _messages_tensors
from linreg_lib.hints._diagnosis import Diagnosis
from linreg_lib.hints._rules import Rule, rule
from linreg_lib.words import words

MESSAGES = [
    *_messages_graph.MESSAGES,
    *_messages_tensors.MESSAGES,
    *_messages_modules.MESSAGES,
    *_messages_data.MESSAGES,
]


def _certain(key: str) -> Rule:
    kind = key if key in words("hints")["general"] else None
    return lambda error, match, places: Diagnosis(key, kind=kind, facts=dict(match.groupdict()))


for key, types, *patterns in MESSAGES:
    rule(types, *patterns, last=True)(_certain(key))
