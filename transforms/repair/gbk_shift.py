"""Byte shift: pinyin injected into GBK bytes where it cut a character in half, so that the text ran out of step.

The page's program replaced the two bytes of X by X(py) wherever they stood, also across two characters. The half byte
before the bracket came out as '?' together with the bracket, and every later pair of bytes was read one byte late
until a second such break. The pinyin tells which X it was, so the lost bytes can be found again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log

import polars as pl

from transforms.hanzi import HAN
from transforms.lines import folding
from transforms.repair.readings import PLAIN, SYLLABLE, TONED, keys, syllables
from transforms.spans import as_edits, no_edits

# Some decoders give the bracket back behind the '?'.
CUT = rf"\p{{Han}}\?[(（]?{SYLLABLE}[)）]"
_TOKEN = re.compile(rf"\?[(（]?(?P<lost>{SYLLABLE})[)）]|[(（](?P<seen>{SYLLABLE})[)）]")
_LETTER_BEHIND = re.compile(rf"\?[(（]?{SYLLABLE}[)）][@-~]")
_TONELESS = str.maketrans(TONED + "ü", PLAIN.replace("ü", "u") + "u")
MAX_RUN = 120
BEAM = 80
# A lost byte without a reading may be any: only the best readings so far are worth the guess.
GUESSES = 6
CONTEXT = 6
# Readings and words whose weight is kept: a worker lives as long as a night.
REMEMBERED = 1 << 16
# Mean log frequency per character that real text reaches and a wrong decoding does not.
PLAUSIBLE = -9.5
# Log frequency per character that every word of a healed span reaches, and one that is a single character. Where a pair
# of bytes went without a trace in the middle of a span the rest still decodes, into what is no word: of spans broken on
# purpose two in five came out wrong without these bounds, one in eight with them.
FAMILIAR, ALONE = -10.5, -8.5
# A byte that no reading vouches for is believed only where one decoding stands out by this much.
MARGIN = 0.35
_MARKS = "。，、；：？！“”‘’《》（）—…·"


@dataclass(frozen=True)
class Shift:
    """A damaged span of a line, the characters it stood for, and their mean log frequency."""

    start: int
    end: int
    after: str
    plausibility: float


def gbk_shift_edits(lines: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
    """Repairs for `lines` (doc, line, text), and the docs in which a cut was found but could not be healed."""
    picked = lines.filter(pl.col("text").str.contains(CUT))
    if picked.is_empty():
        return no_edits(), pl.Series("doc", [], dtype=lines.schema["doc"])
    rows: list[tuple[int, int, int, str, float]] = []
    broken: list[int] = []
    for doc, line, text in picked.select("doc", "line", "text").iter_rows():
        shifts, failed = mend(text)
        rows += [(line, s.start, s.end, s.after, s.plausibility) for s in shifts]
        broken += [doc] if failed else []
    columns = {"line": pl.UInt32, "start": pl.Int64, "end": pl.Int64, "after": pl.String, "plausibility": pl.Float64}
    edits = as_edits(
        pl.DataFrame(rows, schema=columns, orient="row").with_columns(
            confidence=((pl.col("plausibility") + 12) / 8).clip(0, 1).round(3)
        ),
        after=pl.col("after"),
        kind="gbk_shift",
        rule_id="gbk_shift",
        confidence=pl.col("confidence"),
    )
    return edits, pl.Series("doc", broken, dtype=lines.schema["doc"])


def mend(text: str) -> tuple[list[Shift], bool]:
    """The spans of one line that were read out of step, healed; and whether one stayed that could not be."""
    shifts: list[Shift] = []
    failed = False
    position = 0
    for found in re.finditer(rf"(?<=[{HAN}{_MARKS}])\?[(（]?(?P<reading>{SYLLABLE})[)）]", text):
        if found.start() < position:
            continue
        if found["reading"].translate(_TONELESS) not in syllables():
            continue
        shift = _heal(text, found.start())
        if shift is None:
            failed = True
        else:
            shifts.append(shift)
            position = shift.end
    return shifts, failed


@dataclass(frozen=True)
class _Reading:
    """One way to read the bytes so far: what is decoded, and the first byte of a character still open."""

    decoded: str
    pending: int | None
    last: int


def _heal(text: str, start: int) -> Shift | None:
    """The most plausible decoding of the run that begins at the '?' of `text`, None if none is plausible."""
    try:
        last = text[start - 1].encode("gbk")[-1]
    except UnicodeEncodeError:
        return None
    left = _visible(text[max(0, start - CONTEXT) : start])
    states = [_Reading("", None, last)]
    position = start
    # 年?duì)I收: a letter behind the bracket is the second half of one character, and nothing else is out of step.
    behind = _LETTER_BEHIND.match(text, start)
    whole = behind.end() if behind else -1
    while position < min(len(text), start + MAX_RUN):
        states, position = _step(states, text, position)
        if not states:
            return None
        if len(states) > BEAM:
            states = sorted(states, key=lambda s: -plausibility(left + s.decoded))[:BEAM]
        complete = [s for s in states if s.pending is None]
        if position == whole and complete and text[position : position + 1] > "~":
            ranked = _ranked(complete, left, text, position)
            score, decoded = ranked[0]
            is_sure = len(ranked) == 1 or score - ranked[1][0] >= MARGIN
            if score >= PLAUSIBLE and is_sure and _is_common(decoded):
                return Shift(start, position, decoded, score)
        if complete and len(complete[0].decoded) > 1:
            ranked = _ranked(complete, left, text, position)
            score, decoded = ranked[0]
            right = _visible(text[position : position + CONTEXT])
            guessed = "?" in _TOKEN.sub("", text[start:position])
            unsure = guessed and len(ranked) > 1 and score - ranked[1][0] < MARGIN
            is_text = score >= PLAUSIBLE and is_familiar(left, decoded, right)
            return Shift(start, position, decoded, score) if is_text and not unsure else None
    return None


def _is_common(character: str) -> bool:
    """Whether it stands on the first level of GB 2312 or of Big5, where the characters of everyday writing are."""
    for coding, last in (("gb2312", 0xD7), ("big5", 0xC6)):
        try:
            if character.encode(coding)[0] <= last:
                return True
        except UnicodeEncodeError:
            continue
    return False


def _ranked(complete: list[_Reading], left: str, text: str, position: int) -> list[tuple[float, str]]:
    """How plausible each reading is between what stands before and behind it, the best first."""
    right = _visible(text[position : position + CONTEXT])
    return sorted(((plausibility(left + s.decoded + right), s.decoded) for s in complete), reverse=True)


def _step(states: list[_Reading], text: str, position: int) -> tuple[list[_Reading], int]:
    """Read one token of the run: an annotation with its lost byte, an annotation between bytes, or a character."""
    token = _TOKEN.match(text, position)
    if token and token["lost"]:
        reading = token["lost"].translate(_TONELESS)
        return [new for s in states for new in _lost_byte(s, reading)], token.end()
    if token and token["seen"]:
        reading = token["seen"].translate(_TONELESS)
        return [new for s in states for new in _between(s, reading)], token.end()
    character = text[position]
    if character == "?":
        best = sorted(states, key=lambda s: -plausibility(s.decoded))[:GUESSES]
        return [new for s in best for new in _lost_byte(s, None)], position + 1
    try:
        given = character.encode("gbk")
    except UnicodeEncodeError:
        return [], position
    if len(given) == 1 and not 0x40 <= given[0] <= 0x7E:
        return [], position
    kept = [s for s in (_feed(s, given) for s in states) if s is not None]
    return kept, position + 1


def _lost_byte(state: _Reading, reading: str | None) -> list[_Reading]:
    """The byte before a bracket went lost: with the byte before it, it spells a character of that reading."""
    fits = [
        byte
        for byte in range(0x40, 0xFF)
        if (pair := _pair(state.last, byte)) is not None and (reading is None or pair + reading in keys())
    ]
    if reading is None:
        fits = [byte for byte in range(0x40, 0xFF) if byte != 0x7F]
    return [new for byte in fits if (new := _feed(state, bytes((byte,)))) is not None]


def _between(state: _Reading, reading: str) -> list[_Reading]:
    """A whole annotation inside the run: it stands behind the last two bytes, or a byte was dropped without a trace."""
    dropped = _lost_byte(state, reading) if state.pending is not None else []
    return [state, *dropped]


def _feed(state: _Reading, given: bytes) -> _Reading | None:
    """The reading after more bytes, None if they spell no Chinese text."""
    decoded, pending = state.decoded, state.pending
    for byte in given:
        if pending is None:
            pending = byte
        else:
            character = _pair(pending, byte)
            if character is None:
                return None
            decoded, pending = decoded + character, None
    return _Reading(decoded, pending, given[-1])


@cache
def _pair(first: int, second: int) -> str | None:
    """The Chinese character or mark of two GBK bytes."""
    try:
        character = bytes((first, second)).decode("gbk")
    except UnicodeDecodeError:
        return None
    is_text = len(character) == 1 and ("\u4e00" <= character <= "\u9fff" or character in _MARKS)
    return character if is_text else None


def _visible(context: str) -> str:
    """Context without annotations, cut where an incomplete one begins."""
    return re.sub(rf"[^{HAN}].*$", "", re.sub(rf"[?(（]{{1,2}}{SYLLABLE}[)）]", "", context)) if context else ""


@lru_cache(maxsize=REMEMBERED)
def plausibility(text: str) -> float:
    """Mean log frequency per character of the words of `text`, in Simplified, by a dictionary of modern Chinese."""
    runs = _words(text)
    characters = sum(len(word) for _, words in runs for word in words)
    if not characters:
        return 0.0
    total = sum(word_weight(word) for _, words in runs for word in words)
    return (total - 4.0 * (len(runs) - 1)) / characters


def is_familiar(left: str, decoded: str, right: str) -> bool:
    """Whether every word that `decoded` has a part in is one that people write."""
    first, last = len(left), len(left) + len(decoded)
    for position, words in _words(left + decoded + right):
        for word in words:
            is_touched = position < last and position + len(word) > first
            if is_touched and word_weight(word) / len(word) < (ALONE if len(word) == 1 else FAMILIAR):
                return False
            position += len(word)
    return True


def _words(text: str) -> list[tuple[int, list[str]]]:
    """Where each run of Chinese characters begins, and its words in Simplified."""
    import rjieba

    runs = re.finditer(f"[{HAN}\U00020000-\U0003ffff]+", text.translate(_simplified()))
    return [(run.start(), rjieba.cut(run.group(), False)) for run in runs]


@cache
def _simplified() -> dict[int, str]:
    return str.maketrans(dict(zip(*folding(), strict=True)))


@lru_cache(maxsize=REMEMBERED)
def word_weight(word: str) -> float:
    """Log probability of a dictionary word; a word it does not know counts as the rarest, per character."""
    import rjieba

    if not rjieba.has_word(word):
        return -17.0 * len(word)
    return log(max(1, rjieba.suggest_freq(word)) / 60_000_000)
