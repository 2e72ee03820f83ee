"""Pages to articles: which of a page's lines are the article's, and no page that hangs."""

from __future__ import annotations

import time

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.judgement import FIELDS, WEB
from tests.transforms.sample_pages import PAGE, PARAGRAPHS, article
from transforms import decode


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


def test_numbers_of_pictures_are_no_text() -> None:
    page = PAGE.replace(f"<p>{PARAGRAPHS[1]}</p>", f"<p>{PARAGRAPHS[1]}</p><div>1/4</div>")
    assert "1/4" not in (article(page)["text"] or "").split("\n")


def test_what_stands_above_the_headline_is_no_article() -> None:
    notice = "<div>本网站使用相关技术改进阅读体验，同时尊重读者隐私，关闭此窗口，即表示您同意以上规定。</div>"
    page = PAGE.replace('<div class="nav">', f'{notice * 3}<div class="nav">').replace(PARAGRAPHS[1], "")
    assert article(page)["text"] == "\n".join([PARAGRAPHS[0], "如何办证", PARAGRAPHS[2]])


def test_a_page_without_text_says_so() -> None:
    assert article("<html><body><script>1</script></body></html>")["reason_code"] == "no_text"


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

    frame = pl.DataFrame(
        {"record_id": ["0" * 16], "source_id": ["adhoc"], "file_name": ["a.html"], "night": [dt.date(2024, 5, 1)],
         "format": ["html"], "payload": [PAGE.encode("gb18030")]}
    )  # fmt: skip
    sources = pl.DataFrame({"source_id": ["adhoc"], "script": ["Hans"]})
    [document] = decode.documents(frame, *FIELDS, sources, *WEB).to_dicts()
    assert document["natural_id"] == document["url"] == "https://news.example.org/2024/0501/1.html"
    assert (document["title_field"], document["outlet_field"], document["encoding"]) == (
        "市图书馆新馆向读者开放", "河边晚报", "gb18030",
    )  # fmt: skip
