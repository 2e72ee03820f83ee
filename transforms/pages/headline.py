"""The title of a page's article: the heading its own title confirms, else what it states, its site's name cut off."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import takewhile

from selectolax.lexbor import LexborHTMLParser

from transforms.hanzi import HAN
from transforms.pages.moment import is_dated
from transforms.pages.outline import Block, page_title
from transforms.pages.wording import HEADINGS, Words, letters, told_line

MAX_TITLE_CHARACTERS = 120
# Shorter than this a line may be in a title by chance, and a title may be the name of a channel.
TELLING_LETTERS = 6
CHANNEL_LETTERS = 8
CERTAIN_LETTERS = 12
LONGEST_SITE = 16
SHARED_LETTERS = 3
MAX_MARKS = 2  # of a line that is a headline: one with more is a sentence
FURNITURE_CHARACTERS = 80
_SUFFIX = re.compile(r"\s*(?:_+|::|\||｜|—{1,2}|–|\s-\s|-{1,2}|\s·\s|--)\s*([^_|｜—–]{1,24})$")
_SITE = "(?i:<forum>$)|<site_ending>"
# The software of a forum names itself behind a title, with its version.
_SOFTWARE = r"(?i:\s*[-–|]\s*<software> .*$)"
# Papers and sites by what they are, without the words that end headlines too.
_NAMED = "<forum>$|<named_site>"
# Where a page's title puts the names of site and channel beside its own.
_BESIDE = re.compile(r"\s[-–—|·»]\s|[_|｜]|--|——")
_PARTS = re.compile(r"[_|｜]+|\s*(?:-{1,2}|–|—+)\s*|\s·\s|»")
_EDITION = r"\s*<edition>$|[,，(（【\[].*"
_CHANNEL = r"[\d\W]*|.*[)）】\]]|<channel>"
# A name with its Latin one behind it.
ALIASED = re.compile(rf"^([{HAN}]{{2,10}}) [A-Za-z .]{{2,20}}$")
# A name no headline ends in: '36氪', 'BBC News 中文'.
_MIXED = re.compile(rf"(?=.*[A-Za-z0-9])[A-Za-z0-9 ]*[{HAN}]{{1,2}}")
# What stands above an article and is no headline: where one is, what one can do, who wrote it.
_LABELLED = (
    r"<above>|.{0,12}[>＞»]|<author>|<source>|<editor>|"
    r"(?:本[報报刊台])?<reporter>(?:[\s:：].{2,20}|.{2,12})(?:[／/╱].{1,8}|[报報][导導道]|[摄攝]影?)$"
)
_NAMED_FIELD = re.compile(r".{1,5}[:：]|.{1,10}[:：].{0,3}$")
_LATIN_NAME, _CHINESE = re.compile(r"[A-Za-z][A-Za-z .&']{2,23}"), re.compile(rf"[{HAN}]{{4}}")
_PREFIX = re.compile(r"([^_|｜—–-]{2,16}?)\s*(?:_+|[|｜]|—{1,2}|–|-{1,2})\s*(.+)")
# As sites write it that name themselves first: '河边日报新闻(标题)'.
_ENCLOSED = re.compile(r"[^(（]{2,10}[(（](.{8,})[)）]$")
# What names no page of a site: '微博正文 - 微博'.
_NAMELESS = r"<nameless>(?:\s*[-_|]\s*\S{1,8})?"
_DASHED = re.compile(r"\s*[-–—|]")


def headline(
    words: Words,
    tree: LexborHTMLParser,
    stated: Mapping[str, str],
    above: Sequence[Block],
    first: int,
    dateline: Block | None,
    subject: str | None = None,
) -> str | None:
    """The title of the article of which the blocks `above` are the first few, from `first` on, and those before it.

    `dateline` is the one of them that states date or outlet; `stated` are the page's meta elements; `subject` is what a
    line above the text calls it.
    """
    whole = page_title(tree)
    headings = [
        text for found in tree.css("h1")[:6] if 4 <= len(text := told_line(found.text())) <= MAX_TITLE_CHARACTERS
    ]
    site = stated.get("og:site_name", "")
    over = _over(above, dateline)
    headed = stated.get("og:title") or stated.get("articletitle") or stated.get("title") or whole
    confirmed = (
        _confirmed(headings, letters(whole))
        or _repeated(words, above, over, letters(whole))
        or _part([*headings, *(block.text for block in above if block.tag in HEADINGS)], whole)
        or _begun(words, above, whole)
        or _confirmed(headings, letters(headed))
    )
    if subject is not None and not letters(whole).startswith(letters(subject)):
        return subject
    if confirmed is not None:
        return _untagged(confirmed, whole)
    title = without_site(words, headed, site)[:MAX_TITLE_CHARACTERS]
    return (
        _whole(_shown(words, above, first, dateline, title, is_bare=_is_bare(words, title, site, above)), headings)
        or ("" if words.shaped[_NAMELESS].fullmatch(title) else title)
        or (headings[0] if headings else None)
    )


def _is_bare(words: Words, title: str, site: str, above: Sequence[Block]) -> bool:
    """Whether a page's title names its site or channel alone, or is too short to be more and stands nowhere else."""
    own = letters(title)
    if _is_furniture(words, title) or title in ("", site):
        return True
    if len(own) <= LONGEST_SITE and (
        is_outlet(words, title) or words.shaped["<body_ending>"].search(title) is not None
    ):
        return True
    return len(own) <= CHANNEL_LETTERS and all(block.link_chars or letters(block.text) != own for block in above)


def _shown(
    words: Words, above: Sequence[Block], first: int, dateline: Block | None, title: str, *, is_bare: bool
) -> str | None:
    """The headline readers see where the page's title is another: a first heading in part the same, or, where that is
    `is_bare`, the nearest heading, the line above the dateline, the line above the text.
    """
    opening = list(takewhile(lambda block: not _is_paragraph(block), above))
    lines = [block for block in opening if _may_head(words, block)]
    heads = [block for block in lines if block.tag == "h1"]
    if is_bare:
        heads = heads or [block for block in lines if block.tag in HEADINGS]
        end = above.index(dateline) if dateline is not None else first
        plain = [block for block in lines if block.marks <= MAX_MARKS and not _NAMED_FIELD.match(block.text)]
        over, outside = ([block for block in plain if block in above[:at]] for at in (end, first))
        heads = heads or over or outside
    else:
        heads = [block for block in heads if _shares(letters(block.text), letters(title))]
    return heads[-1].text if heads else None


def _whole(shown: str | None, headings: list[str]) -> str | None:
    """All of the heading of which a line is shown, where it is broken into lines."""
    return next((text for text in headings if shown and shown in text), shown)


def _is_paragraph(block: Block) -> bool:
    """Whether a block is text and no title."""
    is_told = not (block.zone.is_marginal or 2 * block.link_chars > block.chars)
    return is_told and (block.text.endswith("。") or block.chars > MAX_TITLE_CHARACTERS)


def _may_head(words: Words, block: Block) -> bool:
    """Whether a block is as long as a headline, no link, and names neither a site nor a day."""
    own = letters(block.text)
    least = CHANNEL_LETTERS if block.link_chars and block.tag in HEADINGS else TELLING_LETTERS
    if block.zone.is_marginal or not least <= len(own) <= MAX_TITLE_CHARACTERS:
        return False
    is_site = (len(own) <= CHANNEL_LETTERS and is_outlet(words, own)) or (
        len(own) <= LONGEST_SITE
        and (words.shaped[_NAMED].search(own) or words.shaped["<body_ending>"].search(own)) is not None
    )
    return not (
        is_site
        or (block.link_chars and block.tag not in HEADINGS)
        or words.shaped[_LABELLED].match(block.text)
        or is_dated(words, block.text)
    )


def _shares(one: str, other: str) -> bool:
    """Whether two titles have `SHARED_LETTERS` in a row in common."""
    return any(one[at : at + SHARED_LETTERS] in other for at in range(len(one) - SHARED_LETTERS + 1))


def headline_at(words: Words, title: str, blocks: Sequence[Block]) -> int:
    """The first block that repeats the page's title, 0 without one: what stands above it is no article."""
    own = letters(title)
    places = (at for at, block in enumerate(blocks) if not block.zone.is_marginal and _repeats(words, block, own))
    return next(places, 0)


def _over(above: Sequence[Block], dateline: Block | None) -> Block | None:
    """The block right above the dateline."""
    at = next((at for at, block in enumerate(above) if block is dateline), 0)
    return above[at - 1] if at else None


def _confirmed(headings: list[str], title: str) -> str | None:
    """The first heading the page's title begins with, or is made of."""
    for heading in headings:
        own = letters(heading)
        if own and (title.startswith(own) or (own in title and 2 * len(own) >= len(title))):
            return heading
    return None


def _part(headings: list[str], title: str) -> str | None:
    """The part of the page's title that is most of a heading: a board's name may stand before it there.

    All of the heading, where all of it is there.
    """
    for part in _BESIDE.split(title):
        own = letters(part)
        if len(own) < TELLING_LETTERS:
            continue
        for text in headings:
            if own in (head := letters(text)) and 2 * len(own) >= len(head):
                return text if head in letters(title) else part.strip()
    return None


def _untagged(heading: str, title: str) -> str:
    """A heading without the tag the page's title sets off: '求助 周末去哪里爬山' of '求助 - 周末去哪里爬山'."""
    tag, _, rest = title.partition(" - ")
    untagged = heading.removeprefix(f"{tag} ")
    is_tag = len(tag) < TELLING_LETTERS and len(letters(untagged)) >= TELLING_LETTERS
    return untagged if is_tag and rest.startswith(untagged) else heading


def _begun(words: Words, above: Sequence[Block], title: str) -> str | None:
    """The inner part of the page's title that the line above a post begins with: '综合 - 周末去哪里爬山 - 无题'."""
    parts = [part.strip() for part in _BESIDE.split(title)][1:]
    told = [part for part in parts if len(letters(part)) >= TELLING_LETTERS and not is_outlet(words, part)]
    lines = [block.text for block in above if block.link_chars < 0.5 * block.chars and not block.zone.is_marginal]
    return next((part for part in told if any(line.startswith(f"{part} ") for line in lines)), None)


def _is_furniture(words: Words, title: str) -> bool:
    """Whether a page's title is made of the names of site and channel alone: '河边日报 - 要闻'."""
    parts = [part for part in _PARTS.split(title) if part]
    return len(parts) > 1 and all(
        words.shaped[_CHANNEL].fullmatch(part) or words.shaped[_NAMED].search(part) for part in parts
    )


def _repeated(words: Words, above: Sequence[Block], over: Block | None, title: str) -> str | None:
    """The line above the article that the page's title begins with: a heading in all but its tag."""
    return next((block.text for block in above if _repeats(words, block, title, anywhere=block is over)), None)


def _repeats(words: Words, block: Block, title: str, *, anywhere: bool = False) -> bool:
    """Whether a block that is no link is the page's title but for the names of site and channel behind or before it.

    `anywhere`: most of the title, wherever in it.
    """
    if block.link_chars or not max(TELLING_LETTERS, len(title) / 3) <= block.chars <= MAX_TITLE_CHARACTERS:
        return False
    own = letters(block.text)
    is_half = len(own) >= max(TELLING_LETTERS, len(title) / 2)
    if title.startswith(own):
        return is_half or len(own) >= max(CERTAIN_LETTERS, len(title) / 3)
    if is_half and title.endswith(own):
        return anywhere or not (is_outlet(words, block.text) or words.shaped["<body_ending>"].search(block.text))
    return is_half and anywhere and own in title


def site_name(words: Words, title: str, told: str | None, blocks: Sequence[Block]) -> str | None:
    """The name of the site in a page's title, behind the headline `told`, else before it.

    It ends as such names do, or the page says it again around its text: 'Mobile01', or it is in two scripts and all
    there is behind the headline and a dash.
    """
    before, headed, behind = words.shaped[_SOFTWARE].sub("", title).partition(told_line(told or "-"))
    if not headed:
        behind = before
    names = [name for part in _PARTS.split(behind or before) if (name := words.shaped[_EDITION].sub("", part).strip())]
    if not names or (not headed and len(names) == 1):
        return None
    name = ALIASED.sub(r"\1", names[-1] if behind else names[0])
    if not headed and words.shaped[_CHANNEL].fullmatch(name):
        name = names[0]
    if not 2 <= len(name) <= LONGEST_SITE or words.shaped[_CHANNEL].fullmatch(name):
        return None
    is_alone = headed and len(names) == 1 and _DASHED.match(behind) is not None
    if (
        is_outlet(words, name)
        or (headed and words.shaped["<body_ending>"].search(name))
        or (is_alone and _MIXED.fullmatch(name))
    ):
        return name
    if not headed and is_outlet(words, names[0]) and len(names[0]) <= LONGEST_SITE:
        return names[0]
    is_told = any(name in block.text for block in blocks if block.chars <= FURNITURE_CHARACTERS)
    return name if behind and is_told else None


def without_site(words: Words, title: str, site: str = "") -> str:
    """A page title without the names of site and channel behind it: '标题_新浪网', '标题 - 腾讯', '标题|频道|网'."""
    title = words.shaped[_SOFTWARE].sub("", told_line(title))
    if site and title.startswith(site) and (enclosed := _ENCLOSED.match(title)):
        return enclosed[1]
    while found := _SUFFIX.search(title):
        rest, tail = title[: found.start()].strip(), found[1].strip()
        is_site = (
            found[0].lstrip()[:1] in "_|｜"
            or is_outlet(words, tail)
            or words.shaped["<board>"].fullmatch(tail)
            or (site and tail in site)
        )
        is_channel_first = words.shaped[_CHANNEL].fullmatch(rest) is not None and not (
            is_outlet(words, tail) or words.shaped[_CHANNEL].fullmatch(tail)
        )
        if len(rest) < 4 or is_channel_first or not (is_site or _is_foreign(tail, rest)):
            break
        title = rest
    return _without_site_before(words, title, site)


def _is_foreign(tail: str, rest: str) -> bool:
    """Whether what stands behind a Chinese title is a name in Latin letters."""
    return _LATIN_NAME.fullmatch(tail) is not None and _CHINESE.search(rest) is not None


def _without_site_before(words: Words, title: str, site: str) -> str:
    """A page title without the names of site and channel before it: '河边网 - 标题', '本地新闻_标题'."""
    while found := _PREFIX.match(title):
        name, rest = found[1].strip(), found[2]
        is_site = (
            is_outlet(words, name) or words.shaped[_CHANNEL].fullmatch(name) is not None or (site and name in site)
        )
        if not is_site or len(letters(rest)) < TELLING_LETTERS or len(rest) < len(name) or is_outlet(words, rest):
            break
        title = rest
    return title


def is_outlet(words: Words, name: str) -> bool:
    """Whether a name ends as those of sites, papers and their channels do."""
    return words.shaped[_SITE].search(name) is not None
