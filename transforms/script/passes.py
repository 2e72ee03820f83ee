"""One pass over a text: patterns in order of preference, run as a leftmost-first automaton."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import polars as pl

from transforms.points import CODE_POINTS, PAIR_BITS, Numbers, Points, joint, points
from transforms.script.dictionaries import Group, Mapping

# Private-use characters that no dictionary holds.
SEGMENT_EDGE = "\ue0fd"
UNDECIDED = "\ue0fe"
# In a text of fewer bytes a pattern it is cheaper to look up which patterns can occur at all than to compile them all.
SMALL_TEXT = 120
# A pattern can occur where its first letters do, each beside the next.
HEAD = 4


class Pass(NamedTuple):
    """Patterns, preferred ones first, with what replaces them.

    `first` are their first letters, `pairs` the numbers of each two neighbours of their first HEAD letters, one row a
    pattern, as `joint` gives them; what lies behind the end of a pattern is of no account, and `sizes` say where that is.
    """

    patterns: list[str]
    replacements: list[str]
    first: Points
    pairs: Points
    sizes: Numbers
    needs: str | None

    @classmethod
    def of(cls, table: Mapping, needs: str | None = None) -> Pass:
        """A pass that prefers the earlier entries of `table`; it is skipped where the text lacks what it `needs`."""
        # Without polars, whose threads a process may not have begun before it forks.
        heads = "".join(pattern[:HEAD].ljust(HEAD, "\0") for pattern in table)
        letters = np.frombuffer(heads.encode("utf-32-le"), np.uint32).reshape(-1, HEAD)
        sizes = np.array([len(pattern) for pattern in table], dtype=np.int64)
        pairs = joint(letters[:, :-1], letters[:, 1:])
        return cls(list(table), list(table.values()), letters[:, 0], pairs, sizes, needs)

    @classmethod
    def ranked(cls, group: Group, needs: str | None = None) -> Pass:
        """At each position the first dictionary that has any key there wins, with its longest key."""
        table: Mapping = {}
        for mapping in group:
            for key in sorted(mapping, key=len, reverse=True):
                table.setdefault(key, mapping[key])
        return cls.of(table, needs)

    @classmethod
    def segmenting(cls, keys: frozenset[str]) -> Pass:
        """Fences off every longest match, so that later passes cannot reach across a segment's edge."""
        return cls.of(
            {key: f"{SEGMENT_EDGE}{key}{SEGMENT_EDGE}" for key in sorted(keys, key=lambda key: (-len(key), key))}
        )

    @classmethod
    def stable(cls, group: Group) -> Pass:
        """Leftmost-longest over all dictionaries; where another order could win, the replacement is UNDECIDED.

        If no undecided string was chosen, each chosen match beats every match that overlaps it and starts later, so
        the chosen set is the one any greedy choice by (dictionary, length, position) arrives at.
        """
        best: dict[str, tuple[int, str]] = {}
        for rank, mapping in enumerate(group):
            for key, value in mapping.items():
                best.setdefault(key, (rank, value))
        table = {key: value for key, (_, value) in best.items()} | dict.fromkeys(_conflicts(best), UNDECIDED)
        return cls.of({key: table[key] for key in sorted(table, key=lambda key: (-len(key), key))})


def run(step: Pass, joined: pl.Series) -> pl.Series:
    """The one text in `joined` with every match replaced."""
    if step.needs and not joined.str.contains(step.needs)[0]:
        return joined
    is_small = joined.str.len_bytes()[0] < SMALL_TEXT * len(step.patterns)
    patterns, replacements = _possible(step, joined) if is_small else step[:2]
    return joined.str.replace_many(patterns, replacements, leftmost=True) if patterns else joined


def _possible(step: Pass, joined: pl.Series) -> tuple[list[str], list[str]]:
    """The patterns, and what replaces them, of which the text has the first letter and all pairs of the first HEAD."""
    letters = points(joined)
    single, double = np.zeros(CODE_POINTS, np.bool_), np.zeros(2**PAIR_BITS, np.bool_)
    single[letters] = True
    double[joint(letters[:-1], letters[1:])] = True
    can = single[step.first]
    for number in range(HEAD - 1):
        can &= double[step.pairs[:, number]] | (step.sizes <= number + 1)
    present: list[int] = np.flatnonzero(can).tolist()
    return [step.patterns[index] for index in present], [step.replacements[index] for index in present]


def _conflicts(best: dict[str, tuple[int, str]]) -> Iterator[str]:
    """Every string in which a match that starts later beats the leftmost-longest one."""
    by_first: dict[str, list[str]] = defaultdict(list)
    for key in best:
        by_first[key[0]].append(key)
    preference: Callable[[str], tuple[int, int]] = lambda key: (best[key][0], -len(key))  # noqa: E731
    for key in best:
        for start in range(len(key)):
            tail = key[start:]
            for rival in by_first.get(key[start], ()):
                if rival == key or preference(rival) >= preference(key):
                    continue
                if tail.startswith(rival):
                    yield key
                elif start and rival.startswith(tail):
                    yield key[:start] + rival
