"""Threads: pages on which many write. What was posted, in order, without who, when and the buttons around it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from transforms.pages.moment import date_in
from transforms.pages.outline import Block, page_title
from transforms.pages.recurrence import (
    FLOOR,
    REPEATED,
    STAMPED_SHARE,
    Recurrence,
    is_comments_heading,
    is_stamp,
    kind_of,
    label_kinds,
    recurrence,
    says,
)
from transforms.pages.wording import FORUM, HEADINGS, SENTENCE_ENDS, SOURCE, TIME_UNIT, letters

MIN_EVIDENCE = 2
QUOTED_LETTERS = 4
PIECE, REPEATED_SHARE = 5, 0.5  # letters of a quotation looked for at once, and how many of them show that it is one
LABEL_LETTERS = 6  # of a heading that is no headline
LABEL_CHARACTERS = 60
LINE_CHARACTERS = 15  # of a text without punctuation that says something
_ADDRESS = re.compile(
    r"//(?:bbs|forum|club|tieba|ask|guba|zhidao|wenda|discuss)\.|"
    r"/(?:bbs|forum|thread|viewthread|topics?|questions?|faq|ask|answer|tieba|discuss|posts?|t|p)[-/.?]|"
    r"mod=viewthread|/(?:viewtopic|showthread)",
    re.IGNORECASE,
)
_TYPES = (
    "schema.org/QAPage", "schema.org/Question", "schema.org/DiscussionForumPosting", '"QAPage"',
    '"DiscussionForumPosting"',
)  # fmt: skip
_ENGINE = re.compile(r"discuz|phpwind|phpbb|vbulletin|flarum|nodebb|xenforo|discourse|bbs-?go", re.IGNORECASE)
_MARKUP = ("postmessage_", 'id="phpbb"', "bbWrapper", "bbcode")
_NEWS_TYPES = ('"NewsArticle"', 'webtype" content="news')
_OUTLET = re.compile(rf"(?:{SOURCE}|[责責]任[编編][辑輯])\s*[:：]")
_NAMES = re.compile(rf"{FORUM}|[讨討][论論]|知乎|[话話][题題]|知道$", re.IGNORECASE)
_WORDS = re.compile(
    r"楼主|樓主|[回跟发]帖|發帖|帖子|[回贴]贴|只看该作者|\d+\s?[个個](?:回答|回复)|全部回[答复]|"
    r"\d+\s?[条條]?(?:回复|评论|評論)|"
    r"写回答|发表回复|发表于|發表於|\d+\s?[则則篇]?(?:回[应應]|留言)|登录后.{0,6}(?:评论|回复|发表)|"
    r"\b\d+ (?:replies|answers)\b|Posted by\b|"
    r"(?m:^[推噓嘘→] \w{2,16}$)"
)
# What only pages say on which many write, above the replies: '3 个回答', '6 条回复', '只看楼主'.
_SURE_WORDS = re.compile(
    r"(?:共收?到?)?\s?\d+\s?[个個条條]\s?(?:回答|回复|回覆|回帖|回应|回應)|全部回[答复]|只看(?:楼主|樓主|该作者)|"
    r"第 ?\d+ ?条附言|[回跟]帖\s?[:：]?\s?\d+"
)
_SIGNED = re.compile(r"^([^\s:：]{1,20})(?:\s回[复覆復]\s(\S{1,20}))?\s?[:：]\s?(?=\S)")
# A reply that is a title alone, with who wrote it, how long it is and how often it was read.
_TITLED = re.compile(
    r"^[•·\s]*(\S.*?)\s(?:-\s?\S{1,20}?\s?-?\s*[♀♂]?\s*)?[(（]\d+ ?(?:bytes|字节|字節)[)）](?:\s*-\s?\S{1,20}\s.*|.*)$"
)
# What boards write around a post and before what was pushed below it.
_OF_BOARD = re.compile(r"^(?:[推噓嘘→] \w{2,16}|※ .+|(?:作者|看板) \w{2,16}\s?(?:\(.*\))?|[標标][題题] .+)$")
_COMMENTED = re.compile(r"[评評][论論]|\bcomments?\b", re.IGNORECASE)
_ADDRESSED = re.compile(r"^\S{1,20} 回[复覆復](?: \(|$)")
_CONTROL = re.compile(
    r"(?:[\s\d,.:/|·・#()（）\[\]【】+-]|回[复復]|点赞|點讚|赞同?|讚|踩|支持|反[对對]|举报|舉報|收藏|分享|"
    r"转[发發]|评论|評論|留言|引用|编辑|編輯|删除|只看该作者|倒序浏览|"
    rf"楼主?|樓主?|沙发|板凳|地板|发[表布]于|發[表佈]於|昨天|前天|今天|\d+\s?{TIME_UNIT}前|"
    r"\d+\s?(?:s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?|weeks?|months?|years?) ago|"
    r"\d{4}年\d{1,2}月\d{1,2}日|Supplement|Reply|replies|views|暂无评论|暫無評論|回[复覆]本楼|来自|來自|查看全部|"
    r"更多|展开|收起|"
    r"浏览|阅读|关注|Copy|复制代码?|条|個|个|人|了|该|回答|置顶|精华|顶|全部|跟帖|只看|使用道具|显示全部|所有|"
    r"按热度|按时间|返回|回[應应](?:[过過]多.*)?|最[新早热熱]|[热熱][门門]|共|[则則]|排序|时间|投票)+"
)
# What is told of who wrote a post: '级别: 学徒 威望: 12 注册: 15-03-01'.
_PROFILE = re.compile(
    r"(?:(?:[级級][别別]|等[级級]|[头頭][衔銜]|威望|[积積]分|[经經][验驗]值?|金[币幣钱錢]|[贡貢][献獻]|人[气氣]|精[华華]|"
    r"[帖贴主][子数數题題]|[发發]帖[数數]?|[注註][册冊](?:[时時][间間]|日期)?|在[线線][时時][间間])\s?[:：]\s?\S{1,12}\s*){2,}"
)
_QUOTE_MARK = re.compile(r"\[/?quote(?:=[^\]]*)?\]", re.IGNORECASE)
_EDITED = re.compile(
    r"^(?:本[帖贴](?:最[后後]由|[于於] ?\d.{1,60}[编編][辑輯]$)|[赞贊]同[来來]自\s?[:：]|"
    r"[来來]源\s?[:：]\s?\S{1,20} [于於] ?\d{4}-|此[帖贴]由|最[后後]由 .{1,60}[编編][辑輯]|编辑于|发布于|"
    r"IP\s?属地|来自[:：]?\s?\S{2,8}(?:客户端|手机))"
)
# What forum software writes above a quotation: '引用第1楼木子于2024-05-01 08:30发表的:', 'lazycat 写道：'.
_QUOTED_FROM = re.compile(
    r"^(?:\[quote(?:=[^\]]*)?\].{0,60}[:：]$|"
    r"(?:以下是)?引[用言][:：自第]|以下是引用|原帖由 |.{1,40}(?:的帖子中|的大作中)提到\s?[:：]$|"
    r".{0,40}\s(?:[写寫][道到]?|[说說]道?|提到|wrote|said)\s?[:：]|\S{1,20} [发發]表[于於] ?\d)"
)


def is_thread(
    tree: LexborHTMLParser, page: str, blocks: list[Block], shape: Recurrence | None, headline: int = 0
) -> bool:
    """Whether a page is one on which many write: its shape says so, or address, software, markup and words together.

    `headline` is the first block that repeats the page's title.
    """
    if shape is None and not any(block.zone.is_reply and not block.zone.is_fringe for block in blocks):
        return False
    labels = "\n".join(block.text for block in blocks if block.chars < LABEL_CHARACTERS)
    opens = any(block.tag == "h1" and block.zone.is_reply for block in blocks)
    evidence = 2 * opens + (_WORDS.search(labels) is not None) + (_NAMES.search(page_title(tree)) is not None)
    if _COMMENTED.search(labels) is None and shape is not None:
        evidence += _SURE_WORDS.search(labels) is not None
    if _OUTLET.search(labels) is not None or any(kind in page for kind in _NEWS_TYPES):
        return False
    is_shaped = shape is not None and (shape.is_thread or (not headline and _is_microblog(blocks, shape)))
    if shape is not None and is_shaped and not _is_commented(blocks[headline : shape.first]):
        return True
    if evidence:
        address = _address(tree)
        evidence += _ADDRESS.search(address) is not None and date_in(address) is None
    if evidence == 1:
        evidence += any(kind in page for kind in _TYPES)
        evidence += any(mark in page for mark in _MARKUP) or _ENGINE.search(_generator(tree)) is not None
    if evidence < MIN_EVIDENCE and _COMMENTED.search(labels) is None:
        below = blocks[headline:]
        is_first = _begins_posted(below)
        evidence += is_first + ((is_first or _begins_numbered(below)) and _has_floors(blocks))
    return evidence >= MIN_EVIDENCE


def _is_commented(opening: list[Block]) -> bool:
    """Whether a text and then the heading of its readers' comments stand above the first reply."""
    heading = next((at for at, block in enumerate(opening) if is_comments_heading(block)), 0)
    return any(block.marks >= 2 and says(block) and not block.zone.is_marginal for block in opening[:heading])


def _is_microblog(blocks: list[Block], shape: Recurrence) -> bool:
    """Whether a page without a headline begins with a post under its moment, as its replies do."""
    if len(shape.holders) < REPEATED or shape.stamped <= STAMPED_SHARE or not blocks[shape.first].zone.is_reply:
        return False
    opening = [block for block in blocks[: shape.first] if not block.zone.is_marginal]
    if any(block.tag in HEADINGS and block.chars > LABEL_LETTERS for block in opening):
        return False
    first = next((at for at, block in enumerate(opening) if block.marks and _is_prose(block)), 0)
    return any(is_stamp(block) for block in opening[:first])


def _has_floors(blocks: list[Block]) -> bool:
    """Whether posts are numbered, each with a number of its own."""
    labels = (block.text for block in blocks if block.chars < LABEL_CHARACTERS and not block.zone.is_marginal)
    return len({found[0] for text in labels if (found := FLOOR.search(text))}) >= REPEATED


def _begins_numbered(blocks: list[Block]) -> bool:
    """Whether the number of a post stands above all that is said."""
    is_said = (says(block) and block.chars >= LINE_CHARACTERS and _is_prose(block) for block in blocks)
    said = next((at for at, is_first in enumerate(is_said) if is_first), 0)
    return any(block.chars < LABEL_CHARACTERS and FLOOR.search(block.text) for block in blocks[:said])


def _begins_posted(blocks: list[Block]) -> bool:
    """Whether nothing is said above the first post: readers' comments stand below an article."""
    said = (block for block in blocks if block.marks or block.chars >= LINE_CHARACTERS)
    first = next((block for block in said if _is_prose(block)), None)
    return first is not None and first.zone.is_reply


def _is_prose(block: Block) -> bool:
    zone = block.zone
    return not (zone.is_marginal or zone.is_fringe) and block.chars > 2 * block.link_chars and block.tag not in HEADINGS


def _generator(tree: LexborHTMLParser) -> str:
    node = (tree.head or tree).css_first('meta[name="generator"]')
    return (node.attributes.get("content") or "") if node else ""


def _address(tree: LexborHTMLParser) -> str:
    head = tree.head or tree
    named = head.css_first('link[rel="canonical"]'), head.css_first('meta[property="og:url"]')
    return " ".join(node.attributes.get("href") or node.attributes.get("content") or "" for node in named if node)


def posts(blocks: list[Block], shape: Recurrence | None, headline: int = 0) -> list[Block]:
    """The blocks of a thread that are what was posted; nothing is above its `headline`."""
    often = Counter(block.text for block in blocks)
    if shape is None and not any(block.zone.is_reply and says(block) and _stands_in_post(block) for block in blocks):
        shape = recurrence(blocks, headline, at_fringe=True)
    begun = headline if shape is None or headline <= shape.first else 0
    if shape is None:
        return [block for block in blocks[begun:] if _stands_in_post(block) and _is_told(block, often[block.text])]
    dull = label_kinds(blocks)
    opened = shape.first if not headline and _is_microblog(blocks, shape) else 0
    before = {kind_of(block) for block in blocks[: shape.end] if says(block)}
    asked = _opening(blocks[begun : shape.first], dull) if headline and begun else frozenset[int]()
    return [
        block
        for at, block in enumerate(blocks)
        if at >= begun
        and _is_told(block, often[block.text])
        and (
            _holds(shape, block)
            or (at < shape.first and not asked.isdisjoint(block.path[:1]))
            or (_is_beside(block, shape, dull, opens=at < opened) and (at < shape.end or kind_of(block) in before))
        )
    ]


def _holds(shape: Recurrence, block: Block) -> bool:
    """Whether a block is of a post, neither its stamp nor what a margin holds that is called the same."""
    is_apart = is_stamp(block) and shape.holders.isdisjoint(block.path[:1])
    return shape.holds(block) and not (is_apart or block.zone.is_marginal)


def _opening(blocks: list[Block], dull: Container[str]) -> frozenset[int]:
    """The elements between headline and first reply that say something: the opening post, whatever it is called."""
    return frozenset(
        block.path[0]
        for block in blocks
        if block.path
        and says(block)
        and (block.marks > 1 or block.text.endswith(SENTENCE_ENDS) or block.chars >= LABEL_CHARACTERS)
        and not (block.zone.is_marginal or block.zone.is_fringe or is_stamp(block))
        and block.tag not in HEADINGS
        and kind_of(block) not in dull
    )


def unrepeated(posted: list[Block], page: list[Block]) -> list[Block]:
    """What was posted, without who said it before the text, and without quotations of what stands above them.

    `page`: all its blocks; names stand beside the posts.
    """
    beside = [block.text for block in page if block.zone.is_fringe and block.chars <= LABEL_CHARACTERS]
    kept: list[Block] = []
    said = ""
    for block in posted:
        own = letters(_QUOTE_MARK.sub("", block.text))
        if _is_quoted(block) and _repeats(own, said):
            continue
        kept.append(_unsigned(block, beside))
        said += own
    return kept


def _repeats(own: str, said: str) -> bool:
    """Whether the letters of a quotation were said before: a name may stand before them, their end may be cut."""
    third = len(own) // 3
    if len(own) < QUOTED_LETTERS:
        return False
    pieces = [own[at : at + PIECE] for at in range(0, len(own) - PIECE + 1, PIECE)]
    again = sum(piece in said for piece in pieces)
    return own[third:] in said or own[:-third] in said or again > REPEATED_SHARE * len(pieces) > 0


def _unsigned(block: Block, beside: list[str]) -> Block:
    """A comment without the names before it, links or told `beside`: 'lazycat: 一起去'; a title without its tail."""
    if (titled := untailed(block.text)) != block.text:
        return replace(block, text=titled, chars=len(titled), link_chars=0)
    signed = _SIGNED.match(block.text)
    if signed is None:
        return block
    name, addressed = signed[1], signed[2] or ""
    is_linked = block.link_chars == len(name + addressed)
    is_told = len(name) > 1 and any(text.startswith(name) for text in beside)
    if not (is_linked or is_told):
        return block
    text = block.text[signed.end() :]
    return replace(block, text=text, chars=len(text), link_chars=0)


def untailed(text: str) -> str:
    """A reply that is a title alone without who wrote it and how long it is; any other text as it is."""
    titled = _TITLED.match(text) if ")" in text or "）" in text else None
    return titled[1] if titled else text


def _is_quoted(block: Block) -> bool:
    """Whether the names around a block, or a mark at its end, say that it quotes."""
    return block.text.endswith("[/quote]") or any("quote" in block.called[element].lower() for element in block.path)


def _stands_in_post(block: Block) -> bool:
    """Whether the names around a block say that it was posted."""
    zone = block.zone
    return (zone.is_reply or zone.is_central) and not (zone.is_marginal or zone.is_fringe)


def _is_beside(block: Block, shape: Recurrence, dull: Container[str], *, opens: bool) -> bool:
    """Whether a block in no element that recurs was posted all the same: an opening post, a comment on an answer.

    `opens`: it stands above the replies of a microblog.
    """
    if not _stands_in_post(block) or (shape.is_thread and not (opens or block.zone.is_reply)):
        return False
    return kind_of(block) not in dull and not is_stamp(block)


def _is_told(block: Block, count: int) -> bool:
    """Whether a block is neither a link nor a control of the page."""
    if block.link_chars > 0.5 * block.chars and not block.text.startswith(("http", "@")):
        return False
    if count >= REPEATED and block.chars <= 12 and not block.marks:
        return False
    if block.link_chars and _ADDRESSED.match(block.text):
        return False
    if block.chars <= LABEL_CHARACTERS and (_QUOTED_FROM.match(block.text) or _OF_BOARD.match(block.text)):
        return False
    if _CONTROL.fullmatch(block.text) is not None or _PROFILE.fullmatch(block.text) is not None:
        return False
    return _EDITED.match(block.text) is None
