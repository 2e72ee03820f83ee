"""Bytes to text: a byte order mark decides, then UTF-8, then plausibility; a declaration is only a hint."""

from __future__ import annotations

import re
from typing import NamedTuple

from transforms.decode import euc_tw, plausible
from transforms.unseen import CONTROLS

THRESHOLD = 0.45  # below: not Chinese prose in this reading
CERTAIN = 0.65  # no text of more than a few words reads so well in two encodings
MARGIN = 0.05  # between the two best readings, else it would be a guess
GAIN_OF_RARE = 0.15  # by how much an encoding hardly anybody writes must read better than the others
HINT = 0.08  # what a declaration adds to the reading it names
LOSS_SHARE = 0.005  # characters that may be lost before a reading is refused
CONTROL_SHARE = 0.1
# Zero bytes a text may have picked up on its way; more are the mark of a file that is none.
STRAY_ZEROS, STRAY_SHARE = 2, 0.001

BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# Big5 has its slash twice; what Windows reads as a division sign is written for either: 記者∕台北報導.
DIVISION, SLASH = "∕", "／"
# Python's codec for each name we report: big5 as Windows and the web write it.
CODECS = {"utf-8": "utf-8", "gb18030": "gb18030", "big5": "cp950", "big5hkscs": "big5hkscs"}
FAMILY = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "cp936": "gb18030", "x-gbk": "gb18030",
    "big5": "big5", "big5-hkscs": "big5", "cp950": "big5", "big5hkscs": "big5", "x-x-big5": "big5",
}  # fmt: skip
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]+)""", re.IGNORECASE)
_CONTROL = re.compile(f"[{CONTROLS}]")


class Decoded(NamedTuple):
    """Text and the encoding it was read with, or a reason code and no text."""

    text: str
    encoding: str
    reason_code: str | None


UNDECODABLE = Decoded("", "unknown", "undecodable")


def decode(payload: bytes, hint: str | None = None) -> Decoded:
    """The text of a record. `hint` is a family, 'gb18030' or 'big5', as a page or a source declares it: it decides where
    readings are about as plausible, as those of single words are.

    Reason code 'undecodable' where no reading is plausible, where two are equally so, or where the bytes are no text.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if payload.startswith(mark):
            return _strict(payload[len(mark) :], encoding)
    if (text := _utf8_with_zeros(payload)) is not None:
        return _text(text, "utf-8")
    encoding = utf16_without_mark(payload)
    if encoding is not None:
        return _strict(payload, encoding)
    if are_stray(payload):
        payload = payload.replace(b"\x00", b"")
    try:
        return _text(payload.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        found = _with_surrogates(payload) or _most_plausible(payload, hint)
        return found if found.reason_code is None else _line_by_line(payload, hint) or found


def are_stray(payload: bytes) -> bool:
    """Whether the zero bytes among these are so few that they came by accident: nobody sees them, they are left out."""
    return payload.count(b"\x00") <= max(STRAY_ZEROS, STRAY_SHARE * len(payload))


def _utf8_with_zeros(payload: bytes) -> str | None:
    """What reads as UTF-8 but for stray zero bytes, without them. UTF-16 is no UTF-8, or has a zero to every letter."""
    if b"\x00" not in payload or not are_stray(payload):
        return None
    try:
        return payload.replace(b"\x00", b"").decode("utf-8")
    except UnicodeDecodeError:
        return None


def utf16_without_mark(payload: bytes) -> str | None:
    """'utf-16-le' or 'utf-16-be' where bytes with zeros among them read as UTF-16 without a mark, else None."""
    head = payload[: 4096 - 4096 % 2]
    if b"\x00" not in head or len(payload) % 2:
        return None
    readings = ((head.decode(codec, "replace"), codec) for codec in ("utf-16-le", "utf-16-be"))
    score, encoding = max((plausible.score(text, ascii_weight=0.5), codec) for text, codec in readings)
    return encoding if score >= THRESHOLD else None


def declared(payload: bytes) -> str | None:
    """The family a page names in its meta element or XML prolog: 'gb18030', 'big5' or None."""
    found = _DECLARED.search(payload[:4096])
    return FAMILY.get(found[1].decode("ascii").lower()) if found else None


def is_binary(head: bytes, *, zeros_refused: bool = True) -> bool:
    """Whether the first bytes of a file belong to no text: zero bytes outside UTF-16, or too many control bytes."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or utf16_without_mark(head[: len(head) // 2 * 2]) is not None:
        return False
    control = len(head) - len(head.translate(None, CONTROLS.encode()))
    return (zeros_refused and not are_stray(head)) or control > CONTROL_SHARE * len(head)


def _control_share(text: str) -> float:
    return len(_CONTROL.findall(text)) / max(1, len(text))


def _text(text: str, encoding: str) -> Decoded:
    """The reading, unless it is full of control characters or zero bytes."""
    if "\x00" in text or _control_share(text) > CONTROL_SHARE:
        return UNDECODABLE
    return Decoded(text.removeprefix("\ufeff"), encoding, None)


def _strict(payload: bytes, encoding: str) -> Decoded:
    """The reading a byte order mark promises; a file cut within its last character loses just that."""
    text = payload.decode(encoding, "replace")
    if text.count("\ufffd") > max(1, LOSS_SHARE * len(text)):
        return UNDECODABLE
    return _text(text, encoding)


def _reading(payload: bytes, encoding: str) -> tuple[float, str, str] | None:
    """(score, encoding, text) of one reading; None where more than a few characters are lost."""
    text = payload.decode(CODECS[encoding], "replace")
    if encoding == "big5":
        text = text.replace(DIVISION, SLASH)
    lost = text.count("\ufffd")
    if lost > max(1, LOSS_SHARE * len(text)):
        return None
    return plausible.score(text), encoding if not lost else f"{encoding}-lossy", text


def _most_plausible(payload: bytes, hint: str | None) -> Decoded:
    """The reading that looks most like Chinese; none where nothing does or two do."""
    best: dict[str, tuple[float, str, str]] = {}
    for encoding in CODECS:
        reading = _reading(payload, encoding)
        if reading is None:
            continue
        family = FAMILY.get(encoding, encoding)
        if reading[0] >= CERTAIN and hint in (None, family) and not reading[1].endswith("lossy"):
            return _text(reading[2], reading[1])
        value = reading[0] + (HINT if family == hint else 0) - (0.02 if reading[1].endswith("lossy") else 0)
        if family not in best or value > best[family][0]:
            best[family] = (value, *reading[1:])
    ranked = sorted(best.values(), reverse=True)
    if not ranked or ranked[0][0] < CERTAIN:
        old = _old_unix(payload)
        if old is not None and (not ranked or plausible.score(old) >= ranked[0][0] + GAIN_OF_RARE):
            return _text(old, "euc-tw")
    if not ranked or ranked[0][0] < THRESHOLD:
        return _bare_utf16(payload)
    if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < MARGIN:
        return UNDECODABLE
    return _text(ranked[0][2], ranked[0][1])


def _with_surrogates(payload: bytes) -> Decoded | None:
    """UTF-8 in which a program wrote halves of characters: two make one, a lone one is lost. None for other bytes."""
    try:
        text = payload.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _text(text, "utf-8-lossy" if "\ufffd" in text else "utf-8") if plausible.score(text) >= THRESHOLD else None


def _line_by_line(payload: bytes, hint: str | None) -> Decoded | None:
    """A text glued from two encodings: lines in UTF-8, the others in one that each reads well in.

    A line that changes its encoding in the middle does not, and then nothing of the text is certain.
    """
    lines = payload.splitlines(keepends=True)
    utf8 = {at: line for at, line in enumerate(lines) if _is_utf8(line)}
    others = {at: line for at, line in enumerate(lines) if at not in utf8}
    told = b"".join(utf8.values()).decode("utf-8")
    if plausible.score(told) < THRESHOLD:
        return None
    rest = _most_plausible(b"".join(others.values()), hint)
    if rest.reason_code is not None or rest.encoding not in CODECS:
        return None
    read = {at: line.decode(CODECS[rest.encoding]) for at, line in others.items()}
    if min(map(plausible.score, read.values())) < CERTAIN:
        return None
    whole = "".join(read[at] if at in read else utf8[at].decode("utf-8") for at in range(len(lines)))
    return _text(whole, f"utf-8+{rest.encoding}")


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _old_unix(payload: bytes) -> str | None:
    """The reading as EUC-TW where it is certain: every character there is, and prose."""
    text = euc_tw.decode(payload)
    return text if "\ufffd" not in text and plausible.score(text) >= CERTAIN else None


def _bare_utf16(payload: bytes) -> Decoded:
    """UTF-16 without a mark and without one ASCII character: pure Chinese, told by plausibility alone."""
    if len(payload) % 2 or len(payload) < 16:
        return UNDECODABLE
    readings = ((payload.decode(codec, "replace"), codec) for codec in ("utf-16-le", "utf-16-be"))
    score, text, encoding = max((plausible.score(text), text, codec) for text, codec in readings)
    return _text(text, encoding) if score >= THRESHOLD + 0.1 and "\ufffd" not in text else UNDECODABLE
