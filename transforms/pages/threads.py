"""Threads: pages on which many write. What was posted, in order, without who, when and the buttons around it."""

from __future__ import annotations

import re
from collections import Counter

from selectolax.lexbor import LexborHTMLParser

from transforms.pages.moment import date_in
from transforms.pages.outline import Block

MIN_EVIDENCE = 2
REPEATED = 3
LABEL_CHARACTERS = 60
LINE_CHARACTERS = 15  # of a text without punctuation that says something
HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
_ADDRESS = re.compile(
    r"//(?:bbs|forum|club|tieba|ask|guba|zhidao|wenda|discuss)\.|"
    r"/(?:bbs|forum|thread|viewthread|topics?|questions?|faq|ask|answer|tieba|discuss|posts?|t|p)[-/.?]|mod=viewthread|/(?:viewtopic|showthread)",
    re.IGNORECASE,
)
_TYPES = ("schema.org/QAPage", "schema.org/Question", "schema.org/DiscussionForumPosting", '"QAPage"', '"DiscussionForumPosting"')  # fmt: skip
_ENGINE = re.compile(r"discuz|phpwind|phpbb|vbulletin|flarum|nodebb|xenforo|discourse|bbs-?go", re.IGNORECASE)
_MARKUP = ("postmessage_", 'id="phpbb"', "bbWrapper", "bbcode")
_NEWS_TYPES = ('"NewsArticle"', 'webtype" content="news')
_OUTLET = re.compile(r"(?:来源|來源|稿源|责任编辑|責任編輯)\s*[:：]")
_NAMES = re.compile(r"论坛|論壇|社区|社區|贴吧|問答|问答|讨论|討論|BBS|知乎|话题|話題", re.IGNORECASE)
_WORDS = re.compile(
    r"楼主|樓主|[回跟发]帖|發帖|帖子|[回贴]贴|只看该作者|\d+\s?[个個](?:回答|回复)|全部回[答复]|\d+\s?[条條]?(?:回复|评论|評論)|"
    r"写回答|发表回复|发表于|發表於|登录后.{0,6}(?:评论|回复|发表)|\b\d+ (?:replies|answers)\b|Posted by\b"
)
# The number of a post, as it stands beside its moment: '#3', '#3-1', '3楼', '3#', '第3楼'.
_FLOOR = re.compile(r"(?:^|\s)(?:#\d{1,5}(?:-\d{1,3})?|第?\d{1,5}\s?[楼樓#])(?=$|[\s:：·|-])")
_COMMENTED = re.compile(r"[评評][论論]|\bcomments?\b", re.IGNORECASE)
_ADDRESSED = re.compile(r"^\S{1,20} 回[复覆復](?: \(|$)")
_CONTROL = re.compile(
    r"(?:[\s\d,.:/|·・#()（）\[\]【】+-]|回[复復]|点赞|點讚|赞同?|讚|踩|举报|舉報|收藏|分享|评论|評論|引用|编辑|編輯|删除|只看该作者|倒序浏览|"
    r"楼主?|樓主?|沙发|板凳|地板|发[表布]于|發[表佈]於|昨天|前天|今天|\d+\s?(?:秒|分钟|分鐘|小时|小時|天|周|个月|個月|年)前|"
    r"\d+\s?(?:s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?|weeks?|months?|years?) ago|"
    r"\d{4}年\d{1,2}月\d{1,2}日|Supplement|Reply|replies|views|暂无评论|暫無評論|回[复覆]本楼|来自|來自|查看全部|更多|展开|收起|"
    r"浏览|阅读|关注|Copy|复制代码?|条|個|个|人|了|该|回答|置顶|精华|顶|使用道具|显示全部|最新|热门|排序|时间|投票)+"
)
_EDITED = re.compile(r"^(?:本帖最后由|此[帖贴]由|编辑于|发布于|IP\s?属地|来自[:：]?\s?\S{2,8}(?:客户端|手机))")


def is_thread(tree: LexborHTMLParser, page: str, blocks: list[Block]) -> bool:
    """Whether a page is one on which many write: its address, software, markup and words say so together."""
    if not any(block.zone.is_reply and not block.zone.is_fringe for block in blocks):
        return False
    labels = "\n".join(block.text for block in blocks if block.chars < LABEL_CHARACTERS)
    opens = any(block.tag == "h1" and block.zone.is_reply for block in blocks)
    evidence = 2 * opens + (_WORDS.search(labels) is not None) + (_NAMES.search(_title(tree)) is not None)
    if _OUTLET.search(labels) is not None or any(kind in page for kind in _NEWS_TYPES):
        return False
    if evidence:
        address = _address(tree)
        evidence += _ADDRESS.search(address) is not None and date_in(address) is None
        evidence += any(kind in page for kind in _TYPES)
        evidence += any(mark in page for mark in _MARKUP) or _ENGINE.search(_generator(tree)) is not None
    if evidence < MIN_EVIDENCE and _COMMENTED.search(labels) is None and _begins_posted(blocks):
        evidence += 1 + _has_floors(blocks)
    return evidence >= MIN_EVIDENCE


def _has_floors(blocks: list[Block]) -> bool:
    """Whether posts are numbered, each with a number of its own."""
    labels = (block.text for block in blocks if block.chars < LABEL_CHARACTERS and not block.zone.is_marginal)
    return len({found[0] for text in labels if (found := _FLOOR.search(text))}) >= REPEATED


def _begins_posted(blocks: list[Block]) -> bool:
    """Whether nothing is said above the first post: readers' comments stand below an article."""
    said = (block for block in blocks if block.marks or block.chars >= LINE_CHARACTERS)
    first = next((block for block in said if _is_prose(block)), None)
    return first is not None and first.zone.is_reply


def _is_prose(block: Block) -> bool:
    zone = block.zone
    return not (zone.is_marginal or zone.is_fringe) and block.chars > 2 * block.link_chars and block.tag not in HEADINGS


def _title(tree: LexborHTMLParser) -> str:
    node = (tree.head or tree).css_first("title")
    return node.text() if node else ""


def _generator(tree: LexborHTMLParser) -> str:
    node = (tree.head or tree).css_first('meta[name="generator"]')
    return (node.attributes.get("content") or "") if node else ""


def _address(tree: LexborHTMLParser) -> str:
    head = tree.head or tree
    named = head.css_first('link[rel="canonical"]'), head.css_first('meta[property="og:url"]')
    return " ".join(node.attributes.get("href") or node.attributes.get("content") or "" for node in named if node)


def posts(blocks: list[Block]) -> list[Block]:
    """The blocks of a thread that are what was posted."""
    often = Counter(block.text for block in blocks)
    return [block for block in blocks if _is_posted(block, often[block.text])]


def _is_posted(block: Block, count: int) -> bool:
    zone = block.zone
    if zone.is_marginal or zone.is_fringe or not (zone.is_reply or zone.is_central):
        return False
    if block.link_chars > 0.5 * block.chars and not block.text.startswith(("http", "@")):
        return False
    if count >= REPEATED and block.chars <= 12 and not block.marks:
        return False
    if block.link_chars and _ADDRESSED.match(block.text):
        return False
    return _CONTROL.fullmatch(block.text) is None and _EDITED.match(block.text) is None
