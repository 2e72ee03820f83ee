"""Characters nobody sees, each spelt once: as they are, so that a set, a table and the class of a pattern can hold them."""

from __future__ import annotations

# Control characters that are no white space: no cleaned text holds one, so that they may stand between texts.
CONTROLS = "".join(map(chr, [*range(9), *range(14, 32), 0x7F]))
# With them what has no width: soft hyphen, zero-width characters and joiners, marks of direction, fillers, byte order mark.
NO_WIDTH = (0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F))
FILLERS = (*range(0x2060, 0x2065), *range(0x2066, 0x206A), 0x3164, 0xFEFF, 0xFFA0)
UNSEEN = CONTROLS + "".join(map(chr, (*NO_WIDTH, *FILLERS)))
# Which of its shapes a character takes, as ranges of a class; that of pictograms (U+FE0F) stays.
SELECTORS = r"\x{FE00}-\x{FE0E}\x{E0100}-\x{E01EF}"
# Code points that are no characters at all, and marks in the searches of `transforms.spans`.
NO_CHARACTERS = "".join(map(chr, [*range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF]))
