"""Identifiers: what names a record, a document, an article, from what it is."""

from __future__ import annotations

import hashlib

SEPARATOR = "\x1f"
LETTERS = "abcdef"


def lettered(hexadecimal: str) -> str:
    """The same digits, the first turned into a letter.

    Spreadsheets read 12345e7890123456 as a number, and eleven digits look like a telephone number to whoever searches
    for personal data; an identifier that begins with a letter is neither.
    """
    return LETTERS[int(hexadecimal[0], 16) % 6] + hexadecimal[1:]


def identifier_of(*parts: str | int) -> str:
    """16 hexadecimal digits that name these parts: equal parts, equal identifier, on any machine."""
    return identifier_of_bytes(SEPARATOR.join(map(str, parts)).encode("utf-8", "surrogatepass"))


def identifier_of_bytes(told: bytes) -> str:
    """The same for parts joined and in UTF-8 already."""
    return lettered(hashlib.sha256(told).hexdigest()[:16])
