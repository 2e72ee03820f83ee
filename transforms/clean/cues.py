"""What a regular expression cannot do without: what every line it fits must hold, told before it is tried.

Trying a hundred rules on every line is slow, looking for their cues in one pass is not. The reader knows the syntax the
seed rules use: groups, alternation, classes, counted repetition, `(?i)`, anchors.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, cached_property, reduce

# Open repetition (\s*, a list of links) counts as this many: a line of noise is short. An address (\S+) is not.
OPEN = 24
OPEN_TO_ANYTHING = 400
ANYTHING = (".", "[^", r"\S")
WIDEST = 48
# A class of more characters is no cue.
FEW = 12
ESCAPED_SETS = "dswDSWbBp"
STOP = "。"
ANYWHERE = 10_000


@dataclass(frozen=True)
class Cues:
    """Strings of which a match holds at least one, ended within so many characters of where it begins."""

    words: frozenset[str]
    reach: int

    @cached_property
    def cost(self) -> float:
        """A guess at how often any of the words occurs in prose."""
        if not self.words or "" in self.words:
            return float("inf")
        return sum(
            0.1 if len(cue) > 2 else 0.2 if len(cue) == 2 else 4.0 if cue < "\x7f" else 1.0 for cue in self.words
        )


@dataclass(frozen=True)
class Part:
    """A piece of a pattern, told by what it can match.

    `strings`: all it can be (None: too many); `cues`: the best inside it; `shortest`, `longest`: its length in
    characters; `firsts`, `lasts`: the characters a match begins and ends with (None: many); `stops`, `closes`: whether a
    full stop can be in it, and at its end; `is_begun`, `is_ended`: whether it holds only at the beginning or the end of a
    line.
    """

    strings: frozenset[str] | None
    cues: Cues | None
    shortest: int
    longest: int
    firsts: frozenset[str] | None
    lasts: frozenset[str] | None
    stops: bool = False
    closes: bool = False
    is_begun: bool = False
    is_ended: bool = False


@dataclass(frozen=True)
class Signs:
    """What a line must show to be worth trying a pattern on; all in lower case.

    `cues`: one of them is in it (empty: nothing is known), ended within `reach` characters of its beginning;
    it is no `longer` than this; it begins and ends with one of `firsts` and `lasts` (None: with anything);
    unless `stops`, no full stop is followed by anything; unless `closes`, none is the end of it.
    """

    cues: frozenset[str]
    reach: int
    longest: int
    firsts: frozenset[str] | None
    lasts: frozenset[str] | None
    stops: bool
    closes: bool


NOTHING = Part(frozenset({""}), None, 0, 0, frozenset(), frozenset())


@cache
def signs_of(pattern: str) -> Signs:
    """The signs of a pattern of seeds/noise_rules.csv, for lines without white space at their ends."""
    # A full stop that may close the line is none inside it.
    part, _ = _alternatives(pattern.removeprefix("(?i)").replace(f"{STOP}?$", "$"), 0)
    closed = f"{STOP}?$" in pattern
    best = _better(part.cues, _as_cues(part.strings, part.longest))
    lasts = part.lasts | {STOP} if part.lasts is not None and closed else part.lasts
    return Signs(
        frozenset(word.lower() for word in best.words) if best else frozenset(),
        best.reach if best and part.is_begun else ANYWHERE,
        part.longest + closed,
        _lowered(part.firsts) if part.is_begun and part.shortest else None,
        _lowered(lasts) if part.is_ended and part.shortest else None,
        part.stops,
        closed or part.closes or not part.is_ended,
    )


def _lowered(characters: frozenset[str] | None) -> frozenset[str] | None:
    return frozenset(character.lower() for character in characters) if characters is not None else None


def _alternatives(pattern: str, at: int) -> tuple[Part, int]:
    """Branches up to the closing bracket or the end."""
    branches: list[Part] = []
    while True:
        branch, at = _sequence(pattern, at)
        branches.append(branch)
        if at >= len(pattern) or pattern[at] != "|":
            break
        at += 1
    return reduce(_either, branches), at


def _either(one: Part, other: Part) -> Part:
    """A piece that is one or the other."""
    strings = one.strings | other.strings if one.strings is not None and other.strings is not None else None
    first, second = (_better(part.cues, _as_cues(part.strings, part.longest)) for part in (one, other))
    both = Cues(first.words | second.words, max(first.reach, second.reach)) if first and second else None
    return Part(
        strings if strings is not None and len(strings) <= WIDEST else None,
        both,
        min(one.shortest, other.shortest),
        max(one.longest, other.longest),
        _union(one.firsts, other.firsts),
        _union(one.lasts, other.lasts),
        one.stops or other.stops,
        one.closes or other.closes,
        one.is_begun and other.is_begun,
        one.is_ended and other.is_ended,
    )


def _sequence(pattern: str, at: int) -> tuple[Part, int]:
    """Atoms in a row up to '|', ')' or the end; neighbouring atoms of few strings are multiplied out."""
    whole = NOTHING
    run: frozenset[str] = frozenset({""})
    is_all_run = True
    cues: Cues | None = None
    while at < len(pattern) and pattern[at] not in "|)":
        begins, ends = pattern[at] == "^" and not whole.longest, pattern[at] == "$"
        is_open = pattern.startswith(ANYTHING, at)
        atom, at = _atom(pattern, at)
        atom, at = _repeated(atom, pattern, at, OPEN_TO_ANYTHING if is_open else OPEN)
        if atom.strings is not None and len(run) * len(atom.strings) <= WIDEST:
            run = frozenset(a + b for a in run for b in atom.strings)
        else:
            cues = _better(cues, _as_cues(run, whole.longest))
            is_all_run, run = False, atom.strings if atom.strings is not None else frozenset({""})
        inner = atom.cues and Cues(atom.cues.words, whole.longest + atom.cues.reach)
        cues = _better(cues, inner)
        whole = Part(
            None,
            None,
            whole.shortest + atom.shortest,
            whole.longest + atom.longest,
            whole.firsts if whole.shortest else _union(whole.firsts, atom.firsts),
            atom.lasts if atom.shortest else _union(whole.lasts, atom.lasts),
            whole.stops or atom.stops,
            atom.closes or (not atom.shortest and whole.closes),
            whole.is_begun or begins or (not whole.longest and atom.is_begun),
            ends or (not atom.longest and whole.is_ended) or (bool(atom.longest) and atom.is_ended),
        )
    strings = run if is_all_run else None
    return replace(whole, strings=strings, cues=_better(cues, _as_cues(run, whole.longest))), at


def _repeated(atom: Part, pattern: str, at: int, endless: int) -> tuple[Part, int]:
    """The atom with the quantifier behind it, if there is one; open repetition counts as `endless`."""
    if at >= len(pattern) or pattern[at] not in "?*+{":
        return atom, at
    least, most = {"?": (0, 1), "*": (0, endless), "+": (1, endless)}.get(pattern[at], (0, 0))
    end = at + 1
    if pattern[at] == "{":
        end = pattern.index("}", at) + 1
        low, comma, high = pattern[at + 1 : end - 1].partition(",")
        least = int(low)
        most = least if not comma else int(high) if high else endless
    if end < len(pattern) and pattern[end] == "?":
        end += 1
    strings, cues = None, None
    if least and most == 1:
        return atom, end
    if least:
        cues = _better(atom.cues, _as_cues(atom.strings, atom.longest))
    elif most == 1 and atom.strings is not None:
        strings = atom.strings | {""}
    atom = replace(atom, shortest=atom.shortest * least, longest=atom.longest * most, is_begun=False, is_ended=False)
    return replace(atom, strings=strings, cues=cues), end


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
        return NOTHING, at + 1
    if character == ".":
        return _any_of(None, stops=True), at + 1
    if character == "\\":
        return _escape(pattern, at)
    return _any_of(frozenset({character})), at + 1


def _any_of(characters: frozenset[str] | None, *, stops: bool = False) -> Part:
    """One character out of these (None: out of many)."""
    stops = stops or STOP in (characters or ())
    return Part(characters, None, 1, 1, characters, characters, stops, stops)


def _blank_or(characters: frozenset[str] | None) -> Part:
    """White space, with which no line begins or ends, or one of these characters (None: of many)."""
    return replace(_any_of(characters), strings=None)


def _escape(pattern: str, at: int) -> tuple[Part, int]:
    """An escaped character, or a class such as \\d."""
    character = pattern[at + 1]
    if character in "bB":
        return NOTHING, at + 2
    if character in "px":
        return _any_of(None, stops=not pattern.startswith("{Han}", at + 2)), pattern.index("}", at) + 1
    if character == "s":
        return _blank_or(frozenset()), at + 2
    if character in ESCAPED_SETS:
        return _any_of(None, stops=character.isupper()), at + 2
    return _any_of(frozenset({character})), at + 2


def _class(pattern: str, at: int) -> tuple[Part, int]:
    """A bracketed class: its characters if they are few."""
    end = at + 1
    members: set[str] = set()
    is_negated = pattern[end] == "^"
    many, blank = is_negated, False
    while pattern[end] != "]" or end == at + 1:
        if pattern[end] == "\\":
            blank = blank or pattern[end + 1] == "s"
            many = many or pattern[end + 1] in ESCAPED_SETS.replace("s", "")
            members |= {pattern[end + 1]} - {"s"}
            end += 2
            continue
        many = many or (pattern[end] == "-" and end > at + 1 and pattern[end + 1] != "]")
        members.add(pattern[end])
        end += 1
    few = None if many else frozenset(members)
    if blank and not is_negated:
        return _blank_or(few), end + 1
    if few is not None and len(few) > FEW:
        return replace(_any_of(few), strings=None), end + 1
    return _any_of(few, stops=is_negated != (STOP in members)), end + 1


def loosened(pattern: str) -> str:
    """A pattern that fits whatever this one fits, and is compiled in a fraction of the time: repetition is not counted."""
    return re.sub(r"\{(\d+),\d*\}", lambda found: {"0": "*", "1": "+"}.get(found[1], f"{{{found[1]},}}"), pattern)


def _union(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    return one | other if one is not None and other is not None else None


def _as_cues(strings: frozenset[str] | None, reach: int) -> Cues | None:
    return Cues(strings, reach) if strings is not None else None


def _better(one: Cues | None, other: Cues | None) -> Cues | None:
    """The cues that fewer texts will hold."""
    first, second = (cues.cost if cues else float("inf") for cues in (one, other))
    if min(first, second) == float("inf"):
        return None
    return one if first <= second else other
