"""Who published an article: as a label, the line of its date, its elements, its machines or the page's title say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from selectolax.lexbor import LexborHTMLParser

from transforms.hanzi import HAN
from transforms.pages.headline import ALIASED, is_outlet, site_name
from transforms.pages.moment import DATE
from transforms.pages.outline import Block, page_title, zone_of
from transforms.pages.wording import Words

DATELINE_CHARACTERS = 80
# Characters of a name beside a date: a shorter one may be a person's, a longer one is a phrase.
TELLING_NAME, LONGEST_NAME = 4, 14
LAST_BLOCKS = 8  # of a page: where its rights are claimed
_OUTLET = r"(?:<source>[于於]?|<origin>)\s*[:：]\s*([^\s|｜,，;；()（）\[\]【】>]{2,24})"
_NOT_A_NAME = r"(?i:^(?:<author>|<editor>|<no_name>)|https?:|www\.|^[\w.-]+\.(?:com|cn|net|org|tw|hk|info|cc)$)"
_CUT_HERE = r"(?:<author>|<editor>|<reporter>|<behind_name>)[:：]?.*$|<classed>[:：].*$|(?:19|20)\d\d[-/.年].*$"
_WORD_ENDS = re.compile(r"[\s|｜·,，;；()（）\[\]【】/／]+")
_NO_OUTLET = r"<no_outlet>|A[+-]?|[大中小]|[\d:：,.+kw万萬次条條]+"
# Who wrote, edited or filed it has labels of its own.
_LABEL = "[:：/／]|<reporter>|<author>|<editor>|<beside_label>"
# Who claims the rights to a page, with what it is: '版权所有 河边晚报', '© 2005 河边晚报 版权所有'.
_RIGHTS = (
    rf"<copyright>[\s\d,.©()A-Za-z-]{{0,30}}?([{HAN}]{{2,12}})\s?<rights>|"
    rf"<rights>[\s:：]{{0,3}}([{HAN}]{{2,12}})(?![{HAN}])"
)
_HAN = re.compile(rf"[{HAN}]")
MAX_LINKS = 300


def outlet(
    words: Words,
    tree: LexborHTMLParser,
    stated: Mapping[str, str],
    near: Sequence[str],
    lines: Sequence[str],
    title: str | None,
    blocks: Sequence[Block],
    *,
    is_posted: bool,
) -> str | None:
    """The outlet of a page, None where it names none.

    `near`: the short lines around the beginning of the article; `lines`: those of them that are no prose; `stated`: the
    page's meta elements; `is_posted`: many wrote it, and a label names who did.
    """
    if is_posted and (site := _site(words, tree, title, blocks)) is not None:
        return site
    labelled = first_name(words, _OUTLET, near)
    if labelled is not None:
        return _linked(words, tree, labelled) or labelled
    return (
        _outlet(words, tree, lines, title or "")
        or _marked(words, tree)
        or _machine(words, stated)
        or _site(words, tree, title, blocks)
    )


def names_outlet(words: Words, text: str) -> bool:
    """Whether a label in a line announces an outlet."""
    return words.shaped[_OUTLET].search(text) is not None


def first_name(words: Words, shape: str, texts: Sequence[str]) -> str | None:
    """The first name a pattern of this shape finds in the texts."""
    named = (found[1] for text in texts if (found := words.shaped[shape].search(text)))
    return next((name for text in named if (name := name_of(words, text))), None)


def name_of(words: Words, text: str | None) -> str | None:
    """A name of reasonable length, what is glued behind it cut off; None for addresses and placeholders."""
    name = words.shaped[_CUT_HERE].sub("", (text or "").strip()).strip(" ·:：-|")
    return name if 2 <= len(name) <= 30 and not words.shaped[_NOT_A_NAME].search(name) else None


def _outlet(words: Words, tree: LexborHTMLParser, lines: Sequence[str], title: str) -> str | None:
    """The outlet no label announces: the account, beside the date. A platform is none, nor a word of the title."""
    account = tree.css_first("#js_name")
    names = [name_of(words, account.text()) if account is not None else None]
    names += [name for text in lines if (name := _beside_date(words, text)) is not None and name not in title]
    return next((name for name in names if name is not None and not _is_platform(words, name)), None)


def _is_platform(words: Words, name: str) -> bool:
    """Whether anybody publishes there: the account is the outlet."""
    return words.shaped["<platform>"].match(name) is not None


def _machine(words: Words, stated: Mapping[str, str]) -> str | None:
    """The outlet as the page's meta elements name it."""
    names = (
        name_of(words, ALIASED.sub(r"\1", stated.get(name, "")))
        for name in ("source", "og:site_name", "application-name")
    )
    return next((name for name in names if name is not None and not _is_platform(words, name)), None)


def _site(words: Words, tree: LexborHTMLParser, title: str | None, blocks: Sequence[Block]) -> str | None:
    """The site, where nothing else says who published: as the page's own title ends, by its Chinese name if it has one.

    A platform is no outlet.
    """
    name = name_of(words, site_name(words, page_title(tree), title, blocks))
    if name is None or _HAN.search(name) is None:
        name = _holder_of_rights(words, blocks) or name
    return None if name is None or _is_platform(words, name) else name


def _holder_of_rights(words: Words, blocks: Sequence[Block]) -> str | None:
    """Who claims the rights to the page at its foot, if that is a paper or a site."""
    lines = (block.text for block in blocks[-LAST_BLOCKS:])
    named = (found[1] or found[2] for text in lines if (found := words.shaped[_RIGHTS].search(text)))
    return next((name for name in named if is_outlet(words, name)), None)


def _linked(words: Words, tree: LexborHTMLParser, labelled: str) -> str | None:
    """The part of a labelled name that is a link, where more is glued behind it: its place, a button."""
    if is_outlet(words, labelled):
        return None
    links = (link.text().strip() for link in tree.css("a")[:MAX_LINKS])
    return next(
        (name for name in links if TELLING_NAME <= len(name) < len(labelled) and labelled.startswith(name)), None
    )


def _marked(words: Words, tree: LexborHTMLParser) -> str | None:
    """The outlet in an element that is called after it, in no margin."""
    elements = ", ".join(f"{tag}.{name}" for tag in ("div", "span", "a", "p") for name in words.listed["outlet_class"])
    for node in tree.css(elements)[:LAST_BLOCKS]:
        text = node.text().strip()
        if 2 < len(text) <= LONGEST_NAME and _WORD_ENDS.search(text) is None and not words.shaped[_LABEL].search(text):
            return None if zone_of(words, node).is_marginal else name_of(words, text)
    return None


def _beside_date(words: Words, text: str) -> str | None:
    """The outlet in a line that is else but the moment: '2024-05-01 08:30 河边晚报', '原创 河边晚报 2024-05-01'."""
    found = DATE.search(text)
    if found is None or len(text) > DATELINE_CHARACTERS:
        return None
    before, behind = _names_in(words, text[: found.start()])[-1:], _names_in(words, text[found.end() :])
    beside = [
        word for word in before + behind[:1] if not words.shaped[_LABEL].search(word) and len(word) <= LONGEST_NAME
    ]
    named = next((word for word in beside if is_outlet(words, word) and len(word) > 2), None)
    if named is None and len(before + behind) == len(beside) == 1 and len(beside[0]) >= TELLING_NAME:
        named = beside[0]
    return name_of(words, named)


def _names_in(words: Words, text: str) -> list[str]:
    """The words of part of a dateline that may be names."""
    return [word for word in _WORD_ENDS.split(text) if word and not words.shaped[_NO_OUTLET].fullmatch(word)]
