"""Text that was read with the wrong encoding once before: turned back where that is provable, else refused."""

from __future__ import annotations

import re

import polars as pl

from transforms.decode import charset, plausible

GAIN = 0.25  # by how much the text must read better turned back
# UTF-8 bytes of Chinese, read two by two as GBK, give mostly characters whose lead byte is E3..E9 or EF.
_GBK_SIGNS = frozenset(
    bytes((lead, trail)).decode("gbk", "ignore")
    for lead in (0xE3, 0xE4, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9, 0xEF)
    for trail in range(0x80, 0xC0)
) - {""}
_GBK_GATE = ["鐨", "锛", "銆", "涓", "鍥", "鏄", "锘", "鍦", "鍙", "浜", "绗", "锟斤拷", "\ufffd"]
_LATIN_GATE = r"[\u00b0-\u00ff][\u0080-\u00ff\u0152-\u0192\u2013-\u203a\u20ac\u2122]{2}"
# One pattern: a text is gone through once, and this is most of what looking costs.
_GATE = "|".join((*_GBK_GATE, _LATIN_GATE))
_DOUBTFUL = re.compile(_GATE)
# A title or a name is too short to be sure of holding one of the commonest: three of all there are speak as loud.
_THREE_SIGNS = f"(?:[{''.join(sorted(_GBK_SIGNS))}].*?){{3}}"
_SIGN_SHARE = 0.15
_LOST_SHARE = 0.05
_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[\u0080-\u00ff\u0152-\u0192\u2013-\u203a\u20ac\u2122]")


def suspicious(text: pl.Expr) -> pl.Expr:
    """Whether a text holds what a wrong reading leaves behind and clean text seldom does."""
    return text.str.contains(_GATE)


def suspicious_name(text: pl.Expr) -> pl.Expr:
    """The same of a title or a name."""
    return suspicious(text) | text.str.contains(_THREE_SIGNS)


def restored(text: str) -> tuple[str, str | None, str | None]:
    """(text, chain, reason): the text turned back and the chain of encodings, or reason 'mojibake', or neither.

    Provable means: every character goes back to its byte, the bytes are valid in the other encoding, and the result
    reads as Chinese where the text does not. Where it is not all of the text, each paragraph is looked at by itself.
    """
    if _is_garbled(text) and (found := _proved(text)) is not None:
        return *found, None
    turned, chain = _paragraphs_turned(text)
    if turned is None or _is_garbled(turned):
        return text, None, "mojibake"
    return turned, chain, None


def name_restored(name: str) -> tuple[str, str | None, str | None]:
    """The same of a title or a name, in which a lost character or two prove nothing."""
    return restored(name) if _is_misread(name) else (name, None, None)


def _proved(text: str) -> tuple[str, str] | None:
    """(text, chain) of the way back that is proved, if there is one."""
    before = plausible.score(text)
    for chain, turned in _turned_back(text):
        if plausible.score(turned) >= max(charset.THRESHOLD, before + GAIN) and not _is_garbled(turned):
            return turned, chain
    return None


def _paragraphs_turned(text: str) -> tuple[str | None, str | None]:
    """(text, chain) where single paragraphs of a text were read wrongly before; no text where one cannot be proved."""
    paragraphs, chain = text.split("\n"), None
    if len(paragraphs) == 1:
        return text, None
    for at, paragraph in enumerate(paragraphs):
        if _DOUBTFUL.search(paragraph) and _is_misread(paragraph):
            if (found := _proved(paragraph)) is None:
                return None, None
            paragraphs[at], chain = found
    return "\n".join(paragraphs), chain


def _is_garbled(text: str) -> bool:
    """Whether too large a share of the text is made of what wrong readings leave behind."""
    lost = text.count("\ufffd") + 3 * text.count("锟斤拷")
    return _is_misread(text) or lost > _LOST_SHARE * max(20, _visible(text))


def _is_misread(text: str) -> bool:
    """The same of the characters that wrong readings make, whatever they lost."""
    han, latin = _HAN.findall(text), len(_LATIN.findall(text))
    visible = _visible(text)
    return sum(character in _GBK_SIGNS for character in han) > max(2, _SIGN_SHARE * len(han)) or (
        latin > 0.3 * max(10, visible) and len(han) < 0.1 * visible
    )


def _visible(text: str) -> int:
    return sum(1 for character in text if character > " ")


def _turned_back(text: str) -> list[tuple[str, str]]:
    """(chain, text) of every way back that is complete."""
    found: list[tuple[str, str]] = []
    for codec, wrong in (("gbk", _gbk_bytes(text)), ("latin-1", _latin_bytes(text))):
        if wrong is None:
            continue
        decoded = charset.decode(wrong)
        if decoded.reason_code is None and not decoded.encoding.endswith("lossy"):
            found.append((f"{codec}>{decoded.encoding}", decoded.text))
    return found


def _gbk_bytes(text: str) -> bytes | None:
    """The bytes that, read as GBK, gave the text; a lone byte 80 is read as the euro sign by Windows."""
    for variant in (text, text.removeprefix("\ufeff")):
        for codec in ("gbk", "gb18030"):
            try:
                return b"\x80".join(part.encode(codec) for part in variant.split("€"))
            except UnicodeEncodeError:
                continue
    return None


def _latin_bytes(text: str) -> bytes | None:
    """The bytes that, read as Latin-1 or Windows-1252, gave the text."""
    gathered = bytearray()
    for character in text:
        if character <= "\xff":
            gathered.append(ord(character))
            continue
        try:
            gathered += character.encode("cp1252")
        except UnicodeEncodeError:
            return None
    return bytes(gathered)
