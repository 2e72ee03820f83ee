"""Characters that are only another's form: of letters in files made for print, of marks in lines set downwards."""

from __future__ import annotations

from unicodedata import normalize

# Simplified radicals that Unicode does not call forms of the characters they look like.
_RADICALS = dict(
    zip(
        "⺟⻁⻄⻅⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻤⻥⻦⻨⻩⻬⻮⻰⻳",
        "母虎西见贝车长门青韦页风飞食马鬼鱼鸟麦黄齐齿龙龟",
        strict=True,
    )
)
_LETTERS = (range(0x2E80, 0x2FD6), range(0xF900, 0xFB00), range(0x2F800, 0x2FA20))
_MARKS = (range(0xFE10, 0xFE1A), range(0xFE30, 0xFE49), range(0xFE50, 0xFE6C), range(0xFF61, 0xFF66))


def _forms(blocks: tuple[range, ...]) -> dict[str, str]:
    """What each character of the blocks is a form of, if that is one character."""
    told = {chr(point): normalize("NFKC", chr(point)) for block in blocks for point in block}
    return {form: meant for form, meant in told.items() if meant != form and len(meant) == 1}


# Radicals and compatibility ideographs for characters, as PDF files and old encodings leave them behind.
LETTERS = _forms(_LETTERS) | _RADICALS
# Vertical, small and half-width punctuation; the leader of two dots is the colon of pages from Hong Kong.
MARKS = _forms(_MARKS) | {"︰": ":"}
