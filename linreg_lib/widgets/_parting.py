"""Where two recordings that step together part: the step at which a comparison opens."""

from linreg_lib.autograd import expand

# What a reader compares of a tensor; its address in memory or its version may differ all the same.
FACTS = ("value", "shape", "dtype", "requires_grad", "is_leaf", "grad_value")


def parting_step(wrong: dict, right: dict) -> int:
    """Return the step at which the first recording goes another way than the second.

    Where the first ends with an error, that is its last step. Else it is the first step, from the
    one on at which the programs run different lines, at which tensors of one name differ; and if
    none ever do, the first that runs a different line.
    """
    count = min(len(wrong["steps"]), len(right["steps"]))
    if wrong["error"]:
        return min(len(wrong["steps"]), count) - 1
    lines = [recording["code"].split("\n") for recording in (wrong, right)]
    parted = None
    for k in range(1, count):
        if parted is None:
            ran = [
                text[r["steps"][k]["line"] - 1]
                for text, r in zip(lines, (wrong, right), strict=True)
            ]
            parted = k if ran[0] != ran[1] else None
        if parted is not None:
            first, second = facts(wrong, k), facts(right, k)
            if any(first[name] != second[name] for name in first.keys() & second.keys()):
                return k
    return count - 1 if parted is None else parted


def facts(recording: dict, k: int) -> dict[str, tuple]:
    """Return what is compared of each tensor at a step, by its name."""
    return {
        name: tuple(str(tensor[fact]) for fact in FACTS)
        for tensor in expand(recording, k)["tensors"].values()
        for name in tensor["names"]
    }
