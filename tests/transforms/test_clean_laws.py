"""Laws of the whole cleaner: whatever comes in, nothing breaks, nothing is lost, and nobody's neighbours matter."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import seeds
from tests.transforms.harbour import CONTENT, FIRST, NOISE, SECOND, THIRD, original
from tests.transforms.judgement import PAGES
from transforms import pii
from transforms.clean import clean_documents
from transforms.script import canonical_documents
from transforms.tables.core import CanonicalDocument, CleanDocument
from transforms.unseen import CONTROLS

NULLS = ["natural_id", "title_field", "url", "published_field", "author_field", "outlet_field", "section_field"]
HELD_BACK = {"has_han_body", "body_original|min_length", "body_hans|min_length", "char_count|min"}
SCRIPTS = [
    "清晨的碼頭上，漁船陸續靠岸。", "𠀀𪚥𠮷野家的鱼", "الميناء يفتح أبوابه", "항구가 문을 열었다。", "ท่าเรือเปิดแล้ว", "Порт открыт!", "e\u0301te\u0301 à la mer", "👨‍👩‍👧‍👦🐟🇨🇳",
    "\u202e倒着写的鱼\u202c", "﷽", "ＡＢＣ１２３", "\uf900\u2f00兀㈠℃①", "🐟\ufe0f", "漢\u3099字", "衞生、枱面", "々〻〇",
]  # fmt: skip
MARKS = [
    "\x00", "\x01\x1b[0m", "\x1e", "\x1f", "\x7f\x85", "\u2028", "\u200b", "\ufeff", "\ue0f0\ue0fd\ue0fe", "\ufffd", "\ufffe", "\U0010ffff", "\t", "\r", "\r\n",
]  # fmt: skip
DAMAGE = [
    "會(huì)場(chǎng)裡(lǐ)有人", "渡[dù]口", "(huì)", "我們帶?duì)來", "?guī)ш?", "約翰?史密斯", "★★", "，，、", "<br/>", "&nbsp;", "< /p", "D e e p", "2 014 年", "海 边 的 船",
    "QQ：123 456 789", "电话13800001111，", "共13800001111吨", "手机138", "00001111", "desk@example", ".com", "110101199003070011",
]  # fmt: skip
AWKWARD = [
    "", " ", "\u3000\u3000", "“", "”。", "（（（（", "《" * 30, "?" * 40, "，" * 40, "1、", "一、", "01", "图：", "来源：", "责任编辑：", "【】", "**", "A", "的", "鱼" * 700, "a b " * 200,
    "船|" * 200, "鱼，" * 400, "https://example.org/" + "a" * 300, "2023-08-16 05:40", "13" * 200, "第九版" * 60,
]  # fmt: skip
PIECES = [*SCRIPTS, *MARKS, *DAMAGE, *AWKWARD, *CONTENT, *(line for _, line, _ in NOISE), FIRST, SECOND, THIRD, "船与岸", SECOND[:21], SECOND[21:]]  # fmt: skip
TEXTS = st.lists(
    st.tuples(st.sampled_from(PIECES), st.sampled_from(["\n", "\n", "\n", "\n\n", "\r\n", "\n\u3000\u3000", ""])), max_size=9
).map(lambda pieces: "".join(piece + gap for piece, gap in pieces))  # fmt: skip


def documents(*texts: str) -> pl.DataFrame:
    """Rows of raw.documents of which only the text is known."""
    return pl.DataFrame(
        {"document_id": [f"{number:016x}" for number in range(len(texts))], "text": texts}
    ).with_columns(
        *(pl.lit(None, pl.String).alias(name) for name in NULLS),
        source_id=pl.lit("harbour"),
        night=pl.lit(date(2023, 8, 16)),
        format=pl.lit("text"),
    )


def cleaned(raw: pl.DataFrame) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What the stages clean and convert make of documents, each row as its table wants it or empty of Chinese."""
    clean = clean_documents(raw, seeds.table("noise_rules"), seeds.table("sources"), *PAGES)
    canonical = canonical_documents(clean, seeds.table("script_overrides"))
    for table, rows in ((CleanDocument, clean), (CanonicalDocument, canonical)):
        assert set(table.filter(rows, cast=True)[1].counts()) <= HELD_BACK
    return clean.to_dicts(), canonical.to_dicts()


def holds(texts: list[str]) -> None:
    """Nothing breaks, nothing is lost, the same comes out again, and of the last text alone what comes of it among others."""
    raw = documents(*texts)
    clean, canonical = cleaned(raw)
    shown = covered(raw, clean)
    assert [original(row) for row in clean] == shown
    for text, row in zip(shown, clean, strict=True):
        assert all(text[r["start_offset"] : r["end_offset"]] == r["text"] for r in row["removed"])
        assert all(text[r["start_offset"] : r["end_offset"]] == r["before"] for r in row["repairs"])
    assert not any(re.search(f"[{CONTROLS}]", row["body_original"]) for row in clean)
    assert cleaned(raw.tail(1)) == (clean[-1:], canonical[-1:])


def covered(raw: pl.DataFrame, clean: list[dict[str, Any]]) -> list[str]:
    """The texts with every character of what was found in them covered."""
    found = [(row["document_id"], f["start_offset"], f["end_offset"]) for row in clean for f in row["pii"]]
    columns = {"document_id": pl.String, "start_offset": pl.Int64, "end_offset": pl.Int64}
    return pii.mask(raw, pl.DataFrame(found, columns, orient="row"))["text"].to_list()


def test_a_number_parted_from_what_it_counts_is_covered_and_its_article_stays() -> None:
    text = "\n".join(["开渔第一天的码头", FIRST, "渔港去年放映了13800001111部<br>电影，场场有人。", SECOND])
    [clean], [canonical] = cleaned(documents(text))
    assert "放映了●●●●●●●●●●●部电影" in canonical["body_hans"]
    assert [f["raw"] for f in clean["pii"]] == ["13800001111"]
    holds([text])


def test_a_number_broken_over_two_lines_of_another_system_is_covered_alike_before_and_after() -> None:
    holds(["\n".join([FIRST] * 6) + "\n业务QQ:2 20 417 936\r\n2 014 年\n"])


@settings(max_examples=6, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_whatever_comes_in_can_be_rebuilt_and_depends_on_nothing_else(texts: list[str]) -> None:
    holds(texts)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS | st.text(st.characters(exclude_categories=["Cs"]), max_size=200), min_size=1, max_size=4))
def test_whatever_comes_in_and_much_more_of_it(texts: list[str]) -> None:
    holds(texts)
    raw = documents(*texts)
    assert cleaned(raw.reverse()) == cleaned(raw)


def work(raw: pl.DataFrame, monkeypatch: pytest.MonkeyPatch) -> int:
    """What cleaning does, counted: Python's calls, and the rows every join and explode makes.

    Regular expressions are not counted: polars' are linear by construction, those of Python are timed where they are used.
    """
    done = 0

    def counting(name: str) -> Callable[..., pl.DataFrame]:
        method = getattr(pl.DataFrame, name)

        def counted(*arguments: Any, **named: Any) -> pl.DataFrame:
            nonlocal done
            frame = method(*arguments, **named)
            done += frame.height
            return frame

        return counted

    def watch(_frame: object, event: str, _argument: object) -> None:
        nonlocal done
        done += event in ("call", "c_call")

    with monkeypatch.context() as patched:
        for name in ("join", "explode"):
            patched.setattr(pl.DataFrame, name, counting(name))
        sys.setprofile(watch)
        try:
            cleaned(raw)
        finally:
            sys.setprofile(None)
    return done


LONG: dict[str, Callable[[int], str]] = {
    "lines": lambda size: "\n".join(PIECES[number % len(PIECES)] + str(number) for number in range(40 * size)),
    "one line": lambda size: "".join(PIECES[number % len(PIECES)] + str(number) for number in range(40 * size)).replace("\n", ""),
    "paragraphs torn": lambda size: "\n".join((SECOND * 2)[: 30 + number % 40] + f"第{number}" for number in range(40 * size)),
    "pinyin": lambda size: "會(huì)場(chǎng)裡(lǐ)有?guī)ш?duì)" * (100 * size),
    "telephones": lambda size: "电话13800001111，共13800001111吨，手机138\n00001111，" * (40 * size),
}  # fmt: skip


def is_linear(text: Callable[[int], str], monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the second doubling of a text adds about twice the work the first one did."""
    sizes = [documents(text(size)) for size in (4, 8, 16)]
    cleaned(sizes[-1])
    small, double, fourfold = (work(raw, monkeypatch) for raw in sizes)
    # What a text costs whatever its length varies by a hundredth.
    return fourfold - double <= 2.4 * (double - small) + small / 50


def test_twice_the_text_is_twice_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_linear(lambda size: "\n".join(part(size // 4) for part in LONG.values()), monkeypatch)


@pytest.mark.slow
@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_twice_the_text_is_twice_the_work_whatever_it_is_made_of(
    text: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_linear(text, monkeypatch)


def test_of_a_text_with_nothing_in_it_an_empty_row_is_left() -> None:
    texts = ["", "\n \n", "\x00", NOISE[0][1], "\n".join(line for _, line, _ in NOISE)]
    holds(texts)
    assert all(0 <= row["quality_score"] <= 1 for row in cleaned(documents(*texts))[1])
