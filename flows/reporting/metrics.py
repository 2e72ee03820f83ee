"""How the last run went, as Prometheus reads it: HOME/metrics.prom, for the textfile collector of node_exporter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.night import Course

STATES = ("published", "unchanged", "blocked", "failed")
Sample = tuple[Mapping[str, str], float]


def write(course: Course) -> None:
    """Write the file anew, all or nothing."""
    place = course.home.metrics
    part = place.with_suffix(".part")
    part.write_text("".join(lines(course)), encoding="utf-8")
    part.replace(place)


def lines(course: Course) -> Iterator[str]:
    """Every metric of a run."""
    outcome, ended_at = course.outcome, course.started_at_utc.replace(tzinfo=UTC).timestamp() + course.outcome.seconds
    yield from metric(
        "run_state", "State of the last run.", [({"state": s}, float(s == outcome.state)) for s in STATES]
    )
    yield from metric("run_end_timestamp_seconds", "End of the last run, Unix time.", [({}, ended_at)])
    yield from metric("run_seconds", "Wall seconds of the last run.", [({}, outcome.seconds)])
    yield from metric("run_warnings", "What the run warned of.", [({}, len(outcome.warnings))])
    for name, about in (
        ("rows_in", "Units of work a stage took up in the last run."),
        ("rows_out", "Rows a stage wrote in the last run."),
        ("quarantined", "Rows a stage held back in the last run."),
        ("seconds", "Wall seconds of a stage in the last run."),
    ):
        yield from metric(f"stage_{name}", about, [({"stage": s.stage}, getattr(s, name)) for s in outcome.stages])
    yield from metric("source_records", "Records of a source so far.", records(course))
    yield from metric("source_newest_night_timestamp_seconds", "Last night a source brought anything.", newest(course))


def metric(name: str, about: str, samples: Iterable[Sample]) -> Iterator[str]:
    """One gauge in the text format."""
    yield f"# HELP wencang_{name} {about}\n# TYPE wencang_{name} gauge\n"
    for labels, value in samples:
        told = ",".join(f'{label}="{escaped(text)}"' for label, text in labels.items())
        yield f"wencang_{name}{{{told}}} {value:.17g}\n" if told else f"wencang_{name} {value:.17g}\n"


def escaped(text: str) -> str:
    """A label value as the format wants it."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


def records(course: Course) -> list[Sample]:
    """Records per source."""
    rows = course.store.rows("select source_id, count(*) from raw.records group by source_id order by source_id")
    return [({"source": str(source)}, float(count)) for source, count in rows]


def newest(course: Course) -> list[Sample]:
    """The last night of each source, as the Unix time of its beginning in UTC."""
    rows = course.store.rows(
        "select source_id, epoch(max(night)::TIMESTAMP) from raw.records group by source_id order by source_id"
    )
    return [({"source": str(source)}, float(seconds)) for source, seconds in rows]
