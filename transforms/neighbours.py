"""Which letters may stand side by side in what a regex matches, read off the regex itself."""

from __future__ import annotations

import re
from functools import reduce
from typing import NamedTuple

Letters = frozenset[str]
Pairs = set[tuple[Letters, Letters]]

_TOKEN = re.compile(
    r"\((?:\?:|(?!\?))|\||\)|(?P<times>(?:[?*+]|\{[0-9]+(?:,[0-9]*)?\})(?![?*+]))|\[(?P<class>\^?(?:\\.|[^\]\\])+)\]"
    r"|\\(?P<escaped>\W)|(?P<letter>[^\\.^$?*+{(\[])"
)
_RANGE = re.compile(r"\\?(.)(?:-\\?(.))?", re.DOTALL)
_ONCE = ("?", "{0,1}", "{1}")
"""Repetitions that put no letter behind one of its own kind."""


class Part(NamedTuple):
    """What a part of a regex may begin and end with, and whether it may be empty."""

    first: Letters
    last: Letters
    is_optional: bool


def neighbours(pattern: str) -> Pairs:
    """Sets of letters: in a match any of the one may have any of the other right behind it, and no others do.

    The pattern knows letters, classes, groups without a name, alternatives and greedy repetitions. A class that excludes
    is left out: what may stand beside it is not told. Raises ValueError for anything else.
    """
    tokens = list(_TOKEN.finditer(pattern))
    if "".join(token[0] for token in tokens) != pattern:
        raise ValueError(f"no letter, class, group, alternative or repetition: {pattern}")
    pairs: Pairs = set()
    # Of every open group the alternatives so far, each a list of the parts in it.
    open_groups: list[list[list[Part]]] = [[[]]]
    for token in tokens:
        parts = open_groups[-1][-1]
        if token[0] in ("(", "(?:"):
            open_groups.append([[]])
        elif token[0] == "|":
            open_groups[-1].append([])
        elif token[0] == ")":
            group = _either(open_groups.pop(), pairs)
            open_groups[-1][-1].append(group)
        elif token["times"]:
            parts.append(_repeated(parts.pop(), token["times"], pairs))
        else:
            letters = _class(token["class"]) if token["class"] else frozenset(token["escaped"] or token["letter"])
            parts.append(Part(letters, letters, is_optional=False))
    _either(open_groups.pop(), pairs)
    return pairs


def _either(alternatives: list[list[Part]], pairs: Pairs) -> Part:
    wholes = [reduce(lambda one, other: _behind(one, other, pairs), parts, _NOTHING) for parts in alternatives]
    first, last, is_optional = zip(*wholes, strict=True)
    return Part(frozenset().union(*first), frozenset().union(*last), any(is_optional))


_NOTHING = Part(frozenset(), frozenset(), is_optional=True)


def _behind(one: Part, other: Part, pairs: Pairs) -> Part:
    pairs.add((one.last, other.first))
    return Part(
        one.first | other.first if one.is_optional else one.first,
        one.last | other.last if other.is_optional else other.last,
        one.is_optional and other.is_optional,
    )


def _repeated(part: Part, times: str, pairs: Pairs) -> Part:
    if times not in _ONCE:
        pairs.add((part.last, part.first))
    return part._replace(is_optional=part.is_optional or times[:2] in ("?", "*", "{0"))


def _class(spelt: str) -> Letters:
    if spelt.startswith("^"):
        return frozenset()
    ranges = [(ord(begin), ord(end or begin)) for begin, end in _RANGE.findall(spelt)]
    return frozenset(chr(point) for begin, end in ranges for point in range(begin, end + 1))
