"""Articles that stand as escaped markup in a field of a form, for the page's script to show."""

from __future__ import annotations

import json
from html import escape

import pytest

from tests.transforms.sample_pages import PAGE, PARAGRAPHS, article

CARRIED = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
SHELL = f"""<title>市图书馆新馆向读者开放</title><body><div class=loading><p>加载中……</p></div><div style="display:none">
<textarea class="article-title">市图书馆新馆向读者开放</textarea><textarea class="article-source-name">河边晚报</textarea>
<textarea class="article-time">1714527000000</textarea><textarea class="article-content">{escape(CARRIED)}</textarea></div>
<div class="side"><ul><li><a href="/1">老馆将改建为青少年活动中心</a></li></ul></div></body>"""


def test_an_article_in_a_hidden_field_is_read_with_what_stands_beside_it() -> None:
    found = article(SHELL)
    assert (found["text"], found["title"]) == ("\n".join(PARAGRAPHS), "市图书馆新馆向读者开放")
    assert (found["outlet"], found["published"]) == ("河边晚报", "2024-05-01T09:30:00+08:00")


@pytest.mark.parametrize("body", ["\n".join(PARAGRAPHS), CARRIED], ids=["lines", "markup"])
def test_an_article_told_to_machines_alone_is_read_where_the_page_says_nothing(body: str) -> None:
    data = json.dumps({"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle", "articleBody": body}]})
    script = f'<script type="application/ld+json">{data}</script>'
    found = article(f"<title>市图书馆新馆向读者开放</title>{script}<body><div id=app><p>加载中……</p></div></body>")
    assert (found["text"], found["title"]) == ("\n".join(PARAGRAPHS), "市图书馆新馆向读者开放")
    assert article(PAGE.replace("<body>", f"{script}<body>")) == article(PAGE)


@pytest.mark.parametrize(
    "data", ['{"articleBody": 1}', '["articleBody"', '[{"articleBody": null}, 2]', '"articleBody"']
)
def test_data_that_tell_no_article_are_none(data: str) -> None:
    script = f'<script type="application/ld+json">{data}</script>'
    assert article(f"<title>市图书馆</title><body>{script}</body>")["reason_code"] == "no_text"


def test_a_field_that_says_less_than_the_page_is_a_form() -> None:
    draft = f"<form><textarea name=reply>{escape('<p>新馆的座位够不够坐？</p>' * 5)}</textarea></form>"
    assert article(PAGE.replace('<div class="related">', f'{draft}<div class="related">')) == article(PAGE)


def test_data_in_a_field_are_no_article() -> None:
    held = '{"html": "' + CARRIED + '"}'
    data = f"<textarea id=state>{escape(held)}</textarea>"
    assert article(f"<title>市图书馆</title><body>{data}</body>")["reason_code"] == "no_text"
