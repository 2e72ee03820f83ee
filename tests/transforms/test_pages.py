"""Pages to articles: main text and metadata, navigation left out, no page that hangs."""

from __future__ import annotations

import time

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.judgement import WEB
from tests.transforms.sample_pages import PAGE, PARAGRAPHS, article
from transforms import decode, pages
from transforms.pages.headline import without_site
from transforms.pages.wording import words_of


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


CAPTION = "新馆的大门口，读者正在排队。"


def test_a_caption_told_by_its_markup_stands_behind_the_mark_of_captions() -> None:
    for shown in (f"<figcaption>{CAPTION}</figcaption>", f'<p class="img-desc">{CAPTION}</p>'):
        text = article(PAGE.replace("<h2>", f"<figure><img>{shown}</figure><h2>"))["text"] or ""
        assert text.split("\n") == [*PARAGRAPHS[:2], f"▲ {CAPTION}", "如何办证", PARAGRAPHS[2]]


def test_a_faint_line_in_the_middle_below_a_picture_is_its_caption() -> None:
    for line in ('<p style="text-align:center;color:#888">{}</p>', '<p align="center"><small>{}</small></p>'):
        shown = line.format(CAPTION.rstrip("。"))
        text = article(PAGE.replace("<h2>", f"<p><img src=a></p>{shown}<h2>"))["text"] or ""
        assert f"▲ {CAPTION.rstrip('。')}" in text.split("\n")
        assert "▲" not in (article(PAGE.replace("<h2>", f"{shown}<h2>"))["text"] or "")
        assert "▲" not in (article(PAGE.replace("<h2>", f"<p><img src=a></p><p>{CAPTION}</p><h2>"))["text"] or "")


def test_a_machine_s_summary_above_the_article_is_none_of_it() -> None:
    summary = '<div class="ai-summary"><h4>重点</h4><ul><li>新馆的座位比老馆多了三倍</li></ul></div>'
    page = PAGE.replace('<div class="article-content">', f'{summary}<div class="article-content">')
    assert article(page)["text"] == article(PAGE)["text"]


def test_where_captions_are_most_of_a_page_they_are_its_text() -> None:
    shown = "".join(f"<figure><img><figcaption>{text}</figcaption></figure>" for text in PARAGRAPHS)
    assert article(f"<body><h1>新馆</h1>{shown}</body>")["text"] == "\n".join(PARAGRAPHS)


def test_lines_that_end_an_article_without_a_mark_belong_to_it() -> None:
    page = PAGE.replace("<p style=", "<p>愿大家都能</p><p>在新馆里</p><p>找到自己的书</p><p style=")
    assert (article(page)["text"] or "").split("\n")[-3:] == ["愿大家都能", "在新馆里", "找到自己的书"]


def test_an_article_goes_on_behind_a_box_of_other_articles() -> None:
    box = '<div class="related"><p>延伸阅读</p><ul><li><a href="/1">老馆将改建为青少年活动中心</a></li></ul></div>'
    page = PAGE.replace(PARAGRAPHS[2], PARAGRAPHS[2] * 3)
    assert article(page.replace("<h2>", f"{box}<h2>"))["text"] == article(page)["text"]


def test_line_breaks_cut_paragraphs_and_inline_tags_do_not() -> None:
    body = f"<div id=content>{PARAGRAPHS[0]}<br><br>{PARAGRAPHS[1][:10]}<b>{PARAGRAPHS[1][10:]}</b></div>"
    assert article(f"<body>{body}</body>")["text"] == "\n".join(PARAGRAPHS[:2])


def test_the_given_address_stands_in_for_a_canonical_one() -> None:
    frame = pl.DataFrame({"html": [f"<p>{PARAGRAPHS[0]}</p>"], "url": ["https://example.org/a"]})
    assert pages.articles(frame, *WEB)["url"].to_list() == ["https://example.org/a"]


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
        pytest.param(HEADLINE.replace("h1", "td"), "河边日报数字报-市图书馆新馆向读者开放", id="the paper comes first"),
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
            {DATELINE: "", "脚本里的文字": '";x={"publishTime":"2024-05-01 08:30"};"'},
            "2024-05-01 08:30",
            id="in its data",
        ),
        pytest.param(
            {DATELINE: "", "脚本里的文字": '";x=[{"pubTime":"2024-05-01"},{"pubTime":"2024-05-02"}];"'},
            None,
            id="not where its data hold several",
        ),
        pytest.param(
            {DATELINE: '<time datetime="2024-05-01T08:30">昨天</time>'}, "2024-05-01T08:30", id="its one time"
        ),
        pytest.param(
            {HEADLINE: f"<p>2025年3月4日 星期二</p>{HEADLINE}"}, "2024-05-01 08:30", id="not the day of reading"
        ),
        pytest.param({DATELINE: "時間Wed May  1 08:30:00 2024"}, "2024-05-01 08:30:00", id="as terminals print it"),
        pytest.param({DATELINE: "时间: May 1, 2024"}, "2024-05-01", id="in English"),
        pytest.param({DATELINE: "五月 1st, 2024"}, "2024-05-01", id="translated word for word"),
        pytest.param(
            {DATELINE: "週三 5月 01, 2024 8:30 pm"}, "2024-05-01 20:30", id="translated, by a clock of 12 hours"
        ),
        pytest.param({DATELINE: "21/5/2024 8:30"}, "2024-05-21 8:30", id="the day first"),
        pytest.param({DATELINE: "02/08/2024"}, "2024-08-02", id="the day first, where it could be the month"),
        pytest.param({DATELINE: "5/21/2024"}, "2024-05-21", id="the month first, where it cannot be the day"),
        pytest.param({DATELINE: "發布日期：113-05-01"}, "2024-05-01", id="by the Republic's years"),
        pytest.param({DATELINE: "電話110-12-31-8"}, None, id="not a number that looks like one of them"),
        pytest.param({DATELINE: "二〇二四年五月一日"}, "2024-05-01", id="in numerals"),
        pytest.param({DATELINE: "中華民國一百十三年五月一日 星期三"}, "2024-05-01", id="in numerals of the Republic"),
        pytest.param(
            {DATELINE: "中華民國九十二年十月七日 星期二 農曆九月十二日"}, "2003-10-07", id="in the head of a paper"
        ),
        pytest.param({DATELINE: "五月 30, 2015, 02:05:51 下午"}, "2015-05-30, 14:05:51", id="half of the day last"),
        pytest.param({DATELINE: "24/05/01(三)08:30:00"}, "2024-05-01 08:30:00", id="with half a year's number"),
        pytest.param(
            {DATELINE: "已于 2024-05-09 10:00 修改</div><div>于 2024-05-01 08:30 首次发布"},
            "2024-05-01 08:30",
            id="the first of two it tells",
        ),
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
        ("2024-05-01 最后更新", None),
        ("2024-05-01 来源：河边局网站字体：默认", "河边局网站"),
        ("2024-05-01 来源：河边局办公室类型：原创分类：新闻", "河边局办公室"),
        ("2024-05-01 来源：河边新闻网<span>大字体</span><span>小字体</span>", "河边新闻网"),
        ("来源：河边电视2024年05月01日 08:30", "河边电视"),
        ("<a>今日河边行情分析--2024-05-01</a>", None),
        ("「新馆」开放 2024-05-01 出处：河边电脑 作者：李明", "河边电脑"),
        ("2024-05-01 来源：<a>河边早知道</a><i>南岸</i>", "河边早知道"),
        ("<span>news.example.com</span> 2024-05-01", None),
        ('2024-05-01<p class="source">河边早知道</p>', "河边早知道"),
        ('2024-05-01<span id="js_name">河边公众号</span>', "河边公众号"),
    ],
)
def test_an_outlet_beside_the_date_needs_no_label(dateline: str, outlet: str | None) -> None:
    page = PAGE.replace("_本地新闻_河边网", "").replace("版权所有 河边网", "")
    assert article(page.replace(DATELINE, dateline))["outlet"] == outlet


@pytest.mark.parametrize(
    ("calls_itself", "outlet"),
    [
        pytest.param("市图书馆新馆向读者开放_本地新闻_河边网", "河边网", id="ends as sites are called"),
        pytest.param("市图书馆新馆向读者开放 - Riverside", "Riverside", id="the page says it again"),
        pytest.param("市图书馆新馆向读者开放 - 社会", None, id="a channel"),
        pytest.param("市图书馆新馆向读者开放 - 新的座位", None, id="part of the title"),
        pytest.param("市图书馆新馆向读者开放 - 36河", "36河", id="in two scripts, as no headline ends"),
        pytest.param("市图书馆新馆向读者开放 | 社会 | 河边晚报 Riverside", "河边晚报", id="with its Latin name"),
        pytest.param("河边日报 - 市图书馆新馆向读者开放", "河边日报", id="before the title"),
        pytest.param("河边署-市图书馆新馆向读者开放", "河边署", id="a body before the title"),
        pytest.param("河边日报 - 地方新聞", "河边日报", id="the paper, not its channel"),
        pytest.param("市图书馆新馆向读者开放", None, id="nothing but the title"),
    ],
)
def test_where_nothing_says_who_published_it_is_the_site(calls_itself: str, outlet: str | None) -> None:
    page = PAGE.replace("市图书馆新馆向读者开放_本地新闻_河边网", calls_itself).replace(DATELINE, "2024-05-01")
    assert article(page.replace("版权所有 河边网", "© Riverside 社会"))["outlet"] == outlet


@pytest.mark.parametrize("rights", ["版权所有 河边网", "Copyright(C) 2024 河边网 版權所有"])
def test_the_paper_that_claims_the_rights_published_it_where_nothing_else_says_who(rights: str) -> None:
    page = PAGE.replace("_本地新闻_河边网", "").replace(DATELINE, "2024-05-01").replace("版权所有 河边网", rights)
    assert article(page)["outlet"] == "河边网"


@pytest.mark.parametrize("byline", ["记者 李明／河边报道", "本报记者李明报道"])
def test_a_line_that_names_the_reporter_is_no_headline(byline: str) -> None:
    page = PAGE.replace("市图书馆新馆向读者开放_本地新闻_河边网", "河边日报 - 地方新闻").replace("h1>", "p>")
    assert article(page.replace(DATELINE, byline))["title"] == "市图书馆新馆向读者开放"


def test_numbers_of_pictures_are_no_text() -> None:
    page = PAGE.replace(f"<p>{PARAGRAPHS[1]}</p>", f"<p>{PARAGRAPHS[1]}</p><div>1/4</div>")
    assert "1/4" not in (article(page)["text"] or "").split("\n")


@pytest.mark.parametrize("calls_itself", ["河边晚报", "河边日报 - 社会"])
def test_a_page_called_after_its_paper_is_called_by_its_heading(calls_itself: str) -> None:
    page = PAGE.replace("市图书馆新馆向读者开放_本地新闻_河边网", calls_itself)
    assert article(page)["title"] == "市图书馆新馆向读者开放"


def test_what_stands_above_the_headline_is_no_article() -> None:
    notice = "<div>本网站使用相关技术改进阅读体验，同时尊重读者隐私，关闭此窗口，即表示您同意以上规定。</div>"
    page = PAGE.replace('<div class="nav">', f'{notice * 3}<div class="nav">').replace(PARAGRAPHS[1], "")
    assert article(page)["text"] == "\n".join([PARAGRAPHS[0], "如何办证", PARAGRAPHS[2]])


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
        ("河边网 - 市图书馆新馆开放", "市图书馆新馆开放"),
        ("本地新闻_市图书馆新馆开放", "市图书馆新馆开放"),
        ("市图书馆新馆开放 - Riverside Times", "市图书馆新馆开放"),
        ("河边网 - 新馆", "河边网 - 新馆"),
        ("向前一步——写在新馆开放之际", "向前一步——写在新馆开放之际"),
        ("河边2-1险胜客队", "河边2-1险胜客队"),
        ("新馆", "新馆"),
        ("新馆开放 - 河边论坛 手机版 - Powered by Discuz!", "新馆开放"),
        ("[心得] 新館開放 - 看板 Library - 河邊實業坊", "[心得] 新館開放"),
    ],
)
def test_site_names_are_cut_off_titles(title: str, expected: str) -> None:
    assert without_site(words_of(*WEB), title) == expected


def test_what_is_said_to_readers_without_scripts_is_read_where_nothing_else_is() -> None:
    body = f"<noscript><h1>市图书馆新馆</h1>{''.join(f'<p>{text}</p>' for text in PARAGRAPHS)}</noscript>"
    assert article(f"<body><div id=app></div>{body}</body>")["text"] == "\n".join(PARAGRAPHS)
    assert article(
        PAGE.replace("</body>", "<noscript><p>请打开脚本，否则本页无法显示。</p></noscript></body>")
    ) == article(PAGE)


def test_lines_without_sentences_are_kept_as_they_stand() -> None:
    contents = [f"新馆藏书研究第{number}篇的题目" if number % 2 else f"周文{number}" for number in range(1, 21)]
    lines = "".join(f"<p>{line}</p>" for line in contents)
    page = f"<body><ul class=nav><li><a href=/>首页</a></ul><div class=content><div>{lines}</div></div></body>"
    assert article(page)["text"] == "\n".join(contents)


VERSES = [
    "河水绕过旧码头",
    "渡船还没有来",
    "卖藕的人收起了秤",
    "灯一盏一盏亮起来",
    "风从对岸吹过",
    "谁在桥上等",
    "夜里只剩水声",
]
PLEA = "Readers keep this site alive: please give what you can, and tell your friends about it."


@pytest.mark.parametrize(("pleas", "is_chinese"), [(1, True), (9, False)])
def test_what_is_no_chinese_is_no_article_beside_lines_that_are(pleas: int, is_chinese: bool) -> None:
    lines = "".join(f"<div>{verse}</div>" for verse in VERSES * 2)
    page = f"<body><div><div>{lines}</div></div><div>{f'<p>{PLEA}</p>' * pleas}</div></body>"
    assert (article(page)["text"] == "\n".join(VERSES * 2)) is is_chinese


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
@settings(max_examples=100)
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
    [document] = decode.documents(frame, seeds.table("field_names"), sources, *WEB).to_dicts()
    assert document["natural_id"] == document["url"] == "https://news.example.org/2024/0501/1.html"
    assert (document["title_field"], document["outlet_field"], document["encoding"]) == (
        "市图书馆新馆向读者开放", "河边晚报", "gb18030",
    )  # fmt: skip
