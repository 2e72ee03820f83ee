"""What a person is and for whom, as the article says beside the name: 省水利厅|厅长|周建国, 李明（清华大学|教授）."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl

from transforms.entities.doors import holds, opens
from transforms.entities.lexicon import Lexicon, alternation
from transforms.entities.tokens import Flags, Tokens
from transforms.letters import Letters
from transforms.points import Numbers

REACH = 18
"""Letters a role may have."""
GAP = 10
"""Letters between a body and a role that name a part of the body or belong to the role: 空间三部, 机械行业."""
JOINED = 4
"""Posts one person may have: 省委书记、省人大常委会主任."""
NONE = -1
STATED = {"name": pl.UInt32(), "role_hans": pl.String(), "affiliation_hans": pl.String(), "affiliation": pl.UInt32()}


@dataclass(frozen=True)
class Statements:
    """One row per name of a person with a statement beside it, places in letters.

    person: number of the name among all; body: that of the organisation, or the place, the role is held in, or NONE.
    opens, begin, end: where the statement opens (with the body, if there is one), and the role begins and ends.
    """

    person: Numbers
    body: Numbers
    opens: Numbers
    begin: Numbers
    end: Numbers

    def where(self, kept: Flags | Numbers) -> Statements:
        """Some of the rows."""
        return Statements(*(column[kept] for column in self.columns()))

    def columns(self) -> tuple[Numbers, ...]:
        """The five of them."""
        return self.person, self.body, self.opens, self.begin, self.end

    def and_(self, *others: Statements) -> Statements:
        """These rows and those of the others."""
        return Statements(*map(np.concatenate, zip(*(each.columns() for each in (self, *others)), strict=True)))


@dataclass(frozen=True)
class Page:
    """All names of the bodies in reading order, and the letters and words they stand in.

    begin, end: places in letters. person, body, place, office: what each name is; a body is an organisation, an office one
        of the state. title, titles: Rust regexes of one title, and of a role: titles with what belongs to them.
    """

    letters: Letters
    tokens: Tokens
    begin: Numbers
    end: Numbers
    person: Flags
    body: Flags
    place: Flags
    office: Flags
    title: str
    titles: str
    lexicon: Lexicon

    @cached_property
    def edges(self) -> Flags:
        """Where words begin and end."""
        edges = np.zeros(len(self.letters.points) + 1, bool)
        edges[0] = True
        edges[self.word_ends] = True
        return edges

    @property
    def word_ends(self) -> Numbers:
        """Where every word ends."""
        return self.tokens.ends

    @cached_property
    def nouns(self) -> Numbers:
        """How many of the words before each one a name may hold."""
        return np.append(0, np.cumsum(self.tokens.every("inside")))

    def name_at(self, place: Numbers) -> Numbers:
        """The last name that begins at each place or before it, or NONE."""
        return np.searchsorted(self.begin, place, side="right") - 1

    def post(self, roles: pl.Series) -> pl.Series:
        """Which of the roles are posts or callings: 总统夫人 and 女士 are none; null is none."""
        none = [*self.lexicon.words["no_position"], *self.lexicon.words["courtesy"]]
        return roles.is_not_null() & ~roles.str.extract(f"({self.title})$").is_in(none)

    def spelt(self, begin: Numbers, end: Numbers) -> pl.Series:
        """The letters between each two places."""
        return self.letters.spelt(np.maximum(begin, 0), end)


def positions(
    hits: pl.DataFrame, entities: pl.DataFrame, body_end: pl.Series, letters: Letters, tokens: Tokens, lexicon: Lexicon
) -> pl.DataFrame:
    """Columns STATED: what bodies say of a person beside the name, what is said first standing first.

    `hits` (doc, offset, size, name) are the occurrences that count, in order of place; `name` and `affiliation` are rows
    of `entities`, the affiliation null where nothing the article names stands before the role.
    """
    hits = hits.filter(hits["offset"] < body_end.gather(hits["doc"]))
    if hits.is_empty():
        return pl.DataFrame(schema=STATED)
    page = _page(hits, entities, letters, tokens, lexicon)
    told = _before(page), _behind(page), _beside(page)
    person = np.concatenate([found.person for found in told])
    # Of one name what stands before it counts; of one person what is said first.
    order = np.lexsort([np.repeat(np.arange(3), [len(found.person) for found in told]), person])
    every = told[0].and_(*told[1:]).where(order)
    return _told(every, page, hits["name"].to_numpy())


def _page(hits: pl.DataFrame, entities: pl.DataFrame, letters: Letters, tokens: Tokens, lexicon: Lexicon) -> Page:
    """What stands in the bodies, of those hits."""
    begin = letters.starts[hits["doc"].to_numpy()] + hits["offset"].to_numpy()
    kinds, subtypes = (entities[column].gather(hits["name"]) for column in ("entity_type", "entity_subtype"))
    titles, rank = alternation(lexicon.titles), lexicon.patterns["rank_of_title"]
    title = f"{rank}*(?:{titles})"
    return Page(
        letters=letters,
        tokens=tokens,
        begin=begin,
        end=begin + hits["size"].to_numpy(),
        person=(kinds == "person").to_numpy(),
        body=(kinds == "organisation").to_numpy(),
        place=(kinds == "place").to_numpy(),
        office=(subtypes == "government").fill_null(False).to_numpy(),
        title=f"(?:{titles})",
        titles=f"(?:{title}(?:兼?{title})*)",
        lexicon=lexicon,
    )


def _before(page: Page) -> Statements:
    """省水利厅厅长|周建国, and of several posts the first of a body: 浙江省委书记、省人大常委会主任|周建国."""
    person = np.flatnonzero(page.person)
    found = _ending(page, person, page.begin[person])
    # 特朗普总统|普京: whose title that is, is not said.
    name = page.name_at(found.opens - 1)
    owned = (name >= 0) & page.person[name] & (page.end[name] == found.opens)
    found = found.where(~(owned & page.spelt(found.begin, found.end).is_in(page.lexicon.words["styled"]).to_numpy()))
    chosen, gone = found, found.person[_former(page, found)]
    for _ in range(JOINED):
        row = np.flatnonzero(holds(page.letters, found.opens - 1, "、"))
        other = _ending(page, row, found.opens[row] - 1)
        found = replace(other, person=found.person[other.person], end=found.end[other.person])
        gone = np.append(gone, found.person[_former(page, found)])
        # What stands first is the chief post, unless it is a seat among many (政治局委员、上海市委书记) or its body is not told.
        seat = page.spelt(other.begin, other.end).is_in(page.lexicon.words["seat"]).to_numpy()
        better = found.where((found.body != NONE) & ~seat | ~np.isin(found.person, chosen.person[chosen.body != NONE]))
        chosen = chosen.where(~np.isin(chosen.person, better.person)).and_(better)
    return chosen.where(~np.isin(chosen.person, gone))


def _former(page: Page, found: Statements) -> Flags:
    """时任浙江省委书记: which posts are held no more, as the letters before the body say."""
    return page.spelt(found.opens - 3, found.opens).str.contains(f"{page.lexicon.patterns['former']}$").to_numpy()


def _ending(page: Page, rows: Numbers, end: Numbers) -> Statements:
    """The statements that end at each place, `person` being the row of `rows` they are of."""
    ended = opens(page.letters, end - 2, page.lexicon.introductions.title_ends)
    rows, end = rows[ended], end[ended]
    read = page.spelt(end - REACH, end).str.extract(f"({page.titles})$")
    there = page.post(read).fill_null(False)
    rows, end, size = (
        column[there.to_numpy()]
        for column in (rows, end, read.str.len_chars().fill_null(0).to_numpy().astype(np.int64))
    )
    begin, body, start = _held_in(page, end - size, end)
    # A role begins where a word or a name does: 目|前总经理 has none, 总队长 is one word.
    name = page.name_at(end - size)
    within = (name >= 0) & (page.end[name] >= end - size) & (page.body[name] | page.place[name])
    token = np.searchsorted(page.word_ends, end - size, side="right")
    starts = np.where(token > 0, page.word_ends[token - 1], 0)
    whole = ~page.edges[end - size] & ~within & page.tokens.has(token, "title_end")
    # 局局长 of a body of no name; 俄总统.
    short = page.tokens.has(token, "body_and_head") | holds(page.letters, starts, page.lexicon.characters["country"])
    sound = page.edges[end - size] | within | whole
    whole &= ~short
    begin = np.where(whole & (body == NONE), starts, begin)
    start = np.where(whole & (body == NONE), starts, start)
    return Statements(rows, body, start, begin, end).where(sound)


def _held_in(page: Page, begin: Numbers, end: Numbers) -> tuple[Numbers, Numbers, Numbers]:
    """Of roles that begin and end there: where they really begin, the body they are held in, and where that opens."""
    name = page.name_at(begin)
    there = (
        (name >= 0) & (page.end[name] < end) & (page.letters.document(page.begin[name]) == page.letters.document(begin))
    )
    gap = np.where(there, begin - page.end[name], GAP + 1)
    near = there & (gap <= GAP) & (page.body[name] | page.place[name] & (gap == 0))
    far = np.flatnonzero(near & (gap > 0))
    near[far] = _nouns(page, page.end[name[far]], begin[far])
    gap = np.where(near, np.maximum(gap, 0), 0)
    first = begin - gap + _part(page, begin, gap)
    # 美国总统, 台北市长: a place is what its head is of, and nobody else.
    sited = np.flatnonzero(near & page.place[name])
    heads = f"(?:{alternation(page.lexicon.words['head_of_place'])})$"
    held = near.copy()
    held[sited] = page.spelt(begin[sited], end[sited]).str.contains(heads).to_numpy()
    return first, np.where(held, name, NONE), np.where(near, page.begin[_first_of(page, name)], first)


def _part(page: Page, begin: Numbers, gap: Numbers) -> Numbers:
    """How many of the letters between a body and a role, `gap` before its beginning, name a part of the body:
    经济商务处 in 经济商务处公使衔|参赞, all of 空间三部."""
    size = np.zeros(len(gap), np.int64)
    asked = np.flatnonzero(gap)
    told = page.spelt(begin[asked] - gap[asked], begin[asked]).str.extract(
        f"^({page.lexicon.patterns['part_of_body']})"
    )
    size[asked] = told.str.len_chars().fill_null(0).to_numpy()
    return size


def _nouns(page: Page, begin: Numbers, end: Numbers) -> Flags:
    """Whether whole words that a name may hold, and nothing else, stand between each two places."""
    first = np.searchsorted(page.word_ends, begin, side="right")
    behind = np.searchsorted(page.word_ends, end, side="right")
    return page.edges[begin] & page.edges[end] & (page.nouns[behind] - page.nouns[first] == behind - first)


def _first_of(page: Page, name: Numbers) -> Numbers:
    """The first of the bodies that go on into each name: 清华大学|建筑学院, 理工大学|应用|科学系."""
    for _ in range(2):
        last = np.maximum(name - 1, 0)
        joins = (name > 0) & page.body[name] & page.body[last] & (page.begin[name] - page.end[last] <= GAP)
        row = np.flatnonzero(joins)
        joins[row] = _nouns(page, page.end[last[row]], page.begin[name[row]])
        name = name - joins
    return name


def _behind(page: Page) -> Statements:
    """周建国|厅长, and with the body before the name: 省水利厅|周建国|厅长."""
    person = np.flatnonzero(page.person)
    end = page.end[person]
    person = person[opens(page.letters, end, page.lexicon.words["styled"])]
    end = page.end[person]
    size = page.spelt(end, end + REACH).str.extract(f"^({page.titles})")
    kept = size.is_in(page.lexicon.words["styled"]).fill_null(False).to_numpy()
    person, end, size = person[kept], end[kept], size.filter(kept).str.len_chars().to_numpy().astype(np.int64)
    behind = np.append(page.begin, len(page.letters.points))[person + 1]
    # 周建国厅长|李明: whose title that is, is not said.
    kept = page.edges[end + size] & (behind > end + size)
    person, end, size = person[kept], end[kept], size[kept]
    before = (person > 0) & page.body[person - 1] & (page.end[person - 1] == page.begin[person])
    return Statements(person, np.where(before, person - 1, NONE), end, end, end + size)


def _beside(page: Page) -> Statements:
    """李明，清华大学教授， and 李明（清华大学教授）; in brackets without the body too."""
    person = np.flatnonzero(page.person)
    bracket = holds(page.letters, page.end[person], "（")
    kept = bracket | holds(page.letters, page.end[person], "，")
    person, bracket = person[kept], bracket[kept]
    begin = page.end[person] + 1
    last = np.minimum(person + 1, len(page.begin) - 1)
    held = page.body[last] & (page.begin[last] == begin)
    for _ in range(2):
        further = np.minimum(last + 1, len(page.begin) - 1)
        last = np.where(held & page.body[further] & (page.begin[further] == page.end[last]), further, last)
    kept = held | bracket
    person, begin, last = person[kept], begin[kept], last[kept]
    bracket, held = bracket[kept], held[kept]
    title = np.where(held, page.end[last], begin)
    parts = (
        page.spelt(title, title + REACH + GAP)
        .str.extract_groups(rf"^(\p{{Han}}{{0,{GAP}}}?)({page.titles}(?:、{page.titles})*)([，。；）])")
        .struct.rename_fields(["gap", "role", "shut"])
        .struct.unnest()
    )
    there = page.post(parts["role"])
    there &= (parts["shut"] == "）") == pl.Series(bracket)
    there &= pl.Series(held) | (parts["gap"] == "")
    parts = parts.with_columns(pl.col("gap", "role").fill_null("").str.len_chars().cast(pl.Int64))
    gap, size = parts["gap"].to_numpy(), parts["role"].to_numpy()
    there &= pl.Series((gap == 0) | _nouns(page, title, title + gap))
    first = title + _part(page, title + gap, gap)
    found = Statements(person, np.where(held, last, NONE), begin, first, title + gap + size)
    return found.where(there.fill_null(False).to_numpy())


def _told(every: Statements, page: Page, names: Numbers) -> pl.DataFrame:
    """The statements, in their order, as columns of STATED."""
    first = _first_of(page, every.body)
    # 伊朗|国防部: whose office it is belongs to its name, and the office of that name may be another one.
    realm = np.maximum(first - 1, 0)
    whose = (first > 0) & page.office[first] & page.place[realm] & (page.end[realm] == page.begin[first])
    begin = page.begin[np.where(whose, realm, first)]
    # The part of a body belongs to it: 科学院|空间三部|主任.
    end = np.maximum(page.end[every.body], np.where(every.opens < every.begin, every.begin, 0))
    none = every.body == NONE
    affiliation = page.spelt(np.where(none, 0, begin), np.where(none, 0, end))
    return pl.DataFrame(
        {
            "name": names[every.person],
            "role_hans": page.spelt(every.begin, every.end),
            "affiliation_hans": affiliation.set(pl.Series(none), None),
            "affiliation": pl.Series(names[every.body]).set(pl.Series(none | whose), None),
        },
        schema=STATED,
    )
