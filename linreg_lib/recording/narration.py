"""One stop of backward in sentences, from words/backward.toml.

The browser does the same with the same table (widgets/js/narration.js).
"""

import math

from linreg_lib.words import words


def say_stop(recording: dict, state: dict, film: dict, index: int) -> list[str]:
    """Return what happens at one node of a film, a sentence for each thing.

    Args:
        state: the step that the film belongs to, in full.
        film, index: the film, and the number of the stop in it.
    """
    table, stop = words("backward"), film["stops"][index]
    told = [_say_incoming(table, recording, state, film, stop, i) for i in stop["incoming"]]
    if stop["outgoing"] is None:
        return [*told, table["error"]["here"]]
    for outgoing in stop["outgoing"]:
        if outgoing["amount"] is not None:
            told.append(_say_outgoing(table, recording, state, film, stop, outgoing))
    if "share" in stop:
        share = stop["share"]
        fields = {
            "leaf": _named(table, recording, state, film, stop["node"]),
            "in": amount_text(stop["incoming"][0]["amount"]),
            "before": amount_text(share["before"]),
            "after": amount_text(share["after"]),
        }
        way = share["way"] if share["after"] else "taken"
        told.append(table["share"][way].format(**fields))
    if stop["saved"]:
        freed = any(saved["freed"] for saved in stop["saved"])
        told.append(table["saved"]["freed" if freed else "kept"])
    return told


def amount_text(amount: dict | None) -> str:
    """Return the numbers of an amount: "0.6 and -6.8", "0.5 for each", or shape and norm."""
    part = words("backward")["part"]
    if amount is None:
        return part["nothing"]
    if "norm" in amount:
        sizes = ", ".join(map(str, amount["shape"])) + "," * (len(amount["shape"]) == 1)
        count = f"{math.prod(amount['shape']):,}"
        return part["large"].format(count=count, shape=f"({sizes})", norm=amount["norm"])
    numbers = amount["numbers"]
    return _joined(numbers, part)


def work_text(outgoing: dict) -> str:
    """Return the arithmetic of what goes on: "1 · 0.6 + 3 · (-6.8) = -19.8 and ..."."""
    part, amount = words("backward")["part"], outgoing["amount"]
    if "work" not in outgoing:
        return amount_text(amount)
    done = []
    for number, terms in zip(amount["numbers"], outgoing["work"], strict=True):
        text = part["plus"].join(
            part["times"].join(
                part["minus"].format(number=factor) if factor[0] == "-" and i + j > 0 else factor
                for j, factor in enumerate(product)
            )
            for i, product in enumerate(terms)
        )
        done.append(text if text == number else part["equals"].format(work=text, result=number))
    return _joined(done, part)


def _joined(texts: list[str], part: dict) -> str:
    """Join to "a, b and c"; where all are equal, to "a for each"."""
    if len(texts) > 1 and len(set(texts)) == 1:
        return part["each"].format(result=texts[0])
    if len(texts) < 2:
        return "".join(texts)
    return part["comma"].join(texts[:-1]) + part["and"] + texts[-1]


def _say_incoming(table, recording, state, film, stop, incoming) -> str:
    amount, ways = incoming["amount"], incoming["ways"]
    fields = {"in": amount_text(amount), "count": len(ways)}
    if amount is None:
        return table["incoming"]["none"]
    if incoming.get("edited"):
        return table["incoming"]["edited"].format(**fields)
    if not ways:
        own = stop["node"] in film["roots"] and amount.get("numbers") == ["1"]
        fields["root"] = _named(table, recording, state, film, stop["node"])
        return table["incoming"]["start" if own else "given"].format(**fields)
    if len(ways) == 1:
        return table["incoming"]["one"].format(**fields)
    shares = [_share(film, *way) for way in ways]
    # Only single numbers read well as a sum.
    if any(share is None or len(share.get("numbers", ())) != 1 for share in shares):
        return table["incoming"]["other"].format(**fields)
    part = table["part"]
    numbers = [share["numbers"][0] for share in shares]
    fields["sum"] = part["plus"].join(
        part["minus"].format(number=n) if i and n[0] == "-" else n for i, n in enumerate(numbers)
    )
    return table["incoming"]["several"].format(**fields)


def _share(film, source: int, slot: int) -> dict | None:
    outgoing = film["stops"][source]["outgoing"]
    return next(o["amount"] for o in outgoing if o["slot"] == slot)


def _say_outgoing(table, recording, state, film, stop, outgoing) -> str:
    entries = table["op"].get(stop["op"], {})
    argument = outgoing["argument"]
    came = stop["incoming"][0]["amount"]
    # Fewer numbers go on than came: the input was used in several places.
    broadcast = came and math.prod(outgoing["amount"]["shape"]) < math.prod(came["shape"])
    wanted = [f"{argument}-broadcast"] if broadcast else []
    template = next(
        (entries[key] for key in [*wanted, argument, "each", "any"] if key in entries),
        table["op"]["other"]["any"],
    )
    fields = {
        **stop["constants"],
        "to": _named(table, recording, state, film, outgoing["to"]),
        "in": amount_text(came),
        "out": amount_text(outgoing["amount"]),
        "work": work_text(outgoing),
        "count": f"{math.prod(outgoing['amount']['shape']):,}",
        "saved": _say_saved(table, state, stop, argument),
    }
    return template.format(**fields)


def _say_saved(table, state, stop, argument) -> str:
    """Name the saved tensor that a slope is made of: of a product, the other factor."""
    saved = {s["name"]: s for s in stop["saved"]}
    others = [s for name, s in saved.items() if name != argument]
    if not saved:
        return stop["constants"].get("other", table["part"]["unnamed-saved"])
    chosen = (others or stop["saved"])[0]
    names = state["tensors"].get(chosen["tensor"], {}).get("names", [])
    if names:
        return names[0]
    return amount_text(chosen["amount"]) if chosen["amount"] else table["part"]["unnamed-saved"]


def _named(table, recording, state, film, label: str) -> str:
    """Name what a node made, or the leaf whose gradient it fills."""
    node = next(n for n in recording["nodes"] if n["id"] == label)
    if node["kind"] == "leaf":
        facts = state["tensors"].get(node["tensor"], {"names": [], "former": []})
        if facts["names"]:
            return facts["names"][0]
        part = table["part"]["former-leaf" if facts["former"] else "unnamed-leaf"]
        return part.format(name="".join(facts["former"][:1]))
    for facts in state["tensors"].values():
        if facts["node"] == label and facts["names"]:
            return facts["names"][0]
    op = next((stop["op"] for stop in film["stops"] if stop["node"] == label), None)
    return table["noun"].get(op, node["name"])
