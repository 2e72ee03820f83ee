"""The fields of a structured record, found under the names sources commonly give them."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import polars as pl

MEANINGS = ("id", "title", "text", "published", "url", "outlet", "author", "section", "status", "retracted")
# Names an embedded object gives its own label, {"author": {"name": …}}; with a $, as MongoDB tells what JSON cannot.
_LABELS = ("name", "title", "label", "value", "text", "$date", "$oid", "$numberLong")
_JOINTS = {"text": "\n"}
_UNMARKED = re.compile(r"[\s_-]+")

Object = Mapping[str, Any]
Path = tuple[str, ...]
"""Where a value stands: a key of the record, or the keys that lead to it through embedded objects."""

IGNORED = "ignored"


class BadFieldMap(ValueError):
    """A field map that cannot be understood."""


class Drift(NamedTuple):
    """How a record differs from what its source is known to send."""

    unknown: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def normal(name: str) -> str:
    """The form in which field names are compared: 'publishTime', 'publish-time', 'PUBLISH_TIME' are one name."""
    return _UNMARKED.sub("", name).lower()


def field_map(text: str | None) -> dict[str, tuple[str, ...]]:
    """{meaning: names, best first} of a map as sources.csv has it: 'title=head; text=story.body|text; ignored=views'.

    Raises BadFieldMap.
    """
    found: dict[str, tuple[str, ...]] = {}
    for part in filter(None, map(str.strip, (text or "").split(";"))):
        meaning, _, names = (piece.strip() for piece in part.partition("="))
        if meaning not in (*MEANINGS, IGNORED) or meaning in found or not names:
            raise BadFieldMap(f"{part!r} in a field map; write meaning=name|name, meanings: {', '.join(MEANINGS)}")
        found[meaning] = tuple(filter(None, map(str.strip, names.split("|"))))
    return found


class FieldNames:
    """The names of the fields of one source, ready to find the values of records of one shape after the other.

    A meaning the source's own map names stands where the map says and nowhere else; the others under the usual names.
    """

    def __init__(self, table: pl.DataFrame, own: str | None = None) -> None:
        """`table` has the columns of ref.field_names, ranks may be text; `own` is a map as `field_map` reads it."""
        rows = table.select("meaning", "field_name", pl.col("rank").cast(pl.Int64)).rows()
        self._ranks = {(meaning, normal(name)): rank for meaning, name, rank in rows}
        self._known = {name for _, name in self._ranks}
        self._described = self._ranks["text", "description"]
        self._own = field_map(own)
        self._ignored = frozenset(self._own.pop(IGNORED, ()))
        self._first_keys = {name.partition(".")[0] for names in self._own.values() for name in names}
        self._first_keys |= {name for names in self._own.values() for name in names}
        self._places = lru_cache(maxsize=1024)(self._find_places)
        self._unknown = lru_cache(maxsize=1024)(self._find_unknown)

    def rank(self, meaning: str, name: str) -> int | None:
        """How early a field of this name is asked for this meaning; None if it does not state it."""
        if meaning in self._own:
            return self._own[meaning].index(name) + 1 if name in self._own[meaning] else None
        return self._ranks.get((meaning, normal(name)))

    def states_article(self, record: object) -> bool:
        """Whether an object names a text or a title itself or in an object embedded in it."""
        if not isinstance(record, dict):
            return False
        places = self.places(record)
        return any(_stands(record, path) for meaning in ("text", "title") for path in places.get(meaning, ()))

    def states_text(self, record: object) -> bool:
        """Whether an object names a text itself, not in an object embedded in it."""
        return isinstance(record, dict) and any(self.rank("text", name) for name in record)

    def states_body(self, record: object) -> bool:
        """Whether an object names a text that is that of an article: a description may as well be one of a whole feed."""
        ranks = [self.rank("text", name) for name in record] if isinstance(record, dict) else []
        return any(rank is not None and rank < self._described for rank in ranks)

    def places(self, record: Object) -> dict[str, tuple[Path, ...]]:
        """For every meaning that has any: where its value may stand, best first: rank before depth before order."""
        inner = tuple([(key, tuple(value)) for key, value in record.items() if type(value) is dict])
        return self._places(tuple(record), inner)

    def _find_places(
        self, keys: tuple[str, ...], inner: tuple[tuple[str, tuple[str, ...]], ...]
    ) -> dict[str, tuple[Path, ...]]:
        embedded = [(outer, names) for outer, names in inner if self._embeds_article(outer, names)]
        paths: list[Path] = [(key,) for key in keys]
        paths += [(outer, name) for outer, names in embedded for name in names]
        found: dict[str, tuple[Path, ...]] = {}
        for meaning in MEANINGS:
            if meaning in self._own:
                # A name with a dot in it is a name before it is a way.
                ways = [(name,) if name in keys else tuple(name.split(".")) for name in self._own[meaning]]
                found[meaning] = tuple(way for way in ways if way[0] in keys)
                continue
            ranked = [(rank, path) for path in paths if (rank := self.rank(meaning, path[-1])) is not None]
            found[meaning] = tuple(path for _, path in sorted(ranked, key=lambda pair: pair[0]))
        return {meaning: ways for meaning, ways in found.items() if ways}

    def _embeds_article(self, outer: str, names: tuple[str, ...]) -> bool:
        """An embedded object is the article itself, not a property of it: {"detail": {"title": …, "content": …}}."""
        is_property = normal(outer) in self._known and self.rank("text", outer) is None
        return not is_property and any(self.rank("text", name) for name in names)

    def values(self, record: Object) -> dict[str, str]:
        """The record's values as text, one per meaning it states."""
        found: dict[str, str] = {}
        for meaning, paths in self.places(record).items():
            for path in paths:
                value = record[path[0]] if len(path) == 1 else _at(record, path)
                # Nearly every value is a plain string; this loop is what reading a record costs.
                is_plain = type(value) is str and "\x00" not in value and not value.isspace()
                text = (value or None) if is_plain else as_text(value, _JOINTS.get(meaning, "、"))
                if text is not None:
                    found[meaning] = text
                    break
        return found

    def drift(self, record: Object) -> Drift:
        """The fields of a record nobody named, and the meanings that should be there and are not.

        Those of the source's own map should be, without one the text; a retraction has no more than what names it.
        """
        places = self.places(record)
        wanted = ("id",) if "status" in places or "retracted" in places else tuple(self._own) or ("text",)
        missing = tuple(m for m in wanted if m in MEANINGS and not any(_stands(record, p) for p in places.get(m, ())))
        return Drift(self._unknown(tuple(record)), () if wanted == ("id",) and "url" in places else missing)

    def _find_unknown(self, keys: tuple[str, ...]) -> tuple[str, ...]:
        named = self._first_keys | self._ignored
        return tuple(sorted(key for key in keys if key not in named and normal(key) not in self._known))


def _at(record: Object, path: Path) -> Any:
    """What stands at the end of a way through embedded objects; None where it breaks off."""
    value: Any = record
    for key in path:
        if not isinstance(value, dict) or key not in value:
            return None
        value = value[key]
    return value


def _stands(record: Object, path: Path) -> bool:
    """Whether a record has the field, though it may state nothing."""
    *outside, key = path
    outer = _at(record, tuple(outside)) if outside else record
    return isinstance(outer, dict) and key in outer


def as_text(value: Any, joint: str = "、") -> str | None:
    """A JSON value as text: numbers as written, lists joined, objects by their label; None where it states nothing."""
    if isinstance(value, str):
        text = value.replace("\x00", "")
        return text if text and not text.isspace() else None
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, list):
        parts = [part for item in value[:10_000] if (part := _item_text(item)) is not None]
        return joint.join(parts) or None
    if isinstance(value, dict):
        return _item_text(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _item_text(item: Any) -> str | None:
    """A list item or embedded object as text; deeper structure states nothing."""
    if not isinstance(item, dict):
        return None if isinstance(item, list) else as_text(item)
    labels = (item[label] for label in _LABELS if label in item)
    texts: Iterator[str | None] = (as_text(label) for label in labels if not isinstance(label, dict | list))
    return next((text for text in texts if text is not None), None)
