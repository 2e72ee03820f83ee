"""Which files are read, and what becomes of one that changes, vanishes or gives way to something else."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows import readers
from flows.commands.plan import compared_with
from flows.intake.delivery import Delivery
from flows.readers import RejectedFile
from tests.flows.cut import CHUNK, payloads, read


def test_discover_names_files_below_what_was_given(tmp_path: Path) -> None:
    for name in ("a.txt", "sub/b.html", "sub/deep/c.jsonl", ".hidden.txt", ".git/d.txt", "notes.docx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    listed = [file.file_name for file in readers.discover([str(tmp_path)])]
    assert listed == ["a.txt", "notes.docx", "sub/b.html", "sub/deep/c.jsonl"]
    assert [file.file_name for file in readers.discover([str(tmp_path / "sub/b.html")])] == ["b.html"]
    assert [file.file_name for file in readers.discover([str(tmp_path / "*" / "*.html")])] == ["sub/b.html"]
    assert [file.file_name for file in readers.discover([str(tmp_path / "s*")])] == ["sub/b.html", "sub/deep/c.jsonl"]


def test_discover_lists_each_real_file_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "again.txt").symlink_to(tmp_path / "a.txt")
    found = readers.discover([str(tmp_path), str(tmp_path / "a.txt"), str(tmp_path / "*.txt")])
    assert [file.file_name for file in found] == ["a.txt"]


def test_discover_tells_files_of_equal_name_apart(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(folder)
    found = readers.discover([str(tmp_path / "one"), str(tmp_path / "two")])
    assert [file.file_name for file in found] == ["one/a.txt", "two/a.txt"]


def test_discover_says_what_does_not_exist(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        readers.discover([str(tmp_path / "nothing.txt")])


def test_links_out_of_the_folder_and_pipes_are_refused_unopened(tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_text("外面的文件")
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "link.txt").symlink_to(tmp_path / "outside.txt")
    (inside / "broken.txt").symlink_to(tmp_path / "nowhere.txt")
    (inside / "round.txt").symlink_to(inside / "round.txt")
    (inside / "home").symlink_to(tmp_path)
    (inside / "here").symlink_to(inside)
    os.mkfifo(inside / "pipe.txt")
    [batch] = readers.read_many(readers.discover([str(inside)]), CHUNK)
    assert batch.records.is_empty()
    assert {rejected.file.file_name for rejected in batch.rejected if rejected.file} == {
        "link.txt", "broken.txt", "round.txt", "home", "pipe.txt",
    }  # fmt: skip
    assert {rejected.reason_code for rejected in batch.rejected} == {"unreadable_file"}


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[int]:
    """How many folders lie in each other; nothing that goes down by recursion could remove them."""
    depth = 1200
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("a", dir_fd=here)
        here = entered("a", here)
    os.close(os.open("a.txt", os.O_CREAT, dir_fd=here))
    yield depth
    os.unlink("a.txt", dir_fd=here)
    for _ in range(depth):
        here = entered("..", here)
        os.rmdir("a", dir_fd=here)
    os.close(here)


def entered(name: str, folder: int) -> int:
    try:
        return os.open(name, os.O_RDONLY, dir_fd=folder)
    finally:
        os.close(folder)


def test_folders_may_lie_as_deep_as_a_path_is_long(tmp_path: Path, deep: int) -> None:
    [file] = readers.discover([str(tmp_path)])
    assert file.file_name == "a/" * deep + "a.txt"


def test_what_a_file_has_given_way_to_is_not_waited_for(tmp_path: Path) -> None:
    """Between the list and the reading: a pipe nobody writes to would end no night for ever."""
    for name in ("gone", "folder", "pipe"):
        (tmp_path / f"{name}.txt").write_text("渡口的灯", encoding="utf-8")
    found = readers.discover([str(tmp_path)])
    for file in found:
        file.path.unlink()
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    [batch] = readers.read_many(found, CHUNK)
    assert [rejected.reason_code for rejected in batch.rejected] == ["unreadable_file"] * 3
    counts = compared_with(set(), [Delivery("adhoc", tuple(found))])
    assert (counts["files"], counts["new"], counts["bytes"]) == (3, 3, 0)


def test_a_link_that_takes_the_place_of_a_file_is_not_followed(tmp_path: Path) -> None:
    """One that stood there before and stays below its folder is."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (tmp_path / "secret.txt").write_text("无人应读", encoding="utf-8")
    for name in ("a.txt", "b.txt"):
        (inbox / name).write_text("新闻", encoding="utf-8")
    files = readers.discover([str(inbox)])
    (inbox / "a.txt").unlink()
    (inbox / "a.txt").symlink_to(tmp_path / "secret.txt")
    [batch] = readers.read_many(files, 1 << 20)
    assert [(r.file and r.file.file_name, r.reason_code) for r in batch.rejected] == [("a.txt", "unreadable_file")]
    assert batch.records["payload"].to_list() == ["新闻".encode()]
    (inbox / "a.txt").unlink()
    (inbox / "c.txt").symlink_to(inbox / "b.txt")
    [batch] = readers.read_many(readers.discover([str(inbox / "c.txt")]), 1 << 20)
    assert (batch.records.height, batch.rejected) == (1, ())


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a":1}\n' * 100)
    batches = read(readers.discover([str(path)])[0], 100)
    next(batches)
    with path.open("ab") as stream:
        stream.write(b'{"a":2}\n')
    with pytest.raises(RejectedFile, match="changed while being read"):
        list(batches)


def test_a_line_beyond_the_limit_is_cut_and_its_neighbours_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows.readers import lines

    monkeypatch.setattr(lines, "MAX_RECORD_BYTES", 1000)
    (tmp_path / "a.jsonl").write_bytes(b'{"id": 1}\n' + b"x" * 100_000 + b'\n{"id": 2}\n')
    found = payloads(tmp_path / "a.jsonl", 64)
    assert [(len(payload) <= 1100, reason) for payload, reason in found] == [
        (True, None), (True, "too_large"), (True, None),
    ]  # fmt: skip


def test_a_file_that_vanishes_is_rejected_and_its_neighbours_are_read(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("一篇文章")
    listed = readers.discover([str(tmp_path)])
    (tmp_path / "a.txt").unlink()
    [batch] = readers.read_many(listed, CHUNK)
    assert batch.records["file_name"].to_list() == ["b.txt"]
    assert [rejected.reason_code for rejected in batch.rejected] == ["unreadable_file"]


def test_a_name_as_long_as_a_file_system_allows_is_kept(tmp_path: Path) -> None:
    name = "新" * 83 + ".txt"
    (tmp_path / name).write_text("一篇文章")
    [batch] = readers.read_many(readers.discover([str(tmp_path)]), CHUNK)
    assert batch.records["file_name"].to_list() == [name]
