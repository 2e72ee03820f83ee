"""Topics: every row of the seed proves itself with the engine that runs it."""

from __future__ import annotations

import polars as pl

import seeds
from transforms.tables.enrichment import DocumentTopic
from transforms.topics import KEPT, SEPARATOR, document_topics

TOPICS = seeds.table("topics")


def documents(*texts: tuple[str | None, str]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "document_id": [f"{n:016x}" for n in range(len(texts))],
            "title_hans": pl.Series([title for title, _ in texts], dtype=pl.String),
            "body_hans": pl.Series([body for _, body in texts], dtype=pl.String),
        }
    )


def topics_of(title: str | None, body: str) -> list[str]:
    return document_topics(documents((title, body)), TOPICS)["topic_id"].to_list()


def test_every_topic_proves_itself():
    own = TOPICS.select("topic_id", document_id=pl.format("{}", pl.int_range(pl.len())))
    texts = [documents(*((None, text) for text in TOPICS[proof])) for proof in ("hit", "miss")]
    hits, misses = (document_topics(text.with_columns(own["document_id"]), TOPICS) for text in texts)
    keys = ["document_id", "topic_id"]
    assert own.join(hits, on=keys, how="anti").to_dicts() == []
    assert own.join(misses, on=keys, how="semi").to_dicts() == []


def test_the_hierarchy_has_two_levels():
    parents = dict(TOPICS.select("topic_id", "parent_topic_id").iter_rows())
    for topic, parent in parents.items():
        assert parent is None or (parents[parent] is None and topic.startswith(f"{parent}."))


def test_a_topic_names_no_cue_word_twice():
    for topic in TOPICS.to_dicts():
        cues = topic["words"].split(SEPARATOR)
        assert len(cues) == len(set(cues)) and all(cue.strip() == cue != "" for cue in cues)


def test_every_other_word_holds_a_cue_word_and_does_not_speak_of_the_topic():
    told = {
        topic: (words.split(SEPARATOR), (others or "").split(SEPARATOR) if others else [])
        for topic, words, others in TOPICS.select("topic_id", "words", "other_words").iter_rows()
    }
    cues = {cue for words, _ in told.values() for cue in words}
    others = [(topic, other) for topic, (_, others) in told.items() for other in others]
    assert [pair for pair in others if pair[1] in cues or not any(cue in pair[1] for cue in told[pair[0]][0])] == []
    found = document_topics(documents(*((other, f"他说到{other}。") for _, other in others)), TOPICS).iter_rows()
    assert [topic for name, topic, _ in found if topic == others[int(name, 16)][0]] == []


def test_a_word_within_another_is_no_cue():
    assert topics_of("纳米比亚总统到访", "两国元首在纳米比亚馆会晤。") == ["international.diplomacy"]
    assert topics_of("新材料里的纳米颗粒", "纳米颗粒是新材料。") == ["science.physics"]


def test_a_root_that_stands_alone_needs_more_than_one_of_its_words():
    assert topics_of("居民搬回来了", "他们在街口修好了一盏路灯。") == []
    assert topics_of("居民搬回来了", "社区的志愿者帮居民修好了路灯。") == ["society"]


def test_a_root_stands_only_without_its_topics():
    assert topics_of(None, "体育比赛的冠军由新选手夺得。") == ["sport"]
    assert topics_of(None, "足球比赛的冠军由新选手夺得，门将扑出点球。") == ["sport.football"]


def test_one_passing_word_is_no_topic():
    assert topics_of(None, "他把邮票夹在小说里。") == []
    assert topics_of("小说里的邮票", "他把它夹在书里。") == ["culture.books"]


def test_weights_are_shares_and_at_most_three_topics_stay():
    frame = document_topics(documents((None, "".join(TOPICS["hit"].to_list()))), TOPICS)
    assert frame.height <= KEPT and 0 < frame["weight"].sum() <= 1


def test_neither_order_nor_chunks_matter():
    frame = documents(*((None, text) for text in TOPICS["hit"].to_list()))
    whole = document_topics(frame, TOPICS)
    DocumentTopic.validate(whole, cast=False)
    assert whole.equals(document_topics(frame.reverse(), TOPICS.reverse()))
    assert whole.equals(pl.concat([document_topics(row, TOPICS) for row in frame.iter_slices(1)]))


def test_no_documents_no_topics():
    assert document_topics(documents(), TOPICS).height == 0


def test_a_cue_word_within_another_word_is_no_cue():
    assert topics_of("毛利率升两个点", "机芯厂的毛利率和净利率都升了，毛利率升得更快。") == ["finance"]
    assert "education.university" not in topics_of("专业救援队到了", "专业人员和专业设备都到了。")
