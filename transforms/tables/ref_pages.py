"""Judgement about web pages as data: the words around their articles, the names of their elements, names of months."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from transforms.tables.base import Table, about, choice

HTML_PARTS = [
    # Words that stand in many places.
    "author", "editor", "reporter", "source", "forum", "time_unit",
    # Around an article: what labels, ends or leads away from it.
    "signer", "chief_editor", "editor_label", "origin", "rights", "copyright", "software", "button", "browser", "related",
    "of_itself", "trail", "legal", "above", "dateline_tool", "no_section",
    # In titles: sites, boards, bodies, channels.
    "site_ending", "named_site", "board", "body_ending", "edition", "channel", "nameless",
    # Beside moments and outlets.
    "date_label", "first_published", "today", "joined", "recently", "short_unit", "no_name", "behind_name", "classed",
    "no_outlet", "beside_label", "platform",
    # Where many write.
    "post_button", "more", "comments", "commented", "thread_title", "thread_word", "sure_thread_word", "replied",
    "size_unit", "control", "profile", "edited", "quoted",
    # Names of elements, attributes, fields, addresses.
    "marginal", "central", "central_anywhere", "reply", "post", "fringe", "only_fringe", "caption", "outlet_class",
    "moment_attribute", "published_meta", "changed_meta", "source_field", "time_field", "forum_address", "thread_type",
    "forum_software", "forum_markup", "news_type",
]  # fmt: skip


class HtmlWord(Table):
    """One row per word or name by which web pages are read (seeds/html_words.csv, seeds/html_names.csv).

    The words are those of readers, in both scripts, on the page as it came; the names are those of its markup. What
    each part tells stands beside the shape that asks for it (transforms/pages).
    """

    NAME: ClassVar[str] = "ref.html_words"
    SEEDS: ClassVar[tuple[str, ...]] = ("html_words", "html_names")
    ABOUT: ClassVar[str] = "网页用语 / one row per word or name by which web pages are read, with its proof"

    rule_id = dy.String(primary_key=True, metadata=about("规则号", "name of the rule"))
    part = choice(HTML_PARTS, "角色", "what it tells")
    pattern = dy.String(min_length=1, metadata=about("模式", "alternatives of a Python regular expression"))
    hit = dy.String(metadata=about("正例", "what it must recognise"))
    miss = dy.String(metadata=about("反例", "what it must leave alone"))


class MonthName(Table):
    """One row per name of a month in another language, as far as all its spellings begin (seeds/month_names.csv)."""

    NAME: ClassVar[str] = "ref.month_names"
    ABOUT: ClassVar[str] = "月份外文名 / one row per name of a month, with its proof"

    name = dy.String(primary_key=True, regex="^[A-Z][a-z]{2}$", metadata=about("月名", "its first three letters"))
    month = dy.Int8(min=1, max=12, metadata=about("月", "number of the month"))
    hit = dy.String(metadata=about("正例", "a date that names it"))
    miss = dy.String(metadata=about("反例", "a date that does not"))
