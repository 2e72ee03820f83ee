"""What a page states about its article: title, date, author, outlet, section, address."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from selectolax.lexbor import LexborHTMLParser

from transforms.pages.outline import Block

MAX_TITLE_CHARACTERS = 120
NEAR_BLOCKS = 14  # before the article: where a page prints date and outlet
NEAR_AFTER = 3

_DATE_NAMES = (
    "article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "publish_time",
    "publication_date", "dc.date.issued", "article:create_at", "apub:time", "og:release_date", "firstcreatetime",
    "date", "dc.date", "weibo: article:create_at",
)  # fmt: skip
# A page that is rewritten and says nothing else is as old as its last version, as where a text says 更新时间.
_CHANGED_NAMES = ("datemodified", "dateupdate", "article:modified_time", "og:updated_time")
_JSON_LD_DATE = re.compile(r'"(?:datePublished|pubDate)"\s*:\s*"(\d{4}-\d{2}-\d{2}[^"]{0,20})"')
_DATE = re.compile(
    r"(?<!\d)(?:19|20)\d{2}\s?(?:[-/.]\s?[01]?\d\s?[-/.]\s?[0-3]?\d|年\s?[01]?\d\s?月\s?[0-3]?\d\s?日)(?!\d)"
    r"(?:[T\s,，]*[0-2]?\d[:：时][0-5]\d(?:[:：][0-5]\d)?)?"
)
_DATE_IN_ADDRESS = re.compile(
    r"/(20\d{2})[-/]?([01]\d)[-/]?([0-3]\d)/|/(20\d{2})-([01]\d)/([0-3]\d)/|/t(20\d{2})([01]\d)([0-3]\d)_"
)
_OUTLET = re.compile(r"(?:来源|來源|稿源|文章来源|新闻来源|信息来源)\s*[:：]\s*([^\s|｜,，;；()（）\[\]【】>]{2,24})")
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
_SUFFIX = re.compile(r"\s*(?:_+|::|\||｜|—{1,2}|–|\s-\s|-{1,2}|\s·\s|--)\s*([^_|｜—–]{1,24})$")
_SITE = re.compile(
    r"(?:网|網|报|報|频道|頻道|新闻|新聞|社|站|客户端|中心|论坛|論壇|百科|百科全书|在线|线上|財經|财经|资讯|資訊|门户|腾讯|搜狐|"
    r"知乎|时报|時報|日报|晚报|电视台|要闻|國際|国际|国内|com|cn|net|tw|hk)$",
    re.IGNORECASE,
)
_CONTROLS = re.compile(r"^(?:[大中小]*字[号號体體]|分享|打印|列印|收藏|放大|缩小|A[+-])")
_BLANK = re.compile(r"\s+")


class Metadata(NamedTuple):
    """What a page states, None where it does not; `published` as it is written there."""

    title: str | None
    published: str | None
    author: str | None
    outlet: str | None
    section: str | None
    url: str | None


def metadata(tree: LexborHTMLParser, page: str, blocks: list[Block], first: int) -> Metadata:
    """The metadata of a parsed page whose article begins with block `first`."""
    stated = _stated(tree)
    url = _address(tree, stated)
    near = [block.text for block in blocks[max(0, first - NEAR_BLOCKS) : first + NEAR_AFTER] if block.chars <= 200]
    return Metadata(
        title=_title(tree, stated),
        published=_published(page, stated, near, url),
        author=_first(_AUTHOR, near) or _author(stated, page),
        outlet=_first(_OUTLET, near) or _name(stated.get("source")) or _name(stated.get("og:site_name")),
        section=_name(stated.get("article:section")) or _section(near),
        url=url,
    )


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


def _title(tree: LexborHTMLParser, stated: dict[str, str]) -> str | None:
    """The heading the page's own title confirms; else what the page states, its site's name cut off."""
    node = (tree.head or tree).css_first("title")
    whole = _line(node.text() if node else "")
    site = stated.get("og:site_name", "")
    headings = [text for found in tree.css("h1")[:6] if 4 <= len(text := _line(found.text())) <= MAX_TITLE_CHARACTERS]
    letters = _letters(whole)
    for heading in headings:
        own = _letters(heading)
        if own and (letters.startswith(own) or (own in letters and 2 * len(own) >= len(letters))):
            return heading
    if headed := stated.get("og:title") or stated.get("articletitle") or stated.get("title"):
        return without_site(headed, site)[:MAX_TITLE_CHARACTERS] or None
    if whole:
        return without_site(whole, site)[:MAX_TITLE_CHARACTERS] or None
    return headings[0] if headings else None


def without_site(title: str, site: str = "") -> str:
    """A page title without the names of site and channel behind it: '标题_新浪网', '标题 - 腾讯', '标题|频道|网'."""
    title = _line(title)
    while found := _SUFFIX.search(title):
        rest, tail = title[: found.start()].strip(), found[1].strip()
        is_site = found[0].lstrip()[:1] in "_|｜" or _SITE.search(tail) or (site and tail in site)
        if len(rest) < 4 or not is_site:
            return title
        title = rest
    return title


def _line(text: str) -> str:
    return _BLANK.sub(" ", text[:4000].replace("\u200b", "")).strip()[:400]


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text)


def _published(page: str, stated: dict[str, str], near: list[str], url: str | None) -> str | None:
    """The date as the page states it: to machines, to readers beside the title, in its address, else its last change."""
    machine = _machine_date(page, stated)
    dates = [found[0] for text in near if "©" not in text and (found := _DATE.search(text))]
    visible = max(dates, key=lambda date: ":" in date, default=None)
    if machine is None or ":" in machine:
        if machine or visible:
            return machine or visible
    elif visible and ":" in visible and re.findall(r"\d+", machine)[:3] == re.findall(r"\d+", visible)[:3]:
        return visible
    else:
        return machine
    if found := _DATE_IN_ADDRESS.search(url or ""):
        return "-".join(part for part in found.groups() if part)
    return _dated(stated, _CHANGED_NAMES)


def _dated(stated: dict[str, str], names: tuple[str, ...]) -> str | None:
    """The first of these elements that holds a date."""
    for name in names:
        if found := _DATE.search(stated.get(name, "")):
            return stated[name] if len(stated[name]) <= 40 else found[0]
    return None


def _machine_date(page: str, stated: dict[str, str]) -> str | None:
    if date := _dated(stated, _DATE_NAMES):
        return date
    if '"datePublished"' in page or '"pubDate"' in page:
        found = _JSON_LD_DATE.search(page)
        return found[1] if found else None
    return None


def _author(stated: dict[str, str], page: str) -> str | None:
    """The author the page states to machines, unless it is a number, a site, or the editor under another name."""
    name = _name(stated.get("author"))
    if name is None or name.isdigit() or _SITE.search(name) or name == stated.get("og:site_name"):
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
        if len(steps) < 2 or len(text) > 80:
            continue
        named = [step for step in steps if len(step) <= 12 and not _NOT_A_SECTION.match(step)]
        if named:
            return named[-1]
    return None


def is_dateline(text: str) -> bool:
    """Whether a line above the article states date or outlet and nothing else."""
    if len(text) <= 20 and _CONTROLS.match(text):
        return True
    states = _DATE.search(text) is not None or _OUTLET.search(text) is not None
    return states and len(text) <= 80 and not text.endswith(("。", "！", "？", "”", "…"))
