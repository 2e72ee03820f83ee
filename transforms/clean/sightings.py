"""Where lines hold the cues of noise rules: every cue of every rule looked for in one pass over numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from string import ascii_uppercase

import numpy as np
import numpy.typing as npt
import polars as pl

from transforms.clean.cues import ANYWHERE, STOP, signs_of
from transforms.points import CODE_POINTS, PAIR_BITS, Numbers, Points, joint, points, ranges

# A rule for whole lines shows its cue within so many characters of the beginning of a line, most within the fewest.
REACHES = (48, 144, ANYWHERE)
# Heads and tails of a line that spans are looked for in.
REACH = 90
# A longer line is prose or a link farm; no rule for whole lines looks at it.
LONGEST = 420
# Prose: a full stop, and then something. Few rules for whole lines fit it.
FLOWS_ON = f"{STOP}."
NOWHERE = 2**40
# So many lines at a time, so that no array is much larger than what the processor can keep at hand.
LINES = 8_000
# So many code points at a time are looked through: what is made of them stays in the processor's own memory.
BLOCK = 2**15


@dataclass(frozen=True)
class Sought:
    """The cues of some rules, in lower case and in order, one row a cue of a rule.

    rule, size: the row of its rule and its length; within, from_end: by which character of a line it has ended, and how
    far from the end of the line it begins at most. letters: its code points, zeros behind the last. alone: whether a
    code point is a cue; begin: whether two code points, as one number, may begin one. pairs, first: the first two code
    points of each cue, every pair once, and the row where the cues that begin so begin, and the end of all. slot: the
    row of `pairs` by that one number, the first where several share it. latest, farthest: where in a line, and how far
    from its end, any of these cues begins at most.
    """

    rule: Numbers
    size: Numbers
    within: Numbers
    from_end: Numbers
    letters: Points
    alone: npt.NDArray[np.bool_]
    begin: npt.NDArray[np.bool_]
    pairs: Numbers
    slot: Numbers
    first: Numbers
    latest: Numbers
    farthest: Numbers


def sightings(lines: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    """line, number: every rule of which a line holds a cue where the rule would have it, if it can fit such a line at all.

    `lines` has line and folded; `rules` number, scope and pattern. A cue of a rule of scope `line` ends within its
    reach, one of scope `span` stands within REACH characters of an end of the line, any other stands anywhere.
    """
    none = pl.DataFrame(schema={"line": pl.UInt32, "number": pl.UInt32})
    kinds = [(kind, asked) for kind, asked in _kinds(lines, rules) if asked.height]
    seen = [_seen(some, asked) for kind, asked in kinds for some in kind.iter_slices(LINES)]
    return pl.concat([none, *(part.cast(none.schema) for part in seen)])


def _kinds(lines: pl.DataFrame, rules: pl.DataFrame) -> list[tuple[pl.DataFrame, pl.DataFrame]]:
    """The lines by their form: short ones, prose and very long ones, each with the rules that may fit them."""
    lines = lines.select("line", "folded")
    is_long, flows_on = lines.select(
        is_long=pl.col("folded").str.len_chars() > LONGEST, flows_on=pl.col("folded").str.contains(FLOWS_ON)
    ).get_columns()
    for_lines = pl.col("scope") == "line"
    stops = pl.Series([signs_of(pattern).stops for pattern in rules["pattern"]], dtype=pl.Boolean)
    return [
        (lines.filter(~is_long & ~flows_on), rules),
        (lines.filter(~is_long & flows_on), rules.filter(~for_lines | stops)),
        (lines.filter(is_long), rules.filter(~for_lines)),
    ]


def _seen(lines: pl.DataFrame, rules: pl.DataFrame) -> pl.DataFrame:
    sought = _sought(tuple(rules.select("number", "scope", "pattern").iter_rows()))
    text = _lowered(lines["folded"], sought.letters.shape[1])
    place, group = _begun(text, sought)
    size = lines["folded"].str.len_chars().to_numpy().astype(np.int64)
    begin = np.cumsum(size + 1) - size - 1
    row = np.searchsorted(begin, place, side="right") - 1
    start = place - begin[row]
    # Most are told apart by their place before it is asked which rules they are cues of.
    near = (start <= sought.latest[group]) & (size[row] - start <= sought.farthest[group])
    row, place, group = row[near], place[near], group[near]
    many = sought.first[group + 1] - sought.first[group]
    cue = ranges(sought.first[group], sought.first[group + 1])
    row, place = np.repeat(row, many), np.repeat(place, many)
    start = place - begin[row]
    stands = (start + sought.size[cue] <= sought.within[cue]) & (size[row] - start <= sought.from_end[cue])
    row, place, cue = row[stands], place[stands], cue[stands]
    whole = _whole(text, place, cue, sought)
    shows = np.zeros(lines.height * rules.height, np.bool_)
    shows[row[whole] * rules.height + sought.rule[cue[whole]]] = True
    at, rule = np.divmod(np.flatnonzero(shows), rules.height)
    return pl.DataFrame({"line": lines["line"].gather(at), "number": rules["number"].gather(rule)})


def _lowered(texts: pl.Series, behind: int) -> Points:
    """The code points of the texts, a newline between two, zeros behind all, at least so many; A to Z in lower case."""
    text = points(texts, "\n")
    text = np.concatenate([text, np.zeros(behind + 1 + -(len(text) + behind) % BLOCK, np.uint32)])
    # What stands before A is a large number once A is taken from it.
    capitals = np.flatnonzero(text - np.uint32(ord("A")) < len(ascii_uppercase))
    text[capitals] += ord("a") - ord("A")
    return text


def _begun(text: Points, sought: Sought) -> tuple[Numbers, Numbers]:
    """Where the first two letters of a cue stand, or its only one, and the row of these letters in `pairs`."""
    single: list[Numbers] = []
    double: list[Numbers] = []
    for at in range(0, len(text) - BLOCK, BLOCK):
        block = text[at : at + BLOCK]
        single.append(at + np.flatnonzero(sought.alone.take(block)))
        double.append(at + np.flatnonzero(sought.begin.take(joint(block, text[at + 1 : at + 1 + BLOCK]))))
    place = np.concatenate([*single, *double])
    one, other = text[place], text[place + 1]
    other[: sum(map(len, single))] = 0
    pair = one.astype(np.int64) * CODE_POINTS + other
    group = sought.slot.take(joint(one, other))
    # Few pairs share their number with another.
    others = np.flatnonzero(sought.pairs[group] != pair)
    group[others] = np.searchsorted(sought.pairs[:-1], pair[others])
    is_known = sought.pairs[group] == pair
    return place[is_known], group[is_known]


def _whole(text: Points, place: Numbers, cue: Numbers, sought: Sought) -> Numbers:
    """Which of the places hold all of their cue."""
    size = sought.size.take(cue)
    left = np.flatnonzero(size > 2)
    held = [np.flatnonzero(size <= 2)]
    place, cue, size = place.take(left), cue.take(left), size.take(left)
    for letter in range(2, sought.letters.shape[1]):
        same = np.flatnonzero(text.take(place + letter) == sought.letters[:, letter].take(cue))
        left, place, cue, size = left.take(same), place.take(same), cue.take(same), size.take(same)
        held.append(left[size == letter + 1])
    return np.concatenate(held)


@cache
def _sought(rules: tuple[tuple[int, str, str], ...]) -> Sought:
    cues = sorted(
        (cue, number, len(cue), *_where(scope, signs.reach))
        for number, (_, scope, pattern) in enumerate(rules)
        for signs in (signs_of(pattern),)
        for cue in signs.cues
    )
    longest = max((len(cue) for cue, *_ in cues), default=1)
    letters = np.array([[ord(letter) for letter in cue.ljust(max(2, longest), "\0")] for cue, *_ in cues], np.uint32)
    letters = letters.reshape(len(cues), -1)
    rule, size, within, from_end = np.array([told for _, *told in cues], np.int64).reshape(-1, 4).T
    alone, begin = np.zeros(CODE_POINTS, np.bool_), np.zeros(2**PAIR_BITS, np.bool_)
    alone[letters[size == 1, 0]] = True
    begin[joint(letters[size > 1, 0], letters[size > 1, 1])] = True
    pairs, first = np.unique(letters[:, 0].astype(np.int64) * CODE_POINTS + letters[:, 1], return_index=True)
    slot = np.zeros(2**PAIR_BITS, np.int64)
    begun = letters[first[::-1]]
    slot[joint(begun[:, 0], begun[:, 1])] = np.arange(len(pairs))[::-1]
    # Behind all others stands a pair that no text holds, so that each search ends at one.
    return Sought(
        rule, size, within, from_end, letters, alone, begin, np.append(pairs, NOWHERE), slot, np.append(first, len(cues)),
        latest=np.maximum.reduceat(within - size, first), farthest=np.maximum.reduceat(from_end, first),
    )  # fmt: skip


def _where(scope: str, reach: int) -> tuple[int, int]:
    """By which character of a line a cue has ended, and how far from the end of the line it begins at most."""
    if scope == "line":
        return next((bound for bound in REACHES if reach <= bound), 0), NOWHERE
    if scope == "span":
        return (REACH, NOWHERE) if reach <= REACH else (NOWHERE, REACH)
    return NOWHERE, NOWHERE
