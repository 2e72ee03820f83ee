"""What Prometheus reads of a run: one gauge a line, in the text format."""

from __future__ import annotations

from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families

from flows.reporting import metrics
from flows.settings import Home
from tests.conftest import Answer


def test_a_night_leaves_its_numbers(sample_run: tuple[Path, Answer]) -> None:
    home, answer = Home(sample_run[0]), sample_run[1]
    families = list(text_string_to_metric_families(home.metrics.read_text(encoding="utf-8")))
    assert len({family.name for family in families}) == len(families), "each metric stands in one place"
    assert all(family.type == "gauge" and family.documentation for family in families)
    found = {(sample.name, *sample.labels.values()): sample.value for family in families for sample in family.samples}
    assert len(found) == sum(len(family.samples) for family in families), "no sample comes twice"
    assert [found["wencang_run_state", state] for state in metrics.STATES] == [1, 0, 0, 0]
    # Two of the files are refused, and hold no record.
    assert (found["wencang_stage_rows_in", "ingest"], found["wencang_source_records", "sample"]) == (34, 32)
    assert {label for name, *labels in found if name == "wencang_stage_seconds" for label in labels} == {
        stage["stage"] for stage in answer.document["stages"]
    }


def test_labels_are_escaped() -> None:
    source = 'a"b\\c\nd'
    (family,) = text_string_to_metric_families("".join(metrics.metric("x", "About.", [({"source": source}, 1.0)])))
    assert family.samples[0].labels == {"source": source}
