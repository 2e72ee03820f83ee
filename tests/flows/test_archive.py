"""The archive: every file once, as it came, the small ones that came together in one pack any unzip reads."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile

import pytest

from flows.intake import archive
from flows.readers import FileRead, InputFile, NotKept, RejectedFile, opened


def read(folder: Path, name: str, text: str) -> FileRead:
    path, data = folder / name, text.encode()
    path.write_bytes(data)
    return FileRead(InputFile(path, name), hashlib.sha256(data).hexdigest(), len(data), data)


def stored(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def bytes_of(folder: Path, *files: FileRead) -> list[bytes | None]:
    there = archive.found(folder, [(read.file.file_name, read.sha256) for read in files])
    found: list[bytes | None] = []
    for file in there.values():
        with opened(file, 10) as source:
            found.append(source.data)
    return found


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "archive").mkdir()
    archive.open_for(tmp_path / "archive")
    return tmp_path / "archive"


def test_small_files_that_came_together_lie_in_one_pack(tmp_path: Path, place: Path) -> None:
    files = [
        read(tmp_path, "甲.txt", "第一篇"),
        read(tmp_path, "乙.txt", "第二篇，长一些"),
        read(tmp_path, "丙.txt", "第一篇"),
    ]
    archive.keep(place, files, set())
    [pack] = stored(place)
    with ZipFile(place / pack) as members:
        assert {info.filename: members.read(info) for info in members.infolist()} == {
            files[0].sha256: "第一篇".encode(),
            files[1].sha256: "第二篇，长一些".encode(),
        }
        assert {info.compress_type for info in members.infolist()} == {ZIP_STORED}
    assert bytes_of(place, *files) == ["第一篇".encode(), "第二篇，长一些".encode(), "第一篇".encode()]


def test_a_file_alone_and_a_file_too_large_to_pack_lie_under_their_digest(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "PACKED_BYTES", 20)
    large = read(tmp_path, "a.txt", "一篇长一些的文章")
    archive.keep(place, [read(tmp_path, "c.txt", "小"), large], set())
    assert len(stored(place)) == 2
    assert (place / large.sha256[:2] / large.sha256).read_text("utf-8") == "一篇长一些的文章"


@pytest.mark.parametrize(("name", "chunk_bytes"), [("a.txt", 4), ("a.zip", 1 << 20)])
def test_what_is_not_read_at_once_is_kept_first_and_read_from_there(
    tmp_path: Path, place: Path, name: str, chunk_bytes: int
) -> None:
    file = read(tmp_path, name, "早上的版本").file
    with opened(file, chunk_bytes, archive.shelf(place)) as source:
        file.path.write_text("晚上的版本", encoding="utf-8")
        assert source.whole(100).decode() == "早上的版本"
        assert archive.path_of(place, source.sha256).read_text("utf-8") == "早上的版本"


def test_what_lies_there_is_not_written_again(tmp_path: Path, place: Path) -> None:
    one, other, new = (read(tmp_path, f"{n}.txt", n) for n in "甲乙丙")
    archive.keep(place, [one, other], set())
    before = stored(place)
    archive.keep(place, [one, other], {one.sha256, other.sha256})
    archive.keep(place, [one, other], set())
    assert stored(place) == before
    archive.keep(place, [one, other, new], {one.sha256, other.sha256})
    assert set(stored(place)) - set(before) == {f"{new.sha256[:2]}/{new.sha256}"}


def test_what_is_read_out_of_a_pack_is_not_packed_again(tmp_path: Path, place: Path) -> None:
    files = [read(tmp_path, f"{n}.txt", n) for n in "甲乙"]
    archive.keep(place, files, set())
    [pack] = stored(place)
    there = archive.found(place, [(r.file.file_name, r.sha256) for r in files]).values()
    again = [FileRead(file, r.sha256, r.size, r.data) for file, r in zip(there, files, strict=True)]
    archive.keep(place, again, set())
    assert stored(place) == [pack]


def test_a_file_that_changes_before_it_is_kept_is_refused(tmp_path: Path, place: Path) -> None:
    file = read(tmp_path, "a.txt", "早上的版本").file
    put = archive.shelf(place)

    def late(sha256: str, content: BinaryIO | bytes) -> Path:
        file.path.write_text("晚上的版本", encoding="utf-8")
        return put(sha256, content)

    with pytest.raises(RejectedFile, match="changed while being read"), opened(file, 4, late):
        pass
    assert stored(place) == []


def test_a_full_disk_is_no_fault_of_the_file(tmp_path: Path, place: Path) -> None:
    (place / archive.ARRIVING).rmdir()
    with pytest.raises(NotKept), opened(read(tmp_path, "a.zip", "一篇").file, 1 << 20, archive.shelf(place)):
        pass


def test_rejected_files_are_kept_as_far_as_they_can_be_read(tmp_path: Path, place: Path) -> None:
    broken, gone = read(tmp_path, "a.json", "{"), read(tmp_path, "b.json", "[")
    gone.file.path.unlink()
    archive.keep_rejected(
        place,
        [
            RejectedFile("malformed_file", "", gone.file, gone.sha256),
            RejectedFile("malformed_file", "", broken.file, broken.sha256),
            RejectedFile("unreadable_file", "a link", InputFile(tmp_path / "gone", "gone")),
        ],
    )
    archive.open_for(place)
    assert stored(place) == [f"{broken.sha256[:2]}/{broken.sha256}"]
    assert bytes_of(place, broken) == [b"{"]


def test_what_a_killed_run_had_begun_goes(tmp_path: Path, place: Path) -> None:
    (place / archive.ARRIVING / "half").write_bytes(b"\xe6")
    archive.open_for(place)
    assert stored(place) == []
