"""Compressed files and archives: read without a file written, within bounds, the good members beside the bad."""

from __future__ import annotations

import gzip
import io
import json
import stat
import warnings
import zipfile
from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest

from flows import readers
from flows.readers import Batch, packed

CHUNK = 1 << 20
LINES = "".join(json.dumps({"id": n, "content": f"第{n}篇"}, ensure_ascii=False) + "\n" for n in range(100)).encode()


def batches(path: Path, chunk_bytes: int = CHUNK) -> list[Batch]:
    return list(readers.read_many(readers.discover([str(path)]), chunk_bytes))


def refused(path: Path) -> dict[str, str]:
    found = [rejected for batch in batches(path) for rejected in batch.rejected]
    return {rejected.file.file_name: rejected.reason_code for rejected in found if rejected.file}


def names(path: Path) -> list[str]:
    return pl.concat([batch.records for batch in batches(path)])["file_name"].to_list()


def zipped(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def zstd(data: bytes) -> bytes:
    return pa.Codec("zstd").compress(data, asbytes=True)


@pytest.mark.parametrize("chunk_bytes", [CHUNK, 64], ids=["whole", "streamed"])
@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".zst", zstd)])
def test_a_compressed_file_gives_the_records_of_the_plain_one(
    tmp_path: Path, ending: str, pack: packed.Callable[[bytes], bytes], chunk_bytes: int
) -> None:
    (tmp_path / "a.jsonl").write_bytes(LINES)
    (tmp_path / f"b.jsonl{ending}").write_bytes(pack(LINES))
    plain, unpacked = [
        pl.concat([batch.records for batch in batches(tmp_path / name, chunk_bytes)])
        for name in ("a.jsonl", f"b.jsonl{ending}")
    ]
    assert unpacked["payload"].to_list() == plain["payload"].to_list()
    assert unpacked["record_ordinal"].to_list() == list(range(100))
    assert set(unpacked["file_name"]) == {f"b.jsonl{ending}"}


def test_members_of_an_archive_are_files_named_below_it(tmp_path: Path) -> None:
    table = io.BytesIO()
    pl.DataFrame({"id": [1], "content": ["一行"]}).write_parquet(table)
    members = {"sub/b.txt": "乙".encode(), "a.jsonl": LINES, "c.parquet": table.getvalue(), ".hidden.txt": b"x"}
    found = names(zipped(tmp_path / "n.zip", members))
    assert found == ["n.zip/a.jsonl"] * 100 + ["n.zip/c.parquet", "n.zip/sub/b.txt"]


def test_of_members_of_one_name_the_first_is_read_and_each_is_told_by_a_name_of_its_own(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "n.zip", "w") as archive, warnings.catch_warnings(action="ignore"):
        for text in ("甲", "乙", "丙"):
            archive.writestr("a.txt", text)
    assert names(tmp_path / "n.zip") == ["n.zip/a.txt"]
    assert refused(tmp_path / "n.zip") == {"n.zip/member-2": "unsafe_name", "n.zip/member-3": "unsafe_name"}


def test_a_name_in_gbk_is_read_as_such(tmp_path: Path) -> None:
    name = "新闻.txt"
    data = zipped(tmp_path / "n.zip", {"xxxx.txt": "甲".encode()}).read_bytes()
    (tmp_path / "n.zip").write_bytes(data.replace(b"xxxx.txt", name.encode("gb18030")))
    assert names(tmp_path / "n.zip") == [f"n.zip/{name}"]


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "C:/out.txt", "a\\..\\out.txt"])
def test_names_that_lead_out_of_an_archive_are_refused_and_their_neighbours_read(tmp_path: Path, name: str) -> None:
    path = zipped(tmp_path / "n.zip", {name: b"x", "good.txt": "好".encode()})
    assert names(path) == ["n.zip/good.txt"]
    assert list(refused(path).values()) == ["unsafe_name"]
    assert all(".." not in refused_name for refused_name in refused(path))
    assert [file.name for file in tmp_path.iterdir()] == ["n.zip"]


def test_links_and_archives_in_archives_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "n.zip", "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("inner.zip", b"PK")
        archive.writestr("inner.jsonl.gz", gzip.compress(LINES))
    assert refused(tmp_path / "n.zip") == {
        "n.zip/link.txt": "unsafe_name",
        "n.zip/inner.zip": "unknown_format",
        "n.zip/inner.jsonl.gz": "unknown_format",
    }


@pytest.mark.parametrize(("ending", "pack"), [(".gz", gzip.compress), (".zst", zstd)])
def test_a_truncated_or_foreign_stream_is_rejected_whole(
    tmp_path: Path, ending: str, pack: packed.Callable[[bytes], bytes]
) -> None:
    data = pack(LINES)
    (tmp_path / f"cut.jsonl{ending}").write_bytes(data[: len(data) // 2])
    (tmp_path / f"not.jsonl{ending}").write_bytes(LINES)
    assert set(refused(tmp_path).values()) == {"malformed_file"}
    assert not [batch for batch in batches(tmp_path) if batch.records.height]


def test_a_damaged_member_is_rejected_and_its_neighbours_are_read(tmp_path: Path) -> None:
    path = tmp_path / "n.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("a.txt", "甲甲甲甲".encode())
        archive.writestr("b.txt", "乙乙乙乙".encode())
    path.write_bytes(path.read_bytes().replace("乙乙乙乙".encode(), "丙乙乙乙".encode()))
    assert names(path) == ["n.zip/a.txt"]
    assert refused(path) == {"n.zip/b.txt": "malformed_file"}


def test_an_archive_without_its_directory_is_rejected(tmp_path: Path) -> None:
    data = zipped(tmp_path / "n.zip", {"a.txt": LINES}).read_bytes()
    (tmp_path / "n.zip").write_bytes(data[:-30])
    assert refused(tmp_path) == {"n.zip": "malformed_file"}


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_a_bomb_is_stopped_by_its_ratio(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "HARMLESS_BYTES", 1 << 16)
    blank = b"\n" * (8 << 20)
    (tmp_path / f"a.jsonl{ending}").write_bytes(gzip.compress(blank) if ending == ".gz" else zstd(blank))
    assert refused(tmp_path) == {f"a.jsonl{ending}": "too_large"}


def test_a_bomb_in_an_archive_is_refused_unopened_and_its_neighbours_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packed, "HARMLESS_BYTES", 1 << 16)
    path = zipped(tmp_path / "n.zip", {"bomb.txt": b" " * (8 << 20), "good.txt": "好".encode()})
    assert names(path) == ["n.zip/good.txt"]
    assert refused(path) == {"n.zip/bomb.txt": "too_large"}


def test_many_members_count_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "MAX_UNPACKED_BYTES", 1000)
    path = zipped(tmp_path / "n.zip", {f"{n}.txt": f"{n}".encode() * 300 for n in range(5)})
    assert list(refused(path).values()) == ["too_large"] * 2
