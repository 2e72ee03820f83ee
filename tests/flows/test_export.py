"""The marts as files: every table in every form, into any folder, one export at a time."""

from __future__ import annotations

import os
from pathlib import Path

import polars as pl
import pytest

from flows import endings
from flows.commands.export import alone_in, part_of, write
from flows.endings import Trouble
from tests.conftest import Command


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_export_writes_every_table(form: str, sample_home: Path, tmp_path: Path, said: Command) -> None:
    answer = said("export", "--format", form, tmp_path / "out", "--json", home=sample_home)
    written = {path.stem for path in (tmp_path / "out").glob(f"*.{form}")}
    assert written == {name.partition(".")[2] for name in answer.document["rows"]}
    assert "fct_article" in written


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_export_into_a_folder_of_any_name(form: str, tmp_path: Path) -> None:
    """In a locale that is not that of the name, too: bytes that are no characters then."""
    folder = tmp_path / os.fsdecode("港".encode("gb18030"))
    folder.mkdir()
    write(pl.DataFrame({"title": ["渡口"]}), folder / "fct_article", form)
    assert "渡口".encode() in (folder / f"fct_article.{form}").read_bytes()


def test_a_disk_that_is_full_is_no_fault_of_the_export(tmp_path: Path) -> None:
    (tmp_path / part_of("fct_article.parquet")).symlink_to("/dev/full")
    with pytest.raises(OSError, match=r"transport error|No space left"):
        write(pl.DataFrame({"title": ["渡口"] * 9}), tmp_path / "fct_article", "parquet")
    assert not (tmp_path / "fct_article.parquet").exists()


def test_one_export_at_a_time_writes_into_a_folder(tmp_path: Path) -> None:
    left, others = tmp_path / part_of("fct_article.csv"), tmp_path / ".film.part"
    left.touch()
    others.touch()
    with alone_in(tmp_path):
        assert not left.exists(), "a killed one had begun it"
        assert others.exists(), "somebody else's is left alone"
        with pytest.raises(Trouble, match="another export writes into") as caught, alone_in(tmp_path):
            pass
    assert caught.value.code == endings.BUSY
    with alone_in(tmp_path):
        pass
