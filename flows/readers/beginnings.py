"""What a file is by how it begins, whatever it is called: a feed, a page, JSON."""

from __future__ import annotations

import re

# What is called one of these, or nothing that is known, may be another: its first bytes tell.
MISTAKEN = frozenset((None, "text", "html", "page", "feed"))
HEAD_BYTES = 4096
# Declarations and comments are taken once and for all: a head of nothing else would be tried in every way.
_BEFORE_ROOT = rb"\A(?:\xef\xbb\xbf)?\s*+(?>(?:<!--.*?-->|<[?!][^>]*>)\s*+)*+"
_ROOT = re.compile(_BEFORE_ROOT + rb"<(?:[\w.-]+:)?([A-Za-z]+)[\s>]", re.DOTALL)
_ROOTS = dict.fromkeys((b"rss", b"feed", b"rdf", b"urlset", b"sitemapindex"), "feed") | {b"html": "page"}
_JSON = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*(?:\{\s*[\"}]|\[\s*[{\]])")


def begun_as(head: bytes) -> str | None:
    """The reader for a file that begins like this, where that leaves no doubt."""
    if root := _ROOT.match(head):
        return _ROOTS.get(root[1].lower())
    return "json" if _JSON.match(head) else None
