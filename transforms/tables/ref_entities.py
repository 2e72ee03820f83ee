"""Judgement about names and speech: the gazetteer, surnames, titles, suffixes and verbs of speech."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy

from transforms.tables.base import Table, about, choice
from transforms.tables.enrichment import ENTITY_TYPES

ORIGINS = [
    "GB/T 2260", "GeoNames", "ISO 3166", "THUOCL", "Taiwan township register", "Unicode CLDR", "adata", "general", "twstock",
]  # fmt: skip
FLAG = ["0", "1"]
CHARACTERS = [
    "given", "never_given", "transliteration", "dotted", "edge", "region", "country", "aged", "no_syllable",
    "role_end", "period", "drawn", "draws_in", "trails", "did", "no_town_end", "seldom",
    "between_places", "behind_places", "before_body", "opens_term",
]  # fmt: skip
PARTS = [
    "meeting", "another_word", "before_meeting", "meeting_sort", "no_meeting", "quoted_meeting",
    "defines", "idea", "not_an_idea", "summed_up", "drug", "office", "village", "in_village_list", "township", "quoted_body", "drug_name", "drug_ending", "foreign_company",
    "drug_word", "ailment", "sort_of_disease", "force", "storm", "craft", "before_office", "settlement", "street",
    "counted_places", "countries", "team_word", "brand_trade", "shortened", "document_sort",
    "sentence_piece", "grafted", "paper_column", "paper_title", "before_listed", "quoted_group", "around",
    "no_body", "no_person", "latin_place", "landform", "listed_storm",
    "rank_of_title", "former", "part_of_body", "branch", "whole_branch", "whole_office", "ward", "department",
    "street_of_place", "clause_before_place", "role_noun", "firm_told", "no_brand", "no_practice",
    "heads_department", "holds_offices", "fund", "before_verb", "behind_foreign", "behind_person", "any_one", "worldwide",
    "campaign", "town_end", "academy", "county_end", "called", "legal_form", "clinic",
    "line_of_place", "behind_place", "mission", "stock_code", "no_term",
    "app", "programme", "craft_told", "quoted_action", "world_day", "no_world_day", "within_meeting",
]  # fmt: skip
CONTEXTS = [
    "says", "acts", "lists", "joint", "address", "address_ending", "not_a_name", "describes", "generic", "trade", "industry",
    "not_a_place", "locates", "team", "plays", "match", "site", "leads_company", "duty", "passes", "business", "company_end",
    "thing", "broad_thing", "site_core", "no_family", "some_what", "courtesy", "name_part", "numbered", "soft_trade",
    "park", "district_end", "faces", "our_country", "foreign_title", "dotted_part", "school_kind",
    "outside_meeting", "no_work", "leads_place", "follows_place", "trade_of_place", "styled", "no_position", "seat", "head_of_place",
    "firm_trade", "one_of_town", "word_family", "honours", "road",
    "names", "closes_name", "couples", "upon", "goes_on", "body_and_head", "rank", "sized", "makes_a_person",
    "township", "hamlet_end", "line", "ware", "goes_on_standing", "last_of_body", "told_trade", "practice", "adverb_family",
    "parent_company", "called_by_letters", "called_by_brand", "of_world_day",
]  # fmt: skip


class GazetteerName(Table):
    """One row per name the gazetteer knows (seeds/gazetteer/{places,organisations,people,products,concepts}.csv).

    seeds/gazetteer/confusables.csv has the same columns with the type 'none': words that hold a name and mean
    something else (大学生 in 北京大学生).
    """

    NAME: ClassVar[str] = "ref.gazetteer"
    SEEDS: ClassVar[tuple[str, ...]] = tuple(
        f"gazetteer/{name}" for name in ("confusables", "places", "organisations", "people", "products", "concepts")
    )
    ABOUT: ClassVar[str] = "地名机构名录 / one row per known name"

    name_hans = dy.String(primary_key=True, min_length=1, metadata=about("规范名", "canonical Simplified name"))
    entity_type = choice(
        [*ENTITY_TYPES, "none"], "类型", "entity type; none = a word that only looks like a name", primary_key=True
    )
    entity_subtype = dy.String(nullable=True, metadata=about("子类", "finer type"))
    aliases = dy.String(nullable=True, metadata=about("别名", "other names, separated by |"))
    parent = dy.String(nullable=True, metadata=about("上级", "place it belongs to, by the name it goes by"))
    code = dy.String(nullable=True, metadata=about("代码", "administrative or country code"))
    source = choice(ORIGINS, "依据", "kind of origin of the fact")


class Surname(Table):
    """One row per Chinese surname (seeds/gazetteer/surnames.csv)."""

    NAME: ClassVar[str] = "ref.surnames"
    SEEDS: ClassVar[tuple[str, ...]] = ("gazetteer/surnames",)
    ABOUT: ClassVar[str] = "姓氏 / one row per surname"

    surname = dy.String(primary_key=True, min_length=1, metadata=about("姓", "surname"))
    is_everyday_word = choice(FLAG, "常用字", "1 = also an everyday word, which proves little by itself")
    source = choice(ORIGINS, "依据", "kind of origin of the fact")


class NameCharacters(Table):
    """One row per role a character can play in a name (seeds/gazetteer/name_characters.csv).

    given, never_given: in given names, and where a name ends. transliteration: in foreign names; dotted: in those with a
    dot; edge: what the dictionary calls something else there (图斯|克, 扎|里夫). region: provinces, towns, countries and
    quarters by one character; country: countries (俄海军, 美使馆). aged: what may stand before a place in one word without
    changing it (新中国). no_syllable: what begins no village's name. no_town_end: what no town's name of two holds.
    role_end: the last letters of nouns for what somebody is. period: what 本 behind a foreign name may begin (本周).
    drawn: how a word ends that took in the last letter of a name (段|永|平均|为), draws_in: or took in a letter behind one.
    trails: what a guessed word of three letters may end in behind a name of two (川普自); did: verbs drawn into the name
    before them. seldom: letters of foreign names that are hardly ever one, so that a name does not end before them.
    between_places: what stands between the places of a list, behind_places: behind the last of them too. before_body:
    words of one letter behind which the name of a body begins. opens_term: adverbs a coined term may open with.
    """

    NAME: ClassVar[str] = "ref.name_characters"
    SEEDS: ClassVar[tuple[str, ...]] = ("gazetteer/name_characters",)
    ABOUT: ClassVar[str] = "人名用字 / one row per role of characters in names"

    role = choice(CHARACTERS, "角色", "role in a name", primary_key=True)
    characters = dy.String(min_length=1, metadata=about("字", "the characters, without separators"))
    source = choice(ORIGINS, "依据", "kind of origin of the fact")


class ContextWord(Table):
    """One row per word and the part it plays beside names (seeds/gazetteer/context_words.csv).

    says, acts: what stands behind a person's name, with proof or without. address, address_ending: 先生 and its kind.
    lists, joint: what links names, or the parts of one. describes, generic, trade, industry: what is no name before or as an
    organisation's ending. not_a_name, not_a_place: everyday words that look like one. locates: a place follows. team,
    plays: words of match reports that stand beside a team. match: words that tell a report of a match. site: what a place's name ends in.
    site_core: with 城 or 园 behind it the end of a district's name. leads_company: what stands behind a company's short name. thing: what a product's name ends in; broad_thing: the same,
    but so common that it takes three words, or one of no dictionary, before it. no_family: surnames that are words of the sentence
    before 某 or a courtesy (女士); some_what: what follows 某 where it means some thing or other. name_part: what names of Mongols, Tibetans
    and Uyghurs are put together from. numbered: what a number stands before in the name of a body (第一|附属医院).
    soft_trade: a trade that makes a company's name of a coined brand where the article says it twice. park: what says that
    the word before it is a place, whatever the dictionary makes of it. district_end: what a site_core has behind it. faces:
    what stands between two teams. our_country: what names China from within. foreign_title: titles whose last character
    could begin a foreign name. dotted_part: parts of names with a dot that the letters of transliteration do not spell.
    school_kind: what a university is called by one character of (科技大学, 科大).
    outside_meeting: words of the sentence around the name of a meeting. no_work: what 《》 hold that is the short name of a
    document or a paper's column. leads_place, follows_place: what stands beside a place that no list has (城市, 机场).
    styled: titles that right behind a name are its bearer's (周建国厅长). no_position: titles that are no post or calling.
    seat: posts that one of many holds (政治局委员). head_of_place: titles held in the place before them (美国总统).
    firm_trade: trades that only names of companies hold, so that any word before one is a brand (晨鸣|纸业). one_of_town: bodies
    a town has one of (昆明海关). word_family: surnames that are words of grammar or of headlines first (全, 揭): behind a title
    they open a name only where somebody speaks or acts. honours: what stands behind the name of whom it honours (周建国教授).
    adverb_family: surnames that are adverbs before a word of the dictionary (队员|曾|集体|宣布). names: what a name is told by
    (名叫); closes_name: what may stand behind one (团队). couples: what stands between two names. upon: behind a street it
    says where something happens (路|上). goes_on: what only verbs have behind them; goes_on_standing: what 站 has
    behind it where somebody stands. body_and_head: the last letter of a body and its head in one word (局局长). last_of_body: the
    last words of bodies the segmenter cuts. rank: of which rank a site is (国家级). sized: what stands before 街 and its
    kind in a word of two. makes_a_person: what makes somebody of a school (大学|生). township, hamlet_end: what the names
    of towns and villages end in. line: what runs between places; ware: what is of a country and not called after it
    (缅甸|铜矿). told_trade: a trade that is no company's unless something is told of one. practice: what law and accounting
    firms end in. road: what stands behind the number of a road (G216|线). called_by_letters: the
    last word of bodies that also go by letters of their names (产研院); called_by_brand: of companies that go by their brand.
    of_world_day: what the name of a day the world keeps begins with (世界|冰湖日).
    """

    NAME: ClassVar[str] = "ref.context_words"
    SEEDS: ClassVar[tuple[str, ...]] = ("gazetteer/context_words",)
    ABOUT: ClassVar[str] = "名称语境词 / one row per word and part it plays beside names"

    role = choice(CONTEXTS, "角色", "part it plays", primary_key=True)
    word = dy.String(primary_key=True, min_length=1, metadata=about("词", "word"))
    entity_subtype = dy.String(nullable=True, metadata=about("子类", "finer type it says"))
    source = choice(ORIGINS, "依据", "kind of origin of the fact")


class NamePattern(Table):
    """One row per rule about the shape of names (seeds/gazetteer/name_patterns.csv).

    meeting: what the name of a meeting, fair or contest ends in. another_word: what makes a word of another kind of that
    (工作会商). before_meeting: what such a name never begins with or holds: verbs, particles and pronouns of the sentence
    around it. meeting_sort: what says of what sort a meeting is, and names none. no_meeting: where people meet.
    quoted_meeting: what one in quotation marks ends in. defines: what introduces a term. idea: what an idea, a policy or
    a programme is called by; not_an_idea: how a phrase begins that ends like one. summed_up: terms that count what they sum
    up (四个面向). drug: endings of classes of drugs. office: bodies called by the level of their province or town alone. village:
    a town and the villages behind it; in_village_list: one of them. quoted_body: what a company's name in quotation marks ends in.
    drug_name: the letters before the ending of its class, drug_ending, that make it a drug; foreign_company: a company with its Latin name in brackets.
    Of single words: drug_word: one that ends in a class of drugs; ailment: one for a disease; sort_of_disease: what says of
    which sort one is; settlement: 朱集区, where no dictionary has it; street: 莲石路; counted_places: 六市, how many places and
    none of them; countries: 中塞, countries by one character each; team_word: 荷兰队, but no 消防队.
    force: what belongs to a country called by one character. storm, craft: names in quotation marks, of storms, and of
    ships, trains and probes. before_office: what an `office` may stand behind: no name of a town ends in it. brand_trade:
    what follows the brand in a company's full name. shortened: endings of bodies that also go by an abbreviation.
    document_sort: what a document in 《》 is called by for short: 《办法》.
    sentence_piece: how a guessed word begins that is a piece of the sentence (不出乡); grafted: with which letter one begins
    that belongs before the name (因|荷姆兹). paper_column: what 《》 hold that heads a column of a paper;
    paper_title: a paper itself.
    rank_of_title: what stands before a title and belongs to it. former: what a post is introduced by that is held no more.
    part_of_body: what a part of a body ends in (空间光学三部). branch: what the name of a branch ends in, some words behind that
    of its body (厅|水利|处); whole_branch: a branch in one word (商务处); whole_office: one that only an office of the state has
    (委员会|医政处); ward: one of a hospital, school or office, if somebody of it stands behind it (医院|神经内科|主任).
    department: what is an organisation by who heads it (儿童|福利|司|司长). street_of_place: a county or town
    and the street behind it. clause_before_place: what a headline says before a place (台铁公告|高雄车站). role_noun: what
    nouns for people end in. firm_told: what is told of companies; no_brand: letters of nobody's brand. no_practice: what
    stands before law and accounting firms and is not their name. before_listed: what stands before
    a company and its number in brackets (其中|青禾（4542）). heads_department: who heads one; holds_offices: a
    body that has offices (委员会|医政处). fund: what is listed on the exchange and is no company.
    before_verb: what may stand between a name and its verb of speech; behind_foreign: words whose first letter a foreign
    name could end in; behind_person: what proves the name before it as a mark does. any_one: what stands before a body
    that is one of its kind, unnamed (一家|芯片|公司). worldwide: what opens the name of an association of all (国际).
    campaign: what is done or shown under a name in quotation marks (专项行动, 特展). town_end: what the names of towns and
    villages end in and hardly any given name does; county_end: what those of all above them do;
    around: what a place is called with all around it (地区). academy: what a
    university's name ends in; clinic: a hospital of one, and its own name. legal_form: what a company's name ends in by law.
    called: what a short form in brackets is introduced by. line_of_place: what runs through a town and is called after it
    for good (重庆|绕城高速); behind_place: what opens the words behind a place that are no place in it. mission: where an
    embassy or a consulate is, and which it is. stock_code: what the code of a stock is introduced by. no_term: an age
    group, a number, something counted, or the end of a sentence in quotation marks.
    app, programme: what else stands behind a name in quotation marks (小程序, 工程). craft_told: one before or behind the
    word for a ship. quoted_action: one that ends in what is done (猎狐行动); quoted_group: one that ends in who does it
    (阵线). world_day: a day the world keeps, behind `of_world_day`; no_world_day: what only looks like one (国际油价近日).
    within_meeting: what is held within a meeting (论坛|年会).
    """

    NAME: ClassVar[str] = "ref.name_patterns"
    SEEDS: ClassVar[tuple[str, ...]] = ("gazetteer/name_patterns",)
    ABOUT: ClassVar[str] = "名称形状规则 / one row per rule about the shape of names, with its proof"

    rule_id = dy.String(primary_key=True, metadata=about("规则号", "name of the rule"))
    part = choice(PARTS, "角色", "part it plays in finding names")
    pattern = dy.String(min_length=1, metadata=about("模式", "Rust regular expression"))
    hit = dy.String(metadata=about("正例", "a text it must recognise"))
    miss = dy.String(metadata=about("反例", "a text it must leave alone"))


class TitleRole(Table):
    """One row per title or role that stands beside a person's name (seeds/gazetteer/titles_roles.csv)."""

    NAME: ClassVar[str] = "ref.titles_roles"
    SEEDS: ClassVar[tuple[str, ...]] = ("gazetteer/titles_roles",)
    ABOUT: ClassVar[str] = "头衔 / one row per title or role"

    title = dy.String(primary_key=True, min_length=2, metadata=about("头衔", "title or role"))
    source = choice(ORIGINS, "依据", "kind of origin of the fact")


class OrgSuffix(Table):
    """One row per ending of organisations' names (seeds/gazetteer/org_suffixes.csv)."""

    NAME: ClassVar[str] = "ref.org_suffixes"
    SEEDS: ClassVar[tuple[str, ...]] = ("gazetteer/org_suffixes",)
    ABOUT: ClassVar[str] = "机构后缀 / one row per ending of organisations' names, with its proof"

    suffix = dy.String(primary_key=True, min_length=1, metadata=about("后缀", "ending of the name"))
    entity_subtype = dy.String(metadata=about("子类", "finer type it says"))
    strength = choice(["strong", "weak"], "强度", "weak = only after a place")
    hit = dy.String(metadata=about("正例", "a name it must recognise"))
    miss = dy.String(metadata=about("反例", "words it must leave alone"))
    source = choice(ORIGINS, "依据", "kind of origin of the fact")


class SpeechVerb(Table):
    """One row per verb of speech (seeds/speech_verbs.csv)."""

    NAME: ClassVar[str] = "ref.speech_verbs"
    ABOUT: ClassVar[str] = "言语动词 / one row per verb of speech, with its proof"

    verb = dy.String(primary_key=True, min_length=1, metadata=about("动词", "verb, or noun that stands for one"))
    introduces_indirect = choice(FLAG, "引出间接引语", "1 = may introduce speech without quotation marks")
    allows_fragment = choice(FLAG, "可接片段", "1 = a quoted fragment may follow without punctuation")
    hit = dy.String(metadata=about("正例", "a sentence with a quotation it must attribute"))
    miss = dy.String(metadata=about("反例", "a sentence without speech"))
