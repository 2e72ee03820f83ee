"""Pages to articles: the main text of an HTML page, one block a line, and what the page states about it."""

from __future__ import annotations

import re
from collections.abc import Mapping

import polars as pl
from selectolax.lexbor import LexborHTMLParser

from transforms.hanzi import HAN
from transforms.pages.bulletins import bulletin_posts, is_bulletin, subject, unquoted
from transforms.pages.carried import CARRIES, carried, fields
from transforms.pages.extent import article_blocks
from transforms.pages.headline import headline_at
from transforms.pages.outline import Block, blocks, is_too_deep, page_title
from transforms.pages.recurrence import recurrence
from transforms.pages.stated import Named, is_dateline, metadata
from transforms.pages.threads import is_thread, posts, unrepeated, untailed
from transforms.pages.wording import HEADINGS, Words, letters, words_of

__all__ = ["articles"]

OPENING_BLOCKS = 5  # of the article's region: where a title or a dateline may still stand
LABEL_CHARACTERS = 10
CLOSING_BLOCKS = 4  # behind it: where its editor may still sign
MIN_POSTED = 0.3  # of what would be the article otherwise: less is no thread but what stands below one
MIN_CHINESE = 0.5  # of what would be the article otherwise: less is a scrap of Chinese on a page of another language
CAPTION_MARK = "▲"
COLUMNS = ("text", "title", "published", "author", "outlet", "section", "url", "reason_code")
_HAN = re.compile(f"[{HAN}]")
_SIGNED = r"^[(（【\[]?(?:<editor>|<author>|<reporter>|<signer>)\s?[:：/／]"


def articles(pages: pl.DataFrame, html_words: pl.DataFrame, month_names: pl.DataFrame) -> pl.DataFrame:
    """The articles of pages, row by row in the order given.

    `pages`: `html` (String) and optionally `url` (String, the address the page came from); other columns are kept, so
    that one of them can be the key. `html_words` and `month_names` are the seed tables of these names. Adds String
    columns, NULL where a page states nothing: `text` (headings and captions included, navigation not), `title` (site
    name cut off), `published` (as written), `author`, `outlet`, `section`, `url` (canonical address, else the one
    given), `reason_code` ('too_deep', 'no_text' or NULL).
    """
    if "url" not in pages.columns:
        pages = pages.with_columns(url=pl.lit(None, dtype=pl.String))
    words = words_of(html_words, month_names)
    found = [article(words, page) for page in pages["html"]]
    columns = [pl.Series(name, [row.get(name) for row in found], dtype=pl.String) for name in COLUMNS]
    given = pages["url"].cast(pl.String)
    return pages.drop("html", "url").with_columns(columns).with_columns(url=pl.coalesce("url", given))


def article(words: Words, page: str) -> Mapping[str, str | None]:
    """One page: the columns `articles` adds."""
    if is_too_deep(page):
        return {"reason_code": "too_deep"}
    tree = LexborHTMLParser(page)
    shown = blocks(words, tree)
    held = carried(words, tree, shown) if any(sign in page for sign in CARRIES) else []
    found, told, is_posted = _told(words, tree, page, held or shown)
    first = found.index(told[0]) if told else 0
    end = found.index(told[-1]) + 1 if told else 0
    told = unrepeated(words, told, found) if is_posted else told
    named = Named(subject(found) if is_posted else None, fields(words, tree) if held else {})
    stated = metadata(words, tree, page, found, first, end, named, is_posted=is_posted)
    lines = _lines(words, told, stated.title, is_posted=is_posted) + _signature(
        words, found[end : end + CLOSING_BLOCKS]
    )
    text = "\n".join(lines)
    return {**stated._asdict(), "text": text or None, "reason_code": None if text else "no_text"}


def _told(words: Words, tree: LexborHTMLParser, page: str, found: list[Block]) -> tuple[list[Block], list[Block], bool]:
    """The blocks of a page, `found` as a rule, those of them that are its text, and whether many wrote them."""
    if is_bulletin(found):
        found = unquoted(blocks(words, tree, by_line=True))
        told = bulletin_posts(found)
        return found, told or article_blocks(words, found), bool(told)
    headline = headline_at(words, page_title(tree), found)
    shape = recurrence(words, found, headline)
    told = posts(words, found, shape, headline) if is_thread(words, tree, page, found, shape, headline) else []
    if _chars(told) >= MIN_POSTED * _chars(found):
        return found, told, True
    alone = article_blocks(words, found, headline)
    if not any(map(_is_chinese, alone)):
        # Nothing of it would be published: what stands there in Chinese is the article, sentences or not.
        chinese = [block for block in found if _is_chinese(block)]
        other = article_blocks(words, chinese, headline_at(words, page_title(tree), chinese))
        alone = other if _chars(other) >= MIN_CHINESE * _chars(alone) else alone
    is_posted = bool(told) and _chars(told) >= MIN_POSTED * _chars(alone)
    return found, told if is_posted else alone, is_posted


def _is_chinese(block: Block) -> bool:
    """Whether a block has a Chinese character."""
    return _HAN.search(block.text) is not None


def _chars(told: list[Block]) -> int:
    """How much is told."""
    return sum(block.chars for block in told)


def _signature(words: Words, behind: list[Block]) -> list[str]:
    """The credits among the blocks behind the article: names, short and no link."""
    return [
        block.text
        for block in behind
        if block.chars <= 40 and not block.link_chars and words.shaped[_SIGNED].match(block.text)
    ]


def _is_insert(block: Block) -> bool:
    """Whether a block inside the article's region is an advertisement or a teaser: at the margin, a link or a label."""
    is_label = not block.marks and block.chars <= LABEL_CHARACTERS
    return block.zone.is_marginal and (is_label or block.link_chars == block.chars)


def _is_title(block: Block, title: str) -> bool:
    """Whether a block is the title, letter by letter or as a heading that holds it."""
    own = letters(block.text)
    return bool(title) and (own == title or (block.tag in HEADINGS and title in own))


def _lines(words: Words, found: list[Block], title: str | None, *, is_posted: bool) -> list[str]:
    """The lines of what is told: its title and the dateline below it are fields, not text.

    Captions stand behind the mark papers set before them, so that cleaning knows them; not in posts, whose pictures
    are part of what was said, nor where captions are most of what is told, as on pages of pictures.
    """
    found = [block for block in found if not _is_insert(block)] or found
    wanted = letters(title or "")
    told = [
        block for block in found[:OPENING_BLOCKS] if not is_dateline(words, block.text) and not _is_title(block, wanted)
    ]
    told = told + found[OPENING_BLOCKS:] or found
    shown = sum(block.chars for block in told if block.zone.is_caption)
    is_marked = not is_posted and 2 * shown <= sum(block.chars for block in told)
    return [
        f"{CAPTION_MARK} {block.text}" if is_marked and block.zone.is_caption else untailed(words, block.text)
        for block in told
    ]
