"""What the names of an element say about the text in it: part of the article, of a reply, or of the page around it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from transforms.pages.wording import Words

_BOUNDARY = frozenset(["nav", "footer", "aside", "menu"])
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class Zone(NamedTuple):
    """Where a text stands.

    `is_marginal`: around the article; `is_central`: in what is named after content; `is_reply`: among comments,
    answers, posts of a thread; `is_fringe`: of such a post what is not its text; `is_caption`: under a picture.
    """

    is_marginal: bool = False
    is_central: bool = False
    is_reply: bool = False
    is_fringe: bool = False
    is_caption: bool = False


@lru_cache(maxsize=8192)
def within(words: Words, outer: Zone, tag: str, names: str, is_article: bool) -> Zone:
    """The zone of an element of this tag, class and id within an outer one. `is_article`: its markup says so."""
    if tag in ("html", "body"):
        return Zone()
    if tag in _BOUNDARY:
        return outer._replace(is_marginal=True, is_central=False)
    if is_article:
        return outer._replace(is_central=True)
    if tag == "figcaption":
        return outer._replace(is_caption=True)
    if names == " ":
        return outer
    names = _CAMEL.sub("-", names)
    is_reply = words.shaped["<reply>"].search(names) is not None
    is_central = words.shaped["<central_anywhere>|<central>"].search(names) is not None
    is_marginal = not is_reply and words.shaped["<marginal>"].search(names) is not None
    return Zone(
        is_marginal=outer.is_marginal or is_marginal,
        is_central=not is_marginal and (outer.is_central or is_central),
        is_reply=outer.is_reply or is_reply,
        is_fringe=_is_fringe(words, outer, names),
        is_caption=outer.is_caption or words.shaped["<caption>"].search(names) is not None,
    )


def _is_fringe(words: Words, outer: Zone, names: str) -> bool:
    """The innermost element that says anything decides."""
    is_post = words.shaped["<post>"].search(names) is not None
    if words.shaped["<fringe>"].search(names) is not None:
        return not is_post or words.shaped["<only_fringe>"].search(names) is not None
    return outer.is_fringe and not is_post
