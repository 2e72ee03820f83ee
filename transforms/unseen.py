"""Characters nobody sees, each spelt once: as they are, so that a set, a table and the class of a pattern can hold them."""

from __future__ import annotations

# Control characters that are no white space: no cleaned text holds one, so that they may stand between texts.
CONTROLS = "".join(map(chr, [*range(9), *range(14, 32), 0x7F]))
# With them what has no width: soft hyphen, zero-width characters, byte order mark.
UNSEEN = CONTROLS + "\xad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
# Code points that are no characters at all, and marks in the searches of `transforms.spans`.
NO_CHARACTERS = "".join(map(chr, [*range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF]))
