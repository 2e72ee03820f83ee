"""Pages read by what they show: no class, tag or title of theirs has to say what is article, post or headline."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from tests.transforms.sample_pages import PAGE, PARAGRAPHS, article

TITLE = "市图书馆新馆向读者开放"
BARE = f"""<html><head><title>河边在线</title></head><body><div><a href="/">首页</a> <a href="/a">新闻</a></div>
<div>当前位置：首页 &gt; 新闻</div><div>{TITLE}</div><div>2024-05-01 08:30 来源：河边晚报</div>
<div><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p></div>
<div>【打印】【关闭】</div><div>上一篇：<a href="/1">老馆将改建为青少年活动中心</a></div></body></html>"""


def nameless(page: str) -> str:
    return re.sub(r' (?:class|id)="[^"]*"', "", page)


def in_divs(page: str) -> str:
    return re.sub(r"<(/?)(?:p|h[1-6]|ul|li)(?=[\s>])", r"<\1div", page)


def in_one_paragraph(page: str) -> str:
    return page.replace("</p><p>", "<br><br>")


@pytest.mark.parametrize("change", [nameless, in_divs, in_one_paragraph])
def test_an_article_is_found_whatever_its_markup_calls_it(change: Callable[[str], str]) -> None:
    found = article(change(PAGE))
    assert (found["title"], found["published"], found["outlet"]) == (TITLE, "2024-05-01 08:30", "河边晚报")
    assert [line for line in (found["text"] or "").split("\n") if line in PARAGRAPHS] == PARAGRAPHS


@pytest.mark.parametrize("name", ["sidebar", "popup", "menu", "topic", "floor", "comment-box", "question"])
def test_what_holds_the_headline_is_the_article_whatever_it_is_called(name: str) -> None:
    page = PAGE.replace("<h1>", f'<div class="{name}"><h1>').replace('<div class="related">', '</div><div class="box">')
    assert article(page)["text"] == article(PAGE)["text"]


SAID = [
    "码头的灯还没有熄，船工已经把缆绳理好。",
    "江面浮着薄雾，等船的人在岸边排成一列，谁也不说话。",
    "票价从两角涨到三元。",
]
TEASERS = "".join(
    f'<div><h3><a href="/{at}">渡口旧事之{at}：船工记</a></h3><p>{text * 3}</p></div>' for at, text in enumerate(SAID)
)
COMMENTS = "".join(
    f"<div><b>读者陆见{at}</b><i>昨天 10:0{at}</i><p>{text * 3}</p></div>" for at, text in enumerate(SAID)
)


@pytest.mark.parametrize("entries", [TEASERS, COMMENTS], ids=["teasers", "comments"])
def test_entries_of_a_list_do_not_outweigh_a_short_article_above_them(entries: str) -> None:
    page = BARE.replace("<div>【打印】", f"<div>{entries}</div><div>【打印】")
    assert article(page)["text"] == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize("heading", ['<a href="/1">渡口旧事：船工记</a>', "2024年5月1日 河边"], ids=["links", "days"])
def test_parts_of_an_article_under_headings_of_their_own_are_no_list(heading: str) -> None:
    parts = "".join(f"<div><h3>{heading}</h3><p>{text * 3}</p></div>" for text in SAID)
    text = article(BARE.replace(f"<p>{PARAGRAPHS[2]}", f"{parts}<p>{PARAGRAPHS[2]}"))["text"] or ""
    assert [line for line in text.split("\n") if line.startswith(tuple(SAID))] == [text * 3 for text in SAID]


@pytest.mark.parametrize("name", ["share-content", "read-more", "tags", "statement", "hot"])
def test_what_the_headline_heads_is_the_article_whatever_it_is_called(name: str) -> None:
    page = BARE.replace(f"<div>{TITLE}</div>", f"<h1>{TITLE}</h1>").replace("<title>", f"<title>{TITLE} - ")
    page = page.replace("<div><p>", f'<div class="{name}"><p>')
    page = page.replace("<div>【打印】", f"<div>{TEASERS}</div><div>【打印】")
    assert article(page)["text"] == "\n".join(PARAGRAPHS)


@pytest.mark.parametrize("heading", ["相关阅读", "關於我們", "关于河边公司"])
def test_a_box_that_begins_with_such_a_heading_is_none_of_the_article(heading: str) -> None:
    box = f"<div><div><h4>{heading}</h4></div><p>{SAID[0] * 9}</p><p>{SAID[1] * 9}</p></div>"
    assert article(BARE.replace("<div>【打印】", f"{box}<div>【打印】"))["text"] == "\n".join(PARAGRAPHS)
    # The same words as the heading of a part of the article itself.
    part = f"</p><h4>{heading}</h4><p>{SAID[0] * 3}</p>"
    assert PARAGRAPHS[0] in (article(BARE.replace("</p></div>", f"{part}</div>"))["text"] or "")


def test_paragraphs_with_a_link_between_each_two_are_no_list() -> None:
    links = [f'<div><a href="/{at}">老馆将改建为青少年活动中心</a></div><p>' for at in range(3)]
    page = BARE.replace(f"<div>{TITLE}</div>", f"<h1>{TITLE}</h1>")
    for link, text in zip(links, PARAGRAPHS, strict=True):
        page = page.replace(f"<p>{text}", f"{link}{text}")
    assert [line for line in (article(page)["text"] or "").split("\n") if line in PARAGRAPHS] == PARAGRAPHS


HEADLINES = {
    "the line above the dateline": BARE,
    "a heading": BARE.replace(f"<div>{TITLE}</div>", f"<div>要闻</div><h3>{TITLE}</h3><div>字号：大 中 小</div>"),
    "a heading in two lines": BARE.replace(f"<div>{TITLE}</div>", f"<h1>{TITLE[:6]}<br>{TITLE[6:]}</h1>"),
    "a heading that is a link": BARE.replace(f"<div>{TITLE}</div>", f'<h1><a href="/2">{TITLE}</a></h1>'),
    "the line above the text": BARE.replace("<div>2024-05-01 08:30 来源：河边晚报</div>", ""),
    "a heading unlike the page's title in part": BARE.replace("河边在线", "图书馆新馆明天开门 全市最大 - 河边在线").replace(
        f"<div>{TITLE}</div>", f"<h1>{TITLE}</h1>"
    ),
    "what machines are told": BARE.replace("</title>", f'</title><meta property="og:title" content="{TITLE} - 河边在线">')
    .replace(f"<div>{TITLE}</div>", f"<h1>{TITLE}</h1>"),
}  # fmt: skip


@pytest.mark.parametrize("page", HEADLINES.values(), ids=HEADLINES)
def test_a_page_called_after_its_site_has_the_title_readers_see(page: str) -> None:
    found = article(page)
    assert (found["title"], found["text"]) == (TITLE, "\n".join(PARAGRAPHS))


def test_a_page_without_a_headline_keeps_the_name_it_has() -> None:
    assert article(BARE.replace(f"<div>{TITLE}</div>", ""))["title"] == "河边在线"


def test_a_page_called_page_has_no_title() -> None:
    assert article(BARE.replace(f"<div>{TITLE}</div>", "").replace("河边在线", "河边正文 - 河边"))["title"] is None


def test_the_last_line_dates_an_article_that_nothing_else_dates() -> None:
    page = BARE.replace("<div>2024-05-01 08:30 来源：河边晚报</div>", "")
    closed = page.replace(f"{PARAGRAPHS[2]}</p>", f"{PARAGRAPHS[2]}</p><p>(2024-05-01 12:00) 午间新闻</p>")
    assert article(closed)["published"] == "2024-05-01 12:00"
    assert article(page)["published"] is None


ANSWERS = ["我一般七点半到门口，那时候人还不多。", "早点", "不如去老馆，安静得多，插座也够用。", "够！"]
QUESTION = ["新馆的座位比老馆多了三倍。", "周末还是坐不下，大家一般几点去？"]


def replies(markup: str, texts: list[str]) -> str:
    return "".join(markup.format(at, text) for at, text in enumerate(texts, start=1))


@pytest.mark.parametrize(
    "markup",
    [
        '<li class="qb"><div class="qc"><a href="/u">读者{0}</a> 2024-05-02 09:1{0}</div><div class="qd">{1}</div></li>',
        '<div class="qb"><p class="qc">{1}</p><div class="qd"><a href="/u">编辑于 2024-05-02 09:1{0}</a></div></div>',
        '<div class="qb"><b class="qc">{0}楼</b><div class="qe"><i>3 天前</i><div class="qd">{1}</div></div></div>',
    ],
    ids=["moments above the posts", "moments within them", "numbers"],
)
def test_a_thread_is_told_by_its_label_and_what_recurs(markup: str) -> None:
    asked = "".join(f"<p>{line}</p>" for line in QUESTION)
    page = (
        f'<title>新馆几点去合适</title><body><div><a href="/">首页</a></div><h1>新馆几点去合适</h1>'
        f'<div class="zb">{asked}</div><div class="zc">4 个回答</div>{replies(markup, ANSWERS)}</body>'
    )
    assert article(page)["text"] == "\n".join([*QUESTION, *ANSWERS])


@pytest.mark.parametrize("heading", ["网友评论 (4)", "最新评论", "4条评论", "留言(4)"])
def test_what_stands_below_a_heading_of_comments_is_no_article_however_long(heading: str) -> None:
    markup = '<div class="qb"><div class="qc">读者{0} 2024-05-02 09:1{0}</div><div class="qd">{1}</div></div>'
    comments = f'<div class="zz">{heading}</div>' + replies(
        markup, [f"{text}新馆真不错，值得一去。" * 9 for text in ANSWERS]
    )
    assert article(BARE.replace("<div>【打印】", f"{comments}<div>【打印】"))["text"] == "\n".join(PARAGRAPHS)


def test_a_quotation_cut_short_is_told_once() -> None:
    said = "前几天下大雨，新馆的地下车库进了水，图书馆说要等到下个月才能修好，大家最近坐公交车去吧。"
    quoted = f"<blockquote>读者1：{said[:30]}...<a href=/1>回到原帖</a></blockquote>谢谢提醒，我明天坐公交车去。"
    markup = '<div class="qb"><div class="qc">{0}楼 2024-05-02 09:1{0}</div><div class="qd">{1}</div></div>'
    page = f"<title>新馆几点去合适</title><body><h1>新馆几点去合适</h1>{replies(markup, [said, quoted, '好。'])}</body>"
    assert article(page)["text"] == f"{said}\n谢谢提醒，我明天坐公交车去。\n好。"
