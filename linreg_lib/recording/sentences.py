"""The facts of a recording as sentences, from the tables of `linreg_lib.words`.

The browser does the same with the same tables (widgets/js/sentences.js). Nothing reads a sentence
back.
"""

from linreg_lib.words import words

MAX_LISTED = 6  # kinds of nodes in one sentence
ASIDE = ("condition", "caught", "error")  # told at a step, but no change of a tensor or the graph


def say(change: dict) -> str:
    """Return one fact of a step's `changed` as a sentence."""
    table = words("changes")
    fields = {**change, "name": _who(change, table)}
    if "nodes" in change:
        fields["nodes"] = _listed(change["nodes"], table["list"])
    if "origin" in change:
        fields["origin"] = table["origin"][change["origin"]].format(**fields)
        for part, field in (("returned", "call"), ("shared", "shares")):
            fields[part] = table["part"][part].format(**fields) if field in change else ""
    return _choose(table[change["kind"]], fields).format(**fields)


def say_end(recording: dict) -> str:
    """Return why a recording ended; "" if the program simply came to its end."""
    table, ended = words("changes")["ended"], recording["ended"]
    fields = {**(recording["error"] or {}), **ended, "limit": _count(ended.get("limit", 0))}
    text = table[ended["reason"]].format(**fields)
    return text + (table["uninterrupted"].format(**fields) if "seconds" in ended else "")


def say_cut(cut: dict) -> str:
    """Return what was left out of a recording."""
    return words("changes")["cut"][cut["kind"]].format(limit=_count(cut.get("limit", 0)))


def _who(change: dict, table: dict) -> str:
    if "name" in change:
        return change["name"]
    if "former" in change:
        return table["who"]["former"].format(**change)
    return table["who"]["nobody"].format(**change) if "tensor" in change else ""


def _choose(entry, fields: dict) -> str:
    """Return the sentence; of several, the one that a field chooses."""
    if isinstance(entry, str):
        return entry
    value = fields.get(entry["choose"])
    key = "none" if value is None else str(value).lower()
    return entry.get(key, entry.get("other", ""))


def _count(number) -> str:
    return f"{number:,}" if isinstance(number, int) else f"{number:g}"


def _listed(names: list[str], table: dict) -> str:
    """Join names, equal ones counted: "2 × AccumulateGrad, MmBackward0 and AddBackward0"."""
    counted: dict[str, int] = {}
    for name in names:
        counted[name] = counted.get(name, 0) + 1
    parts = [
        name if n == 1 else table["several"].format(count=n, name=name)
        for name, n in counted.items()
    ]
    if len(parts) > MAX_LISTED:
        rest = len(parts) - MAX_LISTED + 1
        parts = [*parts[: MAX_LISTED - 1], table["more"].format(count=rest)]
    if len(parts) == 1:
        return parts[0]
    return table["comma"].join(parts[:-1]) + table["and"] + parts[-1]
