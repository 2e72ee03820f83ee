"""The archive: every file once, as it came, the small ones that came together in one pack any unzip reads."""

from __future__ import annotations

import hashlib
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import pytest

from flows.intake import archive
from flows.readers import FileRead, InputFile, RejectedFile, opened


def read(folder: Path, name: str, text: str, *, in_memory: bool = True) -> FileRead:
    path, data = folder / name, text.encode()
    path.write_bytes(data)
    return FileRead(InputFile(path, name), hashlib.sha256(data).hexdigest(), len(data), data if in_memory else None)


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
    large, streamed = read(tmp_path, "a.txt", "一篇长一些的文章"), read(tmp_path, "b.txt", "大", in_memory=False)
    archive.keep(place, [read(tmp_path, "c.txt", "小"), large, streamed], set())
    assert len(stored(place)) == 3
    for file, text in ((large, "一篇长一些的文章"), (streamed, "大")):
        assert (place / file.sha256[:2] / file.sha256).read_text("utf-8") == text


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


def test_a_file_that_changed_since_its_digest_was_taken_is_left_out(tmp_path: Path, place: Path) -> None:
    changed = read(tmp_path, "a.txt", "早上的版本", in_memory=False)
    changed.file.path.write_text("晚上的版本", encoding="utf-8")
    archive.keep(place, [changed], set())
    assert stored(place) == []
    assert archive.found(place, [("a.txt", changed.sha256)]) == {}


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
