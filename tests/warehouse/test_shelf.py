"""The shelf of releases: sealing, flipping, listing, sweeping."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from warehouse import sealed, shelf


def a_release(home: Path, name: str, rows: int = 3, parent: str | None = None) -> None:
    building = home / "releases" / f".building-{name}"
    building.mkdir(parents=True)
    with duckdb.connect(str(building / shelf.FILE)) as connection:
        connection.execute("create schema marts").fetchall()
        connection.execute(
            f"create table marts.t as select i, i / 4 as share, 'x' || i as text, now() as seen_at_utc from range({rows}) r(i)"
        ).fetchall()
        table = sealed.table_digest(connection, "marts.t")
    (building / shelf.FILE).chmod(0o444)
    told = {
        "built_at_utc": name,
        "night": name,
        "parent_release_id": parent,
        "file_sha256": shelf.file_digest(building / shelf.FILE),
        "tables": {"marts.t": table},
    }
    (building / "manifest.json").write_text(json.dumps(told))
    shelf.seal(building, home / "releases", name)


def test_readers_follow_the_link_from_release_to_release(tmp_path: Path) -> None:
    assert shelf.current_id(tmp_path / "current") is None
    for name in ("a", "b", "a"):
        if not (tmp_path / "releases" / name).exists():
            a_release(tmp_path, name)
        shelf.flip(tmp_path / "current", name)
        assert shelf.current_id(tmp_path / "current") == name
        assert (tmp_path / "current" / shelf.FILE).exists()


def test_half_built_releases_are_never_listed_and_are_swept(tmp_path: Path) -> None:
    a_release(tmp_path, "b")
    a_release(tmp_path, "a")
    (tmp_path / "releases" / ".building-c").mkdir()
    assert shelf.listed(tmp_path / "releases") == ["a", "b"]
    shelf.sweep(tmp_path / "releases")
    assert sorted(p.name for p in (tmp_path / "releases").iterdir()) == ["a", "b"]


def test_a_sealed_release_verifies(tmp_path: Path) -> None:
    a_release(tmp_path, "a")
    assert sealed.verify(tmp_path / "releases" / "a") == []


def test_a_changed_byte_is_found(tmp_path: Path) -> None:
    a_release(tmp_path, "a", rows=1000)
    path = tmp_path / "releases" / "a" / shelf.FILE
    path.chmod(0o644)
    with duckdb.connect(str(path)) as connection:
        connection.execute("update marts.t set text = 'y' where i = 7").fetchall()
    assert [line.split(":")[0] for line in sealed.verify(tmp_path / "releases" / "a")] == [shelf.FILE, "marts.t"]


def test_a_digest_depends_on_rows_not_on_their_order_or_moment() -> None:
    def digest(query: str) -> dict[str, object]:
        with duckdb.connect() as connection:
            connection.execute(f"create table t as {query}").fetchall()
            return sealed.table_digest(connection, "t")

    forwards = digest("select i, 'x' || i as text, now() as seen_at_utc from range(50) r(i) order by i")
    assert forwards == digest(
        "select i, 'x' || i as text, null::TIMESTAMP as seen_at_utc from range(50) r(i) order by i desc"
    )
    assert forwards != digest("select i, 'x' || (i + 1) as text, now() as seen_at_utc from range(50) r(i)")
    assert forwards["rows"] == 50


def test_a_digest_is_the_same_on_every_machine_and_version() -> None:
    with duckdb.connect() as connection:
        connection.execute("create table t as select * from (values (1, '甲', 0.5), (2, null, 1.5)) r(i, text, share)")
        assert sealed.table_digest(connection, "t") == {
            "rows": 2,
            "digest": "898a721c97ee5161df10d6de7b547d6e4e2629cac609ac4801bb3801b40e476c",
            "total": "7592745d344d0e67",
            "parity": "716273992b48e9471afdd253fdf2573d",
        }


def test_columns_of_one_name_are_all_answered(tmp_path: Path) -> None:
    a_release(tmp_path, "r1")
    reader = sealed.Reader(tmp_path / "releases" / "r1" / shelf.FILE)
    try:
        [row] = reader.asked(
            "select a.text, b.text, 0 as text_1 from marts.t a join marts.t b on b.i = a.i + 1 where a.i = 0"
        )
    finally:
        reader.close()
    assert row == {"text": "x0", "text_1": "x1", "text_1_1": 0}


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are seen by /proc, on Linux")
def test_a_release_somebody_reads_is_seen(tmp_path: Path) -> None:
    read, left = tmp_path / "read", tmp_path / "read-not"
    for folder in (read, left):
        folder.mkdir()
        (folder / shelf.FILE).write_bytes(b"rows")
    with (read / shelf.FILE).open("rb"):
        assert (shelf.is_open(read), shelf.is_open(left)) == (True, False)
    assert not shelf.is_open(read)
