"""What the names of an element say about the text in it: part of the article, of a reply, or of the page around it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_BOUNDARY = frozenset(["nav", "footer", "aside", "menu"])
_START, _END = r"(?:^|[\s_-])", r"(?:$|[\s_\d-])"
_MARGINAL = re.compile(
    rf"{_START}(?:footer|foot|copyright|related|relate|recommend|recommends|recommendation|recom|sidebar|side|sider|"
    r"slider|aside|nav|navbox|menu|crumbs?|breadcrumb|share|sharing|bdshare|hot|rank|ranking|login|ad|ads|advert|"
    r"banner|toolbar|qrcode|popup|modal|pagination|pager|links?(?!-report)|friendlink|search|statement|declare|"
    r"tuijian|xiangguan|"
    r"(?<!load-)(?<!read-)more|tags?|keywords?|references?|reflist|catlinks|(?<!markdown-)toc|infobox|hatnote|"
    r"rules|(?:app-?)?download-?(?:bar|tips?)|editsection|reward|wwads|translate|"
    r"(?:ai|gpt)[_-]?(?:summary|abstract|digest|guide)|key-?points?|takeaways?|tl-?dr)"
    rf"{_END}",
    re.IGNORECASE,
)
_CENTRAL = re.compile(
    rf"article|content|{_START}(?:text|body|main|post|entry|news|detail|story|trs_?\w*|zoom|artibody|rich_?text)"
    rf"{_END}",
    re.IGNORECASE,
)
_REPLY = re.compile(
    rf"{_START}(?:comments?|commentlist|cmt|repl(?:y|ies)|replylist|answers?|floor|postlist|postmessage|lzl|"
    rf"discuss(?:ion)?|thread|t_f|pcb|topic|question|postbody|postcontainer|postrow|bb-wrapper){_END}",
    re.IGNORECASE,
)
_POST = re.compile(
    rf"{_START}(?:content|body|message|postmessage|text|ztext|markdown|rich|richtext|t_f|pcb|detail|main|desc){_END}",
    re.IGNORECASE,
)
# What stands around a post: who wrote it, when, what can be done with it. The last part outweighs a 'content'.
_FRINGE = re.compile(
    rf"{_START}(?:users?|username|author|authi|avatar|nick|nickname|pls|people|card|level|badge|medal|actions?|"
    r"operations?|ops?|tools?|btns?|buttons?|votes?|likes?|counts?|numbers?|times?|date|pubtime|tail|header|head|"
    r"title|tags?|metas?|infos?|profile|sign|signature|sigline|pob|rate|pstatus|control|editor|not|empty|status)"
    rf"{_END}",
    re.IGNORECASE,
)
_ALWAYS_FRINGE = re.compile(
    rf"{_START}(?:metas?|infos?|profile|sign|signature|badge|times?|date|tail|not|login|empty|pstatus|author|header|"
    rf"follow|status|side){_END}",
    re.IGNORECASE,
)
# What stands under a picture.
_CAPTION = re.compile(
    rf"{_START}(?:wp-|fig(?:ure)?-?|img[_-]?|image[_-]?|pic(?:ture)?[_-]?|photo[_-]?|f_)?"
    rf"(?:captions?|caption-?text|pic_?(?:info|desc|te?xt|note)|img_?(?:info|desc|des|te?xt|note|title|intro)|"
    rf"(?:image|photo|picture)_?(?:info|desc|te?xt|note|title)){_END}|"
    rf"{_START}(?:pic|img|image|photo|picture)[_-](?:info|desc|des|description|te?xt|note|explain|intro|alt|"
    rf"words?){_END}",
    re.IGNORECASE,
)
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
def within(outer: Zone, tag: str, names: str, is_article: bool) -> Zone:
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
    is_reply = _REPLY.search(names) is not None
    is_central = _CENTRAL.search(names) is not None
    is_marginal = not is_reply and _MARGINAL.search(names) is not None
    return Zone(
        is_marginal=outer.is_marginal or is_marginal,
        is_central=not is_marginal and (outer.is_central or is_central),
        is_reply=outer.is_reply or is_reply,
        is_fringe=_is_fringe(outer, names),
        is_caption=outer.is_caption or _CAPTION.search(names) is not None,
    )


def _is_fringe(outer: Zone, names: str) -> bool:
    """The innermost element that says anything decides."""
    is_post = _POST.search(names) is not None
    if _FRINGE.search(names) is not None:
        return not is_post or _ALWAYS_FRINGE.search(names) is not None
    return outer.is_fringe and not is_post
