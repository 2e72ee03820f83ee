"""Pages to articles: main text and metadata, navigation left out, no page that hangs."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms import decode, pages
from transforms.decode import charset
from transforms.pages.headline import without_site

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
PARAGRAPHS = [
    "昨天上午九点，位于河边的市图书馆新馆第一次打开大门，门口排起了长队。",
    "馆长周文说：“新馆的座位比老馆多了三倍，藏书也增加到两百万册。”",
    "借书证可以当场办理，儿童阅览区周末开放到晚上八点。",
]
PAGE = f"""<!DOCTYPE html><html><head><title>市图书馆新馆向读者开放_本地新闻_河边网</title>
<link rel="canonical" href="https://news.example.org/2024/0501/1.html"><meta name="author" content="admin">
<script>var text = "脚本里的文字，不应出现。";</script></head><body>
<div class="nav"><a href="/">首页</a><a href="/a">新闻</a><a href="/b">体育</a><a href="/c">财经</a></div>
<div class="crumb"><a href="/">首页</a> &gt; <a href="/local">本地新闻</a> &gt; 正文</div>
<h1>市图书馆新馆向读者开放</h1><div class="info">2024-05-01 08:30 来源：河边晚报 作者：李明</div>
<div class="article-content"><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><h2>如何办证</h2><p>{PARAGRAPHS[2]}</p>
<p style="display: none">藏起来的广告文字，谁也看不见，请点击这里。</p></div>
<div class="related"><h3>相关新闻</h3><ul><li><a href="/1">老馆将改建为青少年活动中心</a></li>
<li><a href="/2">河边公园二期工程开工，预计明年完成</a></li></ul></div>
<div class="footer"><p>版权所有 河边网 未经授权不得转载。违法和不良信息举报电话：000-0000</p></div></body></html>"""


def article(page: str) -> dict[str, str | None]:
    return pages.articles(pl.DataFrame({"page": [1], "html": [page]})).drop("page").to_dicts()[0]


def test_a_page_gives_its_article_and_what_it_states() -> None:
    assert article(PAGE) == {
        "text": "\n".join([*PARAGRAPHS[:2], "如何办证", PARAGRAPHS[2]]),
        "title": "市图书馆新馆向读者开放",
        "published": "2024-05-01 08:30",
        "author": "李明",
        "outlet": "河边晚报",
        "section": "本地新闻",
        "url": "https://news.example.org/2024/0501/1.html",
        "reason_code": None,
    }


def test_an_advertisement_among_the_paragraphs_is_no_text() -> None:
    page = PAGE.replace("<h2>", '<div class="ad"><a href="/x">春季书架满减，再送台灯</a></div><h2>')
    assert article(page)["text"] == article(PAGE)["text"]


def test_what_holds_most_of_the_page_is_no_margin_whatever_it_is_called() -> None:
    page = PAGE.replace("<body>", '<body><div class="page-int-nav"><div id="side">').replace(
        "</body>", "</div></div></body>"
    )
    assert article(page) == article(PAGE)


def test_the_editor_who_signs_behind_the_article_is_kept_for_the_credits() -> None:
    page = PAGE.replace('<div class="related">', '<p class="editor">（责任编辑：周文）</p><div class="related">')
    assert (article(page)["text"] or "").split("\n")[-1] == "（责任编辑：周文）"


def test_line_breaks_cut_paragraphs_and_inline_tags_do_not() -> None:
    body = f"<div id=content>{PARAGRAPHS[0]}<br><br>{PARAGRAPHS[1][:10]}<b>{PARAGRAPHS[1][10:]}</b></div>"
    assert article(f"<body>{body}</body>")["text"] == "\n".join(PARAGRAPHS[:2])


def test_the_given_address_stands_in_for_a_canonical_one() -> None:
    frame = pl.DataFrame({"html": [f"<p>{PARAGRAPHS[0]}</p>"], "url": ["https://example.org/a"]})
    assert pages.articles(frame)["url"].to_list() == ["https://example.org/a"]


def test_a_page_is_as_old_as_its_last_version_only_where_it_says_nothing_else() -> None:
    changed = '<meta itemprop="dateModified" content="2024-06-02 10:00"></head>'
    dated = PAGE.replace("</head>", changed)
    undated = dated.replace("2024-05-01 08:30", "").replace("2024/0501", "local")
    assert article(dated)["published"] == "2024-05-01 08:30"
    assert article(undated)["published"] == "2024-06-02 10:00"


HEADLINE, DATELINE = "<h1>市图书馆新馆向读者开放</h1>", "2024-05-01 08:30 来源：河边晚报 作者：李明"
ADDRESS = 'href="https://news.example.org/2024/0501/1.html"'


@pytest.mark.parametrize(
    ("heading", "calls_itself"),
    [
        pytest.param(HEADLINE.replace("h1", "h4"), "市图书馆新馆向读者开放-河边网站新闻部", id="a heading of any rank"),
        pytest.param(
            HEADLINE.replace("h1", "div"), "市图书馆新馆向读者开放 河边区办事处", id="a line that is no heading"
        ),
        pytest.param(HEADLINE.replace("h1", "h4"), "本地新闻--河边网", id="the page is called after its channel"),
        pytest.param(HEADLINE.replace("h1", "h5"), "河边市图书馆研究院", id="the site gives every page its own name"),
        pytest.param(HEADLINE.replace("h1", "div"), "今日河边--市图书馆新馆向读者开放", id="the channel comes first"),
    ],
)
def test_the_title_is_the_line_above_the_date_that_the_page_s_title_repeats(heading: str, calls_itself: str) -> None:
    page = PAGE.replace("市图书馆新馆向读者开放_本地新闻_河边网", calls_itself).replace(HEADLINE, heading)
    assert article(page)["title"] == "市图书馆新馆向读者开放"


@pytest.mark.parametrize(
    ("changes", "published"),
    [
        pytest.param(
            {DATELINE: "", PARAGRAPHS[0]: f"2023年2月27日，{PARAGRAPHS[0]}"}, None, id="an event's day is none"
        ),
        pytest.param(
            {DATELINE: "", '<div class="related">': '<p>发布日期：2024-05-03 阅读 12</p><div class="related">'},
            "2024-05-03",
            id="with a label below the article",
        ),
        pytest.param(
            {DATELINE: "", "脚本里的文字": '";var ct = "1714527000";"'}, "2024-05-01T09:30:00+08:00", id="in its script"
        ),
        pytest.param(
            {DATELINE: '<time datetime="2024-05-01T08:30">昨天</time>'}, "2024-05-01T08:30", id="its one time"
        ),
        pytest.param(
            {HEADLINE: f"<p>2025年3月4日 星期二</p>{HEADLINE}"}, "2024-05-01 08:30", id="not the day of reading"
        ),
        pytest.param({DATELINE: "時間Wed May  1 08:30:00 2024"}, "2024-05-01 08:30:00", id="as terminals print it"),
        pytest.param({DATELINE: "时间: May 1, 2024"}, "2024-05-01", id="in English"),
        pytest.param({DATELINE: "加入于: 2009-11-22"}, None, id="not when the author joined"),
        pytest.param({DATELINE: "<div>21</div><div>2024年02月</div>"}, "2024-02-21", id="on a calendar leaf"),
        pytest.param({DATELINE: "河边, 2024年05月01日08:30:44"}, "2024年05月01日08:30:44", id="glued to its time"),
        pytest.param({DATELINE: '<span title="2024-05-01 08:30">昨天</span>'}, "2024-05-01 08:30", id="behind a word"),
        pytest.param(
            {
                DATELINE: '<time datetime="2024-05-01T08:30">五月</time>',
                '<div class="nav">': '<div class="nav"><time datetime="2024-05-09T00:00">今天</time>',
                '<div class="related">': '<div class="related"><time datetime="2024-04-02T00:00">四月</time>',
            },
            "2024-05-01T08:30",
            id="of several times, that beside the headline",
        ),
        pytest.param(
            {DATELINE: '<i data-timestamp="1714527000000">刚刚</i>'}, "2024-05-01T09:30:00+08:00", id="in seconds"
        ),
        pytest.param(
            {DATELINE: "", '<div class="related">': '<div class="comments"><i title="2024-05-02 08:30">昨天</i>'},
            None,
            id="not that of a comment",
        ),
        pytest.param(
            {DATELINE: "2024年5月2日 星期四"}, "2024年5月2日", id="a day of the week, where it is all there is"
        ),
    ],
)
def test_the_date_is_the_one_the_page_states_for_its_article(changes: dict[str, str], published: str | None) -> None:
    page = PAGE.replace(ADDRESS, "")
    for old, new in changes.items():
        page = page.replace(old, new)
    assert article(page)["published"] == published


@pytest.mark.parametrize(
    ("dateline", "outlet"),
    [
        ("2024-05-01 08:30 河边晚报", "河边晚报"),
        ("原创 河边早知道 2024-05-01 08:30", "河边早知道"),
        ("2024-05-01 08:30河邊時報 記者李明／河邊報導", "河邊時報"),
        ("2024-05-01 李明", None),
        ("2024-05-01 08:30 责任编辑：河边网", None),
        ("2024-05-01 河边公司 本地新闻 12", None),
        ('2024-05-01<span id="js_name">河边公众号</span>', "河边公众号"),
    ],
)
def test_an_outlet_beside_the_date_needs_no_label(dateline: str, outlet: str | None) -> None:
    assert article(PAGE.replace(DATELINE, dateline))["outlet"] == outlet


def test_what_stands_above_the_headline_is_no_article() -> None:
    notice = "<div>本网站使用相关技术改进阅读体验，同时尊重读者隐私，关闭此窗口，即表示您同意以上规定。</div>"
    page = PAGE.replace('<div class="nav">', f'{notice * 3}<div class="nav">').replace(PARAGRAPHS[1], "")
    assert article(page)["text"] == "\n".join([PARAGRAPHS[0], "如何办证", PARAGRAPHS[2]])


def test_a_news_address_is_not_that_of_a_thread() -> None:
    comments = "".join(post(f"读者{number}", "新馆真不错。") for number in range(4))
    page = PAGE.replace("/2024/0501/1.html", "/t/2024-05-01/1.html").replace(" 来源：河边晚报", "")
    page = page.replace('<div class="related">', f'<div class="comments"><p>4 条评论</p>{comments}</div>')
    assert article(page)["text"] == article(PAGE)["text"]


def test_a_page_without_text_says_so() -> None:
    assert article("<html><body><script>1</script></body></html>")["reason_code"] == "no_text"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("新馆开放_河边网", "新馆开放"),
        ("新馆开放_本地_河边网", "新馆开放"),
        ("新馆开放 - 河边新闻", "新馆开放"),
        ("新馆开放|频道|河边", "新馆开放"),
        ("新馆开放-河边日报", "新馆开放"),
        ("向前一步——写在新馆开放之际", "向前一步——写在新馆开放之际"),
        ("河边2-1险胜客队", "河边2-1险胜客队"),
        ("新馆", "新馆"),
        ("新馆开放 - 河边论坛 手机版 - Powered by Discuz!", "新馆开放"),
        ("[心得] 新館開放 - 看板 Library - 河邊實業坊", "[心得] 新館開放"),
    ],
)
def test_site_names_are_cut_off_titles(title: str, expected: str) -> None:
    assert without_site(title) == expected


def post(author: str, text: str) -> str:
    return (
        f'<div class="reply-item"><div class="user-info"><a href="/u">{author}</a> 2024-05-01 08:30</div>'
        f'<div class="reply-content"><p>{text}</p></div><div class="actions"><span>点赞</span> <span>回复</span></div>'
        f'<div class="signature">人生如茶，先苦后甜，回味无穷。</div></div>'
    )


def thread(*texts: str, head: str = "") -> str:
    posts = "".join(post(f"读者{number}", text) for number, text in enumerate(texts))
    return (
        f"<head><title>新馆的座位够不够坐？ - 河边论坛</title>{head}</head><body><div class=nav><a href=/>首页</a></div>"
        f'<h1>新馆的座位够不够坐？</h1><p class="count">{len(texts)} 条回复</p><div class="thread">{posts}</div>'
        '<div class="related"><h3>相关话题</h3><a href=/1>老馆的座位</a></div></body>'
    )


def test_a_thread_gives_every_post_in_order_and_nothing_around_them() -> None:
    texts = ["昨天去晚了，一个座位也没有。", "楼上说得对", "够！", "我觉得够坐，只是插座少，建议早点去占座。"]
    assert article(thread(*texts))["text"] == "\n".join(texts)


def test_readers_comments_on_a_news_page_are_not_its_article() -> None:
    comments = "".join(post(f"读者{number}", f"第{number}个读者说新馆真不错，值得一去。") for number in range(4))
    page = PAGE.replace(
        '<div class="related">', f'<div class="comments"><p>4 条评论</p>{comments}</div><div class="related">'
    )
    assert article(page)["text"] == article(PAGE)["text"]


def test_the_moment_behind_a_word_like_yesterday_is_that_of_a_thread() -> None:
    head = '<h1>新馆的座位够不够坐？</h1><small><span title="2024-05-01 08:30:24 +08:00">昨天</span></small>'
    page = thread("昨天去晚了，一个座位也没有。", "够！").replace(" 2024-05-01 08:30", "")
    assert article(page.replace("<h1>新馆的座位够不够坐？</h1>", head))["published"] == "2024-05-01 08:30:24"


def test_the_first_of_many_moments_named_to_machines_is_that_of_the_opening_post() -> None:
    page = thread("昨天去晚了，一个座位也没有。", "够！").replace(
        "2024-05-01 08:30", '<time datetime="2024-05-01T08:30">五月</time>'
    )
    later = page[::-1].replace("2024-05-01"[::-1], "2024-05-02"[::-1], 1)[::-1]
    assert article(later)["published"] == "2024-05-01T08:30"


def floor(number: int, text: str) -> str:
    return (
        f'<div class="row_reply"><div class="re_info"><a href="#{number}">#{number}</a> - 2024-5-1 08:3{number}</div>'
        f'<div><a href="/u">读者{number}</a> 回复</div><div class="message">{text}</div></div>'
    )


def test_numbered_posts_are_a_thread_short_as_they_are_and_whatever_the_site_is_called() -> None:
    texts = ["有人一起去吗", "几点", "去！", "已经在门口了"]
    posted = "".join(floor(number, text) for number, text in enumerate(texts, start=1))
    found = article(f"<head><title>周末去新馆</title></head><body><h1>周末去新馆</h1><div>{posted}</div></body>")
    assert (found["text"], found["published"]) == ("\n".join(texts), "2024-5-1 08:31")


PHPBB = (
    '<div id="p{0}" class="post bg2"><dl class="postprofile"><dt><a href="/u">读者{0}</a></dt></dl><div class="postbody">'
    '<p class="author"><a href="#">帖子</a> 由 读者{0} » 2024年5月1日 08:3{0}</p><div class="content">{1}</div></div>'
    '<div class="signature">人生如茶，先苦后甜。</div></div>'
)
XENFORO = (
    '<article class="message message--post"><section class="message-user"><h4><a>读者{0}</a></h4></section>'
    '<header class="message-attribution"><time>2024年5月1日 08:3{0}</time><a>#{0}</a></header>'
    '<div class="message-content"><article class="message-body"><div class="bbWrapper">{1}</div></article></div></article>'
)


VBULLETIN = (
    '<table class="tborder" id="post{0}"><tr><td class="thead">2024年5月1日 08:3{0}</td><td class="thead">#{0}</td></tr>'
    '<tr><td class="alt2"><a href="/u">读者{0}</a><div class="smallfont">注册日期：2009-11-22</div></td><td class="alt1">'
    '<div id="post_message_{0}">{1}</div><div>人生如茶，先苦后甜。</div></td></tr></table>'
)
PHPWIND = (
    '<table><tr class="tr1"><td class="floot_left"><dl><dd>级别：读者</dd><dd>发帖：{0}</dd></dl></td><td class="floot_right">'
    '<div class="tipTop">{0}楼 发表于：2024年5月1日 08:3{0}</div><div class="tpc"><div class="f14" id="read_{0}">{1}</div></div>'
    '</td></tr><tr><td class="floot_bottom"><div class="signature">人生如茶，先苦后甜。</div></td></tr></table>'
)
SOFTWARE = [(PHPBB, "phpbb"), (XENFORO, "XF"), (VBULLETIN, "a"), (PHPWIND, "b")]


@pytest.mark.parametrize(("markup", "page_id"), SOFTWARE, ids=["phpBB", "XenForo", "vBulletin", "phpwind"])
def test_posts_are_what_recurs_under_a_moment_of_its_own(markup: str, page_id: str) -> None:
    texts = ["有人一起去吗？我从河边出发。", "几点", "去！", "昨天去晚了，一个座位也没有。"]
    posted = "".join(markup.format(number, text) for number, text in enumerate(texts, start=1))
    page = f'<head><title>周末去新馆 - 河边论坛</title></head><body id="{page_id}"><h1>周末去新馆</h1>{posted}</body>'
    found = article(page)
    assert (found["text"], found["published"]) == ("\n".join(texts), "2024年5月1日 08:31")


def test_who_is_quoted_and_who_edited_is_no_text() -> None:
    quotation = "<blockquote><div><cite>读者1 写道：</cite>有人一起去吗？</div></blockquote>已经约好了。"
    edited = "周末见。<div class=notice>最后由 读者3 于 2024年5月1日 09:00 编辑，总共编辑了 1 次。</div>"
    posted = "".join(PHPBB.format(number, text) for number, text in enumerate(["有人一起去吗？", quotation, edited], 1))
    page = f"<head><title>周末去新馆 - 河边论坛</title></head><body id=phpbb>{posted}</body>"
    assert article(page)["text"] == "有人一起去吗？\n有人一起去吗？\n已经约好了。\n周末见。"


def test_the_post_that_opens_a_thread_may_stand_in_an_element_of_its_own() -> None:
    opening = "新馆的座位比老馆多了三倍，周末还是坐不下，大家一般几点去，有没有人愿意早上一起排队占座？"
    answers = ["我一般七点半到门口，那时候人还不多。", "早点", "不如去老馆，安静得多，插座也够用。"]
    posted = "".join(
        f'<div class="zwli"><a href="/u">读者</a><div class="when">发表于 2024-05-01 09:1{at}</div><p class="said">{text}</p></div>'
        for at, text in enumerate(answers)
    )
    page = f"<title>新馆_河边股吧</title><body><div class=main-content>{opening}</div>{posted}</body>"
    assert article(page)["text"] == "\n".join([opening, *answers])


def test_what_is_said_to_readers_without_scripts_is_read_where_nothing_else_is() -> None:
    body = f"<noscript><h1>市图书馆新馆</h1>{''.join(f'<p>{text}</p>' for text in PARAGRAPHS)}</noscript>"
    assert article(f"<body><div id=app></div>{body}</body>")["text"] == "\n".join(PARAGRAPHS)
    assert article(
        PAGE.replace("</body>", "<noscript><p>请打开脚本，否则本页无法显示。</p></noscript></body>")
    ) == article(PAGE)


def test_a_board_s_name_may_stand_before_the_title_in_the_heading() -> None:
    page = thread("昨天去晚了，一个座位也没有。", "够！").replace("<h1>", "<h1><a href=/b>河边</a> ")
    assert article(page.replace("河边论坛", "Riverside"))["title"] == "新馆的座位够不够坐？"


def test_numbered_comments_below_an_article_are_not_its_text() -> None:
    comments = "".join(floor(number, f"第{number}个读者说，新馆真不错。") for number in range(1, 6))
    page = PAGE.replace(" 来源：河边晚报", "").replace('<div class="related">', f'{comments}<div class="related">')
    assert article(page)["text"] == article(PAGE)["text"]


@pytest.mark.parametrize(
    "head", ["作者zhouwen (周文)\n看板Library\n標題新館開放\n", "发信人: zhouwen (周文), 信区: Library\n"]
)
def test_a_board_of_terminals_is_read_line_by_line(head: str) -> None:
    page = f"""<body><div><a href=/>看板</a></div><div id=main>{"".join(f"<div>{line}</div>" for line in head.splitlines())}
※ 引述《liming (李明)》之銘言：
: 昨天去晚了
今天又去了一次
座位還是不夠
--
人生如茶
※ 發信站: 河邊站(example.org), 來自: 192.0.2.1
<div><span>推 </span><span>liming</span><span>: 一起去</span><span> 05/01 09:20
</span></div><div><span>→ </span><span>chen01</span><span>: 早點去</span><span> 05/01 09:22
</span></div></div><div>本站保留權利</div></body>"""
    assert (article(page)["text"] or "").split("\n") == [
        "昨天去晚了",
        "今天又去了一次",
        "座位還是不夠",
        "一起去",
        "早點去",
    ]


def test_lines_without_sentences_are_kept_as_they_stand() -> None:
    contents = [f"新馆藏书研究第{number}篇的题目" if number % 2 else f"周文{number}" for number in range(1, 21)]
    lines = "".join(f"<p>{line}</p>" for line in contents)
    page = f"<body><ul class=nav><li><a href=/>首页</a></ul><div class=content><div>{lines}</div></div></body>"
    assert article(page)["text"] == "\n".join(contents)


def test_a_lead_above_a_table_of_facts_belongs_to_the_article() -> None:
    facts = "".join(f"<dl><dt>项目{number}</dt><dd>数值{number}</dd></dl>" for number in range(12))
    lead = "河边图书馆新馆位于河边市中心，是全省藏书最多的公共图书馆。[1]"
    page = f"<body><div><div>{lead}</div><div>{facts}</div><div>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}</div></div></body>"
    text = article(page)["text"] or ""
    assert text.split("\n") == [lead, *PARAGRAPHS]


def test_what_follows_a_heading_of_related_pages_is_not_the_article() -> None:
    more = "老馆建于一九五八年，曾经是全市最高的建筑，后来几经扩建，承载了几代人的记忆。"
    page = f"<body><div>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}<h3>猜你喜欢</h3><p>{more}</p></div></body>"
    assert article(page)["text"] == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 1_000_000,
        "<!--" * 100_000,
        "<a" * 200_000,
        "<p>字，" * 20_000,
        "<title>" + "_" * 200_000 + "</title><p>字",
        "<b><i><u><font>" * 5_000 + "字",
        "".join(
            f"<p class={chr(0x4E00 + at)}>字，<p>2024-05-01 08:30<p class={chr(0x4E00 + at)}>字，"
            for at in range(9_000)
        ),
    ],
    ids=["nested", "comments", "open tags", "paragraphs", "title", "formatting", "kinds"],
)
def test_no_page_hangs(page: str) -> None:
    started = time.process_time()
    article(page)
    assert time.process_time() - started < 5


@given(st.text(alphabet=st.sampled_from(list("<>/=!-\"' apdivtbrh1&;#x字，。")), max_size=200))
@settings(max_examples=100, deadline=None)
def test_no_markup_makes_reading_fail(page: str) -> None:
    found = article(page)
    assert (found["reason_code"] is None) == bool(found["text"])


def test_pages_come_through_decoding_with_their_fields() -> None:
    import datetime as dt

    import seeds

    frame = pl.DataFrame(
        {"record_id": ["0" * 16], "source_id": ["adhoc"], "file_name": ["a.html"], "night": [dt.date(2024, 5, 1)],
         "format": ["html"], "payload": [PAGE.encode("gb18030")]}
    )  # fmt: skip
    sources = pl.DataFrame({"source_id": ["adhoc"], "script": ["Hans"]})
    [document] = decode.documents(frame, seeds.table("field_names"), sources).to_dicts()
    assert document["natural_id"] == document["url"] == "https://news.example.org/2024/0501/1.html"
    assert (document["title_field"], document["outlet_field"], document["encoding"]) == (
        "市图书馆新馆向读者开放", "河边晚报", "gb18030",
    )  # fmt: skip


def grams(text: str) -> Counter[str]:
    letters = "".join(re.findall(r"[\u4e00-\u9fffA-Za-z0-9]", text))
    return Counter(letters[start : start + 4] for start in range(len(letters) - 3))


PAGES = next(SHARED.glob("data/html_*/magic_html/article"), None)


@pytest.mark.skipif(PAGES is None, reason="third-party pages are not here")
def test_articles_of_real_pages_are_found() -> None:
    import json

    assert PAGES is not None
    [texts] = PAGES.glob("*.json")
    expected = json.loads(texts.read_text())
    scores: list[float] = []
    for key, row in expected.items():
        if not (file := PAGES / f"{key}.html").exists():
            continue
        data = file.read_bytes()
        text = article(charset.decode(data, charset.declared(data)).text)["text"]
        got, want = grams(text or ""), grams(row["content"])
        scores.append(2 * sum((got & want).values()) / max(1, sum(got.values()) + sum(want.values())))
    assert sum(scores) / len(scores) >= 0.95
    assert min(scores) >= 0.5
