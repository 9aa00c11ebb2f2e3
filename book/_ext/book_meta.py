"""What a page says of itself to search engines, and to those who show a card for a shared link.

The description comes from the front matter, the picture is the one of the page's part
(`book_cards`). A whole address needs the site's: without it there is no canonical address, and the
picture's is relative.
"""

import re
from html import escape, unescape

# Pages that Sphinx makes, and one of our own, have no front matter.
MADE_PAGES = {
    "404": "What to do where an address leads nowhere",
    "search": "Search all pages",
}
SHOWN = 300  # characters of a description that a card shows at most


def description(env, page: str) -> str:
    """Give the description of a page."""
    own = env.metadata.get(page, {}).get("description")
    return own or f"{MADE_PAGES.get(page, page)} of the book."


def shortened(text: str, most: int = SHOWN) -> str:
    """Cut a text after a sentence, else after a word."""
    if len(text) <= most:
        return text
    cut = text[: most + 1]
    end = max(cut.rfind(". "), cut.rfind("? "))
    return cut[: end + 1] if end > most // 2 else cut.rsplit(" ", 1)[0].rstrip(",;:") + " ..."


def tag(kind: str, name: str, content: str) -> str:
    """Write one tag of the head."""
    return f'<meta {kind}="{name}" content="{escape(content)}">'


def add_tags(app, pagename, templatename, context, doctree) -> None:
    """Write the tags into the page's head."""
    text = description(app.env, pagename)
    title = unescape(re.sub(r"<[^>]+>", "", context.get("title") or app.config.html_title))
    first = pagename == app.config.root_doc
    tags = [
        tag("name", "description", text),
        tag("property", "og:title", title),
        tag("property", "og:description", shortened(text)),
        tag("property", "og:type", "website" if first else "article"),
        tag("property", "og:site_name", app.config.html_title),
    ]
    if pagename in ("404", "search"):  # answers to somebody, not pages to be found
        tags.append(tag("name", "robots", "noindex"))
        context["pageurl"] = None
    if context.get("pageurl"):
        tags.append(tag("property", "og:url", context["pageurl"]))
    if card := context.get("card"):
        site = app.config.html_baseurl
        tags += [
            tag(
                "property",
                "og:image",
                site + card.path if site else context["pathto"](card.path, 1),
            ),
            tag("property", "og:image:width", str(card.width)),
            tag("property", "og:image:height", str(card.height)),
            tag("property", "og:image:alt", card.words),
            tag("name", "twitter:card", "summary_large_image"),
        ]
    context["metatags"] = "\n".join([context.get("metatags", ""), *tags])


def setup(app):
    """Register with Sphinx."""
    app.connect("html-page-context", add_tags, priority=600)  # once the card is known
    return {"parallel_read_safe": True, "parallel_write_safe": True}
