"""The fields of a structured record, found under the names sources commonly give them."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import polars as pl

MEANINGS = ("id", "title", "text", "published", "url", "outlet", "author", "section", "status", "retracted")
# Names an embedded object gives its own label: {"author": {"name": …}}.
_LABELS = ("name", "title", "label", "value", "text")
_JOINTS = {"text": "\n"}
_UNMARKED = re.compile(r"[\s_-]+")
_SURROGATE = re.compile("[\ud800-\udfff]")

Object = Mapping[str, Any]


class Place(NamedTuple):
    """Where a value may stand: a key of the record, or a key of an object embedded under `outer`."""

    outer: str | None
    key: str


def normal(name: str) -> str:
    """The form in which field names are compared: 'publishTime', 'publish-time', 'PUBLISH_TIME' are one name."""
    return _UNMARKED.sub("", name).lower()


class FieldNames:
    """The seed table of field names, ready to find the fields of records of one shape after the other."""

    def __init__(self, table: pl.DataFrame) -> None:
        """`table` has the columns of ref.field_names; ranks may be text."""
        rows = table.select("meaning", "field_name", pl.col("rank").cast(pl.Int64)).rows()
        self._ranks = {(meaning, normal(name)): rank for meaning, name, rank in rows}
        self._known = {name for _, name in self._ranks}
        self._places = lru_cache(maxsize=1024)(self._find_places)

    def rank(self, meaning: str, name: str) -> int | None:
        """How early a field of this name is asked for this meaning; None if it does not state it."""
        return self._ranks.get((meaning, normal(name)))

    def states_article(self, record: object) -> bool:
        """Whether an object names a text or a title itself or in an object embedded in it."""
        if not isinstance(record, dict):
            return False
        places = self.places(record)
        return bool(places["text"] or places["title"])

    def places(self, record: Object) -> dict[str, tuple[Place, ...]]:
        """For every meaning where its value may stand, best first: rank before depth before order."""
        inner = tuple((key, tuple(value)) for key, value in record.items() if isinstance(value, dict))
        return self._places(tuple(record), inner)

    def _find_places(
        self, keys: tuple[str, ...], inner: tuple[tuple[str, tuple[str, ...]], ...]
    ) -> dict[str, tuple[Place, ...]]:
        embedded = [(outer, names) for outer, names in inner if self._embeds_article(outer, names)]
        places = [Place(None, key) for key in keys]
        places += [Place(outer, name) for outer, names in embedded for name in names]
        found: dict[str, tuple[Place, ...]] = {}
        for meaning in MEANINGS:
            ranked = [(rank, place) for place in places if (rank := self.rank(meaning, place.key)) is not None]
            found[meaning] = tuple(place for _, place in sorted(ranked, key=lambda pair: pair[0]))
        return found

    def _embeds_article(self, outer: str, names: tuple[str, ...]) -> bool:
        """An embedded object is the article itself, not a property of it: {"detail": {"title": …, "content": …}}."""
        is_property = normal(outer) in self._known and self.rank("text", outer) is None
        return not is_property and any(self.rank("text", name) for name in names)

    def values(self, record: Object) -> dict[str, str | None]:
        """The record's values as text, one per meaning; None where the record states none."""
        return {meaning: self._first(record, meaning, places) for meaning, places in self.places(record).items()}

    @staticmethod
    def _first(record: Object, meaning: str, places: tuple[Place, ...]) -> str | None:
        for outer, key in places:
            value = record[key] if outer is None else record[outer][key]
            text = as_text(value, _JOINTS.get(meaning, "、"))
            if text is not None:
                return text
        return None


def as_text(value: Any, joint: str = "、") -> str | None:
    """A JSON value as text: numbers as written, lists joined, objects by their label; None where it states nothing."""
    if isinstance(value, str):
        text = _SURROGATE.sub("\ufffd", value) if not value.isascii() and _SURROGATE.search(value) else value
        text = text.replace("\x00", "")
        return text if text and not text.isspace() else None
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, list):
        parts = [part for item in value[:10_000] if (part := _item_text(item)) is not None]
        return joint.join(parts) or None
    if isinstance(value, dict):
        return _item_text(value)
    return json.dumps(value, ensure_ascii=False)


def _item_text(item: Any) -> str | None:
    """A list item or embedded object as text; deeper structure states nothing."""
    if not isinstance(item, dict):
        return None if isinstance(item, list) else as_text(item)
    labels = (item[label] for label in _LABELS if label in item)
    texts: Iterator[str | None] = (as_text(label) for label in labels if not isinstance(label, dict | list))
    return next((text for text in texts if text is not None), None)
