"""THE TIMETABLE: one stage, one row. Read the night from top to bottom here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from transforms import (
    clean,
    dates,
    decode,
    dedup,
    entities,
    figures,
    keywords,
    quotes,
    script,
    search,
    stories,
    summary,
    topics,
    words,
)
from transforms.tables import core, enrichment, raw, ref, views
from transforms.tables import stories as told
from transforms.tables.base import Table
from transforms.tables.ref_decode import FieldName, FieldValue
from transforms.tables.ref_dedup import ComparisonPattern
from transforms.tables.ref_entities import (
    ContextWord,
    GazetteerName,
    NameCharacters,
    NamePattern,
    OrgSuffix,
    SpeechVerb,
    Surname,
    TitleRole,
)
from transforms.tables.ref_figures import FigureIdiom, FigureUnit
from transforms.tables.ref_metadata import Agency, BylineCue, CreditSurname, DatelinePlace, PagePattern
from transforms.tables.ref_pages import HtmlWord, MonthName
from transforms.tables.ref_quotes import SpeakerPattern
from transforms.tables.ref_script import ScriptOverride
from transforms.tables.ref_topics import StopWord, Topic, WordingPattern


@dataclass(frozen=True, slots=True)
class Stage:
    """One row of the timetable.

    `transform` takes one frame per table of `reads`, in that order, and returns rows of `writes`.
    `unit` is the column whose values are the units of work: the stage takes up what the first table of `reads` has
    and it has not finished yet, a chunk at a time. None: the stage does the whole table over, from small keys.
    `lists` names the table that lists the units where the first of `reads` is computed for the chunk.
    `is_guarded`: what it reads is untrusted markup, parsed where a parser may hang or die.
    `replaces` is a column of `lists` and of `writes`: what a unit comes to takes the place of all rows of its value.
    `touches`: what it does to a document may change the cluster of it, which is noted for the stages of regions.
    `region` is a folder of warehouse/sql: it says which part of the table a night touches, what to read of the inputs
    for it, and how the new rows take the place of the old ones. The rest of the table stays as it is.
    """

    name: str
    transform: Callable[..., pl.DataFrame]
    reads: tuple[type[Table], ...]
    writes: type[Table]
    unit: str | None = "document_id"
    lists: type[Table] | None = None
    is_guarded: bool = False
    replaces: str | None = None
    touches: bool = False
    region: str | None = None


# fmt: off
# Web pages are read by these, what they say of themselves by those; what names are made of.
WEB = (HtmlWord, MonthName)
PAGES = (Agency, BylineCue, DatelinePlace, CreditSurname, PagePattern, MonthName)
NAMES = (GazetteerName, Surname, TitleRole, OrgSuffix, NameCharacters, ContextWord, NamePattern)

PIPELINE = (
    #     verb           transform                    reads                                               writes
    Stage("decode",      decode.documents,            (views.ReadableRecord, FieldName, FieldValue, ref.Source, *WEB), raw.Document, "record_id", is_guarded=True, touches=True),
    Stage("clean",       clean.clean_documents,       (views.DistinctDocument, ref.NoiseRule, ref.Source, *PAGES, ref.Furniture), core.CleanDocument),
    Stage("convert",     script.canonical_documents,  (core.CleanDocument, ScriptOverride),               core.CanonicalDocument),
    Stage("key",         dedup.clauses,               (core.CanonicalDocument,),                          core.Clause),
    Stage("compare",     dedup.pairs,                 (views.Candidate, views.ComparedDocument, ComparisonPattern), core.Pair, lists=core.CanonicalDocument, touches=True),
    Stage("deduplicate", dedup.copies,                (core.Pair, views.AcceptedDocument, ref.Source),    core.Copy, unit=None, region="clusters"),
    Stage("relate",      dedup.relations,             (core.Pair, core.Copy),                             core.Relation, unit=None, region="relations"),
    Stage("segment",     words.segmentations,         (views.Article,),                                   enrichment.Segmentation),
    Stage("name",        entities.mentions,           (views.Article, enrichment.Segmentation, *NAMES),   enrichment.Mention),
    Stage("measure",     figures.figures,             (views.Article, FigureUnit, FigureIdiom),           enrichment.Figure),
    Stage("date",        dates.events,                (views.Article, FigureIdiom),                       enrichment.Event),
    Stage("quote",       quotes.quotes,               (views.Article, SpeechVerb, SpeakerPattern, enrichment.Mention), enrichment.Quote),
    Stage("tokenise",    search.search_tokens,        (enrichment.Segmentation, StopWord),                enrichment.SearchToken),
    Stage("extract",     keywords.keywords,           (views.Article, enrichment.Segmentation, enrichment.Mention, StopWord, WordingPattern), enrichment.Keyword),
    Stage("classify",    topics.document_topics,      (views.Article, Topic),                             enrichment.DocumentTopic),
    Stage("summarise",   summary.summaries,           (views.Article, enrichment.Keyword, WordingPattern), enrichment.Summary),
    Stage("mark",        stories.story_terms,         (enrichment.Segmentation, enrichment.Mention, enrichment.Figure), told.StoryTerm),
    Stage("order",       stories.story_days,          (told.StoryArticle,),                               told.StoryDay, unit=None),
    Stage("link",        stories.story_links,         (told.StoryPair,),                                  told.StoryLink, "story_day", told.StoryDay, replaces="story_on"),
    Stage("bundle",      stories.story_bundles,       (told.StoryArticle, told.StoryLink),                told.StoryBundle, "story_day", told.StoryDay, replaces="story_on"),
    Stage("follow",      stories.stories,             (told.StoryArticle, told.StoryBundle, told.StoryFollow), told.Story, unit=None),
)
# fmt: on
