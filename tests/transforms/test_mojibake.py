"""Text read in a wrong encoding is turned back where every byte is there, else refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.transforms.records import ARTICLE, TRADITIONAL, documents, from_json, record
from transforms.decode import mojibake


@pytest.mark.parametrize(("wrong", "right"), [("latin-1", "utf-8"), ("latin-1", "gb18030"), ("latin-1", "big5")])
def test_a_wrong_reading_is_turned_back_where_every_byte_is_there(wrong: str, right: str) -> None:
    text = TRADITIONAL if right == "big5" else ARTICLE
    garbled = text.encode(right).decode(wrong)
    [document] = documents(record(garbled.encode()))
    assert (document["text"], document["encoding"]) == (text, f"{wrong}>{right}")


def test_utf_8_read_as_gbk_is_turned_back() -> None:
    text = "新馆共有六层，藏书两百万册，其中一层是儿童阅览区。"
    text = "".join(text[at : at + 2] for at in range(0, len(text), 2) if _survives_gbk(text[at : at + 2]))
    assert mojibake.restored(text.encode().decode("gbk")) == (text, "gbk>utf-8", None)


def _survives_gbk(text: str) -> bool:
    try:
        text.encode().decode("gbk")
    except UnicodeDecodeError:
        return False
    return True


def test_a_wrong_reading_that_lost_bytes_is_refused() -> None:
    garbled = ARTICLE.encode().decode("gbk", "replace")
    assert documents(record(garbled.encode()))[0]["reason_code"] == "mojibake"
    assert documents(record(("锟斤拷" * 20 + "的").encode()))[0]["reason_code"] == "mojibake"


def test_one_paragraph_read_wrongly_is_turned_back_or_the_record_refused() -> None:
    first, second = ARTICLE.rstrip().split("\n\n")[1].split("\n")
    for reading, after in (("latin-1", "\n".join([first, second])), ("gbk", "")):
        garbled = "\n".join([first, second.encode().decode(reading, "replace")])
        document = documents(record(garbled.encode()))[0]
        assert (document["text"], document["reason_code"]) == (after, None if after else "mojibake")


def test_a_title_read_wrongly_is_turned_back_or_the_record_refused() -> None:
    turned = from_json({"title": "新馆开放".encode().decode("latin-1"), "content": ARTICLE})
    assert (turned["title_field"], turned["encoding"]) == ("新馆开放", "latin-1>utf-8")
    lost = "市图书馆的新馆开放".encode().decode("gbk", "replace")
    assert from_json({"title": lost, "content": ARTICLE})["reason_code"] == "mojibake"
    assert from_json({"title": "市\ufffd图书馆\ufffd新馆", "content": ARTICLE})["reason_code"] is None


def test_a_name_nobody_can_read_is_left_out() -> None:
    author, outlet = "周文".encode().decode("latin-1"), "河边日报新闻网".encode().decode("gbk", "replace")
    document = from_json({"author": author, "source": outlet, "content": ARTICLE})
    assert (document["author_field"], document["outlet_field"], document["reason_code"]) == ("周文", None, None)


@given(st.text(alphabet=sorted(set(ARTICLE + TRADITIONAL + "é·—“”abc 1")), min_size=0, max_size=200))
@settings(max_examples=60)
def test_sound_text_is_never_turned_or_refused(text: str) -> None:
    assert mojibake.restored(text) == (text, None, None)
