"""Records as readers hand them on, and the documents they become."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import polars as pl

from tests.transforms.judgement import FIELDS, WEB
from transforms import decode

ARTICLE = (
    "市图书馆新馆昨天向读者开放\n\n"
    "昨天上午九点，位于河边的市图书馆新馆第一次打开大门，门口排起了长队。馆长周文说：“新馆的座位比老馆多了三倍。”\n"
    "新馆共有六层，藏书两百万册，其中一层是儿童阅览区。记者看到，不少家长带着孩子来办借书证。\n"
)
TRADITIONAL = (
    "市立圖書館新館昨天對外開放\n\n"
    "昨天上午九點，位於河邊的市立圖書館新館第一次打開大門，門口排起了長隊。館長周文說：「新館的座位比舊館多了三倍。」\n"
    "新館共有六層，藏書兩百萬冊，其中一層是兒童閱覽區。記者看到，不少家長帶著孩子來辦借書證。\n"
)
SOURCES = pl.DataFrame({"source_id": ["adhoc", "tw"], "script": [None, "Hant"]})


def record(payload: bytes, form: str = "text", **columns: Any) -> dict[str, Any]:
    return {
        "record_id": "0" * 16,
        "source_id": "adhoc",
        "file_name": "a.txt",
        "file_sha256": "",
        "record_ordinal": 0,
        "night": dt.date(2024, 5, 1),
        "format": form,
        "payload": payload,
    } | columns


def documents(*records: dict[str, Any]) -> list[dict[str, Any]]:
    numbered = [{**row, "record_id": f"{number:016x}"} for number, row in enumerate(records)]
    schema = {"payload": pl.Binary, "format": pl.String, "night": pl.Date, "reason_code": pl.String}
    frame = pl.DataFrame(
        numbered, schema_overrides={name: kind for name, kind in schema.items() if name in numbered[0]}
    )
    return decode.documents(frame, *FIELDS, SOURCES, *WEB).to_dicts()


def from_json(value: Any, **columns: Any) -> dict[str, Any]:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return documents(record(text.encode("utf-8", "surrogatepass"), "json", **columns))[0]
