"""Where in the sequence of a page's blocks its article stands: the run of blocks of greatest total worth."""

from __future__ import annotations

import re
from collections import defaultdict

from transforms.pages.entries import boxed, listed
from transforms.pages.outline import Block
from transforms.pages.recurrence import is_comments_heading
from transforms.pages.wording import HEADINGS

RISE_COST = 4.0
MAX_RISE = 8
# How much of a block's worth goes to the element it stands in, to the one around that, and so on.
SHARES = (1.0, 1.0, 0.5, 0.25)
LISTING_CHARACTERS = 80
LISTING_SHARE = 2.0
OUTSIDE = 0.4  # what prose outside the main element still counts
BELOW_HEADLINE = 0.15  # the share of a page's prose that shows where its article is, short as it may be
ISLAND = 25.0
BESIDE_ENTRIES, ENTRY = 0.15, -8.0  # the share of what is said outside lists that shows the article; worth in one
SHORTEST_LINE = 4
RELATED_CHARACTERS = 14
BARRED = -10_000.0
_SENTENCE_END = re.compile(r"[。！？”」…](?:\s?\[\d{1,3}(?:-\d{1,3})?\])*$")
_CONTROL = re.compile(
    r"[\[【]?(?:更多|编辑|編輯|播报|展开全文|展开|收起|返回顶部|分享|打印|关闭|收藏|点赞|评论|纠错|上一页|下一页|"
    r"语音播报|語音播報|语音朗读|听新闻)[\]】]?|\d{1,3}\s?/\s?\d{1,3}"
)
_BROWSER = re.compile(
    r"(?:[启啟][用動动]|打[开開]|支持|支援) ?(?:JavaScript|HTML5|Flash)|[浏瀏][览覽]器.{0,6}(?:不支[持援]|"
    r"版本[过過]低)",
    re.IGNORECASE,
)
_RELATED = re.compile(
    r"(?:猜你喜[欢歡]|相[关關](?:阅读|閱讀|新闻|新聞|文章|推荐|推薦|链接|报道|資訊|资讯)|延伸(?:阅读|閱讀)|"
    r"推荐(?:阅读|新闻)|推薦閱讀|热门(?:推荐|文章|新闻)|"
    r"熱門(?:新聞|文章)|您?可能(?:还|還)?(?:感兴趣|感興趣|喜欢).{0,4}|更多(?:新闻|新聞|精彩).{0,6}|大家都在看|"
    r"精彩推荐|其[它他].{0,4}新[闻聞]|[关關][联聯][阅閱][读讀]|"
    r"(?:[栏欄]|[节節])目(?:介[绍紹]|[简簡]介))\s*[:：]?"
)
# Above what a site or a firm says of itself.
_OF_ITSELF = re.compile(
    r"[关關][于於](?:我[们們]|本[站网網报報刊]|.{2,8}(?:公司|集[团團]|[协協][会會]|基金[会會]))\s*[:：]?"
)
# Where in its site a page stands.
_TRAIL = re.compile(r"(?:[当當]前|(?:您)?(?:[现現]在)?(?:所在)?的?)位置\s?[:：]|首[页頁]\s?[>＞»›/]")
_LEGAL = re.compile(
    r"版[权權]所有|ICP[备備证證]|[许許]可[证證]|举报(?:电话|邮箱|中心)|未[经經].{0,8}(?:授[权權]|[许許]可)|"
    r"copyright|all rights reserved|©|公网安备|公網安備|网站地图|主办单位|备案号|免责声明|免責聲明",
    re.IGNORECASE,
)


def worth(block: Block, *, is_outside: bool) -> float:
    """What a block says for (> 0) or against (< 0) being article: prose for, links and short labels against.

    `is_outside`: the names around it put it beside the article.
    """
    own = block.chars - block.link_chars
    if block.link_chars > 0.5 * block.chars:
        value = -8.0 - 0.5 * min(block.chars, 40)
    elif _is_related(block):
        value = BARRED
    elif own < 12 or (block.chars < LISTING_CHARACTERS and _TRAIL.match(block.text)):
        value = -2.0 if block.tag in HEADINGS else -7.0
    elif block.chars < 200 and _LEGAL.search(block.text):
        value = -30.0
    elif block.marks:
        value = float(min(own, 400))
    elif block.tag in HEADINGS:
        value = -2.0
    else:
        value = 0.2 * min(own, 40) - 7.0
    if is_outside:
        value = 0.2 * value - 8.0 if value > 0 else value - 4.0
    elif block.zone.is_central:
        value = value * 1.2 if value > 0 else value * 0.7
    return value - RISE_COST * max(0, min(block.rise, MAX_RISE) - 1)


def _main_element(blocks: list[Block], values: list[float]) -> int | None:
    """The element that holds most prose directly: paragraphs of an article share one, teasers have one each."""
    prose: defaultdict[int, float] = defaultdict(float)
    for block, value in zip(blocks, values, strict=True):
        if value > 0:
            for element, share in zip(block.path, SHARES, strict=False):
                prose[element] += share * value
    return max(prose, key=lambda element: (prose[element], element), default=None)


def article_blocks(blocks: list[Block], headline: int = 0) -> list[Block]:
    """The blocks of a page's article, in order; none where no run of blocks is worth anything.

    `headline` is the first block that repeats the page's title. Articles begin below it, unless nothing much does.
    """
    related = [at for at, block in enumerate(blocks) if _is_related(block) or _OF_ITSELF.fullmatch(block.text)]
    elsewhere = listed(blocks, headline) | boxed(blocks, related, headline)
    outside = _outside(blocks, elsewhere, headline)
    values = [worth(block, is_outside=is_out) for block, is_out in zip(blocks, outside, strict=True)]
    beside = _beside(blocks, values, elsewhere, headline)
    values = [min(value, 0.0) + ENTRY if is_in else value for value, is_in in zip(values, beside, strict=True)]
    below = [min(value, 0.0) if at < headline else value for at, value in enumerate(values)]
    if sum(value for value in below if value > 0) >= BELOW_HEADLINE * sum(value for value in values if value > 0):
        values = below
    said = _comments_at(blocks, values, headline)
    main = _main_element(blocks[:said], values[:said])
    values = [
        value if at < said or main in block.path[:2] else BARRED
        for at, (block, value) in enumerate(zip(blocks, values, strict=True))
    ]
    first, end = _listing(blocks, values, beside, span := _best_run(blocks, values, main)) or _to_the_end(blocks, span)
    around = _around(blocks[first:end], main)
    return [
        block
        for at, (block, value) in enumerate(zip(blocks, values, strict=True))
        if (first <= at < end and not _is_control(block)) or (at < first and _is_island(block, value, around))
    ]


def _is_related(block: Block) -> bool:
    """Whether a block is the heading of what else there is to read."""
    return (
        block.chars <= RELATED_CHARACTERS and not block.zone.is_marginal and _RELATED.fullmatch(block.text) is not None
    )


def _outside(blocks: list[Block], elsewhere: frozenset[int], headline: int) -> list[bool]:
    """Of each block whether names put it beside the article: not where the headline, or what it heads, is called so."""
    is_told = headline and blocks[headline].zone.is_reply
    outside = [block.zone.is_marginal or (block.zone.is_reply and not is_told) for block in blocks]
    below = [at for at in range(headline, len(blocks)) if _prose(blocks[at]) > ISLAND] if headline else []
    if not below or not outside[below[0]]:
        return outside
    holder = blocks[below[0]].path[:2][-1:]
    inside = [at for at in below if not elsewhere.intersection(blocks[at].path) and holder[0] in blocks[at].path[:3]]
    others = [at for at in below if not (outside[at] or elsewhere.intersection(blocks[at].path))]
    if sum(_prose(blocks[at]) for at in inside) < sum(_prose(blocks[at]) for at in others):
        return outside
    return [is_out and holder[0] not in block.path[:3] for is_out, block in zip(outside, blocks, strict=True)]


def _beside(blocks: list[Block], values: list[float], elements: frozenset[int], headline: int) -> list[bool]:
    """Of each block whether it stands in a list or box of the page; of none where too little is said besides."""
    inside = [not elements.isdisjoint(block.path) for block in blocks]
    first = next((at for at in range(headline, len(blocks)) if inside[at]), len(blocks))
    apart = sum(map(_prose, blocks[headline:first])) + sum(
        max(0.0, value) for value, is_in in zip(values[first:], inside[first:], strict=True) if not is_in
    )
    among = sum(max(0.0, value) for value, is_in in zip(values, inside, strict=True) if is_in)
    is_enough = apart >= max(ISLAND, BESIDE_ENTRIES * among)
    return inside if is_enough else [False] * len(blocks)


def _prose(block: Block) -> float:
    """The characters of a block that are punctuated and no link."""
    return float(block.chars - block.link_chars) if block.marks else 0.0


def _comments_at(blocks: list[Block], values: list[float], headline: int) -> int:
    """The heading of readers' comments below something said, the number of blocks without one.

    What stands below it, but in the element of the article, is worth nothing.
    """
    places = (at for at in range(headline, len(blocks)) if is_comments_heading(blocks[at]))
    return next((at for at in places if max(values[headline:at], default=0.0) > ISLAND), len(blocks))


def _best_run(blocks: list[Block], values: list[float], main: int | None) -> tuple[int, int]:
    """(first, end) of the blocks of greatest total worth, end exclusive; (0, 0) without any."""
    best, span = 0.0, (0, 0)
    total, start = 0.0, 0
    for position, (block, value) in enumerate(zip(blocks, values, strict=True)):
        if total <= 0:
            total, start = 0.0, position
        total += value if value < 0 or main in block.path else OUTSIDE * value
        if total > best:
            best, span = total, (start, position + 1)
    return span


def _to_the_end(blocks: list[Block], span: tuple[int, int]) -> tuple[int, int]:
    """The span with the lines that end the article without a mark: like its last paragraph, in the same element."""
    first, end = span
    if not end:
        return span
    last = blocks[end - 1]
    while end < len(blocks) and _goes_on(blocks[end], last):
        end += 1
    return first, end


def _goes_on(block: Block, last: Block) -> bool:
    """Whether a block stands beside the last one of an article, named no otherwise, and links to nothing."""
    is_beside = block.path[1:2] == last.path[1:2] and block.tag == last.tag and block.zone == last.zone
    if not is_beside or block.link_chars or block.chars < SHORTEST_LINE:
        return False
    return not (_RELATED.match(block.text) or _LEGAL.search(block.text) or _is_control(block))


def _around(told: list[Block], main: int | None) -> frozenset[int]:
    """The main element and the one it stands in."""
    places = (block.path[at : at + 2] for block in told for at in range(len(block.path)) if block.path[at] == main)
    return frozenset(next(places, ()))


def _is_island(block: Block, value: float, around: frozenset[int]) -> bool:
    """Whether a sentence before the rest belongs to it, say above a table: it stands in the same element."""
    return value >= ISLAND and _SENTENCE_END.search(block.text) is not None and not around.isdisjoint(block.path[:3])


def _is_control(block: Block) -> bool:
    """Whether a block inside an article is a button of the page, or speaks to the browser's owner."""
    if block.chars <= 8:
        return _CONTROL.fullmatch(block.text) is not None
    return block.chars <= 80 and _BROWSER.search(block.text) is not None


def _listing(
    blocks: list[Block], values: list[float], beside: list[bool], span: tuple[int, int]
) -> tuple[int, int] | None:
    """The run of blocks of the element that says far more in no sentences than the best run does: a table of contents.

    Nothing in such a text is worth anything by itself.
    """
    plain: defaultdict[int, int] = defaultdict(int)
    linked: defaultdict[int, int] = defaultdict(int)
    for block, value, is_in in zip(blocks, values, beside, strict=True):
        if (
            len(block.path) > 1
            and not is_in
            and BARRED < value <= 0
            and not (block.zone.is_marginal or block.zone.is_reply)
        ):
            plain[block.path[1]] += block.chars - block.link_chars
            linked[block.path[1]] += block.link_chars
    said = sum(block.chars - block.link_chars for block in blocks[span[0] : span[1]])
    best = max(plain, key=lambda element: (plain[element], -element), default=None)
    if best is None or plain[best] < max(LISTING_CHARACTERS, LISTING_SHARE * said) or linked[best] > 0.3 * plain[best]:
        return None
    inside = [at for at, block in enumerate(blocks) if best in block.path[1:2] and 2 * block.link_chars <= block.chars]
    return inside[0], inside[-1] + 1
