"""What a regular expression cannot do without: literal cues, one of which every match contains, and a longest length.

Trying eighty rules on every line is slow, looking for their cues in one pass is not. The reader knows the syntax the
seed rules use: groups, alternation, classes, counted repetition, `(?i)`, anchors.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

# Open repetition (\s*, a list of links) counts as this many: a line of noise is short.
OPEN = 24
WIDEST = 48
ESCAPED_SETS = "dswDSWbBp"


@dataclass(frozen=True)
class Part:
    """A piece of a pattern: all strings it can be (None: too many), the best cues inside it, its longest match."""

    strings: frozenset[str] | None
    cues: frozenset[str] | None
    longest: int


EMPTY = Part(frozenset({""}), None, 0)


@cache
def cues_of(pattern: str) -> tuple[frozenset[str], int]:
    """Lower-case cues of which each match holds at least one (empty: it may hold any), and the longest match."""
    part, _ = _alternatives(pattern.removeprefix("(?i)"), 0)
    best = _better(part.cues, part.strings)
    return frozenset(cue.lower() for cue in best or ()), part.longest


def _alternatives(pattern: str, at: int) -> tuple[Part, int]:
    """Branches up to the closing bracket or the end."""
    branches: list[Part] = []
    while True:
        branch, at = _sequence(pattern, at)
        branches.append(branch)
        if at >= len(pattern) or pattern[at] != "|":
            break
        at += 1
    strings: frozenset[str] | None = frozenset()
    cues: frozenset[str] | None = frozenset()
    for branch in branches:
        strings = None if strings is None or branch.strings is None else strings | branch.strings
        best = _better(branch.cues, branch.strings)
        cues = None if cues is None or best is None else cues | best
    if strings is not None and len(strings) > WIDEST:
        strings = None
    return Part(strings, cues, max(branch.longest for branch in branches)), at


def _sequence(pattern: str, at: int) -> tuple[Part, int]:
    """Atoms in a row up to '|', ')' or the end; neighbouring atoms of few strings are multiplied out."""
    strings: frozenset[str] | None = EMPTY.strings
    run: frozenset[str] = frozenset({""})
    cues: frozenset[str] | None = None
    longest = 0
    while at < len(pattern) and pattern[at] not in "|)":
        atom, at = _atom(pattern, at)
        atom, at = _repeated(atom, pattern, at)
        longest += atom.longest
        if atom.strings is not None and len(run) * len(atom.strings) <= WIDEST:
            run = frozenset(a + b for a in run for b in atom.strings)
        else:
            cues = _better(cues, run)
            strings, run = None, atom.strings if atom.strings is not None else frozenset({""})
        cues = _better(cues, atom.cues)
    if strings is not None:
        strings = run
    return Part(strings, _better(cues, run), longest), at


def _repeated(atom: Part, pattern: str, at: int) -> tuple[Part, int]:
    """The atom with the quantifier behind it, if there is one."""
    if at >= len(pattern) or pattern[at] not in "?*+{":
        return atom, at
    least, most = {"?": (0, 1), "*": (0, OPEN), "+": (1, OPEN)}.get(pattern[at], (0, 0))
    end = at + 1
    if pattern[at] == "{":
        end = pattern.index("}", at) + 1
        low, comma, high = pattern[at + 1 : end - 1].partition(",")
        least = int(low)
        most = least if not comma else int(high) if high else OPEN
    if end < len(pattern) and pattern[end] == "?":
        end += 1
    longest = atom.longest * most
    if least == 0:
        strings = atom.strings | {""} if atom.strings is not None and most == 1 else None
        return Part(strings, None, longest), end
    if most == 1:
        return atom, end
    return Part(None, _better(atom.cues, atom.strings), longest), end


def _atom(pattern: str, at: int) -> tuple[Part, int]:
    """One group, class, escape, anchor or literal character."""
    character = pattern[at]
    if character == "(":
        start = at + 3 if pattern.startswith("(?:", at) else at + 1
        inner, end = _alternatives(pattern, start)
        return inner, end + 1
    if character == "[":
        return _class(pattern, at)
    if character in "^$":
        return EMPTY, at + 1
    if character == ".":
        return Part(None, None, 1), at + 1
    if character == "\\":
        return _escape(pattern, at)
    return Part(frozenset({character}), None, 1), at + 1


def _escape(pattern: str, at: int) -> tuple[Part, int]:
    """An escaped character, or a class such as \\d."""
    character = pattern[at + 1]
    if character in "bB":
        return EMPTY, at + 2
    if character in "px":
        end = pattern.index("}", at) + 1
        return Part(None, None, 1), end
    if character in ESCAPED_SETS:
        return Part(None, None, 1), at + 2
    return Part(frozenset({character}), None, 1), at + 2


def _class(pattern: str, at: int) -> tuple[Part, int]:
    """A bracketed class: its characters if they are few."""
    end = at + 1
    members: set[str] = set()
    many = pattern[end] == "^"
    while pattern[end] != "]" or end == at + 1:
        if pattern[end] == "\\":
            many = many or pattern[end + 1] in ESCAPED_SETS
            members.add(pattern[end + 1])
            end += 2
            continue
        many = many or (pattern[end] == "-" and end > at + 1 and pattern[end + 1] != "]")
        members.add(pattern[end])
        end += 1
    few = not many and len(members) <= 12
    return Part(frozenset(members) if few else None, None, 1), end + 1


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """The set of cues that fewer texts will contain."""
    first, second = _cost(one), _cost(other)
    if min(first, second) == float("inf"):
        return None
    return one if first <= second else other


def _cost(cues: frozenset[str] | None) -> float:
    """A guess at how often any of the cues occurs in prose."""
    if not cues or "" in cues:
        return float("inf")
    return sum(0.1 if len(cue) > 2 else 0.2 if len(cue) == 2 else 4.0 if cue < "\x7f" else 1.0 for cue in cues)
