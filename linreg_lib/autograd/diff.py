"""What changed between two recorded states, in words."""

from linreg_lib.recording.changes import changes
from linreg_lib.recording.sentences import ASIDE, say


def diff(step_a: dict, step_b: dict) -> list[str]:
    """Say what changed from one state to a later one, a sentence for each change.

    Args:
        step_a, step_b: full states of one recording, as `Trace.step(k)` gives them. Of two that
            follow each other it is known how a gradient changed; else only that it did.

    Returns:
        Such as "w: same object, version 3 → 4, values changed in place",
        "w: now a new object, not a leaf, made by SubBackward0", "w.grad: [1.] → [3.], added ...",
        "saved tensors of MulBackward0 freed".
    """
    if step_b["index"] == step_a["index"] + 1:
        return [say(fact) for fact in step_b["changed"] if fact["kind"] not in ASIDE]
    return [say(fact) for fact in changes(step_a, step_b)]
