"""wencang explain: the whole life of one record or article: fate, repairs, cuts, verdicts."""

from __future__ import annotations

import argparse
from typing import Any

from flows import sheets
from flows.commands import quarantine
from flows.commands.current import reading
from flows.endings import OK, USAGE, Trouble, emit
from flows.reporting.wording import counted
from flows.settings import Home
from transforms.tables.ref import ReasonCode
from warehouse import sealed
from warehouse.store import sql

# Questions of warehouse/sql/explain about the document and the article of a record.
OF_DOCUMENT = ("copies", "repairs", "removed", "pii")
OF_ARTICLE = ("article", "versions", "all_copies", "relations", "story")
# A delivery of many records is a list: nobody reads a thousand lives.
TOLD_WHOLE = 20


def explain(options: argparse.Namespace, home: Home) -> int:
    """Find what the id names and tell everything known about it."""
    if options.id.startswith("Q-"):
        options.action, options.reason = "show", None
        return quarantine.quarantine(options, home)
    with reading(home) as reader:
        records = reader.rows(sql("explain/records"), {"id": options.id})
        if not records:
            unknown = f"{options.id!r} is no record, document, article or file of this release"
            raise Trouble(USAGE, f"{unknown}; `wencang search TEXT` and `wencang quarantine list` tell what is there")
        if len(records) > TOLD_WHOLE and not options.json:
            print("\n".join(map(in_short, records)))
            print(f"{counted(len(records), 'record')}; `wencang explain ID` tells the whole life of one")
            return OK
        lives = [life(reader, record) for record in records]
    if options.json:
        emit(lives)
    else:
        print("\n\n".join(told(one) for one in lives))
    return OK


def in_short(record: dict[str, Any]) -> str:
    """A record in one line: where it stands, its id, what became of it."""
    reason = f" ({record['reason_code']})" if record["reason_code"] else ""
    return f"{record['record_id']}  {record['night']}  {record['file_name']}#{record['record_ordinal']}  {record['fate']}{reason}"


def life(reader: sealed.Reader, record: dict[str, Any]) -> dict[str, Any]:
    """Everything the release knows about one record."""
    known: dict[str, Any] = {"record": record}
    if record["fate"] in ("quarantined", "rejected_file"):
        known["reason"] = reason(record["reason_code"])
    if record["document_id"]:
        of = {"document_id": record["document_id"]}
        known |= {name: reader.rows(sql(f"explain/document/{name}"), of) for name in OF_DOCUMENT}
    if record["article_id"]:
        of = {"article_id": record["article_id"]}
        known |= {name: reader.rows(sql(f"explain/article/{name}"), of) for name in OF_ARTICLE}
    return known


def reason(code: str) -> dict[str, Any]:
    """What a reason code means, whichever stage gave it."""
    stages = sheets.shipped(ReasonCode).filter(reason_code=code)["stage"].to_list()
    return quarantine.meaning(stages[0], code) if stages else {}


def told(one: dict[str, Any]) -> str:
    """A life as text for people."""
    record = one["record"]
    lines = [
        f"{record['file_name']}#{record['record_ordinal']}  record {record['record_id']}, night {record['night']}, source {record['source_id']}",
        f"fate       {record['fate']}" + (f" ({record['reason_code']})" if record["reason_code"] else ""),
    ]
    lines += [f"{name:<10} {value}" for name, value in one.get("reason", {}).items()]
    if record["fate"] == "quarantined":
        lines.append("text       `wencang quarantine list` names its row, `wencang quarantine show ID` how it begins")
    for article in one.get("article", []):
        lines.append(f"article    {article['article_id']}  {article['title_hans']}")
        if article["title_stated"]:
            lines.append(f"title      cut from {article['title_stated']!r}")
        date, evidence = article["published_on"], article["published_evidence"]
        stated = f"{date}, {article['published_precision']}, from {evidence!r}" if date else "not stated"
        lines.append(f"published  {stated}")
        lines.append(
            f"script     {article['script']} {article['script_region'] or ''} {article['script_origin'] or ''}"
        )
        lines.append(f"quality    {article['quality_score']:.2f} {article['quality_flags']}".rstrip())
    for copy in one.get("all_copies", []):
        same = " ← this one" if copy["document_id"] == record["document_id"] else ""
        lines.append(
            f"copy       {copy['document_id']} {copy['verdict']}, {copy['script']} {copy['script_origin'] or ''}{same}"
        )
    for relation in one.get("relations", []):
        lines.append(f"relation   {relation['relation']} {relation['title_hans']} ({relation['evidence']})")
    for story in one.get("story", []):
        lines += told_story(story)
    for repair in one.get("repairs", []):
        lines.append(
            f"repair     {repair['start_offset']}: {repair['kind']} {repair['before']!r} → {repair['after']!r}"
        )
    for cut in one.get("removed", []):
        lines.append(
            f"cut        line {cut['line_no']}: {cut['category']} by {cut['rule_id']}: {shortened(cut['text'])}"
        )
    for finding in one.get("pii", []):
        lines.append(f"pii        {finding['kind']} {finding['masked']}")
    return "\n".join(lines)


def told_story(story: dict[str, Any]) -> list[str]:
    """The story of an article and what ties the article to it."""
    if story["article_count"] == 1:
        return ["story      no other article tells of this event"]
    nights = " to ".join(str(night) for night in dict.fromkeys((story["first_night"], story["last_night"])))
    lines = [
        f"story      {story['story_key']}  {story['title_hans']}"
        f" ({story['article_count']} articles, {counted(story['outlet_count'], 'outlet')}, {nights})"
    ]
    if story["tied_title_hans"]:
        lines.append(f"tied to    {story['tied_title_hans']} ({story['score']:.2f}: {story['evidence']})")
    return lines


def shortened(text: str, width: int = 60) -> str:
    """The beginning of a long text."""
    return text if len(text) <= width else text[: width - 1] + "…"
