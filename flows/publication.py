"""A release from the working database: build, describe, seal, flip."""

from __future__ import annotations

import json
import secrets
import shutil
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows import settings
from flows.reporting import report
from flows.reporting.wording import counted
from transforms import hanzi, script
from warehouse import release, shelf
from warehouse.faults import point
from warehouse.store import sql

if TYPE_CHECKING:
    from flows.night import Course


class Fenced(Exception):
    """Somebody else published while this run was at work, in spite of the lock."""


def publish(course: Course) -> str:
    """Build a release beside the old ones and let readers see it; returns its id."""
    built_at = settings.now_utc()
    home, outcome = course.home, course.outcome
    order = release.Order(
        release_id=f"{outcome.night:%Y%m%d}-{built_at:%Y%m%dT%H%M%S}-{secrets.token_hex(2)}",
        run_id=outcome.run_id,
        night=outcome.night,
        built_at_utc=built_at,
        code_version=version("wencang"),
        reference_digest=course.context.reference_digest,
        parent_release_id=shelf.current_id(home.current),
        revision=course.revision(),
    )
    building = home.releases / f".building-{order.release_id}"
    try:
        build(course, order, building)
    except BaseException:
        # Half a release is of no use and takes room, which may be what was missing.
        shutil.rmtree(building, ignore_errors=True)
        raise
    if shelf.current_id(home.current) != order.parent_release_id:
        raise Fenced(f"{home.current} was turned to another release meanwhile")
    shelf.flip(home.current, order.release_id)
    point("publish:flipped")
    return order.release_id


def build(course: Course, order: release.Order, building: Path) -> None:
    """Everything of a release but that readers see it."""
    point("publish:begin")
    building.mkdir(mode=0o700)
    earlier = shelf.current_folder(course.home.current)
    # The release tells of this run what is known of it by now.
    course.record_run()
    letters = release.Letters(hanzi.folds(), script.traditional)
    built = release.build(course.store, order, building, letters, earlier)
    course.outcome.totals, course.outcome.fates = built.totals, built.fresh
    course.outcome.warnings += all_held_back(built.fresh)
    describe(course, order, building, built, shelf.manifest(earlier) if earlier else None)
    point("publish:described")
    shelf.seal(building, course.home.releases, order.release_id)


def all_held_back(fates: dict[str, int]) -> list[str]:
    """A warning where a night brought records and none of them got further than quarantine."""
    held = fates.get("quarantined", 0)
    if not held or held < sum(fates.values()):
        return []
    return [f"all {counted(held, 'new record')} held back: `wencang quarantine list` says why"]


def describe(
    course: Course, order: release.Order, building: Path, built: release.Built, previous: dict[str, Any] | None
) -> None:
    """Write what lies beside the warehouse: manifest, report, dictionary, data docs."""
    told = order.parameters() | {
        "revision": order.revision,
        "file": shelf.FILE,
        "file_sha256": shelf.file_digest(building / shelf.FILE),
        "storage_version": release.STORAGE_VERSION,
        "versions": {name: version(name) for name in ("duckdb", "polars", "prefect", "great-expectations")},
        "inputs": inputs(course),
        "file_bytes": (building / shelf.FILE).stat().st_size,
        "built": {"from": None if built.why_full else order.parent_release_id, "in_full_because": built.why_full},
        "footing": built.footing,
        "last_full": built.last_full,
        "tables": built.tables,
        "expectations": expectation_summary(course),
        "held": course.held.now,
        "fates": course.outcome.totals,
    }
    (building / "manifest.json").write_text(
        json.dumps(told, ensure_ascii=False, indent=2, default=str) + "\n", encoding="utf-8"
    )
    report.write(building, told, previous, course.outcome)
    course.write_data_docs(building / "data_docs")


def inputs(course: Course) -> list[dict[str, Any]]:
    """How much of each source lies under this release."""
    rows = course.store.rows(
        "select source_id, count(*), sum(records), sum(bytes) from raw.files group by source_id order by source_id"
    )
    names = ("source_id", "files", "records", "bytes")
    return [dict(zip(names, (row[0], *map(int, row[1:])), strict=True)) for row in rows]


def expectation_summary(course: Course) -> dict[str, int]:
    """How many expectations were judged, and how many of each severity do not hold."""
    judged, failed, warned = course.store.rows(sql("publish/expectations"), {"run_id": course.outcome.run_id})[0]
    return {"judged": int(judged), "failed": int(failed), "warned": int(warned)}
