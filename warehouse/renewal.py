"""A release renewed from the one before: its file is copied, and what has changed since is written anew. See decision 14."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from transforms.tables import marts, meta
from transforms.tables.base import Table
from warehouse import sealed, shelf
from warehouse.store import Store, sql

# The column by which the rows of a table belong to an article or document that is written anew or goes.
# Every other table is small beside these, and is written as a whole.
BELONGS: dict[type[Table], str] = {
    marts.FctArticle: "article_key",
    marts.FctHeading: "article_key",
    marts.FctCredit: "article_key",
    marts.FctMention: "article_key",
    marts.FctFigure: "article_key",
    marts.FctEvent: "article_key",
    marts.FctQuote: "article_key",
    marts.BridgeArticleTopic: "article_key",
    marts.BridgeArticleKeyword: "article_key",
    marts.SearchToken: "article_key",
    marts.DimEntity: "entity_key",
    meta.Removed: "document_id",
    meta.Repair: "document_id",
    meta.Pii: "document_id",
}
GONE = {"article_key": "gone_articles", "document_id": "gone_documents", "entity_key": "gone_entities"}
FRESH = {"article_key": "fresh_articles", "document_id": "fresh_documents"}
# What documents said that were no article before, or are none now: what is told of words and entities changes with it.
TEXTS = ("fresh_texts", "gone_texts")
# Tables that count whole numbers for each key, and the temporary table that says by how much each count differs.
COUNTED: dict[type[Table], str] = {
    marts.AggDailyEntity: "changed_daily_entities",
    marts.SearchWord: "changed_search_words",
}
# A file that has grown by so much since it was last built in full has its rows in too many runs, and room of rows that
# were replaced: it is built in full again. Small files are mostly room, and a few rows are read in no time however they lie.
MOST_GROWN, SMALL_FILE, FEW_ROWS = 0.25, 32 << 20, 20_000
# What is read stays in the cache of the processor until it is digested and written.
BLOCK = 256 << 10


def copied(store: Store, earlier: Path | None, path: Path, footing: str) -> str | None:
    """Copy the file of the release in `earlier` to `path` if it can be renewed; else why not, and there is no file."""
    if earlier is None:
        return "there is no earlier release"
    told = shelf.manifest(earlier)
    if told.get("footing") != footing:
        return "rules, tables or versions are not those of the earlier release"
    if not is_of(store, told):
        return "the working database does not know the earlier release"
    if store.rows("select 1 from ops.redone where revision >= $r limit 1", {"r": told["revision"]}):
        return "work that was finished has been done over"
    if outgrown(told):
        return f"it has grown by more than {MOST_GROWN:.0%} since it was last built in full"
    return None if copy(earlier, path) else "the earlier release is not as it was sealed"


def is_of(store: Store, told: dict[str, Any]) -> bool:
    """Whether a run of this working database made the release of a manifest: one of a backup may be older than it."""
    return bool(store.rows("select 1 from ops.runs where run_id = $r", {"r": told.get("run_id")}))


def outgrown(told: dict[str, Any]) -> bool:
    """Whether a release has grown too much, in rows or in bytes, since one was built in full."""
    full, rows = told["last_full"], rows_of(told["tables"])
    is_roomy = told["file_bytes"] - SMALL_FILE > full["file_bytes"] * (1 + MOST_GROWN)
    return is_roomy or rows - FEW_ROWS > full["rows"] * (1 + MOST_GROWN)


def rows_of(tables: dict[str, Any]) -> int:
    """The rows of all tables of a manifest."""
    return sum(int(table["rows"]) for table in tables.values())


def copy(earlier: Path, path: Path) -> bool:
    """Copy the file of a sealed release; whether its bytes are those that were sealed. A wrong copy is removed."""
    source, digest = earlier / shelf.FILE, hashlib.sha256()
    if not source.exists():
        return False
    # One buffer for all blocks: finding room for each anew costs more than copying it.
    block = memoryview(bytearray(BLOCK))
    with source.open("rb", buffering=0) as old, path.open("xb") as new:
        while size := old.readinto(block):
            digest.update(block[:size])
            new.write(block[:size])
    if digest.hexdigest() == shelf.manifest(earlier)["file_sha256"]:
        return True
    path.unlink()
    return False


def stand(store: Store, *, renewed: bool) -> None:
    """Fill the temporary tables the SQL of a release reads.

    `history`, `accepted` and `standing` say how everything stands now; `fresh_articles` and `fresh_documents` what is to
    be written: what the earlier rows in `published` do not hold if they are `renewed`, all if there are none. `naming`
    are the mentions entities are described from. `gone_articles`, `gone_documents` and `gone_entities` are what must
    make room; `fresh_texts` and `gone_texts` whose words and entities come and go.
    """
    everything = {
        "fresh_articles": "from standing",
        "fresh_documents": "select document_id from core.copies",
        "naming": sql("publish/naming_all"),
    }
    to_renew = (*TEXTS, *GONE.values(), *COUNTED.values()) if renewed else ()
    for name in ("history", "accepted", "standing", *FRESH.values(), *to_renew, "naming"):
        query = sql(f"publish/{name}") if renewed or name not in everything else everything[name]
        store.execute(f"create or replace temp table {name} as {query}")


def touched(store: Store) -> set[str]:
    """The columns of BELONGS by which anything goes or is written anew; what belongs by another stays as it is."""
    return {
        column
        for column in GONE
        if any(store.rows(f"select 1 from {name} limit 1") for name in (GONE[column], FRESH.get(column)) if name)
    }


def renew(store: Store, table: type[Table], query: str, given: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """Take out of a published table what is gone and put in what is fresh; its part of the manifest."""
    column = BELONGS[table]
    store.execute(f"create or replace temp table fresh_rows as from published.{table.NAME} limit 0")
    store.execute(f"insert into fresh_rows by name {query}", given)
    return exchanged(store, table, f"{column} in (select {column} from {GONE[column]})", told)


def recount(store: Store, table: type[Table], told: dict[str, Any]) -> dict[str, Any]:
    """Put the counts of COUNTED that differ in the place of what they were; the table's part of the manifest."""
    name, keys = f"published.{table.NAME}", ", ".join(table.primary_key())
    counts = [column for column in table.column_names() if column not in table.primary_key()]
    sums = ", ".join(f"coalesce(before.{count}, 0) + changed.{count} as {count}" for count in counts)
    counted = f"select {keys}, {sums} from {COUNTED[table]} as changed left join {name} as before using ({keys})"
    # What is counted no more is not told.
    store.execute(f"create or replace temp table fresh_rows as from ({counted}) where {counts[0]} > 0")
    return exchanged(store, table, f"({keys}) in (select ({keys}) from {COUNTED[table]})", told)


def exchanged(store: Store, table: type[Table], gone: str, told: dict[str, Any]) -> dict[str, Any]:
    """Put the rows of the temporary table `fresh_rows` in the place of those that are `gone`; the table's part of the manifest.

    The digest is carried on from the one `told` before: the rows taken out are subtracted, the rows put in are added.
    """
    name, of = f"published.{table.NAME}", table.column_names()
    sums = sealed.sums_told(",".join(sealed.digested(name, of)), told)
    with store.troubles():
        if store.rows(f"select 1 from {name} where {gone} limit 1"):
            # Asked by row number, no text is unpacked but those that lie beside what goes.
            rows = f"from {name} where rowid in (select rowid from {name} where {gone})"
            sums = sums.minus(sealed.row_sums(store.connection, name, rows, of=of))
            store.execute(f"delete from {name} where {gone}")
        if store.rows("select 1 from fresh_rows limit 1"):
            sums = sums.plus(sealed.row_sums(store.connection, name, "from fresh_rows", of=of))
            store.execute(f"insert into {name} by name from fresh_rows")
    return sums.told()
