"""Cut the theme's style sheets down to the rules that some built page can use.

The theme brings all of Bootstrap, 45 KB on each page's way; the book uses a third. A rule stays if
all its classes occur on some page or in some script. What has no class, animations and fonts stay.
"""

import hashlib
import re
from pathlib import Path

import tinycss2

CLASS = re.compile(r"\.(-?[A-Za-z_](?:[\w-]|\\.)*)")
ATTRIBUTE = re.compile(r"class=\\?[\"']([^\"'\\]*)")
SCRIPT = re.compile(r"<script[^>]*>(.+?)</script>", re.DOTALL)
WORD = re.compile(r"-?[A-Za-z_][\w-]*")
# These hold whatever the classes inside of them.
FUNCTION = re.compile(r":(?:not|is|where|has)\([^()]*\)")
# Scripts put these names together: Bootstrap's tooltips, Sphinx's results of a search.
COMPOSED = ("bs-", "kind-")


def classes_used(pages: list[str], scripts: list[str]) -> set[str]:
    """Give each word that can be a class: those of the pages' elements, and all of the scripts."""
    scripts = [*scripts, *{found for page in pages for found in SCRIPT.findall(page)}]
    used = {word for text in scripts for word in WORD.findall(text)}
    for named in {found for page in pages for found in ATTRIBUTE.findall(page)}:
        used.update(named.split())
    return used


def prune(css: str, used: set[str], kept: Path) -> str:
    """Give a style sheet without the rules whose classes are not in use.

    The result is kept in the folder `kept`: parsing takes half a second, and most edits change
    nothing here.
    """
    relevant = sorted(used.intersection(name.replace("\\", "") for name in CLASS.findall(css)))
    known = kept / hashlib.sha256("\0".join([css, *relevant]).encode()).hexdigest()[:16]
    if not known.is_file():
        kept.mkdir(parents=True, exist_ok=True)
        rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
        known.write_text(_keep(rules, set(relevant)), encoding="utf-8")
    return known.read_text(encoding="utf-8")


def _keep(rules, used) -> str:
    kept = []
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [one for one in _selectors(rule.prelude) if _usable(one, used)]
            if selectors:
                body = tinycss2.serialize(rule.content).strip()
                kept.append(f"{','.join(selectors)}{{{body}}}")
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports"):
            inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
            inside = _keep(inner, used)
            if inside:
                condition = tinycss2.serialize(rule.prelude)
                kept.append(f"@{rule.at_keyword}{condition}{{{inside}}}")
        else:
            kept.append(rule.serialize())
    return "".join(kept)


def _selectors(prelude) -> list[str]:
    """Split what stands before a rule's brace at its commas (those in brackets are inside)."""
    parts = [[]]
    for token in prelude:
        if token == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return [tinycss2.serialize(part).strip() for part in parts]


def _usable(selector, used) -> bool:
    while FUNCTION.search(selector):
        selector = FUNCTION.sub("", selector)
    names = (name.replace("\\", "") for name in CLASS.findall(selector))
    return all(name in used or name.startswith(COMPOSED) for name in names)
