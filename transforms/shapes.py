"""Patterns as shapes: code says how words stand, `<part>` in a shape is one of the words a seed lists for that part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

# Named groups are written (?P<name>…).
_PLACE = re.compile(r"(?<!P)<(\w+)>")


def alternatives(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The alternatives of each part, in the order of the rows (part, pattern)."""
    parts: dict[str, str] = {}
    for part, pattern in rows:
        parts[part] = f"{parts[part]}|{pattern}" if part in parts else pattern
    return parts


def framed(part: str, parts: Mapping[str, str], frames: Mapping[str, str]) -> str:
    """The words of a part where `frames` says they must stand, else anywhere."""
    return frames.get(part, "{}").replace("{}", parts[part])


def filled(shape: str, parts: Mapping[str, str], frames: Mapping[str, str]) -> str:
    """A shape with the words of the parts it names."""
    return _PLACE.sub(lambda place: f"(?:{framed(place[1], parts, frames)})", shape)
