"""Which encoding some bytes are read in, from the bytes and a hint alone; and which bytes are no text."""

from __future__ import annotations

import pytest

from transforms.decode import charset, plausible
from transforms.decode.charset import decode

LINE = "夜里的渡口亮着灯，守灯人守了二十年。"


@pytest.mark.parametrize(
    ("word", "codec", "hint", "text"),
    [
        ("環境警察", "cp950", None, ""),
        ("環境警察", "cp950", "big5", "環境警察"),
        ("環境警察", "cp950", "gb18030", "吏挂牡诡"),
        ("高雄備戰", "cp950", "big5", "高雄備戰"),
        ("中華高雄", "cp950", "big5", "中華高雄"),
    ],
    ids=["nothing tells", "as declared", "as declared wrongly", "both read well", "one reads with kana"],
)
def test_a_word_that_reads_as_well_in_two_encodings_is_read_as_declared_or_not_at_all(
    word: str, codec: str, hint: str | None, text: str
) -> None:
    found = decode(word.encode(codec), hint)
    assert (found.text, found.reason_code) == (text, None if text else "undecodable")


def test_a_sentence_is_read_in_its_encoding_whatever_is_declared() -> None:
    assert decode(LINE.encode("gb18030"), "big5").encoding == "gb18030"
    assert decode("夜裡的渡口亮著燈，守燈人守了二十年。".encode("cp950"), "gb18030").encoding == "big5"


def test_japanese_quoted_in_a_chinese_text_is_no_sign_of_a_wrong_reading() -> None:
    quoting = "小镇的老人至今还会哼这首歌：さくらさくら、のやまもさとも。"
    assert decode(quoting.encode("gb18030")).text == quoting


def test_kana_says_less_than_any_common_character() -> None:
    assert plausible.score("渡口") > plausible.score("渡りロ") > plausible.score("りロ") > 0


@pytest.mark.parametrize(
    ("lost", "lines", "encoding"),
    [(1, 1, "gb18030-lossy"), (2, 1, None), (5, 56, "gb18030-lossy"), (6, 56, None)],
    ids=["one", "two of a line", "one in two hundred", "more"],
)
def test_a_few_characters_may_be_lost(lost: int, lines: int, encoding: str | None) -> None:
    # 18 characters a line: 56 lines are 1,008.
    broken = (LINE * lines).encode("gb18030") + b"\xff" * lost
    found = decode(broken)
    assert (found.encoding if found.reason_code is None else None) == encoding


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
@pytest.mark.parametrize(
    ("zeros", "size", "is_text"),
    [(2, 54, True), (3, 54, False), (5, 5022, True), (6, 5022, False)],
    ids=["two", "three", "one in a thousand", "more"],
)
def test_stray_zero_bytes_are_left_out_and_many_are_the_mark_of_no_text(
    zeros: int, size: int, is_text: bool, codec: str
) -> None:
    payload = (LINE * 200).encode(codec)[:size]
    found = decode(b"\x00" * zeros + payload)
    assert (found.text, found.reason_code) == ((payload.decode(codec), None) if is_text else ("", "undecodable"))


def test_a_word_of_utf_8_with_a_stray_zero_byte_is_no_utf_16() -> None:
    assert decode(b"\xe5\x9c\x00\x8b")[:2] == ("國", "utf-8")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_needs_no_mark(encoding: str) -> None:
    assert decode(f"<p>{LINE}</p>".encode(encoding))[:2] == (f"<p>{LINE}</p>", encoding)
    chinese = "渡口亮着灯守灯人"
    assert decode(chinese.encode(encoding))[:2] == (chinese, encoding)


def test_utf_16_without_a_mark_or_an_ascii_letter_is_no_word_and_no_odd_number_of_bytes() -> None:
    payload = "渡口亮着灯守灯人".encode("utf-16-le")
    assert decode(payload[:14]).reason_code == "undecodable"
    assert decode(payload + b"\x4e").reason_code == "undecodable"


@pytest.mark.parametrize(("controls", "reason_code"), [(2, None), (3, "undecodable")])
def test_a_text_holds_no_more_than_a_tenth_of_control_characters(controls: int, reason_code: str | None) -> None:
    assert decode(("\x01" * controls + LINE).encode("gb18030")).reason_code == reason_code
    assert decode(("\x01" * controls + LINE).encode()).reason_code == reason_code


def test_a_file_with_a_mark_may_be_cut_within_its_last_character() -> None:
    payload = b"\xff\xfe" + LINE.encode("utf-16-le")
    assert decode(payload + b"\x4e").text == f"{LINE}\ufffd"
    assert decode(payload + b"\x00\xd8\x00\xd8").reason_code == "undecodable"


@pytest.mark.parametrize(
    ("head", "is_binary"),
    [
        (LINE.encode(), False),
        (LINE.encode("gb18030"), False),
        (b"\xff\xfe" + LINE.encode("utf-16-le"), False),
        (f"<p>{LINE}".encode("utf-16-be")[:-1], False),
        (LINE.encode() + b"\x00\x00", False),
        (LINE.encode() + b"\x00\x00\x00", True),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", True),
        (b"\x01" * 2 + b"a" * 18, False),
        (b"\x01" * 3 + b"a" * 18, True),
    ],
)
def test_the_first_bytes_of_a_file_show_whether_it_is_text(head: bytes, is_binary: bool) -> None:
    assert charset.is_binary(head) is is_binary


def test_zero_bytes_are_refused_only_where_they_matter() -> None:
    assert not charset.is_binary(LINE.encode() + b"\x00" * 3, zeros_refused=False)


@pytest.mark.parametrize(
    ("page", "family"),
    [
        (b'<meta charset="GB2312">', "gb18030"),
        (b"<?xml version='1.0' encoding='Big5'?>", "big5"),
        (b'<meta content="text/html; charset = gbk">', "gb18030"),
        (b'<meta charset="utf-8">', None),
        (b" " * 4079 + b"charset=big5-hkscs", None),
        (b" " * 4078 + b"charset=big5-hkscs", "big5"),
        (b"", None),
    ],
)
def test_a_page_declares_its_family_at_its_beginning(page: bytes, family: str | None) -> None:
    assert charset.declared(page) == family
