"""Judgement about the margins of pages as data: agencies, cues, dateline places, surnames, patterns."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from transforms.tables.base import Table, about, choice

CUE_ROLES = [
    "author", "author_photographer", "reporter", "contributor", "editor", "photographer", "source", "publish_time",
    "update_time", "today", "bio", "other",
]  # fmt: skip

PARTS = [
    # Names of media, sites, sections, people.
    "medium_ending", "medium", "section", "no_name", "no_name_ending", "site_name", "title_label",
    # How sites and firms speak, what pictures show, what stands behind an article.
    "own_site", "addressed", "scene", "posed", "told", "unpictured", "pictured", "signature", "firm_told", "rights", "hosted",
    "followed", "reached", "links_heading", "sources_heading", "source_entry", "file", "appendix", "offered",
    "spam_kind", "spam_game", "spam_more", "spam_appeal", "spam_gain",
    # How lines and titles end.
    "unfinished", "no_opening", "opening", "weak_ending", "decree", "digits_and_unit", "unit", "link", "credit_letter", "particle",
    # Clauses that are no title alone.
    "idle_clause", "telling_clause",
    # Credits and datelines.
    "reporter", "trainee", "posting", "rank", "photographed", "reported", "manner", "feature", "filer", "house", "institute", "head_of_firm",
    "names_end", "wired", "other_society", "nowhere", "newsroom",
    # Outlets and sections.
    "counted", "complaint", "no_source", "home", "owned", "pressed", "subscribed", "claimed", "sought", "account_kind", "sent_from",
    "no_station", "official_account", "own_report", "footer_editor",
    # Dates near by that are not those of publication, and what tells an article's year.
    "ahead", "behind", "founded", "celebrated",
]  # fmt: skip


class Agency(Table):
    """One row per name a news agency goes by in datelines (seeds/agencies.csv)."""

    NAME: ClassVar[str] = "ref.agencies"
    ABOUT: ClassVar[str] = "通讯社 / one row per name of a news agency, with its proof"

    alias = dy.String(primary_key=True, metadata=about("电头名称", "name in a dateline, folded to Simplified"))
    agency = dy.String(metadata=about("通讯社", "canonical Simplified name"))
    hit = dy.String(metadata=about("正例", "a dateline that names it"))
    miss = dy.String(metadata=about("反例", "a dateline that does not, though the name occurs"))


class BylineCue(Table):
    """One row per cue that says what follows it in a byline (seeds/byline_cues.csv); earlier rows win."""

    NAME: ClassVar[str] = "ref.byline_cues"
    ABOUT: ClassVar[str] = "署名行提示词 / one row per cue of a byline, with its proof"

    cue_id = dy.String(primary_key=True, metadata=about("提示号", "name of the cue"))
    role = choice(CUE_ROLES, "角色", "what follows it: a credit role, the source, a time, or nothing of use")
    pattern = dy.String(metadata=about("模式", "Rust regular expression on the folded line"))
    hit = dy.String(metadata=about("正例", "a line it must recognise"))
    miss = dy.String(metadata=about("反例", "a line it must leave alone"))


class DatelinePlace(Table):
    """One row per place datelines are written from (seeds/dateline_places.csv)."""

    NAME: ClassVar[str] = "ref.dateline_places"
    ABOUT: ClassVar[str] = "电头地点 / one row per dateline place"

    place = dy.String(primary_key=True, metadata=about("地点", "name, folded to Simplified"))


class CreditSurname(Table):
    """One row per surname by which a name in a credit is known (seeds/credit_surnames.csv)."""

    NAME: ClassVar[str] = "ref.credit_surnames"
    ABOUT: ClassVar[str] = "署名姓氏 / one row per surname, single or compound"

    surname = dy.String(primary_key=True, metadata=about("姓氏", "surname, folded to Simplified"))
    is_everyday_word = choice(
        ["0", "1"], "常用字", "1 = words begin with it, which proves a name only beside a word that says so (记者)"
    )


class PagePattern(Table):
    """One row per rule about what stands on a page that cuts nothing by itself (seeds/page_patterns.csv).

    medium_ending, medium: what names of media end in, and whole names. section: sections called as media are. no_name,
    no_name_ending: words that begin like the name of a person, and what no such name ends in. own_site: a site speaks of
    itself. addressed: it speaks to its reader. site_name: what sites and their channels are called by. title_label: what
    labels a title. scene: a line says what a picture shows, posed: who stands where in it, pictured: the same wherever the
    line stands. told: a line tells or argues. unpictured: what headings promise. signature: no caption but who signs.
    firm_told: what a firm says of itself. Behind an article: rights: whose the text is, hosted: who only keeps it,
    followed: a call to follow, reached: a way to reach the site, links_heading: what a list of other articles is headed
    with, sources_heading, source_entry: a list of sources, file: one to be had, appendix: what belongs to the article
    still. offered: what phrases of a link farm offer.
    spam_kind: what betting sites are called behind their brand, spam_game: games of chance; spam_more: what stands behind
    those; spam_appeal, spam_gain: how they ask for visitors and what they promise.

    unfinished: words (no patterns) no line ends with, weak_ending: what few end with, decree: what decrees are called.
    unit: what a line goes on with where a number was torn off its unit, digits_and_unit: where it was torn itself.
    link: what ends no phrase, so that a blank behind it parts nothing; credit_letter: what one letter says somebody did;
    particle: what only goes on, so that no clause begins with it.
    reporter, trainee, filer: who files; posting, rank: what kind of reporter, the former told as affiliation;
    photographed, reported, manner: what was done, and how; house: what a medium's name ends in beside names; institute, head_of_firm: where an author works. names_end:
    what ends a list of names. wired: what follows the day of a dateline, other_society: what a 社 is that is no agency,
    nowhere: no place in a dateline, newsroom: what names of media end in there.
    no_source: nobody, counted, complaint: what ends the name of a source, home: what a site's name ends in at the head of a
    breadcrumb, no_station: what no section is called. owned, pressed, subscribed, claimed, sought, account_kind,
    official_account: who claims the rights or asks to be followed. sent_from: behind the moment of an account,
    own_report: a text is a paper's own, footer_editor: the editor signs in a footer.
    ahead, behind: before and behind dates of plans and deadlines. founded, celebrated: tell a year by an anniversary.
    """

    NAME: ClassVar[str] = "ref.page_patterns"
    ABOUT: ClassVar[str] = "版面规则 / one row per rule about what stands on a page, with its proof"

    rule_id = dy.String(primary_key=True, metadata=about("规则号", "name of the rule"))
    part = choice(PARTS, "角色", "what it tells")
    pattern = dy.String(
        min_length=1, metadata=about("模式", "alternatives of a Rust regular expression on the folded line")
    )
    hit = dy.String(metadata=about("正例", "words it must recognise"))
    miss = dy.String(metadata=about("反例", "words it must leave alone"))
