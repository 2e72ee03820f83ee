"""Who published an article: as a label, the line of its date, its elements, its machines or the page's title say."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from selectolax.lexbor import LexborHTMLParser

from transforms.hanzi import HAN
from transforms.pages.headline import ALIASED, is_outlet, site_name
from transforms.pages.moment import DATE
from transforms.pages.outline import Block, page_title, zone_of
from transforms.pages.wording import AUTHOR, EDITOR, REPORTER, SOURCE

DATELINE_CHARACTERS = 80
# Characters of a name beside a date: a shorter one may be a person's, a longer one is a phrase.
TELLING_NAME, LONGEST_NAME = 4, 14
LAST_BLOCKS = 8  # of a page: where its rights are claimed
# Where anybody publishes: the account is the outlet.
PLATFORMS = frozenset(("微信公众平台", "百家号", "今日头条", "网易订阅", "网易号", "搜狐号"))
# Elements that hold nothing but the outlet.
_ELEMENTS = ", ".join(f"{tag}.{name}" for tag in ("div", "span", "a", "p") for name in ("source", "from", "media"))

_OUTLET = re.compile(rf"(?:{SOURCE}[于於]?|出[处處])\s*[:：]\s*([^\s|｜,，;；()（）\[\]【】>]{{2,24}})")
_NOT_A_NAME = re.compile(
    rf"^(?:{AUTHOR}|{EDITOR}|[责責]任|时间|發布|发布|admin|未知|佚名|网络|本站|最[后後新]|更新|修改)|https?:|www\.|"
    r"^[\w.-]+\.(?:com|cn|net|org|tw|hk|info|cc)$",
    re.IGNORECASE,
)
_CUT_HERE = re.compile(
    rf"(?:{AUTHOR}|{EDITOR}|{REPORTER}|发布时间|發布時間|时间|分享|[大中小]?字[号體体號]|浏览|阅读|评论|"
    r"[查点點][看击擊])[:：]?.*$|(?:[类類]型|分[类類]|[栏欄]目|[频頻]道)[:：].*$|(?:19|20)\d\d[-/.年].*$"
)
_WORD_ENDS = re.compile(r"[\s|｜·,，;；()（）\[\]【】/／]+")
_NO_OUTLET = re.compile(
    r"原[创創]|[转轉][载載]|首次?[发發].*|[举舉][报報]|收藏.*|分享.*|打印|[评評][论論].*|[阅閱][读讀].*|"
    r"[浏瀏][览覽].*|[点點][击擊].*|A[+-]?|"
    r"字[号號体體]?|[大中小]|[\d:：,.+kw万萬次条條]+|[编編][辑輯]|整理|我有话说.*|微博|微信|最[后後新近].*|更新|"
    r"修改|来自|[于於]",
)
# Who wrote, edited or filed it has labels of its own.
_LABEL = re.compile(rf"[:：/／]|{REPORTER}|{AUTHOR}|{EDITOR}|[时時][间間]|日期|[报報][导導道]$")
# Who claims the rights to a page, with what it is: '版权所有 河边晚报', '© 2005 河边晚报 版权所有'.
_RIGHTS = re.compile(
    rf"(?:copyright|©|\(c\))[\s\d,.©()A-Za-z-]{{0,30}}?([{HAN}]{{2,12}})\s?版[权權]所有|"
    rf"版[权權]所有[\s:：]{{0,3}}([{HAN}]{{2,12}})(?![{HAN}])",
    re.IGNORECASE,
)
_HAN = re.compile(rf"[{HAN}]")
MAX_LINKS = 300


def outlet(
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
    if is_posted and (site := _site(tree, title, blocks)) is not None:
        return site
    labelled = first_name(_OUTLET, near)
    if labelled is not None:
        return _linked(tree, labelled) or labelled
    return _outlet(tree, lines, title or "") or _marked(tree) or _machine(stated) or _site(tree, title, blocks)


def names_outlet(text: str) -> bool:
    """Whether a label in a line announces an outlet."""
    return _OUTLET.search(text) is not None


def first_name(pattern: re.Pattern[str], texts: Sequence[str]) -> str | None:
    """The first name the pattern finds in the texts."""
    return next((name for text in texts if (found := pattern.search(text)) and (name := name_of(found[1]))), None)


def name_of(text: str | None) -> str | None:
    """A name of reasonable length, what is glued behind it cut off; None for addresses and placeholders."""
    name = _CUT_HERE.sub("", (text or "").strip()).strip(" ·:：-|")
    return name if 2 <= len(name) <= 30 and not _NOT_A_NAME.search(name) else None


def _outlet(tree: LexborHTMLParser, lines: Sequence[str], title: str) -> str | None:
    """The outlet no label announces: the account, beside the date. A platform is none, nor a word of the title."""
    account = tree.css_first("#js_name")
    names = [name_of(account.text()) if account is not None else None]
    names += [name for text in lines if (name := _beside_date(text)) is not None and name not in title]
    return next((name for name in names if name is not None and name not in PLATFORMS), None)


def _machine(stated: Mapping[str, str]) -> str | None:
    """The outlet as the page's meta elements name it."""
    names = (
        name_of(ALIASED.sub(r"\1", stated.get(name, ""))) for name in ("source", "og:site_name", "application-name")
    )
    return next((name for name in names if name is not None and name not in PLATFORMS), None)


def _site(tree: LexborHTMLParser, title: str | None, blocks: Sequence[Block]) -> str | None:
    """The site, where nothing else says who published: as the page's own title ends, by its Chinese name if it has one.

    A platform is no outlet.
    """
    name = name_of(site_name(page_title(tree), title, blocks))
    if name is None or _HAN.search(name) is None:
        name = _holder_of_rights(blocks) or name
    return None if name in PLATFORMS else name


def _holder_of_rights(blocks: Sequence[Block]) -> str | None:
    """Who claims the rights to the page at its foot, if that is a paper or a site."""
    lines = (block.text for block in blocks[-LAST_BLOCKS:])
    named = (found[1] or found[2] for text in lines if (found := _RIGHTS.search(text)))
    return next((name for name in named if is_outlet(name)), None)


def _linked(tree: LexborHTMLParser, labelled: str) -> str | None:
    """The part of a labelled name that is a link, where more is glued behind it: its place, a button."""
    if is_outlet(labelled):
        return None
    links = (link.text().strip() for link in tree.css("a")[:MAX_LINKS])
    return next(
        (name for name in links if TELLING_NAME <= len(name) < len(labelled) and labelled.startswith(name)), None
    )


def _marked(tree: LexborHTMLParser) -> str | None:
    """The outlet in an element that is called after it, in no margin."""
    for node in tree.css(_ELEMENTS)[:LAST_BLOCKS]:
        text = node.text().strip()
        if 2 < len(text) <= LONGEST_NAME and _WORD_ENDS.search(text) is None and not _LABEL.search(text):
            return None if zone_of(node).is_marginal else name_of(text)
    return None


def _beside_date(text: str) -> str | None:
    """The outlet in a line that is else but the moment: '2024-05-01 08:30 河边晚报', '原创 河边晚报 2024-05-01'."""
    found = DATE.search(text)
    if found is None or len(text) > DATELINE_CHARACTERS:
        return None
    before, behind = _words(text[: found.start()])[-1:], _words(text[found.end() :])
    beside = [word for word in before + behind[:1] if not _LABEL.search(word) and len(word) <= LONGEST_NAME]
    named = next((word for word in beside if is_outlet(word) and len(word) > 2), None)
    if named is None and len(before + behind) == len(beside) == 1 and len(beside[0]) >= TELLING_NAME:
        named = beside[0]
    return name_of(named)


def _words(text: str) -> list[str]:
    """The words of part of a dateline that may be names."""
    return [word for word in _WORD_ENDS.split(text) if word and not _NO_OUTLET.fullmatch(word)]
