"""The native converter gives what the engines it replaces give."""

import json
import re

import opencc
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.material import material
from transforms.script import Converter, traditional

TEXTS = st.text(alphabet="后後发發髮里裡裏干乾幹系係台臺面麵只隻了瞭信息支持通过软件资讯內核心著着 ，。\n", max_size=40)


def test_rows_keep_their_order_and_nulls() -> None:
    texts = pl.Series("name", ["頭髮", None, "", "發展\n後來"])
    assert Converter("t2s").convert(texts).to_list() == ["头发", None, "", "发展\n后来"]


def test_a_text_with_the_private_marks_converts_too() -> None:
    assert Converter("s2twp").convert(pl.Series(["软件\x1e头发", "网络\ue0fd信息"])).to_list() == [
        "軟體\x1e頭髮",
        "網路\ue0fd資訊",
    ]


def test_segments_fence_off_later_dictionaries() -> None:
    assert Converter("s2twp").convert(pl.Series(["安装软件"])).to_list() == ["安裝軟體"]


@pytest.mark.parametrize("config", ["t2s", "tw2sp", "hk2s"])
@settings(max_examples=40)
@given(texts=st.lists(TEXTS, min_size=1, max_size=5))
def test_reimplemented_equals_the_library(config: str, texts: list[str]) -> None:
    library = opencc.OpenCC(config)
    assert Converter(config, "reimplemented").convert(pl.Series(texts)).to_list() == [
        library.convert(text) for text in texts
    ]


def test_current_dictionaries_meet_every_published_case() -> None:
    [cases] = material("data/conversion/opencc_testcases.json")
    text = re.sub(r"(?m)^\s*//.*$", "", cases.read_text(encoding="utf-8"))
    cases = json.loads(re.sub(r",(\s*[}\]])", r"\1", text))["cases"]
    expected = [(config, case["input"], want) for case in cases for config, want in case["expected"].items()]
    wrong = []
    for config in sorted({config for config, _, _ in expected}):
        mine = [(given_text, want) for name, given_text, want in expected if name == config]
        got = Converter(config).convert(pl.Series([given_text for given_text, _ in mine]))
        wrong += [
            (config, given_text)
            for (given_text, want), result in zip(mine, got, strict=True)
            if result not in ([want] if isinstance(want, str) else want)
        ]
    assert wrong == []
    assert len(expected) > 500


def test_traditional_is_open_ccs_standard() -> None:
    assert traditional(pl.Series(["头发发展", None])).to_list() == ["頭髮發展", None]
