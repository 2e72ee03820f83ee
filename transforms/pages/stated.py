"""What a page states about its article: title, date, author, outlet, section, address."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from transforms.pages.attributed import attributed
from transforms.pages.headline import HEADINGS, headline, is_outlet, page_title, site_name
from transforms.pages.moment import DATE, dates, in_order, is_dated, published
from transforms.pages.outline import Block

NEAR_BLOCKS = 14  # before the article: where a page prints date and outlet
NEAR_AFTER = 3
CLOSING_BLOCKS, BEHIND_BLOCKS = 3, 12  # at its end and after it: where some print them instead
LINE_CHARACTERS = 200  # a longer block is no such line
DATELINE_CHARACTERS = 80
SENTENCE_ENDS = ("。", "！", "？", "”", "…")
# Characters of a name beside a date: a shorter one may be a person's, a longer one is a phrase.
TELLING_NAME, LONGEST_NAME = 4, 14
# Where anybody publishes: the account is the outlet.
PLATFORMS = frozenset(("微信公众平台", "百家号", "今日头条", "网易订阅", "网易号", "搜狐号"))

_OUTLET = re.compile(
    r"(?:来源于?|來源|稿源|文章来源|新闻来源|信息来源)\s*[:：]\s*([^\s|｜,，;；()（）\[\]【】>]{2,24})"
)
_AUTHOR = re.compile(r"(?:作者|撰文|记者|記者)\s*[:：]\s*([^\s|｜,，;；()（）\[\]【】>:：]{2,20})")
_NOT_A_NAME = re.compile(
    r"^(?:作者|编辑|編輯|责任|責任|时间|發布|发布|admin|未知|佚名|网络|本站)|https?:|www\.", re.IGNORECASE
)
_EDITED_BY = re.compile(r"[编編][辑輯校]?\s*[:：]\s*$")
_CUT_HERE = re.compile(
    r"(?:作者|编辑|編輯|责编|责任编辑|責任編輯|发布时间|發布時間|时间|分享|字号|浏览|阅读|评论|记者)[:：]?.*$"
)
_CRUMB = re.compile(r"\s*(?:>>|>|›|»|＞|→)\s*")
_NOT_A_SECTION = re.compile(
    r"^(?:首页|首頁|正文.*|文章|内容|內容|详情|当前位置|您的位置|.{0,6}(?:网|網|在线|首页|首頁))[:：]?$"
)
_CONTROLS = re.compile(
    r"^(?:[大中小]*字[号號体體]|分享|打印|列印|收藏|放大|缩小|A[+-]|分[类類][:：]|[标標][签籤][:：])"
)
_WORD_ENDS = re.compile(r"[\s|｜·,，;；()（）\[\]【】/／]+")
_NO_OUTLET = re.compile(
    r"原[创創]|[转轉][载載]|首[发發]|[举舉][报報]|收藏.*|分享.*|打印|[评評][论論].*|[阅閱][读讀].*|[浏瀏][览覽].*|[点點][击擊].*|A[+-]?|"
    r"字[号號体體]?|[大中小]|[\d:：,.+kw万萬次条條]+|[编編][辑輯]|整理|我有话说.*|微博|微信",
)
# Who wrote, edited or filed it has labels of its own.
_LABEL = re.compile(r"[:：/／]|[记記]者|作者|[编編][辑輯]|通[讯訊][员員]|[时時][间間]|日期|[报報][导導道]$")
_BLANK = re.compile(r"\s+")


class Metadata(NamedTuple):
    """What a page states, None where it does not; `published` as it is written there."""

    title: str | None
    published: str | None
    author: str | None
    outlet: str | None
    section: str | None
    url: str | None


def metadata(
    tree: LexborHTMLParser, page: str, blocks: Sequence[Block], first: int, end: int, *, is_posted: bool
) -> Metadata:
    """The metadata of a parsed page whose article is the blocks from `first` to `end`, end exclusive.

    `is_posted`: many wrote it.
    """
    stated = _stated(tree)
    url = _address(tree, stated)
    opening = next((at for at in range(first, end) if blocks[at].tag not in HEADINGS), first)
    around = blocks[max(0, first - NEAR_BLOCKS) : opening + NEAR_AFTER]
    near = [block.text for block in around if block.chars <= LINE_CHARACTERS]
    lines = [text for text in near if not _is_prose(text)]
    behind = [
        block.text
        for block in blocks[max(first, end - CLOSING_BLOCKS) : end + BEHIND_BLOCKS]
        if block.chars <= LINE_CHARACTERS
    ]
    # The one nearest to the article: others announce other articles.
    dateline = next((block for block in reversed(around) if not block.link_chars and _states(block.text)), None)
    title = headline(tree, stated, around, dateline)
    pointed = partial(attributed, tree, title, is_posted=is_posted)
    ordered = in_order(lines)
    if is_posted:
        behind = []
        if not any(map(dates, ordered)):
            ordered = _first_stamp(blocks[opening:end])
    return Metadata(
        title=title,
        published=published(page, stated, ordered, behind, pointed, url),
        author=_first(_AUTHOR, near) or _author(stated, page),
        outlet=_first(_OUTLET, near) or _outlet(tree, stated, lines) or _site(tree, title, blocks),
        section=_name(stated.get("article:section")) or _section(near),
        url=url,
    )


def _first_stamp(posted: Sequence[Block]) -> list[str]:
    """The line of a thread that dates its first post, where that stands below the text."""
    lines = (block.text for block in posted if block.chars <= DATELINE_CHARACTERS and not _is_prose(block.text))
    return next(([line] for line in lines if dates(line)), [])


def _is_prose(text: str) -> bool:
    """Whether a line is a sentence: the day it names is that of an event."""
    return text.endswith(SENTENCE_ENDS) or len(text) > DATELINE_CHARACTERS


def _outlet(tree: LexborHTMLParser, stated: Mapping[str, str], lines: Sequence[str]) -> str | None:
    """The outlet no label announces: the account, beside the date, to machines. A platform is none."""
    account = tree.css_first("#js_name")
    names = [_name(account.text()) if account is not None else None]
    names += [_beside_date(text) for text in lines]
    names += [_name(stated.get(name)) for name in ("source", "og:site_name")]
    return next((name for name in names if name is not None and name not in PLATFORMS), None)


def _site(tree: LexborHTMLParser, title: str | None, blocks: Sequence[Block]) -> str | None:
    """The site, where nothing else says who published: as the page's own title ends. A platform is no outlet."""
    name = _name(site_name(page_title(tree), title, blocks))
    return None if name in PLATFORMS else name


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
    return _name(named)


def _words(text: str) -> list[str]:
    """The words of part of a dateline that may be names."""
    return [word for word in _WORD_ENDS.split(text) if word and not _NO_OUTLET.fullmatch(word)]


def _stated(tree: LexborHTMLParser) -> dict[str, str]:
    """The page's meta elements: name or property in lower case to content, the first one of a name."""
    found: dict[str, str] = {}
    for node in tree.css("meta[content]"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name") or attributes.get("itemprop")
        content = _BLANK.sub(" ", attributes.get("content") or "").strip()
        if name and content:
            found.setdefault(name.lower(), html.unescape(content))
    return found


def _address(tree: LexborHTMLParser, stated: dict[str, str]) -> str | None:
    link = (tree.head or tree).css_first('link[rel="canonical"]')
    for address in (link.attributes.get("href") if link else None, stated.get("og:url")):
        if address and re.match(r"https?://[^/\s]+/\S", address.strip()):
            return address.strip()
    return None


def _author(stated: dict[str, str], page: str) -> str | None:
    """The author the page states to machines, unless it is a number, a site, or the editor under another name."""
    name = _name(stated.get("author"))
    if name is None or name.isdigit() or is_outlet(name) or name == stated.get("og:site_name"):
        return None
    return None if _is_editor(name, page) else name


def _is_editor(name: str, page: str) -> bool:
    """Whether a page names somebody as its editor."""
    place = page.find(name)
    while place >= 0:
        if _EDITED_BY.search(page[max(0, place - 12) : place]):
            return True
        place = page.find(name, place + 1)
    return False


def _first(pattern: re.Pattern[str], texts: list[str]) -> str | None:
    return next((name for text in texts if (found := pattern.search(text)) and (name := _name(found[1]))), None)


def _name(text: str | None) -> str | None:
    """A name of reasonable length, what is glued behind it cut off; None for addresses and placeholders."""
    name = _CUT_HERE.sub("", (text or "").strip()).strip(" ·:：-|")
    return name if 2 <= len(name) <= 30 and not _NOT_A_NAME.search(name) else None


def _section(near: list[str]) -> str | None:
    """The last step of a breadcrumb that is not the article itself."""
    for text in near:
        steps = [step for part in _CRUMB.split(text) if (step := part.strip())]
        if len(steps) < 2 or len(text) > 80 or DATE.search(text):
            continue
        named = [step for step in steps if len(step) <= 12 and not _NOT_A_SECTION.match(step)]
        if named:
            return named[-1]
    return None


def is_dateline(text: str) -> bool:
    """Whether a line above the article states date or outlet and nothing else."""
    return (len(text) <= 20 and _CONTROLS.match(text) is not None) or _states(text)


def _states(text: str) -> bool:
    """Whether a line that is no prose states date or outlet."""
    return not _is_prose(text) and (is_dated(text) or _OUTLET.search(text) is not None)
