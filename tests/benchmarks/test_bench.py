"""The comparison with peers runs and judges; how fast anything is, no test says."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from benchmarks import bench, chart, corpus, own
from tests.conftest import PROJECT

POOL = corpus.simplified(corpus.sentences())


def test_equal_arguments_give_equal_corpora_in_which_each_copy_is_known() -> None:
    articles, truth = corpus.build(120, 7, POOL)
    assert corpus.build(120, 7, POOL) == (articles, truth)
    assert corpus.build(120, 8, POOL) != (articles, truth)
    texts = {article["id"]: article["text"] for article in articles}
    assert len(texts) == len(articles) == 120
    assert {kind for _, _, kind in truth["pairs"]} == set(corpus.KINDS)
    assert all(texts[one] == texts[two] for one, two, kind in truth["pairs"] if kind == "exact")
    assert all(len({texts[one] for one in group}) == 4 for group in truth["siblings"])


def test_a_perfect_clustering_and_one_of_strangers_are_told_apart(tmp_path: Path) -> None:
    articles = corpus.write(tmp_path, 60, seed=3)
    truth = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    perfect = bench.clustering(truth["families"], articles, tmp_path)
    assert perfect == {"recall": 1, "worst_kind": 1, "precision": 1, "siblings_merged": 0}
    alone = bench.clustering({}, articles, tmp_path)
    assert (alone["recall"], alone["precision"]) == (0, 1)
    together = bench.clustering(dict.fromkeys((a["id"] for a in articles), "all"), articles, tmp_path)
    assert together["recall"] == 1
    assert together["precision"] < 0.1
    assert together["siblings_merged"] > 0.5


def test_sums_of_money_are_planted_with_their_values() -> None:
    assert [bench.amount(number) for number in range(3)] == [(1.5e8, "1.5亿元"), (2.5e4, "2.5万美元"), (4.0, "4元")]
    assert bench.stated([[7, 1.5e8], [], [4.0]], [], Path()) == {"found": pytest.approx(2 / 3, abs=1e-4)}


def test_a_growth_curve_is_a_picture_with_a_line_a_system() -> None:
    picture = chart.growth("cost", "ms", {"ours": [(10, 1, 2, 3), (100, 1, 2, 4)], "theirs": [(10, 5, 5, 5)]})
    root = ElementTree.fromstring(picture)
    assert len(root.findall("{*}polyline")) == 2
    assert {"ours", "theirs"} <= {text.text for text in root.findall("{*}text")}


def test_every_peer_is_pinned_and_ours_comes_first() -> None:
    for task in bench.TASKS:
        assert task.systems[0].name == bench.OWN
        assert not task.systems[0].packages
        assert all("==" in peer.packages[0] for peer in task.systems[1:])


def test_ours_does_what_needs_no_process_of_its_own(tmp_path: Path) -> None:
    articles = corpus.write(tmp_path, 8)
    assert bench.agreement(own.pages(bench.pages(articles)), articles, tmp_path)["f1"] > 0.9
    assert own.segmentation(bench.bodies(articles)) > 20 * len(articles)
    assert bench.given_back(own.conversion(bench.traditional(articles)), articles, tmp_path)["same_characters"] > 0.99


def test_the_harness_measures_in_processes_and_tells(tmp_path: Path) -> None:
    tasks = ["deduplication", "figures"]
    command = [sys.executable, "benchmarks/bench.py", "--sizes", "12", "--repetitions", "1", "--without-peers"]
    chosen = [word for task in tasks for word in ("--task", task)]
    done = subprocess.run(
        [*command, *chosen, "--results", str(tmp_path)], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    kept = json.loads((tmp_path / "bench.json").read_text(encoding="utf-8"))
    quality = {row["task"]: row["quality"] for row in kept["measurements"]}
    assert list(quality) == tasks
    assert quality["deduplication"]["recall"] == 1
    assert quality["figures"]["found"] > 0.9
    assert kept["machine"]["cores"] >= 1
    assert (tmp_path / "summary.md").read_text(encoding="utf-8").startswith("# Benchmarks")
    assert ElementTree.parse(tmp_path / "figures.svg").getroot().tag.endswith("svg")
